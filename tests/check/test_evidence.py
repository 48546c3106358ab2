"""What a value is worth: confirmed, stated, inferred, contradicted."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from msgspec.structs import replace

from jsextract.check.equations import equations
from jsextract.check.evidence import with_evidence
from jsextract.check.figure import Figure
from jsextract.check.tolerance import judge_equal, judge_ratio, judge_sum
from jsextract.model.report import Fact, Report, TableCell
from jsextract.rules.ruleset import load_rules
from jsextract.vocabulary import Evidence, Flag, Named
from tests.check.made import row, said
from tests.made import report


def judged(cells: Sequence[TableCell] = (), facts: Sequence[Fact] = ()) -> Report:
    rules = load_rules()
    made = replace(report(), cells=tuple(cells), facts=tuple(facts), checks=(), year=2024)
    return with_evidence(replace(made, checks=equations(made, rules)), rules)


def evidence(cells: Sequence[TableCell] = (), facts: Sequence[Fact] = ()) -> list[str]:
    """The evidence of the facts, in order."""
    return [fact.evidence for fact in judged(cells, facts).facts]


def shared(part: str, whole: str, rate: str, **changes: object) -> list[Fact]:
    """A list of one: its whole, its part, the part's share."""
    item = str(changes.pop("item", "其他收入"))
    return [
        said("本年收入合计", "final", whole, topic="income"),
        said(item, "final", part, topic="income", flags=("from_list",), **changes),
        said(item, "share", rate, "%", topic="income", basis="本年收入合计", **changes),
    ]


def test_a_share_confirms_the_rate_and_its_amounts_only_to_its_own_precision():
    assert evidence(facts=shared("250.00", "1000.00", "25.00")) == ["stated", "stated", "confirmed"]
    assert evidence(facts=shared("2.50", "10.00", "25.00")) == ["confirmed", "confirmed", "confirmed"]
    assert evidence(facts=shared("2.50", "10.00", "26.00")) == ["contradicted"] * 3


def test_the_checks_that_confirm_are_named():
    rate = judged(facts=shared("250.00", "1000.00", "25.00")).facts[2]
    assert rate.confirmed_by == ("text.share",)


def test_arithmetic_alone_confirms_no_inherited_name():
    assert evidence(facts=shared("2.50", "10.00", "25.00", named=Named.INHERITED))[1:] == ["inferred", "inferred"]


GUESSED = (Flag.FREE_NAME, Flag.MISPRINT, Flag.UNIT_INFERRED, Flag.YEAR_INFERRED, Flag.ARBITRATED)


@pytest.mark.parametrize("flags", [(flag,) for flag in GUESSED])
def test_arithmetic_alone_confirms_nothing_that_was_guessed(flags: tuple[str, ...]):
    facts = shared("2.50", "10.00", "25.00")
    facts[2] = replace(facts[2], flags=flags)
    assert evidence(facts=facts)[2] == ("stated" if flags == (Flag.FREE_NAME,) else "inferred")


RECEPTION = row("T7", 0, "", "公务接待费", 预算数="3.50", 决算数="2.40")
TRAVEL = row("T7", 1, "", "因公出国（境）费", 预算数="3.50", 决算数="1.10")


def reception(text: str = "2.40", measure: str = "final", **changes: object) -> Fact:
    return said("公务接待费", measure, text, topic="three_public", **changes)


def test_a_cell_of_the_name_confirms_an_inherited_one_that_no_other_cell_fits():
    inherited = reception(named=Named.INHERITED)
    assert evidence([*RECEPTION, *TRAVEL], [inherited]) == ["confirmed"]
    twin = row("T7", 1, "", "因公出国（境）费", 预算数="3.50", 决算数="2.40")
    assert evidence([*RECEPTION, *twin], [inherited]) == ["inferred"]
    assert evidence([*RECEPTION, *twin], [reception()]) == ["confirmed"]


def test_nothing_that_is_inherited_is_confirmed_by_nothing_in_a_cell():
    zero = row("T7", 0, "", "公务接待费", 预算数="0.00", 决算数="0.00")
    assert evidence(zero, [reception("0.00", named=Named.INHERITED)]) == ["inferred"]


def test_a_cell_that_gave_a_figure_its_name_is_no_witness_for_it():
    assert evidence(RECEPTION, [reception(named=Named.ARBITRATED)]) == ["inferred"]


def test_a_figure_against_its_cell_is_contradicted():
    made = judged(RECEPTION, [reception("2.80")])
    assert made.facts[0].evidence == Evidence.CONTRADICTED
    assert [cell.evidence for cell in made.cells] == ["stated", "contradicted"]


def changed(**changes: object) -> list[Fact]:
    return [
        reception("2.40"),
        reception("0.60", "change", **({"basis": "上年", "direction": "减少"} | changes)),
        reception("3.00", "prior_year", year=2023),
    ]


def test_a_basis_that_was_inherited_is_confirmed_by_the_figure_itself():
    assert evidence(facts=changed(flags=(Flag.BASIS_INHERITED,)))[1] == "confirmed"
    rate = reception("20.00", "change_rate", unit="%", basis="上年", direction="减少", flags=(Flag.BASIS_INHERITED,))
    assert evidence(facts=[*changed()[:2], rate])[2] == "inferred"
    assert evidence(facts=[*changed()[:2], replace(rate, flags=())])[2] == "confirmed"


def test_a_whole_under_words_that_no_list_holds_confirms_no_inherited_basis():
    whole, part, share = shared("2.50", "10.00", "25.00")
    share = replace(share, flags=(Flag.BASIS_INHERITED,))
    assert evidence(facts=[whole, part, share])[2] == "confirmed"
    assert evidence(facts=[replace(whole, flags=(Flag.FREE_NAME,)), part, share])[2] != "confirmed"


def test_a_change_from_nothing_that_is_known_is_never_confirmed():
    assert evidence(facts=changed(basis=""))[1] != "confirmed"


SUMMED = [
    *row("T3", 0, "", "合计", 本年支出合计="10.00", 基本支出="6.00", 项目支出="4.00", 经营支出=""),
    *row("T3", 1, "205", "教育支出", 本年支出合计="10.00", 基本支出="6.00", 项目支出="4.00", 经营支出=""),
]


def test_identities_of_tables_confirm_cells_and_what_is_blank_is_stated():
    cells = judged(SUMMED).cells
    assert [cell.evidence for cell in cells] == ["confirmed", "confirmed", "confirmed", "stated"] * 2
    assert all(name.startswith("table.") for cell in cells for name in cell.confirmed_by)


def test_a_sum_that_fails_contradicts_what_it_adds_up():
    wrong = [replace(c, value=Decimal("7.00"), value_text="7.00") if c.column == "项目支出" else c for c in SUMMED]
    cells = judged(wrong).cells
    assert {cell.evidence for cell in cells if cell.value_text} == {"contradicted"}
    assert {cell.evidence for cell in cells if not cell.value_text} == {"stated"}


def test_sums_inside_a_table_in_doubt_say_nothing_of_its_names():
    doubtful = [replace(cell, flags=(Flag.LOW_CONFIDENCE,)) for cell in SUMMED]
    assert {cell.evidence for cell in judged(doubtful).cells if cell.value_text} == {"inferred"}


def figure(text: str, step: str, unit: str = "万元") -> Figure:
    return Figure("", Decimal(text), Decimal(step), unit, text, "", 1)


def test_what_a_comparison_holds():
    a, b, total = figure("1.25", "0.01"), figure("2.25", "0.01"), figure("3.50", "0.01")
    assert judge_sum([(1, total)], [(1, a), (1, b)]).holds == (True, True, True)
    near = figure("3.51", "0.01")
    assert judge_sum([(1, near)], [(1, a), (1, b)]).holds == (True, True, True)  # another last digit but one would show
    many = [(1, figure("1.25", "0.01"))] * 40
    assert judge_sum([(1, figure("50.01", "0.01"))], many).holds == (False,) * 41
    assert judge_sum([(1, total)], [(1, a), (1, b)], "<=").holds == ()
    coarse = figure("3.5", "0.1")
    assert judge_equal(coarse, figure("3.52", "0.01")).holds == (True, False)
    found = judge_ratio(figure("25.00", "0.01", "%"), figure("2.50", "0.01"), figure("10.00", "0.01"))
    assert found is not None
    assert found.holds == (True, True, True)
    found = judge_ratio(figure("25.00", "0.01", "%"), figure("250.00", "0.01"), figure("1000.00", "0.01"))
    assert found is not None
    assert found.holds == (True, False, False)
