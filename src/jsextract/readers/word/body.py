"""The body of a Word file: paragraphs as lines, tables as grids among them (正文)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from jsextract.model.document import Line, Table
from jsextract.readers.package import Element, local
from jsextract.readers.pictured import Pictured, placed
from jsextract.readers.shapes import Shape
from jsextract.readers.word.grids import arranges, grid_of, slots_of, within
from jsextract.readers.word.numbering import Numbering
from jsextract.readers.word.styles import Styles
from jsextract.readers.word.tags import W, child
from jsextract.readers.word.words import Words, read_words
from jsextract.vocabulary import Dropped

_BLOCKS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})
_FIGURE = re.compile(r"[\d,.，．%－-]")
_WIDE_LATIN = re.compile(r"[A-Za-z0-9]")


class Body:
    """What is read of a body, in order.

    Attributes:
        lines: its paragraphs; those of tables that only arrange text, of text boxes and of footnotes included.
        grids: its tables, `after` so many lines.
        dropped: characters that nobody sees, by cause.
        pictures: those that are large enough for a table, or for the rest of one.
    """

    def __init__(self, styles: Styles, numbering: Numbering, notes: Mapping[tuple[str, str], Element]) -> None:
        self._styles, self._numbering, self._notes = styles, numbering, dict(notes)
        self._begun, self._in_note = "", False
        self.lines: list[Line] = []
        self.grids: list[Table] = []
        self.dropped: Counter[str] = Counter()
        self.pictures: list[Pictured] = []

    def read(self, parent: Element) -> None:
        """Adds the blocks of an element."""
        for element in parent:
            name = local(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._table(element)
            elif name in _BLOCKS:
                self.read(element)
            elif name == "AlternateContent":
                for form in element[:1]:
                    self.read(form)

    def _paragraph(self, element: Element) -> None:
        words = read_words(element, self._styles)
        self._see(words)
        text = self._text(element, words)
        if child(element, "pPr", "rPr", "del") is not None:  # its end was deleted: the next one goes on with it
            self._begun += text
        else:
            text, self._begun = self._begun + text, ""
            if text.strip() or not words.hidden:
                self._add(text, self._styles.level(child(element, "pPr")))
        for picture in words.pictures:
            self._picture(picture)
        self._hanging(words)

    def _text(self, element: Element, words: Words) -> str:
        """The text of a paragraph with its number; a blank one has none to be seen."""
        if not words.text.strip():
            return words.text
        return self._numbering.label(child(element, "pPr")) + words.text

    def _add(self, text: str, level: int) -> None:
        """Adds the lines of a paragraph, each of which is whole: their breaks were set by hand."""
        parts = text.split("\n")
        level = level if len(parts) == 1 else 0
        self.lines += [Line(page=1, text=" ".join(part.split()), whole=True, level=level) for part in parts]

    def _see(self, words: Words) -> None:
        if words.hidden:
            self.dropped[Dropped.HIDDEN] += words.hidden

    def _picture(self, shape: Shape) -> None:
        """Adds a picture that may be one of a table, or of the rest of one."""
        if self._in_note:  # its key is one of the notes' own
            shape = replace(shape, key="")
        found = placed(shape, self.lines, self.grids, self.pictures)
        self.pictures += [found] if found else []

    def _hanging(self, *found: Words) -> None:
        """Adds what hangs on paragraphs: text boxes, footnotes."""
        for words in found:
            for box in words.boxes:
                self.read(box)
            for reference in () if self._in_note else words.notes:  # no sound note has notes of its own
                if (note := self._notes.pop(reference, None)) is not None:
                    self._in_note = True
                    self.read(note)
                    self._in_note = False

    def _table(self, element: Element) -> None:
        slots, hidden = slots_of(element)
        for row in hidden:
            self.dropped[Dropped.HIDDEN] += sum(len("".join((t.text or "").split())) for t in row.iter(W + "t"))
        if arranges(slots):
            for slot in slots:
                self.read(slot.element)
            return
        found: list[Words] = []
        texts = [self._cell(slot.element, found) for slot in slots]
        grid = grid_of(slots, texts, len(self.lines))
        if grid is not None:
            self.grids.append(grid)
        self._hanging(*found)

    def _cell(self, cell: Element, found: list[Words]) -> str:
        """The text of a cell, its paragraphs joined."""
        text = ""
        for paragraph in paragraphs_of(cell):
            words = read_words(paragraph, self._styles)
            self._see(words)
            found.append(words)
            for part in self._text(paragraph, words).split("\n"):
                text = _joined(text, " ".join(part.split()))
        return text


def paragraphs_of(parent: Element) -> Iterator[Element]:
    """The paragraphs of a cell, those of tables within it included."""
    for element in parent:
        name = local(element)
        if name == "p":
            yield element
        elif name == "tbl":
            for row in within(element, "tr"):
                for cell in within(row, "tc"):
                    yield from paragraphs_of(cell)
        elif name in _BLOCKS:
            yield from paragraphs_of(element)


def _joined(first: str, second: str) -> str:
    """Two pieces of a cell's text: no space beside Chinese characters; figures under each other stay apart."""
    if not first or not second:
        return first or second
    if _FIGURE.match(first[-1]) and _FIGURE.match(second[0]):
        return f"{first}\n{second}"
    latin = _WIDE_LATIN.match(first[-1]) and _WIDE_LATIN.match(second[0])
    return f"{first} {second}" if latin else first + second
