"""What the names of denominators mean (分母): patterns/checks/bases.yaml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from jsextract.rules import overlay
from jsextract.rules.lexicon import Lexicon
from jsextract.rules.rule_files import files
from jsextract.text.normal import squeeze

_WIDER = "~"


class Denominators(Struct, frozen=True, eq=False):
    """What shares may be shares of.

    Attributes:
        bases: printed name, squeezed → items and cells (TABLE:ITEM:COLUMN), the likeliest first; `~` before one that
            is known to hold more than the name says.
        lexicon: names that stand for themselves.
    """

    bases: Mapping[str, tuple[str, ...]]
    lexicon: Lexicon

    def meanings(self, name: str) -> tuple[str, ...]:
        """The items and cells that a denominator's name, as printed, may mean, the likeliest first."""
        printed = squeeze(name)
        meanings = self.bases.get(printed)
        if meanings is None:
            known = self.lexicon.names.get(printed)
            return (known.item,) if known and known.item else (name,)
        return tuple(meaning.removeprefix(_WIDER) for meaning in meanings)

    def is_wider(self, name: str, whole: str) -> bool:
        """Whether the figure called `whole` is known to hold more than `name` says.

        A share of it proves nothing when it fails.
        """
        meanings = self.bases.get(squeeze(name), ())
        return any(meaning.startswith(_WIDER) and whole.startswith(f"{meaning[1:]} ") for meaning in meanings)


def load_denominators(folders: Sequence[Path], lexicon: Lexicon) -> Denominators:
    """The meanings of all these folders; a later one adds meanings, and names.

    Raises:
        PatternError: if a file does not load.
    """
    found = overlay.words(files(folders, "checks/bases"), "bases")
    return Denominators({squeeze(name): overlay.flat(own) for name, own in found.items()}, lexicon)
