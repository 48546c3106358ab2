"""Misprinted names are known and flagged; no real name is taken for another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jsextract.authoring.examples import read_sentence
from jsextract.rules import rule_files, tokenize
from jsextract.rules.misprints import misprint
from jsextract.rules.ruleset import load_rules
from jsextract.text.normal import normalise, squeeze

RULES = load_rules()
LEXICON = RULES.lexicon
LISTED = rule_files.read_yaml(rule_files.root() / "lexicon" / "misprints.yaml")
NAMES = [squeeze(name) for name in LISTED["names"]]
REAL = sorted({*LEXICON.names, *LEXICON.economics.values(), *LEXICON.functions.values(), *map(squeeze, LISTED["real"])})


@pytest.mark.parametrize(
    ("printed", "item"),
    [
        ("公务费运行维护费", "公务用车运行维护费"),
        ("公务用年运行维护费", "公务用车运行维护费"),
        ("公务用车运维维护费", "公务用车运行维护费"),
        ("机关运行经弗", "机关运行经费"),
        ("政府釆购支出总额", "政府采购支出总额"),
        ("其他商品合服务支出", "其他商品和服务支出"),
    ],
)
def test_a_misprinted_name_is_known_and_flagged(printed, item):
    (fact,) = read_sentence(f"{printed}2.34万元。", RULES, "operating")
    assert (fact.item, fact.item_text, str(fact.value)) == (item, printed, "2.34")
    assert "misprint" in fact.flags


def test_a_name_rightly_printed_is_not_flagged():
    (fact,) = read_sentence("公务用车运行维护费2.34万元。", RULES, "operating")
    assert "misprint" not in fact.flags


@pytest.mark.parametrize("name", REAL)
def test_no_real_name_is_taken_for_another(name):
    coded = tokenize.tokenize(normalise(f"其中{name}5.00万元。"), LEXICON)
    wrong = [token.name.item for token in coded.tokens.values() if token.misprint]
    own = LEXICON.names.get(name)
    assert wrong == [] or (own is not None and wrong == [own.item])


@given(st.sampled_from(NAMES), st.data())
def test_two_names_as_near_give_none(name, data):
    at = data.draw(st.integers(1, len(name) - 1))
    wrong = name[:at] + "囗" + name[at + 1 :]
    found = misprint(wrong, LEXICON)
    assert found is None or found.name.item == LEXICON.names[name].item


@pytest.mark.parametrize(
    "words",
    [
        "公务用车租赁费",
        "国外公务接待费",
        "公务交通补贴",
        "机关服务经费",
        "机关党建经费",
        "公务用车编制数",
        "运行维护费",
        "授予小型企业合同金额",
        "公务用车购置及维护费",
    ],
)
def test_other_things_are_no_misprints(words):
    assert misprint(words, LEXICON) is None
