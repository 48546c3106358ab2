from __future__ import annotations

import pytest

from jsextract.errors import PatternError
from jsextract.rules.equation import Term, parse
from jsextract.rules.ruleset import load_rules


def test_an_equation_is_parsed() -> None:
    equation = parse("年初结转和结余 + 本年收入 - 本年支出/合计 = sum(年末.*)")
    assert equation.left == (Term(1, "年初结转和结余"), Term(1, "本年收入"), Term(-1, "本年支出/合计"))
    assert (equation.relation, equation.right) == ("=", (Term(1, "年末", many=True),))


@pytest.mark.parametrize(
    "source",
    [
        "合计",
        "合计 = 基本 = 项目",
        "= 基本",
        "合计 = ",
        "合计 = + 基本",
        "合计 = 基本 +",
        "合计 = 基本 项目",
        "合计 = sum(基本)",
        "合计 = sum(.*)",
        "合计 = __import__('os')",
        "合计 = 基本*2",
    ],
)
def test_what_is_no_equation_is_refused(source: str) -> None:
    with pytest.raises(PatternError):
        parse(source)


GOOD = """
equations:
  - id: table.mine
    says: two kinds make the whole
    tables: [T5]
    each: row
    equation: 合计 = 基本支出 + 项目支出
    examples: [{status: pass, figures: {合计: '3.00', 基本支出: '1.00', 项目支出: '2.00'}}]
"""


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("项目支出\n", "项目支除\n", "项目支除"),
        ("    each:", "    tolerance: 0.5\n    each:", "tolerance"),
        ("each: row", "each: cell", "cell"),
        ("status: pass", "status: fine", "status"),
        ("table.mine", "table.t5_row", "already, in tables.yaml"),
        ("equations:", "formulas: []\nequations:", "line 2: unknown key formulas"),
        ("    equation:", "    any_of: ['合计 = 基本支出']\n    equation:", "one of"),
    ],
)
def test_a_rule_with_an_unknown_name_or_key_does_not_load(tmp_path, old: str, new: str, named: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "mine.yaml").write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(PatternError, match=named):
        load_rules([tmp_path])


def test_a_rule_of_ones_own_needs_yaml_only(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "mine.yaml").write_text(GOOD, encoding="utf-8")
    assert "table.mine" in {rule.id for rule in load_rules([tmp_path]).equations}
    assert "table.mine" not in {rule.id for rule in load_rules().equations}
