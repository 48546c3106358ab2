"""Word files as documents: paragraphs as lines, tables as grids (Word 文档)."""
