"""Datasets that were damaged, or come from strangers: repaired or named, and nothing outside of them is touched."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from jsextract.accounts.account_summary import summary_of
from jsextract.batch import marks
from jsextract.batch.reports import write_dataset
from jsextract.batch.run import run
from jsextract.batch.run_settings import Settings
from jsextract.batch.sources import find_sources
from jsextract.batch.writing import Written
from jsextract.cli.main import run_cli
from jsextract.dataset.fingerprint import form_id
from jsextract.dataset.folder import LocalFolder
from jsextract.dataset.index_check import IndexDamaged
from jsextract.dataset.read_checks import read_checks
from jsextract.dataset.recovery import mended
from jsextract.dataset.result_files import result_name
from jsextract.dataset.store import Store
from jsextract.errors import DatasetDamaged, OutputNotWritable
from tests import made
from tests.check.told import account, three_accounts


@pytest.fixture(autouse=True)
def settled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that were written just now are trusted."""
    monkeypatch.setattr(marks, "_SETTLED_NS", -(10**10))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return three_accounts(tmp_path / "in")


@pytest.fixture
def out(source: Path, tmp_path: Path) -> Path:
    go(source, tmp_path / "out")
    return tmp_path / "out"


def go(source: Path, out: Path) -> tuple[Written, list[str]]:
    read: list[str] = []
    written = run(
        find_sources([source]), out, Settings(jobs=0), lambda done: None if done.reused else read.append(done.head.file)
    )
    return written, read


def contents(out: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in out.iterdir() if p.suffix in {".csv", ".json"}}


def results(out: Path) -> list[Path]:
    return sorted((out / ".jsextract" / "results").rglob("*.json"))


def change(path: Path, line: int) -> None:
    """Another digit in the middle of one line: what it says stays what it could say."""
    lines = path.read_bytes().split(b"\n")
    at = len(lines[line]) // 2
    lines[line] = lines[line][:at] + (b"1" if lines[line][at : at + 1] != b"1" else b"2") + lines[line][at + 1 :]
    path.write_bytes(b"\n".join(lines))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def exchange(path: Path) -> None:
    one, other = results(path.parents[3])[:2]
    data = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(data)


DAMAGES: dict[str, Callable[[Path], None]] = {
    "in its first line": lambda path: change(path, 0),
    "in its rows": lambda path: change(path, 1),
    "in its report": lambda path: change(path, 2),
    "cut short": cut,
    "gone": lambda path: path.unlink(),
    "exchanged for another": exchange,
    "a folder of links": lambda path: path.unlink() or path.symlink_to(path.parent),  # type: ignore[func-returns-value]
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_result_is_read_again_also_where_its_source_was_not_given(
    source: Path, out: Path, damage: Callable[[Path], None]
) -> None:
    wanted = contents(out)
    damage(results(out)[0])
    written, read = go(source / "0.txt", out)
    assert not written.lost
    assert 1 <= len(read) <= 2
    assert contents(out) == wanted
    with contextlib.closing(Store(out)) as store:
        assert all(store._results.is_whole(known.key) for known in store.files())


def test_a_result_that_cannot_be_read_again_is_named_and_stops_nothing_else(source: Path, out: Path) -> None:
    wanted = contents(out)
    change(results(out)[0], 1)
    change(results(out)[0], 2)
    with contextlib.closing(Store(out)) as store:
        name = next(known.file for known in store.files() if known.key == results(out)[0].stem)
    (source / name).rename(source.parent / name)
    other = next(path for path in source.iterdir())
    written, _ = go(other, out)
    assert written.lost == (name,)
    assert contents(out) == wanted, "what was sound once stays in the files"
    (source / "3.txt").write_text(account(units="共有9个单位。"), encoding="utf-8")
    written, _ = go(source / "3.txt", out)
    assert written.lost == (name,)
    rows = (out / "documents.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 5
    (row,) = [row for row in rows if "result-damaged" in row]
    assert row.startswith("d" + results(out)[0].stem[:16])
    (source.parent / name).rename(source / name)
    written, read = go(source, out)
    assert (written.lost, read) == ((), [name])
    assert "result-damaged" not in (out / "documents.csv").read_text(encoding="utf-8-sig")


def test_an_earlier_result_does_not_take_the_place_of_a_later_one(tmp_path: Path) -> None:
    report = made.report()
    store = Store(tmp_path)
    store.put(report.sha256, report, "r1", form_id(), summary_of(report))
    store.assign("place", report.file, report.sha256, "r1")
    store.commit()
    (path,) = results(tmp_path)
    early = path.read_bytes()
    store.close()
    store = Store(tmp_path)
    store.put(report.sha256, made.report(region="四川省"), "r2", form_id())
    late = path.read_bytes()
    store.close()  # killed before it could say so: the later one counts
    assert damaged(tmp_path) == []
    store = Store(tmp_path)
    store.put(report.sha256, made.report(region="四川省"), "r2", form_id())
    store.commit()
    store.close()
    path.write_bytes(early)
    assert damaged(tmp_path) == [report.sha256]
    path.write_bytes(late)
    assert damaged(tmp_path) == []


@pytest.mark.parametrize("how", ["gone", "an earlier one", "damaged", "another key"])
def test_an_index_is_made_anew_from_documents_csv(source: Path, out: Path, how: str, tmp_path: Path) -> None:
    index = out / ".jsextract" / "index.sqlite"
    go(source / "0.txt", tmp_path / "small")
    wanted = contents(out)
    if how == "gone":
        index.unlink()
    elif how == "an earlier one":
        index.write_bytes((tmp_path / "small" / ".jsextract" / "index.sqlite").read_bytes())
    elif how == "damaged":
        index.write_bytes(index.read_bytes().replace(b"1.txt", b"7.txt"))
    else:
        with contextlib.closing(sqlite3.connect(index)) as db:
            db.execute("UPDATE files SET key = '../../../../victim' WHERE file = '1.txt'")
            db.execute("DELETE FROM seal")
            db.commit()
    if how not in ("gone", "an earlier one"):
        with pytest.raises(IndexDamaged):
            Store(out)
    _, read = go(source / "2.txt", out)
    assert (read, contents(out)) == ([], wanted)
    assert go(source, out)[1] == []


def test_an_index_that_runs_something_is_none(out: Path) -> None:
    with contextlib.closing(sqlite3.connect(out / ".jsextract" / "index.sqlite")) as db:
        db.execute("CREATE TRIGGER t AFTER INSERT ON files BEGIN DELETE FROM results; END")
        db.commit()
    with pytest.raises(IndexDamaged):
        Store(out)


@pytest.mark.parametrize("key", ["../" * 9 + "etc/passwd", "a/b", "", "0" * 63, "0" * 64 + "\n", "0" * 64 + "-../x"])
def test_only_names_of_results_become_paths(key: str) -> None:
    with pytest.raises(DatasetDamaged):
        result_name(key)


def damaged(out: Path) -> list[str]:
    with contextlib.closing(mended(LocalFolder(out))[0]) as store:
        return store.damaged()


PLANTED = ("run.log.jsonl", "cells.csv", ".jsextract/lock", ".jsextract/holder", ".jsextract/index.sqlite",
           ".jsextract/assembled.json", ".jsextract/written.json", ".jsextract", "corrections.csv")  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no such things")
@pytest.mark.parametrize("kind", ["link", "pipe"])
@pytest.mark.parametrize("name", PLANTED)
def test_nothing_planted_in_a_dataset_leads_out_of_it(source: Path, out: Path, name: str, kind: str) -> None:
    victim = source.parent / "victim"
    if name == ".jsextract":
        (out / name).rename(victim)
        before = sorted(victim.rglob("*"))
    else:
        (out / name).unlink(missing_ok=True)
        victim.write_text("mine")
    (out / name).symlink_to(victim) if kind == "link" else os.mkfifo(out / name)
    with contextlib.suppress(OutputNotWritable, DatasetDamaged):
        go(source, out)
    assert sorted(victim.rglob("*")) == before if name == ".jsextract" else victim.read_text() == "mine"
    if name == "cells.csv":
        with contextlib.suppress(DatasetDamaged):
            list(read_checks(out))


def test_reports_of_a_program_are_kept_in_a_damaged_dataset_too(tmp_path: Path) -> None:
    write_dataset([made.report(b"a", file="a.pdf")], tmp_path)
    change(results(tmp_path)[0], 1)
    change(results(tmp_path)[0], 2)
    with pytest.raises(DatasetDamaged, match=r"a\.pdf"):
        write_dataset([made.report(b"b", file="b.pdf")], tmp_path)
    assert "b.pdf" in (tmp_path / "documents.csv").read_text(encoding="utf-8-sig")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no such things")
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_stands_in_the_place_of_a_csv_file_is_told_like_a_changed_one(source: Path, out: Path, kind: str) -> None:
    wanted, path = contents(out), out / "cells.csv"
    path.unlink()
    {"link": lambda: path.symlink_to(source / "0.txt"), "pipe": lambda: os.mkfifo(path), "folder": path.mkdir}[kind]()
    with pytest.raises(OutputNotWritable, match=r"cells\.csv.*--force"):
        go(source, out)
    if kind != "folder":
        run(find_sources([source]), out, Settings(jobs=0, force=True), lambda _: None)
        assert contents(out) == wanted
        assert not path.is_symlink()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_commands_that_look_at_a_dataset_follow_no_link_to_what_it_remembers(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (out / ".jsextract").rename(out.parent / "elsewhere")
    (out / ".jsextract").symlink_to(out.parent / "elsewhere")
    for command in (["report", str(out), "-o", str(out.parent / "r.html")], ["show", str(out), "--check", "x"]):
        assert run_cli(command) == DatasetDamaged.exit_code
        said = capsys.readouterr().err
        assert said.count("\n") == 1
        assert f"{out / '.jsextract'} is a link; within a dataset, none is followed." in said
