"""Names that a document's tables give to its narrative, and figures that tell whose they are."""

from __future__ import annotations

from collections.abc import Sequence

from jsextract.model.report import Fact, Project, TableCell
from jsextract.narrative.anchors import anchored, document_names, with_document_names
from jsextract.narrative.codes import CodeBook
from jsextract.rules.ruleset import load_rules
from jsextract.vocabulary import Flag, Named
from tests.check.made import row, said

RULES = load_rules()
SECTION = "第三部分/一般公共预算财政拨款支出决算情况"
T5 = [
    *row("T5", 0, "207", "文化旅游体育与传媒支出", 合计="60.00"),
    *row("T5", 1, "20701", "文化和旅游", 合计="60.00"),
    *row("T5", 2, "2070104", "乡土植物园", 合计="20.00"),
    *row("T5", 3, "2070199", "星空观测站运行支出", 合计="40.00"),
]
DITCH = Project(
    project="护城河整治", full_year_budget=None, executed=None, completion_rate=None, score=None, unit="", outputs=(),
    problems=(), improvements=(), page=1,
)  # fmt: skip
T7 = [*row("T7", 0, "", "公务接待费", 决算数="2.40"), *row("T7", 1, "", "因公出国（境）费", 决算数="1.10")]


def under_names(*words: str, cells: Sequence[TableCell] = T5) -> list[Fact]:
    facts = [said(word, "final", "20.00", topic="function", item_text=word, flags=(Flag.FREE_NAME,)) for word in words]
    names = document_names(cells, [DITCH], CodeBook(cells, RULES), RULES.tables)
    return list(with_document_names(facts, names))


def test_words_that_are_a_row_take_its_path_and_code():
    found = under_names("乡土植物园", "星空观测站运行", "乡土植物园（项）", "护城河整治项目", "霓裳羽衣")
    assert [(fact.item, fact.code) for fact in found] == [
        ("文化旅游体育与传媒支出/文化和旅游/乡土植物园", "2070104"),
        ("文化旅游体育与传媒支出/文化和旅游/星空观测站运行支出", "2070199"),
        ("文化旅游体育与传媒支出/文化和旅游/乡土植物园", "2070104"),
        ("护城河整治", ""),
        ("霓裳羽衣", ""),
    ]
    assert [Flag.FREE_NAME in fact.flags for fact in found] == [False, False, False, False, True]
    assert found[1].item_text == "星空观测站运行"  # what was printed stays


def test_a_name_of_two_rows_is_nobodys():
    twice = [*T5, *row("T5", 4, "2070205", "乡土植物园", 合计="5.00")]
    (found,) = under_names("乡土植物园", cells=twice)
    assert found.item == "乡土植物园"
    assert Flag.FREE_NAME in found.flags


def rebound(*facts: Fact, cells: Sequence[TableCell] = T7) -> list[tuple[str, str]]:
    found = anchored(facts, cells, RULES.equations, CodeBook(cells, RULES))
    return [(fact.item, str(fact.named)) for fact in found]


def reception(text: str, measure: str = "final", unit: str = "万元", **changes: object) -> Fact:
    given = {"topic": "three_public", "section": "三公经费", "sentence": "…", "named": Named.INHERITED} | changes
    return said("公务接待费", measure, text, unit, **given)


def test_an_inherited_figure_of_another_cell_goes_to_that_with_what_follows_it():
    change = reception("0.30", "change", basis="上年")
    assert rebound(reception("1.10"), change) == [("因公出国（境）费", "arbitrated")] * 2
    assert rebound(reception("2.40"), change) == [("公务接待费", "inherited")] * 2


def test_what_stands_under_its_own_name_is_left_there():
    assert rebound(reception("1.10", named=Named.OWN)) == [("公务接待费", "own")]


def test_where_several_or_none_fit_nothing_is_rebound():
    twin = [*T7, *row("T7", 2, "", "公务用车购置及运行维护费/小计", 决算数="1.10")]
    assert rebound(reception("1.10"), cells=twin) == [("公务接待费", "inherited")]
    assert rebound(reception("9.90")) == [("公务接待费", "inherited")]
    assert rebound(reception("0.00")) == [("公务接待费", "inherited")]
