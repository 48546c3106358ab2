"""How much of an account could be read, once its tables are known (完整性)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from jsextract.language.phrase import Phrase, listed, phrase, phrases, sentences, verbatim
from jsextract.model.document import Document, Health
from jsextract.readers.pdf.images import pages_with_images
from jsextract.tables import TableReading
from jsextract.tables.arbitration.doubt import strange_columns
from jsextract.tables.lost import LostTable
from jsextract.vocabulary import DocumentStatus, Format, Problem


def wholeness(document: Document, readings: Sequence[TableReading], lost: Sequence[LostTable], unread: int) -> Health:
    """The health of a final account, partial where tables or figures of its tables were not read.

    Args:
        document: with what its pages said; a problem that they name stays.
        readings: the tables that were read.
        lost: those that were not.
        unread: how many figures inside tables no cell carries.
    """
    pictures = _pictures(document, readings, lost) if lost else ()
    doubtful = [r.table_id for r in readings if r.definition and strange_columns(r.cells, r.definition)]
    titles = listed(map(_title, lost))
    message = sentences(
        phrase("Not read: {titles}.", titles=titles) if lost else "",
        phrase("The picture on {pages} may be a table; it would need OCR.", pages=_listed(pictures))
        if pictures
        else "",
        phrase("Figures stand under columns that are none of the table's own: {tables}.", tables=listed(doubtful))
        if doubtful
        else "",
        phrase("{number} printed figures of its tables stand in no cell.", number=unread) if unread else "",
    )
    if document.health.problem or not message:
        return document.health
    problem = Problem.NEEDS_OCR if pictures else ""
    return replace(document.health, status=DocumentStatus.PARTIAL, problem=problem, message=message)


def with_doubt(health: Health, doubted: Collection[str]) -> Health:
    """The health of a final account some of whose tables may have been read wrongly: what it had, partial at best."""
    if not doubted or health.status == DocumentStatus.FAILED:
        return health
    said = phrase("These tables may have been read wrongly: {tables}.", tables=listed(sorted(doubted)))
    return replace(health, status=DocumentStatus.PARTIAL, message=sentences(health.message, said))


def _pictures(document: Document, readings: Sequence[TableReading], lost: Sequence[LostTable]) -> Collection[int]:
    """The pages whose pictures may be the tables that were not read: those of their titles, else any without tables.

    What a picture shows that was recognised is known.
    """
    if document.format not in (Format.PDF, Format.OFD):
        return ()
    pages = {table.page for table in lost if table.page}
    if len(pages) < len(lost):  # the title may be in the picture, too
        pages |= {page.number for page in document.pages} - {page for r in readings for page in r.table.pages}
    pages -= {page.number for page in document.pages if page.source == "ocr" or page.recognised}
    if document.format == Format.OFD:
        return [page.number for page in document.pages if page.number in pages and page.pictures]
    return pages_with_images(document.data, pages, document.password)


def _title(table: LostTable) -> Phrase:
    """A table that was not read, with the page of its title where that is printed."""
    if not table.page:
        return verbatim(table.title)
    return phrase("{title} (page {page})", title=table.title, page=table.page)


def _listed(pages: Collection[int]) -> Phrase:
    """`page 3`, `pages 3, 4`."""
    return phrases("page {shown}", "pages {shown}", len(pages), shown=listed(sorted(pages)))
