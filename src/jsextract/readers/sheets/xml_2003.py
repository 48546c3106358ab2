"""Workbooks of the XML form of Excel 2003, mostly named .xls: their sheets from one XML file (XML 表格 2003)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial

from msgspec import Struct, field

from jsextract.errors import Corrupt
from jsextract.language.phrase import phrase
from jsextract.readers.package import Element, sound_xml
from jsextract.readers.sheets.book import MAX_MERGED, SAVE_AGAIN, Area, SheetCell, SheetData, refuse_more
from jsextract.readers.sheets.number_format import GENERAL, serial
from jsextract.readers.sheets.shown import number_cell, text_cell
from jsextract.vocabulary import Flag

_S = "{urn:schemas-microsoft-com:office:spreadsheet}"
_SEEN = "{urn:schemas-microsoft-com:office:excel}Visible"
_FARTHEST = 16384  # columns of a sheet; rows are more, but none is stored blank
_MOST_ROWS = 1_048_576
# What the formats are that have a name here and no code.
_NAMED = {
    "General Number": GENERAL, "Standard": "#,##0.00", "Fixed": "0.00", "Percent": "0.00%", "Scientific": "0.00E+00",
    "Currency": "#,##0.00", "Short Date": "yyyy/m/d", "Medium Date": "d-mmm-yy", "Long Date": 'yyyy"年"m"月"d"日"',
    "General Date": "yyyy/m/d h:mm",
}  # fmt: skip


def xml_sheets(data: bytes) -> tuple[SheetData, ...]:
    """The sheets of a workbook, hidden ones too, in order.

    Raises:
        Corrupt: if it is no sound XML, declares a document type, or holds no sheet.
        TooLarge: if it has more cells than any account.
    """
    root = sound_xml(data, "Workbook")
    formats = _formats(root)
    since_1904 = root.find(".//{*}Date1904") is not None
    sheets: list[SheetData] = []
    filled = 0
    for number, element in enumerate(root.iterfind(f"{_S}Worksheet"), 1):
        sheet = _Sheet(partial(_shown, formats=formats, since_1904=since_1904), filled)
        for table in element.iterfind(f"{_S}Table"):
            sheet.read(table)
        filled += len(sheet.cells)
        sheets.append(sheet.data(number, element))
    if not sheets:
        raise Corrupt(phrase("The workbook holds no sheet."), phrase(SAVE_AGAIN))
    return tuple(sheets)


def _formats(root: Element) -> dict[str, str]:
    """The number format of each style, by its id; a style has that of the one that it is based on."""
    own: dict[str, str] = {}
    above: dict[str, str] = {}
    for style in root.iterfind(f"{_S}Styles/{_S}Style"):
        key, told = style.get(f"{_S}ID", ""), style.find(f"{_S}NumberFormat")
        above[key] = style.get(f"{_S}Parent", "Default")
        if told is not None:
            code = told.get(f"{_S}Format", GENERAL)
            own[key] = _NAMED.get(code, code)
    return {key: own.get(key) or own.get(above[key]) or GENERAL for key in above}


class _Sheet(Struct):
    """A sheet while it is read; places are counted from 0."""

    shown: partial[SheetCell | None]
    before: int
    cells: dict[tuple[int, int], SheetCell] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def read(self, table: Element) -> None:
        """Adds a table; what lies beyond the last row or column that there can be is none of it."""
        column = 0
        for element in table.iterfind(f"{_S}Column"):
            first = _place(element, column)
            column = min(first + 1 + _number(element, "Span"), _FARTHEST)
            if element.get(f"{_S}Hidden") == "1" or element.get(f"{_S}Width") == "0":
                self.hidden_columns.update(range(first, column))
        row = 0
        for element in table.iterfind(f"{_S}Row"):
            first = _place(element, row)
            row = min(first + 1 + _number(element, "Span"), _MOST_ROWS)
            if element.get(f"{_S}Hidden") == "1" or element.get(f"{_S}Height") == "0":
                self.hidden_rows.update(range(first, row))
            self._row(element, first)
            refuse_more(self.before + len(self.cells))

    def _row(self, row: Element, at: int) -> None:
        column = 0
        for element in row.iterfind(f"{_S}Cell"):
            left = _place(element, column)
            across, down = _number(element, "MergeAcross"), _number(element, "MergeDown")
            column = left + across + 1
            if column > _FARTHEST or at + down >= _MOST_ROWS:
                return
            if (across or down) and len(self.merged) < MAX_MERGED:
                self.merged.append(Area(at, left, at + down, left + across))
            if (cell := self.shown(element)) is not None:
                self.cells[at, left] = cell

    def data(self, number: int, element: Element) -> SheetData:
        """All of it."""
        seen = element.find(f".//{_SEEN}")
        return SheetData(
            number=number,
            name=element.get(f"{_S}Name", "") or str(number),
            hidden=seen is not None and (seen.text or "").strip().startswith("Sheet"),
            cells=self.cells,
            merged=tuple(self.merged),
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
        )


def _shown(cell: Element, formats: Mapping[str, str], *, since_1904: bool) -> SheetCell | None:
    """What a cell shows; None for nothing."""
    data = cell.find(f"{_S}Data")
    formula = cell.get(f"{_S}Formula", "")
    text = "" if data is None else "".join(data.itertext())
    if not text:
        return SheetCell(formula, (Flag.FORMULA_UNEVALUATED,)) if formula else None
    kind = data.get(f"{_S}Type", "String")
    code = formats.get(cell.get(f"{_S}StyleID", "Default"), GENERAL)
    try:
        if kind == "Number":
            return number_cell(float(text), code, since_1904=since_1904)
        if kind == "DateTime":
            return number_cell(
                serial(dt.datetime.fromisoformat(text), since_1904=since_1904), code, since_1904=since_1904
            )
    except ValueError:
        return text_cell(text)  # it says that it is a number, and is none
    if kind == "Boolean":
        return SheetCell("TRUE" if text == "1" else "FALSE")
    return text_cell(text)


def _place(element: Element, following: int) -> int:
    """Where an element stands: where it says, or behind the one before it."""
    return max(_number(element, "Index") - 1, following) if element.get(f"{_S}Index") else following


def _number(element: Element, name: str) -> int:
    text = element.get(_S + name, "0")
    return int(text) if text.isdecimal() and len(text) < 8 else 0
