"""What people type by mistake is told as what it is, and never does something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from jsextract.cli.main import run_cli
from jsextract.cli.suggest import nearest


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("chekc data", "chekc is neither a command nor a file. Did you mean jsextract check?"),
        ("hepl", "Did you mean jsextract help?"),
        ("--format xlsx a.pdf", "No such option '--format'. Other formats: jsextract export"),
        ("--severity error data", "jsextract check OUT --severity"),
        ("show --page 3 --pgae 4 a.pdf", "See: jsextract show --help"),
    ],
)
def test_a_misspelt_word_is_told_what_is_near(line: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_cli(line.split()) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


@pytest.mark.parametrize("option", ["--forc", "--fore", "--format"])
def test_an_option_that_reads_everything_again_is_never_suggested(
    option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_cli([option, "a.pdf"]) == 2
    assert "--force" not in capsys.readouterr().err


def test_a_file_that_is_named_like_a_command_is_a_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "chek").write_bytes(b"")
    assert run_cli(["chek"]) == 12
    assert run_cli(["chek.pdf"]) == 3
    assert "chek.pdf does not exist" in capsys.readouterr().err


@pytest.mark.parametrize(
    "line", [[""], ["a.pdf", "-o", ""], ["check", ""], ["remove", "", "a.pdf"], ["show", "", "--page", "1"]]
)
def test_a_blank_place_is_refused(line: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_cli(line) == 2
    assert "blank" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_dataset_named_like_a_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("某局2023年度部门决算", encoding="utf-8")
    assert run_cli(["a.txt", "-o", "result.xlsx"]) == 2
    assert "jsextract export OUT -o result.xlsx" in capsys.readouterr().err
    assert not (tmp_path / "result.xlsx").exists()
    (tmp_path / "old.csv").mkdir()
    assert run_cli(["a.txt", "-o", "old.csv", "--jobs", "0"]) == 0, "a folder that is there may have any name"


def test_a_pattern_that_no_shell_expanded_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_cli(["*.pdf"]) == 3
    assert "quotes" in capsys.readouterr().err


def test_help_is_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_cli(["help"]) == 0
    general = capsys.readouterr().out
    assert run_cli(["help", "check"]) == 0
    assert "--severity" in capsys.readouterr().out
    assert "--severity" not in general
    assert "Commands" in general


def test_only_what_is_near_is_suggested() -> None:
    assert nearest("chekc", ["check", "show"]) == ["check"]
    assert nearest("决算", ["check", "show"]) == []
