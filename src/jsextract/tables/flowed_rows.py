"""The rows of a table that flowed into lines, each with a text for every column (散行数据行)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jsextract.text.amounts import parse_number
from jsextract.text.normal import squeeze
from jsextract.text.tokens import is_amount

TOTAL = re.compile(r"\w{0,8}(合计|总计)|栏次|行次")
"""The name of a row that stands over all columns that name rows."""
_NOTHING = frozenset({"", "-", "--", "—", "——", "/"})
_LONGEST_CODE = 7


def cut_rows(rows: Sequence[Sequence[str]], kinds: Sequence[str], *, merged: bool) -> list[list[str]] | None:
    """The rows below a header; None where a text has no place in them.

    Args:
        rows: of texts, blank ones too.
        kinds: what stands in each column (code, name, line, value).
        merged: whether a total's name rather takes all columns that name rows than a single one.
    """
    found: list[list[str]] = []
    for texts in rows:
        row = next((row for row, taken in _ways(texts, kinds, merged=merged) if taken == len(texts)), None)
        if row is None:
            return None
        found.append(row)
    return found


def cut_stream(texts: Sequence[str], kinds: Sequence[str], *, merged: bool) -> list[list[str]] | None:
    """The rows of cells that follow each other, one a text; as `cut_rows`."""
    length = next((at for at in range(len(texts), 0, -1) if texts[at - 1]), 0)
    found: list[list[str]] = []
    ends: list[int] = []
    dead: set[int] = set()
    waiting = [_ways(texts[: len(kinds)], kinds, merged=merged)]
    while waiting and (ends[-1] if ends else 0) < length:
        at = ends[-1] if ends else 0
        row, taken = next(waiting[-1], (None, 0))
        if row is None:
            dead.add(at)
            waiting.pop()
            del found[-1:], ends[-1:]
        elif any(row) and at + taken not in dead:
            found.append(row)
            ends.append(at + taken)
            waiting.append(_ways(texts[at + taken : at + taken + len(kinds)], kinds, merged=merged))
    return found if waiting else None


def _ways(texts: Sequence[str], kinds: Sequence[str], *, merged: bool) -> Iterator[tuple[list[str], int]]:
    """Every way to set the first texts over all columns, and how many of them that takes."""
    if not kinds:
        yield [], 0
        return
    if not texts:
        return
    plain = squeeze(texts[0])
    reach = [1] if fits(texts[0], kinds[0]) else []
    if kinds[0] != "value" and TOTAL.fullmatch(plain):
        wide = [end for end in range(2, len(kinds)) if kinds[end] == "value"]
        reach = [*wide, *reach] if merged else [*reach, *wide]
    for end in reach:
        for others, taken in _ways(texts[1:], kinds[end:], merged=merged):
            yield [texts[0], *[""] * (end - 1), *others], taken + 1


def fits(text: str, kind: str) -> bool:
    """Whether a text can stand in a column of this kind."""
    plain = squeeze(text)
    if kind == "value":
        return is_figure(text)
    if kind == "name":
        return not is_amount(plain)
    digits = plain.isdigit() and len(plain) <= _LONGEST_CODE
    return not plain or digits or (kind == "code" and TOTAL.fullmatch(plain) is not None)


def is_figure(text: str) -> bool:
    """Whether a text can stand in a column of values: a number, a dash, nothing."""
    return squeeze(text) in _NOTHING or parse_number(text) is not None
