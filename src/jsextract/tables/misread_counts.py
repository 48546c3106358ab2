"""Counts of columns and rows of which a picture was misread: what their neighbours count to (误识的栏次、行次).

A row that counts the columns is one of the header, and one misread number in it makes it look like data. Most of its
numbers are in line; the others take what the line gives. A row that is named 栏次 counts, whatever stands in it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from jsextract.model.document import Cell, Table
from jsextract.tables.header import distinct, is_line_label, is_number_row, slots_of
from jsextract.tables.specks import MARKS
from jsextract.text.amounts import UNKNOWN
from jsextract.text.normal import squeeze
from jsextract.text.tokens import is_amount
from jsextract.vocabulary import Flag, Reader

_COUNT = re.compile(rf"[{MARKS}]*([1-9]\d?)[{MARKS}]*")  # a point beside a count is a speck
_FIGURE = re.compile(r"0\d*|\d{3,}|.*\d[.,，]\d.*")  # an amount or a code, and no count
_WORD = re.compile(r"(?!一$).*[\u4e00-\u9fff].*")  # a count may be misread as 一
_LINE_HEAD = re.compile(rf"[行栏序].|.[次号]|{UNKNOWN}*")
_NAMED = ("栏次", "行次")
_LABELS = ("类", "款", "项", _NAMED[0])
_LONGEST = 3  # characters that a misread count may have
_FEWEST = 3  # numbers in line, and
_MOST = 0.6  # of what is filled


def with_counts(table: Table) -> Table:
    """The table; one recognised in pictures has the counts of its columns and rows as their neighbours give them.

    What was misread has the flag `ocr_corrected`. Rows count the columns above the first amount of a page, columns
    the rows from there on, under a head that names nothing else.
    """
    if table.reader != Reader.OCR or not table.cells:
        return table
    slots = slots_of(table)
    body = _body_rows(slots)
    right: dict[tuple[int, int], str] = {}
    for index in sorted(set(range(len(slots))) - set(body)):
        right |= _of_row(slots, index)
    for index in range(table.n_cols):
        right |= _of_column([row[index] for row in slots], index, body)
    if not right:
        return table
    return replace(table, cells=tuple(_mended(cell, right.get((cell.row, cell.col), "")) for cell in table.cells))


def _mended(cell: Cell, text: str) -> Cell:
    return replace(cell, text=text, flags=(*cell.flags, Flag.NAME_CORRECTED)) if text else cell


def _body_rows(slots: Sequence[Sequence[Cell]]) -> list[int]:
    """The rows of each page from the first one with an amount on; those that are named as counting are none."""
    begun: set[int] = set()
    found: list[int] = []
    for index, row in enumerate(slots):
        own = [cell for cell in distinct(row) if cell.row == index]
        if _is_named(own) or (not begun.intersection(cell.page for cell in own) and _is_labelled(own)):
            continue
        begun |= {cell.page for cell in own if is_amount(text := squeeze(cell.text)) and not _COUNT.fullmatch(text)}
        found += [index] if any(cell.page in begun for cell in own) else []
    return found


def _is_named(cells: Sequence[Cell]) -> bool:
    """Whether a row is named 栏次, and no other words stand in it."""
    said = [squeeze(cell.text) for cell in cells]
    return any(text in _NAMED for text in said) and not any(
        _WORD.fullmatch(text) and not is_line_label(text) and len(text) > 1 for text in said
    )


def _is_labelled(cells: Sequence[Cell]) -> bool:
    """Whether a row is named 栏次, or so but for a character, and most of its numbers are in line."""
    if _is_named(cells):
        return True
    first = next((text for cell in cells if (text := squeeze(cell.text))), "")
    return is_line_label(first) and bool(_line_of([c for c in cells if not is_line_label(squeeze(c.text))]))


def _of_row(slots: Sequence[Sequence[Cell]], index: int) -> Mapping[tuple[int, int], str]:
    """The misread counts of a row by their places, where it counts the columns."""
    row = slots[index]
    if is_number_row(row, index):
        return {}
    own = [cell for cell in distinct(row) if cell.row == index]
    labels = _of_labels(own, slots[index - 1][0] if index else None)
    rest = [c for c in own if not is_line_label(squeeze(c.text)) and (c.row, c.col) not in labels]
    counts = {**_in_line(rest, labelled=bool(labels) or _is_labelled(own)), **labels}
    mended = [_mended(cell, counts.get((cell.row, cell.col), "")) for cell in own]
    if is_number_row(mended, index):
        return counts
    return {**{(c.row, c.col): UNKNOWN for c in rest if c.text}, **labels} if labels or _is_named(own) else {}


def _of_labels(cells: Sequence[Cell], above: Cell | None) -> Mapping[tuple[int, int], str]:
    """The misread ones of the labels before the counts: 类 款 项, with 栏次 or without.

    Half of them are right, or they stand under a head of codes that is three columns wide.
    """
    filled = [(cell, squeeze(cell.text)) for cell in cells if cell.text]
    before = list(itertools.takewhile(lambda pair: not _COUNT.fullmatch(pair[1]), filled))
    if not len(_LABELS) - 1 <= len(before) <= len(_LABELS) or any(len(text) > len(_NAMED[0]) for _, text in before):
        return {}
    other = {(c.row, c.col): label for (c, text), label in zip(before, _LABELS, strict=False) if text != label}
    parted = above is not None and above.col_span == len(_LABELS) - 1 and squeeze(above.text).endswith("编码")
    return other if parted or len(other) * 2 <= len(before) else {}


def _of_column(column: Sequence[Cell], index: int, body: Sequence[int]) -> Mapping[tuple[int, int], str]:
    """The misread counts of a column by their places, where it counts the rows."""
    own = [cell for i in body if (cell := column[i]).row == i and cell.col == index]
    heads = [cell for i, cell in enumerate(column) if i not in body and cell.col_span == 1 and cell.text]
    said = [squeeze(cell.text) for cell in heads]
    if not all(_LINE_HEAD.fullmatch(head) or _COUNT.fullmatch(head) for head in said):
        return {}
    given = _in_line(own)
    if heads and UNKNOWN in given.values():  # only its head tells what such a column is
        return {**given, (heads[0].row, heads[0].col): _NAMED[1]}
    return given


def _in_line(cells: Sequence[Cell], *, labelled: bool = False) -> Mapping[tuple[int, int], str]:
    """What the cells that are not in line with the most others have to be; nothing where these are too few.

    What could be one count or another is an unknown one. Anything may be a misread count where a label says so.
    """
    said = [squeeze(cell.text) for cell in cells]
    if not labelled and not all(_may_count(text) for text in said if text):
        return {}
    line = _line_of(cells)
    given = dict(_between(line, [i for i, text in enumerate(said) if text]))
    given |= {i: str(count) for i, count in line.items() if said[i] != str(count)}
    return {(cells[i].row, cells[i].col): text for i, text in given.items()}


def _line_of(cells: Sequence[Cell]) -> Mapping[int, int]:
    """The counts that are in line, by their places; none where they are too few."""
    said = [squeeze(cell.text) for cell in cells]
    filled = [i for i, text in enumerate(said) if text]
    line = _longest({i: int(found[1]) for i in filled if (found := _COUNT.fullmatch(said[i]))}, filled)
    return {} if len(line) < _FEWEST or len(line) < len(filled) * _MOST else line


def _may_count(text: str) -> bool:
    if _FIGURE.fullmatch(text) or _WORD.fullmatch(text):
        return False
    return len(text) <= _LONGEST or not text.strip(UNKNOWN)


def _longest(values: Mapping[int, int], filled: Sequence[int]) -> Mapping[int, int]:
    """The longest part of the values, by place, in which each place has its own count.

    From one to the next it counts each filled place, and may count blank ones.
    """
    rank = {place: r for r, place in enumerate(filled)}
    best: dict[int, tuple[int, ...]] = {}
    for place, value in values.items():
        before = [best[other] for other in best if rank[place] - rank[other] <= value - values[other] <= place - other]
        best[place] = (*max(before, key=len, default=()), place)
    return {place: values[place] for place in max(best.values(), key=len, default=())}


def _between(line: Mapping[int, int], filled: Sequence[int]) -> Iterator[tuple[int, str]]:
    """What stands at the places that are not in line: a count, or an unknown one."""
    known = sorted(line)
    for place in filled if known else ():
        if place < known[0]:
            count = line[known[0]] - sum(place <= other < known[0] for other in filled)
            yield place, str(count) if count > 0 else UNKNOWN
        elif place > known[-1]:
            yield place, str(line[known[-1]] + sum(known[-1] < other <= place for other in filled))
    for left, right in itertools.pairwise(known):
        inner = [place for place in filled if left < place < right]
        steps = line[right] - line[left]
        every = steps == right - left
        for rank, place in enumerate(range(left + 1, right) if every else inner, 1):
            yield place, str(line[left] + rank) if every or steps == len(inner) + 1 else UNKNOWN
