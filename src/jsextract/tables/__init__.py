"""Tables to cells: the nine standard tables recognised by their words, and any other (决算表)."""

from jsextract.tables.reading import TableReading, read_tables

__all__ = ["TableReading", "read_tables"]
