"""For those who write rules: tested, explained, listed and begun."""
