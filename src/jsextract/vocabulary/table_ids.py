"""The ids of tables (表号): T1 to T9 for the standard tables, X1, X2… for any other."""

from __future__ import annotations

from functools import lru_cache

_STANDARD, _OTHER = "T", "X"


@lru_cache(maxsize=512)  # asked of every cell, and there are few ids
def is_standard(table: str) -> bool:
    """Whether an id is that of a standard table.

    >>> is_standard("T7"), is_standard("X7"), is_standard("totals"), is_standard("")
    (True, False, False, False)
    """
    return table.startswith(_STANDARD) and table[1:].isdigit()


def other_table(number: int) -> str:
    """The id of a table that is none of the standard ones, the `number`th in reading order."""
    return f"{_OTHER}{number}"
