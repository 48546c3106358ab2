"""Tables to cells, sentences to facts."""
