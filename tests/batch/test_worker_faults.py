"""Workers that go wrong cost their documents and no other; bench/worker_faults.py is the long version."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

import pytest
from pebble.pool.process import PoolManager

from jsextract import extract, pipeline
from jsextract.batch import child
from jsextract.batch.limits import Limits
from jsextract.batch.pool import read_all
from jsextract.batch.run_settings import Settings
from jsextract.batch.sources import SourceFile
from jsextract.batch.workers import WornOutError
from jsextract.readers import page_work
from tests import made
from tests.faults.workers import DEADLY, NAMES, SILENT, abort, planted
from tests.pdfs import account, write

forked = pytest.mark.skipif(sys.platform != "linux", reason="faults are planted in the parent and inherited by forking")


@forked
@pytest.mark.parametrize(
    ("planned", "seconds"),
    [(DEADLY, 120.0), (SILENT, 10.0)],  # what ends its worker is seen at once, the rest when its time is over
    ids=["deadly", "silent"],
)
def test_every_fault_costs_its_document_and_no_other(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], planned: Sequence[Callable[[], object]], seconds: float
) -> None:
    paths = [write(tmp_path / f"{number:02}.pdf", account(f"第{number}份")) for number in range(3 * len(planned))]
    faults = {f"{3 * number:02}.pdf": fault for number, fault in enumerate(planned)}
    with planted(faults):
        settings = Settings(jobs=3, limits=Limits(seconds=seconds))
        done = list(read_all([SourceFile(path, path.name) for path in paths], settings))
    assert sorted(d.source.file for d in done) == [path.name for path in paths]
    problems = {d.report.file: d.report.problem for d in done if d.report.status != "ok"}
    assert problems == {file: NAMES.get(fault.__name__, "crashed") for file, fault in faults.items()}
    assert all(d.report.sha256 and d.report.message for d in done if d.report.status != "ok")
    assert capfd.readouterr() == ("", "")


@forked
def test_a_finished_answer_is_not_lost_to_the_next_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a loaded machine: the worker is dead before the answer that it had sent is taken from the pipe."""
    take = PoolManager.process_next_message
    monkeypatch.setattr(PoolManager, "process_next_message", lambda *given: time.sleep(0.2) or take(*given))
    paths = [write(tmp_path / f"{number}.pdf", account(f"第{number}份")) for number in range(4)]
    with planted({"1.pdf": abort, "3.pdf": abort}):
        done = list(read_all([SourceFile(path, path.name) for path in paths], Settings(jobs=1)))
    assert {one.source.file: one.report.status for one in done} == {
        "0.pdf": "ok",
        "1.pdf": "failed",
        "2.pdf": "ok",
        "3.pdf": "failed",
    }


@forked
def test_workers_know_no_folder_of_character_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CMAP_PATH", str(tmp_path))

    def fail_if_set() -> None:
        if "CMAP_PATH" in os.environ:
            os._exit(5)

    path = write(tmp_path / "a.pdf", account())
    with planted({"a.pdf": fail_if_set}):
        (done,) = read_all([SourceFile(path, path.name)], Settings(jobs=1))
    assert done.report.status == "ok"


@forked
def test_what_is_printed_in_a_worker_goes_nowhere(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    def talk() -> None:
        print("out")
        print("err", file=sys.stderr)
        os.write(1, b"raw")
        os.write(2, b"raw")

    path = write(tmp_path / "a.pdf", account())
    with planted({"a.pdf": talk}):
        (done,) = read_all([SourceFile(path, path.name)], Settings(jobs=1))
    assert done.report.status == "ok"
    assert capfd.readouterr() == ("", "")


@forked
def test_what_others_took_of_the_memory_costs_no_document(tmp_path: Path) -> None:
    """Each takes two thirds of what one worker may, and it stays taken."""
    kept: list[bytes] = []

    def take() -> None:
        kept.append(bytes(1 << 30))

    paths = [write(tmp_path / f"{number}.pdf", account(f"第{number}份")) for number in range(4)]
    with planted(dict.fromkeys([path.name for path in paths], take)):
        done = list(read_all([SourceFile(path, path.name) for path in paths], Settings(jobs=1)))
    assert [one.report.status for one in done] == ["ok"] * 4
    assert not kept


def test_pages_that_a_used_worker_cannot_recognise_are_read_by_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    failed = [0, 1, 0]  # pictures, of the last document first

    def reads(source: SourceFile, settings: Settings, make: Callable[[object], object]) -> object:
        page_work._failures.extend([1] * failed.pop())
        return make(made.report())

    source = SourceFile(Path("a.pdf"), "a.pdf")
    monkeypatch.setattr(page_work, "_failures", [])
    monkeypatch.setattr(child, "read_measured", reads)
    monkeypatch.setattr(child, "_READ", count())
    assert child.read_in_worker(source, Settings(), lambda report: report.status) == "ok"
    with pytest.raises(WornOutError):
        child.read_in_worker(source, Settings(), lambda report: report.status)
    assert child.read_in_worker(source, Settings(), lambda report: report.status) == "ok"
    failed.append(1)
    monkeypatch.setattr(child, "_READ", count())  # a new worker's
    assert child.read_in_worker(source, Settings(), lambda report: report.status) == "ok"


@pytest.mark.parametrize("error", [MemoryError(), SystemError("<x> returned NULL without setting an exception")])
def test_a_library_that_runs_out_of_memory_is_told_as_that(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def run_out(*_: object) -> None:
        raise error

    monkeypatch.setattr(pipeline, "understand", run_out)
    assert extract(account(), file="a.pdf").problem == "out-of-memory"
