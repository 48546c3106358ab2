"""Headings that the format states by a style (标题 1, h2), without a number, by words of the vocabulary (样式标题)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from jsextract.model.document import Line
from jsextract.model.settings import LAYOUT
from jsextract.outline.title import read_title
from jsextract.rules.sections import SectionRules
from jsextract.text.tokens import NO_ORDINAL, ordinal_level

_SENTENCE = re.compile(r"[，。；：？！]|\d(?:万?元|%)")
_OWN = ("", "本")


def is_styled(line: Line, sections: SectionRules) -> bool:
    """Whether a line is a heading by its style and its words; a style alone makes none, nor does the account's title.

    What has a number is told by that.
    """
    words = line.normal
    if not line.level or not LAYOUT.heading.shortest <= len(words) <= LAYOUT.heading.longest_words:
        return False
    if ordinal_level(words) != NO_ORDINAL or _SENTENCE.search(words):
        return False
    title = read_title(words)
    if title is not None and title.year and title.before[:1] not in _OWN:
        return False
    return bool(sections.kind_of(words)) or sections.topic_of(words) is not None


class StyleRanks(Struct, frozen=True):
    """What the styles of a document's headings are as ranks of numbered ones: 0 for parts, 1 for sections (一、) ….

    Attributes:
        top: the level of the outermost styled headings.
        parted: whether these are parts: they have others below them, and words of parts.
    """

    top: int
    parted: bool

    @classmethod
    def of(cls, lines: Sequence[Line], sections: SectionRules) -> StyleRanks:
        """The ranks of a document with these headings."""
        levels = {line.level for line in lines}
        top = min(levels, default=1)
        outermost = (line for line in lines if line.level == top)
        return cls(top, len(levels) > 1 and any(sections.kind_of(line.normal) for line in outermost))

    def rank(self, level: int, words: str, sections: SectionRules) -> int:
        """The rank of a heading."""
        if self.parted and level == self.top and sections.kind_of(words):
            return 0
        return max(1, level - self.top + (not self.parted))
