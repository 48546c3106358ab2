"""How people call what the files have a word for (页面用语)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jsextract.language.phrase import Phrase, listed, phrase, phrases, verbatim
from jsextract.model.report import Fact, TableCell
from jsextract.report.found import DocumentEntry
from jsextract.vocabulary import MEASURES, CheckStatus, DocumentStatus, Flag, Measure, Origin, Severity, Word

_SHORT_EN = re.compile(r"[:;,.]")
_SHORT_ZH = re.compile(r"[、，：；（。]")


def severity(word: str) -> Phrase:
    """The name of a severity."""
    names: Mapping[str, Phrase] = {
        Severity.ERROR: phrase("error"),
        Severity.WARNING: phrase("warning"),
        Severity.INFO: phrase("for information"),
    }
    return names.get(word, verbatim(word))


def status(word: str) -> Phrase:
    """The name of what a check found."""
    names: Mapping[str, Phrase] = {CheckStatus.FAIL: phrase("differs"), CheckStatus.MINOR: phrase("minor")}
    return names.get(word, verbatim(word))


def origin(word: str) -> Phrase:
    """Whose a difference is."""
    names: Mapping[str, Phrase] = {
        Origin.DOCUMENT: phrase("printed so in the document"),
        Origin.READING: phrase("may come of the reading"),
        Origin.UNKNOWN: phrase("not sure whether printed or misread"),
    }
    return names.get(word, verbatim(word))


def short(word: Word) -> Phrase:
    """The first words of what a vocabulary says of one of its words."""
    return Phrase(_SHORT_EN.split(word.en)[0], _SHORT_ZH.split(word.zh)[0])


def place(row: TableCell | Fact) -> Phrase:
    """Table, item and column of a cell; item and measure of a fact."""
    if isinstance(row, TableCell):
        names = (row.unit_name, row.side, " ".join(filter(None, (row.code, row.item))), row.column)
        return listed((f"{row.table} {row.title}".strip(), *names), " · ", " · ")
    measures = {str(word): word for word in MEASURES.words}
    measure = short(measures[row.measure]) if row.measure in measures else verbatim(row.measure)
    measure = phrase("comparison") if row.measure == Measure.COMPARISON else measure
    project = "" if row.project == row.item else row.project
    return listed((phrase("text"), project, row.item, measure, row.basis), " · ", " · ")


def page(number: int) -> Phrase:
    """`p. 7`; nothing where there are no pages."""
    return phrase("p. {number}", number=number) if number else verbatim("")


def spot(row: TableCell | Fact) -> Phrase:
    """Where a row stands: the page, in a workbook sheet and cell."""
    return verbatim(f"{row.sheet}!{row.cell_ref}".rstrip("!")) if row.sheet else page(row.page)


def printed(row: TableCell | Fact) -> str:
    """The value as printed with its unit; where it was corrected, as it is now, too."""
    text = row.value_text.strip() or "—"
    shown = text if row.unit and text.endswith(row.unit) else f"{text} {row.unit}".strip()
    if Flag.CORRECTED in row.flags and row.value is not None:
        return f"{shown} → {format(row.value, 'f')}"
    return shown


def not_read(document: DocumentEntry) -> Phrase:
    """What of a document was not read; nothing where all of it was."""
    told = Phrase(document.message, document.message_zh or document.message)
    amounts = phrases(
        "{number} amount of the text is in no fact.", "{number} amounts of the text are in no fact.",
        document.unread_amounts,
    )  # fmt: skip
    cells = phrases(
        "{number} figure of its tables is in no cell.", "{number} figures of its tables are in no cell.",
        document.unread_cells,
    )  # fmt: skip
    parts = (
        phrase("Could not be read.") if document.status == DocumentStatus.FAILED else "",
        phrase("Pages need OCR.") if document.needs_ocr else "",
        told if document.status != DocumentStatus.OK else "",
        amounts if document.unread_amounts else "",
        cells if document.unread_cells else "",
    )
    return listed(parts, " ", "")
