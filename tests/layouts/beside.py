"""What pdfplumber and camelot can give at best: amounts in a row with their row's name and in a column of their own."""

from __future__ import annotations

import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from fixtures.draw.layouts.accounts import Place
from fixtures.draw.layouts.change import value_of

Grid = list[list[str]]
"""Rows of texts without white space."""
AMOUNT = re.compile(r"\d\.\d|\d,\d{3}")
ENOUGH = 8  # amounts of a page that is read
SPACE = re.compile(r"\s+")


def pages_with_amounts(path: Path) -> list[int]:
    """Numbers of the pages that tables may stand on, 1-based."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    return [n for n, text in enumerate(texts, 1) if len(AMOUNT.findall(text)) >= ENOUGH]


def plain(rows: Sequence[Sequence[str | None]]) -> Grid:
    return [[SPACE.sub("", text or "") for text in row] for row in rows]


def by_pdfplumber(path: Path, pages: list[int], strategy: str) -> Iterator[Grid]:
    import pdfplumber

    settings = {"vertical_strategy": strategy, "horizontal_strategy": strategy}
    with pdfplumber.open(path, pages=pages) as document:
        for page in document.pages:
            yield from (plain(rows) for rows in page.extract_tables(settings))


def by_camelot(path: Path, pages: list[int], flavor: str) -> Iterator[Grid]:
    import camelot

    for page in pages:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tables = camelot.read_pdf(str(path), pages=str(page), flavor=flavor, suppress_stdout=True)
        yield from (plain(table.data) for table in tables)


TOOLS: dict[str, Callable[[Path, list[int]], Iterator[Grid]]] = {
    "pdfplumber lines": lambda path, pages: by_pdfplumber(path, pages, "lines"),
    "pdfplumber text": lambda path, pages: by_pdfplumber(path, pages, "text"),
    "camelot lattice": lambda path, pages: by_camelot(path, pages, "lattice"),
    "camelot stream": lambda path, pages: by_camelot(path, pages, "stream"),
}


def amounts_placed(path: Path, places: Sequence[Place]) -> tuple[int, dict[str, int]]:
    """How many amounts are printed, and how many of them each tool places."""
    pages = pages_with_amounts(path)
    tables: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        if value_of(place.cell.value) is not None:
            tables[place.cell.table].append(place)
    count = sum(map(len, tables.values()))
    out = {}
    for tool, read in TOOLS.items():
        grids = list(read(path, pages)) if pages else []
        out[tool] = sum(placed(own, grids) for own in tables.values())
    return count, out


def placed(places: Sequence[Place], grids: Sequence[Grid]) -> int:
    """How many of one table's amounts are placed; one that several grids place counts once."""
    rows: dict[tuple[int, str, str], list[Place]] = defaultdict(list)
    for place in places:
        rows[place.row, SPACE.sub("", place.name), place.code].append(place)
    found: set[tuple[int, int]] = set()
    for grid in grids:
        found |= placed_in(rows, grid)
    return len(found)


def placed_in(rows: dict[tuple[int, str, str], list[Place]], grid: Grid) -> set[tuple[int, int]]:
    """(row, column) of the amounts that one grid places."""
    hits: dict[tuple[int, int], set[int]] = defaultdict(set)
    for (_, name, code), own in rows.items():
        for line in grid:
            if name_stands(line, name, code):
                for place in own:
                    hits[place.row, place.col] |= {c for c, text in enumerate(line) if text == place.shown.strip()}
    shared = Counter((col, at) for (_, col), ats in hits.items() for at in ats)
    own_column: dict[int, int] = {}
    for (col, at), _ in sorted(shared.items(), key=lambda kv: (-kv[1], kv[0])):
        if col not in own_column and at not in own_column.values():
            own_column[col] = at
    return {(row, col) for (row, col), ats in hits.items() if own_column.get(col) in ats}


def name_stands(line: Sequence[str], name: str, code: str) -> bool:
    """Whether the name or the code of a row stands in a row of a grid; a row without a name may be any."""
    joined = "|".join(line)
    parts = (code[:3], code[3:5], code[5:7])
    split = bool(code) and all(part in line for part in parts if part)
    return (not name and not code) or (bool(name) and name in joined) or (bool(code) and (code in joined or split))
