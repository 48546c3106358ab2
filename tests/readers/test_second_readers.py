"""pdfplumber and camelot see the same tables at the same places as the default reader."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pikepdf
import pytest

from jsextract.layout.detect import read_layout
from jsextract.model.document import Document, Table
from jsextract.model.report import TableCell
from jsextract.readers.pdf import camelot, plumber
from jsextract.readers.pdf.excerpt import excerpt
from jsextract.readers.pdf.pdfium import read_pdf
from jsextract.rules.ruleset import load_rules
from tests.made import read_cells
from tests.readers.drawn import Sheet, pdf

FIXTURES = Path(__file__).parents[2] / "fixtures"
XS, YS = [60, 200, 300, 400], [100, 120, 140, 160]
ROWS = [["项目", "基本支出", "项目支出"], ["行政运行", "12.50", "3.00"], ["合计", "12.50", "3.00"]]


def _page(sheet: Sheet) -> None:
    sheet.text(180, 80, "支出决算表", 14)
    sheet.grid(XS, YS)
    sheet.rows(XS, YS, ROWS)


def _grids(
    data: bytes, reader: ModuleType, password: str | None = None
) -> tuple[Document, dict[int, tuple[Table, ...]]]:
    source = read_pdf(data, password=password)
    pages = [p for p in source.pages if p.rulings]
    return source, dict(reader.reread_tables(excerpt(data, pages, password), pages))


def _both(data: bytes, reader: ModuleType) -> Iterator[tuple[TableCell, TableCell]]:
    source, grids = _grids(data, reader)
    mine, other = (read_cells(read_layout(source, *g).tables, load_rules().tables) for g in ((), (grids,)))
    assert mine
    assert len(mine) == len(other)
    return zip(mine, other, strict=True)


@pytest.mark.parametrize("reader", [plumber, camelot], ids=lambda r: r.NAME)
@pytest.mark.parametrize(
    "name",
    ["account_yuan", "account_university", "trap_rotate_90", "trap_rotate_270", "trap_turned_text", "trap_merged_total",
     "trap_landscape_between", "trap_tail_only", "trap_split_amounts", "trap_owner_password", "trap_t7_partial"],
)  # fmt: skip
def test_fixtures_read_the_same_by_every_reader(name: str, reader: ModuleType) -> None:
    for mine, other in _both((FIXTURES / f"{name}.pdf").read_bytes(), reader):
        assert (mine.table, mine.row, mine.code, mine.item, mine.column, mine.value_text) == (
            other.table, other.row, other.code, other.item, other.column, other.value_text,
        )  # fmt: skip
        assert other.reader == reader.NAME
        assert mine.box is not None
        assert other.box is not None
        assert mine.box.overlaps(other.box)


@pytest.mark.parametrize("reader", [plumber, camelot], ids=lambda r: r.NAME)
def test_places_count_from_the_visible_part_of_a_cropped_page(reader: ModuleType) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(_page))) as document:
        document.pages[0].mediabox = [-20, -30, 595, 842]
        document.pages[0].cropbox = [30, 100, 560, 800]
        document.save(out)
    for mine, other in _both(out.getvalue(), reader):
        assert (mine.item, mine.value_text) == (other.item, other.value_text)
        assert mine.box is not None
        assert other.box is not None
        assert abs(mine.box.cx - other.box.cx) < 3
        assert abs(mine.box.cy - other.box.cy) < 3


@pytest.mark.parametrize("reader", [plumber, camelot], ids=lambda r: r.NAME)
def test_a_file_with_a_password_is_read_again_without_one(reader: ModuleType) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(_page))) as document:
        document.save(out, encryption=pikepdf.Encryption(user="secret", owner="other", R=6))
    _, grids = _grids(out.getvalue(), reader, "secret")
    assert [[c.text for c in t.cells] for t in grids[1]] == [[text for row in ROWS for text in row]]


def test_merged_cells_keep_their_spans_in_every_reader() -> None:
    def page(sheet: Sheet) -> None:
        for x in (60, 400):
            sheet.line(x, 100, x, 160)
        for x in (200, 300):
            sheet.line(x, 120, x, 160)
        for y in YS:
            sheet.line(60, y, 400, y)
        sheet.rows([60, 400], [100, 120], [["支出"]])
        sheet.rows(XS, YS[1:], ROWS[1:])

    for reader in (plumber, camelot):
        _, grids = _grids(pdf(page), reader)
        (table,) = grids[1]
        first = table.cells[0]
        assert (first.text, first.row_span, first.col_span) == ("支出", 1, 3)
        assert (table.n_rows, table.n_cols, len(table.cells)) == (3, 3, 7)


def test_characters_outside_every_cell_are_left_over() -> None:
    def page(sheet: Sheet) -> None:
        sheet.grid([60, 200, 300], YS)
        sheet.line(400, 100, 400, 120)
        sheet.line(300, 100, 400, 100)
        sheet.line(300, 120, 400, 120)
        sheet.rows(XS, YS, ROWS)

    _, grids = _grids(pdf(page), plumber)
    (table,) = grids[1]
    assert sorted(table.leftover) == sorted("3.003.00")


def test_camelot_looks_for_columns_in_the_text_where_nothing_is_ruled() -> None:
    def page(sheet: Sheet) -> None:
        sheet.rows(XS, YS, ROWS)

    data = pdf(page)
    source = read_pdf(data)
    grids = dict(camelot.reread_tables(excerpt(data, source.pages), source.pages))
    texts = {c.text for t in grids[1] for c in t.cells}
    assert {"行政运行", "12.50", "3.00"} <= texts


def test_camelot_loads_no_plots() -> None:
    script = (
        "import sys; from jsextract.readers.pdf.camelot import reread_tables; list(reread_tables(b'', ()));"
        "assert 'camelot.io' in sys.modules; assert 'matplotlib' not in sys.modules; import matplotlib"
    )
    pytest.importorskip("matplotlib")
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
