"""Two invented datasets with planted differences, and what bench/row_compare.py must say of them."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.row_compare import (
    Allowed,
    Comparison,
    Difference,
    Sheet,
    Tally,
    allowed_from,
    compare,
    plain,
    read_dataset,
)
from bench.row_pairs import paired

A, B, C, D = (digit * 16 for digit in "abcd")
Rows = dict[str, list[tuple[str, ...]]]
CELLS = [("T1", str(i), f"第{i}行", str(i * 100)) for i in range(6)]
BEFORE: Rows = {
    "documents.csv": [
        ("document_id", "file", "tool_version"),
        (A, "甲.pdf", "1"), (B, "乙.pdf", "1"), (C, "丙/丙.txt", "1"), ("", "空.pdf", "1"),
    ],
    "cells.csv": [
        ("document_id", "table", "row", "item", "value"),
        *((A, *cell) for cell in CELLS), *((B, *cell) for cell in CELLS),
    ],
    "checks.csv": [("document_id", "refs"), (A, f"cell:T1/合计;document:{D}"), (C, "cell:T1/合计")],
    "indicators.csv": [("document_id", "year", "income"), (A, "2024", "5"), (B, "2024", "6"), (C, "2024", "")],
}  # fmt: skip
AFTER: Rows = {
    "documents.csv": [
        ("document_id", "file", "tool_version", "format"),
        (f"d{A}", "甲.pdf", "2", "pdf"), (f"d{B}", "乙.pdf", "2", "pdf"), (f"d{C}", "丙/丙.txt", "2", "txt"),
        ("", "空.pdf", "2", "pdf"),
    ],
    "cells.csv": [
        ("document_id", "table", "row", "item", "value", "evidence"),
        *((f"d{A}", *cell, "") for cell in CELLS[:2] + CELLS[3:]),  # 第2行 is missing
        *((f"d{B}", *cell[:3], "401" if cell[1] == "4" else cell[3], "") for cell in CELLS),  # 400 is 401
    ],
    "checks.csv": [("document_id", "refs"), (f"d{A}", f"cell:T1/合计;document:d{D}"), (f"d{C}", "cell:T1/合计")],
    "indicators.csv": [
        ("account_id", "year", "income", "documents"),
        ("a1", "2024", "7", f"d{B};d{C}"), ("a2", "2024", "5", f"d{A}"),  # two files of one account
    ],
    "accounts.csv": [("account_id", "documents"), ("a1", f"d{B};d{C}"), ("a2", f"d{A}")],
}  # fmt: skip
WANTED = [
    ("row missing", "cells.csv", "p/甲.pdf", "", "table=T1; row=2; item=第2行; value=200", ""),
    ("value", "cells.csv", "p/乙.pdf", "value", "400", "401"),
]
TALLIES = {
    "documents.csv": Tally(4, 4, 0, 4),
    "cells.csv": Tally(12, 11, 10, 0, 1, 1, 0),
    "checks.csv": Tally(2, 2, 2),
    "indicators.csv": Tally(3, 2, 1, 3),
}


def written(folder: Path, data: Rows) -> dict[str, Sheet]:
    """The dataset as a build would write it, read again."""
    folder.mkdir()
    for name, rows in data.items():
        with (folder / name).open("w", encoding="utf-8-sig", newline="") as handle:
            csv.writer(handle, lineterminator="\n").writerows(rows)
    return read_dataset(folder)


def told(found: Difference) -> tuple[str, ...]:
    return found.what, found.file, found.document, found.column, found.before, found.after


def selftest(allowed: Sequence[Allowed]) -> None:
    """Raises AssertionError where the comparison misses or invents a difference."""
    with tempfile.TemporaryDirectory() as name:
        before, after = written(Path(name) / "before", BEFORE), written(Path(name) / "after", AFTER)
    planted(compare(before, after, allowed, "p/"))
    unchanged(compare(before, before, ()))
    nothing_allowed(compare(before, after, ()))
    other_ways(before, after, allowed)
    rows_in_step()
    assert plain(f"document:d{A};d{B}:cell:T1;xd{C};d{D}0") == f"document:{A};{B}:cell:T1;xd{C};d{D}0"
    print("selftest: every planted difference was found, and nothing else")


def planted(found: Comparison) -> None:
    assert list(map(told, found.differences)) == WANTED, found.differences
    assert found.tallies == TALLIES, found.tallies
    assert found.columns["documents.csv"] == ("format",)
    assert found.columns["cells.csv"] == ("evidence",)
    met = {(entry.what, entry.file, entry.column): times for entry, times in found.used.items()}
    assert met["value", "documents.csv", "tool_version"] == 4, met
    assert met["row of several documents", "indicators*.csv", "*"] == 1, met
    assert met["file added", "accounts.csv", "*"] == 1, met


def unchanged(found: Comparison) -> None:
    assert not found.differences
    assert all(t.same == t.before == t.after for t in found.tallies.values())


def nothing_allowed(found: Comparison) -> None:
    """Each change that ALLOWED lets pass is a difference without it."""
    kinds = {d.what for d in found.differences}
    wanted = {"file added", "column added", "column missing", "row of several documents"}
    assert wanted <= kinds, kinds


def other_ways(before: dict[str, Sheet], after: dict[str, Sheet], allowed: Sequence[Allowed]) -> None:
    """What is about whole files, and allowances from a file."""
    cells = before["cells.csv"]
    turned = Sheet(tuple(reversed(cells.columns)), cells.rows[6:] + cells.rows[:6], "no BOM, CRLF")
    found = compare(before, {**before, "cells.csv": turned}, allowed).differences
    assert [d.what for d in found] == ["column order", "form", "document order"], found
    gone = {name: sheet for name, sheet in before.items() if name != "checks.csv"}
    assert [told(d)[:2] for d in compare(before, gone, allowed).differences] == [("file missing", "checks.csv")]
    own = {"what": "value", "file": "cells.csv", "column": "value", "before": "40?", "reason": "a misprint"}
    left = compare(before, after, (*allowed, *allowed_from({"allow": [own]})), "p/").differences
    assert list(map(told, left)) == WANTED[:1]
    for wrong in ({"allow": [own | {"colum": "x"}]}, {"allow": [own | {"reason": ""}]}, {"allowed": [own]}):
        try:
            allowed_from(wrong)
        except ValueError:
            continue
        raise AssertionError(wrong)


def rows_in_step() -> None:
    """Rows that are missing or added leave their neighbours paired, even where every row changed."""
    old = [("T1", str(i), f"第{i}行", "x") for i in range(9)]
    new = [(table, row, item, "y") for table, row, item, _ in old[:3] + old[4:]]
    assert paired(old, new) == [*((i, i) for i in range(3)), (3, None), *((i, i - 1) for i in range(4, 9))]
    assert paired(old[:1], [("", "", "", "")]) == [(0, 0)]
    assert paired([], old[:2]) == [(None, 0), (None, 1)]
    assert paired(old[:2], []) == [(0, None), (1, None)]
