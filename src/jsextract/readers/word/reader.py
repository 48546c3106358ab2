"""Word files (.docx) as documents, straight from their XML: one page, lines and grids in order (Word 文档)."""

from __future__ import annotations

from msgspec.structs import replace

from jsextract.errors import Corrupt
from jsextract.language.phrase import noted, phrase
from jsextract.model.document import Document, Health, Page, numbered
from jsextract.readers.health import assess
from jsextract.readers.package import Element, Package, opened
from jsextract.readers.pictured import unread_pictures
from jsextract.readers.word.body import Body
from jsextract.readers.word.numbering import Numbering
from jsextract.readers.word.styles import Styles
from jsextract.readers.word.tags import W, child
from jsextract.vocabulary import Flag

MAX_BYTES = 100 << 20
_FOLDER = "word/"
_AGAIN = noted("Open it in Word or WPS and save it again as .docx.")


def read_docx(data: bytes, password: str | None = None) -> Document:
    """The body of a Word file, changes accepted, generated numbers put in; headers and footers are furniture.

    Args:
        data: the file.
        password: none is used: a file that needs one is refused.

    Returns:
        One page with number 1. Flags: `hidden` where text that nobody sees was left out.

    Raises:
        Encrypted, TooLarge, Corrupt: as `opened`, or if it holds no text of Word.
    """
    with opened(data) as package:
        body = _body(package)
    page = Page(
        number=1,
        width=0.0,
        height=0.0,
        source="native" if body.grids or any(line.text for line in body.lines) else "none",
        lines=numbered(body.lines),
        grids=tuple(body.grids),
        dropped=dict(body.dropped),
    )
    document = Document(pages=(page,), flags=(Flag.HIDDEN,) if body.dropped else ())
    return replace(document, health=_health(document, body))


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


def _health(document: Document, body: Body) -> Health:
    """How much could be read: a picture where a table would stand holds figures that nobody can take from it."""
    pictured = body.pictured if document.pages[0].source == "native" else body.pictures
    if not pictured:
        return assess(document, lambda numbers: ())
    return unread_pictures(pictured, assess(document, lambda numbers: ()).text_source)
