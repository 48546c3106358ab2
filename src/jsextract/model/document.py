"""What is printed, and where: pages, lines, cells, tables."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field
from msgspec.structs import replace

from jsextract.language.phrase import NOTHING, Phrase
from jsextract.model.geometry import Box
from jsextract.text.normal import squeeze
from jsextract.vocabulary import DocumentStatus, TextSource


class Line(Struct, frozen=True, gc=False):
    """One printed line: its characters from left to right and the place of each.

    Attributes:
        page: 1-based page number; 0 where the source has no pages (plain text).
        text: raw characters as printed; a wide gap is one space.
        box: around the whole line; None for plain text.
        edges: (x0, x1) of each character of `text`, in points; empty for plain text.
        size: the usual glyph height in points; 0 for plain text.
        index: its place among the lines of its page, from 0; a piece of a line has that of the line; -1 where the
            line stands on no page.
        confidence: of each character of `text`, 0 to 1, where they were recognised in a picture; empty otherwise.
        whole: whether the format says that it is a paragraph, from beginning to end.
        ref: the address of the cell that it stands in (B7), blank where the format has none.
        level: of the heading that its style says it is, from 1; 0 where none does.
    """

    page: int
    text: str
    box: Box | None = None
    edges: tuple[tuple[float, float], ...] = ()
    size: float = 0.0
    index: int = -1
    confidence: tuple[float, ...] = ()
    whole: bool = False
    ref: str = ""
    level: int = 0

    @property
    def normal(self) -> str:
        """The text for matching: widths folded, spaces and quotation marks gone; made once for equal texts."""
        return squeeze(self.text)

    def span_box(self, start: int, end: int) -> Box | None:
        """The box around characters `start` to `end` (exclusive), None where the line has no geometry."""
        if self.box is None or not self.edges[start:end]:
            return self.box
        cut = self.edges[start:end]
        x0, x1 = min(cut)[0], max([x for _, x in cut])
        return Box(x0, self.box.y0, max(x0, x1), self.box.y1)


def numbered(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines of a page, each told its place among them."""
    return tuple([replace(line, index=index) for index, line in enumerate(lines)])


class Ruling(Struct, frozen=True, gc=False):
    """A horizontal or vertical line of a grid: a stroke, a thin rectangle or the edge of a filled one."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def horizontal(self) -> bool:
        """Whether it is at least as wide as it is high."""
        return (self.x1 - self.x0) >= (self.y1 - self.y0)


class Cell(Struct, frozen=True, kw_only=True, gc=False):
    """A place in a grid; a merged cell is stored once, at its top left.

    Attributes:
        row, col: 0-based in the whole table, across its pages.
        box: None where the format has no places (a web page, a sheet).
        text: its lines joined (no space between Chinese characters).
        lines: the printed pieces, top to bottom.
        ref: its address in its sheet (B7), blank where the format has none.
        flags: of cells.csv: what the format itself tells of it (formula_unevaluated, …).
    """

    row: int
    col: int
    row_span: int
    col_span: int
    page: int
    box: Box | None
    text: str
    lines: tuple[Line, ...] = ()
    ref: str = ""
    flags: tuple[str, ...] = ()


class Table(Struct, frozen=True, kw_only=True, gc=False):
    """A logical table, joined across pages (表).

    Attributes:
        title: the printed title, lines joined; blank when there is none.
        unit: 元, 万元 …; as printed in the unit line, blank when not printed.
        notes: the lines under it that belong to it (注：…, 说明：…).
        cells: in reading order, header cells included; every slot of the grid belongs to exactly one cell.
        pages: pages that it stands on, ascending.
        box: None where the format has no places.
        leftover: characters inside its area that fell into no cell.
        reader: lattice, pdfplumber, camelot or ocr.
        above: lines just above the grid that are neither title nor unit (部门：X, 公开01表).
        after: of a grid that the format states: how many lines of its page stand before it.
        columns: of a part of a sheet: the sheet's columns that its own are; blank for others.
        chosen: pages on which some of its columns were left out, and nothing on the page tells which.
    """

    title: str
    unit: str
    notes: tuple[str, ...]
    cells: tuple[Cell, ...]
    n_rows: int
    n_cols: int
    pages: tuple[int, ...]
    box: Box | None
    leftover: str = ""
    reader: str = "lattice"
    flags: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    after: int = 0
    columns: tuple[int, ...] = ()
    chosen: tuple[int, ...] = ()


class Mark(Struct, frozen=True, gc=False):
    """A place on a page of which something is to be said wherever a value stands there.

    Attributes:
        flag: of cells and facts (`patched`, `annotation`).
    """

    flag: str
    box: Box


class Bend(Struct, frozen=True, gc=False):
    """How a scanned page lies in its picture: askew, seen from the side, bent.

    Attributes:
        step: points between the nodes of a mesh on the flat page, from its upper left corner to beyond the others.
        columns: nodes side by side.
        x, y: where each node is seen on the page as it is displayed, in points, row by row.
    """

    step: float
    columns: int
    x: tuple[float, ...]
    y: tuple[float, ...]


class Page(Struct, frozen=True, kw_only=True, gc=False):
    """One page, turned upright, and laid flat.

    Attributes:
        number: 1-based; of a workbook the number of the sheet, 1 for a web page or a Word file.
        width, height: points, after the rotation was undone; 0 where the format has no places.
        rotation: degrees that were undone (/Rotate or the text's own direction).
        source: native, ocr, none (no text layer), garbled (text that is no Unicode), or damaged (bytes were lost).
        lines: in reading order (top to bottom, left to right), whatever the order in the file.
        rulings: strokes, upright.
        grids: tables that the format itself states (of a web page, a sheet), each of this page alone, in order, its
            place among the lines told by `after`; nothing of them stands in `lines`. They are taken as they are; title,
            unit and notes may stand in the lines around them or in their own first and last rows.
        dropped: how many characters were left out, by cause (doubled, invisible, off_page, …).
        marks: places where what is printed came about in an unusual way.
        name: of the sheet, in a workbook; blank where pages have none.
        pictures: places of pictures that could hold a table.
        recognised: those of them whose table was read; the rest of the page is as its text has it.
        bend: how it lies in its picture; all places are those of the flat page. None where it is flat.
        inside: the number of the page of the file that it is a part of, where a format without pages has pictures that
            are read as pages; 0 for a page.
    """

    number: int
    width: float
    height: float
    rotation: int = 0
    source: str = "native"
    lines: tuple[Line, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    grids: tuple[Table, ...] = ()
    dropped: dict[str, int] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    name: str = ""
    bend: Bend | None = None
    pictures: tuple[Box, ...] = ()
    recognised: tuple[Box, ...] = ()
    inside: int = 0

    @property
    def of_file(self) -> int:
        """The number of the page of the file that it is, or stands in."""
        return self.inside or self.number


class Section(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A part or section of the document, found by the words of its heading.

    Attributes:
        kind: overview, tables, narrative, other, glossary, attachment.
        topic: what its heading is about (three_public, operating, …), blank when it tells nothing.
        path: headings from the part down, joined with `/`.
    """

    order: int
    level: int
    kind: str
    heading: str
    path: str
    page_from: int
    page_to: int
    text: str
    topic: str = ""


class Health(Struct, frozen=True, gc=False):
    """How much of a document could be read at all.

    Attributes:
        text_source: native, ocr, mixed or none.
        status: ok or partial.
        problem: empty, needs-ocr, garbled-text, corrupt or too-large (some pages), or blank.
        message: the problem in words.
    """

    text_source: str = TextSource.NONE
    status: str = DocumentStatus.OK
    problem: str = ""
    message: Phrase = NOTHING


class LoadedFile(Struct, frozen=True, kw_only=True, gc=False):
    """A file before anything is read from it: which one it is, and its bytes for whoever reads it.

    Attributes:
        name: as documents.csv has it.
        path: where it is: a path or a URL.
        size: in bytes.
        sha256: of the content.
        format: the sniffed kind (readers/formats.py).
        data: the content; empty where no reader takes the kind.
        password: for files that need one; never shown.
        ocr: which pages are read as pictures: auto, never or always.
    """

    name: str
    path: str
    size: int
    sha256: str
    format: str
    data: bytes = b""
    password: str | None = None
    ocr: str = "auto"

    def __repr__(self) -> str:
        return f"LoadedFile(name={self.name!r}, size={self.size}, sha256={self.sha256!r}, format={self.format!r})"


class Document(Struct, frozen=True, kw_only=True, gc=False):
    """A document as read, before anything is understood; whatever looks at it later shares this one value.

    Attributes:
        pages: upright; a text without pages is one page with number 0, and its lines have no boxes.
        flags: what is unusual about the file.
        encoding: of a text; blank for other formats.
        health: how much could be read.
        format: the kind that it was read as: pdf, txt, ….
        links: attachments that a page names, `name (address)`; they are never fetched.
        file: for readers that look at its bytes again; None for what was made from bytes alone.
    """

    pages: tuple[Page, ...] = ()
    flags: tuple[str, ...] = ()
    encoding: str = ""
    health: Health = Health()
    format: str = ""
    links: tuple[str, ...] = ()
    file: LoadedFile | None = None

    def __repr__(self) -> str:
        """One line; the pages are in its attribute."""
        lines = sum(len(page.lines) for page in self.pages)
        return f"Document({self.name!r}, {self.format}, {len(self.pages)} pages, {lines} lines)"

    @property
    def name(self) -> str:
        """The file's name as documents.csv has it."""
        return self.file.name if self.file else ""

    @property
    def path(self) -> str:
        """Where the file is: a path or a URL."""
        return self.file.path if self.file else ""

    @property
    def size(self) -> int:
        """Of the file, in bytes."""
        return self.file.size if self.file else 0

    @property
    def sha256(self) -> str:
        """Of the file's content."""
        return self.file.sha256 if self.file else ""

    @property
    def data(self) -> bytes:
        """The file's content, for readers of another kind."""
        return self.file.data if self.file else b""

    @property
    def password(self) -> str | None:
        """What opened the file, for readers of another kind."""
        return self.file.password if self.file else None


class Layout(Struct, frozen=True, gc=False):
    """A source with its tables told from its running text.

    Attributes:
        pages: as read.
        tables: logical tables in reading order, joined over pages.
        prose: lines in reading order that belong neither to a table (title, unit line, notes, cells) nor to furniture.
        furniture: page numbers and running heads.
        dropped_grids: ruled grids without a character in them, left out.
    """

    pages: tuple[Page, ...]
    tables: tuple[Table, ...]
    prose: tuple[Line, ...]
    furniture: tuple[Line, ...] = ()
    dropped_grids: int = 0
