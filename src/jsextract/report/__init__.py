"""For those who look at results: pages as pictures."""
