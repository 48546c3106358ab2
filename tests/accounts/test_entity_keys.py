"""One body under several names, and two bodies under names that look like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from jsextract.accounts.entity_keys import EntityKeys, shorter_names
from jsextract.accounts.former_names import former_names
from jsextract.check.text_rules.entity_names import core
from tests import made
from tests.accounts.test_whole import put, rows

Names = tuple[tuple[str, int], ...]


def keys(*names: tuple[str, int], renamed: dict[str, str] | None = None) -> list[str]:
    """The key of each (name, year); `renamed` is new name → old name."""
    with EntityKeys() as known:
        for name, year in names:
            old = (renamed or {}).get(name)
            known.add_name(core(name), year, "部门决算", (core(old),) if old else ())
        return [known.key(core(name)) for name, _ in names]


@pytest.mark.parametrize(
    ("name", "shorter"),
    [
        ("安澜市白鹭县民政局", ["白鹭县民政局"]),
        ("临海省安澜市白鹭县民政局", ["安澜市白鹭县民政局", "白鹭县民政局"]),
        ("中共安澜市白鹭县委组织部", ["中共白鹭县委组织部"]),
        ("安澜市松溪市财政局", ["松溪市财政局"]),
        ("安澜市鼓楼区财政局", []),
        ("安澜市城市管理局", []),
        ("安澜市市场监督管理局", []),
        ("白鹭县民政局", []),
    ],
)
def test_a_county_s_body_is_named_with_and_without_its_city(name: str, shorter: list[str]) -> None:
    assert [*shorter_names(name)] == shorter


def test_a_county_s_body_has_one_key_over_the_years() -> None:
    assert len(set(keys(("安澜市白鹭县民政局", 2022), ("白鹭县民政局", 2023), ("临海省安澜市白鹭县民政局", 2024)))) == 1
    assert keys(("白鹭县民政局", 2023)) == ["白鹭县民政局"]


@pytest.mark.parametrize(
    "names",
    [
        (("安澜市鼓楼区财政局", 2022), ("鼓楼区财政局", 2023)),  # there are many of that name
        (("安澜市白鹭县民政局", 2022), ("望岳市白鹭县民政局", 2022), ("白鹭县民政局", 2023)),  # of which of the two
        (("安澜市白鹭县民政局", 2023), ("白鹭县民政局", 2023)),  # two accounts of one year
        (("长沙县财政局", 2022), ("长沙市财政局", 2023)),
        (("安澜市财政局", 2022), ("安澜市白鹭县财政局", 2023)),
    ],
)
def test_names_in_doubt_stay_apart(names: Names) -> None:
    assert len(set(keys(*names))) == len(names)


def test_a_rename_is_followed_where_the_account_states_it() -> None:
    stated = {"白鹭市民政局": "白鹭县民政局"}
    assert keys(("白鹭县民政局", 2022), ("白鹭市民政局", 2023), renamed=stated) == ["白鹭市民政局"] * 2
    assert len(set(keys(("安澜市白鹭县民政局", 2022), ("白鹭市民政局", 2023), renamed=stated))) == 1
    twice = {"乙市统计局": "甲市统计局", "丙市统计局": "乙市统计局"}
    assert set(keys(("甲市统计局", 1), ("乙市统计局", 2), ("丙市统计局", 3), renamed=twice)) == {"丙市统计局"}


def test_what_was_split_or_lives_on_beside_the_new_one_was_not_renamed() -> None:
    split = {"某市林业局": "某市农林局", "某市农业局": "某市农林局"}
    assert len(set(keys(("某市农林局", 2022), ("某市林业局", 2023), ("某市农业局", 2023), renamed=split))) == 3
    both = {"某市林业局": "某市农林局"}
    assert len(set(keys(("某市农林局", 2023), ("某市林业局", 2023), renamed=both))) == 2
    circle = {"某市林业局": "某市农林局", "某市农林局": "某市林业局"}
    assert len(set(keys(("某市农林局", 2022), ("某市林业局", 2023), renamed=circle))) <= 2


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("根据机构改革方案，原白鹭县文体局更名为白鹭县文化和旅游局，", ("白鹭县文体局",)),
        ("2023年3月原县文体局正式更名为县文化和旅游局。", ("白鹭县文体局",)),
        ("白鹭县文化和旅游局（原白鹭县文体局）是县政府工作部门。", ("白鹭县文体局",)),
        ("下属白鹭县图书馆更名为白鹭县少年图书馆。", ()),
        ("将项目名称更名为文化和旅游局办公楼维修。", ()),
        ("由县文化局和县旅游局合并组建白鹭县文化和旅游局。", ()),
        ("太原市文体局更名为太原市文化和旅游局。", ()),
    ],
)
def test_former_names_are_those_that_the_text_states_of_the_body_itself(text: str, names: tuple[str, ...]) -> None:
    report = made.report(entity="白鹭县文化和旅游局", sections=(made.section(text=text),))
    assert former_names(report) == names


def test_documents_csv_has_the_key(tmp_path: Path) -> None:
    section = made.section(text="原白鹭县文体局更名为白鹭县文化和旅游局。")
    put(
        tmp_path,
        made.report(b"1", file="1.pdf", entity="安澜市白鹭县文体局", year=2022),
        made.report(b"2", file="2.pdf", entity="安澜市白鹭县文化和旅游局（本级）", year=2023, sections=(section,)),
        made.report(b"3", file="3.pdf", entity="白鹭县文化和旅游局", year=2024, kind="部门预算"),
        made.report(b"4", file="4.pdf", entity=""),
    )
    found = [row["entity_key"] for row in rows(tmp_path, "documents.csv")]
    assert found == ["安澜市白鹭县文化和旅游局"] * 3 + [""]
