"""Whatever stands in a document's place is told by its name, alike by each command that opens documents."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from jsextract.batch.limits import FILE_MB
from jsextract.cli.main import run_cli
from jsextract.errors import BlankFile, Unreadable
from jsextract.readers import office
from jsextract.readers.registry import load, load_again

COMMANDS = {
    "show": ["show", "{}", "--unread"],
    "explain": ["patterns", "explain", "change.amount", "{}"],
    "run": ["{}", "-q"],
}


def _sparse(head: bytes, megabytes: int) -> Callable[[Path], None]:
    def put(path: Path) -> None:
        path.write_bytes(head)
        os.truncate(path, megabytes << 20)

    return put


PLACES: dict[str, tuple[str, Callable[[Path], None], int, str]] = {
    "a large PDF": ("a.pdf", _sparse(b"%PDF-1.7\n", 201), 15, "bytes, more than 209715200"),
    "a large text": ("a.txt", _sparse("决算".encode(), 21), 15, "bytes, more than 20971520"),
    "a large RTF": ("a.rtf", _sparse(b"{\\rtf1\\ansi\n", 81), 15, "bytes, more than 62914560"),
    "a blank PDF": ("a.pdf", lambda path: path.write_bytes(b"") and None, 12, "The file is empty (0 bytes)"),
    "a blank one without a suffix": ("empty", lambda path: path.write_bytes(b"") and None, 12, "empty: The file is"),
    "a link to nowhere": ("a.pdf", lambda path: path.symlink_to("nowhere"), 3, "is a link that leads nowhere"),
    "nothing": ("a.pdf", lambda path: None, 3, "does not exist"),
}
IRREGULAR: dict[str, tuple[Callable[[Path], None], str]] = {
    "a pipe": (os.mkfifo, "a.pdf: It is a pipe or a device, not a file"),
    "a device": (lambda path: path.symlink_to("/dev/zero"), "a.pdf: It is a pipe or a device, not a file"),
    "a folder": (Path.mkdir, "a.pdf: It is a folder, not a file. Name a file in it"),
}


def ended(command: str, path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """What a command over a file ended with, and its one line."""
    arguments = [word.format(path) for word in COMMANDS[command]]
    code = run_cli([*arguments, "-o", str(folder / "out"), "--jobs", "0"] if command == "run" else arguments)
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert path.name in error
    return code, error


@pytest.mark.skipif(os.name == "nt", reason="no such files")
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("what", PLACES)
def test_each_command_says_the_same(
    what: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, put, code, says = PLACES[what]
    put(tmp_path / name)
    told, line = ended(command, tmp_path / name, tmp_path, capsys)
    assert told == code
    assert says in line


@pytest.mark.skipif(os.name == "nt", reason="no such files")
@pytest.mark.parametrize("command", ["show", "explain"])
@pytest.mark.parametrize("what", IRREGULAR)
def test_what_is_no_file_is_not_waited_for(
    what: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put, says = IRREGULAR[what]
    put(tmp_path / "a.pdf")
    code, line = ended(command, tmp_path / "a.pdf", tmp_path, capsys)
    assert code == 16
    assert says in line


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user reaches."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)


def said_to_another(arguments: Sequence[str], name: str, at: Path) -> tuple[int, str]:
    """What a command over a file ends with and says to a user whom permissions bind.

    All that it imports is imported before: Python itself may be out of that user's reach.
    """
    code = """if True:
        import os, sys
        from jsextract.cli.main import run_cli
        name, *arguments = sys.argv[1:]
        for file in ("good.txt", "gone.txt"):
            run_cli([word.replace("{}", file) for word in arguments])
        sys.stderr.write("---")
        sys.stderr.flush()
        os.getuid() or os.setuid(65534)
        sys.exit(run_cli([word.replace("{}", name) for word in arguments]))
    """
    (at / "good.txt").write_text("部门决算", encoding="utf-8")
    surroundings = {**os.environ, "HOME": str(at), "XDG_CACHE_HOME": str(at)}
    done = subprocess.run([sys.executable, "-c", code, name, *arguments], cwd=at, env=surroundings, capture_output=True)
    return done.returncode, done.stderr.decode().rpartition("---")[2]


OPENING = (["show", "{}", "--unread"], ["patterns", "explain", "change.amount", "{}"], ["{}", "-q", "--dry-run"])


@pytest.mark.skipif(os.name == "nt", reason="no such permissions")
@pytest.mark.parametrize("arguments", OPENING[:2], ids=" ".join)
def test_a_file_that_may_not_be_read_is_no_slip_of_the_command_line(arguments: list[str], folder: Path) -> None:
    (folder / "a.txt").write_text("决算", encoding="utf-8")
    (folder / "a.txt").chmod(0)
    said = said_to_another(["--lang", "zh", *arguments], "a.txt", folder)
    assert said == (16, "jsextract: a.txt：无法读取文件：权限不足。请核对权限。\n")


@pytest.mark.skipif(os.name == "nt", reason="no such permissions")
def test_one_file_that_may_not_be_read_ends_no_run_over_several(folder: Path) -> None:
    (folder / "a.txt").write_text("决算", encoding="utf-8")
    (folder / "a.txt").chmod(0)
    code, _ = said_to_another(["good.txt", "{}", "-q", "--dry-run"], "a.txt", folder)
    assert code == 0


@pytest.mark.skipif(os.name == "nt", reason="no such permissions")
@pytest.mark.parametrize("arguments", OPENING, ids=" ".join)
def test_a_file_in_a_closed_folder_is_named(arguments: list[str], folder: Path) -> None:
    (folder / "closed").mkdir()
    (folder / "closed" / "a.txt").write_text("决算", encoding="utf-8")
    (folder / "closed").chmod(0)
    said = said_to_another(arguments, "closed/a.txt", folder)
    (folder / "closed").chmod(0o700)
    assert said == (3, "jsextract: closed/a.txt: Permission denied. Check the path.\n")


@pytest.mark.skipif(os.name == "nt", reason="no such permissions")
def test_rules_in_a_closed_folder_are_not_passed_over(folder: Path) -> None:
    (folder / "mine" / "facts").mkdir(parents=True)
    (folder / "mine" / "facts").chmod(0)
    code, line = said_to_another(["patterns", "list", "--patterns", "{}"], "mine", folder)
    (folder / "mine" / "facts").chmod(0o700)
    assert code == 6
    assert f"{Path('mine', 'facts')} cannot be read: Permission denied" in line


def test_a_file_that_vanishes_before_it_is_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_file", lambda self: self.name == "a.pdf")
    with pytest.raises(Unreadable, match="No such file or directory"):
        load(tmp_path / "a.pdf")


def test_a_document_is_looked_for_beyond_a_place_that_gives_none(tmp_path: Path) -> None:
    for name, data in (("a.txt", b""), ("b.txt", b"other"), ("c.txt", b"this")):
        (tmp_path / name).write_bytes(data)
    digest = load(tmp_path / "c.txt").sha256
    found = load_again([str(tmp_path / name) for name in ("gone.txt", "a.txt", "b.txt", "c.txt")], digest)
    assert found is not None
    assert found.name == "c.txt"
    with pytest.raises(BlankFile):
        load_again([str(tmp_path / name) for name in ("a.txt", "b.txt")], digest)
    assert load_again([str(tmp_path / "b.txt")], digest) is None


def test_a_worker_may_write_what_libreoffice_is_given() -> None:
    assert office.MAX_BYTES < FILE_MB << 20


def test_no_room_for_libreoffice_is_no_fault_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, data: bytes) -> int:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(office.shutil, "which", lambda name: name)
    monkeypatch.setattr(Path, "write_bytes", full)
    target = office.Target("docx", "MS Word 2007 XML", 1, "", "")
    with pytest.raises(Unreadable, match=r"handed to LibreOffice in .*: No space left on device"):
        office.converted(b"{\\rtf1}", ".rtf", target)
