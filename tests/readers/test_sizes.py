"""Texts of more lines than can be read in the time of a document are refused at once, and the limit is told."""

from __future__ import annotations

import pytest

from jsextract.pipeline import extract
from jsextract.readers import plain_text, registry, sizes


@pytest.mark.parametrize("line", ["\n", "水费支出3.00万元。\n", "1.项目：指用于项目的支出。\n"])
def test_a_text_of_too_many_lines_is_refused_with_the_limit(line: str) -> None:
    report = extract(("某某市水务局2023年度部门决算\n" + line * sizes.MAX_LINES).encode(), file="a.txt")
    assert (report.status, report.problem) == ("failed", "too-large")
    assert report.message == "It has 200001 lines, more than 200000. Split it."


def test_what_any_reader_gives_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "MAX_LINES", 3)
    monkeypatch.setattr(plain_text, "refuse_lines", lambda number: None)
    assert registry.refuse_lines is sizes.refuse_lines
    page = "<html><body>" + "<p>某某市水务局2023年度部门决算</p>" * 4
    for data, name in ((page.encode(), "a.html"), ("决算公开\n".encode() * 4, "a.txt")):
        assert extract(data, file=name).problem == "too-large"
