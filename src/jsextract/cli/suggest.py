"""What a person probably meant: names that are near a misspelt one, never one that would do harm."""

from __future__ import annotations

from collections.abc import Iterable

from jsextract.language.phrase import Phrase, phrase

_NEAR = 0.6
_HARMFUL = frozenset({"--force"})
"""Options that are never suggested: a run that reads everything again may take a day."""


def nearest(word: str, names: Iterable[str], count: int = 1) -> list[str]:
    """The `count` names that are most like `word`, the nearest first; none where none is near."""
    from difflib import get_close_matches  # nothing is suggested where nothing is misspelt

    return get_close_matches(word, list(names), count, _NEAR)


def did_you_mean(word: str, names: Iterable[str]) -> Phrase | None:
    """`Did you mean check?`; None where nothing is near."""
    found = nearest(word, names)
    return phrase("Did you mean {name}?", name=found[0]) if found else None


def harmless(options: Iterable[str]) -> list[str]:
    """The options that may be suggested."""
    return [option for option in options if option not in _HARMFUL]


def elsewhere(option: str) -> Phrase | None:
    """Where to find what people hope for from an option that a run does not have; None where nobody knows."""
    if option in {"--format", "--to", "--xlsx", "--excel"}:
        return phrase("Other formats: jsextract export OUT --to xlsx")
    if option in {"--check", "--status", "--severity"}:
        return phrase("Findings of a dataset: jsextract check OUT {option} …", option=option)
    if option in {"--page", "--unread"}:
        return phrase("Pages as pictures, and what was missed: jsextract show FILE {option} …", option=option)
    return None
