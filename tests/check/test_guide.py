"""docs/checks.md names every check that can stand in checks.csv."""

from __future__ import annotations

import re
from pathlib import Path

from jsextract.accounts.comparison import IDS
from jsextract.check.docs import documented, guide
from jsextract.check.text_rules import RULES
from jsextract.rules.ruleset import load_rules
from jsextract.rules.wordings import WORDINGS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
HAN, LATIN = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]{2,}")
CODES = re.compile(r"`\w+`|\.pdf|document_id|XX")
_LITERAL = re.compile(r"[\"']((?:table|cross|text|dataset)\.[a-z0-9_]+)[\"']")


def test_every_check_that_can_be_made_stands_on_the_page():
    sources = [*(ROOT / "src/jsextract/check").rglob("*.py"), *(ROOT / "src/jsextract/accounts").rglob("*.py")]
    written = {name for path in sources for name in _LITERAL.findall(path.read_text(encoding="utf-8"))}
    made = {rule.id for rule in load_rules().equations} | {rule.check_id for rule in RULES} | set(IDS) | written
    assert written
    assert made - set(re.findall(r"^\| `([a-z0-9_.]+)` \|", PAGE, re.M)) == set()


def test_the_page_explains_no_check_that_cannot_be_made():
    paths = [*(ROOT / "src/jsextract/check").rglob("*.py"), *(ROOT / "src/jsextract/accounts").rglob("*.py")]
    sources = "".join(path.read_text(encoding="utf-8") for path in paths)
    coded = {name for name in documented(load_rules()) if f'"{name}"' in sources}
    assert documented(load_rules()) - coded - {rule.id for rule in load_rules().equations} == set()


def test_the_page_is_up_to_date():
    assert guide(load_rules()) == PAGE, "run: make checks"
    chinese = (ROOT / "docs" / "zh" / "checks.md").read_text(encoding="utf-8")
    assert guide(load_rules(), "zh") == chinese, "run: make checks"


def test_every_check_is_told_in_chinese():
    rules = load_rules()
    assert [rule.id for rule in rules.equations if not HAN.search(rule.says_zh)] == []
    told = [entry for part in rules.wordings.guide.values() for entry in part]
    assert [entry.id for entry in told if not HAN.search(entry.means_zh)] == []
    words = [
        entry.id
        for entry in told
        if LATIN.search(CODES.sub("", f"{entry.means_zh}{entry.example_zh or entry.example}"))
    ]
    assert words == []
    wordings = (wording for name in WORDINGS for wording in getattr(rules.wordings, name))
    assert [wording.id for wording in wordings if wording.says and not HAN.search(wording.says_zh)] == []
