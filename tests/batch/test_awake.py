"""Limits go by the time that the process was awake: what stopped it, or set the clock, costs no document."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pebble.pool import process as pebble_process

from jsextract.batch import awake
from jsextract.batch.child import new_pool
from jsextract.batch.run_settings import Settings

NAPS = """
import time
from jsextract.batch.limited import limited
from jsextract.batch.limits import Limits
from jsextract.batch.run_settings import Settings

def nap(seconds):
    print("begun", flush=True)
    time.sleep(seconds)
    return "rested"

if __name__ == "__main__":
    print("ready", flush=True)
    print(*limited(nap, [2.0], Settings(jobs=1, limits=Limits(seconds=4.0))), flush=True)
"""


def test_a_gap_between_two_looks_counts_little(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(awake, "monotonic", lambda: now[0])
    clock = awake._Awake()
    began = clock.now()
    for seconds in (0.5, 1.0, 3600.0, 0.5):
        now[0] += seconds
        last = clock.now()
    assert last - began == 0.5 + 1.0 + awake._GAP + 0.5


def test_the_time_of_day_counts_nothing() -> None:
    pool = new_pool(Settings(jobs=1))
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()
    assert vars(pebble_process)["time"] is awake


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no such signals")
def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "naps.py"
    path.write_text(NAPS, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(str(Path(p).absolute()) for p in sys.path if p)}
    process = subprocess.Popen(
        [sys.executable, str(path)], env=env, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(1.5)
    os.killpg(process.pid, signal.SIGSTOP)
    time.sleep(5.0)  # longer than the limit
    os.killpg(process.pid, signal.SIGCONT)
    assert process.communicate(timeout=60)[0] == "rested\n"
