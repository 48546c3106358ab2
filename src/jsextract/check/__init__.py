"""Does a document agree with itself? Identities as equations, tolerances from printed digits (勾稽关系)."""

from jsextract.check.judge import Verdict, judge

__all__ = ["Verdict", "judge"]
