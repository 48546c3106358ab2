"""How a standard table is laid out (表式)."""

from __future__ import annotations

from enum import StrEnum


class TableKind(StrEnum):
    """How a standard table is laid out, as its rule file spells it (表式)."""

    TWO_SIDED = "two_sided"
    """Income and expenditure side by side."""
    CODED = "coded"
    """One row a functional item, with its code."""
    ECONOMIC = "economic"
    """Economic items in several blocks of columns."""
    THREE_PUBLIC = "three_public"
    """Few items, each in a place of its own."""
