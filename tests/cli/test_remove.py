"""`jsextract remove`: documents leave a dataset, and it is as if they had never been there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jsextract.batch.run import run
from jsextract.batch.run_settings import Settings
from jsextract.batch.sources import find_sources
from jsextract.cli.main import run_cli
from jsextract.dataset.folder import LocalFolder
from tests.check.told import account


@pytest.fixture
def source(tmp_path: Path) -> Path:
    for n, name in enumerate(["2022/a.txt", "2022/b.txt", "2023/a.txt", "[x].txt"]):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(account(totals=f"2023年度收入支出总计{n}.50万元。"), encoding="utf-8")
    return tmp_path / "in"


def read(source: Path, out: Path) -> dict[str, bytes]:
    run(find_sources([source]), out, Settings(jobs=0), lambda outcome: None)
    return contents(out)


def contents(out: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in out.iterdir() if p.suffix in {".csv", ".json"}}


def test_a_document_leaves_and_comes_back(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    whole = read(source, out)
    assert run_cli(["remove", str(out), "2022/b.txt"]) == 0
    assert capsys.readouterr().out == f"2022/b.txt\n{out}: 1 file removed\n"
    assert len(list((out / ".jsextract" / "results").rglob("*.json"))) == 3
    (source / "2022" / "b.txt").rename(tmp_path / "b.txt")
    assert contents(out) == read(source, tmp_path / "without")
    (tmp_path / "b.txt").rename(source / "2022" / "b.txt")
    assert read(source, out) == whole


@pytest.mark.parametrize(
    ("names", "left"),
    [
        (["2022/*"], ["2023/a.txt", "[x].txt"]),
        (["*/a.txt", "2022/b.txt"], ["[x].txt"]),
        (["[[]x].txt"], ["2022/a.txt", "2022/b.txt", "2023/a.txt"]),
        (["[x].txt"], ["2022/a.txt", "2022/b.txt", "2023/a.txt"]),
        (["*"], []),
    ],
)
def test_names_and_patterns(source: Path, tmp_path: Path, names: list[str], left: list[str]) -> None:
    out = tmp_path / "out"
    read(source, out)
    assert run_cli(["remove", str(out), *names]) == 0
    rows = (out / "documents.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert [row.split(",")[1] for row in rows] == left
    assert all((source / name).exists() for name in ("2022/a.txt", "2022/b.txt", "2023/a.txt", "[x].txt"))


def test_files_of_one_name_are_told_apart_by_their_paths(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(find_sources([source / "2022", source / "2023"]), out, Settings(jobs=0), lambda outcome: None)
    assert run_cli(["remove", str(out), "2023/a.txt"]) == 0
    left = (out / "documents.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert [row.split(",")[1] for row in left] == ["a.txt", "b.txt"]
    assert run_cli(["remove", str(out), "2022/*"]) == 0


def test_an_id_means_its_document(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    read(source, out)
    row = (out / "documents.csv").read_text(encoding="utf-8-sig").splitlines()[3].split(",")
    assert run_cli(["remove", str(out), row[0]]) == 0
    assert capsys.readouterr().out.startswith(f"{row[1]}\n")
    log = [json.loads(line) for line in (out / "run.log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(line["file"], line["document_id"]) for line in log if line["event"] == "removed"] == [(row[1], row[0])]


def test_a_dry_run_removes_nothing(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    before = read(source, out)
    assert run_cli(["remove", str(out), "2022/*", "--dry-run"]) == 0
    assert capsys.readouterr().out == f"2022/a.txt\n2022/b.txt\n{out}: 2 files would be removed\n"
    assert contents(out) == before
    assert read(source, out) == before


def test_a_name_that_means_nothing_is_named_with_those_like_it(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    before = read(source, out)
    assert run_cli(["remove", str(out), "2022/a.txt", "2022/bb.txt"]) == 3
    assert "has no document 2022/bb.txt. There is 2022/b.txt" in capsys.readouterr().err
    assert contents(out) == before
    assert run_cli(["remove", str(tmp_path / "none"), "a"]) == 3
    assert not (tmp_path / "none").exists()


def test_a_dataset_in_use_is_left_alone(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = read(source, out)
    with LocalFolder(out).locked():
        assert run_cli(["remove", str(out), "*"]) != 0
    assert contents(out) == before
