"""Archives as folders: each file in one has its row, by its content; nothing is written but the dataset."""

from __future__ import annotations

import csv
import io
import stat
import tempfile
import zipfile
from pathlib import Path
from random import Random

import pytest

from jsextract.batch import marks, unpack
from jsextract.batch.outcome import Outcome
from jsextract.batch.plan import Fate, plan
from jsextract.batch.run import run
from jsextract.batch.run_settings import Settings
from jsextract.batch.sources import find_sources
from jsextract.readers.archives import entry, members
from jsextract.readers.archives.members import Within
from tests.check.told import account
from tests.pdfs import account as pdf
from tests.readers.archives import rar, zipped, zipped_raw

TEXT = account().encode()
PDF = pdf("一份")


def go(source: Path, out: Path, **changes: object) -> list[Outcome]:
    outcomes: list[Outcome] = []
    run(find_sources([source], skip=out), out, Settings(**{"jobs": 0, **changes}), outcomes.append)
    return sorted(outcomes, key=lambda o: o.head.file)


def documents(out: Path) -> list[dict[str, str]]:
    with (out / "documents.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def contents(out: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in out.iterdir() if p.is_file() and p.name != "run.log.jsonl"}


def rows_of(tmp_path: Path, data: bytes, name: str = "a.zip", **changes: object) -> list[tuple[str, str, str]]:
    """(file, format, problem) of each row that a file gives, which stands alone in a folder."""
    folder = tmp_path / "in"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    before = {p for p in tmp_path.rglob("*") if tmp_path / "out" not in p.parents}
    go(folder, tmp_path / "out", **changes)
    after = {p for p in tmp_path.rglob("*") if tmp_path / "out" not in p.parents}
    assert after - before <= {tmp_path / "out"}
    return [(row["file"], row["format"], row["problem"]) for row in documents(tmp_path / "out")]


@pytest.mark.parametrize("jobs", [0, 2])
def test_each_file_of_a_zip_has_its_row(tmp_path: Path, jobs: int) -> None:
    data = zipped({"甲/决算.txt": TEXT, "乙.pdf": PDF, "图.png": b"\x89PNG\r\n\x1a\n", "__MACOSX/._乙.pdf": b"x"})
    rows = rows_of(tmp_path, data, jobs=jobs)
    assert [row[:2] for row in rows] == [("a.zip/乙.pdf", "pdf"), ("a.zip/图.png", "png"), ("a.zip/甲/决算.txt", "txt")]
    assert [row["path"] for row in documents(tmp_path / "out")] == [row[0] for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_names_that_do_not_say_their_encoding(tmp_path: Path, encoding: str) -> None:
    names = ["部门决算/乾隆表.txt", "附件.txt"]
    data = zipped_raw([(name.encode(encoding), TEXT + bytes([65 + n])) for n, name in enumerate(names)])
    assert sorted(row[0] for row in rows_of(tmp_path, data)) == sorted(f"a.zip/{name}" for name in names)


def test_7z_and_rar(tmp_path: Path) -> None:
    py7zr = pytest.importorskip("py7zr")
    pytest.importorskip("rarfile")
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        archive.writestr(TEXT, "表/决算.txt")
        archive.writestr(PDF, "表/决算.pdf")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.rar").write_bytes(rar({"文/决算.txt": TEXT}))
    rows = rows_of(tmp_path, out.getvalue(), "a.7z")
    assert [row[0] for row in rows] == ["a.7z/表/决算.pdf", "a.7z/表/决算.txt", "b.rar/文/决算.txt"]
    assert not any(problem in {"corrupt", "unsupported"} for *_, problem in rows)


@pytest.mark.parametrize(
    ("module", "data", "name"), [("py7zr", b"7z\xbc\xaf\x27\x1c", "a.7z"), ("rarfile", rar({}), "a.rar")]
)
def test_a_library_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, data: bytes, name: str
) -> None:
    monkeypatch.setitem(__import__("sys").modules, module, None)
    assert rows_of(tmp_path, data, name) == [(name, name[2:], "unsupported")]
    assert "jsextract[archives]" in documents(tmp_path / "out")[0]["message"]


def test_archives_within_archives(tmp_path: Path) -> None:
    inner = zipped({"决算.txt": TEXT})
    assert rows_of(tmp_path, zipped({"里.zip": inner, "b.txt": TEXT + b"x"}))[1][0] == "a.zip/里.zip/决算.txt"


def test_a_zip_by_any_name_and_a_document_that_is_a_zip(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.pdf").write_bytes(zipped({"1.pdf": PDF, "2.pdf": pdf("二")}, zipfile.ZIP_STORED))
    word = zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
    rows = rows_of(tmp_path, word, "a.zip")
    assert [row[:2] for row in rows] == [("a.zip", "docx"), ("b.pdf/1.pdf", "pdf"), ("b.pdf/2.pdf", "pdf")]


def test_one_content_inside_and_outside(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "决算.txt").write_bytes(TEXT)
    rows_of(tmp_path, zipped({"x/决算.txt": TEXT}))
    first, second = documents(tmp_path / "out")
    assert first["document_id"] == second["document_id"] == second["duplicate_of"]


def test_an_unchanged_archive_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "_SETTLED_NS", -(10**10))
    rows_of(tmp_path, zipped({"里.zip": zipped({"决算.txt": TEXT}), "a.txt": TEXT + b"x"}))
    before = contents(tmp_path / "out")
    monkeypatch.setattr(unpack, "members", None)
    assert all(outcome.reused for outcome in go(tmp_path / "in", tmp_path / "out"))
    assert {one.fate for one in plan(find_sources([tmp_path / "in"]), tmp_path / "out")} == {Fate.UNCHANGED}
    assert contents(tmp_path / "out") == before


def test_a_run_that_was_killed_reads_no_file_again(tmp_path: Path) -> None:
    rows_of(tmp_path, zipped({"a.txt": TEXT, "b.txt": TEXT + b"x"}))
    before = contents(tmp_path / "out")
    (tmp_path / "out" / ".jsextract" / "index.sqlite").unlink()
    assert all(outcome.reused for outcome in go(tmp_path / "in", tmp_path / "out"))
    assert contents(tmp_path / "out") == before


@pytest.mark.parametrize("password", [None, "secret"])
def test_a_zip_under_aes_says_what_to_do(tmp_path: Path, password: str | None) -> None:
    data = bytearray(locked_zip("a.txt", TEXT))
    data[data.index(b"PK\x01\x02") + 10] = data[8] = 99
    assert rows_of(tmp_path, bytes(data), password=password) == [("a.zip/a.txt", "", "encrypted")]
    assert "AES" in documents(tmp_path / "out")[0]["message"]


def test_volumes_of_an_archive_say_what_to_do(tmp_path: Path) -> None:
    py7zr = pytest.importorskip("py7zr")
    out, noise = io.BytesIO(), Random(1).randbytes(2000)
    with py7zr.SevenZipFile(out, "w") as archive:
        archive.writestr(noise, "a.txt")
    zipped_up, seven = zipped({"a.txt": noise}), out.getvalue()
    last = bytearray(zipped_up[500:])
    last[last.rindex(b"PK\x05\x06") + 4] = 1  # volumes before it
    volumes = {
        "a.zip.001": zipped_up[:500], "a.zip.002": zipped_up[500:],
        "b.z01": b"PK\x07\x08" + zipped_up[:500], "b.zip": bytes(last),
        "c.7z.001": seven[:99], "c.7z.002": seven[99:],
    }  # fmt: skip
    (tmp_path / "in").mkdir()
    for name, data in volumes.items():
        (tmp_path / "in" / name).write_bytes(data)
    rows = rows_of(tmp_path, zipped_up, "whole.zip.001")
    assert rows[:-1] == [(name, "volume", "unsupported") for name in volumes]
    assert rows[-1][0] == "whole.zip.001/a.txt"
    assert all("all its parts" in row["message"] for row in documents(tmp_path / "out")[:-1])


def test_a_rar_that_goes_on_in_another_volume_says_what_to_do(tmp_path: Path) -> None:
    pytest.importorskip("rarfile")
    assert rows_of(tmp_path, rar({"a.txt": TEXT}, goes_on=True), "a.part1.rar") == [
        ("a.part1.rar/a.txt", "", "unsupported")
    ]
    assert "several volumes" in documents(tmp_path / "out")[0]["message"]


def test_what_a_dry_run_says(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"a.txt": TEXT, "b.png": b"\x89PNG\r\n\x1a\n"}))
    planned = [(one.file, one.fate) for one in plan(find_sources([tmp_path / "a.zip"]), tmp_path / "out")]
    assert planned == [("a.zip/a.txt", Fate.NEW), ("a.zip/b.png", Fate.UNSUPPORTED)]
    assert not (tmp_path / "out").exists()


def locked_zip(name: str, data: bytes) -> bytes:
    """A zip whose only file says that it is encrypted."""
    plain = bytearray(zipped({name: data}))
    plain[6] |= 1
    plain[plain.index(b"PK\x01\x02") + 8] |= 1
    return bytes(plain)


DEEP = zipped({"4.zip": zipped({"3.zip": zipped({"2.zip": zipped({"1.txt": TEXT})})})})
HOSTILE: dict[str, tuple[bytes, str, list[tuple[str, str]]]] = {
    "bomb": (zipped({"0.txt": bytes(50 << 20)}), "a.zip", [("a.zip/0.txt", "too-large")]),
    "beyond the size of a file": (zipped({"0.txt": bytes(201 << 20)}), "a.zip", [("a.zip/0.txt", "too-large")]),
    "nesting": (DEEP, "a.zip", [("a.zip", "too-large")]),
    "steps upwards": (zipped_raw([(b"../../x.txt", b"")]), "a.zip", [("a.zip/%2E%2E/%2E%2E/x.txt", "empty")]),
    "absolute": (zipped_raw([(b"/etc/x.txt", b"")]), "a.zip", [("a.zip/etc/x.txt", "empty")]),
    "NUL": (zipped_raw([(b"a\0b.txt", b"")]), "a.zip", [("a.zip/a%00b.txt", "empty")]),
    "backslashes": (zipped_raw([(b"C:\\a\\b.txt", b"")]), "a.zip", [("a.zip/C:/a/b.txt", "empty")]),
    "one name twice": (
        zipped_raw([(b"a.txt", b""), (b"a.txt", b"")]),
        "a.zip",
        [("a.zip/a.txt", "empty"), ("a.zip/a.txt", "empty")],
    ),
    "no name": (zipped_raw([(b"", b"")]), "a.zip", [("a.zip/0", "not-pdf")]),
    "truncated": (zipped({"a.txt": TEXT})[:-30], "a.zip", [("a.zip", "corrupt")]),
    "no file": (zipped({}), "a.zip", [("a.zip", "corrupt")]),
    "a link": (
        zipped_raw([(b"a.txt", b"/etc/passwd")], attributes=(stat.S_IFLNK | 0o777) << 16),
        "a.zip",
        [("a.zip/a.txt", "io")],
    ),
    "a device": (
        zipped_raw([(b"a.txt", b"")], attributes=(stat.S_IFCHR | 0o666) << 16),
        "a.zip",
        [("a.zip/a.txt", "io")],
    ),
    "encrypted": (locked_zip("a.txt", TEXT), "a.zip", [("a.zip/a.txt", "encrypted")]),
    "a damaged archive within": (zipped({"b.zip": b"PK\x03\x04 rubbish"}), "a.zip", [("a.zip/b.zip", "corrupt")]),
    "a bad 7z": (b"7z\xbc\xaf\x27\x1c" + b"\xff" * 100, "a.7z", [("a.7z", "corrupt")]),
    "a bad rar": (b"Rar!\x1a\x07\x01\x00" + b"\xff" * 100, "a.rar", [("a.rar", "corrupt")]),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_archives(tmp_path: Path, kind: str) -> None:
    data, name, expected = HOSTILE[kind]
    assert [(file, problem) for file, _, problem in rows_of(tmp_path, data, name)] == expected
    assert all(row["message"] for row in documents(tmp_path / "out"))


def test_more_files_than_an_archive_may_have(tmp_path: Path) -> None:
    data = zipped_raw([(b"%d.txt" % number, b"") for number in range(entry.MOST_MEMBERS + 1)])
    assert rows_of(tmp_path, data, jobs=1) == [("a.zip", "zip", "too-large")]
    assert f"{entry.MOST_MEMBERS}" in documents(tmp_path / "out")[0]["message"]


def test_a_list_that_lies_about_sizes(tmp_path: Path) -> None:
    """The list says 10 bytes, and a megabyte is packed."""
    data = bytearray(zipped({"a.txt": bytes(1 << 20)}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    assert rows_of(tmp_path, bytes(data)) == [("a.zip/a.txt", "", "corrupt")]


def test_bombs_of_many_files_are_refused_by_their_sum(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "MOST_UNPACKED", 1000)
    assert rows_of(tmp_path, zipped({f"{n}.txt": bytes(300) for n in range(4)})) == [("a.zip", "zip", "too-large")]


def test_what_opens_an_encrypted_archive(tmp_path: Path) -> None:
    py7zr = pytest.importorskip("py7zr")
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password="密码") as archive:
        archive.writestr(TEXT, "a.txt")
    assert rows_of(tmp_path, out.getvalue(), "a.7z") == [("a.7z/a.txt", "", "encrypted")]
    assert [row[2] for row in rows_of(tmp_path, out.getvalue(), "a.7z", password="别的")] == ["encrypted"]
    assert [row[:2] for row in rows_of(tmp_path, out.getvalue(), "a.7z", password="密码")] == [("a.7z/a.txt", "txt")]


def test_an_archive_that_changed_is_read_as_it_is_now(tmp_path: Path) -> None:
    rows_of(tmp_path, zipped({"a.txt": TEXT}))
    rows = rows_of(tmp_path, zipped({"0.txt": TEXT + b"y", "a.txt": TEXT + b"x"}))
    assert [row[0] for row in rows] == ["a.zip/0.txt", "a.zip/a.txt"]


def test_a_place_in_an_archive_from_python(tmp_path: Path) -> None:
    from jsextract.pipeline import extract

    (tmp_path / "a.zip").write_bytes(zipped({"里.zip": zipped({"决算.txt": TEXT})}))
    report = extract(Within(tmp_path / "a.zip", (0, 0), "里.zip/决算.txt"))
    assert (report.file, report.format) == ("决算.txt", "txt")
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_a_workbook_is_told_by_its_archive(tmp_path: Path) -> None:
    from jsextract.outline.path_names import told_by_path

    (tmp_path / "in").mkdir()
    name = "2024年临江市梧桐区水务局部门决算.zip"
    told = told_by_path(f"in/{name}/表.xlsx")
    assert (told.entity, told.year) == ("临江市梧桐区水务局", 2024)
    (tmp_path / "in" / name).write_bytes(zipped({"表.xlsx": b"PK"}))
    (source,) = unpack.unpacked(find_sources([tmp_path / "in"]), None, Settings(jobs=0), "")
    assert told_by_path(source.named) == told
    assert source.content.path == source.named


def test_a_packed_rar_without_a_tool_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rarfile = pytest.importorskip("rarfile")
    for tool in ("UNRAR_TOOL", "UNAR_TOOL", "SEVENZIP_TOOL", "SEVENZIP2_TOOL", "BSDTAR_TOOL"):
        monkeypatch.setattr(rarfile, tool, "no-such-tool")
    monkeypatch.setattr(rarfile, "CURRENT_SETUP", None)
    (tmp_path / "work").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "work"))
    data = rar({"a.txt": TEXT}, packed=True)
    (tmp_path / "in").mkdir()
    assert [row[2] for row in rows_of(tmp_path / "in", data, "a.rar", jobs=0)] == ["unsupported"]
    assert not list((tmp_path / "work").iterdir())
