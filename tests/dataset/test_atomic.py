from __future__ import annotations

import contextlib
import errno
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from jsextract.cli.main import run_cli
from jsextract.dataset import atomic, replaceable
from jsextract.dataset.replaceable import NotReplaceable
from tests.check.told import three_accounts

NAMES = ("a", "b", "c")
ACCOUNT = "某某市水务局2023年度部门决算公开\n一、收入支出决算总体情况说明\n2023年度收支总计12.50万元。\n"


def olds(folder: Path) -> list[Path]:
    paths = [folder / name for name in NAMES]
    for path in paths:
        path.write_text("old")
    return paths


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def states(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".jsonl" and path.name != "index.sqlite"
    }


@contextlib.contextmanager
def attribute(path: Path, letter: str) -> Iterator[None]:
    """A file or folder with an attribute of its file system, which binds the superuser too."""
    if not shutil.which("chattr") or subprocess.run(["chattr", f"+{letter}", path], capture_output=True).returncode:
        pytest.skip("needs the superuser and a file system with attributes")
    try:
        yield
    finally:
        subprocess.run(["chattr", f"-{letter}", path], check=True)


def refuse_renames(monkeypatch: pytest.MonkeyPatch, *, to: Path) -> None:
    """As a system does that says so only then."""
    rename = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target == to and "before" not in self.name:
            raise PermissionError(1, os.strerror(1), str(self), None, str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", refuse)


def hold(monkeypatch: pytest.MonkeyPatch, *paths: Path) -> None:
    """As Windows does with files that another program has open: they cannot be opened to be written."""
    opened = os.open

    def refuse(path: str | Path, flags: int, *more: int, **named: int) -> int:
        if flags & os.O_WRONLY and path in paths:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return opened(path, flags, *more, **named)

    monkeypatch.setattr(replaceable, "_IS_WINDOWS", True)
    monkeypatch.setattr(os, "open", refuse)


@pytest.mark.parametrize("at", [0, 1, 2])
def test_what_only_renaming_tells_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    paths = olds(tmp_path)
    refuse_renames(monkeypatch, to=paths[at])
    with pytest.raises(PermissionError) as caught, atomic.replacing(paths, tmp_path) as (one, *_):
        one.write("new")
    assert caught.value.filename2 == str(paths[at])
    assert texts(tmp_path) == dict.fromkeys(NAMES, "old")


def test_a_file_that_was_not_there_goes_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = olds(tmp_path)
    paths[0].unlink()
    refuse_renames(monkeypatch, to=paths[2])
    with pytest.raises(PermissionError), atomic.replacing(paths, tmp_path):
        pass
    assert texts(tmp_path) == {"b": "old", "c": "old"}


@pytest.mark.parametrize("letter", ["i", "a"])
@pytest.mark.parametrize("at", [0, 2])
def test_a_protected_file_is_found_before_any_is_replaced(tmp_path: Path, letter: str, at: int) -> None:
    paths = olds(tmp_path)
    before = states(tmp_path)
    with attribute(paths[at], letter):
        with pytest.raises(NotReplaceable) as caught, atomic.replacing(paths, tmp_path) as (one, *_):
            one.write("new")
        assert (caught.value.errno, caught.value.filename) == (errno.EPERM, str(paths[at]))
        assert states(tmp_path) == before


@pytest.mark.parametrize("letter", ["i", "a"])
def test_a_protected_folder_is_found_before_any_is_replaced(tmp_path: Path, letter: str) -> None:
    folder, temps = tmp_path / "out", tmp_path / "temps"
    folder.mkdir()
    temps.mkdir()
    paths = [tmp_path / "first", *olds(folder)]
    with attribute(folder, letter):
        with pytest.raises(NotReplaceable), atomic.replacing(paths, temps):
            pass
        assert texts(folder) == dict.fromkeys(NAMES, "old")
        assert not paths[0].exists()
        assert not [*temps.iterdir()]


def test_a_file_in_use_on_windows_is_found_before_any_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = olds(tmp_path)
    before = states(tmp_path)
    hold(monkeypatch, paths[2])
    with pytest.raises(NotReplaceable) as caught, atomic.replacing(paths, tmp_path) as (one, *_):
        one.write("new")
    assert caught.value.filename == str(paths[2])
    assert states(tmp_path) == before


def test_looking_changes_no_file_and_no_time(tmp_path: Path) -> None:
    paths = olds(tmp_path)
    before = states(tmp_path), [path.stat().st_ctime_ns for path in paths]
    replaceable.refuse_unreplaceable([*paths, tmp_path / "none"])
    assert (states(tmp_path), [path.stat().st_ctime_ns for path in paths]) == before


def test_a_folder_in_a_place_is_found(tmp_path: Path) -> None:
    paths = [*olds(tmp_path), tmp_path / "d"]
    paths[-1].mkdir()
    with pytest.raises(NotReplaceable) as caught, atomic.replacing(paths, tmp_path):
        pass
    assert caught.value.errno == errno.EISDIR
    assert paths[-1].is_dir()
    assert [path.read_text() for path in paths[:3]] == ["old"] * 3


@pytest.mark.skipif(not hasattr(os, "mknod") or os.geteuid() != 0, reason="only the superuser makes devices")
def test_a_device_is_never_replaced(tmp_path: Path) -> None:
    device = tmp_path / "null"
    os.mknod(device, 0o20666, os.makedev(1, 3))
    with pytest.raises(NotReplaceable), atomic.beside(device) as temp:
        temp.write_text("new")
    assert device.is_char_device()
    assert [*tmp_path.iterdir()] == [device]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user reaches."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def replaced_by_nobody(folder: Path) -> str:
    """Replaces NAMES as a user whom permissions bind; what that said."""
    code = """if True:
        import os, sys
        from pathlib import Path
        from jsextract.dataset import atomic
        os.setuid(65534)
        folder = Path(sys.argv[1])
        with atomic.replacing([folder / name for name in sys.argv[2:]], folder) as handles:
            for handle in handles:
                handle.write("new")
    """
    return subprocess.run([sys.executable, "-c", code, folder, *NAMES], capture_output=True, text=True).stderr


@pytest.mark.skipif(os.name == "nt", reason="a file that nobody may write cannot be replaced there")
def test_a_file_that_nobody_may_write_is_replaced(tmp_path: Path) -> None:
    paths = olds(tmp_path)
    paths[1].chmod(0o444)
    with atomic.replacing(paths, tmp_path) as (_, two, _):
        two.write("new")
    assert texts(tmp_path) == {"a": "", "b": "new", "c": ""}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only the superuser becomes another")
def test_a_file_that_its_owner_may_not_write_is_replaced(folder: Path) -> None:
    """The folder decides, also for a user whom permissions bind."""
    for path in [*olds(folder), folder]:
        os.chown(path, 65534, -1)
        path.chmod(path.stat().st_mode & ~(0 if path == folder else 0o222))
    assert replaced_by_nobody(folder) == ""
    assert texts(folder) == dict.fromkeys(NAMES, "new")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only the superuser becomes another")
def test_a_file_of_somebody_else_in_a_folder_of_all_is_found(folder: Path) -> None:
    """The sticky bit: others may write into the folder, and not take this file away."""
    folder.chmod(0o1777)
    (folder / "b").write_text("old")
    (folder / "b").chmod(0o666)
    assert f"NotReplaceable: [Errno 1] Operation not permitted: '{folder / 'b'}'" in replaced_by_nobody(folder)
    assert texts(folder) == {"b": "old"}


def test_what_cannot_be_deleted_is_told_and_all_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    paths = olds(tmp_path)
    unlink = Path.unlink

    def refuse(self: Path, missing_ok: bool = False) -> None:
        if self.name.endswith("-before"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self))
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    with caplog.at_level(logging.WARNING), atomic.replacing(paths, tmp_path) as handles:
        for handle in handles:
            handle.write("new")
    assert [path.read_text() for path in paths] == ["new"] * 3
    assert len(caplog.records) == 3
    assert all("is left over" in record.getMessage() for record in caplog.records)


# ---- every command that writes such files


def ran(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    capsys.readouterr()
    code = run_cli([str(argument) for argument in arguments])
    return code, capsys.readouterr().err


@pytest.fixture
def out(tmp_path: Path) -> Path:
    assert run_cli([str(three_accounts(tmp_path / "in")), "-o", str(tmp_path / "out"), "--jobs", "0"]) == 0
    return tmp_path / "out"


@pytest.mark.parametrize("name", ["facts.csv", "datapackage.json"])
def test_a_run_names_the_protected_file_and_replaces_none(
    out: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (out.parent / "in" / "new.txt").write_text(ACCOUNT, encoding="utf-8")
    before = {path: held for path, held in states(out).items() if not path.startswith(".")}
    with attribute(out / name, "i"):
        code, said = ran(capsys, out.parent / "in", "-o", out, "--jobs", "0")
        assert (code, said.count("\n")) == (5, 1)
        assert f"{out / name} cannot be replaced: Operation not permitted." in said
        code, said = ran(capsys, out.parent / "in", "-o", out, "--jobs", "0", "--lang", "zh")
        assert code == 5
        assert f"无法替换 {out / name}" in said
        after = states(out)
        assert {path: held for path, held in after.items() if not path.startswith(".")} == before
        assert not [path for path in after if atomic.TEMP_PREFIX in path]
    assert ran(capsys, out.parent / "in", "-o", out, "--jobs", "0")[0] == 0
    assert "new.txt" in (out / "documents.csv").read_text(encoding="utf-8-sig")


def test_an_export_of_several_files_is_whole_or_not_at_all(
    out: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    tables = tmp_path / "tables"
    command = ["export", out, "--to", "stata", "-o", tables, "--force"]
    assert ran(capsys, *command)[0] == 0
    last = max(tables.iterdir())
    last.write_bytes(b"")
    before = states(tables)
    for held in (last, out / ".jsextract" / "exports.json"):
        with attribute(held, "i"):
            code, said = ran(capsys, *command)
            assert (code, said.count("\n")) == (5, 1)
            assert f"{held} cannot be replaced" in said
            assert states(tables) == before
    assert [*tables.glob(".tmp-*")] == []


def test_a_page_in_use_is_named(out: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("old")
    with attribute(page, "i"):
        code, said = ran(capsys, "report", out, "-o", page)
        assert (code, said.count("\n")) == (5, 1)
        assert f"{page} cannot be replaced" in said
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["page.html"]
    assert page.read_text() == "old"


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_page_goes_where_its_link_leads(out: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "link.html").symlink_to("page.html")
    assert ran(capsys, "report", out, "-o", tmp_path / "link.html")[0] == 0
    assert (tmp_path / "link.html").is_symlink()
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
