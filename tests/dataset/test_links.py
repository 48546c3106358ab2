"""A link in a dataset is named, whatever stood in its place, and nothing beyond it is touched."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from jsextract.cli.main import run_cli

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links need rights there")
INNER = (
    ".jsextract",
    ".jsextract/results",
    ".jsextract/results/??",
    ".jsextract/lock",
    "run.log.jsonl",
    "corrections.csv",
)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("links")
    (place / "a.txt").write_text("部门决算", encoding="utf-8")
    assert run_cli([str(place / "a.txt"), "-o", str(place / "out"), "--jobs", "0", "-q"]) == 0
    (place / "out" / "corrections.csv").write_text("sha256,ref,value_text,verdict,value,note\n", encoding="utf-8")
    return place / "out"


@pytest.fixture
def out(dataset: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(dataset, tmp_path / "out"))


def moved(out: Path, pattern: str) -> tuple[Path, Path]:
    """A link in the place of what a pattern names, and where that is now."""
    (inner,) = out.glob(pattern)
    elsewhere = out.parent / "elsewhere"
    inner.rename(elsewhere)
    inner.symlink_to(elsewhere)
    return inner, elsewhere


def states(place: Path) -> dict[str, tuple[int, int]]:
    """The size and time of whatever lies at a place and below it."""
    every = [place, *place.rglob("*")]
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in every}


@pytest.mark.parametrize(
    ("language", "says"),
    [("en", "is a link; within a dataset, none is followed. Put"), ("zh", "是链接，数据集之内的链接一律不跟随。请")],
)
@pytest.mark.parametrize("pattern", INNER)
def test_a_run_names_the_link(
    out: Path, pattern: str, language: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    inner, elsewhere = moved(out, pattern)
    before = states(elsewhere)
    (out.parent / "b.txt").write_text("部门决算", encoding="utf-8")
    command = ["--lang", language, str(out.parent / "b.txt"), "-o", str(out), "--jobs", "0", "-q", "--force"]
    assert run_cli(command) == 5
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert f"{inner} {says}" in error
    assert states(elsewhere) == before


def test_a_csv_file_that_is_a_link_is_replaced_only_by_force(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inner, elsewhere = moved(out, "cells.csv")
    before = elsewhere.read_bytes()
    (out.parent / "b.txt").write_text("单位决算", encoding="utf-8")
    command = [str(out.parent / "b.txt"), "-o", str(out), "--jobs", "0", "-q"]
    assert run_cli(command) == 5
    assert f"{inner} is a link" in capsys.readouterr().err
    assert run_cli([*command, "--force"]) == 0
    assert not inner.is_symlink()
    assert elsewhere.read_bytes() == before


@pytest.mark.parametrize("command", [["report", "-o", "{}/r.html"], ["show", "--check", "x"], ["remove", "a.txt"]])
def test_commands_name_a_link_to_what_the_dataset_remembers(
    out: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    inner, _ = moved(out, ".jsextract")
    name, *rest = (word.format(out.parent) for word in command)
    assert run_cli([name, str(out), *rest]) == (5 if name == "remove" else 8)
    assert f"{inner} is a link" in capsys.readouterr().err


def test_an_export_and_a_check_name_it_too(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inner, _ = moved(out, "checks.csv")
    for command in (["check", str(out)], ["export", str(out), "--to", "sqlite"]):
        assert run_cli(command) == 8
        assert f"{inner} is a link" in capsys.readouterr().err


def test_a_file_where_a_folder_belongs_is_no_link(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(out / ".jsextract" / "results")
    (out / ".jsextract" / "results").write_text("")
    (out.parent / "a.txt").write_text("部门决算", encoding="utf-8")
    assert run_cli([str(out.parent / "a.txt"), "-o", str(out), "-q", "--jobs", "0"]) == 5
    error = capsys.readouterr().err
    assert str(out / ".jsextract" / "results") in error
    assert "Not a directory" in error
