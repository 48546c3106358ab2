"""How far each value can be trusted, by how it was read and by the checks that rest on it (证据)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from msgspec.structs import replace

from jsextract.check.doubted import READING
from jsextract.check.figure import cell_ref, fact_ref, is_nothing
from jsextract.check.text import BUDGET_OF
from jsextract.model.report import CheckResult, Fact, Report, TableCell
from jsextract.rules.equation_rules import EquationRule
from jsextract.rules.ruleset import RuleSet
from jsextract.tables.named_cells import NamedCell, named_cells
from jsextract.vocabulary import AGREES, TEXT_MEASURES, CheckStatus, Evidence, Flag, Measure, Named, Severity

_CELL = "cell:"
_UNSURE_CELL = frozenset(
    {Flag.LOW_CONFIDENCE, Flag.NO_ITEM, Flag.SEVERAL_VALUES, Flag.UNIT_INFERRED, Flag.COLUMN_INFERRED}
)
_GUESSED_CELL = _UNSURE_CELL | {Flag.RULING_INFERRED}
_CHOSEN_BY_SUMS = (Flag.READINGS_DIFFER, Flag.MISREAD)
_GUESSED_FACT = frozenset(
    {Flag.BASIS_INHERITED, Flag.YEAR_INFERRED, Flag.UNIT_INFERRED, Flag.MISPRINT, Flag.SIGN_INFERRED, Flag.ARBITRATED}
    | {Flag.LOW_CONFIDENCE}
)
_BY_CELL_ONLY = frozenset({Flag.YEAR_INFERRED, Flag.UNIT_INFERRED, Flag.SIGN_INFERRED})
_NO_NAME = frozenset({Named.ARBITRATED, Named.PARTIAL})
_NO_LISTED_NAME = frozenset({Flag.FREE_NAME, Flag.MISPRINT})
_RELATIVE = frozenset({Measure.CHANGE, Measure.CHANGE_RATE, Measure.SHARE, Measure.COMPLETION_RATE})
_BASE = {"上年": (Measure.PRIOR_YEAR,), **BUDGET_OF}
"""What a change or rate is measured against, and the measure of a fact that states it."""


def with_evidence(report: Report, rules: RuleSet) -> Report:
    """The report with the evidence of every cell and fact, by its checks.

    Args:
        report: with its checks, whose refs name what they rest on.
        rules: which cell states what the text states.
    """
    judge = _Judge(report, rules.equations)
    return replace(report, cells=tuple(map(judge.cell, report.cells)), facts=tuple(map(judge.fact, report.facts)))


class _Judge:
    """The checks of one report by the values that they rest on."""

    def __init__(self, report: Report, rules: Iterable[EquationRule]) -> None:
        self.report, self.rules = report, rules
        self.failing: set[str] = set()
        self.holding: dict[str, list[CheckResult]] = defaultdict(list)
        for check in report.checks:
            if check.check_id == READING or (check.status == CheckStatus.FAIL and check.severity != Severity.INFO):
                self.failing.update(check.refs)
            elif check.status in AGREES:
                for ref in check.confirms:
                    self.holding[ref].append(check)
        self.refs = Counter(map(cell_ref, report.cells))

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        return {fact_ref(fact): fact for fact in self.report.facts}

    @cached_property
    def named(self) -> Sequence[NamedCell]:
        return named_cells(self.report.cells, self.rules)

    def cell(self, cell: TableCell) -> TableCell:
        """The cell with its evidence; what is blank is as it stands."""
        if is_nothing(cell.value_text):
            return cell
        ref, flags = cell_ref(cell), frozenset(cell.flags)
        if ref in self.failing:
            return replace(cell, evidence=Evidence.CONTRADICTED)
        checks = self.holding.get(ref, ()) if self.refs[ref] == 1 else ()
        chosen = Flag.ARBITRATED in flags and any(flag.startswith(_CHOSEN_BY_SUMS) for flag in flags)
        if flags & _UNSURE_CELL or chosen:
            # sums hold wherever a figure stands and whatever its unit is: another place has to tell
            checks = [check for check in checks if any(_place(other) != cell.place for other in check.refs)]
        if checks:
            return replace(cell, evidence=Evidence.CONFIRMED, confirmed_by=_ids(checks))
        return replace(cell, evidence=Evidence.INFERRED) if flags & _GUESSED_CELL or chosen else cell

    def fact(self, fact: Fact) -> Fact:
        """The fact with its evidence."""
        ref = fact_ref(fact)
        if ref in self.failing:
            return replace(fact, evidence=Evidence.CONTRADICTED)
        checks = [check for check in self.holding.get(ref, ()) if self._speaks_for(fact, ref, check)]
        if checks and fact.measure not in TEXT_MEASURES:
            return replace(fact, evidence=Evidence.CONFIRMED, confirmed_by=_ids(checks))
        guessed = fact.named in {*_NO_NAME, Named.INHERITED} or not _GUESSED_FACT.isdisjoint(fact.flags)
        return replace(fact, evidence=Evidence.INFERRED) if guessed else fact

    def _speaks_for(self, fact: Fact, ref: str, check: CheckResult) -> bool:
        """Whether a check that holds the digits of a fact speaks for its name, basis, year and unit, too."""
        by_cell = check.unit != "%" and all(other == ref or other.startswith(_CELL) for other in check.refs)
        if not by_cell and not _BY_CELL_ONLY.isdisjoint(fact.flags):
            return False
        if Flag.LOW_CONFIDENCE in fact.flags:
            return False  # its digits are in doubt
        if fact.named in _NO_NAME or Flag.ARBITRATED in fact.flags:
            return False  # what would speak for it gave it its name or its base, or it is of a longer one
        own = fact.named == Named.OWN and _NO_LISTED_NAME.isdisjoint(fact.flags)
        if not own and not (by_cell and self._is_told_apart(fact)):
            return False
        if not fact.basis and fact.measure in _RELATIVE:
            return False
        return Flag.BASIS_INHERITED not in fact.flags or self._tells_basis(fact, check)

    def _is_told_apart(self, fact: Fact) -> bool:
        """Whether no other name's cell holds the same amount, so that the amount tells the name."""
        if not fact.amount_yuan:
            return False
        return all(
            cell.is_of(fact.item, fact.code)
            for cell in self.named
            if cell.amount == fact.amount_yuan and cell.measure == fact.measure
        )

    def _tells_basis(self, fact: Fact, check: CheckResult) -> bool:
        """Whether a check rests on the very figure that the fact is said to be measured against."""
        others = [self.facts[ref] for ref in check.refs if ref in self.facts and self.facts[ref] is not fact]
        if fact.measure != Measure.SHARE:
            return any(other.measure in _BASE.get(fact.basis, ()) for other in others)
        if not fact.value:
            return False  # nothing is 0 % of anything
        # what no list knows may be a whole, and may be a part whose words the reading took for it
        sure = (other for other in others if other.named == Named.OWN and Flag.FREE_NAME not in other.flags)
        finals = [other for other in sure if other.measure == Measure.FINAL]
        wholes = {other.amount_yuan for other in finals if other.item == fact.basis}
        return bool(wholes) and all(
            other.item in {fact.basis, fact.item}
            for other in self.report.facts
            if other.amount_yuan in wholes and other.measure == Measure.FINAL
        )


def _place(ref: str) -> str:
    """The table of a cell; `fact` for what the text states."""
    kind, _, rest = ref.partition(":")
    return rest.partition("/")[0] if kind == "cell" else kind


def _ids(checks: Iterable[CheckResult]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(check.check_id for check in checks))
