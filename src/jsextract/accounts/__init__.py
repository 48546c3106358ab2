"""What belongs to one account (entity, year, kind), checks over its files and over years, assembling a dataset."""
