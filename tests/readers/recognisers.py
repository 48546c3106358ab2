"""Recognisers that see the same in every picture, for tests of what is made of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from jsextract.model.document import Line, Mark, Ruling
from jsextract.model.geometry import Box
from jsextract.readers import page_work
from jsextract.readers.page_work import Picture
from jsextract.readers.recognised import Recognised

TITLE, UNIT, HEAD, ROWS = (
    "收入决算表",
    "单位：万元",
    ("项目", "本年收入合计"),
    (("合计", "6.00"), ("教育支出", "1.50"), ("科学技术支出", "2.00"), ("其他支出", "2.50")),
)


class TableReader:
    """Sees a small table, or one line of words, in pictures that are not dark; a dark one makes it fail."""

    name, model = "table", "1"

    def __init__(self, *, ruled: bool = True) -> None:
        self.ruled, self.seen = ruled, list[Picture]()

    def read(self, picture: Picture) -> Recognised:
        self.seen.append(picture)
        if picture.image.resize((1, 1)).convert("L").getpixel((0, 0)) < 40:
            raise ValueError
        if not self.ruled:
            return Recognised((line("办公楼", 20, 20),))
        rows = (HEAD, *ROWS)
        lines = tuple(line(text, 20 + 100 * x, 20 + 40 * y) for y, row in enumerate(rows) for x, text in enumerate(row))
        level = tuple(Ruling(10, 10 + 40 * y, 210, 10 + 40 * y) for y in range(len(rows) + 1))
        upright = tuple(Ruling(x, 10, x, 10 + 40 * len(rows)) for x in (10.0, 110.0, 210.0))
        marks = tuple(Mark("ocr:0.90", one.box) for one in lines if one.box and one.text[0].isdigit())
        return Recognised(lines, (*level, *upright), marks)


def line(text: str, x: float, y: float) -> Line:
    """A line as it is recognised, of type of ten points."""
    edges = tuple((x + 10 * at, x + 10 * at + 10) for at in range(len(text)))
    return Line(0, text, Box(x, y, edges[-1][1], y + 10), edges, 10, confidence=(0.9,) * len(text))


def use(reader: TableReader | None, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Has pictures read by this one, or by nobody, with a cache of its own."""
    monkeypatch.setattr(page_work, "PAGE_READER", lambda: reader)
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    monkeypatch.setenv("LOCALAPPDATA", str(folder))
