"""One fault in the drawing of an account or in one of its readers, and what arbitration makes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from msgspec.structs import replace

from fixtures.draw.assemble import nine
from fixtures.draw.blocks import Heading
from fixtures.draw.draw import cells_of, set_blocks
from fixtures.draw.expect import CellRow
from fixtures.draw.invent import draw_year
from fixtures.draw.reportlab_pages import write
from fixtures.draw.spoil import SPOILS
from fixtures.draw.style import HUBEI, SHANGHAI, SICHUAN, UNIVERSITY, YUAN, Style
from jsextract.check.score import score_table
from jsextract.layout.detect import read_layout
from jsextract.model.document import Cell, Document, Line, Page, Table
from jsextract.model.report import TableCell
from jsextract.readers.pdf.pdfium import read_pdf
from jsextract.rules.ruleset import load_rules
from jsextract.tables import TableReading, read_tables
from jsextract.tables.arbitration import second_opinions
from jsextract.tables.arbitration.reread import READERS, Other, read_again

STYLES = tuple(s.with_(producer="reportlab") for s in (SHANGHAI, YUAN, UNIVERSITY, HUBEI, SICHUAN))
WRONG = ("lattice", *(name for name, _ in READERS))
KINDS = (*SPOILS, *(f"{reader} returns a wrong cell" for reader in WRONG), "a ruling gone and a wrong cell")
Key = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """What became of one fault: restored, marked or silent; `before` the same for the first reading alone."""

    kind: str
    seed: int
    outcome: str
    before: str
    wrong: int
    where: str = ""


def drawn(seed: int, kind: str, rng: Random) -> tuple[bytes, tuple[CellRow, ...]]:
    """The tables of an account as a PDF with the fault in its drawing, and its cells."""
    style: Style = rng.choice(STYLES)
    account = draw_year(seed, unit=style.unit)
    layout = set_blocks([Heading("第二部分 决算表", 1), *nine(account, style)], style)
    spoil = SPOILS.get(kind) or (SPOILS["one ruling gone"] if kind.startswith("a ruling") else None)
    if spoil:
        spoil(layout.pages, rng)
    return write(layout.pages, style.font), cells_of(layout.rows)


def with_wrong_cell(tables: Sequence[Table], rng: Random) -> tuple[Table, ...]:
    """The tables with one figure read wrong: a digit changed, two swapped, the point moved, or nothing read."""
    found = _wrong(tables, rng)
    if found is None:
        return tuple(tables)
    t, c, text = found
    cell = tables[t].cells[c]
    lines = (replace(cell.lines[0], text=text),) if text.strip() else ()
    cells = (*tables[t].cells[:c], replace(cell, text=text.strip(), lines=lines), *tables[t].cells[c + 1 :])
    return (*tables[:t], replace(tables[t], cells=cells), *tables[t + 1 :])


def _wrong(tables: Sequence[Table], rng: Random) -> tuple[int, int, str] | None:
    """A table, one of its cells with a figure in one line, and what it is taken for; as long as the figure."""
    places = [(t, c) for t, table in enumerate(tables) for c, cell in enumerate(table.cells) if _is_figure(cell)]
    if not places:
        return None
    t, c = rng.choice(places)
    return t, c, _misread(tables[t].cells[c].text, rng)


def source_with_wrong_cell(source: Document, rng: Random) -> Document:
    """The pages as the default reader would give them if it took one figure of a table for another."""
    tables = read_layout(source, definitions=load_rules().tables).tables
    found = _wrong(tables, rng)
    if found is None:
        return source
    t, c, text = found
    piece = tables[t].cells[c].lines[0]
    pages = tuple(
        replace(p, lines=tuple(_retold(line, piece, text) for line in p.lines)) if p.number == piece.page else p
        for p in source.pages
    )
    return replace(source, pages=pages)


def _retold(line: Line, piece: Line, text: str) -> Line:
    if line.box is None or piece.box is None or line.box.y0 != piece.box.y0 or piece.edges[0] not in line.edges:
        return line
    at = line.edges.index(piece.edges[0])
    return replace(line, text=line.text[:at] + text + line.text[at + len(text) :])


def _is_figure(cell: Cell) -> bool:
    whole, _, decimals = cell.text.replace(",", "").partition(".")
    figure = whole.lstrip("-").isdigit() and decimals.isdigit() and bool(cell.text.strip("0.,"))
    return figure and len(cell.lines) == 1 and len(cell.lines[0].text) == len(cell.text)


def _misread(text: str, rng: Random) -> str:
    digits = [i for i, char in enumerate(text) if char.isdigit()]
    how = rng.choice(("digit", "swap", "point", "nothing"))
    at = rng.choice(digits[:-1])
    if how == "digit":
        return text[:at] + rng.choice([d for d in "123456789" if d != text[at]]) + text[at + 1 :]
    if how == "swap" and text[at + 1].isdigit() and text[at] != text[at + 1]:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if how == "point":
        return text[:-3] + text[-2] + "." + text[-1]
    return " " * len(text)


def keyed(cells: Sequence[TableCell]) -> Counter[tuple[Key, str]]:
    """The cells that count, by what they are."""
    return Counter(((c.table, c.side, c.code, c.item, c.column), c.value_text.replace(",", "")) for c in cells)


def wanted(rows: Sequence[CellRow]) -> Counter[tuple[Key, str]]:
    return Counter(((r.table, r.side, r.code, r.item, r.column), r.value) for r in rows)


def judged(readings: Sequence[TableReading], want: Counter[tuple[Key, str]]) -> tuple[str, int, str]:
    """Restored, marked or silent, how many cells are wrong, and where the silent ones stand."""
    got = keyed([cell for reading in readings for cell in reading.cells])
    wrong = [*(want - got).elements(), *(got - want).elements()]
    if not wrong:
        return "restored", 0, ""
    marked = {r.table_id for r in readings if is_marked(r)}
    found = {r.table_id for r in readings}
    silent = sorted({key[0] for key, _ in wrong if key[0] in found and key[0] not in marked})
    return ("silent" if silent else "marked"), len(wrong), ";".join(silent)


def is_marked(reading: TableReading) -> bool:
    """Whether a reader of the dataset can see that something is the matter with the table."""
    verdict = score_table(reading.cells, reading.table_id, load_rules())
    flagged = any("low_confidence" in cell.flags for cell in reading.cells)
    return flagged or any(r.status != "pass" for r in verdict.results)


def run_case(seed: int, kind: str) -> Case:
    """One fault in one account."""
    rng = Random(f"{kind}/{seed}")
    data, rows = drawn(seed, kind, rng)
    want = wanted(rows)
    source = read_pdf(data)
    faulty = next((name for name in WRONG if kind.startswith(name)), "")
    if kind.startswith("a ruling"):
        faulty = rng.choice(WRONG)
    if faulty == WRONG[0]:
        source = source_with_wrong_cell(source, rng)
    layout = read_layout(source, definitions=load_rules().tables)

    def reread(pages: Sequence[Page]) -> tuple[Other, ...]:
        return tuple(spoiled(other) for other in read_again(data, None, pages))

    def spoiled(other: Other) -> Other:
        if other.reader != faulty:
            return other
        flat = [(number, table) for number, tables in other.tables.items() for table in tables]
        changed = with_wrong_cell([table for _, table in flat], rng)
        again: dict[int, tuple[Table, ...]] = dict.fromkeys(other.tables, ())
        for (number, _), table in zip(flat, changed, strict=True):
            again[number] += (table,)
        return replace(other, tables=again)

    before, _, _ = judged(read_tables(layout.tables, load_rules().tables), want)
    heard = second_opinions(source, layout, load_rules().tables, partial(score_table, rules=load_rules()), reread)
    outcome, count, where = judged(heard.readings, want)
    return Case(kind, seed, outcome, before, count, where)
