"""How well a reading of a table agrees with itself, as the checks see it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from jsextract.model.report import TableCell


class Verdict(Protocol):
    """The identities inside one table that could be tried."""

    @property
    def satisfied(self) -> int:
        """How many hold, rounding included."""

    @property
    def failed(self) -> int:
        """How many do not hold, beyond any rounding."""


Judge = Callable[[Sequence[TableCell], str], Verdict]
"""From the cells of one table and its name (T1…T9, X1…) to the verdict on them."""
