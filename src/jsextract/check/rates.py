"""Shares and completion rates recomputed (占比、完成率)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jsextract.check.beside import as_named, fair, finals_beside
from jsextract.check.figure import Figure, fact_ref
from jsextract.check.result import judged, not_checkable, result
from jsextract.check.sentences import amount, apart_in_points, measured, name, plain
from jsextract.check.table_index import TableIndex
from jsextract.check.tables import Grids, full_scope
from jsextract.check.text import BUDGET_OF, BUDGETS, Statement, Text
from jsextract.check.tolerance import Comparison, judge_ratio
from jsextract.language.phrase import Phrase, phrase
from jsextract.model.report import CheckResult, Fact
from jsextract.rules.denominators import Denominators
from jsextract.rules.ruleset import RuleSet
from jsextract.rules.table_definitions import about
from jsextract.text.normal import squeeze
from jsextract.vocabulary import AGREES, DIFFERS, CheckStatus, Flag, Measure, Severity, Topic

_RANK = tuple(CheckStatus)
_AMOUNTS = (Measure.FINAL, Measure.BUDGET, Measure.FULL_YEAR_BUDGET, Measure.INITIAL_BUDGET)
_NAMES = {Measure.INITIAL_BUDGET: "年初预算", Measure.FULL_YEAR_BUDGET: "全年预算", Measure.BUDGET: "预算"}

THREE_PUBLIC_ROWS = {
    "“三公”经费合计": "合计",
    "公务用车购置及运行维护费": "公务用车购置及运行维护费/小计",
    "公务用车购置费": "公务用车购置及运行维护费/公务用车购置费",
    "公务用车运行维护费": "公务用车购置及运行维护费/公务用车运行维护费",
}
"""Items of the text → rows of their table, where these are called otherwise."""


def rates(text: Text, grids: Grids, rules: RuleSet) -> Iterator[CheckResult]:
    """The results for every share and every completion rate whose parts are known."""
    three_public = grids.get(about(rules.tables, Topic.THREE_PUBLIC))
    for said in text.numbers:
        if said.fact.unit != "%":
            continue
        if said.fact.measure == Measure.SHARE:
            yield from _share(said, text, grids, rules.denominators)
        elif said.fact.measure == Measure.COMPLETION_RATE:
            yield from _completion(said, text, three_public)


def _share_in(fact: Fact) -> Phrase:
    return phrase("share in {basis}", basis=fact.basis)


def _rate_of(fact: Fact) -> Phrase:
    return phrase("rate of {basis}", basis=fact.basis)


def best_ratio(rate: Figure, part: Figure, wholes: Iterable[Figure]) -> tuple[Comparison, Figure] | None:
    """The comparison that agrees best, the first one of those that do not; None where no whole is above zero."""
    found = [(made, whole) for whole in wholes if (made := judge_ratio(rate, part, whole)) is not None]
    return min(found, key=lambda pair: _RANK.index(pair[0].status), default=None)


def ratio_message(item: str, what: Phrase, rate: Figure, part: Figure, whole: Figure, found: Comparison) -> Phrase:
    """One sentence with the rate, the two figures that it comes from and what they give."""
    values = {"item": item, "what": what, "rate": amount(rate), "part": amount(part), "whole": amount(whole)}
    if found.status == CheckStatus.PASS:
        return phrase("{item}: the {what} is {rate}, which is {part} of {whole}.", **values)
    computed = measured(plain(found.computed), "%")
    return phrase(
        "{item}: the text states a {what} of {rate}, {part} of {whole} is {computed}, {apart}.",
        **values, computed=computed, apart=apart_in_points(found),
    )  # fmt: skip


def _share(said: Statement, text: Text, grids: Grids, denominators: Denominators) -> Iterator[CheckResult]:
    """A share against its item and the denominator that it names; no row where one of them is not known."""
    fact = said.fact
    part = text.nearest(said, fact.item, _AMOUNTS)
    if part is None:
        return
    rate, spent = text.figure(said), text.figure(part)
    wholes = _wholes(said, text, grids, denominators)
    found = best_ratio(rate, spent, wholes)
    if found and found[0].status in DIFFERS and _is_guessed(said, found[1], text):
        why = phrase("whether it is a share of {name} is not said", name=name(found[1]))
        yield not_checkable("text.share", [rate, spent, found[1]], item=fact.item, why=why)
    elif found and found[0].status in DIFFERS and not _is_meant(said, found[1], text, denominators):
        why = phrase("{basis} is not stated here, only {name}", basis=fact.basis, name=name(found[1]))
        yield not_checkable("text.share", [rate, spent, found[1]], item=fact.item, why=why)
    elif found:
        message = ratio_message(fact.item, _share_in(fact), rate, spent, found[1], found[0])
        made = judged("text.share", found[0], [rate, spent, found[1]], item=fact.item, message=message)
        yield fair(made, rate, finals_beside(said, text), lambda other: _status(rate, spent, other))


def _status(rate: Figure, part: Figure, whole: Figure) -> str:
    """The status of a rate of two figures; blank where the whole may be zero."""
    found = judge_ratio(rate, part, whole)
    return found.status if found else ""


def _is_guessed(said: Statement, whole: Figure, text: Text) -> bool:
    """Whether a share names no whole, and what was taken for it has a name that no list knows (a part, perhaps)."""
    if Flag.BASIS_INHERITED not in said.fact.flags:
        return False
    return any(Flag.FREE_NAME in s.fact.flags for s in text.numbers if fact_ref(s.fact) == whole.ref)


def _is_meant(said: Statement, whole: Figure, text: Text, denominators: Denominators) -> bool:
    """Whether a denominator is surely the one that was named: by its own name, beside the share, or from a table."""
    fact = said.fact
    if denominators.is_wider(fact.basis, whole.name):
        return False
    beside = any(fact_ref(s.fact) == whole.ref for s in text.sections[fact.section])
    return beside or whole.ref.startswith("cell:") or whole.name.startswith(f"{fact.basis} ")


def _wholes(said: Statement, text: Text, grids: Grids, denominators: Denominators) -> list[Figure]:
    """What the name of a denominator may mean, the likeliest first: nearest in the section, in the text, in a table."""
    names = denominators.meanings(said.fact.basis)
    facts = _as_printed(said, text)
    for one in names:
        near = text.nearest(said, one, _AMOUNTS[:1])
        facts += [near] if near else []
    cells = full_scope(grids)
    tables = [cell for name in names if ":" in name and (cell := cells.one(name)) and not cell.unread and cell.value]
    if tables:
        return tables + [text.figure(s) for s in facts]
    if not facts:
        facts = [s for name in names for s in text.of(name, Measure.FINAL)]
    return [text.figure(s) for s in facts]


def _as_printed(said: Statement, text: Text) -> list[Statement]:
    """The finals of a share's own sentence that are printed as what it is said to be of, whatever they are called."""
    own = (s for s in text.sections[said.fact.section] if s.fact.sentence == said.fact.sentence)
    return [s for s in own if s.fact.measure == Measure.FINAL and squeeze(s.fact.item_text) == said.fact.basis]


def _completion(said: Statement, text: Text, three_public: TableIndex | None) -> Iterator[CheckResult]:
    """A completion rate against the budget that it names; where only another budget gives it, the name is wrong."""
    fact = said.fact
    final = text.nearest(said, fact.item, (Measure.FINAL,))
    if final is None:
        return
    rate, spent = text.figure(said), text.figure(final)
    measures = BUDGET_OF.get(fact.basis, BUDGETS)
    named = [text.figure(s) for m in measures if (s := text.nearest(said, fact.item, (m,)))]
    if not named and fact.basis not in BUDGET_OF:
        named = _table_budget(said, three_public)
    unnamed = [] if named else [text.figure(s) for s in (text.nearest(said, fact.item, (Measure.BUDGET,)),) if s]
    loose = best_ratio(rate, spent, unnamed)
    if loose:
        yield _of_some_budget(said, rate, spent, loose[1], loose[0])
        return
    found = best_ratio(rate, spent, named)
    others = [(m, s) for m in BUDGETS if m not in measures and (s := text.nearest(said, fact.item, (m,)))]
    for measure, other in others:
        whole = text.figure(other)
        fits = judge_ratio(rate, spent, whole)
        if named and fits and fits.status in AGREES and (found is None or found[0].status in DIFFERS):
            yield _wrong_base(said, rate, spent, named[0], whole, _NAMES[measure])
            return
    if found:
        message = ratio_message(fact.item, _rate_of(fact), rate, spent, found[1], found[0])
        made = judged("text.rate", found[0], [rate, spent, found[1]], item=fact.item, message=message)
        made = as_named(made, final.fact, fact)
        yield fair(made, rate, finals_beside(said, text), lambda other: _status(rate, other, found[1]))
    elif named and rate.value and named[0].value == 0:
        message = phrase(
            "{item}: the text states a {what} of {rate}; {basis} is {whole}, of which there is no rate.",
            item=fact.item, what=_rate_of(fact), rate=amount(rate), basis=fact.basis, whole=amount(named[0]),
        )  # fmt: skip
        # 0 of 0 is nothing that contradicts itself
        severity = Severity.ERROR if spent.value else Severity.WARNING
        yield undefined("text.rate", fact.item, message, [rate, spent, named[0]], severity=severity)


def _of_some_budget(said: Statement, rate: Figure, spent: Figure, whole: Figure, found: Comparison) -> CheckResult:
    """A rate of 年初预算 or 全年预算 against a budget of which the text does not say which it is."""
    fact = said.fact
    figures = [rate, spent, whole]
    if found.status in DIFFERS:
        why = phrase("whether {whole} is the {basis} is not said", whole=amount(whole), basis=fact.basis)
        return not_checkable("text.rate", figures, item=fact.item, why=why)
    message = ratio_message(fact.item, _rate_of(fact), rate, spent, whole, found)
    return judged("text.rate", found, figures, item=fact.item, message=message)


def _table_budget(said: Statement, grid: TableIndex | None) -> list[Figure]:
    """The budget of a 三公 item in its table."""
    if said.fact.topic != Topic.THREE_PUBLIC or grid is None:
        return []
    row = grid.row(THREE_PUBLIC_ROWS.get(said.fact.item, said.fact.item))
    figure = grid.figure(row, "预算数")
    return [figure] if figure and figure.value and not figure.blank else []


def _wrong_base(
    said: Statement, rate: Figure, spent: Figure, named: Figure, other: Figure, known_as: str
) -> CheckResult:
    """N6: the budget that a rate names is not the one that gives it."""
    fact = said.fact
    message = phrase(
        "{item}: the text states {rate} of {basis}, which is {named}; {rate} is the rate of {other_basis}, "
        "{part} of {other}.",
        item=fact.item, rate=amount(rate), basis=fact.basis, named=amount(named), other_basis=known_as,
        part=amount(spent), other=amount(other),
    )  # fmt: skip
    return undefined("text.rate_base", fact.item, message, [rate, spent, named, other])


def undefined(
    check_id: str, item: str, message: Phrase, figures: Sequence[Figure], severity: str = Severity.ERROR
) -> CheckResult:
    """A failed row for a statement that cannot be right, whatever its digits; the first figure is the one stated."""
    return result(
        check_id,
        CheckStatus.FAIL,
        item=item,
        message=message,
        severity=severity,
        stated=figures[0].value if figures[0].value is not None else "",
        unit=figures[0].unit,
        pages=[f.page for f in figures],
        refs=[f.ref for f in figures],
    )
