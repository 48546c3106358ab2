"""What patterns/README.md shows loads, and its commands run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml

from jsextract.authoring.examples import faults
from jsextract.cli.main import run_cli
from jsextract.rules.fact_rules import slot_source
from jsextract.rules.file_types import FactEntry
from jsextract.rules.ruleset import load_rules

PAGE = (Path(__file__).parents[2] / "patterns" / "README.md").read_text(encoding="utf-8")
RULES, PROFILE = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.M | re.S)


def test_the_rule_shown_holds(tmp_path):
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "own.yaml").write_text(RULES, encoding="utf-8")
    (entry,) = yaml.safe_load(RULES)["rules"]
    rules = load_rules([tmp_path])
    (rule,) = (rule for rule in rules.facts if rule.id == entry["id"])

    assert list(faults(rule, rules)) == []


def test_the_profile_shown_loads(tmp_path):
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "somewhere.yaml").write_text(PROFILE, encoding="utf-8")
    rules = load_rules([tmp_path], "somewhere")
    profile = rules.profiles["somewhere"]
    assert profile.applies("某省某局2023年度部门决算", "")
    assert profile.applies("", "99001")
    assert rules.lexicon.names["来客招待费"].item == "公务接待费"


def test_every_key_of_a_rule_is_explained():
    table = PAGE.partition("| key | means |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.M)) == set(FactEntry.__struct_encode_fields__) - {"note"}


def test_every_slot_named_exists():
    table = PAGE.partition("| type | stands for |")[2].partition("\n\n")[0]
    kinds = [kind for row in re.findall(r"^\| (`.*?`) \|", table, re.M) for kind in re.findall(r"`([\w.]+)`", row)]
    assert len(kinds) > 20
    assert all(slot_source(kind, load_rules().lexicon) for kind in kinds)


def test_every_folder_is_named():
    folders = {path.name for path in (Path(__file__).parents[2] / "patterns").iterdir() if path.is_dir()}
    assert folders <= set(re.findall(r"^\| `(\w+)/` \|", PAGE, re.M))


@pytest.mark.parametrize("line", re.findall(r"^jsextract .*", PAGE, re.M))
def test_the_commands_shown_run(line, capsys):
    assert run_cli(shlex.split(line)[1:]) == 0
