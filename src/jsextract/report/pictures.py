"""A page as it was seen, and where it prints a quote."""

from __future__ import annotations

from jsextract.errors import SourceNotFound
from jsextract.language.phrase import phrase
from jsextract.model.document import Document, Page
from jsextract.model.geometry import Box
from jsextract.model.report import Report
from jsextract.outline.flow import join
from jsextract.readers.pdf.repair import as_read
from jsextract.text.normal import normalise, squeeze

_SHORTEST_QUOTE = 4


def picture(document: Document, report: Report, number: int) -> bytes:
    """A PNG of one page with the words, rulings, cells and facts that were seen.

    Args:
        document: as read.
        report: what was understood of it.
        number: the page, counted from 1.

    Raises:
        SourceNotFound: if there is no such page.
        Corrupt: if it cannot be drawn.
    """
    from jsextract.readers.pdf.draw import draw_page  # loads the imaging library, which nothing else needs

    pages = {page.of_file: page for page in document.pages if page.number}
    if not pages:
        raise SourceNotFound(phrase("{name} has no pages.", name=document.name), phrase("There is nothing to draw."))
    if number not in pages:
        last = max(pages)
        raise SourceNotFound(
            phrase("{name} has no page {number}; its last is {last}.", name=document.name, number=number, last=last),
            phrase("Choose another --page."),
        )
    cells = [cell.box for cell in report.cells if cell.page == number and cell.box]
    facts = [fact.box for fact in report.facts if fact.page == number and fact.box]
    data, password = as_read(document)
    return draw_page(data, pages[number], cells, facts, password)


def quotes(page: Page, quote: str) -> list[Box]:
    """Where the page prints the quote: a box for each line that it runs over; none for bare figures."""
    wanted = squeeze(quote)
    if len(wanted) < _SHORTEST_QUOTE or wanted.replace(".", "").isdigit():
        return []
    paragraph = join(page.lines)
    normal = normalise(paragraph.text)
    at = normal.text.find(wanted)
    if at < 0:
        return []
    start, end = normal.raw_span(at, at + len(wanted))
    found = []
    for begin, line, cut in paragraph.lines:
        a, b = max(start, begin) - begin + cut, min(end, begin + len(line.text) - cut) - begin + cut
        box = line.span_box(a, b) if a < b else None
        if box is not None:
            found.append(box)
    return found
