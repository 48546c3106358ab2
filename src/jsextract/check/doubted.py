"""What rests on a table that may have been read wrongly: told once a table, held against no document (存疑的表)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec.structs import replace

from jsextract.check.figure import fact_ref
from jsextract.check.result import at_most_warned, result
from jsextract.check.roots import COLUMN, following, with_roots
from jsextract.check.table_index import TOTAL
from jsextract.language.phrase import phrase
from jsextract.model.report import CheckResult, Fact, Report, TableCell
from jsextract.rules.equation_rules import EquationRule
from jsextract.vocabulary import DIFFERS, CheckStatus, Flag, Origin, Severity

READING = "table.reading"
# So many errors of one table that no one figure explains, and of which readers do not agree that they are printed.
_MANY = 2
_TABLE = re.compile(r"T\d(?:@\S+)?")


def settled(
    checks: Sequence[CheckResult],
    doubted: Collection[str],
    cells: Sequence[TableCell] = (),
    rules: Sequence[EquationRule] = (),
    *,
    vouched: Collection[str] = (),
) -> tuple[CheckResult, ...]:
    """The checks, each error told once; what rests on a table in doubt is not checkable, and one row a table says so.

    Args:
        checks: with their origins.
        doubted: the tables whose reading is in doubt, by their places (`T3`, `T3@局本级`).
        cells: of the document, which tell where its tables stand and which columns they have.
        rules: the equations, which tell which columns add up.
        vouched: references of what somebody compared with the page; what rests on one stays as it was found.
    """
    rooted = with_roots(checks)
    if any(check.status in DIFFERS for check in checks):
        doubted = {*doubted, *_crowded(checks, rooted), *_short_of_columns(checks, cells, rules)}
    if not doubted:
        return rooted
    held = with_roots([_withheld(c, doubted) if frozenset(c.refs).isdisjoint(vouched) else c for c in checks])
    pages = {table: [cell.page for cell in cells if cell.place == table] for table in sorted(doubted)}
    return (*held, *(_told(table, own, held) for table, own in pages.items()))


def spared(
    checks: Iterable[CheckResult], facts: Iterable[Fact], vouched: Collection[str] = ()
) -> tuple[CheckResult, ...]:
    """The checks; those that differ and rest on a fact whose words or digits may be misread are not checkable.

    Args:
        checks: with their origins.
        facts: of the document.
        vouched: references of what somebody compared with the page.
    """
    unsure = {fact_ref(fact) for fact in facts if Flag.LOW_CONFIDENCE in fact.flags}.difference(vouched)

    def spare(check: CheckResult) -> CheckResult:
        if check.status not in DIFFERS or unsure.isdisjoint(check.refs):
            return check
        return _not_checkable(check)

    return tuple(map(spare, checks)) if unsure else tuple(checks)


def misread_tables(*reports: Report) -> frozenset[str]:
    """The places of the tables of which `settled` said that they may have been read wrongly."""
    return frozenset(check.item for report in reports for check in report.checks if check.check_id == READING)


def _crowded(checks: Iterable[CheckResult], rooted: Iterable[CheckResult]) -> Iterator[str]:
    """The tables whose own checks show several errors, none of them the document's for sure."""
    errors: Counter[str] = Counter()
    for check, told in zip(checks, rooted, strict=False):  # rows about columns follow
        if check.status in DIFFERS and check.check_id.startswith("table.") and check.origin != Origin.DOCUMENT:
            is_one = not told.follows or told.follows.startswith(f"{COLUMN} ")
            errors.update(_tables(check) if is_one else ())
    yield from (table for table, number in errors.items() if number >= _MANY)


def _short_of_columns(
    checks: Sequence[CheckResult], cells: Sequence[TableCell], rules: Iterable[EquationRule]
) -> Iterator[str]:
    """The tables whose columns do not add up, in the row of totals and in others, and that lack one that would.

    Such a column was printed beside the others, and none of the readers found it.
    """
    columns: dict[str, set[str]] = defaultdict(set)
    for cell in cells:
        columns[cell.place].add(cell.column)
    for rule in rules:
        failed = [c for c in checks if c.check_id == rule.id and c.status in DIFFERS] if rule.each == "row" else []
        names = [(term.name, *rule.also.get(term.name, ())) for term in rule.equation.right]
        for table in set().union(*map(_tables, failed)):
            own = [check for check in failed if table in _tables(check)]
            lacks = any(columns[table].isdisjoint(one) for one in names)
            if lacks and 0 < sum(TOTAL.search(check.item) is not None for check in own) < len(own):
                yield table


def _tables(check: CheckResult) -> set[str]:
    """The tables that a check rests on: those of its figures, and those that it names because a row is not there."""
    places = {ref.removeprefix("cell:").split("/", 1)[0] for ref in check.refs if ref.startswith("cell:")}
    return places | {word for word in check.item.split() if _TABLE.fullmatch(word)}


def _withheld(check: CheckResult, doubted: Collection[str]) -> CheckResult:
    """A failing check that rests on a table in doubt as one that could not be made; others as they are."""
    tables = sorted(_tables(check).intersection(doubted)) if check.status in DIFFERS else []
    if not tables:
        return check
    root = f"{READING} {tables[0]}"
    return _not_checkable(following(check, root))


def _not_checkable(check: CheckResult) -> CheckResult:
    """A check that differs as one that could not be made, since its figures may have been read wrongly."""
    severity = at_most_warned(check.severity)
    return replace(check, status=CheckStatus.NOT_CHECKABLE, severity=severity, origin=Origin.READING)


def _told(table: str, pages: Iterable[int], checks: Iterable[CheckResult]) -> CheckResult:
    """The one row about a table in doubt; its references are those of its cells that did not agree."""
    about = f"{READING} {table}"
    own = [check for check in checks if check.follows == about]
    message = (
        phrase(
            "Table {table} may have been read wrongly; {number} of the checks that rest on it do not hold.",
            table=table,
            number=len(own),
        )
        if own
        else phrase("Table {table} may have been read wrongly.", table=table)
    )
    return result(
        READING,
        CheckStatus.NOT_CHECKABLE,
        item=table,
        message=message,
        severity=Severity.WARNING,
        pages=pages,
        refs=[ref for check in own for ref in check.refs if ref.startswith(f"cell:{table}/")],
        origin=Origin.READING,
    )
