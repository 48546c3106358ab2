"""Whether the document agrees with itself."""
