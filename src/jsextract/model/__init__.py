"""Frozen values that every floor shares: what is printed, what it claims, whether the claims agree."""
