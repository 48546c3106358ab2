"""Pages understood: tables told from running text, running text in sections."""
