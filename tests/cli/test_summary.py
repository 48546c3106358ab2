from __future__ import annotations

from jsextract.cli.columns import aligned, cut


def test_chinese_takes_two_places() -> None:
    header = ("document", "kind", "entity", "year", "tables", "cells", "facts", "problems")
    lines = aligned([header, ("决算.pdf", "部门决算", "局", "2024", "9", "534", "120", "")], {3, 4, 5, 6})
    assert lines == [
        "document  kind      entity  year  tables  cells  facts  problems",
        "决算.pdf  部门决算  局      2024       9    534    120",
    ]


def test_a_mark_above_a_letter_takes_no_place() -> None:
    assert aligned([("e\u0301", "x"), ("ab", "x")]) == ["e\u0301   x", "ab  x"]


def test_what_does_not_fit_is_cut() -> None:
    assert cut("决算表", 6) == "决算表"
    assert cut("决算表", 5) == "决算…"
    assert cut("决算表", 4) == "决…"
