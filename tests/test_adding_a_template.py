"""docs/adding-a-template.md is true: its files are written, its commands run, and they print what it shows."""

from __future__ import annotations

import csv
import re
import shlex
from pathlib import Path

import pytest

from jsextract.cli.main import run_cli

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^(?:<!-- file (\S+) -->\n\n)?```(\w+)\n(.*?)^```", re.M | re.S)
PAGE = (ROOT / "docs" / "adding-a-template.md").read_text(encoding="utf-8")
BLOCKS = BLOCK.findall(PAGE)
TARGET = Path("mine/facts/own.yaml")


def without_comments(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))


def test_the_walk_from_unread_sentence_to_facts(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    printed, commands = "", 0
    for name, language, text in BLOCKS:
        if name:
            (tmp_path / name).write_text(text, encoding="utf-8")
        elif language == "console":
            for line in text.splitlines():
                commands += 1
                assert run_cli(shlex.split(line)[1:]) == 0, line
            printed = capsys.readouterr().out
        elif language == "text":
            assert printed == text
        elif commands == 3:  # what `new` wrote
            assert without_comments(TARGET.read_text(encoding="utf-8")) == text
            commands += 1
        else:
            TARGET.write_text(text, encoding="utf-8")
    assert commands == 8
    assert printed.endswith("林场决算.txt: no amount of money was missed\n")
    with (tmp_path / "data" / "facts.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    header, _, *shown = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in re.findall(r"^\|.*", PAGE, re.M)
    ]
    assert len(shown) == 2
    for line in shown:
        assert any(dict(zip(header, line, strict=True)).items() <= row.items() for row in rows), line


def test_the_test_command_says_what_the_page_says(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    TARGET.parent.mkdir(parents=True)
    _, edited = (text for _, language, text in BLOCKS if language == "yaml")
    TARGET.write_text(edited, encoding="utf-8")
    assert run_cli(["patterns", "test", "own", "--patterns", "mine"]) == 0
    assert "none failed" in capsys.readouterr().out.splitlines()[-1]


def test_it_is_read_in_ten_minutes():
    words = len(re.findall(r"[A-Za-z']+", PAGE)) + len(re.findall(r"[\u4e00-\u9fff]", PAGE)) / 2
    assert words / 200 < 10


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "patterns/README.md"])
def test_it_is_found_from(page):
    assert "docs/adding-a-template.md" in (ROOT / page).read_text(encoding="utf-8")


def test_it_is_found_from_the_help(capsys):
    assert run_cli(["--help"]) == 0
    assert "docs/adding-a-template.md" in capsys.readouterr().out


def test_its_links_lead_somewhere():
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", PAGE)
    assert targets
    assert all((ROOT / "docs" / target).exists() for target in targets)


def test_the_chinese_page_shows_the_same_files_commands_and_output():
    assert BLOCK.findall((ROOT / "docs" / "zh" / "adding-a-template.md").read_text(encoding="utf-8")) == BLOCKS
