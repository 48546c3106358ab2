"""Files to pages of lines and rulings, one module for each kind of file."""
