"""Characters to lines, rulings to tables, lines to sections."""
