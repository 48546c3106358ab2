"""The rows of an account as a whole: accounts.csv and the panel, from the rows of each of its documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from jsextract.dataset.columns_accounts import ACCOUNTS
from jsextract.dataset.columns_indicators import INDICATORS_SOURCE, INDICATORS_WIDE
from jsextract.dataset.indicator_list import INDICATORS
from jsextract.dataset.rendered import Rendered, csv_text, rows_of
from jsextract.model.report import CheckResult
from jsextract.vocabulary import DocumentStatus, Flag, IndicatorStatus, TextSource

RESOURCES = (ACCOUNTS, INDICATORS_WIDE, INDICATORS_SOURCE)
"""The files whose rows are an account's, not a document's."""
_COUNTS = ("cells", "facts", "projects", "checks_fail", "checks_minor")
_RANK = {str(status): rank for rank, status in enumerate(IndicatorStatus)}
_Row = dict[str, str]


class MemberDocument(Struct, frozen=True):
    """A document among those of its account.

    Attributes:
        rendered: its rows.
        further: its checks that rest on other documents.
        is_duplicate: whether an earlier document of the account has the same data.
        is_stranger: whether its figures do not fit the account's, so that the panel takes none of them.
    """

    rendered: Rendered
    further: tuple[CheckResult, ...] = ()
    is_duplicate: bool = False
    is_stranger: bool = False


def whole_rows(parts: Iterable[MemberDocument]) -> tuple[str, ...]:
    """The rows of one account, as text, in the order of RESOURCES.

    Args:
        parts: its documents in the order of the dataset, at least one.
    """
    account: _Row = {}
    panel = _Panel()
    for part in parts:
        for row in rows_of(part.rendered, ACCOUNTS):
            account = _joined(account, _counted(row, part.further), repeated=part.is_duplicate)
        if not part.is_duplicate and not part.is_stranger:
            panel.add(part.rendered)
    return (csv_text([account.values()] if account else []), *panel.texts())


def _counted(row: _Row, further: Iterable[CheckResult]) -> _Row:
    """A document's row with its further checks."""
    found = Counter(f"checks_{check.status}" for check in further)
    return row | {name: str(int(row[name]) + found[name]) for name in _COUNTS if name in found}


def _joined(account: _Row, row: _Row, *, repeated: bool) -> _Row:
    """The account's row with one more document; what a duplicate repeats is not counted again."""
    if not account:
        return row
    joined = {
        "region": account["region"] or row["region"],
        "documents": ";".join(dict.fromkeys((*account["documents"].split(";"), row["documents"]))),
    }
    if not repeated:
        joined |= {name: str(int(account[name]) + int(row[name])) for name in _COUNTS}
        joined["tables"] = ";".join(sorted(filter(None, {*account["tables"].split(";"), *row["tables"].split(";")})))
        joined["text_source"] = _source({account["text_source"], row["text_source"]})
        joined["status"] = account["status"] if account["status"] == row["status"] else DocumentStatus.PARTIAL
    return account | joined


def _source(sources: set[str]) -> str:
    """Where the text of several documents comes from; one that gave no text does not count."""
    told = sources - {TextSource.NONE}
    return TextSource.NONE if not told else told.pop() if len(told) == 1 else TextSource.MIXED


class _Panel:
    """The variables of an account: a cell of the first document that has one, else a sentence, and so on."""

    def __init__(self) -> None:
        self._wide: _Row = {}
        self._documents: list[str] = []
        self._found: dict[str, _Row] = {}

    def add(self, rendered: Rendered) -> None:
        """One more document; one that could not be read has no row."""
        for row in rows_of(rendered, INDICATORS_WIDE):
            self._documents.append(row["document_id"])
            self._wide = self._wide or row
            self._wide["region"] = self._wide["region"] or row["region"]
        for row in rows_of(rendered, INDICATORS_SOURCE):
            known = self._found.setdefault(row["indicator"], row)
            if _RANK[row["status"]] < _RANK[known["status"]]:
                self._found[row["indicator"]] = row

    def texts(self) -> tuple[str, str]:
        """Its row of indicators.csv and its rows of indicators_source.csv."""
        if not self._wide:
            return "", ""
        sources = [self._found[one.name] for one in INDICATORS if one.name in self._found]
        wide = self._wide | {row["indicator"]: row["value"] for row in sources}
        wide["documents"] = ";".join(dict.fromkeys(self._documents))
        doubted = (row["indicator"] for row in sources if Flag.LOW_CONFIDENCE in row["flags"].split(";"))
        wide["low_confidence"] = ";".join(doubted)
        return csv_text([wide.values()]), csv_text(row.values() for row in sources)
