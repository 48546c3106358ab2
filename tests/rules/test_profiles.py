"""Profiles: overlays that add, replace and drop rules by id, chosen by cover, index number or name."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from jsextract import extract
from jsextract.authoring.examples import read_sentence, rules_that_read
from jsextract.authoring.selftest import try_rules
from jsextract.cli.main import run_cli
from jsextract.errors import PatternError
from jsextract.rules import rule_files
from jsextract.rules.ruleset import RuleSet, load_rules
from tests.pdfs import account, write

INDEX = "监督索引号53990100201999000"
DISPOSED = "处置车辆1辆，账面原值18.00万元。"
PROFILE = """\
id: {name}
applies: {applies}
drop: [change.count]
replace:
  - id: basis.same_period
    pattern: '同期比'
    basis: 上年
    reads: [公务接待费同期比减少0.20万元。, 同期比增加3万元。]
    ignores: [同期比赛。]
add:
  - id: {name}.works
    pattern: '检修费{{is}}{{value:money}}'
    facts: [{{measure: final, item: 检修费}}]
    reads:
      - {{say: 检修费12.00万元。, facts: [{{item: 检修费, value: '12.00'}}]}}
      - {{say: 检修费为3万元。, facts: [{{item: 检修费, value: '3'}}]}}
    ignores: [检修费另计。]
items:
  - {{item: 公务接待费, names: [来客招待费]}}
"""


@pytest.fixture
def own(tmp_path):
    """A function that puts a profile into a folder of its own, and gives the folder."""

    def put(name: str, applies: str = "{cover: [北林市]}", text: str = PROFILE) -> Path:
        folder = tmp_path / f"own-{name}"
        (folder / "profiles").mkdir(parents=True)
        (folder / "profiles" / f"{name}.yaml").write_text(text.format(name=name, applies=applies), encoding="utf-8")
        return folder

    return put


def chosen(rules: RuleSet, cover: str, index: str) -> str:
    return rules.for_document(cover, index).profile


def test_a_profile_adds_replaces_and_drops_by_id(own):
    folder = own("north")
    rules, general = load_rules([folder], "north"), load_rules([folder])
    assert rules_that_read("检修费12.00万元。", rules) == ["north.works"]
    assert rules_that_read("检修费12.00万元。", general) == ["general.sum"]
    assert "basis.same_period" in rules_that_read("同期比增加3万元。", rules, "totals")
    assert "basis.same_period" not in rules_that_read("同比增加3万元。", rules, "totals")
    assert "basis.same_period" in rules_that_read("同比增加3万元。", general, "totals")
    counted = "国内公务接待15批次，较上年减少3批次。"
    assert "change.count" in rules_that_read(counted, general, "three_public")
    assert "change.count" not in rules_that_read(counted, rules, "three_public")


def test_a_replaced_rule_keeps_its_place(own):
    folder = own("north")
    ids = [rule.id for rule in load_rules([folder], "north").facts]
    kept = [rule.id for rule in load_rules([folder]).facts if rule.id != "change.count"]
    assert ids == [*kept, "north.works"]


def test_a_profile_has_names_of_its_own(own):
    folder = own("north")
    (fact,) = read_sentence("来客招待费2.00万元。", load_rules([folder], "north"), "three_public")
    assert (fact.item, fact.item_text) == ("公务接待费", "来客招待费")
    assert "来客招待费" not in load_rules([folder]).lexicon.names


def test_it_is_chosen_by_the_cover(own):
    rules = load_rules([own("north")])
    assert chosen(rules, "北林市某局2024年度部门决算", "") == "north"
    assert rules.for_document("南林市某局2024年度部门决算", "") is rules


def test_it_is_chosen_by_the_index_number(own):
    rules = load_rules([own("north", "{index: ['98', '9701']}")])
    assert chosen(rules, "", "9701001") == "north"
    assert rules.for_document("", "9702001") is rules
    assert rules.for_document("", "") is rules


def test_it_is_chosen_by_name_whatever_the_cover_says(own):
    folder = own("north")
    assert chosen(load_rules([folder], "north"), "南林市", "") == "north"
    assert chosen(load_rules([folder], "none"), "北林市", "") == ""
    assert chosen(load_rules([folder]), "北林市", "") == "north"


def test_two_that_fit_are_an_error_that_names_both(own, tmp_path):
    folders = own("north"), own("snow", "{index: ['98']}", PROFILE.replace("drop: [change.count]\n", ""))
    with pytest.raises(PatternError, match="north and snow both fit"):
        load_rules(folders).for_document("北林市", "98001")
    assert chosen(load_rules(folders), "北林市", "") == "north"
    assert chosen(load_rules(folders, "snow"), "北林市", "98001") == "snow"


def test_two_that_fit_end_the_run_and_a_name_helps(own, tmp_path, capsys):
    west = own("west", "{cover: [某某市]}")
    east = own("east", "{cover: [某某局]}", PROFILE.replace("drop: [change.count]\n", ""))
    folders = ["--patterns", str(west), "--patterns", str(east)]
    path = write(tmp_path / "a.pdf", account())
    assert run_cli([str(path), *folders, "-o", str(tmp_path / "out"), "--jobs", "0"]) == 6
    assert "west and east both fit. Choose with --profile NAME" in capsys.readouterr().err
    assert run_cli([str(path), *folders, "-o", str(tmp_path / "out"), "--profile", "east", "--jobs", "0"]) == 0
    with (tmp_path / "out" / "documents.csv").open(encoding="utf-8-sig", newline="") as handle:
        assert [row["status"] for row in csv.DictReader(handle)] == ["ok"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("drop: [change.count]->drop: [change.conut]", "Was change.count meant?"),
        ("drop: [change.count]->drop: [basis.same_period]", "both dropped and replaced"),
        ("id: {name}.works->id: change.rate", "there is a rule change.rate already"),
        ("id: {name}\n->id: Big Name\n", "Big Name: Expected `str` matching regex"),
        ("applies: {applies}->aplies: {applies}", "Was applies meant?"),
        ("- {{item: 公务接待费, names->- {{item: 新费, names", "needs a topic"),
        ("{applies}->{{cover: ['(']}}", "does not compile"),
    ],
)
def test_a_profile_with_a_fault_does_not_load(own, change, said):
    folder = own("faulty", text=PROFILE.replace(*change.split("->")))
    with pytest.raises(PatternError, match=r"faulty\.yaml") as caught:
        load_rules([folder])
    assert said in str(caught.value)


def test_its_rules_are_tested_with_the_others(own):
    folder = own("north", text=PROFILE.replace("value: '12.00'", "value: '21.00'"))
    assert {fault.rule for fault in try_rules(["north.works"], [folder]).faults} == {"north.works"}


def test_rules_of_profiles_hold():
    for name in load_rules().profiles:
        assert try_rules((), (), name).faults == ()


@pytest.mark.parametrize(
    ("cover", "index", "profile"),
    [
        ("云南省某厅2023年度部门决算", "", "yunnan"),
        ("某县某局2023年度部门决算", "53990100201999000", "yunnan"),
        ("临江市某局2023年度部门决算", "", ""),
        ("临江市某局2023年度部门决算", "42990100201999000", ""),
    ],
)
def test_yunnan_is_known_by_its_index_number_or_its_name(cover, index, profile):
    assert chosen(load_rules(), cover, index) == profile


def test_the_book_value_of_what_was_sold_is_no_value_of_all_assets(tmp_path):
    lines = ("（三）国有资产占用情况", f"资产总额90.00万元。{DISPOSED}")
    report = extract(write(tmp_path / "yunnan.pdf", account(INDEX, *lines)))
    assert "profile:yunnan" in report.flags
    found = {(f.item, f.measure): str(f.value) for f in report.facts if f.topic == "assets"}
    assert found == {
        ("资产总额", "final"): "90.00", ("处置车辆", "count"): "1", ("处置车辆账面原值", "final"): "18.00"
    }  # fmt: skip
    other = extract(write(tmp_path / "elsewhere.pdf", account(*lines)))
    assert not any(flag.startswith("profile:") for flag in other.flags)


def test_a_path_with_a_profile_is_named():
    assert load_rules().profiles["yunnan"].path == Path(rule_files.root()) / "profiles" / "yunnan.yaml"
