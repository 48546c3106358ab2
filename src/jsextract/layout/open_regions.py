"""Where tables without a closed grid stand on a page: runs of lines that read like rows (无框线表的范围)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from jsextract.layout.texts import has_amount, is_figure, is_sum, starts_row, table_texts, text_parts
from jsextract.layout.titles import find_heading, is_above, is_continued, is_note, is_title, unit_of
from jsextract.model.document import Line, Page
from jsextract.model.settings import LAYOUT
from jsextract.text.tokens import HAN, is_code

_SENTENCE = re.compile(r"[。；]$|\d\s*(亿元|万元|元|%|％)\s*[、，；。]")  # figures whose units a sentence goes on after
_ORDINAL = re.compile(rf"{HAN}{{1,3}}、")
_TOTALS = frozenset({"合计", "总计"})
_NUMBERED = frozenset({"栏次", "行次"})
_COUNTING = re.compile(r"栏次|行次|[类款项]+|—|--?")
_NEARLY_TOUCHING = re.compile(r"[\u4e00-\u9fff（）]{2,}( [\u4e00-\u9fff（）]{2,})+")  # header words
_LONG = 3  # digits, which no number of a column has


class Row(Struct, frozen=True):
    """A line with its texts."""

    line: Line
    texts: tuple[Line, ...]

    @property
    def amounts(self) -> int:
        """How many of its texts are amounts."""
        return sum(map(has_amount, self.texts))

    @property
    def counts(self) -> bool:
        """Whether it numbers the columns (栏次 1 2 3)."""
        figures = [int(t.normal) for t in self.texts if t.normal.isdigit() and len(t.normal) < _LONG]
        words = {t.normal for t in self.texts if not t.normal.isdigit()}
        if not all(map(_COUNTING.fullmatch, words)) or len(figures) < sum(t.normal.isdigit() for t in self.texts):
            return False
        steps = [b - a for a, b in pairwise(figures)]
        if not words and steps and all(step == 1 for step in steps):
            return True  # from 4 on, say, on the right half of a sheet
        rising = bool(figures) and figures[0] in (1, 2) and all(step in (0, 1) for step in steps)
        return rising and (len(figures) > 1 or bool(words & _NUMBERED))

    @property
    def is_body(self) -> bool:
        """Whether data begin here at the latest: an amount, a code, an ordinal, or a total by itself."""
        if self.counts:
            return False
        if (
            self.amounts
            or any(is_code(t.normal) for t in self.texts)
            or any(_ORDINAL.match(t.normal) for t in self.texts)
        ):
            return True
        words = [t.normal for t in self.texts if not is_figure(t)]  # one, or 合 and 计 set far apart
        return "".join(words) in _TOTALS and not any(map(is_figure, self.texts[: len(words)]))


class Region(Struct, frozen=True):
    """Lines of one page that make (a part of) a table.

    Attributes:
        title: that stands over it, blank where none does.
        headed: whether a title or a unit line stands over it.
        top: whether nothing but furniture stands between it and the top of its page; `bottom` the same below.
        alone: whether it is a table by itself, not only where it goes on one.
        header, body: its rows, those with header words first.
        at: the place of its page among those of the document, two on a sheet counted apart.
    """

    page: Page
    title: str
    headed: bool
    top: bool
    bottom: bool
    alone: bool
    header: tuple[Row, ...]
    body: tuple[Row, ...]
    at: int = 0

    @property
    def rows(self) -> tuple[Row, ...]:
        """All of its rows."""
        return (*self.header, *self.body)

    @property
    def bare(self) -> bool:
        """Whether its rows are figures alone: the right half of a sheet whose names stand on the page before.

        Where nothing is printed in any of its columns it is a header over nothing.
        """
        own = [t for row in self.body for t in row.texts]
        return not self.headed and all(is_figure(t) for t in own) and (not self.body or any(map(has_amount, own)))


def find_regions(page: Page, lines: Sequence[Line]) -> list[Region]:
    """The regions of a page, from top to bottom.

    Args:
        page: that they stand on.
        lines: of the page, in reading order, without furniture and without what closed grids hold.
    """
    rest = [line for line in lines if line.box is not None and line.edges]
    if not any(map(_may_be_row, rest)) and not _may_be_heads(rest[: LAYOUT.columns.fewest_rows]):
        return []
    found: list[Region] = []
    start, run = 0, list[Line]()
    for index, line in enumerate([*rest, None]):
        if line is not None and not _ends(line, run, page):
            run.append(line)
            continue
        if run:
            found += _region(page, rest[:start], run, first=start == 0, last=line is None)
        ends_here = line is not None and not _heads(line) and not is_note(line.text) and not _is_prose(line, page)
        start, run = (index, [line]) if ends_here and line is not None else (index + 1, [])
    return found


def _may_be_row(line: Line) -> bool:
    """Whether a line could be of a table at all: figures beside white, or a title; quick, and never too strict."""
    text = line.text
    if text.endswith(("表", "表）", "表)")) or (text[0].isdigit() and text[-1].isdigit()):
        return True
    return " " in text and any(map(str.isdigit, text))


def _may_be_heads(first: Sequence[Line]) -> bool:
    """Whether a page may begin with words that stand beside each other, as over columns without figures."""
    return any(len(text_parts(line)) > 1 for line in first)


def _heads(line: Line) -> bool:
    """Whether a line stands over a table: its title, its unit, its department, that it goes on."""
    return bool(unit_of(line.text)) or is_title(line.text) or is_above(line.text) or is_continued(line.text)


def _is_prose(line: Line, page: Page) -> bool:
    """Whether a line is running text."""
    wide = line.box is not None and line.box.width > page.width * LAYOUT.columns.widest and len(text_parts(line)) == 1
    return (wide and not _NEARLY_TOUCHING.fullmatch(line.text)) or _SENTENCE.search(line.text) is not None


def _ends(line: Line, run: Sequence[Line], page: Page) -> bool:
    """Whether a table ends before the line."""
    if _heads(line) or is_note(line.text) or _is_prose(line, page):
        return True
    last = run[-1].box if run else None
    if run and all(map(is_figure, (*table_texts(run[-1]), *table_texts(line)))):
        return False  # beside names on the page before, rows may be blank
    return last is not None and line.box is not None and line.box.y0 - last.y1 > LAYOUT.columns.blank * line.size


def _region(page: Page, above: Sequence[Line], run: Sequence[Line], *, first: bool, last: bool) -> Iterable[Region]:
    """The region of a run of lines, if it reads like a table."""
    rows = [Row(line, table_texts(line)) for line in run]
    rows = rows[: _last_row(rows) + 1]
    top = run[0].box
    heading = find_heading(above, top.y0) if top is not None else None
    start = next((i for i, row in enumerate(rows) if row.is_body and not _is_word_of_head(i, rows)), len(rows))
    headed = heading is not None and bool(heading.used)
    header, body = tuple(rows[:start]), tuple(rows[start:])
    alone = _is_table(header, body, headed=headed)
    goes_on = any(row.amounts for row in body) or (not (headed or body) and any(len(row.texts) > 1 for row in header))
    if alone or (first and goes_on):
        title = heading.title if heading else ""
        if heading is not None and heading.continued:
            first = first or len(heading.used) == len(above)
        yield Region(page, title, headed, first, last and len(rows) == len(run), alone, header, body)


def _is_word_of_head(i: int, rows: Sequence[Row]) -> bool:
    """Whether a total's word alone on its line stands over a column: other words of the header follow."""
    return (
        len(rows[i].texts) == 1
        and rows[i].texts[0].normal in _TOTALS
        and not all(r.is_body for r in rows[i + 1 : i + 2])
    )


def _last_row(rows: Sequence[Row]) -> int:
    """The last row that is one by itself, or the rest of a name just under it; -1 where there is none."""
    rows_of = (i for i, r in enumerate(rows) if len(r.texts) > 1 or (i and any(map(starts_row, r.texts))))
    last = max(rows_of, default=-1)
    while last >= 0 and last + 1 < len(rows):
        a, b = rows[last].line.box, rows[last + 1].line.box
        if a is None or b is None or b.y0 - a.y1 > LAYOUT.columns.leading * rows[last].line.size:
            break
        last += 1
    return last


def _is_table(header: Sequence[Row], body: Sequence[Row], *, headed: bool) -> bool:
    """Whether rows can be a table by themselves: figures in rows, or a title over columns without any."""
    data = [row for row in body if row.amounts]
    if not data:
        return headed and any(len(row.texts) > 1 for row in header)
    apart = sum(len(row.texts) > 1 for row in data)
    figures = sum(sum(map(is_sum, row.texts)) for row in data)
    if headed:
        return bool(apart) and (len(data) >= LAYOUT.columns.fewest_rows or figures >= LAYOUT.columns.fewest_rows)
    return bool(header) and apart >= LAYOUT.columns.fewest_rows
