"""Old Word files are read where LibreOffice is there to convert them."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from fixtures.draw.profiles import JUSTICE, PLACES
from fixtures.draw.style import YUAN
from fixtures.draw.word import draw_word
from jsextract import extract
from jsextract.readers import office
from tests.readers.test_workbooks import FIXTURES, claimed

RTF = rb"{\rtf1\ansi\ansicpg936 \u38738?\u28330?\u21439? 2023\par}"
OLE = b"\xd0\xcf\x11\xe0" + "WordDocument\0".encode("utf-16-le")
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")


def as_doc(data: bytes, folder: Path) -> bytes:
    (folder / "b.docx").write_bytes(data)
    command = ["soffice", f"-env:UserInstallation={(folder / 'p').as_uri()}", "--headless", "--convert-to", "doc"]
    subprocess.run([*command, "--outdir", folder, folder / "b.docx"], check=True, capture_output=True, timeout=120)
    return (folder / "b.doc").read_bytes()


@needs_office
def test_an_old_word_file_is_converted_and_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn, _ = draw_word(seed=2021, style=YUAN, profile=JUSTICE, year=2021, place=PLACES[2])
    data = as_doc(drawn, tmp_path)
    (tmp_path / "work").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "work"))
    report = extract(data, file="a.wps")
    assert report.format == "wps"
    assert claimed(report) == claimed(extract(FIXTURES / "account_yuan.pdf"))
    assert not list((tmp_path / "work").iterdir())


def test_without_libreoffice_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.shutil, "which", lambda name: None)
    report = extract(RTF, file="a.rtf")
    assert report.problem == "unsupported"
    assert "LibreOffice" in str(report.message)


@needs_office
def test_a_ruin_of_an_old_word_file_is_no_text() -> None:
    assert extract(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"ruin" * 200, file="a.doc").problem == "corrupt"


@pytest.fixture
def office_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Puts a script in the place of LibreOffice; gives the folder in which all temporary ones are."""

    def put(script: str) -> Path:
        program = tmp_path / "bin" / "soffice"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        work = tmp_path / "work"
        work.mkdir()
        monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
        monkeypatch.setenv("TMPDIR", str(work))
        monkeypatch.setattr(tempfile, "tempdir", str(work))
        return work

    return put


# Seconds by which this process's sleepers are known among those of others.
HANGS, SLEEPS = f"3571.{os.getpid()}", f"3572.{os.getpid()}"


def waits(seconds: str) -> list[psutil.Process]:
    """The processes that sleep for so long."""
    return [p for p in psutil.process_iter(["cmdline"]) if p.info["cmdline"] == ["sleep", seconds]]


@pytest.mark.parametrize(
    ("script", "problem"),
    [(f"sleep {HANGS} & sleep {HANGS}", "timeout"), ("kill -9 $$", "crashed"), ("true", "corrupt")],
    ids=["hangs", "killed", "nothing"],
)
def test_libreoffice_that_hangs_or_fails(
    script: str, problem: str, office_of: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    work = office_of(script)
    monkeypatch.setattr(office, "SECONDS", 0.3)
    for data, name in ((RTF, "a.rtf"), (OLE, "a.doc"), (OLE, "a.wps")):
        assert extract(data, file=name).problem == problem
    assert not list(work.iterdir())
    assert not waits(HANGS)


def is_guard(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return "guard.py" in " ".join(process.cmdline())
    return False


@pytest.mark.parametrize("victim", ["worker", "guard", "time"])
def test_libreoffice_does_not_outlive_its_worker(victim: str, tmp_path: Path, office_of: Callable[[str], Path]) -> None:
    work = office_of(f"sleep {SLEEPS} & sleep {SLEEPS}")
    (tmp_path / "a.rtf").write_bytes(RTF)
    limit = ["--timeout", "3"] if victim == "time" else []
    command = [sys.executable, "-m", "jsextract", tmp_path / "a.rtf", "-o", tmp_path / "out", "--jobs", "1", *limit]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    times = 0
    while run.poll() is None and time.monotonic() < until:  # what lost its worker is read once more
        if victim != "time" and len(waits(SLEEPS)) == 2:
            (guarding,) = (p for p in psutil.Process(run.pid).children(recursive=True) if is_guard(p))
            (guarding if victim == "guard" else guarding.parent()).kill()
            psutil.wait_procs(waits(SLEEPS), timeout=10)
            times += 1
        time.sleep(0.05)
    assert times == {"worker": 2, "guard": 1, "time": 0}[victim]
    run.wait(60)
    time.sleep(0.2)
    assert not waits(SLEEPS)
    assert not list(work.iterdir())
