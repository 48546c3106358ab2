"""Where an inconsistency comes from: from the document as printed, or from how it was read (差异来源)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from msgspec.structs import replace

from jsextract.check.figure import cell_ref, fact_ref
from jsextract.check.result import at_most_warned
from jsextract.model.report import CheckResult, Fact, Report, TableCell
from jsextract.vocabulary import CheckStatus, Flag, Named, Origin, TextSource

_DIFFERS = frozenset({CheckStatus.FAIL, CheckStatus.MINOR, CheckStatus.ROUNDING})
_NAMED_THERE = frozenset({Named.OWN, Named.SHORT})
# What makes a cell less than plainly read.
_UNSURE = frozenset(
    {
        Flag.LOW_CONFIDENCE, Flag.SEVERAL_VALUES, Flag.NO_ITEM, Flag.UNIT_INFERRED, Flag.CLIPPED, Flag.OVERPRINTED,
        Flag.COLOUR_NEGATIVE, Flag.OVERFLOWED, Flag.FORMULA_UNEVALUATED, Flag.COLUMN_INFERRED,
    }
)  # fmt: skip
# What makes a fact one whose name, base, year or sign is not told where it stands.
_UNSURE_FACT = _UNSURE | {
    Flag.FREE_NAME, Flag.MISPRINT, Flag.BASIS_INHERITED, Flag.YEAR_INFERRED, Flag.ARBITRATED, Flag.SIGN_INFERRED,
}  # fmt: skip
Others = Mapping[str, Sequence[Sequence[TableCell]]]


def with_origins(
    report: Report, others: Others, *, vouched: Collection[str] = (), doubted: Collection[str] = ()
) -> Report:
    """The report with the origin of each difference in its checks, where the check itself does not tell.

    The document, where all figures were read plainly from its text under names of their own and every reader that was
    asked saw the same; the reading, where characters were left over or rows look torn; otherwise it is unknown. What
    is not the document's for sure is a warning at most: no check accuses a document of what may be its reader's.

    Args:
        report: with its checks.
        others: for tables that were in doubt, by name, their cells as each other reader saw them.
        vouched: references of what somebody compared with the page.
        doubted: tables that were in doubt, and of which it is not known any more what others saw.
    """
    if not any(check.status in _DIFFERS for check in report.checks):
        return report
    sure = {cell_ref(c): _of_cell(c) for c in report.cells} | {fact_ref(f): _of_fact(f) for f in report.facts}
    sure |= {ref: Origin.DOCUMENT for ref in vouched if ref in sure}
    mine = _texts(report.cells)
    theirs = {table: [_texts(cells) for cells in read if cells] for table, read in others.items()}
    unsettled = {ref for c in report.cells if c.table in doubted and (ref := cell_ref(c)) not in vouched}
    plain = report.text_source in (TextSource.NATIVE, TextSource.NONE)

    def origin(check: CheckResult) -> str:
        return _origin(check, sure, mine, theirs, unsettled) if plain else Origin.UNKNOWN

    checks = tuple(
        _fair(replace(c, origin=origin(c)) if c.origin == Origin.UNKNOWN else c) if c.status in _DIFFERS else c
        for c in report.checks
    )
    return replace(report, checks=checks)


def doubted_tables(*reports: Report) -> frozenset[str]:
    """The tables of documents that were in doubt, so that others read them again."""
    return frozenset(
        table for report in reports for seen in report.opinions for table in seen.table.split(";") if table
    )


def _fair(check: CheckResult) -> CheckResult:
    """The check, a warning at most where the document need not be to blame."""
    return check if check.origin == Origin.DOCUMENT else replace(check, severity=at_most_warned(check.severity))


def _of_cell(cell: TableCell) -> str:
    """Whose a difference is that rests on a cell alone."""
    if Flag.LOW_CONFIDENCE in cell.flags:
        return Origin.READING
    return Origin.DOCUMENT if _UNSURE.isdisjoint(cell.flags) else Origin.UNKNOWN


def _of_fact(fact: Fact) -> str:
    """Whose a difference is that rests on a fact alone."""
    plain = fact.named in _NAMED_THERE and _UNSURE_FACT.isdisjoint(fact.flags)
    return Origin.DOCUMENT if plain else Origin.UNKNOWN


def _texts(cells: Iterable[TableCell]) -> dict[str, str]:
    return {cell_ref(cell): cell.value_text for cell in cells}


def _origin(
    check: CheckResult,
    sure: Mapping[str, str],
    mine: Mapping[str, str],
    theirs: Mapping[str, Sequence[Mapping[str, str]]],
    unsettled: AbstractSet[str],
) -> str:
    known = [ref for ref in check.refs if ref in sure]
    told = {sure[ref] for ref in known} or {Origin.UNKNOWN}
    for doubtful in (Origin.READING, Origin.UNKNOWN):
        if doubtful in told:
            return doubtful
    if not unsettled.isdisjoint(known):
        return Origin.UNKNOWN
    for table in {_table(ref, theirs) for ref in known} & theirs.keys():
        own = [ref for ref in known if _table(ref, theirs) == table]
        seen = [other for other in theirs[table] if any(ref in other for ref in own)]
        if not seen or any(other.get(ref) != mine[ref] for other in seen for ref in own):
            return Origin.UNKNOWN
    return Origin.DOCUMENT


def _table(ref: str, theirs: Collection[str]) -> str:
    """The table of a cell's reference, a unit's own where it is among others'; blank for a fact's."""
    kind, _, rest = ref.partition(":")
    place = rest.split("/", 1)[0] if kind == "cell" else ""
    return place if place in theirs else place.partition("@")[0]
