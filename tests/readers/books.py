"""Workbooks made for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from jsextract.model.report import Report
from jsextract.pipeline import extract

TITLE = "2023年度收入决算表"
ROWS: tuple[tuple[Any, ...], ...] = (
    (TITLE,),
    ("部门：青溪县粮食局", None, "单位：万元"),
    ("项目", "本年收入合计", "财政拨款收入"),
    ("合计", 12.5, 10),
    ("一般公共服务支出", 12.5, 10),
)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(*sheets: Sequence[Sequence[Any]], change: Callable[[Worksheet], None] | None = None) -> bytes:
    """Sheets of rows; `change` is done to the first one."""
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(row)
    if change:
        change(book.worksheets[0])
    return saved(book)


def values(data: bytes, name: str = "a.xlsx") -> dict[str, str]:
    """What stands in the value cells, by their addresses."""
    return {cell.cell_ref: cell.value_text for cell in report_of(data, name).cells}


def report_of(data: bytes, name: str = "a.xlsx") -> Report:
    return extract(data, file=name)


def members(data: bytes, **replaced: bytes | None) -> bytes:
    """The workbook with some of its members replaced, left out (None) or added; `__` stands for `/`, `_dot_` for a dot."""
    out = io.BytesIO()
    changes = {name.replace("__", "/").replace("_dot_", "."): data for name, data in replaced.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = changes.pop(info.filename, old.read(info))
            if content is not None:
                new.writestr(info.filename, content)
        for name, content in changes.items():
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


SHEET = "xl__worksheets__sheet1_dot_xml"
