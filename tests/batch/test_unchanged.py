"""A dataset whose sources did not change: nothing is hashed, decoded or put together again, and every change is seen."""

from __future__ import annotations

import csv
import os
import shutil
import time
from pathlib import Path

import pytest

from jsextract.batch import keys as keys_module
from jsextract.batch import marks
from jsextract.batch import writing as writing_module
from jsextract.batch.marks import mark_of
from jsextract.batch.outcome import Outcome, kept, outcome_from, outcome_of
from jsextract.batch.remove import remove
from jsextract.batch.run import run
from jsextract.batch.run_settings import Settings
from jsextract.batch.sources import find_sources
from jsextract.dataset import codec
from jsextract.errors import OutputNotWritable
from tests import made
from tests.check.told import account, three_accounts


@pytest.fixture(autouse=True)
def settled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that were written just now are trusted, unless a test says otherwise."""
    monkeypatch.setattr(marks, "_SETTLED_NS", -(10**10))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return three_accounts(tmp_path / "in")


def go(source: Path, out: Path, *, force: bool = False) -> list[Outcome]:
    outcomes: list[Outcome] = []
    run(find_sources([source]), out, Settings(jobs=0, force=force), outcomes.append)
    return outcomes


def read(outcomes: list[Outcome]) -> list[str]:
    return [outcome.head.file for outcome in outcomes if not outcome.reused]


def contents(out: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in out.iterdir() if p.suffix in {".csv", ".json"}}


def test_nothing_is_hashed_decoded_or_put_together(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = go(source, tmp_path / "out")
    before = contents(tmp_path / "out")

    def forbidden(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(keys_module, "sha256_of", forbidden)
    monkeypatch.setattr(writing_module, "assemble", forbidden)
    monkeypatch.setattr(codec, "from_json", forbidden)
    second = go(source, tmp_path / "out")
    assert read(second) == []
    assert [kept(o) | {"reused": False} for o in second] == [kept(o) for o in first]
    assert [o.head.file for o in second] == [o.head.file for o in first]
    assert contents(tmp_path / "out") == before


def test_another_content_of_the_same_size_and_time_is_read(source: Path, tmp_path: Path) -> None:
    go(source, tmp_path / "out")
    path = source / "1.txt"
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"3", b"4", 1))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert read(go(source, tmp_path / "out")) == ["1.txt"]


def test_a_file_that_changed_just_now_has_no_mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"")
    monkeypatch.setattr(marks, "_SETTLED_NS", 2_000_000_000)
    assert mark_of(path) == ""
    os.utime(path, (0, 0))
    assert mark_of(path) == "", "its ctime moved"
    later = time.time_ns() + 3_000_000_000
    monkeypatch.setattr(marks.time, "time_ns", lambda: later)
    assert mark_of(path)
    os.utime(path, ns=(later, later + 1))
    assert mark_of(path) == "", "it lies ahead of the clock"
    assert mark_of(tmp_path / "none") == ""


@pytest.mark.parametrize("name", ["cells.csv", "accounts.csv", "datapackage.json"])
def test_files_that_are_gone_are_made_anew(source: Path, tmp_path: Path, name: str) -> None:
    go(source, tmp_path / "out")
    before = contents(tmp_path / "out")
    (tmp_path / "out" / name).unlink()
    assert read(go(source, tmp_path / "out")) == []
    assert contents(tmp_path / "out") == before


@pytest.mark.parametrize("name", ["cells.csv", "accounts.csv"])
def test_files_that_were_changed_by_hand_are_not_overwritten_without_a_word(
    source: Path, tmp_path: Path, name: str
) -> None:
    go(source, tmp_path / "out")
    before = contents(tmp_path / "out")
    path = tmp_path / "out" / name
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(OutputNotWritable, match=rf"{name}.*corrections\.csv.*--force"):
        go(source, tmp_path / "out")
    with pytest.raises(OutputNotWritable, match=name):
        remove(tmp_path / "out", ["1.txt"])
    assert path.read_bytes().endswith(b"x")
    go(source, tmp_path / "out", force=True)
    assert contents(tmp_path / "out") == before


def test_a_copied_dataset_was_not_changed(source: Path, tmp_path: Path) -> None:
    go(source, tmp_path / "out")
    shutil.copytree(tmp_path / "out", tmp_path / "copy")
    before = contents(tmp_path / "copy")
    assert read(go(source, tmp_path / "copy")) == []
    assert contents(tmp_path / "copy") == before


def test_a_run_that_was_killed_between_two_files_has_changed_nothing_by_hand(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(source, tmp_path / "out")
    (source / "4.txt").write_bytes((source / "1.txt").read_bytes().replace(b"3", b"5", 1))
    real = Path.replace

    def killed(temp: Path, target: Path) -> Path:
        if target.name == "facts.csv":
            raise KeyboardInterrupt
        return real(temp, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            go(source, tmp_path / "out")
    go(source, tmp_path / "other")
    whole = contents(tmp_path / "other")
    go(source, tmp_path / "out")
    assert contents(tmp_path / "out") == whole


def test_another_form_of_the_rows_is_put_together(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(source, tmp_path / "out")
    before = contents(tmp_path / "out")
    calls: list[str] = []
    real = writing_module.assemble
    monkeypatch.setattr(writing_module, "form_id", lambda: "another")
    monkeypatch.setattr(writing_module, "assemble", lambda *given: calls.append("put together") or real(*given))
    go(source, tmp_path / "out")
    go(source, tmp_path / "out")
    assert calls == ["put together"]
    assert contents(tmp_path / "out") == before


def test_a_name_that_is_new_is_put_together(source: Path, tmp_path: Path) -> None:
    go(source, tmp_path / "out")
    (source / "twin.txt").write_bytes((source / "1.txt").read_bytes())
    assert read(go(source, tmp_path / "out")) == []
    with (tmp_path / "out" / "documents.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = {row["file"]: row for row in csv.DictReader(handle)}
    assert rows["twin.txt"]["duplicate_of"] == rows["1.txt"]["document_id"]
    assert not rows["1.txt"]["duplicate_of"], "the three state different counts"


def test_a_failure_that_fails_again_changes_nothing(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (source / "empty.pdf").write_bytes(b"")
    go(source, tmp_path / "out")
    monkeypatch.setattr(writing_module, "assemble", lambda *_: pytest.fail("put together"))
    assert read(go(source, tmp_path / "out")) == ["empty.pdf"]


def test_force_reads_all(source: Path, tmp_path: Path) -> None:
    go(source, tmp_path / "out")
    before = contents(tmp_path / "out")
    assert len(read(go(source, tmp_path / "out", force=True))) == 3
    assert contents(tmp_path / "out") == before


def test_a_run_that_ends_while_results_change_leaves_files_to_be_put_together(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(source, tmp_path / "out")
    (source / "1.txt").write_text(account(units="共有9个单位。"), encoding="utf-8")

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(writing_module, "assemble", dies)
        with pytest.raises(KeyboardInterrupt):
            go(source, tmp_path / "out")
    go(source, tmp_path / "out")
    fresh = tmp_path / "fresh"
    go(source, fresh)
    assert contents(tmp_path / "out") == contents(fresh)


def test_a_result_that_was_cut_short_is_read_again(source: Path, tmp_path: Path) -> None:
    go(source, tmp_path / "out")
    before = contents(tmp_path / "out")
    for path in (tmp_path / "out" / ".jsextract" / "results").rglob("*.json"):
        path.write_text(path.read_text()[:-9])
    assert len(read(go(source, tmp_path / "out"))) == 3
    assert contents(tmp_path / "out") == before


def test_an_outcome_is_given_back_and_another_versions_is_not() -> None:
    outcome = outcome_of(made.report(), reused=True)
    assert outcome_from(kept(outcome), outcome.head.file) == outcome
    assert outcome_from({"head": {}}, "a") is None
    assert outcome_from(None, "a") is None
