"""Reasons and their keywords, and the word list that a user can extend."""

from __future__ import annotations

import pytest

from jsextract.authoring.examples import read_sentence
from jsextract.narrative.keywords import keywords
from jsextract.rules.ruleset import load_rules

KNOWN = load_rules().keywords


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("在职人员减少3人", {"人员变动"}),
        ("本年新招录公务员2名，人员经费增加", {"人员变动"}),
        ("退休人员增加，工资标准调整", {"人员变动", "退休", "工资调整"}),
        ("厉行节约，压减一般性支出", {"厉行节约"}),
        ("受新冠疫情影响，会议减少", {"疫情", "公务活动"}),
        ("机构改革职能划转", {"机构改革"}),
        ("上年项目已完工，本年新增维修项目", {"项目完工", "项目调整"}),
        ("使用上年结转资金", {"结转结余"}),
        ("支出功能科目调整", {"科目调整"}),
        ("政府采购项目尚未验收支付", {"政府采购", "项目进度"}),
        ("财政资金未及时到位", {"资金到位"}),
        ("政策性增资", {"政策调整", "工资调整"}),
        ("年中追加预算", {"预算调整"}),
        ("油价上涨，车辆维修增多", {"油料维修", "车辆购置"}),
        ("合理安排", set()),
    ],
)
def test_a_reason_names_its_keywords(reason, expected):
    assert expected <= set(keywords(reason, KNOWN))
    assert bool(keywords(reason, KNOWN)) == bool(expected)


def test_spaces_inside_a_reason_do_not_matter():
    assert "厉行节约" in keywords("厉 行\n节 约", KNOWN)


def test_only_reasons_have_keywords():
    facts = read_sentence("公务接待费0.50万元，比上年减少0.20万元，主要原因是厉行节约。", load_rules(), "three_public")
    assert {f.measure: f.keywords for f in facts}["reason"] == ("厉行节约",)
    assert all(not f.keywords for f in facts if f.measure != "reason")


def test_a_user_adds_a_keyword(tmp_path):
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "reasons.yaml").write_text("keywords: {赛事: [运动会], 疫情: [禽流感]}\n", encoding="utf-8")
    known = load_rules([tmp_path]).keywords
    assert keywords("承办全市运动会", known) == ("赛事",)
    assert keywords("受禽流感影响", known) == ("疫情",)
