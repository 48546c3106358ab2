"""Damaged PDFs: what is lost is found out, a rewrite tried once, and what cannot be trusted left out."""

from __future__ import annotations

from msgspec.structs import replace

from jsextract.errors import Corrupt, DocumentError, NotPdf, TooLarge
from jsextract.language.phrase import noted, phrase
from jsextract.model.document import Document, Page
from jsextract.readers.pdf.glyphs import MAX_CHARACTERS
from jsextract.readers.pdf.integrity import Structure, examine, rewrite
from jsextract.readers.pdf.pdfium import MAX_PAGES, MAX_RULINGS, MAX_SIDE, read_pdf
from jsextract.vocabulary import Flag

_TAIL = 2048  # readers look for the end mark this far from the end
_FEWEST = 64
_HEADER = 8192
REPLACED = b"\xef\xbf\xbd"  # U+FFFD in UTF-8: what a program writes for bytes that it could not read as text
_REPLACED_SHARE = 0.02


def read_sound(data: bytes, *, password: str | None = None) -> Document:
    """All pages of a PDF, as `read_pdf` gives them, as far as they are sound.

    Where reading fails, pages cannot be opened, or qpdf finds more of them, qpdf writes the file anew and it is read
    once more. No figure is to be taken from a page whose streams lost bytes: one wrong bit makes another number.

    Returns:
        The pages; damaged ones have the source `damaged`, and lines where any can be read. Further flags: `repaired`
        (read from the rewrite), `cut-short` (the file ends early), `pages-missing` (it announces more than it has).

    Raises:
        DocumentError: as `read_pdf`; Corrupt also where damage left no text at all, TooLarge where every page with
            anything on it is beyond the limits.
    """
    failure: DocumentError | None = None
    source = None
    try:
        source = read_pdf(data, password=password)
    except (Corrupt, NotPdf) as error:
        if b"%PDF-" not in data[:_HEADER]:
            raise
        failure = error
    structure = examine(data, password, MAX_PAGES)
    if structure and (source is None or _worth_another_try(source, structure)):
        source = _better(source, _reread(data, password))
    if source is None:
        assert failure is not None
        raise failure
    return _trusted(source, structure, data)


def as_read(document: Document) -> tuple[bytes, str | None]:
    """The bytes that a PDF's pages were read from, and their password: of a damaged file those of the rewrite."""
    again = rewrite(document.data, document.password) if Flag.REPAIRED in document.flags else None
    return (document.data, document.password) if again is None else (again, None)


def _worth_another_try(source: Document, structure: Structure) -> bool:
    """Whether qpdf sees more of the file than pdfium read."""
    return Flag.PAGE_UNREADABLE in source.flags or structure.pages > len(source.pages)


def _reread(data: bytes, password: str | None) -> Document | None:
    """What pdfium reads of the file as qpdf writes it anew; None where that is nothing."""
    again = rewrite(data, password)
    if again is None:
        return None
    try:
        source = read_pdf(again)
    except DocumentError:
        return None
    return replace(source, flags=tuple(sorted({*source.flags, Flag.REPAIRED})))


def _better(first: Document | None, second: Document | None) -> Document | None:
    """The second where it has text on more pages."""
    if first is None or second is None:
        return first or second
    return second if _with_text(second) > _with_text(first) else first


def _with_text(source: Document) -> int:
    return sum(bool(page.lines) for page in source.pages)


def _trusted(source: Document, structure: Structure | None, data: bytes) -> Document:
    """The source with its damaged pages marked, and with what else is known to be missing."""
    flags = {*source.flags}
    damaged = structure.damaged if structure else frozenset()
    pages = tuple(replace(p, source="damaged") if p.number in damaged else p for p in source.pages)
    if damaged:
        flags.add(Flag.PAGE_UNREADABLE)
    if Flag.XREF_REBUILT in flags and b"%%EOF" not in data[-_TAIL:]:
        flags.add(Flag.CUT_SHORT)
    if structure and structure.declared > max(len(pages), structure.pages):
        flags.add(Flag.PAGES_MISSING)
    if not any(page.lines for page in pages):
        _refuse_ruins(flags, pages, structure, data)
    return replace(source, pages=pages, flags=tuple(sorted(flags)))


def _refuse_ruins(flags: set[str], pages: tuple[Page, ...], structure: Structure | None, data: bytes) -> None:
    """A file without text is empty only where nothing is known to be lost."""
    mangled = transfer_damage(data)
    if mangled:
        raise Corrupt(
            phrase("The PDF is damaged: {mangled}.", mangled=phrase(mangled)),
            phrase("Download it again, as a binary file."),
        )
    unknown = structure is None and Flag.XREF_REBUILT in flags
    if (
        unknown
        or flags & {Flag.REPAIRED, Flag.CUT_SHORT, Flag.PAGES_MISSING}
        or any(p.source == "damaged" for p in pages)
    ):
        raise Corrupt(phrase("The PDF is damaged, and nothing of it can be read."), phrase("Download it again."))
    if Flag.PAGE_TOO_LARGE in flags and not any(p.source == "garbled" for p in pages):
        limits = phrase(
            "{side} points a side, {characters} characters or {lines} lines",
            side=f"{MAX_SIDE:.0f}",
            characters=MAX_CHARACTERS,
            lines=MAX_RULINGS,
        )
        raise TooLarge(
            phrase("No page is within the limits: {limits}.", limits=limits), phrase("Print it to smaller pages.")
        )


def transfer_damage(data: bytes) -> str:
    """How a transfer spoilt a binary file, in words; blank where it shows no sign of that."""
    if len(data) < _FEWEST:
        return ""
    if data.count(REPLACED) * len(REPLACED) > len(data) * _REPLACED_SHARE:
        return noted("a program took it for text and replaced what it could not read")
    if b"/FlateDecode" in data and data.isascii() and b"85Decode" not in data and b"HexDecode" not in data:
        return noted("the eighth bit of every byte was lost")
    return ""
