"""CSV files that strangers put into a dataset are opened only if they are files, and read only if they are ours."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from jsextract.dataset.csvfile import open_csv
from jsextract.dataset.read import open_dataset
from jsextract.dataset.read_checks import read_checks
from jsextract.dataset.schema import RESOURCES
from jsextract.dataset.stream import typed_columns
from jsextract.errors import DatasetDamaged
from jsextract.report.found import accounts
from tests.export.made import put

CHECKS = next(resource for resource in RESOURCES if resource.name == "checks")
READERS: dict[str, Callable[[Path], object]] = {
    "open_dataset": lambda out: open_dataset(out).checks,
    "check": lambda out: list(read_checks(out)),
    "report": accounts,
    "export": lambda out: list(typed_columns(out, CHECKS)),
}


def link(path: Path) -> None:
    path.rename(path.with_suffix(".kept"))
    path.symlink_to(path.with_suffix(".kept"))


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def gone(path: Path) -> None:
    path.unlink()


def in_gbk(path: Path) -> None:
    path.write_bytes(path.read_text(encoding="utf-8-sig").encode("gb18030"))


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.skipif(os.name == "nt", reason="the system has no such files")
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("damage", [link, pipe, folder, gone, in_gbk, empty])
def test_what_is_no_file_of_ours_is_named(tmp_path: Path, reader: str, damage: Callable[[Path], None]) -> None:
    out = put(tmp_path / "out")
    damage(out / "checks.csv")
    with pytest.raises(DatasetDamaged, match=r"checks\.csv"):
        READERS[reader](out)


@pytest.mark.parametrize("reader", READERS)
def test_a_row_that_is_cut_short_is_named(tmp_path: Path, reader: str) -> None:
    out = put(tmp_path / "out")
    text = (out / "checks.csv").read_text(encoding="utf-8").removesuffix("\n")
    (out / "checks.csv").write_text(text.rpartition("\n")[0] + "\n" + text.rpartition("\n")[2][:9], encoding="utf-8")
    with pytest.raises(DatasetDamaged, match=r"checks\.csv"):
        READERS[reader](out)


@pytest.mark.parametrize("reader", READERS)
def test_a_last_value_that_is_cut_short_is_named(tmp_path: Path, reader: str) -> None:
    """The row has as many values as the others; only its line's end is missing, with the end of the value."""
    out = put(tmp_path / "out")
    data = (out / "checks.csv").read_bytes()
    (out / "checks.csv").write_bytes(data.removesuffix(b"\n").removesuffix(b"\r"))
    with pytest.raises(DatasetDamaged, match=r"checks\.csv is cut short"):
        READERS[reader](out)


def test_the_limit_of_a_value_is_never_lowered(tmp_path: Path) -> None:
    out = put(tmp_path / "out")
    open_csv(out / "checks.csv").close()
    before = csv.field_size_limit()
    try:
        csv.field_size_limit(before + 1)
        open_csv(out / "checks.csv").close()
        assert csv.field_size_limit() == before + 1
    finally:
        csv.field_size_limit(before)


def test_figures_that_are_none_are_named(tmp_path: Path) -> None:
    out = put(tmp_path / "out")
    header, *rows = (out / "checks.csv").read_text(encoding="utf-8").splitlines()
    at = header.split(",").index("pages")
    spoilt = [",".join([*row.split(",")[:at], "x", *row.split(",")[at + 1 :]]) for row in rows]
    (out / "checks.csv").write_text("\n".join([header, *spoilt, ""]), encoding="utf-8")
    with pytest.raises(DatasetDamaged, match=r"checks\.csv"):
        list(read_checks(out))
