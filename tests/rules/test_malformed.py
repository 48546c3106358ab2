"""Malformed rule files: one error with file and, where it can be told, entry and line; never a traceback, never a wait."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from jsextract.cli.main import run_cli
from jsextract.errors import PatternError
from jsextract.rules.ruleset import load_rules

ROOT = Path(__file__).resolve().parents[2]
TEXT = ROOT / "fixtures" / "account_text.txt"
FACTS = """\
family: own
rules:
  - id: own.repairs
    pattern: '检修费{is}{value:money}'
    facts: [{measure: final, item: 检修费}]
    reads:
      - {say: 检修费12.00万元。, facts: [{item: 检修费, value: '12.00'}]}
      - {say: 检修费为3万元。, facts: [{item: 检修费, value: '3'}]}
    ignores: [检修费另计。]
"""
CHECK = """\
equations:
  - id: table.mine
    says: two kinds make the whole
    tables: [T5]
    each: row
    equation: 合计 = 基本支出 + 项目支出
    examples: [{status: pass, figures: {合计: '3.00', 基本支出: '1.00', 项目支出: '2.00'}}]
"""
WORDING = """\
wordings:
  - id: own.words
    pattern: 模板
    says: words of a template
    finds: [这是模板。]
    ignores: [这不是。]
"""
TABLE = (ROOT / "patterns" / "tables" / "T9.yaml").read_text(encoding="utf-8").replace("id: T9", "id: T10")
TABLE = re.sub(r"^topic: .*\n", "", TABLE, flags=re.M)
PROFILE = "id: own\napplies: {cover: [某省]}\n"
TOPIC = """\
topics:
  - {topic: livelihood, words: [惠民], reads: [一、惠民支出情况], ignores: [二、收入决算情况]}
"""


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


F, C, W, T, P, L = ("facts/own", "checks/own", "checks/words/residue", "tables/T10", "profiles/own", "lexicon")
# name: (file, text, what the message says, line)
CASES: dict[str, tuple[str, str, str, int]] = {
    # patterns and examples
    "sections of a check do not compile": (C, changed(CHECK, "    each:", "    sections: '('\n    each:"), "does not compile", 2),
    "a check's example without figures": (C, re.sub(r", figures: .*\}\}\]", "}]", CHECK), "figures", 7),
    "facts without rules' key": (F, "family: own\nruls: []\n", "unknown key ruls", 2),
    "facts without a family": (F, "rules: []\n", "family", 1),
    "an item without topic": (f"{L}/items", "items:\n  - {item: 甲乙丙}\n", "甲乙丙: .*needs a topic", 2),
    "facts that are a list": (F, "- a\n- b\n", "Expected `object`, got `array`", 1),
    "a reason that does not compile": (f"{L}/reasons", "keywords:\n  甲: ['(']\n", "does not compile", 2),
    "a misprint of an unknown name": (f"{L}/misprints", "names: [无此名称费]\n", "nothing is called 无此名称费", 1),
    "need is no number": (T, changed(TABLE, "need: ", "need: x # "), "Expected `int`", 12),
    "an example without a sentence": (F, changed(FACTS, "say: 检修费12.00万元。, ", ""), "say", 7),
    "a cover that does not compile": (P, changed(PROFILE, "某省", "'('"), "does not compile", 2),
    "places is a number": (W, changed(WORDING, "    says", "    places: 5\n    says"), "Expected `array`, got `int`", 4),
    "a table's example does not hold": (T, changed(TABLE, "reads:\n", "reads:\n  - 甲乙丙表\n"), "is not read", 2),
    "a wording's example does not hold": (W, changed(WORDING, "这不是", "这也是模板"), "own.words: finds", 2),
    # YAML
    "empty": (F, "", "got `null`", 0),
    "only a comment": (C, "# nothing\n", "got `null`", 0),
    "a scalar": (F, "12\n", "got `int`", 1),
    "NUL": (F, "family: \0\n", "own.yaml", 0),
    "an alias bomb": (F, "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "aliases are not allowed", 2),
    "a megabyte of brackets": (F, "[" * (1 << 20), "own.yaml", 0),
    "three megabytes": (F, "#" * (3 << 20), "larger than", 0),
    "a key twice": (F, changed(FACTS, "    facts:", "    id: own.other\n    facts:"), "the key id stands there twice", 3),
    "a huge number": (F, changed(FACTS, "value: '3'", f"value: {'9' * 5000}"), "own.yaml", 0),
    "tags that would run code": (F, "a: !!python/object/apply:os.system [echo]\n", "own.yaml", 1),
    # types
    "a number as a name": (F, changed(FACTS, "family: own", "family: 12"), "Expected `str`, got `int`", 1),
    "a number as an item": (f"{L}/items", "items:\n  - {item: 12, topic: totals}\n", "Expected `str`, got `int`", 2),
    "rules are a mapping": (F, "family: own\nrules: {a: b}\n", "Expected `array`", 2),
    "sections are text": (F, changed(FACTS, "    facts:", "    sections: totals\n    facts:"), "Expected `array`", 5),
    "opens is text": (F, changed(FACTS, "    facts:", "    opens: 'no'\n    facts:"), "Expected `bool`", 5),
    "a fraction as a figure": (F, changed(FACTS, "value: '12.00'", "value: 12.00"), "float", 7),
    "no pattern": (F, changed(FACTS, "    pattern: '检修费{is}{value:money}'\n", ""), "pattern", 3),
    # names
    "an id twice": (F, FACTS + FACTS.split("rules:\n")[1], "own.repairs: there is a own.repairs already", 10),
    "an id of a shipped rule": (F, changed(FACTS, "own.repairs", "change.rate"), "change.rate already, in", 3),
    "an unknown measure": (F, changed(FACTS, "measure: final", "measure: cost"), "own.repairs: cost is no measure", 3),
    "an unknown topic": (F, changed(FACTS, "    facts:", "    sections: [weather]\n    facts:"), "weather", 5),
    "an unknown slot": (F, changed(FACTS, "value:money", "value:mony"), "no slot type {mony}", 3),
    "a slot that the pattern lacks": (F, changed(FACTS, "item: 检修费}]\n    reads", "item: '{name}'}]\n    reads"), "no slot {name}", 3),
    "an unknown severity": (C, changed(CHECK, "    each:", "    severity: grave\n    each:"), "grave", 5),
    "an unknown status": (C, changed(CHECK, "status: pass", "status: fine"), "fine", 7),
    "an unknown name in an equation": (C, changed(CHECK, "项目支出\n", "项目支除\n"), "table.mine: nothing is called 项目支除", 2),
    "an equation that is none": (C, changed(CHECK, "合计 = 基本", "合计 基本"), "table.mine", 2),
    "an unknown kind of table": (T, changed(TABLE, "kind: ", "kind: round # "), "round", 0),
    "a file that no loader reads": (f"{L}/itmes", "items: []\n", "Was items meant", 0),
    "a topic that is there already": ("sections/topics", changed(TOPIC, "livelihood, words", "assets, words"), "assets already", 2),
    "dropping what is not there": (F, "family: own\ndrop: [change.rtae]\n", "Was change.rate meant", 2),
    "replacing what is not there": (F, changed(FACTS, "rules:", "replace:"), "no own.repairs to replace", 3),
    # patterns that would cost without end
    "a pattern that calls itself": (F, changed(FACTS, "检修费{is}", "(?:检修费(?R)?)"), "calls itself", 3),
    "a repetition beyond reason": (F, changed(FACTS, "检修费{is}", "(?:检{1000}){1000}"), "repeats too much", 3),
    "an endless example": (W, WORDING.replace("模板", "'(?:(?:a|a)+)+b'").replace("[这是", f"[{'a' * 60}"), "takes more than", 2),
    "a long pattern": (F, changed(FACTS, "检修费{is}", "检" * 30_000), "characters, more than", 3),
}  # fmt: skip


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("case", CASES)
def test_a_malformed_file_is_one_error_with_its_place(case: str, tmp_path: Path) -> None:
    name, text, says, line = CASES[case]
    path = put(tmp_path, name, text)
    with pytest.raises(PatternError, match=says) as caught:
        load_rules([tmp_path])
    told = str(caught.value)
    assert str(path) in told
    assert not line or f"line {line}:" in told, told


@pytest.mark.parametrize("case", ["sections of a check do not compile", "a reason that does not compile", "empty"])
@pytest.mark.parametrize("command", ["extract", "test"])
def test_the_command_ends_with_one_line(
    case: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, text, says, _ = CASES[case]
    put(tmp_path, name, text)
    rules = ["--patterns", str(tmp_path)]
    args = [str(TEXT), "-o", str(tmp_path / "out"), *rules] if command == "extract" else ["patterns", "test", *rules]
    assert run_cli(args) == PatternError.exit_code
    (line,) = capsys.readouterr().err.splitlines()
    assert re.search(says, line)


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _unreadable(path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("the superuser reads everything")
    path.write_text(FACTS, encoding="utf-8")
    path.chmod(0)


OTHERS: dict[str, Callable[[Path], None]] = {
    "a FIFO": _fifo,
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a folder": lambda path: path.mkdir(),
    "a link to nowhere": lambda path: path.symlink_to("nowhere"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "an unreadable file": _unreadable,
    "no UTF-8": lambda path: path.write_bytes("family: 检修费".encode("gb18030")),
    "UTF-16": lambda path: path.write_bytes(FACTS.encode("utf-16")),
}


@pytest.mark.parametrize("folder", ["facts", "lexicon", "checks/words"])
@pytest.mark.parametrize("what", OTHERS)
def test_what_is_no_text_is_never_waited_for(what: str, folder: str, tmp_path: Path) -> None:
    name = {"facts": "own", "lexicon": "items", "checks/words": "years"}[folder]
    path = tmp_path / folder / f"{name}.yaml"
    path.parent.mkdir(parents=True)
    OTHERS[what](path)
    with pytest.raises(PatternError, match=re.escape(str(path))):
        load_rules([tmp_path])


def test_a_row_that_is_none_of_codes_is_named(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    path = tmp_path / "lexicon" / "function_codes.csv"
    path.write_text("code,name,since,until,seen\n20x,甲,,,\n", encoding="utf-8")
    with pytest.raises(PatternError, match="line 2: 20x"):
        load_rules([tmp_path])
    path.unlink()
    path.symlink_to("nowhere")
    with pytest.raises(PatternError, match="no regular file"):
        load_rules([tmp_path])


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = put(tmp_path, F, "")
    path.write_text(FACTS, encoding="utf-8-sig")
    assert "own.repairs" in {rule.id for rule in load_rules([tmp_path]).facts}


@pytest.mark.parametrize(
    ("text", "name"), [(FACTS, F), (CHECK, C), (WORDING, W), (TABLE, T), (PROFILE, P), (TOPIC, "sections/topics")]
)
def test_the_files_that_the_cases_spoil_are_right(text: str, name: str, tmp_path: Path) -> None:
    put(tmp_path, name, changed(text, "topics:", "first:") if text is TOPIC else text)
    assert load_rules([tmp_path]).folders[-1] == tmp_path
