"""Headings that begin their paragraph (段首标题): （三）国有资产占用情况。截至…."""

from __future__ import annotations

import pytest

from jsextract.model.document import Line
from jsextract.outline.headings import outline
from jsextract.rules.ruleset import load_rules

HEAD = ["第三部分 2022年度部门决算情况说明", "十、其他重要事项的情况说明"]


def sections(*lines: str) -> list[tuple[str, str]]:
    parts = outline([Line(0, text) for text in (*HEAD, *lines)], load_rules().sections).parts
    return [(part.topic, "".join(p.text for p in part.paragraphs)) for part in parts if part.paragraphs]


def test_each_of_them_begins_a_section_about_its_own_topic():
    found = sections(
        "（一）机关运行经费。2022年度机关运行经费支出21.05万元。",
        "（二）政府采购情况。2022年度政府采购支出总额30.40万元。",
        "（三）国有资产占用情况：截至2022年12月31日，本部门共有车辆3辆。",
        "（四）预算绩效情况。本部门组织对15个项目开展绩效自评。",
    )
    assert [topic for topic, _ in found] == ["operating", "procurement", "assets", "performance"]
    assert found[2][1] == "截至2022年12月31日，本部门共有车辆3辆。"


@pytest.mark.parametrize(
    "line",
    [
        "五、机关运行经费：指为保障行政单位运行用于购买货物和服务的各项资金。",
        "1.道路养护项目绩效自评综述：项目全年预算数为90万元，执行数为86万元。",
        "（二）公务接待费。2022年度公务接待费支出1.20万元。",
        "（一）政府采购情况良好，共采购3项。",
    ],
)
def test_terms_projects_and_sentences_are_no_headings(line: str):
    assert sections(line)[-1][1].endswith(line[-8:])
    assert line in sections(line)[-1][1]
