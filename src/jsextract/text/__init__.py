"""Characters to meaning: normal forms that keep their offsets, amounts, years, words."""
