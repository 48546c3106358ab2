"""What a check rests on, drawn: whole pages with its cells, facts and words in colour, below what it says.

All of it is done where documents may be opened: in a worker under limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from io import BytesIO
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from PIL import Image

from jsextract.check.figure import cell_ref, fact_ref, parted
from jsextract.check.findings import fitting
from jsextract.errors import JsextractError, SourceNotFound
from jsextract.language import chosen
from jsextract.language.phrase import phrase
from jsextract.model.document import Document, Page
from jsextract.model.geometry import Box
from jsextract.model.report import CheckResult, Report
from jsextract.narrative.unread import Missed
from jsextract.pipeline import read, understand, unread
from jsextract.readers.pdf.draw import draw_boxes
from jsextract.readers.pdf.repair import as_read
from jsextract.readers.registry import load_again, read_document
from jsextract.report import words
from jsextract.report.captions import with_caption
from jsextract.report.crops import head_of
from jsextract.report.pictures import picture, quotes
from jsextract.report.places import Places
from jsextract.report.rows import check_rows, page_rows
from jsextract.rules.ruleset import load_rules
from jsextract.vocabulary import Format


class Opened(Struct, frozen=True):
    """Which file to open, and by which rules.

    Attributes:
        paths: where it may be.
        name: of the file, for messages.
        sha256: of its content; blank where any content will do.
    """

    paths: tuple[str, ...]
    name: str
    sha256: str = ""
    password: str | None = None
    folders: tuple[Path, ...] = ()
    profile: str = ""
    language: str = "en"


class Drawn(Struct, frozen=True):
    """One page of a check as a picture."""

    page: int
    image: bytes


class Shown(Struct, frozen=True):
    """A check and its pages.

    Attributes:
        name: what to call it: ID, or ID/NUMBER.
        rows: in words, what no page shows.
    """

    name: str
    check: CheckResult
    drawn: tuple[Drawn, ...] = ()
    rows: tuple[str, ...] = ()


class Wanted(Struct, frozen=True):
    """A page, or checks by name, of one file; the format of pictures as the library calls it."""

    opened: Opened
    form: str = "PNG"
    page: int = 0
    checks: tuple[str, ...] = ()


class Choice(Struct, frozen=True):
    """A name that fits several checks: what to call each, and the check."""

    name: str
    fitting: tuple[tuple[str, CheckResult], ...]


class Found(Struct, frozen=True):
    """The checks that were named; the choice, and none of them, where a name fits several."""

    shown: tuple[Shown, ...] = ()
    choice: Choice | None = None


class OfDataset(Struct, frozen=True):
    """Checks whose report is known; the file is opened for its pages alone."""

    opened: Opened
    report: Report
    checks: tuple[tuple[str, CheckResult], ...]
    form: str = "PNG"


class PageShown(Struct, frozen=True):
    """A page with all that was seen on it: as a picture, or as rows where it has none."""

    image: bytes = b""
    rows: tuple[str, ...] = ()


def page_of(wanted: Wanted) -> PageShown | JsextractError:
    """One page with all that was seen on it; the error where there is none."""
    try:
        document, report = _understood(wanted.opened)
        if any(page.of_file == wanted.page and not _drawable(document, page) for page in document.pages):
            return PageShown(rows=tuple(page_rows(report, wanted.page)))
        return PageShown(_as(Image.open(BytesIO(picture(document, report, wanted.page))), wanted.form))
    except JsextractError as error:
        return error


def missed_of(wanted: Wanted) -> Missed | JsextractError:
    """What no fact carries; the error where the file cannot be read."""
    chosen.use(wanted.opened.language)
    try:
        rules = load_rules(wanted.opened.folders, wanted.opened.profile)
        return unread(read(wanted.opened.paths[0], password=wanted.opened.password), rules)
    except JsextractError as error:
        return error


def checks_of(wanted: Wanted) -> Found | JsextractError:
    """The pages of the checks that are named; the choice where a name fits several, the error where it fits none."""
    try:
        document, report = _understood(wanted.opened)
        found: list[tuple[str, CheckResult]] = []
        for name in wanted.checks:
            these = fitting(report.checks, name)
            if not these:
                raise unknown(document.name, name, {check.check_id for check in report.checks})
            if len(these) > 1:
                return Found(choice=Choice(name, tuple(these)))
            found += these
        return Found(tuple(_shown(document, report, found, wanted.form)))
    except JsextractError as error:
        return error


def pages_of(wanted: OfDataset) -> list[Shown] | JsextractError:
    """The pages of checks of a dataset; the error where no file has the content any more."""
    chosen.use(wanted.opened.language)
    try:
        loaded = load_again(wanted.opened.paths, wanted.opened.sha256, wanted.opened.password)
        if loaded is not None:
            return list(_shown(read_document(loaded), wanted.report, wanted.checks, wanted.form))
        raise SourceNotFound(
            phrase("{file} is not where it was read, or holds something else now.", file=wanted.opened.name),
            phrase("Name the file itself: jsextract show FILE --check ID."),
        )
    except JsextractError as error:
        return error


def unknown(file: str, name: str, known: Iterable[str]) -> SourceNotFound:
    """The error for a name that no check has; `known` are the ids that there are."""
    near = get_close_matches(name.partition("/")[0], sorted(known), 3, 0.5)
    text = phrase("{file} has no check {name}.", file=file, name=name)
    remedy = phrase("There is {names}.", names=", ".join(near)) if near else phrase("All checks: docs/checks.md")
    return SourceNotFound(text, remedy)


def _understood(opened: Opened) -> tuple[Document, Report]:
    chosen.use(opened.language)
    document = read(opened.paths[0], password=opened.password)
    return document, understand(document, load_rules(opened.folders, opened.profile))


def _shown(document: Document, report: Report, checks: Iterable[tuple[str, CheckResult]], form: str) -> Iterator[Shown]:
    """Each check with its pages, or with what it rests on in words."""
    places = Places(report)
    for name, check in checks:
        drawn = tuple(_drawn(document, places, name, check, form))
        yield Shown(name, check, drawn, () if drawn else tuple(_in_words(places, check)))


def _drawn(document: Document, places: Places, name: str, check: CheckResult, form: str) -> Iterator[Drawn]:
    report = places.report
    data, password = as_read(document)
    wanted = {row.page for row in map(places.row, check.refs) if row is not None} or set(check.pages)
    for page in document.pages:
        if page.number in wanted and _drawable(document, page):
            boxes = {
                "cells": _boxes(((cell_ref(c), c.page, c.box) for c in report.cells), check, page.number),
                "facts": _boxes(((fact_ref(f), f.page, f.box) for f in report.facts), check, page.number),
                "quotes": quotes(page, check.stated),
            }
            seen = Image.open(BytesIO(draw_boxes(data, page, boxes, name, password)))
            whole = _below_head(seen, document, places, check, page)
            yield Drawn(page.number, _as(with_caption(whole, f"{words.status(check.status)}: {check.told}"), form))


def _below_head(seen: Image.Image, document: Document, places: Places, check: CheckResult, page: Page) -> Image.Image:
    """The picture below the title and header of its table, where these stand on a page before."""
    rows = [row for row in map(places.row, check.refs) if row is not None and row.page == page.number]
    heads = [head for item in places.evidence(rows) if (head := head_of(document, item.cut)) is not None]
    if not heads:
        return seen
    gap = 12
    sheet = Image.new(
        "RGB", (max(i.width for i in (*heads, seen)), sum(i.height + gap for i in (*heads, seen))), "white"
    )
    y = 0
    for image in (*heads, seen):
        sheet.paste(image, (0, y))
        y += image.height + gap
    return sheet


def _in_words(places: Places, check: CheckResult) -> Iterator[str]:
    """What a check rests on, where there is no page to show: rows of tables, sentences, or the words around a quote."""
    rows = list(check_rows(places.report, check))
    yield from rows
    if not rows and (found := places.passage(check.stated)):
        before, quote, after, heading = found
        yield f"{heading}  …{before}【{quote}】{after}…"


def owners(check: CheckResult) -> list[str]:
    """The documents of references into other files than the check's own."""
    return [owner for owner, _ in map(parted, check.refs) if owner]


def of_document(check: CheckResult, owner: str, own: str) -> CheckResult:
    """The check as far as it rests on one document: its references there, and what it states in its own."""
    is_own = owner == own
    refs = tuple(rest for of, rest in map(parted, check.refs) if of == ("" if is_own else owner))
    return replace(check, refs=refs, stated=check.stated if is_own else "")


def _boxes(places: Iterable[tuple[str, int, Box | None]], check: CheckResult, page: int) -> list[Box]:
    """The boxes on a page of what the check refers to; `places` are (reference, page, box)."""
    wanted = set(check.refs)
    return [box for ref, on, box in places if ref in wanted and on == page and box is not None]


def _as(image: Image.Image, form: str) -> bytes:
    out = BytesIO()
    image.convert("RGB").save(out, form, **({"quality": 90} if form == "JPEG" else {}))
    return out.getvalue()


def _drawable(document: Document, page: Page) -> bool:
    """Whether there is a picture of the page: nothing draws those of OFD files, nor pictures of a text as pages."""
    return bool(page.width) and not page.inside and document.format != Format.OFD
