"""What a person probably meant: names that are near a misspelt one, never one that would do harm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

_NEAR = 0.6
_HARMFUL = frozenset({"--force"})
"""Options that are never suggested: a run that reads everything again may take a day."""
ELSEWHERE: Mapping[str, str] = {
    "--format": "Files of other formats: jsextract export OUT --to xlsx",
    "--to": "Files of other formats: jsextract export OUT --to xlsx",
    "--xlsx": "A workbook: jsextract export OUT --to xlsx",
    "--excel": "A workbook: jsextract export OUT --to xlsx",
    "--csv": "CSV files are what every run writes; -o names their folder.",
    "--check": "Findings of a dataset: jsextract check OUT --check ID",
    "--page": "A page as a picture: jsextract show FILE --page N",
}
"""Options that people try on a run, and where to find what they want."""


def nearest(word: str, names: Iterable[str], count: int = 1) -> list[str]:
    """The `count` names that are most like `word`, the nearest first; none where none is near."""
    return get_close_matches(word, list(names), count, _NEAR)


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """`Did you mean check?`; blank where nothing is near."""
    found = nearest(word, names)
    return f"Did you mean {found[0]}?" if found else ""


def harmless(options: Iterable[str]) -> list[str]:
    """The options that may be suggested."""
    return [option for option in options if option not in _HARMFUL]
