"""What is read of a paragraph: its text with all changes accepted, and what hangs on it (段落文字)."""

from __future__ import annotations

from msgspec import Struct, field

from jsextract.readers.package import Element, local
from jsextract.readers.shapes import Shape
from jsextract.readers.word.shapes import shape_of
from jsextract.readers.word.styles import Styles
from jsextract.readers.word.tags import W, child, value

_GONE = frozenset({"del", "moveFrom", "rPr", "pPr", "instrText", "delText", "delInstrText", "rt", "sdtPr", "sdtEndPr"})
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_SIGNS = {"tab": " ", "ptab": " ", "noBreakHyphen": "-", "br": "\n", "cr": "\n"}
_WHITE = "FFFFFF"
_PLAIN = 0x20  # the first character of a font of symbols that stands for itself


class Words(Struct):
    """What stands in a paragraph.

    Attributes:
        text: its lines parted by line ends.
        hidden: how many characters nobody sees.
        boxes: the contents of text boxes (w:txbxContent), in order.
        notes: (footnote or endnote, id) of those that it refers to.
        pictures: in order.
    """

    text: str = ""
    hidden: int = 0
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[Shape] = field(default_factory=list)


def read_words(paragraph: Element, styles: Styles) -> Words:
    """What stands in a paragraph (w:p)."""
    found = Words()
    style = value(child(paragraph, "pPr", "pStyle"))
    parts: list[str] = []
    _read(paragraph, styles, style, found, parts)
    found.text = "".join(parts)
    return found


def _read(parent: Element, styles: Styles, style: str, found: Words, parts: list[str]) -> None:
    """Adds what stands in an element, those within it included."""
    for element in parent:
        name = local(element)
        if name in _GONE or not name:
            continue
        if name == "r":
            _read_run(element, styles, style, found, parts)
        elif name == "t":
            parts.append(element.text or "")
        elif name in _SIGNS:
            paged = name == "br" and element.get(W + "type", "textWrapping") != "textWrapping"
            parts.append("" if paged else _SIGNS[name])
        elif name == "sym":
            parts.append(_symbol(element.get(W + "char", "")))
        elif name in _NOTES:
            found.notes.append((_NOTES[name], element.get(W + "id", "")))
        elif name == "AlternateContent":
            _read_first(element, styles, style, found, parts)
        elif name == "txbxContent":
            found.boxes.append(element)
        elif name in ("pic", "imagedata"):
            found.pictures.append(shape_of(element))
        else:
            _read(element, styles, style, found, parts)


def _read_run(run: Element, styles: Styles, style: str, found: Words, parts: list[str]) -> None:
    """Adds what stands in a run, or counts it where it is hidden."""
    own: list[str] = []
    shown = len(found.pictures)
    _read(run, styles, style, found, own)
    properties = child(run, "rPr")
    hidden = (own or found.pictures[shown:]) and styles.hidden(properties, style)
    if hidden:
        del found.pictures[shown:]
    if own and (hidden or _is_white(run, properties)):
        found.hidden += sum(not char.isspace() for text in own for char in text)
    else:
        parts += own


def _is_white(run: Element, properties: Element | None) -> bool:
    """Whether a run is white on the white of the page; within tables and boxes something coloured may be under it."""
    if value(child(properties, "color")).upper() != _WHITE or child(properties, "shd") is not None:
        return False
    if child(properties, "highlight") is not None:
        return False
    around = [(local(above), above) for above in run.iterancestors()]
    shaded = any(name == "p" and child(above, "pPr", "shd") is not None for name, above in around)
    return not shaded and not any(name in ("tc", "txbxContent") for name, _ in around)


def _read_first(choice: Element, styles: Styles, style: str, found: Words, parts: list[str]) -> None:
    """Adds one of several forms of the same thing (mc:AlternateContent)."""
    for form in choice:
        if local(form) in ("Choice", "Fallback"):
            _read(form, styles, style, found, parts)
            return


def _symbol(code: str) -> str:
    """A character of w:sym; blank where only its font tells what it shows."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return chr(number) if _PLAIN <= number < 0xD800 else ""
