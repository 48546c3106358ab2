"""patterns/schema.json is what the loaders know, and every shipped file is right by it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from jsextract.rules import rule_files
from jsextract.rules.file_types import FILES as KINDS
from jsextract.rules.file_types import Claim
from jsextract.rules.schema import attributes, written

FOLDER = Path(__file__).parents[2] / "patterns"
FILES = sorted(FOLDER.rglob("*.yaml"))
SCHEMA = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
CHECK = Draft202012Validator(SCHEMA)


def wrong(text: str) -> list[str]:
    return [error.message for error in CHECK.iter_errors(yaml.safe_load(text))]


def test_the_schema_is_current():
    assert (FOLDER / "schema.json").read_text(encoding="utf-8") == written(), (
        "run: python -m jsextract.rules.schema patterns/schema.json"
    )
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_every_shipped_file_is_right(path):
    assert [error.message for error in CHECK.iter_errors(rule_files.read_yaml(path))] == []


def test_every_kind_of_file_has_its_type_in_the_schema():
    there = {path.relative_to(FOLDER).with_suffix("").as_posix() for path in FILES}
    told = {
        kind for kind in KINDS if kind in there or (kind.endswith("/*") and any(p.startswith(kind[:-1]) for p in there))
    }
    assert told == set(KINDS)
    assert {kind.__name__ for kind in KINDS.values()} <= set(SCHEMA["$defs"])


RULE = """
family: own
rules:
  - {id: own.repairs, pattern: 'x{value:money}', facts: [{measure: final}], reads: [a, b], ignores: [c]}
"""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("measure: final->measure: cost", "not valid under any"),
        ("reads: [a, b]->reads: [a]", "too short"),
        ("ignores: [c]->ignores: []", "should be non-empty"),
        ("own.repairs->repairs", "does not match"),
        ("pattern: ->patern: ", "'patern' was unexpected"),
        ("ignores: [c]->ignores: [{say: c, on: totals}]", "not valid under any"),
        ("ignores: [c]->ignores: [c], sections: [weather]", "'weather' is not one of"),
    ],
)
def test_a_mistake_in_a_rule_is_seen(change, said):
    assert wrong(RULE) == []
    assert any(said in message for message in wrong(RULE.replace(*change.split("->"))))


def test_a_mistake_in_a_profile_a_table_or_a_sentence_is_seen():
    assert wrong("{id: here, applies: {cover: [x]}, drop: [change.count]}") == []
    assert wrong("{id: here, applies: {covr: [x]}}")
    assert wrong("{id: T1, titles: [x], kind: round}")
    assert wrong("{sentences: [{say: x, gives: [y]}]}") == []
    assert wrong("{sentences: [{gives: [y]}]}")
    assert wrong("{items: [{item: x, topc: y}]}")


def test_descriptions_come_from_the_types():
    assert attributes(Claim)["otherwise"] == "the measure where `listed` has nothing to inherit."
    assert SCHEMA["$defs"]["Claim"]["properties"]["sign"]["description"].startswith("`{slot}` of a direction")


def test_files_that_name_a_schema_name_this_one():
    named = [
        (p, m[1]) for p in FILES if (m := re.match(r"# yaml-language-server: \$schema=(\S+)\n", p.read_text("utf-8")))
    ]
    assert len(named) > 20
    assert {(path.parent / target).resolve() for path, target in named} == {(FOLDER / "schema.json").resolve()}
