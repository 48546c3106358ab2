"""Tables written down as text: cells divided by |, `<` goes on to the left, `^` goes on above."""

from __future__ import annotations

from jsextract.model.document import Cell, Line, Table
from jsextract.model.geometry import Box
from jsextract.model.report import TableCell
from jsextract.rules.ruleset import load_rules
from jsextract.tables import TableReading, read_tables

WIDTH, HEIGHT = 60.0, 16.0


def table(drawing: str, title: str = "", unit: str = "万元", notes: tuple[str, ...] = (), page: int = 1) -> Table:
    rows = [[c.strip() for c in line.strip().split("|")] for line in drawing.strip().splitlines()]
    width = max(map(len, rows))
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            col_span = 1
            while c + col_span < width and row[c + col_span] == "<":
                col_span += 1
            row_span = 1
            while r + row_span < len(rows) and rows[r + row_span][c] == "^":
                row_span += 1
            box = Box(c * WIDTH, r * HEIGHT, (c + col_span) * WIDTH, (r + row_span) * HEIGHT)
            lines = (Line(page, text, box, tuple((box.x0, box.x1) for _ in text), 10.0),) if text else ()
            cells.append(
                Cell(row=r, col=c, row_span=row_span, col_span=col_span, page=page, box=box, text=text, lines=lines)
            )
    return Table(
        title=title,
        unit=unit,
        notes=notes,
        cells=tuple(cells),
        n_rows=len(rows),
        n_cols=width,
        pages=(page,),
        box=Box(0, 0, width * WIDTH, len(rows) * HEIGHT),
    )


def read(drawing: str, title: str = "", unit: str = "万元", **more: str) -> TableReading:
    return read_tables([table(drawing, title, unit)], load_rules().tables, **more)[0]


def by_place(cells: tuple[TableCell, ...]) -> dict[tuple[str, str, str], str]:
    """Printed values by side, code or item, and column; a place that comes twice is an error."""
    found: dict[tuple[str, str, str], str] = {}
    for c in cells:
        key = (c.side, c.code or c.item, c.column)
        assert key not in found, f"{key} comes twice"
        found[key] = c.value_text
    return found
