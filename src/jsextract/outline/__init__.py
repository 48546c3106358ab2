"""The running text in parts, sections and paragraphs; whose account it is (目录、标题、段落)."""
