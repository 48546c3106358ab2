"""What the outputs of a project count (产出): what was planned is a target, what was done is not."""

from __future__ import annotations

import pytest

from jsextract import extract
from jsextract.vocabulary import Measure

PROJECT = (
    "柳湾县文化馆2021年度部门决算\n十、预算绩效情况说明\n1.文化下乡项目绩效自评综述：全年预算数为20.00万元，执行数为19.00万元，"
    "完成预算的95.00%。主要产出和效益：{}。\n"
)


@pytest.mark.parametrize(
    ("output", "wanted"),
    [
        ("巡回演出计划60场", ("巡回演出", Measure.TARGET, "60")),
        ("计划辅导学员900人次", ("辅导学员", Measure.TARGET, "900")),
        ("计划生育宣传12场", ("计划生育宣传", Measure.ACTUAL, "12")),
        ("编制整改计划3份", ("编制整改计划", Measure.ACTUAL, "3")),
    ],
)
def test_planned_figures_are_targets(tmp_path, output: str, wanted: tuple[str, str, str]):
    file = tmp_path / "a.txt"
    file.write_text(PROJECT.format(output), encoding="utf-8")
    found = [(f.item, f.measure, f"{f.value:f}") for f in extract(file).facts if f.pattern == "project.metric"]
    assert found == [wanted]


def test_what_was_done_of_a_plan_has_no_name_of_its_own(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(PROJECT.format("巡回演出计划60场，实际完成48场"), encoding="utf-8")
    found = [(f.item, f"{f.value:f}") for f in extract(file).facts if f.pattern == "project.metric"]
    assert found == [("巡回演出", "60")]
