"""Word files (.docx) as documents, straight from their XML: one page, lines and grids in order (Word 文档)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from jsextract.errors import Corrupt
from jsextract.language.phrase import noted, phrase
from jsextract.model.document import Document, Page, numbered
from jsextract.readers.among_text import Among, Paragraphs
from jsextract.readers.health import assess
from jsextract.readers.package import Element, Package, binaries, opened, related
from jsextract.readers.page_work import Ocr
from jsextract.readers.picture_pages import with_pictures
from jsextract.readers.pictured import Pictured, with_missed
from jsextract.readers.word.body import Body
from jsextract.readers.word.numbering import Numbering
from jsextract.readers.word.styles import Styles
from jsextract.readers.word.tags import W, child
from jsextract.vocabulary import Flag

MAX_BYTES = 100 << 20
_FOLDER = "word/"
_AGAIN = noted("Open it in Word or WPS and save it again as .docx.")


def read_docx(data: bytes, password: str | None = None, ocr: str = Ocr.AUTO) -> Document:
    """The body of a Word file, changes accepted, generated numbers put in; headers and footers are furniture.

    Args:
        data: the file.
        password: none is used: a file that needs one is refused.
        ocr: whether pictures of tables and of pages are read: auto or always, never.

    Returns:
        One page with number 1; where pictures are read, one for each of these and for the text between them, all
        `inside` page 1. Flags: `hidden` where text that nobody sees was left out.

    Raises:
        Encrypted, TooLarge, Corrupt: as `opened`, or if it holds no text of Word.
    """
    with opened(data) as package:
        body = _body(package)
        pictures = _named(body.pictures, related(package, f"{_FOLDER}document.xml"))
    page = Page(
        number=1,
        width=0.0,
        height=0.0,
        source="native" if body.grids or any(line.text for line in body.lines) else "none",
        lines=numbered(body.lines),
        grids=tuple(body.grids),
        dropped=dict(body.dropped),
    )
    pages, missed = with_pictures([Among(Paragraphs(page), pictures)], binaries(data), ocr)
    document = Document(pages=pages, flags=(Flag.HIDDEN,) if body.dropped else ())
    return replace(document, health=with_missed(assess(document, lambda numbers: ()), missed))


def _named(pictures: Sequence[Pictured], parts: Mapping[str, str]) -> list[Pictured]:
    """The pictures with the names of their parts for keys."""
    return [one._replace(shape=replace(one.shape, key=parts.get(one.shape.key, ""))) for one in pictures]


def _body(package: Package) -> Body:
    root = package.xml(f"{_FOLDER}document.xml")
    text = child(root, "body")
    if text is None:
        raise Corrupt(phrase("The file holds no text of Word."), phrase(_AGAIN))
    styles = Styles(package.xml(f"{_FOLDER}styles.xml"))
    numbering = Numbering(package.xml(f"{_FOLDER}numbering.xml"), styles)
    body = Body(styles, numbering, _notes(package))
    body.read(text)
    return body


def _notes(package: Package) -> dict[tuple[str, str], Element]:
    """Footnotes and endnotes by kind and id; the lines that part them from the text are none."""
    found = {}
    for kind in ("footnote", "endnote"):
        root = package.xml(f"{_FOLDER}{kind}s.xml")
        for note in () if root is None else root.iterfind(W + kind):
            if note.get(W + "type", "normal") == "normal":
                found[kind, note.get(W + "id", "")] = note
    return found
