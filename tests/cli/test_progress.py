from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from jsextract.batch.outcome import Outcome
from jsextract.cli.progress import Pace, progress
from jsextract.cli.tally import SHOWN, SHOWN_BAD, Tally
from jsextract.errors import WorkersUnavailable
from tests import made
from tests.pdfs import account, write


def outcome(name: str = "a.pdf", *, reused: bool = False, **changes: object) -> Outcome:
    return Outcome(made.report(file=name, **changes), 1, 2, 3, 0, reused)


def test_the_pace_counts_what_was_read_and_what_failed() -> None:
    now = [100.0]
    pace = Pace(lambda: now[0])
    pace.add(outcome())
    pace.add(outcome(reused=True))
    pace.add(outcome(status="failed", pages=0))
    now[0] = 104.0
    assert pace.text() == "0.5 docs/s 5 pages/s 1 failed"


def test_a_bar_that_has_no_thread_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(threading.Thread, "start", refuse)
    with pytest.raises(WorkersUnavailable), progress(2, pictures=False, quiet=False):
        pass


def test_a_long_run_is_counted_in_full_and_shown_in_part() -> None:
    tally = Tally()
    for i in range(5000):
        tally.add(outcome(f"{i:05}.pdf", status="failed" if i % 2 else "ok"))
    assert (tally.documents, tally.failed) == (5000, 2500)
    assert len(tally.shown) == SHOWN + SHOWN_BAD
    assert len(tally.bad) == SHOWN_BAD


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals")
def test_a_bar_is_on_the_terminal_and_nowhere_else(tmp_path: Path) -> None:
    import pty

    for i in range(30):
        write(tmp_path / "in" / f"{i}.pdf", account(f"第{i}份"))
    command = [sys.executable, "-m", "jsextract", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--jobs", "1"]
    shown = {}
    for options in ((), ("--quiet",), ("--force",)):
        ours, theirs = pty.openpty()
        done = subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL, stderr=theirs)
        os.close(theirs)
        shown[options] = read_all_of(ours)
        assert done.wait(60) == 0
    assert "pages/s" in shown[()]
    assert "30/30" in shown[("--force",)]
    assert shown[("--quiet",)] == ""
    piped = subprocess.run([*command, "--force"], capture_output=True, text=True, check=True)
    assert piped.stderr == ""


def read_all_of(terminal: int) -> str:
    parts = []
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # the other side is closed
            break
        if not part:
            break
        parts.append(part)
    os.close(terminal)
    return b"".join(parts).decode("utf-8", "replace")
