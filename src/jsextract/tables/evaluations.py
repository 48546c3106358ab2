"""Self-evaluations told in tables (项目支出绩效自评表): one form a project, or one row a project."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import regex
from msgspec import Struct
from msgspec.structs import replace

from jsextract.model.document import Cell, Table
from jsextract.model.report import Project
from jsextract.tables.header import distinct, slots_of
from jsextract.tables.values import column_unit
from jsextract.text.amounts import is_money, parse_number
from jsextract.text.normal import squeeze
from jsextract.text.tokens import CIRCLED, HAN
from jsextract.vocabulary import Flag

_NAME_HEAD = regex.compile(r"^(?:项目|专项)(?:（课题）)?名称$|^(?:一级|二级)?项目名称：?$")
_BUDGET = regex.compile(r"^全年预算数?|^(?:调整后|调整)(?:全年)?预算数?|^预算数$")
_INITIAL = regex.compile(r"^年初预算数?")
_EXECUTED = regex.compile(r"^(?:全年|实际|预算)?执行数|^全年执行|^实际支出数?|^执行金额")
_RATE = regex.compile(r"^(?:预算)?(?:执行|完成)率")
_SCORE = regex.compile(r"^(?:自评)?(?:得分|总分|总得分|评分)|^绩效自评得分")
_TOTAL = regex.compile(r"^(?:年度)?(?:项目)?资金(?:总额|合计|总计)|^合计$|^总额$")
_SUM_ROW = regex.compile(r"^(?:总分|合计|总计|自评总分|总得分)")
_GOAL = regex.compile(r"^(?:实际|目标|年度目标|全年)?(?:实际)?完成情况|^(?:年度总体目标)?实际完成情况")
_WHY = regex.compile(r"偏差原因|未完成原因|改进措施|存在问题")
_WHICH = regex.compile(r"三级指标|^指标名称|^指标内容")
_NOTHING = regex.compile(r"^(?:无|—|-|/|暂无|不涉及|无偏差)?$")
_NUMBERS = regex.compile(
    rf"(?:^|(?<=[；。\s]))(?:{HAN}是|(?:目标)?\d{{1,2}}[.、：](?!\d)|（\d{{1,2}}）|{CIRCLED})[，：]?"
)
_TRIM = "，。；、：:;, \n"


def read_evaluation_tables(tables: Iterable[Table], known: Iterable[str] = ()) -> Iterator[Project]:
    """The projects that self-evaluation tables report, in reading order, each once.

    Args:
        tables: of a document, as laid out.
        known: names of projects that its text reports already.
    """
    seen = {_name_key(name) for name in known}
    for table in tables:
        for project in _projects_of(table):
            if _name_key(project.project) not in seen:
                seen.add(_name_key(project.project))
                yield project


def _name_key(name: str) -> str:
    """A project's name as far as two tables must agree on it."""
    return squeeze(name).removesuffix("项目")


def _projects_of(table: Table) -> Iterator[Project]:
    """The projects of one table: those of its list, then those of its forms."""
    if not table.cells:
        return
    rows = [distinct(row) for row in slots_of(table)]
    rows = [[cell for cell in row if cell.row == i] for i, row in enumerate(rows)]
    starts = [i for i, row in enumerate(rows) if _project_named(row)]
    listed = next((i for i, row in enumerate(rows) if _is_list_head(row)), None)
    if listed is not None:
        yield from _read_list(table, rows, listed)
    for at, start in enumerate(starts):
        end = starts[at + 1] if at + 1 < len(starts) else len(rows)
        project = _read_form(table, rows[start:end])
        if project is not None:
            yield project


def _project_named(row: Sequence[Cell]) -> str:
    """The project's name, where the row says 项目名称 | X and no more columns of a list."""
    for cell, following in itertools.pairwise(row):
        if _NAME_HEAD.match(squeeze(cell.text)) and not _is_list_head(row):
            name = _joined_text(following.text)
            return "" if _NOTHING.match(name) else name
    return ""


def _is_list_head(row: Sequence[Cell]) -> bool:
    """Whether the row heads a list of projects: a name, a budget, what was spent."""
    words = [squeeze(cell.text) for cell in row]
    return any(map(_NAME_HEAD.match, words)) and any(map(_EXECUTED.match, words)) and any(map(_BUDGET.match, words))


def _head_cell(head: Sequence[Cell], *patterns: regex.Pattern[str]) -> Cell | None:
    """The first cell of a header row whose words fit, by the first pattern that fits any."""
    for pattern in patterns:
        found = next((cell for cell in head if pattern.match(squeeze(cell.text))), None)
        if found is not None:
            return found
    return None


def _under(row: Sequence[Cell], head: Cell | None) -> Cell | None:
    """The cell of a row that stands under a header cell."""
    if head is None:
        return None
    left, right = head.col, head.col + head.col_span
    return next((cell for cell in row if cell.col < right and left < cell.col + cell.col_span), None)


def _number_of(cell: Cell | None) -> Decimal | None:
    """The number of a cell, None where there is no cell or no number."""
    return parse_number(cell.text) if cell is not None else None


def _joined_text(text: str) -> str:
    """Text without the spaces that stand beside Chinese characters, and without marks at its ends."""
    return regex.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", text).strip(_TRIM)


class _Money(Struct, frozen=True):
    """The figures of a row under a header of money; `flags` says which budget stands in for the full-year one."""

    budget: Decimal | None
    executed: Decimal | None
    rate: Decimal | None
    flags: tuple[str, ...]

    @property
    def told(self) -> bool:
        """Whether any money is stated."""
        return self.budget is not None or self.executed is not None


def _money(head: Sequence[Cell], row: Sequence[Cell]) -> _Money:
    """The figures of a row by the words of the header over it."""
    column = _head_cell(head, _BUDGET, _INITIAL)
    budget = _number_of(_under(row, column))
    initial = budget is not None and column is not None and bool(_INITIAL.match(squeeze(column.text)))
    return _Money(
        budget, _number_of(_under(row, _head_cell(head, _EXECUTED))), _number_of(_under(row, _head_cell(head, _RATE))),
        (Flag.INITIAL_BUDGET,) if initial else (),
    )  # fmt: skip


def _from_row(table: Table, name: str, money: _Money, unit_rows: Sequence[Sequence[Cell]], page: int) -> Project:
    """A project as a row of money tells it."""
    unit, guessed = _printed_unit(table, unit_rows)
    return Project(
        project=_without_suffix(name), full_year_budget=money.budget, executed=money.executed,
        completion_rate=money.rate, score=None, unit=unit, outputs=(), problems=(), improvements=(), page=page,
        flags=(Flag.FROM_TABLE, *money.flags, *((Flag.UNIT_INFERRED,) if guessed else ())),
    )  # fmt: skip


def _printed_unit(table: Table, rows: Sequence[Sequence[Cell]]) -> tuple[str, bool]:
    """万元 or 元 as a cell or the table says it; whether it is a guess."""
    for row in rows:
        for cell in row:
            unit = column_unit((squeeze(cell.text),), "", "")
            if is_money(unit):
                return unit, False
    return (table.unit, False) if table.unit else ("万元", True)


def _read_form(table: Table, rows: Sequence[Sequence[Cell]]) -> Project | None:
    """One form: 项目名称, a row of money under its header, indicators, 总分."""
    at = next(
        (i for i, row in enumerate(rows) if _head_cell(row, _EXECUTED) and _head_cell(row, _BUDGET, _INITIAL)), None
    )
    if at is None:
        return None
    head = rows[at]
    money = next((row for row in rows[at + 1 : at + 4] if any(_TOTAL.match(squeeze(c.text)) for c in row)), None)
    if money is None:
        return None
    figures = _money(head, money)
    if not figures.told:
        return None
    return replace(
        _from_row(table, _project_named(rows[0]), figures, rows, rows[0][0].page),
        score=_total_score(rows), outputs=tuple(_outputs(rows)), problems=tuple(_reasons(rows)),
    )  # fmt: skip


def _without_suffix(name: str) -> str:
    """The name without 项目 at its end, unless that is all of it."""
    return name.removesuffix("项目") or name


def _total_score(rows: Sequence[Sequence[Cell]]) -> Decimal | None:
    """The last figure of the row 总分."""
    for row in reversed(rows):
        if any(_SUM_ROW.match(squeeze(cell.text)) for cell in row[:2]):
            figures = [value for cell in row[1:] if (value := parse_number(cell.text)) is not None]
            return figures[-1] if len(figures) > 1 or (figures and _SCORE.match(squeeze(row[0].text))) else None
    return None


def _outputs(rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """What was achieved: the text under 实际完成情况, by its numbers."""
    for index, row in enumerate(rows[:-1]):
        head = _head_cell(row, _GOAL)
        if head is None or _head_cell(row, _WHICH) is not None:
            continue
        cell = _under(rows[index + 1], head)
        if cell is not None and not _NOTHING.match(_joined_text(cell.text)):
            text = _joined_text(cell.text)
            yield from (part for piece in _NUMBERS.split(text) if (part := piece.strip(_TRIM)))
            return


def _reasons(rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """What stands under 偏差原因分析及改进措施, row by row."""
    for index, row in enumerate(rows):
        head = next((cell for cell in row if _WHY.search(squeeze(cell.text))), None)
        if head is None or _head_cell(row, _WHICH) is None:
            continue
        for below in rows[index + 1 :]:
            cell = _under(below, head)
            text = _joined_text(cell.text) if cell is not None and cell.col == head.col else ""
            if not _NOTHING.match(text) and parse_number(text) is None:
                yield text
        return


def _read_list(table: Table, rows: Sequence[Sequence[Cell]], at: int) -> Iterator[Project]:
    """A list: 序号 | 项目名称 | 全年预算数 | 全年执行数 | 执行率 | 得分, one row a project."""
    head = rows[at]
    name_column, score_column = _head_cell(head, _NAME_HEAD), _head_cell(head, _SCORE)
    for row in rows[at + 1 :]:
        cell = _under(row, name_column)
        name = _joined_text(cell.text) if cell is not None else ""
        figures = _money(head, row)
        if cell is None or not figures.told or _NOTHING.match(name) or _SUM_ROW.match(name):
            continue
        yield replace(_from_row(table, name, figures, [head], cell.page), score=_number_of(_under(row, score_column)))
