"""For those who look at results: pages as pictures, and the page of findings."""
