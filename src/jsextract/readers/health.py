"""How much of a source could be read at all: what its pages without text mean."""

from __future__ import annotations

from collections.abc import Callable, Collection

from jsextract.language.phrase import NOTHING, Phrase, listed, noted, phrase, phrases, sentences, verbatim
from jsextract.model.document import Document, Health
from jsextract.readers import page_work
from jsextract.vocabulary import DocumentStatus, Flag, Problem, TextSource

_SHOWN = 8
INSTALL = verbatim("pip install 'jsextract[ocr]'")
AS_PDF = noted("export it to PDF, whose pages are read as pictures")
_PARTIAL = (
    (Flag.PAGE_UNREADABLE, Problem.CORRUPT, noted("Some pages are damaged; no figure was taken from them.")),
    (Flag.CUT_SHORT, Problem.CORRUPT, noted("The file ends early; what followed is missing.")),
    (Flag.PAGES_MISSING, Problem.CORRUPT, noted("The file announces more pages than it has.")),
    (
        Flag.REPAIRED,
        Problem.CORRUPT,
        noted("The file is damaged and was read from a repaired copy; parts may be missing."),
    ),
    (Flag.PAGE_TOO_LARGE, Problem.TOO_LARGE, noted("Some pages hold more than any real page does and were left out.")),
)


def assess(
    source: Document, with_images: Callable[[Collection[int]], Collection[int]], remedy: Phrase | None = None
) -> Health:
    """What the pages say about the source.

    Args:
        source: the pages as read.
        with_images: tells which of the given pages (1-based) show a picture; asked only about pages without text.
        remedy: what has pages read that are pictures; blank where that was tried, None where only those of a PDF are.
    """
    remedy = phrase(AS_PDF) if remedy is None else remedy
    text = _text_source(source)
    garbled = [p.number for p in source.pages if p.source == "garbled"]
    blank = [p.number for p in source.pages if p.source == "none" and p.number]
    scanned = sorted(with_images(blank)) if blank else []
    if garbled:
        message = phrase(
            "The text of {pages} is no Unicode; nothing was taken from there.", pages=listed_pages(garbled)
        )
        return Health(text, DocumentStatus.PARTIAL, Problem.GARBLED_TEXT, sentences(message, told_remedy(remedy)))
    torn = [p.number for p in source.pages if p.source == "damaged" and p.width and not p.lines]
    if torn:
        message = phrase("Nothing was taken from {pages}, of which parts are missing.", pages=listed_pages(torn))
        return Health(text, DocumentStatus.PARTIAL, Problem.CORRUPT, sentences(message, phrase("Download it again.")))
    if scanned:
        message = phrase("No text layer on {pages}.", pages=listed_pages(scanned))
        return Health(text, DocumentStatus.PARTIAL, Problem.NEEDS_OCR, sentences(message, told_remedy(remedy)))
    unread = {flag for flag, _, _ in _PARTIAL} & set(source.flags)
    if not unread and not any(page.grids or any(line.text.strip() for line in page.lines) for page in source.pages):
        return Health(TextSource.NONE, DocumentStatus.OK, Problem.EMPTY, phrase("There is no text in the file."))
    for flag, problem, told in _PARTIAL:
        if flag in source.flags:
            return Health(text, DocumentStatus.PARTIAL, problem, phrase(told))
    return Health(text)


def remedy_of(ocr: str, work: page_work.PageWork | None) -> Phrase:
    """What the user can do to have pictures read; blank where they were.

    Args:
        ocr: which pages were to be read as pictures: auto, never or always.
        work: who read them.
    """
    if work is not None:
        return NOTHING
    return verbatim("--ocr auto") if ocr == page_work.Ocr.NEVER and page_work.PAGE_READER() else INSTALL


def told_remedy(remedy: Phrase) -> Phrase:
    """What has pages read that are pictures, or that it was of no use."""
    if remedy:
        return phrase("It would need OCR: {remedy}.", remedy=remedy)
    return phrase(
        "OCR was tried: there is no text, it failed, took too long, or was spent on {most} others (split the file).",
        most=page_work.MAX_PAGES,
    )


def _text_source(source: Document) -> str:
    """Where the text of the pages is from: native, ocr, mixed or none."""
    kinds = {page.source for page in source.pages if page.source in {"native", "ocr"}}
    kinds |= {"ocr" for page in source.pages if page.recognised}
    return TextSource.NONE if not kinds else TextSource.MIXED if len(kinds) > 1 else kinds.pop()


def listed_pages(numbers: list[int]) -> Phrase:
    """`page 3`, `pages 3, 4, 7`, `pages 1, 2, … (20 in all)`."""
    shown = listed(numbers[:_SHOWN])
    if len(numbers) > _SHOWN:
        return phrase("pages {shown}… ({number} in all)", shown=shown, number=len(numbers))
    return phrases("page {shown}", "pages {shown}", len(numbers), shown=shown)
