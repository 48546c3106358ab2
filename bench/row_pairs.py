"""Which row of one file is which row of another, for bench/row_compare.py: in order, gaps where they are least harm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

Row = tuple[str, ...]
Pair = tuple[int | None, int | None]
_MOST = 1_000_000  # pairs of rows that one block is searched through


def alike(one: Row, other: Row) -> int:
    """How many columns agree; 0 where they are not enough for two readings of one row."""
    equal = sum(map(str.__eq__, one, other))
    return equal if 2 * equal >= len(one) else 0


def paired(before: Sequence[Row], after: Sequence[Row]) -> list[Pair]:
    """(before, after) for every row, in order; None where a row has no other."""
    if before == after:
        return [(i, i) for i in range(len(before))]
    out: list[Pair] = []
    for tag, i, to_i, j, to_j in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            out += zip(range(i, to_i), range(j, to_j), strict=True)
        else:
            block = best_pairs(before[i:to_i], after[j:to_j])
            out += [(None if a is None else i + a, None if b is None else j + b) for a, b in block]
    return out


def best_pairs(before: Sequence[Row], after: Sequence[Row]) -> list[Pair]:
    """Pairs rows that differ: one by one where they fit so, else as most columns agree, in order."""
    n, m = len(before), len(after)
    if n == m and (n == 1 or all(map(alike, before, after))):
        return [(i, i) for i in range(n)]
    if n * m > _MOST:
        return [(i if i < n else None, i if i < m else None) for i in range(max(n, m))]
    score = [[alike(one, other) for other in after] for one in before]
    best = [[0] * (m + 1) for _ in range(n + 1)]
    for i in reversed(range(n)):
        for j in reversed(range(m)):
            both = score[i][j] + best[i + 1][j + 1] if score[i][j] else 0
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    return list(walk(score, best))


def walk(score: Sequence[Sequence[int]], best: Sequence[Sequence[int]]) -> Iterator[Pair]:
    """The way of most agreement through the table that best_pairs filled."""
    i, j, n, m = 0, 0, len(best) - 1, len(best[0]) - 1
    while i < n or j < m:
        if i < n and j < m and score[i][j] and best[i][j] == score[i][j] + best[i + 1][j + 1]:
            yield i, j
            i, j = i + 1, j + 1
        elif i < n and best[i][j] == best[i + 1][j]:
            yield i, None
            i += 1
        else:
            yield None, j
            j += 1
