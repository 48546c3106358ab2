"""Sentences to facts."""
