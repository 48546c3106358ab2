"""Where an inconsistency comes from: from the document as printed, or from how it was read (差异来源)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from jsextract.check.figure import cell_ref, fact_ref
from jsextract.model.report import CheckResult, Report, TableCell
from jsextract.vocabulary import CheckStatus, Flag, Origin, TextSource

_DIFFERS = frozenset({CheckStatus.FAIL, CheckStatus.MINOR, CheckStatus.ROUNDING})
# What makes a figure less than plainly read.
_UNSURE = frozenset({Flag.LOW_CONFIDENCE, Flag.SEVERAL_VALUES, Flag.NO_ITEM, Flag.UNIT_INFERRED})
Others = Mapping[str, Sequence[Sequence[TableCell]]]


def with_origins(report: Report, others: Others) -> Report:
    """The report with the origin of each difference in its checks, where the check itself does not tell.

    The document, where all figures were read plainly from its text and every reader that was asked saw the same;
    the reading, where characters were left over or rows look torn; otherwise it is unknown.

    Args:
        report: with its checks.
        others: for tables that were in doubt, by name, their cells as each other reader saw them.
    """
    if not any(check.status in _DIFFERS for check in report.checks):
        return report
    flags = {cell_ref(c): set(c.flags) for c in report.cells} | {fact_ref(f): set(f.flags) for f in report.facts}
    mine = _texts(report.cells)
    theirs = {table: [_texts(cells) for cells in read if cells] for table, read in others.items()}
    plain = report.text_source in (TextSource.NATIVE, TextSource.NONE)

    def origin(check: CheckResult) -> str:
        return _origin(check, flags, mine, theirs) if plain else Origin.UNKNOWN

    checks = tuple(
        replace(c, origin=origin(c)) if c.status in _DIFFERS and c.origin == Origin.UNKNOWN else c
        for c in report.checks
    )
    return replace(report, checks=checks)


def _texts(cells: Iterable[TableCell]) -> dict[str, str]:
    return {cell_ref(cell): cell.value_text for cell in cells}


def _origin(
    check: CheckResult,
    flags: Mapping[str, set[str]],
    mine: Mapping[str, str],
    theirs: Mapping[str, Sequence[Mapping[str, str]]],
) -> str:
    known = [ref for ref in check.refs if ref in flags]
    if not known:
        return Origin.UNKNOWN
    if any(Flag.LOW_CONFIDENCE in flags[ref] for ref in known):
        return Origin.READING
    if any(flags[ref] & _UNSURE for ref in known):
        return Origin.UNKNOWN
    for table in {_table(ref) for ref in known if _table(ref) in theirs}:
        own = [ref for ref in known if _table(ref) == table]
        seen = [other for other in theirs[table] if any(ref in other for ref in own)]
        if not seen or any(other.get(ref) != mine[ref] for other in seen for ref in own):
            return Origin.UNKNOWN
    return Origin.DOCUMENT


def _table(ref: str) -> str:
    """The table of a cell's reference; blank for a fact's."""
    kind, _, rest = ref.partition(":")
    return rest.split("/", 1)[0] if kind == "cell" else ""
