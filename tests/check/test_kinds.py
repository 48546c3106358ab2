"""Kinds add up over whatever is listed, whatever it is called; comparisons with last year and with other years."""

from __future__ import annotations

import pytest

from tests.check.told import ENTITY, account, found, read

PLACE = f"截至2023年12月31日，{ENTITY}共有车辆"


def statuses(check_id: str, **changes: str) -> list[str]:
    """The statuses of a check, those that passed included."""
    return [c.status for c in read(account(**changes)).checks if c.check_id == check_id]


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        (f"{PLACE}11辆，其中：巡河执法用车4辆、抢险工程用车5辆、其他用车2辆。", "pass"),
        (f"{PLACE}11辆，其中：巡河执法用车4辆、抢险工程用车3辆、其他用车2辆。", "fail"),
        (f"{PLACE}11辆，其中：巡河执法用车4辆、业务用车5辆（其中：抽水车3辆）、其他用车2辆；设备3台（套）。", "pass"),
        (f"{PLACE}11辆，其中：主要是巡河执法用车4辆、抢险工程用车3辆等。", "not_checkable"),
    ],
)
def test_kinds_of_vehicles_that_no_list_knows(sentence: str, status: str) -> None:
    assert statuses("text.vehicle_kinds", assets=sentence) == [status]


@pytest.mark.parametrize(("special", "status"), [("3", "pass"), ("2", "fail")])
def test_kinds_of_equipment(special: str, status: str) -> None:
    said = f"单位价值100万元以上设备（不含车辆）8台（套），其中：水质分析设备5台（套）、测绘设备{special}台（套）。"
    assert statuses("text.equipment_kinds", assets=PLACE + "0辆；" + said) == [status]


@pytest.mark.parametrize(("clerks", "status"), [("6", "pass"), ("7", "fail")])
def test_kinds_of_posts(clerks: str, status: str) -> None:
    said = f"总编制人数31人，其中：行政编制9人，参照公务员法管理事业编制16人，合同制工勤编制{clerks}人。"
    assert statuses("text.staff_quota", units=f"二、人员构成情况\n{said}") == [status]


@pytest.mark.parametrize(("rest", "status"), [("4.50", "pass"), ("4.00", "fail")])
def test_kinds_of_procurement_that_nobody_reads_are_parts_too(rest: str, status: str) -> None:
    said = f"2023年度政府采购支出总额60.50万元，其中：货物支出26.00万元、工程支出30.00万元、涉密支出{rest}万元。"
    assert statuses("text.procurement_sum", assets=f"六、政府采购支出情况说明\n{said}") == [status]


MORE = "2023年度“三公”经费支出决算为31.00万元，比上年决算数增加6.00万元，增长24.0%。"


@pytest.mark.parametrize(("word", "status"), [("大于", "pass"), ("小于", "fail")])
def test_more_than_last_year_agrees_with_a_rise(word: str, status: str) -> None:
    said = f"{MORE}\n2023年度“三公”经费支出决算{word}上年决算数的主要情况：外事活动恢复。"
    assert statuses("text.comparison", three_public=said) == [status]
    assert not found("text.unchanged", three_public=said)


def test_a_change_against_a_year_of_its_own_is_none_of_the_budget() -> None:
    said = (
        "2023年度“三公”经费支出决算为31.00万元，完成预算40.00万元的77.5%；"
        "比2019年（疫情前）决算数减少4.00万元，下降11.4%。"
    )
    assert statuses("text.change", three_public=said) == ["not_checkable"]
    assert "pass" in statuses("text.change_rate", three_public=said)


@pytest.mark.parametrize(
    ("kinds", "status"),
    [
        ("行政编制17人、事业编制14人", "fail"),
        ("行政编制17人、事业编制44人", "pass"),
        ("法官17人、法官助理14人", "not_checkable"),  # some of the staff, by what they do
    ],
)
def test_kinds_of_staff_that_not_everybody_is_of(kinds: str, status: str) -> None:
    assert statuses("text.staff", units=f"二、人员构成情况\n年末在职人员61人，其中{kinds}。") == [status]


@pytest.mark.parametrize(
    ("source", "status"),
    [("", "fail"), ("县级专款折合30.00万元，", "not_checkable"), ("街区代管及其他收入30.00万元，", "not_checkable")],
)
def test_sources_among_which_an_amount_has_no_known_name(source: str, status: str) -> None:
    said = f"本年收入合计120.50万元，其中：财政拨款收入60.50万元，{source}事业收入20.00万元。"
    assert statuses("text.income_sum", income=said) == [status]
