"""corrections.csv: what people say of values that they have compared with the page (人工核对)."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct

from jsextract.dataset.csvtext import unescape_formula
from jsextract.dataset.folder import Folder
from jsextract.errors import DatasetDamaged
from jsextract.language.phrase import Phrase, phrase
from jsextract.model.ids import document_id
from jsextract.vocabulary import VERDICTS, Verdict

NAME = "corrections.csv"
COLUMNS = ("sha256", "ref", "value_text", "verdict", "value", "note")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_SHOWN = 40  # characters of what is no number
_MOST_DIGITS = 20  # of a number; documents print no longer ones, and sums of longer ones are rounded
_REF = re.compile(r"(?:(?P<document>d[0-9a-f]{16}):)?(?P<own>(?:cell|fact|check):.+)")


class Correction(Struct, frozen=True):
    """What somebody says of one value.

    Attributes:
        line: where it stands in the file; the header is line 1.
        ref: as in checks.csv; `check:ID` for a finding that rests on no value.
        value_text: what was read, as printed; of a finding, what it states.
        value: the right number, where the verdict is `reading`.
    """

    line: int
    sha256: str
    ref: str
    value_text: str
    verdict: str
    value: Decimal | None = None


class Misfit(Struct, frozen=True):
    """A row that says nothing that can be applied, and why."""

    line: int
    why: Phrase

    def __str__(self) -> str:
        return str(phrase("{file}, line {line}: {why}", file=NAME, line=self.line, why=self.why))


class Corrections(Struct, frozen=True):
    """The rows of the file.

    Attributes:
        by_content: those that can be understood, by the SHA-256 of the content that they are about.
        misfits: the others.
        digest: of the whole file; blank where there is none.
    """

    by_content: dict[str, tuple[Correction, ...]]
    misfits: tuple[Misfit, ...] = ()
    digest: str = ""


def read_corrections(folder: Folder) -> Corrections:
    """The corrections of a dataset; none where the file is missing.

    Raises:
        OSError: if it cannot be read.
        DatasetDamaged: if it is no table of UTF-8 text with the columns that it needs.
    """
    try:
        text = folder.read_text(NAME)
    except FileNotFoundError:
        return Corrections({})
    except UnicodeDecodeError as error:
        raise DatasetDamaged(
            phrase("{folder}/{name} is not UTF-8.", folder=folder.name, name=NAME), phrase("Save it as CSV UTF-8.")
        ) from error
    return parse(text, f"{folder.name}/{NAME}")


def parse(text: str, name: str = NAME) -> Corrections:
    """The corrections that a file's text holds.

    Raises:
        DatasetDamaged: if it is no table with the columns that it needs, each once.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    kept: dict[tuple[str, str, str], Correction] = {}
    misfits = []
    try:
        _require_columns(list(reader.fieldnames or ()), name)
        for row in reader:
            found = _row(reader.line_num, {column: unescape_formula(row[column] or "").strip() for column in COLUMNS})
            if isinstance(found, Correction):
                known = kept.setdefault((found.sha256, found.ref, found.value_text), found)
                if known is found:
                    continue
                found = Misfit(
                    found.line, phrase("{ref} was told of in line {line} already.", ref=found.ref, line=known.line)
                )
            misfits.append(found)
    except csv.Error as error:
        raise DatasetDamaged(
            phrase("{name}, line {line}: {error}.", name=name, line=reader.line_num, error=error),
            phrase("Save it as CSV UTF-8."),
        ) from error
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Corrections(_by_content(kept.values()), tuple(misfits), digest)


def _require_columns(found: list[str], name: str) -> None:
    """Raises DatasetDamaged where a header lacks a column, or has one twice, so that nobody knows which is meant."""
    remedy = phrase("Its header is: {header}", header=",".join(COLUMNS))
    lacking = ", ".join(column for column in COLUMNS if column not in found)
    if lacking:
        raise DatasetDamaged(phrase("{name} lacks the columns {names}.", name=name, names=lacking), remedy)
    twice = ", ".join(column for column in COLUMNS if found.count(column) > 1)
    if twice:
        raise DatasetDamaged(phrase("{name} has columns twice: {names}.", name=name, names=twice), remedy)


def _by_content(rows: Iterable[Correction]) -> dict[str, tuple[Correction, ...]]:
    found: dict[str, list[Correction]] = {}
    for row in rows:
        found.setdefault(row.sha256, []).append(row)
    return {sha256: tuple(own) for sha256, own in found.items()}


def _row(line: int, row: dict[str, str]) -> Correction | Misfit:
    """One row, or why it is none."""
    sha256, verdict, number = row["sha256"].lower(), row["verdict"], row["value"]
    ref = _REF.fullmatch(row["ref"])
    blank = phrase("a blank")
    if not _SHA256.fullmatch(sha256):
        return Misfit(line, phrase("sha256 is no SHA-256; documents.csv has it."))
    if ref is None or (ref["document"] and ref["document"] != document_id(sha256)):
        why = phrase("{ref} is no reference into this document; checks.csv has them.", ref=row["ref"] or blank)
        return Misfit(line, why)
    if not VERDICTS.knows(verdict):
        known = ", ".join(VERDICTS.words)
        return Misfit(
            line, phrase("{verdict} is no verdict; those are {known}.", verdict=verdict or blank, known=known)
        )
    if verdict != Verdict.READING:
        if number:
            why = phrase("the verdict {verdict} leaves the value as it was read; only reading gives another.",
                         verdict=verdict)  # fmt: skip
            return Misfit(line, why)
        return Correction(line, sha256, ref["own"], row["value_text"], verdict)
    if ref["own"].startswith("check:"):
        return Misfit(line, phrase("only a cell or a fact has a value; of a finding the verdict is document or fine."))
    if not _NUMBER.fullmatch(number) or sum(map(str.isdigit, number)) > _MOST_DIGITS:
        return Misfit(line, phrase("{value} is no number such as -1234.50.", value=number[:_SHOWN] or blank))
    return Correction(line, sha256, ref["own"], row["value_text"], verdict, Decimal(number.replace(",", "")))
