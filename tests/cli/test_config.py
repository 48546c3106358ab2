"""`jsextract.toml`: settings that hold for every command run in its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from jsextract.cli.main import run_cli
from tests.check.told import account


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.txt").write_text(account(), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("JSEXTRACT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_options_that_are_not_given_are_those_of_the_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "jsextract.toml").write_text('output = "data"\njobs = 0\nlang = "zh"\n', encoding="utf-8")
    assert run_cli(["a.txt"]) == 0
    assert (folder / "data" / "facts.csv").is_file()
    capsys.readouterr()
    assert run_cli(["check"]) == 0
    assert "核对了 1 个文件" in capsys.readouterr().out
    assert run_cli(["check", "--lang", "en"]) == 0
    assert "1 document checked" in capsys.readouterr().out
    assert run_cli(["a.txt", "-o", "other"]) == 0
    assert (folder / "other" / "facts.csv").is_file()


def test_a_folder_of_rules_needs_no_list(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "mine").mkdir()
    for told in ('"mine"', '["mine"]'):
        (folder / "jsextract.toml").write_text(f"patterns = {told}\njobs = 0\n", encoding="utf-8")
        assert run_cli(["a.txt"]) == 0, capsys.readouterr().err
    (folder / "jsextract.toml").write_text('patterns = "gone"\njobs = 0\n', encoding="utf-8")
    assert run_cli(["a.txt"]) != 0


def test_the_environment_s_own_variable_goes_before_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "jsextract.toml").write_text('lang = "zh"\n', encoding="utf-8")
    monkeypatch.setenv("JSEXTRACT_LANG", "en")
    assert run_cli(["check", "nowhere"]) == 3
    assert "There is no dataset" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('otuput = "data"', "unknown setting otuput. Did you mean output?"),
        ("xyz = 1", "Settings: output"),
        ("output = ", "cannot be read"),
        ('jobs = "many"', "many"),
        ('lang = "fr"', "none of zh, en"),
        ('output = "data.xlsx"', "data.xlsx"),
        ("output = 5", "5 is no value of output"),
        ('output = "a\\u0000b"', "no value of output"),
        ("jobs = [1, 2]", "no value of jobs"),
        ("jobs = 1979-05-27", "no value of jobs"),
        ("timeout = true", "True is no value of timeout"),
        ("patterns = 7", "7 is no value of patterns"),
        ('patterns = [["rules"]]', "no value of patterns"),
        ('profile = ["none"]', "no value of profile"),
        ("jobs = " + "[" * 8000, "nested too deeply"),
        (".".join(["a"] * 100_000) + " = 1", "larger than"),
    ],
)
def test_a_file_that_is_wrong_ends_the_command(
    folder: Path, text: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "jsextract.toml").write_text(text, encoding="utf-8")
    assert run_cli(["a.txt"]) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1
    assert not (folder / "output").exists()
