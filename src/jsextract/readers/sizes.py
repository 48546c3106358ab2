"""How many lines a document may have (行数): what a line costs is nearly the same, whatever format it came from."""

from __future__ import annotations

from jsextract.errors import TooLarge
from jsextract.language.phrase import phrase

MAX_LINES = 200_000
"""Reading so many takes half of the time that a document has; 2,000 printed pages have half as many."""


def refuse_lines(number: int) -> None:
    """Raises TooLarge where a document has more lines than are read."""
    if number > MAX_LINES:
        raise TooLarge(
            phrase("It has {number} lines, more than {most}.", number=number, most=MAX_LINES), phrase("Split it.")
        )
