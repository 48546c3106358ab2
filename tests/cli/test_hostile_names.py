"""Names and kinds of files that break programs: each has its row, none is waited for, nothing else is written."""

from __future__ import annotations

import csv
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pdfs import account, write

NAMES = [
    *[b"=cmd.pdf", b"+1.pdf", b"-rf.pdf", b"--password=x.pdf", b"@SUM(1).pdf", b"'q'.pdf", b'"dq".pdf', b"a\nb.pdf"],
    *[b"a\tb.pdf", b" lead.pdf", b"trail .pdf", b"%2e%2e%2fx.pdf", b"..pdf", b"x.PDF", b"A.pdf", b"a.pdf", b"*.pdf"],
    *["决算.pdf".encode(), "决算.pdf".encode("gbk"), b"\xff\xfe.pdf", "é.pdf".encode(), "e\u0301.pdf".encode()],
    *["\u202efdp.exe.pdf".encode(), "😀.pdf".encode(), b"n" * 251 + b".pdf", ("决" * 83 + ".pdf").encode()],
    *[b"C:\\x.pdf", b"a;b|c&d$(id).pdf", b"{0}.pdf", b"con\x1b[31m.pdf", b".hidden.pdf", b"%.pdf", b"a\\..\\b.pdf"],
]
KINDS = ["dir.pdf", "fifo.pdf", "sock.pdf", "loop.pdf", "dangling.pdf", "outside.pdf", "zero.pdf", "zeros.pdf"]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="such names and files are Linux's")


def lay_out(folder: Path) -> None:
    good = account()
    folder.mkdir()
    for name in NAMES:
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_bytes(good)
    write(folder / "dir.pdf" / "inner.pdf", good)
    os.mkfifo(folder / "fifo.pdf")
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(folder)
        made.bind("sock.pdf")
        os.chdir(here)
    (folder / "loop.pdf").symlink_to("loop.pdf")
    (folder / "dangling.pdf").symlink_to("nowhere")
    (folder / "outside.pdf").symlink_to("/etc/passwd")
    (folder / "zero.pdf").symlink_to("/dev/zero")
    (folder / "loop").symlink_to(".")
    (folder / "up").symlink_to("..")
    with (folder / "zeros.pdf").open("wb") as handle:
        handle.truncate(1 << 32)


def tree(folder: Path) -> dict[bytes, tuple[int, int, int]]:
    """Every entry below, links not followed, with what a write would change."""
    found = {}
    for base, folders, files in os.walk(os.fsencode(folder)):
        for name in (*folders, *files):
            status = os.lstat(os.path.join(base, name))  # noqa: PTH118 (bytes)
            found[os.path.join(base, name)] = (status.st_ino, status.st_size, status.st_mtime_ns)  # noqa: PTH118
    return found


def test_each_entry_has_its_row_and_nothing_outside_the_dataset_is_touched(tmp_path: Path) -> None:
    lay_out(tmp_path / "in")
    watched = tmp_path / "watched"  # the run's home, working and temporary folder
    watched.mkdir()
    before, around = tree(tmp_path / "in"), {p.name for p in tmp_path.iterdir()}
    env = {**os.environ, "HOME": str(watched), "TMPDIR": str(watched), "PYTHONDONTWRITEBYTECODE": "1"}
    env["PYTHONPATH"] = os.pathsep.join(str(Path(p).absolute()) for p in sys.path if p)
    done = subprocess.run(
        [sys.executable, "-m", "jsextract", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--jobs", "1"],
        cwd=watched, env=env, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    assert tree(tmp_path / "in") == before
    cache = os.fsencode(watched / ".cache")  # of compiled rules; the only thing that a run leaves outside its dataset
    assert all(path == cache or path.startswith(cache + b"/jsextract") for path in tree(watched))
    assert not any(b"pdf" in path for path in tree(watched / ".cache" / "jsextract"))
    assert {p.name for p in tmp_path.iterdir()} == around | {"out"}
    with (tmp_path / "out" / "documents.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) == len({row["file"] for row in rows}) == len(NAMES) + len(KINDS)
    refused = {row["file"]: row["problem"] for row in rows if row["status"] == "failed"}
    assert refused == {**dict.fromkeys(KINDS, "io"), "zeros.pdf": "too-large"}
    raw = (tmp_path / "out" / "documents.csv").read_bytes()
    assert not any(line.startswith((b"=", b"+", b"@", b"-")) for line in raw.splitlines())
    assert {row["file"][:2] for row in rows} >= {"'=", "'+", "'-", "'@"}
    stored = [p.name for p in (tmp_path / "out").rglob("*")]
    assert all(name.isascii() and "pdf" not in name for name in stored)  # no name of a source makes a path


def test_attachments_and_scripts_are_neither_run_nor_written(tmp_path: Path) -> None:
    import io

    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(account())) as document:
        document.attachments["../../evil.sh"] = b"#!/bin/sh\ntouch /tmp/evil\n"
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.launchURL('http://a')")
        document.Root.AA = pikepdf.Dictionary(
            WC=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="touch", Win=pikepdf.Dictionary(F="cmd.exe"))
        )
        document.save(out)
    write(tmp_path / "in" / "deep" / "a.pdf", out.getvalue())
    before = tree(tmp_path)
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run(
        [sys.executable, "-m", "jsextract", str(tmp_path / "in"), "-o", str(tmp_path / "out")],
        cwd=tmp_path, env=env, capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    after = {
        path: status for path, status in tree(tmp_path).items() if not path.startswith(os.fsencode(tmp_path / "out"))
    }
    assert after == before
    assert "evil" not in (tmp_path / "out" / "sections.csv").read_text(encoding="utf-8-sig")
