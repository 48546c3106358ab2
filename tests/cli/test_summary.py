from __future__ import annotations

from jsextract.cli.summary import aligned, width


def test_chinese_takes_two_places() -> None:
    assert width("决算a") == 5
    assert width("e\u0301") == 1
    header = ("document", "kind", "entity", "year", "tables", "cells", "facts", "problems")
    lines = aligned([header, ("决算.pdf", "部门决算", "局", "2024", "9", "534", "120", "")])
    assert lines == [
        "document  kind      entity  year  tables  cells  facts  problems",
        "决算.pdf  部门决算  局      2024       9    534    120",
    ]
