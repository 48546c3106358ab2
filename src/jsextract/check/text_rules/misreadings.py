"""Findings about words that were recognised in pictures: a misread character accuses nobody (误识不作差错)."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from msgspec.structs import replace

from jsextract.check.figure import cell_ref
from jsextract.check.text_rules.finding import Finding
from jsextract.check.text_rules.passages import Printed
from jsextract.language.phrase import phrase
from jsextract.model.report import TableCell
from jsextract.text.normal import squeeze
from jsextract.vocabulary import DIFFERS, CheckStatus, Flag, Severity

_EACH = 7  # characters of which one may be misread
_IN_DOUBT = frozenset({Flag.LOW_CONFIDENCE, Flag.NAME_CORRECTED})
_APART = 4  # the same on bad copies, where no two beside each other are: another word differs by more


def is_seen(found: Finding, printed: Printed) -> bool:
    """Whether a finding rests on words that were recognised in a picture."""
    return bool(printed.recognised) and (not found.pages or not printed.recognised.isdisjoint(found.pages))


def fair(found: Finding, printed: Printed, *, of_words: bool) -> Finding:
    """The finding; not checkable where a few misread characters would make it.

    Args:
        found: what a rule found.
        printed: the document.
        of_words: whether it is about words that stand there; marks, and headings or titles that seem to be missing, are
            lost in a picture too easily, on whatever page they stand.
    """
    if found.status not in DIFFERS or not printed.recognised:
        return found
    if of_words and not (is_seen(found, printed) and _may_be_misread(found, printed.report.cells)):
        return found
    return replace(
        found,
        status=CheckStatus.NOT_CHECKABLE,
        severity=Severity.INFO,
        message=phrase("A page was read from a picture; misread characters may make this difference."),
    )


def _may_be_misread(found: Finding, cells: Sequence[TableCell]) -> bool:
    """Whether a finding may come of misread characters: of the words themselves, or of a row that was read in doubt."""
    return is_near(found.stated, found.computed) or _is_of_doubted_row(found, cells)


def _is_of_doubted_row(found: Finding, cells: Sequence[TableCell]) -> bool:
    """Whether a row that a finding rests on is in doubt; a blank cell of it is not marked itself."""
    refs = set(found.refs)
    rows = {(cell.place, cell.row) for cell in cells if cell_ref(cell) in refs} if refs else set()
    return any((cell.place, cell.row) in rows and not _IN_DOUBT.isdisjoint(cell.flags) for cell in cells)


def is_near(stated: str, computed: str) -> bool:
    """Whether what is read may be the other with misread, lost or added characters; digits are none.

    >>> is_near("基本养老保险激费支出", "基本养老保险缴费支出"), is_near("安瀾市白灣县司法局", "安澜市白鹭县司法局")
    (True, True)
    >>> is_near("临江市梧桐区民政局", "临江市梧桐区水务局")
    False
    >>> is_near("2023", "2024")
    False
    """
    a, b = squeeze(stated), squeeze(computed)
    if not a or not b or _digits(a) != _digits(b):
        return False
    changes = [max(i1 - i0, j1 - j0) for tag, i0, i1, j0, j1 in _changes(a, b) if tag != "equal"]
    each = _APART if max(changes, default=0) <= 1 else _EACH
    return sum(changes) <= max(1, max(len(a), len(b)) // each)


def _changes(a: str, b: str) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, a, b, autojunk=False).get_opcodes()


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
