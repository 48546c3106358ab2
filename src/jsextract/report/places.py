"""Where on its pages a finding rests: what is to be cut out of them, and what is to be framed (证据位置)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from jsextract.check.figure import cell_ref, fact_ref
from jsextract.model.geometry import Box, union
from jsextract.model.report import CheckResult, Fact, Report, TableCell
from jsextract.text.normal import normalise, squeeze

_MOST_ROWS = 12
_SHORTEST_QUOTE = 4
_CONTEXT = 40  # characters before and after a quote
_APART = 60.0  # points between two places in running text that are shown apart
_TALL = 240.0  # points that one picture of running text shows at most
Span = tuple[float, float]
Row = TableCell | Fact


class Table(Struct, frozen=True):
    """A table as far as a cut out of one of its pages needs it; all in points.

    Attributes:
        title: as printed; blank where it has none.
        rows: what its data cells cover on the page.
        columns: the spans across of what is to be seen: names of rows, and columns with a frame.
        head_page: the page with its title and header.
        head_end: where its first data row begins on that page.
    """

    title: str
    rows: Box
    columns: tuple[Span, ...]
    head_page: int
    head_end: float


class Cut(Struct, frozen=True):
    """What to cut out of one page.

    Attributes:
        boxes: what to frame; the first is what the finding is about.
        quote: printed words to frame; blank for none.
        table: None for running text.
    """

    page: int
    boxes: tuple[Box, ...] = ()
    quote: str = ""
    table: Table | None = None


class Evidence(Struct, frozen=True):
    """One picture of a finding: the cut, and what stands in its frames.

    Attributes:
        document_id: of the file that has the page.
        rows: the cells or facts that are framed; none for a quote.
    """

    document_id: str
    cut: Cut
    rows: tuple[Row, ...] = ()


class Places:
    """The cells and facts of one report by their references."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._rows: dict[str, Row] = {fact_ref(fact): fact for fact in report.facts}
        self._rows |= {cell_ref(cell): cell for cell in reversed(report.cells)}

    def row(self, ref: str) -> Row | None:
        """The cell or fact that a reference means, the first of several; None where it is neither."""
        return self._rows.get(ref)

    def table_row(self, cell: TableCell) -> list[TableCell]:
        """The cells of a cell's row, in reading order."""
        return [
            other
            for other in self.report.cells
            if (other.place, other.row, other.page, other.side) == (cell.place, cell.row, cell.page, cell.side)
        ]

    def evidence(self, rows: Sequence[Row]) -> list[Evidence]:
        """The pictures of some rows, one for each table or passage on each page, in the order of the rows."""
        groups: dict[tuple[int, str], list[Row]] = {}
        for row in rows:
            if row.page and row.box is not None:
                groups.setdefault((row.page, row.place if isinstance(row, TableCell) else ""), []).append(row)
        parts = (
            (page, part) for (page, table), group in groups.items() for part in ([group] if table else _passages(group))
        )
        return [
            Evidence(self.report.document_id, self._cut(page, part[:_MOST_ROWS]), tuple(part[:_MOST_ROWS]))
            for page, part in parts
        ]

    def passage(self, quote: str) -> tuple[str, str, str, str] | None:
        """Where the text says a quote: what stands before it, itself as printed, what stands after, its heading."""
        wanted = squeeze(quote)
        if len(wanted) < _SHORTEST_QUOTE:
            return None
        for section in self.report.sections:
            normal = normalise(section.text)
            at = normal.text.find(wanted)
            if at >= 0:
                start, end = normal.raw_span(at, at + len(wanted))
                before, after = section.text[:start], section.text[end:]
                return before[-_CONTEXT:], section.text[start:end], after[:_CONTEXT], section.heading
        return None

    def quotes(self, check: CheckResult) -> list[Evidence]:
        """The pictures of a finding in words: its quote, on each of its pages."""
        return [Evidence(self.report.document_id, Cut(page, quote=check.stated)) for page in check.pages]

    def _cut(self, page: int, rows: Sequence[Row]) -> Cut:
        boxes = tuple(row.box for row in rows if row.box is not None)
        cells = [row for row in rows if isinstance(row, TableCell)]
        return Cut(page, boxes, table=self._table(page, cells) if cells else None)

    def _table(self, page: int, framed: Sequence[TableCell]) -> Table:
        """The table of some cells that are framed on one page."""
        place = framed[0].place
        all_cells = [cell for cell in self.report.cells if cell.place == place and cell.box is not None]
        here = [cell for cell in all_cells if cell.page == page]
        first = min(cell.page for cell in all_cells)
        columns = _columns(here)
        return Table(
            title=framed[0].title,
            rows=union(_boxes(here)),
            columns=tuple(sorted({span for cell in framed for span in _seen(cell, columns)})),
            head_page=first,
            head_end=min(box.y0 for box in _boxes(cell for cell in all_cells if cell.page == first)),
        )


def _passages(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows of running text on one page by passage: what stands near each other; the first has the first row."""
    found: list[list[Row]] = []
    for row in sorted(rows, key=lambda row: (row.box.y0, row.box.x0) if row.box else (0, 0)):
        last = found[-1] if found else None
        if last and row.box and last[-1].box and last[0].box:
            near = row.box.y0 - last[-1].box.y1 <= _APART and row.box.y1 - last[0].box.y0 <= _TALL
            if near:
                last.append(row)
                continue
        found.append([row])
    order = {id(row): at for at, row in enumerate(rows)}
    parts = [sorted(part, key=lambda row: order[id(row)]) for part in found]
    return sorted(parts, key=lambda part: order[id(part[0])])


def _boxes(cells: Iterable[TableCell]) -> list[Box]:
    return [cell.box for cell in cells if cell.box is not None]


def _columns(cells: Iterable[TableCell]) -> Mapping[tuple[str, str], Span]:
    """What the cells of each column cover across, by side and name."""
    found: dict[tuple[str, str], Span] = {}
    for cell in cells:
        if cell.box is not None:
            low, high = found.get((cell.side, cell.column), (cell.box.x0, cell.box.x1))
            found[cell.side, cell.column] = (min(low, cell.box.x0), max(high, cell.box.x1))
    return found


def _seen(cell: TableCell, columns: Mapping[tuple[str, str], Span]) -> tuple[Span, Span]:
    """The names of a cell's row, and its own column; names stand left of the first column of their side."""
    own = columns[cell.side, cell.column]
    low = min(span[0] for (side, _), span in columns.items() if side == cell.side)
    before = [span[1] for (side, _), span in columns.items() if side != cell.side and span[1] <= low]
    return (max(before, default=0.0), low), own
