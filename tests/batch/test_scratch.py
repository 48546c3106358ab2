"""Nothing is left in the folder for temporary files, however a process ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

USER = """
import os, signal, sys, tempfile
from jsextract.batch.limited import limited
from jsextract.batch.run_settings import Settings

def leave(how):
    handle, name = tempfile.mkstemp()
    if how == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    return name

if __name__ == "__main__":
    print(*limited(leave, ["die", "stay"], Settings(jobs=1)), flush=True)
    if sys.argv[1] == "error":
        raise ValueError
    if sys.argv[1] == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes as Linux has them")


def use(folder: Path, how: str) -> tuple[int, str]:
    """Runs a process whose workers leave files behind: its exit code and what it said."""
    (folder / "use.py").write_text(USER, encoding="utf-8")
    temp = folder / "temp"
    temp.mkdir(exist_ok=True)
    path = os.pathsep.join(str(Path(p).absolute()) for p in sys.path if p)
    env = {**os.environ, "TMPDIR": str(temp), "PYTHONPATH": path}
    done = subprocess.run(
        [sys.executable, str(folder / "use.py"), how], env=env, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize(("how", "code"), [("end", 0), ("error", 1)])
def test_what_workers_leave_is_removed(tmp_path: Path, how: str, code: int) -> None:
    returned, said = use(tmp_path, how)
    assert returned == code
    assert "The system ended the worker" in said
    assert f"{tmp_path}/temp/jsextract-run-" in said  # in a folder of their own
    assert [*(tmp_path / "temp").iterdir()] == []


def test_what_a_killed_process_left_the_next_one_removes(tmp_path: Path) -> None:
    assert use(tmp_path, "killed")[0] == -signal.SIGKILL
    (left,) = (tmp_path / "temp").iterdir()
    assert left.stat().st_mode & 0o077 == 0
    assert use(tmp_path, "end")[0] == 0
    assert [*(tmp_path / "temp").iterdir()] == []
