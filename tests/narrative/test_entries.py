"""Entries with the words of a heading of their own, and what they make the figures after them be about."""

from __future__ import annotations

import pytest

from jsextract import extract

TITLE = "柳湾县水利局2021年度部门决算\n第三部分 2021年度部门决算情况说明\n"


def told(tmp_path, text: str) -> list[tuple[str, str, str, int | None]]:
    file = tmp_path / "a.txt"
    file.write_text(TITLE + text, encoding="utf-8")
    return [(f.item, f.measure, f"{f.value:f}", f.year) for f in extract(file).facts if f.value is not None]


def test_a_heading_before_its_sentence_tells_which_rules_read_it(tmp_path):
    text = "六、机关运行经费支出情况\n2021年机关运行经费20.50万元。\n七、截至2021年12月31日，本局共有车辆8辆，其中，执法执勤用车7辆。\n"
    assert ("执法执勤用车", "count", "7", 2021) in told(tmp_path, text)


def test_a_heading_that_ends_in_a_colon_is_what_its_figures_are_about(tmp_path):
    text = "五、政府性基金情况\n没有收支。\n六、“三公”经费：2021年度决算7.90万元，完成预算的79%。\n"
    assert ("“三公”经费合计", "final", "7.90", 2021) in told(tmp_path, text)


def test_an_entry_about_nothing_known_ends_the_one_before_it(tmp_path):
    text = "六、“三公”经费：预算9.00万元，决算7.90万元。\n七、湿地巡护：预算6.00万元，决算5.00万元。\n"
    found = told(tmp_path, text)
    assert [one for one in found if one[2] in {"6.00", "5.00"} and "三公" in one[0]] == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "一、收支情况\n2021年总收入98.00万元.其中财政拨款收入91.00万元.支出比2020年增加2.00万元.",
            ("支出总计", "change", "2.00", 2021),
        ),
        (
            "三、“三公”经费情况\n公务接待费3.40万元（2021年预算6.00万元，2020年决算5.10万元），其中：国内公务接待费3.30万元。",
            ("国内公务接待费", "final", "3.30", 2021),
        ),
    ],
)
def test_points_are_full_stops_and_brackets_leave_their_year_behind(tmp_path, text: str, wanted: tuple[object, ...]):
    assert wanted in told(tmp_path, text)


def test_an_entry_of_another_class_is_under_its_own_and_not_under_the_one_before_it(tmp_path):
    text = (
        "五、一般公共预算财政拨款支出决算情况说明\n1.科学技术支出（类）科技重大专项（款）。支出决算为90.00万元。\n"
        "2.住房改革支出（款）购房补贴（项）。支出决算为7.00万元。\n"
    )
    assert told(tmp_path, text)[-1][0] == "住房保障支出/住房改革支出/购房补贴"
