"""What stands around a grid: title, unit line, department line above it, notes below it (表题、单位、附注)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from jsextract.model.document import Line
from jsextract.model.settings import LAYOUT
from jsextract.outline.flow import is_numbered
from jsextract.text.normal import squeeze
from jsextract.text.tokens import HAN, NUMERAL, begins_part, money_unit, without_unit

_KEPT = 4096  # lines of whose text it is known what they are: each is asked several times
# Lines above a table that are neither title nor unit: department, number of the form, date.
_ABOVE = re.compile(
    r"^((编制|填报|公开|预算|决算|填制)?(部门|单位)(名称|编码|代码|（公章）|（盖章）)?[（(]?[：:]"
    rf"|(财决|预算|财预|部预|公开|预决)*(公开)?{NUMERAL}{{1,3}}(-\d+)?表[）)]?$"
    rf"|公开[^\u4e00-\u9fff]{{1,5}}表$"  # misread: 公开0:2表
    rf"|(附?表|公开表|附件){NUMERAL}{{1,3}}(-\d+)?[：:]?$"
    r"|编报日期|填报日期|编制日期|(\d{4}年度?)$|财决.{0,8}表$|本年度?$)"
)
_ABOVE_ANYWHERE = re.compile(r"(公开\d{2}表|财决(公开)?\d{1,2}(-\d)?表)")
_CONTINUED = re.compile(rf"^（?(续表?|接上表|续上表)）?{NUMERAL}*：?$")
_CONTINUED_TITLE = re.compile(rf"（续表?{NUMERAL}*）$|续表$|^[（]?续表?[）]?：")
_TITLE_END = re.compile(r"表([（(].{0,24}[）)])?[：:]?$")
# Words that end titles and headings alike; a numbered line with them is a heading.
_TITLE_WORD_END = re.compile(r"(一览|明细|情况|清单)([（(].{0,24}[）)])?[：:]?$")
_NOTE = re.compile(r"^[（(]?(注|备注|说明|附注|注释|备注说明)[0-9]?[：:.、]|^(注|说明)\d?$|^[*※★]|^[0-9]+[.、．]?本表")
_NOTE_WORD = re.compile(r"^[（(]?(注|备注|说明|附注|注释|备注说明)[0-9]?[：:]")
_EMPTY = re.compile(
    r"(本表(为空|无数据|无内容)|(此|该|本)表(为|是)?空|空表|故(本|此|该)?表?(为空|无数|列示|没有)"
    r"|没有.{0,30}(收入|支出|安排|数据)|(无|未).{0,40}(收入|支出|安排|数据))"
)
_FORM = re.compile(r"(财决)?公开\s*\d{2}\s*表|财决(公开)?\s*\d{1,2}(-\d)?\s*表")
_CONTINUED_MARK = re.compile(rf"\s*[（(]续表?{NUMERAL}*[）)]$|续表$|^[（(]?续表?[）)]?[：:]\s*")
_SENTENCE = re.compile(r"[。；！？]$")
# Entries of a list: no title goes on over them, and no note over the first two.
_LISTED, _LISTED_LOOSELY = re.compile(rf"{HAN}+、"), re.compile(rf"（?{HAN}+[）、]")
_NUMBERED_NOTE = re.compile(r"（?\d+[）.、]")


class Heading(Struct, frozen=True):
    """The lines above a grid that belong to it, nearest last in `used`.

    Attributes:
        continued: the lines say that it goes on with the table before (续表).
    """

    title: str = ""
    unit: str = ""
    above: tuple[str, ...] = ()
    continued: bool = False
    used: tuple[Line, ...] = ()


@lru_cache(_KEPT)
def unit_of(text: str) -> str:
    """The unit that a unit line names (元, 万元 …); blank where it names none."""
    return money_unit(squeeze(text))


@lru_cache(_KEPT)
def is_continued(text: str) -> bool:
    """Whether the line says that a table goes on (续表)."""
    plain = squeeze(text)
    return bool(_CONTINUED.search(plain) or _CONTINUED_TITLE.search(plain))


@lru_cache(_KEPT)
def is_above(text: str) -> bool:
    """Whether the line is a department or form-number line over a table."""
    plain = squeeze(text)
    return bool(_ABOVE.search(plain) or _ABOVE_ANYWHERE.search(plain)) and len(plain) < LAYOUT.title.longest_label


@lru_cache(_KEPT)
def is_title(text: str) -> bool:
    """Whether the line can be (the end of) a table's title."""
    plain = squeeze(text)
    if (
        len(plain) > LAYOUT.title.longest
        or _CONTINUED.search(plain)
        or _SENTENCE.search(plain)
        or begins_part(plain)
        or "：" in plain[8:]
    ):
        return False
    ends = _TITLE_END.search(plain) or (_TITLE_WORD_END.search(plain) and not is_numbered(plain))
    return bool(ends) and not is_above(text)


@lru_cache(_KEPT)
def is_note(text: str) -> bool:
    """Whether the line begins a note under a table."""
    plain = squeeze(text)
    return bool(_NOTE.search(plain)) or (bool(_EMPTY.search(plain)) and len(plain) < LAYOUT.title.longest_empty)


def begins_note(text: str) -> bool:
    """Whether a text begins with a note's own word and a colon (注：)."""
    return _NOTE_WORD.match(squeeze(text)) is not None


def find_heading(lines: Sequence[Line], top: float) -> Heading:
    """Title, unit and other lines above a grid.

    Args:
        lines: of the page, above the grid and below whatever comes before it; in reading order.
        top: where the grid begins.
    """
    parts = _HeadingLines()
    edge = top
    for line in reversed(lines):
        reach = LAYOUT.title.reach if not parts.title else line.size * LAYOUT.title.line_gap
        if line.box is None or edge - line.box.y1 > reach or not parts.take(line):
            break
        edge = line.box.y0
    return Heading("".join(parts.title), parts.unit, tuple(parts.above), parts.continued, tuple(reversed(parts.used)))


class _HeadingLines:
    """Collects the lines above a grid, from the nearest upwards."""

    def __init__(self) -> None:
        self.title: list[str] = []
        self.first: Line | None = None
        self.above: list[str] = []
        self.used: list[Line] = []
        self.unit = ""
        self.continued = False

    def take(self, line: Line) -> bool:
        """Whether the line belongs to the table; if so, it is kept."""
        text = line.text
        if self.first is not None:
            if is_above(text):
                self.above.insert(0, text)
            elif _is_first_half(line, self.first):
                self.title.insert(0, text)
                self.first = line
            else:
                return False
            self.used.append(line)
            return True
        named = unit_of(text)
        rest = _FORM.sub("", without_unit(text)).strip() if named or _ABOVE_ANYWHERE.search(text) else text
        if is_continued(text) and not is_title(rest):
            self.continued = True
        elif rest and is_title(rest):
            self.title.insert(0, _CONTINUED_MARK.sub("", rest))
            self.first = line
            self.continued = is_continued(text)
        elif named or is_above(text):
            kept = rest if named else text
            self.above = [*([kept] if kept else []), *self.above]
        else:
            return False
        self.unit = self.unit or named
        self.used.append(line)
        return True


def _is_first_half(line: Line, below: Line) -> bool:
    """Whether a line is the first half of the title whose second half stands below it: same type, centred."""
    if line.box is None or below.box is None:
        return False
    plain = line.normal
    if begins_part(plain) or _SENTENCE.search(plain) or is_title(line.text) or _LISTED.match(plain):
        return False
    same_type = abs(line.size - below.size) < LAYOUT.title.same_size
    return (
        same_type
        and abs(line.box.cx - below.box.cx) < line.size * LAYOUT.title.centred
        and len(plain) < LAYOUT.title.longest
    )


def find_notes(lines: Sequence[Line], bottom: float) -> tuple[Line, ...]:
    """The notes under a grid, with the lines that they run on over.

    Args:
        lines: of the page below the grid, in reading order.
        bottom: where the grid ends.
    """
    found: list[Line] = []
    edge = bottom
    for line in lines:
        reach = line.size * LAYOUT.title.note_line_gap if found else LAYOUT.title.note_reach
        if line.box is None or line.box.y0 - edge > reach:
            break
        if not (is_note(line.text) or (found and _note_runs_on(found[-1], line))):
            break
        found.append(line)
        edge = line.box.y1
    return tuple(found)


def stated_heading(lines: Sequence[Line]) -> tuple[Heading, int]:
    """Title, unit and other lines right above a grid whose lines have no places, and where among `lines` they begin.

    Args:
        lines: before the grid, after whatever comes before it; blank ones are passed over.
    """
    parts = _HeadingLines()
    start = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        if not lines[index].text.strip():
            continue
        if not parts.take(lines[index]):
            break
        start = index
    return Heading("".join(parts.title), parts.unit, tuple(parts.above), parts.continued), start


def stated_notes(lines: Sequence[Line]) -> tuple[list[str], int]:
    """The notes right under a grid whose lines have no places, and how many of `lines` they take."""
    found: list[Line] = []
    end = 0
    for index, line in enumerate(lines):
        if not line.text.strip():
            continue
        goes_on = found and _note_runs_on(found[-1], line)
        if not (is_note(line.text) or (goes_on and (not line.whole or _NUMBERED_NOTE.match(line.normal)))):
            break
        found.append(line)
        end = index + 1
    return [line.text for line in found], end


def _note_runs_on(last: Line, line: Line) -> bool:
    """Whether a line goes on the note above it."""
    plain = line.normal
    if begins_part(plain) or is_title(line.text) or unit_of(line.text) or _LISTED_LOOSELY.match(plain):
        return False
    numbered = _NUMBERED_NOTE.match(plain) is not None
    return numbered or not _SENTENCE.search(last.normal)
