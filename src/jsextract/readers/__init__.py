"""Files to pages of lines and rulings, a module or a package for each kind of file."""
