from __future__ import annotations

import contextlib
import faulthandler
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from pebble import CONSTS

from jsextract import extract_many
from jsextract.batch import child, workers
from jsextract.batch.child import new_pool
from jsextract.batch.limits import Limits
from jsextract.batch.pool import read_all
from jsextract.batch.run_settings import Settings
from jsextract.batch.sources import SourceFile
from jsextract.errors import PatternError
from jsextract.model.report import Report
from tests.pdfs import account, write

forked = pytest.mark.skipif(sys.platform != "linux", reason="faults are planted in the parent and inherited by forking")


def files(folder: Path, count: int) -> list[Path]:
    return [write(folder / f"{i}.pdf", account(f"第{i}份")) for i in range(count)]


def plant(monkeypatch: pytest.MonkeyPatch, faults: dict[str, object]) -> None:
    """Makes the workers misbehave on files of certain names."""
    real = child.extracted

    def fake(path: str | Path, rules: object, *, file: str = "", **options: object) -> Report:
        if file in faults:
            faults[file]()  # type: ignore[operator]
        return real(path, rules, file=file, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(child, "extracted", fake)


@pytest.mark.parametrize("jobs", [0, 1, 2])
def test_reports_come_in_order_whatever_the_jobs(tmp_path: Path, jobs: int) -> None:
    paths = files(tmp_path, 12)
    reports = list(extract_many(paths, jobs))
    assert [r.file for r in reports] == [p.name for p in paths]
    assert {r.status for r in reports} == {"ok"}
    assert all(r.facts for r in reports)


def abort_quietly() -> None:
    faulthandler.disable()  # the test runner's own: it would print the trace of a crash that is meant
    os.abort()


def ends_of_pipes() -> list[str]:
    """In a worker: of what classes its arguments with two ends of pipes are."""
    arguments = multiprocessing.current_process()._args  # type: ignore[attr-defined]
    return [type(a).__name__ for a in arguments if hasattr(a, "reader") and hasattr(a, "writer")]


@forked
def test_pebble_has_the_names_that_it_does_not_promise() -> None:
    assert {"channel_lock_timeout", "term_timeout"} <= set(dir(CONSTS))
    with new_pool(Settings()) as fresh:
        assert fresh.schedule(ends_of_pipes).result() == ["WorkerChannel"]


@forked
def test_a_worker_that_another_thread_has_waited_for_is_no_fault_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def misses_it() -> None:
        raise RuntimeError("Unable to terminate PID 1")

    monkeypatch.setattr(child.pebble_process, "interpreter_shutdown", misses_it)
    left = multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,), daemon=True)
    left.start()
    child.end_workers()
    left.join(10)
    assert left.exitcode == -9


@forked
def test_a_bad_worker_costs_its_document_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faults = {
        "1.pdf": abort_quietly,
        "3.pdf": lambda: os._exit(3),
        "4.pdf": lambda: time.sleep(60),
        "6.pdf": lambda: bytearray(8 << 30),
        "7.pdf": lambda: os.kill(os.getpid(), 9),
    }
    plant(monkeypatch, faults)
    sources = [SourceFile(p, p.name) for p in files(tmp_path, 9)]
    done = list(read_all(sources, Settings(jobs=2, limits=Limits(seconds=6.0, memory_mb=1024))))
    assert sorted(d.source.file for d in done) == [s.file for s in sources]
    problems = {d.report.file: d.report.problem for d in done if d.report.status == "failed"}
    assert problems == {
        "1.pdf": "crashed",
        "3.pdf": "crashed",
        "4.pdf": "timeout",
        "6.pdf": "out-of-memory",
        "7.pdf": "out-of-memory",
    }
    messages = {d.report.file: d.report.message for d in done}
    assert "SIGABRT" in messages["1.pdf"]
    assert "exit code 3" in messages["3.pdf"]
    assert "6 s" in messages["4.pdf"]
    assert all(d.report.sha256 for d in done)


@forked
def test_a_fault_of_the_program_names_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jsextract import pipeline

    def broken(source: object, **options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(pipeline, "read_layout", broken)
    (report,) = extract_many(files(tmp_path, 1), 1)
    assert report.problem == "crashed"
    assert "ZeroDivisionError at test_pool.py:" in report.message


@forked
@pytest.mark.parametrize("jobs", [0, 1])
def test_a_bad_rule_file_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    def bad() -> None:
        raise PatternError("facts.yaml: line 3")

    plant(monkeypatch, {"1.pdf": bad})
    with pytest.raises(PatternError, match="line 3"):
        list(extract_many(files(tmp_path, 3), jobs))


def test_a_file_that_goes_away_gets_its_row(tmp_path: Path) -> None:
    paths = files(tmp_path, 2)
    paths[0].unlink()
    gone, read = extract_many(paths, 1)
    assert (gone.status, gone.problem, gone.document_id) == ("failed", "io", "")
    assert read.status == "ok"


@pytest.mark.skipif(os.name == "nt", reason="no pipes with names")
def test_a_pipe_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    (report,) = extract_many([tmp_path / "pipe.pdf"], 0)
    assert (report.status, report.problem) == ("failed", "io")


def test_a_password_opens_and_is_never_shown(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", account(password="geheim"))
    (closed,) = extract_many([path], 0)
    (opened,) = extract_many([path], 0, password="geheim")
    assert (closed.problem, opened.status) == ("encrypted", "ok")
    assert "geheim" not in repr(Settings(password="geheim"))
    assert "geheim" not in repr(opened)


@forked
def test_rubbish_on_the_result_pipe_and_death_between_documents_cost_one_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def write_rubbish() -> None:
        frame = sys._getframe()
        while "channel" not in frame.f_locals:  # pebble's: the pipe of this worker's results
            assert frame.f_back is not None
            frame = frame.f_back
        os.write(frame.f_locals["channel"].writer.fileno(), b"\x00\x00\x00\x05rubbish that is no pickle")
        os._exit(0)

    monkeypatch.setattr(workers, "_GRACE", 4.0)
    plant(monkeypatch, {"2.pdf": write_rubbish, "5.pdf": lambda: os._exit(0)})
    sources = [SourceFile(p, p.name) for p in files(tmp_path, 9)]
    done = list(read_all(sources, Settings(jobs=2, limits=Limits(seconds=6.0))))
    problems = {d.report.file: d.report.problem for d in done if d.report.status == "failed"}
    assert len(done) == 9
    assert set(problems) == {"2.pdf", "5.pdf"}
    assert set(problems.values()) <= {"crashed", "timeout"}
    assert "Traceback" not in capfd.readouterr().err


@forked
def test_workers_that_are_killed_when_idle_are_replaced(tmp_path: Path) -> None:
    paths = files(tmp_path, 30)

    def slowly() -> Iterator[SourceFile]:
        for i, path in enumerate(paths):
            if i % 5 == 4:
                for child in psutil.Process().children():
                    with contextlib.suppress(psutil.NoSuchProcess):  # it ended by itself meanwhile
                        child.kill()
                time.sleep(0.3)
            yield SourceFile(path, path.name)

    done = list(read_all(slowly(), Settings(jobs=2)))
    assert len({d.source.file for d in done}) == 30
    failed = [d.report for d in done if d.report.status == "failed"]
    assert len(failed) <= 12  # those that were being read; nothing hangs, nothing is lost
    assert {report.problem for report in failed} <= {"out-of-memory", "crashed"}
