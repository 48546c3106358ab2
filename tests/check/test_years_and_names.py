"""Years that are not the account's, names without their places, doubled stops."""

from __future__ import annotations

import pytest

from tests.check.told import ENTITY, HEADINGS, found

STALE, NAME, FORM = "text.stale_year", "text.entity_name", "text.punctuation"


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("totals", f"2022年度{ENTITY}收入支出总计120.50万元。"),
        ("totals", f"2022年度，{ENTITY}（本级）收入总计120.50万元，支出总计120.50万元。"),
        ("three_public", f"{ENTITY}2022年度公务接待费支出决算为0.95万元。"),
        ("three_public", "本部门2022年三公经费支出0.95万元。"),
        ("income", f"{ENTITY}2022年度一般公共预算财政拨款基本支出85.30万元。"),
    ],
)
def test_another_year_with_the_name_beside_it(place: str, sentence: str) -> None:
    (row,) = found(STALE, **{place: sentence})
    assert (row.status, row.computed) == ("fail", "2023")
    assert not found(STALE, **{place: sentence.replace("2022", "2023")})


@pytest.mark.parametrize(
    "sentence",
    [
        "小学教育（2050202），2022年度决算数为26.40万元，比2022年度决算数增长3.10%。",
        f"2022年度{ENTITY}政府性基金预算财政拨款支出12.00万元。",
    ],
)
def test_a_year_that_is_its_own_base_or_that_of_a_fund(sentence: str) -> None:
    (row,) = found(STALE, fund=sentence)
    assert (row.status, row.computed) == ("fail", "2023")
    assert not found(STALE, fund=sentence.replace("2022年度", "2023年度", 1))


def test_the_year_of_evaluated_projects() -> None:
    said = "六、预算绩效管理情况说明\n本部门编报绩效目标的2023年度项目9个，涉及预算金额90.00万元；绩效自评的{}年度项目7个。"
    (row,) = found(STALE, assets=said.format(2022))
    assert (row.status, row.severity) == ("fail", "warning")
    assert not found(STALE, assets=said.format(2023))


def test_a_year_beside_sentences_about_other_things_of_the_right_year() -> None:
    right = "2023年度公务接待费支出决算为0.95万元。"
    (row,) = found(STALE, three_public=f"2022年度“三公”经费支出决算为0.95万元。\n{right}")
    assert row.computed == "2023"
    less = "2023年度公务接待费支出比年初预算数减少0.20万元。"
    assert found(STALE, three_public=f"2022年度公务接待费支出0.95万元。{less}")
    both = "2022年度公务接待费支出决算为0.90万元。"
    assert not found(STALE, three_public=f"{both}\n{right}")  # last year's figure beside this year's


@pytest.mark.parametrize(
    ("base", "severity"),
    [
        ("比2023年度增加1.20万元", "error"),
        ("比2025年度增加1.20万元", "error"),
        ("较2024年度决算数减少1.20万元", "error"),
        ("比2021年度增加1.20万元", "warning"),
    ],
)
def test_a_change_against_a_year_that_it_cannot_be_against(base: str, severity: str) -> None:
    said = f"{ENTITY}2023年度收入支出总计120.50万元，{base}，增长1.01%。"
    (row,) = found(STALE, totals=said)
    assert (row.status, row.severity) == ("fail", severity)


@pytest.mark.parametrize(
    "base", ["比2022年度增加1.20万元", "比2019年（疫情前）增加1.20万元", "比2022年减少1.20万元，比2021年增加3.00万元"]
)
def test_a_change_against_last_year_or_one_that_is_meant(base: str) -> None:
    assert not found(STALE, totals=f"{ENTITY}2023年度收入支出总计120.50万元，{base}。")


@pytest.mark.parametrize(
    ("name", "status", "left"),
    [
        ("北原市水务局", "fail", "青禾区"),
        ("青禾区水务局", "minor", "北原市"),
        ("水务局", None, ""),  # a short name of three characters tells nobody apart
    ],
)
def test_a_heading_without_the_district(name: str, status: str | None, left: str) -> None:
    heading = f"第三部分 {name}2023年度部门决算情况说明"
    rows = found(NAME, part3=heading)
    assert [r.status for r in rows] == ([status] if status else [])
    assert all(left in r.message for r in rows)
    assert not found(NAME, part3=HEADINGS["part3"])


def test_doubled_stops_in_overview_and_glossary() -> None:
    for place, said in (
        ("units", f"纳入{ENTITY}2023年度部门决算编制范围的单位包括：{ENTITY}（本级）。。"),
        ("glossary", "一、财政拨款收入：指本级财政当年拨付的资金。。"),
    ):
        (row,) = found(FORM, **{place: said})
        assert (row.status, row.severity) == ("minor", "info")
        assert "doubled punctuation" in row.message
        assert not found(FORM, **{place: said.replace("。。", "。")})
