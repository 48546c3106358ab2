"""The command line in both languages."""

from __future__ import annotations

import re

import click
import pytest

from jsextract.cli.localised import Command, Group, Option, asked
from jsextract.cli.main import cli, run_cli
from jsextract.language import chosen


@pytest.fixture(autouse=True)
def _english_afterwards(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LANGUAGE", "en")
    yield
    chosen.use("en")


def commands(command: click.Command, *path: str):
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from commands(below, *path, name)


@pytest.mark.parametrize(("path", "command"), list(commands(cli)), ids=str)
def test_help_is_told_in_both_languages(path, command, capsys) -> None:
    said = {}
    for language in chosen.LANGUAGES:
        assert run_cli([*path, "--lang", language, "--help"]) == 0
        said[language] = capsys.readouterr().out
    assert not re.search("[\u4e00-\u9fff]", said["en"].split("Example")[0].replace("部门决算, 单位决算", ""))
    words = re.sub(r"(?s)示例：.*?\n\n|\S*[^\x00-\x7f]\S*", "", said["zh"])
    assert not re.search(r"\b(the|of|is|and|which)\b", words)


def test_every_command_and_option_is_translated() -> None:
    for path, command in commands(cli):
        assert isinstance(command, (Command, Group)), path
        own = [p for p in command.params if isinstance(p, click.Option) and p.name not in {"help", "version"}]
        assert all(isinstance(option, Option) for option in own), path


@pytest.mark.parametrize(
    ("arguments", "left"),
    [
        (["--lang", "zh", "check", "data"], ["check", "data"]),
        (["check", "data", "--lang=zh"], ["check", "data"]),
        (["--lang", "en", "a.pdf", "--lang", "zh"], ["a.pdf"]),
    ],
)
def test_the_option_may_stand_anywhere(arguments, left, monkeypatch) -> None:
    monkeypatch.setenv("JSEXTRACT_LANG", "en")
    assert asked(arguments) == ("zh", left)


def test_what_follows_two_dashes_is_a_name(monkeypatch) -> None:
    monkeypatch.setenv("JSEXTRACT_LANG", "en")
    assert asked(["--", "--lang", "zh"]) == ("", ["--", "--lang", "zh"])


@pytest.mark.parametrize("arguments", [["--lang"], ["--lang", "de"], ["--lang=", "x"]])
def test_a_language_that_is_not_there_is_refused(arguments, capsys) -> None:
    assert run_cli(arguments) == 2
    assert "--lang" in capsys.readouterr().err


def test_errors_of_the_command_line_are_told_in_chinese(capsys) -> None:
    assert run_cli(["show", "--lang", "zh"]) == 2
    assert capsys.readouterr().err.startswith("jsextract: 缺少参数 'FILE|OUT'")
