"""Datasets from Python: reports written, frames typed, exports by method."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import jsextract
from jsextract.dataset.schema import RESOURCES
from jsextract.errors import OutputNotWritable
from jsextract.export.formats import FORMATS
from tests import made
from tests.export.made import REPORTS, put


def files(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.glob("*.csv")}


def test_reports_are_written_as_a_run_writes_them(tmp_path: Path) -> None:
    jsextract.write_dataset(iter(REPORTS), tmp_path / "a")
    assert files(tmp_path / "a") == files(put(tmp_path / "b"))
    jsextract.write_dataset([], tmp_path / "a")
    jsextract.write_dataset(REPORTS[:1], tmp_path / "a")
    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_files_of_one_name_are_not_lost(tmp_path: Path) -> None:
    jsextract.write_dataset([made.report(b"1", file="决算.pdf"), made.report(b"2", file="决算.pdf")], tmp_path)
    assert len(jsextract.open_dataset(tmp_path).documents) == 2


def test_foreign_and_changed_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "cells.csv").write_text("mine")
    with pytest.raises(OutputNotWritable, match="did not write"):
        jsextract.write_dataset(REPORTS, tmp_path)
    out = put(tmp_path / "data")
    with (out / "cells.csv").open("a") as handle:
        handle.write("changed")
    with pytest.raises(OutputNotWritable, match="changed by hand"):
        jsextract.write_dataset(REPORTS, out)
    jsextract.write_dataset(REPORTS, out, force=True)


@pytest.mark.parametrize("to", FORMATS)
def test_a_dataset_writes_itself_in_each_format(tmp_path: Path, to: str) -> None:
    data = jsextract.open_dataset(put(tmp_path / "data"))
    path = getattr(data, f"to_{to}")()
    assert path.exists()
    assert path.name.startswith("data")


def test_an_export_leaves_a_folder_of_csv_files_as_it_was(tmp_path: Path) -> None:
    out = put(tmp_path / "data")
    bare = tmp_path / "bare"
    bare.mkdir()
    for path in out.glob("*.csv"):
        (bare / path.name).write_bytes(path.read_bytes())
    jsextract.open_dataset(bare).to_sqlite()
    assert {path.name for path in bare.iterdir()} == {resource.file for resource in RESOURCES}
    with pytest.raises(OutputNotWritable):
        jsextract.open_dataset(bare).to_sqlite()


@pytest.mark.parametrize(("numbers", "kind"), [("decimal", "object"), ("float", "Float64")])
def test_frames_have_the_types_of_the_codebook(tmp_path: Path, numbers: str, kind: str) -> None:
    data = jsextract.open_dataset(put(tmp_path / "data"), numbers=numbers)  # type: ignore[arg-type]
    expected = {"string": "str", "integer": "Int64", "year": "Int64", "number": kind}
    for resource in RESOURCES:
        frame = data.table(resource.name)
        assert list(frame.columns) == resource.header
        assert {c.name: str(frame[c.name].dtype) for c in resource.fields} == {
            c.name: expected[c.type] for c in resource.fields
        }
    values = [value for value in data.cells["value"] if isinstance(value, Decimal | float)]
    assert values[0] == Decimal("1200.5")


def test_another_kind_of_number_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="neither 'decimal' nor 'float'"):
        jsextract.open_dataset(put(tmp_path / "data"), numbers="int")  # type: ignore[arg-type]
