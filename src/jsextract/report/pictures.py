"""Pictures of the pages that a check rests on, with its cells, facts and words in colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jsextract.check.figure import cell_ref, fact_ref
from jsextract.check.findings import fitting
from jsextract.errors import SourceNotFound
from jsextract.language.phrase import phrase
from jsextract.model.document import Document, Page
from jsextract.model.geometry import Box
from jsextract.model.report import CheckResult, Report
from jsextract.outline.flow import join
from jsextract.readers.pdf.repair import as_read
from jsextract.text.normal import normalise, squeeze

_SHORTEST_QUOTE = 4


def candidates(report: Report, name: str) -> tuple[tuple[str, CheckResult], ...]:
    """The checks of a document that `name` may mean (see `findings.fitting`): what to call each, and the check.

    Raises:
        SourceNotFound: if there is none.
    """
    found = tuple(fitting(report.checks, name))
    if not found:
        ids = ", ".join(sorted({check.check_id for check in report.checks})) or "none"
        raise SourceNotFound(
            phrase("{file} has no check {name}.", file=report.file, name=name),
            phrase("Its checks are: {ids}.", ids=ids),
        )
    return found


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

    pages = {page.number: page for page in document.pages if page.number}
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


def pictures(document: Document, report: Report, check: CheckResult) -> Iterator[tuple[int, bytes]]:
    """(page, PNG) for each page that the check rests on.

    Raises:
        SourceNotFound: if it rests on no page: plain text, or what is nowhere.
        Corrupt: if a page cannot be drawn.
    """
    from jsextract.readers.pdf.draw import draw_boxes  # loads the imaging library, which nothing else needs

    if not check.pages:
        raise SourceNotFound(
            phrase("{check_id} of {name} rests on no page.", check_id=check.check_id, name=document.name),
            phrase("There is nothing to draw."),
        )
    data, password = as_read(document)
    for page in document.pages:
        if page.number in check.pages:
            boxes = {
                "cells": _boxes(((cell_ref(c), c.page, c.box) for c in report.cells), check, page.number),
                "facts": _boxes(((fact_ref(f), f.page, f.box) for f in report.facts), check, page.number),
                "quotes": quotes(page, check.stated),
            }
            title = f"{check.check_id}: {check.status}"
            yield page.number, draw_boxes(data, page, boxes, title, password)


def _boxes(places: Iterable[tuple[str, int, Box | None]], check: CheckResult, page: int) -> list[Box]:
    """The boxes on a page of what the check refers to; `places` are (reference, page, box)."""
    wanted = set(check.refs)
    return [box for ref, on, box in places if ref in wanted and on == page and box is not None]


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
