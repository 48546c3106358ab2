"""Projects in the run of a sentence, without a heading or 综述 of their own (行文中的项目绩效)."""

from __future__ import annotations

import pytest

from jsextract import extract
from jsextract.model.report import Report

HEAD = "某市水利局2022年度部门决算\n第三部分 2022年度部门决算情况说明\n十、预算绩效情况说明\n"


@pytest.fixture
def report(tmp_path, request) -> Report:
    path = tmp_path / "account.txt"
    path.write_text(HEAD + request.param, encoding="utf-8")
    return extract(path)


def rows(report: Report) -> list[tuple[str, str, str, str]]:
    return [(f.project, f.item, f.measure, f.value_text) for f in report.facts if f.value is not None]


@pytest.mark.parametrize(
    "report",
    [
        "选取“河道清淤”项目开展重点评价，预算90.00万元，执行88.20万元，执行率98.00%，清淤河道12公里，评价得分94分。整体支出自评91分。"
    ],
    indirect=True,
)
def test_a_quoted_project_has_the_figures_of_its_sentence_and_no_more(report: Report):
    assert rows(report) == [
        ("", "部门整体支出", "score", "91"),
        ("河道清淤", "河道清淤", "budget", "90.00"),
        ("河道清淤", "河道清淤", "final", "88.20"),
        ("河道清淤", "河道清淤", "completion_rate", "98.00"),
        ("河道清淤", "河道清淤", "score", "94"),
        ("河道清淤", "清淤河道", "actual", "12"),
    ]


@pytest.mark.parametrize(
    "report",
    [
        "绩效自评项目2个，其中堤防加固工程全年预算60.00万元，执行数51.00万元，得85分；“水质监测”12.00万元，支出12.00万元，得99分。"
    ],
    indirect=True,
)
def test_what_is_said_of_all_projects_is_none_of_theirs(report: Report):
    found = rows(report)
    assert found[0] == ("", "绩效自评项目", "count", "2")
    assert [(p.project, str(p.executed), str(p.score)) for p in report.projects] == [
        ("堤防加固工程", "51.00", "85"),
        ("水质监测", "12.00", "99"),
    ]


@pytest.mark.parametrize(
    "report", ["对“河道清淤”“堤防加固”等2个项目开展绩效自评，涉及资金150.00万元，预算执行率96.00%。"], indirect=True
)
def test_projects_that_are_only_listed_have_no_figures(report: Report):
    assert report.projects == ()
