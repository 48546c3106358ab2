"""The cells of a table that flowed into lines, by how they are parted: by tabs, by spaces, by lines (散行单元格)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from jsextract.model.document import Line
from jsextract.tables.flowed_columns import Placed, on_columns, parts_of, placed_on, width
from jsextract.tables.flowed_heads import Path, kind_of, kind_of_name
from jsextract.tables.flowed_rows import TOTAL, cut_rows, cut_stream, is_figure
from jsextract.text.normal import squeeze
from jsextract.text.tokens import is_amount

_COUNTED = re.compile(r"栏次|\d{0,2}|[-—]+")  # of a row that counts the columns
_HEADER = 30  # texts: a longer header has none of the nine
_NAMING = 6  # texts that name a row before its first amount, at most


class Laid(Struct, frozen=True):
    """The cells of a table as its lines part them.

    Attributes:
        rows: the texts of each row; a single text each where every line is a cell.
        by_row: whether each of `rows` is a row of the table.
        places: where the texts stand on their lines, row by row, where only that tells their columns.
        loose: whether blank cells may be missing anywhere in a row.
    """

    rows: tuple[tuple[str, ...], ...]
    by_row: bool
    places: tuple[tuple[Placed, ...], ...] = ()
    loose: bool = False

    @property
    def first_amount(self) -> int | None:
        """Which row has the first amount; None where none has."""
        return next((i for i, row in enumerate(self.rows) if any(is_amount(squeeze(text)) for text in row)), None)


def is_parted(text: str) -> bool:
    """Whether tabs or wide gaps part a line into cells."""
    return "\t" in text or len(parts_of(text)) > 1


def ways_laid(lines: Sequence[Line]) -> Iterator[Laid]:
    """Every way in which the lines may part cells, the surest first."""
    printed = [line.text for line in lines]
    filled = [text for text in printed if text.strip()]
    if sum("\t" in text for text in filled) > 1:
        yield Laid(tuple(tuple(part.strip() for part in text.split("\t")) for text in filled), by_row=True)
        return
    if sum(map(is_parted, filled)) > 1:
        rows = tuple(tuple(parts_of(text)) for text in filled)
        for measure in (width, len):
            yield Laid(rows, by_row=True, places=tuple(placed_on(text, measure) for text in filled))
        yield Laid(tuple((text,) for row in rows for text in row), by_row=False, loose=True)
        return
    texts = [text.strip() for text in printed]
    if not all(texts):
        yield Laid(tuple((text,) for text in (texts[::2] if not any(texts[1::2]) else texts)), by_row=False)
    whole = tuple((text,) for text in texts if text)
    yield Laid(whole, by_row=False)
    yield Laid(whole, by_row=False, loose=True)


class Parted(Struct, frozen=True):
    """The cells of a table, those of its header told from those below it.

    Attributes:
        header: its texts row by row, without those that count columns; in one row where all flowed into one.
        heads: where they stand, one after the other.
        body: the texts of each row below it; a single text each where every line is a cell.
        places: where these stand.
    """

    laid: Laid
    header: tuple[tuple[str, ...], ...]
    heads: tuple[Placed, ...]
    body: tuple[tuple[str, ...], ...]
    places: tuple[tuple[Placed, ...], ...]


def ways_parted(laid: Laid) -> Iterator[Parted]:
    """Each way to part the rows into those of the header and those below it."""
    rows = laid.rows
    filled = [i for i, row in enumerate(rows) if any(row)]
    first = laid.first_amount
    last = first if first is not None else filled[-1] + 1 if filled else 0
    naming = (2 if laid.by_row else _NAMING) if first is not None else 1
    tried: list[list[str]] = []
    for end in range(min(last, _HEADER), max(0, last - naming - 1), -1):
        header = tuple(tuple(text for text in row if not _COUNTED.fullmatch(text)) for row in rows[:end])
        named = [text for row in header for text in row]
        if named in tried and any(text for text in rows[end]):
            continue  # what counts the columns is no row
        if not _begins(next((text for row in rows[end:] for text in row), ""), named):
            continue
        tried.append(named)
        heads = tuple(place for row in laid.places[:end] for place in row if not _COUNTED.fullmatch(place.text))
        yield Parted(laid, header if laid.by_row else (tuple(named),), heads, rows[end:], laid.places[end:])


def _begins(text: str, header: Sequence[str]) -> bool:
    """Whether a text can be the first one below the names of a header: a code, a name or a figure, as these tell."""
    kinds = {kind_of_name(name) for name in header}
    if not text or TOTAL.fullmatch(squeeze(text)):
        return True
    if "code" in kinds:
        return text.isdigit()
    return is_figure(text) if kinds == {"value"} else kind_of_name(text) == "value" and not is_figure(text)


def ways_cut(parted: Parted, paths: Sequence[Path]) -> Iterator[Sequence[Sequence[str]]]:
    """Every way to set the texts below a header on its columns: the rows, each with a text for every column."""
    kinds = [kind_of(path) for path in paths]
    if parted.places:
        rows = on_columns(parted.places, [parted.heads[path[-1].at] for path in paths], kinds)
        if rows is not None and (cut := cut_rows(rows, kinds, merged=False)) is not None:
            yield cut
        return
    before: Sequence[Sequence[str]] | None = None
    for merged in (True, False):
        if parted.laid.by_row:
            found = cut_rows(parted.body, kinds, merged=merged)
        else:
            found = cut_stream([text for row in parted.body for text in row], kinds, merged=merged)
        if found is not None and found != before:
            yield found
        before = found
