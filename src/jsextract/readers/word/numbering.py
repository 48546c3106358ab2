"""The numbers that Word sets before paragraphs: they stand in no text of the file (自动编号)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from jsextract.readers.package import Element
from jsextract.readers.word.numbers import written
from jsextract.readers.word.styles import Styles
from jsextract.readers.word.tags import W, child, number, switch, value

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9


class Level(NamedTuple):
    """One level of a list.

    Attributes:
        form: of the number (w:numFmt).
        text: around it, %1 for the number of the first level.
        restart: the level (from 1) whose paragraphs begin it anew; 0 for none, None for any above.
        legal: whether all its numbers are in digits.
    """

    start: int
    form: str
    text: str
    restart: int | None
    legal: bool
    tight: bool


class Numbering:
    """Counts the numbered paragraphs of one document, in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, Level]] = {}
        self._by_style: dict[tuple[str, str], int] = {}
        self._lists: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: Element) -> None:
        links: dict[str, str] = {}
        names: dict[str, str] = {}
        for abstract in root.iterfind(W + "abstractNum"):
            key = abstract.get(W + "abstractNumId", "")
            self._levels[key] = {_index(level): _level(level) for level in abstract.iterfind(W + "lvl")}
            for level in abstract.iterfind(W + "lvl"):
                if style := value(child(level, "pStyle")):
                    self._by_style[key, style] = _index(level)
            if name := value(child(abstract, "styleLink")):
                names[name] = key
            if link := value(child(abstract, "numStyleLink")):
                links[key] = link
        for num in root.iterfind(W + "num"):
            key = value(child(num, "abstractNumId"))
            key = names.get(links.get(key, ""), key)
            own, starts = dict(self._levels.get(key, {})), {}
            for override in num.iterfind(W + "lvlOverride"):
                index = _index(override)
                if (level := child(override, "lvl")) is not None:
                    own[index] = _level(level)
                if (start := child(override, "startOverride")) is not None:
                    starts[index] = number(start, 1)
            self._lists[num.get(W + "numId", "")] = key, own, starts

    def label(self, properties: Element | None) -> str:
        """What Word sets before the paragraph with these properties, with the space behind it; it is counted.

        Blank for one without a number, or with a mere bullet.
        """
        found = self._place(properties)
        if found is None:
            return ""
        num, index = found
        key, levels, starts = self._lists[num]
        level = levels.get(index)
        if level is None:
            return ""
        counts = self._counts.setdefault(key, {})
        if index in starts and (num, index) not in self._begun:
            counts.pop(index, None)
        self._begun.add((num, index))
        start = starts.get(index, level.start)
        counts[index] = counts[index] + 1 if index in counts else start
        for deeper in [other for other in counts if other > index and _restarts(levels.get(other), index)]:
            del counts[deeper]
        text = _PLACE.sub(lambda match: self._number(int(match[1]) - 1, level, levels, counts), level.text)
        return "" if level.form in ("bullet", "none") and not _PLACE.search(level.text) else _spaced(text, level)

    def _place(self, properties: Element | None) -> tuple[str, int] | None:
        """The list and level of a paragraph, by its own properties or those of its style."""
        style = value(child(properties, "pStyle"))
        own, of_style = child(properties, "numPr"), self._styles.numbering(style)
        num = value(child(own, "numId")) or value(child(of_style, "numId"))
        if num not in self._lists:
            return None
        level = child(own, "ilvl")
        if level is None:
            level = child(of_style, "ilvl")
        named = self._by_style.get((self._lists[num][0], style), 0)
        return num, min(max(number(level, named), 0), _LEVELS - 1)

    @staticmethod
    def _number(index: int, level: Level, levels: Mapping[int, Level], counts: Mapping[int, int]) -> str:
        """The number that a level has reached."""
        other = levels.get(index)
        if other is None:
            return ""
        digits = level.legal and other.form not in ("bullet", "none")
        return written(counts.get(index, other.start), "decimal" if digits else other.form)


def _index(level: Element) -> int:
    text = level.get(W + "ilvl", "0")
    return int(text) if text.isdecimal() and len(text) < 3 else 0


def _level(level: Element) -> Level:
    restart = child(level, "lvlRestart")
    return Level(
        start=number(child(level, "start"), 0),
        form=value(child(level, "numFmt"), "decimal"),
        text=value(child(level, "lvlText")),
        restart=None if restart is None else number(restart, 0),
        legal=bool(switch(level, "isLgl")),
        tight=value(child(level, "suff")) == "nothing",
    )


def _restarts(level: Level | None, above: int) -> bool:
    """Whether a level begins anew after a paragraph of a level above it."""
    return level is None or level.restart is None or above < level.restart


def _spaced(text: str, level: Level) -> str:
    """A label with the space that Word leaves behind it."""
    return text if level.tight or not text else f"{text} "
