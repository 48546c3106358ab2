from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jsextract.batch.safe_name import safe_name
from jsextract.batch.sources import SourceFile, find_sources
from jsextract.errors import NothingToRead, SourceNotFound
from tests.pdfs import write


def names(found: list[SourceFile]) -> list[str]:
    return [source.file for source in found]


def test_folders_are_searched_to_the_bottom_by_name(tmp_path: Path) -> None:
    for name in ("b/二.PDF", "b/a/一.pdf", "c.txt", "a.pdf", "notes.md", ".git/x.pdf", ".notes.md"):
        write(tmp_path / name, b"x")
    assert names(list(find_sources([tmp_path]))) == ["a.pdf", "b/a/一.pdf", "b/二.PDF", "c.txt", "notes.md"]


def test_a_name_of_dots_or_a_hidden_one_is_not_passed_over(tmp_path: Path) -> None:
    for name in (".hidden.pdf", "..pdf", ".pdf", "...pdf"):
        write(tmp_path / name, b"x")
    assert names(list(find_sources([tmp_path]))) == ["...pdf", "..pdf", ".hidden.pdf", ".pdf"]


def test_a_file_is_read_whatever_it_is_called_and_only_once(tmp_path: Path) -> None:
    odd = write(tmp_path / "决算", b"x")
    pdf = write(tmp_path / "a.pdf", b"x")
    assert names(list(find_sources([odd, pdf, tmp_path, pdf]))) == ["决算", "a.pdf"]


def test_the_dataset_itself_is_left_out(tmp_path: Path) -> None:
    write(tmp_path / "a.pdf", b"x")
    write(tmp_path / "out" / "b.pdf", b"x")
    assert names(list(find_sources([tmp_path], skip=tmp_path / "out"))) == ["a.pdf"]


@pytest.mark.skipif(os.name == "nt", reason="no such files")
def test_links_pipes_and_folders_with_a_pdf_name_get_a_row_and_are_not_opened(tmp_path: Path) -> None:
    real = write(tmp_path / "real" / "a.pdf", b"x")
    (tmp_path / "link.pdf").symlink_to(real)
    (tmp_path / "linked").symlink_to(tmp_path / "real")
    os.mkfifo(tmp_path / "pipe.pdf")
    write(tmp_path / "folder.pdf" / "inner.pdf", b"x")
    found = {source.file: bool(source.problem) for source in find_sources([tmp_path])}
    assert found == {"folder.pdf": True, "link.pdf": True, "pipe.pdf": True, "real/a.pdf": False}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_folder_that_cannot_be_read_gets_a_row(tmp_path: Path) -> None:
    write(tmp_path / "a.pdf", b"x")
    (tmp_path / "closed").mkdir(mode=0)
    found = {source.file: bool(source.problem) for source in find_sources([tmp_path])}
    assert found == {"a.pdf": False, "closed/": True}


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match=r"gone\.pdf does not exist"):
        list(find_sources([tmp_path / "gone.pdf"]))
    for name in (".notes.md", ".git/config", "~$决算.docx", "Thumbs.db", "desktop.ini", ".DS_Store", "__MACOSX/a.pdf"):
        write(tmp_path / name, b"x")
    with pytest.raises(NothingToRead, match="no file"):
        list(find_sources([tmp_path]))


def test_what_jsextract_wrote_is_no_source(tmp_path: Path) -> None:
    for name in (".jsextract/index.sqlite", "documents.csv", "cells.csv", "datapackage.json", "run.log.jsonl", "a.pdf"):
        write(tmp_path / "old" / name, b"x")
    write(tmp_path / "elsewhere" / "documents.csv", b"x")
    assert names(list(find_sources([tmp_path]))) == ["elsewhere/documents.csv", "old/a.pdf"]
    assert names(list(find_sources([tmp_path / "old"]))) == ["a.pdf"]


@pytest.mark.skipif(os.name == "nt", reason="no such files")
def test_links_with_a_documents_name_get_a_row(tmp_path: Path) -> None:
    (tmp_path / "表.xlsx").symlink_to(tmp_path / "elsewhere.xlsx")
    (tmp_path / "other").symlink_to(tmp_path / "elsewhere")
    assert [(source.file, bool(source.problem)) for source in find_sources([tmp_path])] == [("表.xlsx", True)]


def test_files_of_one_name_are_told_apart_by_their_paths(tmp_path: Path) -> None:
    for name in ("2024/a.pdf", "2025/a.pdf", "2025/b/a.pdf"):
        write(tmp_path / name, b"x")

    def paths(*sources: str) -> list[str]:
        return [source.relative for source in find_sources([tmp_path / name for name in sources])]

    assert paths("") == ["2024/a.pdf", "2025/a.pdf", "2025/b/a.pdf"]
    assert paths("2025") == ["a.pdf", "b/a.pdf"]
    assert paths("2024", "2025") == ["2024/a.pdf", "2025/a.pdf", "2025/b/a.pdf"]
    assert paths("2024/a.pdf", "2025/b/a.pdf") == ["2024/a.pdf", "2025/b/a.pdf"]
    assert paths("2024/a.pdf") == paths("2024/a.pdf", "2024/a.pdf") == ["a.pdf"]


def test_awkward_names_become_text() -> None:
    assert safe_name(os.fsdecode(b"\xbe\xf6\xcb\xe3.pdf")) == "%BE%F6%CB%E3.pdf"
    assert safe_name("a\nb%.pdf") == "a%0Ab%25.pdf"
    assert safe_name("决算 100%.pdf") == "决算 100%.pdf"


@given(st.binary(min_size=1).filter(lambda b: b"/" not in b and b"\0" not in b))
def test_every_name_can_be_written(raw: bytes) -> None:
    name = safe_name(os.fsdecode(raw))
    name.encode("utf-8")
    assert not any(ord(c) < 32 for c in name)


def test_what_a_browser_saved_to_show_a_page_is_no_source(tmp_path: Path) -> None:
    for name in (
        "决算.html",
        "决算_files/a.png",
        "决算_files/a.js",
        "决算_files/frame.htm",
        "决算_files/附表.xls",
        "图_files/b.png",
    ):
        write(tmp_path / name, b"x")
    found = [source.file for source in find_sources([tmp_path])]
    assert found == ["决算.html", "决算_files/frame.htm", "决算_files/附表.xls", "图_files/b.png"]


def test_a_folder_that_is_reached_in_several_ways_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "x.pdf").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    ways = [tmp_path / "a", tmp_path / "a" / "b" / ".." / "b", tmp_path / "link", tmp_path / "link" / "b" / "x.pdf"]
    assert [found.file for found in find_sources(ways)] == ["b/x.pdf"]


def test_equal_names_in_two_sources_are_told_apart_by_their_paths(tmp_path: Path) -> None:
    for year in ("2023", "2024"):
        (tmp_path / year).mkdir()
        (tmp_path / year / "x.pdf").write_bytes(year.encode())
    found = list(find_sources([tmp_path / "2023", tmp_path / "2024"]))
    assert [(one.file, one.relative) for one in found] == [("x.pdf", "2023/x.pdf"), ("x.pdf", "2024/x.pdf")]


@pytest.mark.skipif(sys.platform == "win32", reason="paths are shorter there")
def test_folders_are_searched_however_deep_they_lie(tmp_path: Path) -> None:
    here, top = Path.cwd(), tmp_path / "top"
    top.mkdir()
    os.chdir(top)
    try:
        for depth in range(2200):  # deeper than any path can tell
            if depth in (0, 1500):
                Path("a.txt").write_text("决算", encoding="utf-8")
            Path("d").mkdir()
            os.chdir("d")
        found = [*find_sources([top])]
    finally:
        os.chdir(here)
        subprocess.run(["rm", "-rf", str(top)], check=True)  # Python itself goes no deeper than a thousand
    assert [(source.file.count("/"), bool(source.problem)) for source in found][:2] == [(0, False), (1500, False)]
    assert found[2].problem.en == "The folder cannot be read: File name too long."
    assert found[2].problem.zh == "无法读取文件夹：文件名过长。"
