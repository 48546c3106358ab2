"""Rule files come from strangers too: whatever stands in one, it loads or says where it does not."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jsextract.errors import PatternError
from jsextract.rules import fact_rules, rule_files
from jsextract.rules.regexes import compiled
from jsextract.rules.ruleset import load_rules

DEEP = "(" * 5000 + "a" + ")" * 5000


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: &x [1]\nb: *x\n", "line 2: YAML aliases"),
        ("a: &x {k: 1}\nb: {<<: *x}\n", "YAML aliases"),
        ("a: &甲 [1]\nb: [*甲, *甲]\n", "anchor"),
        ("[" * 200_000, "y.yaml"),
        ("{a: " * 5000 + "1" + "}" * 5000, "y.yaml"),
        ("a: !!python/object/apply:os.system [echo]\n", "y.yaml"),
        ("a: " + "9" * 5000, "y.yaml"),
        ("a: \x00", "y.yaml"),
        ("- " * 100_000, "y.yaml"),
        ("#" * (rule_files.MAX_BYTES + 1), "larger"),
    ],
)
def test_what_yaml_can_do_beyond_plain_data_is_refused(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "y.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PatternError, match=says):
        rule_files.read_yaml(path)


def test_an_ampersand_in_a_text_is_no_alias(tmp_path: Path) -> None:
    path = tmp_path / "y.yaml"
    path.write_text("a: 研究 & 试验 *发展*\nb: '*'\nc: [x&y, '&z']\n", encoding="utf-8")
    assert rule_files.read_yaml(path) == {"a": "研究 & 试验 *发展*", "b": "*", "c": ["x&y", "&z"]}


def test_brackets_nested_beyond_reason_are_an_error_of_the_rule() -> None:
    rule = {"id": "own.deep", "pattern": DEEP, "facts": [], "reads": ["a", "b"], "ignores": ["c"]}
    with pytest.raises(PatternError, match=r"own\.yaml: own\.deep: the pattern does not compile"):
        fact_rules.parse_rule(rule, "own", "own.yaml", load_rules().lexicon)
    with pytest.raises(PatternError, match="does not compile"):
        compiled(DEEP)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="[]{}:,-?&*!|>'\"%@`#~ \n\tab1甲", max_size=200))
def test_any_text_loads_or_is_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("y") / "y.yaml"
    path.write_text(text, encoding="utf-8")
    with contextlib.suppress(PatternError):  # and nothing else is raised
        rule_files.read_yaml(path)
        return
    with pytest.raises(PatternError, match=r"y\.yaml"):
        rule_files.read_yaml(path)


@pytest.mark.skipif(sys.platform == "win32", reason="such files are not Windows'")
@pytest.mark.parametrize(
    "name", ["facts/own.yaml", "lexicon/items.yaml", "lexicon/jieba.txt", "lexicon/function_codes.csv"]
)
@pytest.mark.parametrize("what", ["pipe", "device", "loop", "folder"])
def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path, name: str, what: str) -> None:
    path = tmp_path / name
    path.parent.mkdir()
    make = {"pipe": os.mkfifo, "device": lambda p: p.symlink_to("/dev/zero"), "loop": lambda p: p.symlink_to(p)}
    make.get(what, Path.mkdir)(path)
    with pytest.raises(PatternError, match=path.name):
        load_rules([tmp_path])


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("jieba.txt", "总计 " + "9" * 5000 + " n", "line 1: a line is a word"),
        ("jieba.txt", "总计 1 n\n一 二 三", "line 2: a line is a word"),
        (
            "function_codes.csv",
            'code,name,since,until,seen\n201,"' + "一" * 100_000 + '",,,',
            "line 2: 201,一+ is no row",
        ),
        ("function_codes.csv", 'code,name,since,until,seen\n201,"' + "一" * 200_000 + '",,,', "line 2|no CSV file"),
        ("function_codes.csv", "code,name,since,until,seen\n201,一|二,,,", "line 2"),
    ],
)
def test_words_and_codes_are_looked_through_before_documents_are(
    tmp_path: Path, name: str, text: str, says: str
) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / name).write_text(text, encoding="utf-8")
    with pytest.raises(PatternError, match=says):
        load_rules([tmp_path])


def test_a_rule_file_beside_the_folders_of_rules_is_told(tmp_path: Path) -> None:
    """It would never be read, and nobody would learn that."""
    (tmp_path / "mine.yaml").write_text("family: mine")
    with pytest.raises(PatternError, match=r"mine\.yaml: rule files lie in folders by their kind\..*facts"):
        load_rules([tmp_path])
