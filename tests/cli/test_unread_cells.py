"""`show --unread` names the cells whose figure a narrow column turned into ####."""

from __future__ import annotations

from pathlib import Path

import pytest

from jsextract import extract
from jsextract.cli.main import run_cli
from tests.readers.drawn import Sheet, pdf

COLUMNS = (50, 110, 250, 330, 410, 490)
ROWS = (120, 140, 160, 180)


def narrow(sheet: Sheet) -> None:
    sheet.text(150, 60, "青石镇人民政府2023年度部门决算", 14)
    sheet.text(230, 90, "支出决算表", 12)
    sheet.text(430, 110, "单位：万元")
    sheet.grid(COLUMNS, ROWS)
    head = ("科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出")
    total, row = ("", "合计", "########", "300.00", "40.00"), ("201", "一般公共服务支出", "340.00", "300.00", "40.00")
    sheet.rows(COLUMNS, ROWS, (head, total, row))


def test_show_unread_lists_cells_that_print_no_figure(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(narrow))
    assert run_cli(["show", str(path), "--unread"]) == 0
    place, cell, *rest = capsys.readouterr().out.splitlines()
    assert place.startswith("page 1  at 2")
    assert place.endswith("T3/合计/本年支出合计")
    assert (cell, rest) == (
        "  【########】",
        ["a.pdf: no amount of money was missed", "a.pdf: 1 figure printed as #### in tables"],
    )
    assert extract(path).unread_amounts == 1
