"""A figure of the text that was typed over another says so, and the one beside it does not."""

from __future__ import annotations

from pathlib import Path

from jsextract.pipeline import extract
from tests.readers.drawn import Sheet, pdf

SPENT, LEFT = "支出总计", 50.0


def patched(sheet: Sheet) -> None:
    sheet.text(150, 60, "青石镇人民政府2023年度部门决算", 14)
    sheet.text(LEFT, 100, "一、收入支出决算总体情况说明", 12)
    said = "2023年度收入总计1234.56万元，支出总计"
    sheet.text(LEFT, 130, f"{said}1234.65万元。")
    start = LEFT + sheet.canvas.stringWidth(said, "STSong-Light", 10)
    sheet.bar(start, 120, start + 80, 134, grey=1.0)
    sheet.text(start, 130, "1234.56万元。")


def test_a_figure_that_covers_another_is_flagged(tmp_path: Path):
    path = tmp_path / "account.pdf"
    path.write_bytes(pdf(patched))
    flags = {fact.item: fact.flags for fact in extract(path).facts if fact.value_text == "1234.56"}
    assert flags == {"收入总计": (), SPENT: ("patched",)}
