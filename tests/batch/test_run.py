from __future__ import annotations

import contextlib
import csv
import json
import os
import shutil
import time
from pathlib import Path

import pytest

from jsextract.batch import child, pool
from jsextract.batch import run as run_module
from jsextract.batch.outcome import Outcome
from jsextract.batch.run import StopRequest, run
from jsextract.batch.run_settings import Settings
from jsextract.batch.sources import find_sources
from jsextract.dataset.folder import LocalFolder
from jsextract.errors import DatasetBusy, OutputNotWritable, SourceNotFound
from tests.pdfs import account, write

FIXTURES = Path(__file__).parents[2] / "fixtures"
IN_PROCESS = Settings(jobs=0)


def go(source: Path, out: Path, settings: Settings = IN_PROCESS) -> list[Outcome]:
    outcomes: list[Outcome] = []
    run(list(find_sources([source], skip=out)), out, settings, outcomes.append)
    return outcomes


def documents(out: Path) -> list[dict[str, str]]:
    with (out / "documents.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def contents(out: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in out.iterdir() if p.is_file() and p.name != "run.log.jsonl"}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    for i in range(3):
        write(tmp_path / "in" / f"{i}.pdf", account(f"第{i}份"))
    return tmp_path / "in"


def test_a_second_run_reads_nothing_and_writes_the_same_bytes(source: Path, tmp_path: Path) -> None:
    assert not any(o.reused for o in go(source, tmp_path / "out"))
    before = contents(tmp_path / "out")
    assert all(o.reused for o in go(source, tmp_path / "out"))
    assert contents(tmp_path / "out") == before
    assert len(before) >= 8


def test_jobs_and_place_make_no_difference(source: Path, tmp_path: Path) -> None:
    go(source, tmp_path / "a")
    shutil.copytree(source, tmp_path / "moved")
    go(tmp_path / "moved", tmp_path / "b", Settings(jobs=2))
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_only_changed_files_are_read_again(source: Path, tmp_path: Path) -> None:
    go(source, tmp_path / "out")
    write(source / "1.pdf", account("改过"))
    assert [o.head.file for o in go(source, tmp_path / "out") if not o.reused] == ["1.pdf"]
    assert len(documents(tmp_path / "out")) == 3


def test_a_changed_tool_reads_everything_again(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go(source, tmp_path / "out")
    monkeypatch.setattr(run_module, "reader_id", lambda *_: "another")
    assert not any(o.reused for o in go(source, tmp_path / "out"))
    assert len(list((tmp_path / "out" / ".jsextract" / "results").rglob("*.json"))) == 3


def test_a_removed_file_stays_in_the_dataset(source: Path, tmp_path: Path) -> None:
    go(source, tmp_path / "out")
    (source / "1.pdf").unlink()
    go(source, tmp_path / "out")
    assert len(documents(tmp_path / "out")) == 3


@pytest.mark.parametrize("jobs", [0, 2])
def test_equal_files_are_read_once(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    for name in ("copy.pdf", "z/copy.pdf"):
        write(source / name, (source / "0.pdf").read_bytes())
    read: list[str] = []
    real = pool.read_all

    def counting(*arguments: object) -> object:
        for done in real(*arguments):  # type: ignore[arg-type]
            read.append(done.source.file)
            yield done

    monkeypatch.setattr(pool, "read_all", counting)
    outcomes = go(source, tmp_path / "out", Settings(jobs=jobs))
    assert sorted(read) == ["0.pdf", "1.pdf", "2.pdf"]
    assert len(outcomes) == 5
    assert [d["file"] for d in documents(tmp_path / "out")] == ["0.pdf", "1.pdf", "2.pdf", "copy.pdf", "z/copy.pdf"]


def test_equal_bytes_under_a_text_and_a_pdf_name_are_read_as_each_says(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.txt"):
        write(tmp_path / "in" / name, "2024年度部门决算\n".encode())
    go(tmp_path / "in", tmp_path / "out")
    pdf, text = documents(tmp_path / "out")
    assert (pdf["file"], pdf["status"], pdf["flags"]) == ("a.pdf", "ok", "wrong_suffix")
    assert (text["file"], text["status"], text["flags"]) == ("b.txt", "ok", "")


def test_failures_are_tried_again(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.pdf", account(password="x"))
    write(tmp_path / "in" / "b.pdf", account())
    assert {o.head.file: o.head.problem for o in go(tmp_path / "in", tmp_path / "out")} == {
        "a.pdf": "encrypted",
        "b.pdf": "",
    }
    again = go(tmp_path / "in", tmp_path / "out", Settings(jobs=0, password="x"))
    assert {o.head.file: (o.head.status, o.reused) for o in again} == {"a.pdf": ("ok", False), "b.pdf": ("ok", True)}


@pytest.mark.skipif(os.name == "nt", reason="no links")
def test_two_files_that_cannot_be_opened_are_two_rows(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.pdf", account())
    for name in ("x.pdf", "y.pdf"):
        (tmp_path / "in" / name).symlink_to(tmp_path / "in" / "a.pdf")
    go(tmp_path / "in", tmp_path / "out")
    go(tmp_path / "in", tmp_path / "out")
    assert [(d["file"], d["problem"]) for d in documents(tmp_path / "out")] == [
        ("a.pdf", ""),
        ("x.pdf", "io"),
        ("y.pdf", "io"),
    ]


def test_times_stand_in_the_log_only(source: Path, tmp_path: Path) -> None:
    write(source / "bad.pdf", b"\x89PNG\r\n\x1a\n" + bytes(9))
    go(source, tmp_path / "out", Settings(jobs=1))
    go(source, tmp_path / "out", Settings(jobs=1))
    lines = [json.loads(line) for line in (tmp_path / "out" / "run.log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["event"] for line in lines[:6]] == ["start", *["read"] * 4, "end"]
    assert [line["event"] for line in lines[6:]] == ["start", *["kept"] * 3, "read", "end"]
    assert all("time" in line for line in lines)
    read = {line["file"]: line for line in lines[1:5]}
    assert read["bad.pdf"]["problem"] == "unsupported"
    assert read["0.pdf"]["seconds"] > 0
    assert read["0.pdf"]["cpu_seconds"] > 0
    assert read["0.pdf"]["pages"] == 1
    assert 10 < read["0.pdf"]["peak_mb"] < 1536
    end = lines[5]
    assert (end["documents"], end["read"], end["failed"], end["problems"]) == (4, 4, 1, {"unsupported": 1})
    assert (end["written"], end["interrupted"]) == (True, False)
    assert (lines[-1]["kept"], lines[-1]["read"]) == (3, 1)


def test_the_log_tells_which_reader_gave_the_cells(tmp_path: Path) -> None:
    go(FIXTURES / "trap_unit_list.pdf", tmp_path / "out")
    lines = [json.loads(line) for line in (tmp_path / "out" / "run.log.jsonl").read_text(encoding="utf-8").splitlines()]
    assert lines[1]["readers"] == {"lattice": int(documents(tmp_path / "out")[0]["cells"])}


def test_force_reads_all_and_changes_nothing(source: Path, tmp_path: Path) -> None:
    go(source, tmp_path / "out")
    before = contents(tmp_path / "out")
    assert [o.reused for o in go(source, tmp_path / "out", Settings(jobs=0, force=True))] == [False] * 3
    assert contents(tmp_path / "out") == before


def test_a_slow_document_holds_up_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for i in range(20):
        write(tmp_path / "in" / f"{i:02}.txt", f"2024年度部门决算{i}\n".encode())
    real = child.extracted

    def slow(path: Path, rules: object, *, file: str = "", **options: object) -> object:
        while file == "00.txt" and len(list((tmp_path / "out" / ".jsextract" / "results").rglob("*.json"))) < 19:
            time.sleep(0.02)
        return real(path, rules, file=file, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(child, "extracted", slow)
    outcomes = go(tmp_path / "in", tmp_path / "out", Settings(jobs=2))
    assert [o.head.file for o in outcomes][-1] == "00.txt"
    assert len(outcomes) == 20


@pytest.mark.parametrize("jobs", [0, 1])
def test_a_run_asked_to_finish_takes_no_more(source: Path, tmp_path: Path, jobs: int) -> None:
    for i in range(10, 40):
        write(source / f"{i}.pdf", account(f"第{i}份"))
    asked = StopRequest()

    def stop(outcome: Outcome) -> None:
        asked.to_finish = True

    run(find_sources([source]), tmp_path / "out", Settings(jobs=jobs), stop, asked)
    finished = len(documents(tmp_path / "out"))
    assert 1 <= finished < 10
    assert sum(o.reused for o in go(source, tmp_path / "out")) == finished
    go(source, tmp_path / "fresh")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_an_end_that_comes_while_a_document_is_kept_waits_for_it(source: Path, tmp_path: Path) -> None:
    asked = StopRequest()

    def end(outcome: Outcome) -> None:
        asked.end(SystemExit(143))

    with pytest.raises(SystemExit):
        run(find_sources([source]), tmp_path / "out", IN_PROCESS, end, asked)
    assert [d["file"] for d in documents(tmp_path / "out")] == ["0.pdf"]


def test_a_run_that_must_end_at_once_leaves_the_files_when_there_is_no_time(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(source / "0.pdf", tmp_path / "out")
    before = contents(tmp_path / "out")
    monkeypatch.setattr(run_module, "_LAST_SECONDS", -1.0)

    def stop(outcome: Outcome) -> None:
        if not outcome.reused:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(find_sources([source]), tmp_path / "out", IN_PROCESS, stop)
    assert contents(tmp_path / "out") == before
    last = json.loads((tmp_path / "out" / "run.log.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (last["event"], last["written"], last["interrupted"]) == ("end", False, True)
    assert sum(o.reused for o in go(source, tmp_path / "out")) == 2


def test_a_file_that_was_taken_away_meanwhile_keeps_its_place(source: Path, tmp_path: Path) -> None:
    go(source, tmp_path / "out")
    before = contents(tmp_path / "out")
    found = list(find_sources([source]))
    (source / "1.pdf").unlink()
    outcomes: list[Outcome] = []
    run(found, tmp_path / "out", IN_PROCESS, outcomes.append)
    assert {o.head.file: o.head.problem for o in outcomes} == {"0.pdf": "", "1.pdf": "io", "2.pdf": ""}
    assert contents(tmp_path / "out") == before


def test_a_source_folder_that_goes_away_ends_the_run(source: Path, tmp_path: Path) -> None:
    go(source, tmp_path / "out")
    before = contents(tmp_path / "out")
    found = list(find_sources([source]))
    shutil.rmtree(source)
    with pytest.raises(SourceNotFound, match="is gone"):
        run(found, tmp_path / "out", IN_PROCESS, lambda outcome: None)
    assert contents(tmp_path / "out") == before


def test_an_interrupted_run_keeps_what_is_finished_and_goes_on(source: Path, tmp_path: Path) -> None:
    def stop(outcome: Outcome) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(list(find_sources([source])), tmp_path / "out", IN_PROCESS, stop)
    assert [d["file"] for d in documents(tmp_path / "out")] == ["0.pdf"]
    assert [o.reused for o in go(source, tmp_path / "out")] == [True, False, False]
    go(source, tmp_path / "fresh")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_a_dataset_in_use_is_left_alone(source: Path, tmp_path: Path) -> None:
    def second(outcome: Outcome) -> None:
        with pytest.raises(DatasetBusy, match=rf"in use by process {os.getpid()} on .+ since 20"):
            go(source, tmp_path / "out")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(list(find_sources([source])), tmp_path / "out", IN_PROCESS, second)


def test_a_place_that_cannot_be_written_is_named(source: Path, tmp_path: Path) -> None:
    blocked = write(tmp_path / "file", b"")
    with pytest.raises(OutputNotWritable, match="cannot be written"):
        go(source, blocked)
    with pytest.raises(OutputNotWritable):
        go(source, blocked / "below")


def test_files_of_other_programs_are_not_replaced(source: Path, tmp_path: Path) -> None:
    own = write(tmp_path / "mine" / "facts.csv", b"my own work")
    with pytest.raises(OutputNotWritable, match=r"facts\.csv that jsextract did not write"):
        go(source, tmp_path / "mine")
    assert own.read_bytes() == b"my own work"
    assert [p.name for p in own.parent.iterdir()] == ["facts.csv"]


def test_a_damaged_result_mends_itself(source: Path, tmp_path: Path) -> None:
    go(source, tmp_path / "out")
    before = contents(tmp_path / "out")
    for path in (tmp_path / "out" / ".jsextract" / "results").rglob("*.json"):
        path.write_text("{")
    assert not any(o.reused for o in go(source, tmp_path / "out"))
    assert contents(tmp_path / "out") == before


def test_a_run_that_begins_while_the_rules_are_loaded_keeps_the_second_out(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both ran, without a lock, when the first made its folder at that moment."""
    other = LocalFolder(tmp_path / "out")
    with contextlib.ExitStack() as first:

        def load(folders: tuple[Path, ...], profile: str) -> None:
            other.prepare()
            first.enter_context(other.locked())

        monkeypatch.setattr(run_module, "proved_rules", load)
        with pytest.raises(DatasetBusy):
            go(source, tmp_path / "out")
