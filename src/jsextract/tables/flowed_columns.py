"""Columns of a table that stand under each other and apart by spaces, told by where its texts stand (空格分列)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from unicodedata import east_asian_width

from msgspec import Struct

from jsextract.tables.flowed_rows import TOTAL, is_figure
from jsextract.text.normal import squeeze

_PARTED = re.compile(r"\S+(?:[ \u3000\xa0]\S+)*")  # texts that two spaces or more part
_WIDE = frozenset("WFA")
_FAR = 1 << 30


class Placed(Struct, frozen=True):
    """A text and where it begins and ends on its line."""

    text: str
    start: int
    end: int


def parts_of(line: str) -> list[str]:
    """The texts of a line that wide gaps part."""
    return _PARTED.findall(line)


def width(text: str) -> int:
    """How many narrow characters a text is wide, as it is shown."""
    return len(text) + sum(east_asian_width(char) in _WIDE for char in text)


def placed_on(line: str, measure: Callable[[str], int]) -> tuple[Placed, ...]:
    """The texts of a line with their places, as `measure` counts characters."""
    return tuple(Placed(m[0], measure(line[: m.start()]), measure(line[: m.end()])) for m in _PARTED.finditer(line))


def on_columns(
    rows: Sequence[Sequence[Placed]], heads: Sequence[Placed], kinds: Sequence[str]
) -> list[tuple[str, ...]] | None:
    """The texts of rows under the lowest names of a header, blank ones too; None where a text has no column.

    Args:
        rows: below the header.
        heads: the names over the columns, from left to right.
        kinds: what stands in each column (code, name, line, value).
    """
    spans = _spans(text for row in rows for text in row if not _is_total(text))
    names = _named(spans, heads)
    if names is None:
        return None
    stubs = [at for at, kind in enumerate(kinds) if kind != "value" and (at == 0 or kinds[at - 1] == "value")]
    found: list[tuple[str, ...]] = []
    for row in rows:
        texts = [""] * len(heads)
        last = -1
        for text in row:
            if _is_total(text):  # it may reach over several columns, and stands in the first of those that name rows
                at = next((stub for stub in stubs if stub > last), last)
            else:
                at = names[min(range(len(spans)), key=lambda i: (_apart(text, *spans[i]), i))]
            if at <= last:
                return None
            texts[at], last = text.text, at
        found.append(tuple(texts))
    return found


def _is_total(text: Placed) -> bool:
    return TOTAL.fullmatch(squeeze(text.text)) is not None and not is_figure(text.text)


def _spans(texts: Iterable[Placed]) -> list[tuple[int, int]]:
    """Where texts stand, those made one that overlap or touch."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((text.start, text.end) for text in texts):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _apart(text: Placed, start: int, end: int) -> int:
    """How far a text is from a span; the more they overlap the less than nothing."""
    return max(text.start, start) - min(text.end, end)


def _named(spans: Sequence[tuple[int, int]], heads: Sequence[Placed]) -> list[int] | None:
    """Which name each span stands under, in order and nearest in all; None where several ways are as near."""
    ways: list[tuple[int, int, list[int]]] = [(0, 1, [])] * (len(heads) + 1)  # distance, number and one of the best
    for span in spans:
        after: list[tuple[int, int, list[int]]] = [(_FAR, 0, [])]
        for at, head in enumerate(heads):
            distance, count, names = ways[at]
            here = distance + _apart(head, *span), count, [*names, at]
            if here[0] == after[-1][0]:
                after.append((here[0], here[1] + after[-1][1], here[2]))
            else:
                after.append(min(here, after[-1]))
        ways = after
    distance, count, names = ways[-1]
    return names if count == 1 and distance < _FAR else None
