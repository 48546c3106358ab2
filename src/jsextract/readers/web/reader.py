"""Accounts that were published as web pages: lines and grids in the order in which a browser shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from jsextract.model.document import Document, Line, Page, Table, numbered
from jsextract.readers.among_text import Among, Paragraphs
from jsextract.readers.health import assess
from jsextract.readers.page_work import Ocr
from jsextract.readers.picture_pages import with_pictures
from jsextract.readers.pictured import Pictured, placed, with_missed
from jsextract.readers.shapes import Shape
from jsextract.readers.web.article import drop_surroundings
from jsextract.readers.web.charset import decode_page
from jsextract.readers.web.grids import cells_of, grid_of, is_layout, rows_of
from jsextract.readers.web.links import attachments
from jsextract.readers.web.pictures import Held
from jsextract.readers.web.rules import hidden_by_rules
from jsextract.readers.web.tree import GONE, Element, mark_headings, mark_pictures, parse, text_of, with_marks
from jsextract.readers.web.words import lines_of, unmarked
from jsextract.vocabulary import Dropped, Flag

MAX_BYTES = 20 << 20


def read_web_page(data: bytes, password: str | None = None, ocr: str = Ocr.AUTO) -> Document:
    """What a browser shows of a page, without menus and footers.

    Args:
        data: the page, in whatever encoding it is.
        password: no page needs one.
        ocr: whether pictures within the page are read: auto or always, never.

    Returns:
        One page with number 1, without places; where pictures are read, one for each of these and for the text between
        them, all `inside` page 1. The files that it links to in `links`, the flag `encoding:NAME` where
        it is not in UTF-8.

    Raises:
        Corrupt, Garbled: if its bytes are no text.
        TooLarge: if it has more elements or cells, or nests them deeper, than any real page.
    """
    text, encoding = decode_page(data)
    held = Held()
    return document_of([Flow.of(text, held)], encoding, held, ocr)


class Flow:
    """The lines of a page in order, its grids and pictures among them."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.grids: list[Table] = []
        self.links: tuple[str, ...] = ()
        self.pictures: list[Pictured] = []
        self._shapes: list[Shape] = []
        self.dropped: Counter[str] = Counter()

    @classmethod
    def of(cls, text: str, held: Held, base: str = "") -> Flow:
        """The flow of a page's text.

        Args:
            text: of the page.
            held: takes the pictures in it, and knows those beside it.
            base: its address, where it has one.

        Raises:
            Corrupt, TooLarge: as `parse`.
        """
        flow, root = cls(), parse(held.lifted(text))
        flow.links = attachments(root)
        title = "".join("".join(root.findtext(".//title") or "").split())
        flow.dropped = with_marks(root, hidden_by_rules(root))
        flow.dropped[Dropped.NAVIGATION] += drop_surroundings(root, title)
        mark_headings(root)
        flow._shapes = [held.shape(image, base) for image in mark_pictures(root)]
        flow.walk(root)
        return flow

    def walk(self, element: Element) -> None:
        """Adds what an element shows."""
        if element.find(".//table") is None:
            self.write(text_of(element))
            return
        self.write(element.text or "")
        for child in element:
            if child.tag == "table":
                self.table(child)
            elif child.tag != GONE:
                self.walk(child)
            self.write(child.tail or "")

    def table(self, table: Element) -> None:
        """Adds a table: the grid of one that holds data, what stands in the cells of another."""
        if not is_layout(table):
            grid = grid_of(table, len(self.lines))
            self.grids += [grid] if grid else []
            return
        for caption in table.iterchildren("caption"):
            self.walk(caption)
        for row in (row for group in rows_of(table) for row in group):
            cells = cells_of(row)
            texts = [text_of(cell) for cell in cells if cell.find(".//table") is None]
            if len(texts) == len(cells) > 1 and all(sum(1 for _ in lines_of(text)) < 2 for text in texts):
                self.write(" ".join(line for text in texts for line, _ in lines_of(text)))
                continue
            for cell in cells:
                self.walk(cell)

    def write(self, text: str) -> None:
        """Adds the lines of a text, and its pictures."""
        for marked, whole in lines_of(text):
            line = unmarked(marked)
            self.show(line.before)
            if line.text:
                self.lines.append(Line(1, line.text, whole=whole, level=line.level))
            self.show(line.after)

    def show(self, numbers: Iterable[int]) -> None:
        """Adds pictures that may be tables."""
        for number in numbers:
            found = placed(self._shapes[number], self.lines, self.grids, self.pictures)
            self.pictures += [found] if found else []


def document_of(flows: list[Flow], encoding: str, held: Held, ocr: str) -> Document:
    """The document whose parts these are, one after the other.

    Args:
        flows: the parts.
        encoding: of the first one.
        held: their pictures.
        ocr: whether these are read.
    """
    lines: list[Line] = []
    grids: list[Table] = []
    pictures: list[Pictured] = []
    dropped: Counter[str] = Counter()
    for flow in flows:
        pictures += [one._replace(lines=one.lines + len(lines), grids=one.grids + len(grids)) for one in flow.pictures]
        grids += [replace(grid, after=grid.after + len(lines)) for grid in flow.grids]
        lines += flow.lines
        dropped += flow.dropped
    source = "native" if lines or grids else "none"
    page = Page(
        number=1, width=0.0, height=0.0, source=source, lines=numbered(lines), grids=tuple(grids), dropped=dict(dropped)
    )
    links = tuple(dict.fromkeys(link for flow in flows for link in flow.links))
    text = Paragraphs(page, names_files=bool(links))
    pages, missed = with_pictures([Among(text, pictures)], held.binary, ocr)
    flags = () if encoding == "utf-8" else (f"{Flag.ENCODING}{encoding}",)
    document = Document(pages=pages, flags=flags, encoding=encoding, links=links)
    return replace(document, health=with_missed(assess(document, lambda numbers: ()), missed))
