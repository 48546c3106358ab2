"""One sheet of an .xlsx file: what its cells show, merged areas, what is hidden, where cells lie (工作表)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import IO, TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, iterparse

from msgspec import Struct, field

from jsextract.readers.shapes import RELATIONS
from jsextract.readers.sheets.anchors import COLUMN, ROW, Axis, Frame
from jsextract.readers.sheets.book import MAX_MERGED, Anchored, Area, SheetCell, SheetData, refuse_more
from jsextract.readers.sheets.number_format import GENERAL, serial
from jsextract.readers.sheets.shown import number_cell, text_cell
from jsextract.vocabulary import Flag

if TYPE_CHECKING:
    from openpyxl.worksheet._reader import WorkSheetParser

_SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WANTED = frozenset({"row", "col", "sheetView", "sheetFormatPr", "mergeCell", "drawing"})
_WHOLE = _WANTED | {"conditionalFormatting", "dataValidation", "extLst", "hyperlink"}
_COLUMNS = 16384  # of a sheet
_CHARACTER = 5.25  # points: the width of a digit, by which columns are measured
_PICTURE = re.compile(r'=(?:_xlfn\.)?DISPIMG\("([^"]{1,80})"')  # what WPS has in a cell that a picture fills
_TRUE, _FALSE = ("1", "true"), ("0", "false")


class Texts:
    """What cells show, by their styles.

    Attributes:
        filled: how many cells of the sheets before show something.
        zeros: whether the sheet at hand shows zeros.
    """

    def __init__(self, formats: Sequence[str], *, since_1904: bool) -> None:
        self.formats, self.since_1904 = formats, since_1904
        self.filled, self.zeros = 0, True

    def cell(self, found: dict[str, Any], element: Element) -> SheetCell | None:
        """What a cell shows; None for nothing.

        Args:
            found: value and style_id, as openpyxl's parser gives them.
            element: the cell, which may hold a formula whose value is not stored.
        """
        value = found["value"]
        if value is None:
            formula = element.find(f"{_SPACE}}}f")
            text = "" if formula is None else f"={formula.text or '…'}"
            return SheetCell(text, (Flag.FORMULA_UNEVALUATED,)) if text else None
        if isinstance(value, bool):
            return SheetCell("TRUE" if value else "FALSE")
        if isinstance(value, dt.date):
            value = serial(value, since_1904=self.since_1904)
        if isinstance(value, int | float):
            style = found["style_id"]
            code = self.formats[style] if style < len(self.formats) else GENERAL
            return number_cell(value, code, since_1904=self.since_1904, zeros=self.zeros)
        return text_cell(str(value))


class XlsxSheet(Struct):
    """What is read of a sheet; heights and widths in points.

    Attributes:
        cells: those that show something.
        drawing: by which the sheet names its drawing; blank without one.
        shown: the names of pictures that fill cells, by these.
    """

    cells: dict[tuple[int, int], SheetCell] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    heights: dict[int, float] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    height: float = ROW
    width: float = COLUMN
    drawing: str = ""
    shown: dict[tuple[int, int], str] = field(default_factory=dict)

    def frame(self) -> Frame:
        """Where its cells lie."""
        rows = self.heights | dict.fromkeys(self.hidden_rows, 0.0)
        return Frame(Axis(self.height, rows), Axis(self.width, self.widths | dict.fromkeys(self.hidden_columns, 0.0)))

    def shown_in(self) -> dict[Area, str]:
        """The names of pictures that fill cells, by the areas that these are."""
        merged = {(area.top, area.left): area for area in self.merged}
        return {merged.get(at, Area(*at, *at)): name for at, name in self.shown.items()}

    def sheet(self, number: int, name: str, *, hidden: bool, pictures: tuple[Anchored, ...]) -> SheetData:
        """The sheet by its place, name, state and pictures."""
        return SheetData(
            number=number, name=name, hidden=hidden, cells=self.cells, merged=tuple(self.merged),
            hidden_rows=frozenset(self.hidden_rows), hidden_columns=frozenset(self.hidden_columns), pictures=pictures,
        )  # fmt: skip

    def take(self, tag: str, element: Element) -> None:
        """Adds what an element tells that is no row."""
        if tag == "col":
            self._column(element)
        elif tag == "drawing":
            self.drawing = element.get(f"{RELATIONS}id", "")
        elif tag == "sheetFormatPr":
            self.height = _length(element.get("defaultRowHeight")) or ROW
            self.width = _length(element.get("defaultColWidth")) * _CHARACTER or COLUMN
        elif tag == "mergeCell" and len(self.merged) < MAX_MERGED:
            from openpyxl.utils import range_boundaries

            left, top, right, bottom = range_boundaries(element.get("ref"))
            self.merged.append(Area(top - 1, left - 1, bottom - 1, right - 1))

    def _column(self, element: Element) -> None:
        columns = range(int(element.get("min", 1)) - 1, min(int(element.get("max", 1)), _COLUMNS))
        if element.get("hidden") in _TRUE or element.get("width") == "0":
            self.hidden_columns.update(columns)
        elif width := _length(element.get("width")):
            self.widths.update(dict.fromkeys(columns, width * _CHARACTER))


def read_sheet(source: IO[bytes], strings: Sequence[str], texts: Texts) -> XlsxSheet:
    """One sheet, whatever it says of its own size.

    Args:
        source: its XML, which declares no entities.
        strings: those that the sheets share.
        texts: what cells show.
    """
    from openpyxl.worksheet._reader import WorkSheetParser

    found = XlsxSheet()
    texts.zeros = True
    parser = WorkSheetParser(source, strings, data_only=True)
    for tag, element in _elements(source):
        if tag == "row":
            row = _read_row(parser, element, found, texts)
            found.hidden_rows.update({row} if element.get("hidden") in _TRUE else ())
            found.heights.update({row: height} if (height := _length(element.get("ht"))) else {})
            refuse_more(texts.filled + len(found.cells))
        elif tag == "sheetView":
            texts.zeros = element.get("showZeros") not in _FALSE
        else:
            found.take(tag, element)
    texts.filled += len(found.cells)
    return found


def _length(told: str | None) -> float:
    """A height or width; 0 for what is none."""
    whole, _, part = (told or "").strip().partition(".")
    return float(f"{whole}.{part or 0}") if whole.isdecimal() and len(whole) < 6 and (part or "0").isdecimal() else 0.0


def _elements(source: IO[bytes]) -> Iterator[tuple[str, Element]]:
    """The elements of a sheet that are asked for, each when it is complete, by their local names."""
    for _, element in iterparse(source):  # noqa: S314 (as above)
        space, _, tag = element.tag.rpartition("}")
        if tag in _WANTED:
            if space != _SPACE:
                raise ValueError(space)  # cells of no known kind would all be blank
            yield tag, element
        if tag in _WHOLE:
            element.clear()


def _read_row(parser: WorkSheetParser, row: Element, sheet: XlsxSheet, texts: Texts) -> int:
    """Adds the cells of a row that show something; the row's number, from 0."""
    parser.row_counter = int(row.get("r", parser.row_counter + 1))
    parser.col_counter = 0
    for element in row:
        if not len(element) and element.get("r"):
            continue  # blank, but for its style
        found = parser.parse_cell(element)
        cell = texts.cell(found, element)
        if cell is None:
            continue
        at = found["row"] - 1, found["column"] - 1
        if picture := _PICTURE.match(cell.text):
            sheet.shown[at] = picture[1]
        else:
            sheet.cells[at] = cell
    return int(parser.row_counter) - 1
