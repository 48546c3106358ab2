"""Sources and datasets that are at URLs; memory:// stands for any store that fsspec knows."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from jsextract import extract
from jsextract.batch.outcome import Outcome
from jsextract.batch.run import run
from jsextract.batch.run_settings import Settings
from jsextract.batch.sources import find_sources
from jsextract.cli.main import run_cli
from jsextract.dataset import folder_url
from jsextract.dataset.folder import folder_at
from jsextract.errors import DatasetBusy, NothingToRead, OutputNotWritable, SourceNotFound
from jsextract.remote import is_url, local_path
from tests.pdfs import account, write
from tests.readers.archives import zipped

fsspec = pytest.importorskip("fsspec", reason="pip install 'jsextract[ray]'")
NAMES = ("a.pdf", "b/二.PDF", "c.txt")


@pytest.fixture
def memory() -> Iterator[Any]:
    system = fsspec.filesystem("memory")
    yield system
    system.store.clear()
    system.pseudo_dirs[:] = [""]


@pytest.fixture
def source(memory: Any, tmp_path: Path) -> Path:
    """Three files, at memory://in and in a folder."""
    for i, name in enumerate(NAMES):
        data = f"2024年度部门决算{i}\n".encode() if name.endswith("txt") else account(f"第{i}份")
        write(tmp_path / "in" / name, data)
        memory.pipe_file(f"/in/{name}", data)
    memory.pipe_file("/in/.notes.md", b"x")
    return tmp_path / "in"


def go(source: str | Path, out: str | Path, **changes: Any) -> list[Outcome]:
    outcomes: list[Outcome] = []
    run(find_sources([source]), out, Settings(**{"jobs": 0, **changes}), outcomes.append)
    return sorted(outcomes, key=lambda o: o.head.file)


def local(out: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in out.iterdir() if p.is_file() and p.name != "run.log.jsonl"}


def remote(memory: Any, out: str) -> dict[str, bytes]:
    files = {
        name.rpartition("/")[2]: memory.cat_file(name) for name in memory.ls(out, detail=False) if memory.isfile(name)
    }
    assert files.pop("run.log.jsonl")
    return files


def test_what_is_a_url() -> None:
    assert is_url("s3://bucket/a.pdf")
    assert is_url("simplecache::s3://bucket/a.pdf")
    for path in ("a.pdf", "C:\\a.pdf", "a::b.pdf", "决算://x", "./s3:/x", ""):
        assert not is_url(path)
    assert local_path("file:///tmp/%E5%86%B3.pdf") == Path("/tmp/决.pdf")
    assert local_path("s3://b/a.pdf") is None


def test_local_paths_do_not_import_fsspec(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "2024年度部门决算\n".encode())
    code = (
        "import sys; from jsextract.cli.main import run_cli\n"
        "assert run_cli(sys.argv[1:]) == 0; assert not {'fsspec', 'ray'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, str(path), "-o", str(tmp_path / "out"), "--jobs", "0"], check=True)


def test_one_document_at_a_url(source: Path) -> None:
    assert extract("memory://in/a.pdf") == extract(source / "a.pdf")
    assert extract("memory://in/c.txt").status == "ok"
    assert extract("memory://in/gone.pdf").problem == "io"


@pytest.mark.parametrize("jobs", [0, 2])
def test_the_dataset_is_the_same_wherever_it_is(memory: Any, source: Path, tmp_path: Path, jobs: int) -> None:
    go(source, tmp_path / "out")
    assert [o.head.file for o in go("memory://in", "memory://out", jobs=jobs)] == list(NAMES)
    assert remote(memory, "/out") == local(tmp_path / "out")
    go("memory://in", tmp_path / "mixed", jobs=jobs)
    assert local(tmp_path / "mixed") == local(tmp_path / "out")
    go(str(source), (tmp_path / "uri").as_uri())
    assert local(tmp_path / "uri") == local(tmp_path / "out")


def test_only_what_changed_is_read_again(memory: Any, source: Path) -> None:
    go("memory://in", "memory://out")
    before = remote(memory, "/out")
    assert [o.reused for o in go("memory://in", "memory://out")] == [True, True, True]
    assert remote(memory, "/out") == before
    memory.pipe_file("/in/a.pdf", account("改过的"))
    assert [o.reused for o in go("memory://in", "memory://out")] == [False, True, True]
    assert [o.reused for o in go("memory://in", "memory://out", force=True)] == [False, False, False]
    log = memory.cat_file("/out/run.log.jsonl").decode().splitlines()
    assert [json.loads(line)["event"] for line in log].count("end") == 4


def test_a_write_that_fails_leaves_the_dataset_as_it_was(
    memory: Any, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go("memory://in", "memory://out")
    before = remote(memory, "/out")
    memory.pipe_file("/in/a.pdf", account("改过的"))
    real = folder_url.UrlFolder._writer

    def full(self: Any, name: str) -> Any:
        if name == "facts.csv":
            raise OSError(28, "No space left on device")
        return real(self, name)

    monkeypatch.setattr(folder_url.UrlFolder, "_writer", full)
    with pytest.raises(OutputNotWritable, match="memory://out cannot be written: No space left"):
        go("memory://in", "memory://out")
    assert remote(memory, "/out") == before


def test_one_writer_at_a_time(memory: Any, source: Path) -> None:
    folder = folder_at("memory://out")
    folder.prepare()
    with folder.locked(), pytest.raises(DatasetBusy, match=rf"in use by process {os.getpid()} on "):
        go("memory://in", "memory://out")
    go("memory://in", "memory://out")
    assert not folder.holds(".jsextract/lock")


def test_a_lock_that_nobody_renews_is_dead(memory: Any, source: Path) -> None:
    long_ago = (datetime.now(UTC) - timedelta(minutes=5)).isoformat()
    lock = {"host": "gone", "pid": 1, "since": long_ago, "renewed": long_ago}
    memory.pipe_file("/out/.jsextract/lock", json.dumps(lock).encode())
    assert len(go("memory://in", "memory://out")) == 3


def test_a_lock_is_renewed(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_url, "_RENEWED", 0.05)
    folder = folder_at("memory://out")
    folder.prepare()
    with folder.locked():
        first = memory.cat_file("/out/.jsextract/lock")
        deadline = datetime.now(UTC) + timedelta(seconds=60)
        while memory.cat_file("/out/.jsextract/lock") == first:
            assert datetime.now(UTC) < deadline


def test_what_is_not_there_is_named(memory: Any) -> None:
    with pytest.raises(SourceNotFound, match="memory://gone does not exist"):
        list(find_sources(["memory://gone"]))
    memory.pipe_file("/in/.notes.md", b"x")
    with pytest.raises(NothingToRead):
        list(find_sources(["memory://in"]))
    with pytest.raises(SourceNotFound, match="nosuch://x cannot be opened"):
        list(find_sources(["nosuch://x"]))


def test_the_command_takes_urls(memory: Any, source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_cli(["memory://in", "-o", "memory://out", "--jobs", "0"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "memory://out: 3 documents"
    assert run_cli(["memory://in/a.pdf", "-o", "memory://out", "--jobs", "0"]) == 0
    assert "1 document, 1 of them unchanged" in capsys.readouterr().out


def test_urls_of_one_name_are_told_apart_by_their_paths(memory: Any) -> None:
    for name in ("/in/2024/a.pdf", "/in/2025/a.pdf", "/in/2025/.jsextract/x", "/in/2025/documents.csv"):
        memory.pipe_file(name, b"x")
    found = find_sources(["memory://in/2024", "memory://in/2025"])
    assert [(source.file, source.relative) for source in found] == [("a.pdf", "2024/a.pdf"), ("a.pdf", "2025/a.pdf")]


def test_an_archive_at_a_url_says_what_to_do(memory: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    memory.pipe("/far/a.zip", zipped({"a.txt": "决算".encode()}))
    assert run_cli(["memory://far", "-o", str(tmp_path / "out"), "--jobs", "0"]) in {10, 23}
    with (tmp_path / "out" / "documents.csv").open(encoding="utf-8-sig", newline="") as handle:
        (row,) = csv.DictReader(handle)
    assert (row["file"], row["problem"]) == ("a.zip", "unsupported")
    assert "memory://" in row["message"]
    assert "Download" in row["message"]
