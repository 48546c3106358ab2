"""Small web pages, and accounts drawn as pages of several kinds of site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from fixtures.draw.profiles import CULTURE, JUSTICE, PLACES, WATER
from fixtures.draw.style import HUBEI, SHANGHAI, YUAN
from jsextract.model.document import Document, Table
from jsextract.pipeline import read

ACCOUNTS = {
    "shanghai": (2024, SHANGHAI, WATER, 2024, PLACES[0]),
    "hubei": (2020, HUBEI, CULTURE, 2020, PLACES[3]),
    "yuan": (2021, YUAN, JUSTICE, 2021, PLACES[2]),
}
"""As the fixtures of these names are drawn."""
CELL = ("table", "side", "code", "item", "column", "value", "unit", "page")
FACT = ("item", "code", "project", "measure", "basis", "value", "unit", "year", "value_text")


def rows(things: Iterable[object], columns: tuple[str, ...]) -> Counter[tuple[str, ...]]:
    """Rows of a report or of expectations as text, each with how often it is there."""
    return Counter(tuple(_text(getattr(thing, column), column) for column in columns) for thing in things)


def _text(value: object, column: str) -> str:
    if value is None:
        return ""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    # whether the quote of a none-statement begins with its year is not claimed
    return re.sub(r"^(本年度?|\d{4}年度?)", "", text) if column == "value_text" else text


def page(body: str, head: str = "", *, encoding: str = "utf-8", file: str = "a.html") -> Document:
    """What is read of a page with this body."""
    return read(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(encoding), file=file)


def lines(document: Document) -> list[str]:
    """The texts of its lines."""
    return [line.text for part in document.pages for line in part.lines]


def grid(document: Document) -> list[list[str]]:
    """The texts of its one grid, each repeated over the places that it takes."""
    (table,) = document.pages[0].grids
    return shown(table)


def shown(table: Table) -> list[list[str]]:
    """A table as rows of texts."""
    texts = [[""] * table.n_cols for _ in range(table.n_rows)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for col in range(cell.col, cell.col + cell.col_span):
                assert texts[row][col] == ""
                texts[row][col] = cell.text
    return texts
