"""`jsextract doctor` and `jsextract completion`."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import metadata

import pytest

from jsextract._version import __version__
from jsextract.cli import doctor
from jsextract.cli.doctor import State, findings
from jsextract.cli.main import run_cli


def test_a_whole_installation_lacks_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_cli(["doctor"]) == 0
    told = capsys.readouterr().out
    assert __version__ in told
    assert f"pdfplumber {metadata.version('pdfplumber')}" in told
    assert "All that jsextract needs is here" in told


def test_what_is_missing_is_named_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = doctor._version
    monkeypatch.setattr(doctor, "_version", lambda name: None if name in {"jieba", "ray"} else real(name))
    assert run_cli(["doctor"]) == 1
    told = capsys.readouterr().out
    assert "pip install jieba" in told
    assert "pip install 'jsextract[ray]'" in told
    assert "1 thing is missing" in told


def test_a_machine_with_little_memory_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "machine_mb", lambda: 512)
    memory = next(one for one in findings() if one.what.en == "memory")
    assert memory.state == State.OPTIONAL
    assert "--jobs" in memory.told.en


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("jsextract che", {"plain,check"}),
        ("jsextract a.pdf --jo", {"plain,--jobs"}),
        ("jsextract check --severity ", {"plain,error", "plain,warning", "plain,info"}),
        ("jsextract check --docu", {"plain,--document"}),
    ],
)
def test_a_shell_is_answered(line: str, wanted: set[str]) -> None:
    words = line.split(" ")
    asked = {"_JSEXTRACT_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    command = [sys.executable, "-m", "jsextract"]
    done = subprocess.run(command, env={**os.environ, **asked}, capture_output=True, text=True, check=False)
    assert wanted <= set(done.stdout.splitlines()), done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_is_printed_for_each_shell(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_cli(["completion", shell]) == 0
    assert "_JSEXTRACT_COMPLETE" in capsys.readouterr().out
