"""What a text rule finds, and the row that it becomes."""

from __future__ import annotations

from msgspec import Struct

from jsextract.check.result import result
from jsextract.language.phrase import Phrase
from jsextract.model.report import CheckResult
from jsextract.vocabulary import CheckStatus, Origin, Severity

_LONGEST = 60


class Finding(Struct, frozen=True):
    """One inconsistency with its evidence.

    Attributes:
        item: what it is about, or where it stands.
        message: one sentence, the quote in it.
        stated: the quote.
        computed: what the rest of the document says.
        status: fail, or minor for slips of form and weak evidence.
    """

    item: str
    message: Phrase
    pages: tuple[int, ...] = ()
    stated: str = ""
    computed: str = ""
    status: str = CheckStatus.FAIL
    severity: str = Severity.ERROR
    refs: tuple[str, ...] = ()


def row(check_id: str, found: Finding, *, seen: bool = False) -> CheckResult:
    """The row of checks.csv; what the words say stands in the document, figures beside them as they were read.

    Args:
        check_id: of the rule.
        found: what it found.
        seen: whether the words were recognised in a picture, so that they need not be the document's.
    """
    return result(
        check_id, found.status, item=found.item, message=found.message, severity=found.severity, stated=found.stated,
        computed=found.computed, pages=found.pages, refs=found.refs,
        origin=Origin.UNKNOWN if found.refs or seen else Origin.DOCUMENT,
    )  # fmt: skip


def quoted(words: str, longest: int = _LONGEST) -> str:
    """A quote between its marks, shortened to fit a sentence."""
    return f"“{shortened(words, longest)}”"


def shortened(quote: str, longest: int = _LONGEST) -> str:
    """A quote that fits a sentence."""
    return quote if len(quote) <= longest else f"{quote[: longest - 1]}…"
