"""Runs that are killed, disks that are full, folders that are wanted twice."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jsextract.batch.run import run
from jsextract.batch.run_settings import Settings
from jsextract.batch.sources import find_sources
from jsextract.dataset.schema import RESOURCES
from tests.faults import kill
from tests.pdfs import account, write

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals, process groups and tmpfs as Linux has them")

FIXTURES = Path(__file__).parents[2] / "fixtures"
SMALL = sorted(FIXTURES.glob("trap_t7*.pdf"))
# The n-th call of a function kills the whole process group, before or after it does its work.
AIMED = """
import os, signal, sys, tempfile, pathlib
from jsextract.cli.main import run_cli
owner, name = {"fsync": (os, "fsync"), "rename": (pathlib.Path, "replace"), "write": (tempfile, "mkstemp")}[sys.argv[1]]
real, left, after, parent = getattr(owner, name), int(sys.argv[2]), sys.argv[3] == "after", os.getpid()
def deadly(*args, **kwargs):
    global left
    left -= os.getpid() == parent
    if left == 0 and not after:
        os.killpg(0, signal.SIGKILL)
    result = real(*args, **kwargs)
    if left == 0:
        os.killpg(0, signal.SIGKILL)
    return result
setattr(owner, name, deadly)
sys.exit(run_cli(sys.argv[4:]))
"""


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> tuple[kill.Batch, kill.Files]:
    """Twenty-four documents and the dataset that they give."""
    folder = tmp_path_factory.mktemp("killed")
    batch = kill.Batch(folder / "in", jobs=2)
    kill.copies(batch.source, 24, SMALL)
    kill.finish(batch.command(folder / "whole"))
    wanted = kill.files_of(folder / "whole")
    assert set(wanted) == {resource.file for resource in RESOURCES} | {"datapackage.json"}
    assert wanted["documents.csv"].count(b"\n") == 25
    return batch, wanted


def test_a_run_that_is_killed_ten_times_gives_the_same_bytes(
    batch: tuple[kill.Batch, kill.Files], tmp_path: Path
) -> None:
    read, wanted = batch
    killed = 0
    for count in (1, 1, 4, 6, 9, 12, 15, 18, 21, 24):
        killed += kill.kill_run(read.command(tmp_path), lambda count=count: kill.results(tmp_path) >= count)
        assert kill.whole(kill.files_of(tmp_path), {}, wanted)
    assert killed >= 3
    kill.finish(read.command(tmp_path))
    assert kill.files_of(tmp_path) == wanted
    assert kill.temp_files(tmp_path) == []


def test_workers_that_are_killed_cost_their_documents_until_the_next_run(
    batch: tuple[kill.Batch, kill.Files], tmp_path: Path
) -> None:
    read, wanted = batch
    assert kill.kill_workers(read.command(tmp_path), [0.0, 0.05, 0.05]) >= 1
    assert kill.files_of(tmp_path)["documents.csv"].count(b"\n") == 25
    kill.finish(read.command(tmp_path))
    assert kill.files_of(tmp_path) == wanted


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(
    ("what", "number"),
    [
        ("write", 1),
        ("write", 12),
        ("fsync", 2),
        ("fsync", 9),
        ("fsync", 20),
        ("rename", 1),
        ("rename", 8),
        ("rename", 13),
    ],
)
def test_a_kill_at_a_write_a_sync_or_a_rename_tears_nothing(tmp_path: Path, what: str, number: int, when: str) -> None:
    for i in range(4):
        write(tmp_path / "in" / f"{i}.txt", f"2024年度部门决算{i}\n".encode())
    arguments = [str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--jobs", "0", "--quiet"]
    command = [sys.executable, "-c", AIMED, what, str(number), when, *arguments]
    done = subprocess.run(command, start_new_session=True, capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    run(find_sources([tmp_path / "in"]), tmp_path / "whole", Settings(jobs=0), lambda outcome: None)
    wanted = kill.files_of(tmp_path / "whole")
    assert kill.whole(kill.files_of(tmp_path / "out"), {}, wanted)
    run(find_sources([tmp_path / "in"]), tmp_path / "out", Settings(jobs=0), lambda outcome: None)
    assert kill.files_of(tmp_path / "out") == wanted
    assert kill.temp_files(tmp_path / "out") == []


@pytest.fixture(params=["0.5", "1", "4", "16"])
def small_disk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A disk of so many megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    size = int(float(request.param) * (1 << 20))
    mount = shutil.which("mount")
    if not mount or os.geteuid():
        pytest.skip("mounting a tmpfs needs the rights of root")
    done = subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)], capture_output=True, text=True
    )
    if done.returncode:
        pytest.skip(f"a tmpfs cannot be mounted here: {done.stderr.strip()}")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_ends_the_run_and_leaves_the_dataset_whole(small_disk: Path, tmp_path: Path) -> None:
    out = small_disk / "out"
    first = tmp_path / "first"
    write(first / "0.txt", "2024年度部门决算\n".encode())
    kill.finish([sys.executable, "-m", "jsextract", str(first), "-o", str(out), "--quiet"])
    before = kill.files_of(out)
    shutil.copytree(FIXTURES, tmp_path / "in", ignore=shutil.ignore_patterns("*.csv", "draw", "*.py", "*.md"))
    ballast = small_disk / "ballast"
    with ballast.open("wb") as handle:  # what is left is too little for the run, whatever the size of the disk
        room = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize - (200 << 10)
        if room > 0:
            handle.write(bytes(room))
    command = [sys.executable, "-m", "jsextract", str(tmp_path / "in"), "-o", str(out), "--jobs", "2"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 5, done.stderr
    assert "No space left" in done.stderr or "disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    assert kill.files_of(out) == before
    assert kill.temp_files(out) == []


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as handle:
        while True:
            handle.write(bytes(4096))


def test_a_run_goes_on_when_there_is_room_again(small_disk: Path, tmp_path: Path) -> None:
    for i in range(6):
        write(tmp_path / "in" / f"{i}.txt", f"2024年度部门决算{i}\n".encode())
    ballast = small_disk / "ballast"
    with pytest.raises(OSError, match="No space"):
        fill(ballast)
    command = [sys.executable, "-m", "jsextract", str(tmp_path / "in"), "-o", str(small_disk / "out"), "--quiet"]
    assert subprocess.run(command, capture_output=True, text=True).returncode == 5
    ballast.unlink()
    kill.finish(command)
    kill.finish([*command[:-3], "-o", str(tmp_path / "whole"), "--quiet"])
    assert kill.files_of(small_disk / "out") == kill.files_of(tmp_path / "whole")


def test_a_file_size_limit_is_a_full_disk(tmp_path: Path) -> None:
    shutil.copy(FIXTURES / "account_shanghai.pdf", tmp_path / "a.pdf")
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (40960, 40960));"
        "from jsextract.cli.main import run_cli; sys.exit(run_cli(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "a.pdf"), "-o", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, "Traceback" in done.stderr) == (5, False), done.stderr
    assert "File too large" in done.stderr
    assert kill.temp_files(tmp_path / "out") == []
    assert "documents.csv" not in kill.files_of(tmp_path / "out")


def test_of_twenty_runs_that_start_together_one_runs(tmp_path: Path) -> None:
    for i in range(300):
        write(tmp_path / "in" / f"{i}.pdf", account(f"第{i}份"))
    hold = tmp_path / "hold"
    hold.mkdir()
    # Each waits until all have imported what they need: they come to the lock together.
    code = (
        "import os, sys, time; from pathlib import Path; from jsextract.cli import run; from jsextract.cli.main import run_cli\n"
        "from jsextract.rules.ruleset import load_rules; load_rules()\n"
        "Path(sys.argv[1], str(os.getpid())).touch()\n"
        "while not Path(sys.argv[1], 'go').exists(): time.sleep(0.01)\n"
        "sys.exit(run_cli(sys.argv[2:]))"
    )
    out = tmp_path / "out"
    command = [sys.executable, "-c", code, str(hold), str(tmp_path / "in"), "-o", str(out), "--jobs", "1", "--quiet"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(20)]
    while len(list(hold.iterdir())) < 20 and all(process.poll() is None for process in runs):
        time.sleep(0.05)
    (hold / "go").touch()
    ends = [(*process.communicate(timeout=600), process.returncode, process.pid) for process in runs]
    winners = [pid for _, _, code, pid in ends if code == 0]
    assert len(winners) == 1
    assert sorted(code for _, _, code, _ in ends) == [0] + [7] * 19
    for _, message, code, _ in ends:
        if code == 7:
            assert f"in use by process {winners[0]} on " in message
            assert message.count("\n") == 1
    log = (out / "run.log.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["event"] for line in log].count("start") == 1


def test_a_lock_of_a_dead_process_does_not_block(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt", "2024年度部门决算\n".encode())
    holder = "from jsextract.dataset.lock import locked; from pathlib import Path; import os, signal, sys\n"
    holder += "with locked(Path(sys.argv[1])): os.kill(os.getpid(), signal.SIGKILL)"
    (tmp_path / "out" / ".jsextract").mkdir(parents=True)
    killed = subprocess.run([sys.executable, "-c", holder, str(tmp_path / "out" / ".jsextract")])
    assert killed.returncode == -signal.SIGKILL
    assert json.loads((tmp_path / "out" / ".jsextract" / "holder").read_text())["pid"]
    kill.finish([sys.executable, "-m", "jsextract", str(tmp_path / "in"), "-o", str(tmp_path / "out")])


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "2024年度部门决算\n".encode())
    command = [sys.executable, "-m", "jsextract", str(tmp_path / "a.txt"), "-o", "/proc/1/jsextract"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 5
    assert done.stderr.startswith("jsextract: /proc/1/jsextract cannot be written: ")
