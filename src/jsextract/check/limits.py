"""What no figure of its kind exceeds, and budgets whose cell is blank (得分、“三公”经费预算、执行率)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec.structs import replace

from jsextract.check.figure import TEXT, Figure
from jsextract.check.rates import THREE_PUBLIC_ROWS, ratio_message
from jsextract.check.result import judged, result
from jsextract.check.sentences import amount
from jsextract.check.table_index import Row, TableIndex
from jsextract.check.text import BUDGETS, Statement, Text
from jsextract.check.tolerance import HUNDRED, Comparison, judge_ratio, judge_sum
from jsextract.language.phrase import phrase
from jsextract.model.report import CheckResult, Project, Report
from jsextract.vocabulary import AGREES, CheckStatus, Flag, Measure, Severity, Topic


def limits(report: Report, text: Text, three_public: TableIndex | None) -> Iterator[CheckResult]:
    """Scores up to 100, 三公 within their budgets, budgets of the text against blank cells, rates in project forms."""
    for said in text.numbers:
        if said.fact.measure == Measure.SCORE:
            yield _score(text.figure(said), said.fact.item)
    yield from _within_budget(text, three_public)
    if three_public is not None:
        yield from _blank(text, three_public)
    for project in report.projects:
        if Flag.FROM_TABLE in project.flags:
            yield from _form(project, text)


def _score(score: Figure, item: str) -> CheckResult:
    over = (score.value or 0) > HUNDRED
    values = {"item": item, "score": score.printed}
    return result(
        "text.score",
        CheckStatus.FAIL if over else CheckStatus.PASS,
        item=item,
        message=phrase("{item}: the score is {score}, of 100 at most.", **values)
        if over
        else phrase("{item}: the score is {score}.", **values),
        stated=score.value if score.value is not None else "",
        computed=HUNDRED,
        unit=score.unit,
        pages=[score.page],
        refs=[score.ref],
    )


# ---- 三公


def _row(said: Statement, grid: TableIndex) -> Row | None:
    item = said.fact.item
    return grid.row(THREE_PUBLIC_ROWS.get(item, item))


def _within_budget(text: Text, grid: TableIndex | None) -> Iterator[CheckResult]:
    """Every 三公 item that is above its budget, for information: it need not be wrong."""
    if grid is not None:
        pairs = [(row.item, grid.figure(row, "决算数"), grid.figure(row, "预算数")) for row in grid.rows]
    else:
        pairs = list(_in_text(text))
    for item, final, budget in pairs:
        if final is None or budget is None or not final.value or budget.blank or budget.unread:
            continue
        found = judge_sum([(1, final)], [(1, budget)], "<=")
        within = found.status in AGREES
        values = {"item": item, "final": amount(final), "budget": amount(budget)}
        yield judged(
            "text.three_public_over_budget",
            found if within else _minor(found),
            [final, budget],
            item=item,
            message=phrase("{item}: the final figure is {final}, within the budget of {budget}.", **values)
            if within
            else phrase("{item}: the final figure is {final}, more than the budget of {budget}.", **values),
            severity=Severity.INFO,
        )


def _minor(found: Comparison) -> Comparison:
    return replace(found, status=CheckStatus.MINOR)


def _in_text(text: Text) -> Iterator[tuple[str, Figure, Figure]]:
    for said in text.topics.get(Topic.THREE_PUBLIC, ()):
        if said.fact.measure == Measure.FINAL and said.fact.amount_yuan is not None:
            budget = text.nearest(said, said.fact.item, BUDGETS, years={said.fact.year})
            if budget is not None:
                yield said.fact.item, text.figure(said), text.figure(budget)


def _blank(text: Text, grid: TableIndex) -> Iterator[CheckResult]:
    """Budgets that the text states and the table leaves blank."""
    if not any(grid.figure(row, "决算数") or grid.figure(row, "预算数") for row in grid.rows):
        return
    for said in text.topics.get(Topic.THREE_PUBLIC, ()):
        cell = grid.figure(_row(said, grid), "预算数") if said.fact.measure in BUDGETS else None
        if cell is None or not cell.blank or not said.fact.value:
            continue
        stated = text.figure(said)
        yield result(
            "text.budget_blank",
            CheckStatus.FAIL,
            item=said.fact.item,
            message=phrase(
                "{item}: the text states a budget of {budget}, in table {table} it is blank.",
                item=said.fact.item,
                budget=amount(stated),
                table=grid.table,
            ),
            severity=Severity.WARNING,
            stated=stated.value or Decimal(0),
            unit=stated.unit,
            pages=[stated.page, cell.page],
            refs=[stated.ref, cell.ref],
        )


# ---- forms of self-evaluation


def _form(project: Project, text: Text) -> Iterator[CheckResult]:
    """The score and the rate of execution that a form prints."""

    def figure(name: str, value: Decimal, unit: str) -> Figure:
        return Figure(name, value, text.places.step(TEXT, unit, value), unit, f"{value:f}", "", project.page)

    if project.score is not None:
        yield _score(figure("score", project.score, "分"), project.project)
    rate, budget, spent = project.completion_rate, project.full_year_budget, project.executed
    if rate is None or not budget or spent is None:
        return
    stated, part = figure("rate", rate, "%"), figure("spent", spent, project.unit)
    whole = figure("budget", budget, project.unit)
    found = judge_ratio(stated, part, whole)
    if found is not None:
        message = ratio_message(project.project, phrase("rate of execution"), stated, part, whole, found)
        yield judged("table.project_rate", found, [stated, part, whole], item=project.project, message=message)
