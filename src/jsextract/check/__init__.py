"""Does a document agree with itself? Identities as equations, tolerances from printed digits (勾稽关系)."""
