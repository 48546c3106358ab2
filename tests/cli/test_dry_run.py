"""`--dry-run` and the tally at the end of a run."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from jsextract.batch import plan
from jsextract.cli.main import run_cli
from jsextract.dataset.beneath import open_file
from tests.check.told import account, three_accounts

WRONG = account(state_capital="本单位无政府性基金支出。")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = three_accounts(tmp_path / "in")
    (folder / "a.gz").write_bytes(b"\x1f\x8b" + bytes(64))
    return folder


def told(source: Path, out: Path, capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    capsys.readouterr()
    assert run_cli([str(source), "-o", str(out), "--dry-run", *options]) == 0
    return capsys.readouterr().out.splitlines()


def test_a_dry_run_writes_nothing(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    *files, last = told(source, tmp_path / "out", capsys)
    assert files == ["0.txt", "1.txt", "2.txt"]
    assert last.endswith("3 files would be read, 1 of unsupported kinds (1 gzip)")
    assert not (tmp_path / "out").exists()


def test_what_did_not_change_would_not_be_read(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_cli([str(source), "-o", str(tmp_path / "out"), "--jobs", "0"]) == 0
    (source / "1.txt").write_text(WRONG, encoding="utf-8")
    (source / "4.txt").write_text(account(units="共有9个单位。"), encoding="utf-8")
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    *files, last = told(source, tmp_path / "out", capsys)
    assert files == ["1.txt", "4.txt"]
    assert "2 files would be read (1 of them known already), 2 unchanged" in last
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()} == before
    *files, last = told(source, tmp_path / "out", capsys, "--force")
    assert len(files) == 4


def test_a_run_ends_with_a_tally(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (source / "1.txt").write_text(
        WRONG.replace("共有车辆2辆，", "账外杂件折合71.31万元。共有车辆2辆，"), encoding="utf-8"
    )
    for _ in range(2):  # the second time from what was kept
        assert run_cli([str(source), "-o", str(tmp_path / "out"), "--jobs", "0"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert any(line.startswith("1 finding: 1 text.wrong_topic. See: jsextract check") for line in lines), lines
        assert "Not read: 1 amount in texts." in lines


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no such files")
def test_a_dry_run_waits_for_nothing(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(source / "pipe.pdf")
    (source / "zero.pdf").symlink_to("/dev/zero")
    *files, last = told(source, tmp_path / "out", capsys)
    assert files == ["0.txt", "1.txt", "2.txt"]
    assert last.endswith("1 of unsupported kinds (1 gzip), 2 unreadable")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no such files")
def test_what_took_the_place_of_a_file_meanwhile_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), tmp_path):
        with pytest.raises(OSError, match=os.strerror(errno.ENODEV)):
            open_file(path)


@pytest.mark.skipif(sys.platform != "linux", reason="workers that are not forked have a module of their own")
def test_first_bytes_are_looked_at_by_a_worker(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def died(*_: object) -> None:
        os._exit(9)

    monkeypatch.setattr(plan, "sniff", died)
    *files, last = told(source, tmp_path / "out", capsys)
    assert (files, last) == ([], f"{tmp_path / 'out'}: 0 files would be read, 4 unreadable")
