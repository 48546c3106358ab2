"""What the names of denominators mean: patterns/checks/bases.yaml."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path

from jsextract.check.figure import Figure
from jsextract.errors import PatternError
from jsextract.rules import rule_files
from jsextract.rules.lexicon import load
from jsextract.text.normal import squeeze

_WIDER = "~"


def denominators(name: str) -> tuple[str, ...]:
    """The items and cells (TABLE:ITEM:COLUMN) that a denominator's name may mean, the likeliest first.

    Args:
        name: as printed.

    Raises:
        PatternError: if the rule file holds anything else.
    """
    printed = squeeze(name)
    meanings = _bases(rule_files.folders()).get(printed)
    if meanings is None:
        known = load().names.get(printed)
        return (known.item,) if known and known.item else (name,)
    return tuple(meaning.removeprefix(_WIDER) for meaning in meanings)


def is_wider(name: str, whole: Figure) -> bool:
    """Whether a figure is known to hold more than the name says, so that a share of it proves nothing when it fails."""
    meanings = _bases(rule_files.folders()).get(squeeze(name), ())
    return any(meaning.startswith(_WIDER) and whole.name.startswith(f"{meaning[1:]} ") for meaning in meanings)


@functools.cache
def _bases(_folders: tuple[Path, ...]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for path in rule_files.named("checks", "bases.yaml"):
        data = rule_files.read_yaml(path)
        if not isinstance(data, dict) or data.keys() != {"bases"}:
            raise PatternError(f"{path}: it holds bases and nothing else.")
        found |= {squeeze(name): tuple(meanings) for name, meanings in data["bases"].items()}
    return found
