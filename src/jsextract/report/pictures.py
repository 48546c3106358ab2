"""Pictures of the pages that a check rests on, with its cells, facts and words in colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jsextract.check.figure import cell_ref, fact_ref
from jsextract.check.findings import fitting
from jsextract.errors import SourceNotFound
from jsextract.model.document import Page
from jsextract.model.geometry import Box
from jsextract.model.report import CheckResult, Report
from jsextract.outline.flow import join
from jsextract.pipeline import extract, failure, read_bytes
from jsextract.readers.pdf.pdfium import read_pdf
from jsextract.text.normal import normalise, squeeze

_SHORTEST_QUOTE = 4


@dataclass(frozen=True, slots=True)
class Candidates:
    """A document and the checks that a name may mean.

    Attributes:
        checks: what to call each, and the check.
    """

    report: Report
    checks: tuple[tuple[str, CheckResult], ...]


def candidates(path: Path, name: str, *, password: str | None = None, profile: str = "") -> Candidates:
    """The checks of the final account at `path` that `name` may mean (see `findings.fitting`).

    Raises:
        SourceNotFound: if there is no such file or check.
        DocumentError: if the file cannot be read.
    """
    if not path.exists():
        raise SourceNotFound(f"{path} does not exist.", "Check the path.")
    report = extract(path, password=password, profile=profile)
    if report.status == "failed":
        raise failure(report)
    found = tuple(fitting(report.checks, name))
    if not found:
        ids = ", ".join(sorted({check.check_id for check in report.checks})) or "none"
        raise SourceNotFound(f"{path.name} has no check {name}.", f"Its checks are: {ids}.")
    return Candidates(report, found)


def pictures(
    path: Path, report: Report, check: CheckResult, *, password: str | None = None
) -> Iterator[tuple[int, bytes]]:
    """(page, PNG) for each page that the check rests on.

    Raises:
        SourceNotFound: if it rests on no page: plain text, or what is nowhere.
        DocumentError: if a page cannot be drawn.
    """
    from jsextract.readers.pdf.draw import draw_boxes  # loads the imaging library, which nothing else needs

    if not check.pages:
        raise SourceNotFound(f"{check.check_id} of {path.name} rests on no page.", "There is nothing to draw.")
    data = read_bytes(path)
    for page in read_pdf(data, password=password).pages:
        if page.number in check.pages:
            boxes = {
                "cells": _boxes(((cell_ref(c), c.page, c.box) for c in report.cells), check, page.number),
                "facts": _boxes(((fact_ref(f), f.page, f.box) for f in report.facts), check, page.number),
                "quotes": quotes(page, check.stated),
            }
            yield page.number, draw_boxes(data, page, boxes, f"{check.check_id}: {check.status}", password)


def _boxes(places: Iterable[tuple[str, int, Box | None]], check: CheckResult, page: int) -> list[Box]:
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
