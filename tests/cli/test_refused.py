"""What the system refuses is one line and an exit code."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from jsextract.batch import child
from jsextract.batch.run_settings import Settings
from jsextract.cli.main import run_cli
from jsextract.errors import OutOfMemory, OutputNotWritable, SourceNotFound, WorkersUnavailable


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no such device")
@pytest.mark.parametrize("command", [["doctor"], [__file__, "-o", "out", "--dry-run"]])
def test_an_output_that_takes_nothing_is_one_line(command: list[str], tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "jsextract", *command], stdout=full, stderr=subprocess.PIPE, text=True, cwd=tmp_path
        )
    assert done.returncode == OutputNotWritable.exit_code
    assert done.stderr == "jsextract: The output cannot be written: No space left on device.\n"


@pytest.mark.skipif(os.name == "nt", reason="the system has no such numbers")
def test_a_closed_output_is_nobody_who_listens() -> None:
    command = f"exec {sys.executable} -m jsextract patterns list >&- 2>&- <&-"
    assert subprocess.run(["sh", "-c", command]).returncode == 0


def broken(cause: Exception) -> Exception:
    """What a pool says that could not start its worker."""
    error = BrokenProcessPool()
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "refusal",
    [
        OSError(errno.EROFS, "no"),
        RuntimeError("can't start new thread"),
        MemoryError(),
        broken(OSError(errno.EMFILE, "no")),
        broken(BlockingIOError(errno.EAGAIN, "no")),
        broken(RuntimeError("can't start new thread")),
    ],
)
def test_workers_that_cannot_be_started_are_told(refusal: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise refusal

    monkeypatch.setattr(child, "ProcessPool", refuse)
    with pytest.raises(WorkersUnavailable, match="--jobs"):
        child.new_pool(Settings(jobs=1))


@pytest.mark.skipif(sys.platform != "linux", reason="the system has no such limit")
@pytest.mark.parametrize("kib", [60_000, 90_000, 200_000])
def test_too_little_memory_for_the_rules_is_told_at_once(kib: int, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("2023年度部门决算")
    command = f"ulimit -v {kib}; exec {sys.executable} -m jsextract {source} -o {tmp_path}/out --jobs 1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=60)
    assert (done.returncode, len(done.stderr.splitlines())) == (OutOfMemory.exit_code, 1)
    assert "ulimit -v" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="the system has no such limits")
@pytest.mark.parametrize(
    "command", ["check OUT", "export OUT --to xlsx -o OUT.xlsx", "report OUT -o OUT.html", "SOURCE -o NEW"]
)
def test_too_few_open_files_are_no_fault_of_a_file(command: str, tmp_path: Path) -> None:
    source, out = tmp_path / "a.txt", tmp_path / "out"
    source.write_text("2023年度部门决算", encoding="utf-8")
    run_cli([str(source), "-o", str(out), "--jobs", "0"])
    places = {"SOURCE": source, "OUT": out, "NEW": tmp_path / "new"}
    for name, place in places.items():
        command = command.replace(name, str(place))
    for number in (6, 8, 10, 14):
        limited = f"ulimit -n {number}; exec {sys.executable} -m jsextract {command}"
        done = subprocess.run(["sh", "-c", limited], capture_output=True, text=True)
        assert done.returncode in {0, 1, OutputNotWritable.exit_code, WorkersUnavailable.exit_code}, done.stderr
        assert "Traceback" not in done.stderr
        assert "--force" not in done.stderr
        assert "another" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="the system has no such shell")
@pytest.mark.parametrize("deaf", ["2>/dev/full", "2>&1 >/dev/null | true; exit ${PIPESTATUS[0]}"])
def test_an_error_that_nobody_hears_keeps_its_exit_code(deaf: str, tmp_path: Path) -> None:
    command = f"{sys.executable} -m jsextract {tmp_path}/none -o {tmp_path}/out {deaf}"
    assert subprocess.run(["bash", "-c", command]).returncode == SourceNotFound.exit_code


@pytest.mark.parametrize("encoding", ["ascii", "ascii:strict", "gbk", "latin-1"])
def test_a_terminal_of_few_characters_ends_no_command(encoding: str) -> None:
    surroundings = os.environ | {
        "PYTHONIOENCODING": encoding, "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0",
    }  # fmt: skip
    command = [sys.executable, "-m", "jsextract", "--lang", "zh", "doctor"]
    done = subprocess.run(command, env=surroundings, capture_output=True)
    assert (done.returncode, b"Traceback" in done.stderr, bool(done.stdout)) == (0, False, True)


def test_a_pool_that_broke_of_itself_is_left_to_who_replaces_it() -> None:
    with pytest.raises(BrokenProcessPool), child.starting():
        raise BrokenProcessPool
