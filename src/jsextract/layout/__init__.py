"""Pages understood: tables told from running text, and from what stands around both (版面)."""
