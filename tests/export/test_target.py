"""Where an export goes and what it replaces; the same bytes twice; what a sheet does not hold."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from jsextract.cli.main import run_cli
from jsextract.dataset.csvtext import is_formula
from jsextract.dataset.lock import locked
from jsextract.dataset.schema import RESOURCES
from jsextract.errors import DatasetBusy, DatasetDamaged, ExtraMissing, OutputNotWritable, SourceNotFound
from jsextract.export import formats, sqlite_file, workbook
from jsextract.export.formats import FORMATS
from jsextract.export.run import export
from jsextract.export.stata import LABEL, NAME, label
from jsextract.export.tables import dataset_tables
from jsextract.export.views import VIEWS
from tests import made
from tests.export.made import put

SAME_BYTES = tuple(name for name in FORMATS if name != "duckdb")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return put(tmp_path / "data")


def contents(path: Path) -> dict[str, bytes]:
    files = [*path.iterdir()] if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files}


@pytest.mark.parametrize("to", SAME_BYTES)
def test_the_same_dataset_gives_the_same_bytes(out: Path, to: str) -> None:
    path = export(out, to).path
    first = contents(path)
    assert contents(export(out, to).path) == first
    assert not [*out.parent.rglob(".tmp-*")]


def test_an_export_stands_beside_the_dataset(out: Path) -> None:
    names = {to: export(out, to).path.name for to in FORMATS}
    assert names == {
        "xlsx": "data.xlsx",
        "parquet": "data-parquet",
        "stata": "data-stata",
        "duckdb": "data.duckdb",
        "sqlite": "data.sqlite",
    }


@pytest.mark.parametrize("to", FORMATS)
def test_what_is_not_its_own_is_left_alone(out: Path, tmp_path: Path, to: str) -> None:
    target = tmp_path / ("tables" if FORMATS[to].is_folder else f"a.{FORMATS[to].suffix}")
    foreign = target / f"cells.{FORMATS[to].suffix}" if FORMATS[to].is_folder else target
    foreign.parent.mkdir(exist_ok=True)
    foreign.write_text("mine")
    with pytest.raises(OutputNotWritable, match="no export of this dataset made it"):
        export(out, to, target)
    assert foreign.read_text() == "mine"
    export(out, to, target, force=True)
    export(out, to, target)
    with foreign.open("ab") as handle:
        handle.write(b"changed by hand")
    with pytest.raises(OutputNotWritable, match="changed since it was exported"):
        export(out, to, target)


@pytest.mark.parametrize("text", ["", "[]", '{"a": 1}', "{"])
def test_a_damaged_memory_of_exports_is_named(out: Path, text: str) -> None:
    (out / ".jsextract" / "exports.json").write_text(text)
    with pytest.raises(OutputNotWritable, match=r"exports\.json cannot be understood"):
        export(out, "sqlite")


def test_other_files_of_a_folder_stay(out: Path, tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "notes.txt").write_text("mine")
    export(out, "stata", tmp_path / "tables")
    assert (tmp_path / "tables" / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("to", "name"),
    [("xlsx", "a.csv"), ("xlsx", "a"), ("sqlite", "a.duckdb"), ("duckdb", "a.db"), ("parquet", "a.parquet"),
     ("stata", "a.dta"), ("parquet", "a.xlsx")],
)  # fmt: skip
def test_a_name_of_another_format_is_refused(out: Path, tmp_path: Path, to: str, name: str) -> None:
    with pytest.raises(OutputNotWritable, match=r"a(\.\w+)? is no"):
        export(out, to, tmp_path / name)
    assert [*tmp_path.iterdir()] == [out]


def test_a_failed_export_leaves_the_old_one(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = export(out, "sqlite").path
    before = contents(path)
    (out / "cells.csv").write_text("\ufeff" + ",".join(RESOURCES[2].header) + "\n" + "x," * 30 + "\n", encoding="utf-8")
    with pytest.raises(DatasetDamaged, match=r"cells\.csv, line 2: the row has 31 values, the file \d+ columns"):
        export(out, "sqlite")

    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sqlite_file, "write", full)
    with pytest.raises(OutputNotWritable, match="No space left on device"):
        export(out, "sqlite")
    assert contents(path) == before
    assert not [*out.parent.rglob(".tmp-*")]


def test_a_missing_library_is_named_with_its_extra(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda name: None)
    with pytest.raises(ExtraMissing, match=r"need duckdb and pyarrow\. .*jsextract\[duckdb\]"):
        export(out, "duckdb")
    export(out, "stata")


def test_no_export_while_a_run_writes(out: Path) -> None:
    with locked(out / ".jsextract"), pytest.raises(DatasetBusy):
        export(out, "stata")


def test_no_dataset(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match="There is no dataset"):
        export(tmp_path, "stata")


def test_rows_go_on_in_a_second_sheet(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from openpyxl import load_workbook

    monkeypatch.setattr(workbook, "ROWS", 4)
    book = load_workbook(export(out, "xlsx").path)
    sheets = [book[name] for name in book.sheetnames if name.startswith("cells")]
    assert [sheet.title for sheet in sheets] == ["cells", "cells_2", "cells_3"]
    assert [sheet.max_row for sheet in sheets] == [4, 4, 4]
    assert {sheet["A1"].value for sheet in sheets} == {"document_id"}


def test_sheets_are_set_up_for_reading(out: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(export(out, "xlsx").path)
    assert book.sheetnames == [*(resource.name for resource in RESOURCES), "codebook", "vocabulary"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.column_dimensions["A"].width > 8
    texts = [cell for row in book["cells"].iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in texts} == {"s"}  # none is a formula
    assert any(is_formula(cell.value) for cell in texts)


def test_values_link_to_the_picture_of_their_page(out: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    document = made.report(b"1").document_id
    (out / "pictures").mkdir()
    (out / "pictures" / f"{document}-p7.png").write_bytes(b"")
    (tmp_path / "elsewhere").mkdir()
    sheet = load_workbook(export(out, "xlsx", tmp_path / "elsewhere" / "a.xlsx").path)["cells"]
    links = [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert {cell.hyperlink.target for cell in links} == {rf"..\data\pictures\{document}-p7.png"}  # as Excel writes it
    assert [cell.value for cell in links] == ["1,200.50", "-3.50", "0.1", "12"]


def test_texts_too_long_for_a_cell_are_cut_and_counted(out: Path) -> None:
    assert export(out, "xlsx").lost == {"sections.text": 1}
    assert export(out, "sqlite").lost == {}


def test_a_number_with_too_many_digits_is_blank_and_counted(tmp_path: Path) -> None:
    import polars as pl

    values = (Decimal("0.12345678901"), Decimal(10) ** 30, Decimal("12345678901234567890.1234567891"), Decimal(0))
    out = put(tmp_path / "data", made.report(cells=tuple(made.cell(row=i, value=v) for i, v in enumerate(values))))
    done = export(out, "parquet")
    assert done.lost == {"cells.value": 2}
    assert pl.read_parquet(done.path / "cells.parquet")["value"].to_list() == [None, None, *values[2:]]


def test_no_name_has_to_be_quoted(out: Path) -> None:
    import duckdb

    databases = (sqlite3.connect(export(out, "sqlite").path), duckdb.connect(str(export(out, "duckdb").path)))
    with dataset_tables(out) as tables:
        for database in databases:
            with closing(database) as db:
                for table in tables:
                    for field in table.fields:
                        name = field.name
                        db.execute(
                            f"SELECT {name}, t.{name} AS {name} FROM {table.name} t GROUP BY {name} ORDER BY {name}"
                        )
                for view in VIEWS:
                    db.execute(f"SELECT * FROM {view.name}").fetchall()


def test_stata_s_limits_are_kept(out: Path) -> None:
    with dataset_tables(out) as tables:
        for table in tables:
            assert len(table.fields) < 2048
            assert max(len(field.name) for field in table.fields) <= NAME
            assert max(len(label(field)) for field in table.fields) <= LABEL


def test_meanings_stand_where_the_format_has_them(out: Path) -> None:
    import duckdb
    import pyarrow.parquet as pq
    import pyreadstat

    field = pq.read_schema(export(out, "parquet").path / "cells.parquet").field("column_name")
    assert field.metadata[b"csv_column"] == b"column"
    assert field.metadata[b"zh"].decode().startswith("列名")
    with duckdb.connect(str(export(out, "duckdb").path)) as db:
        query = "SELECT comment FROM duckdb_columns() WHERE table_name = 'cells' AND column_name = 'code'"
        assert db.execute(query).fetchall()[0][0].startswith("科目编码")
    _, meta = pyreadstat.read_dta(str(export(out, "stata").path / "cells.dta"), metadataonly=True)
    assert meta.column_names_to_labels["code"].startswith("科目编码")


def test_the_command_says_what_it_wrote(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_cli(["export", str(out), "--to", "xlsx"]) == 0
    told = capsys.readouterr()
    assert told.out == f"{out.absolute()}.xlsx\n"
    assert told.err == "jsextract: sections.text: 1 values do not fit into xlsx; the CSV file has them.\n"
    assert run_cli(["export", str(out), "--to", "xlsx", "-o", "a.csv"]) == OutputNotWritable.exit_code


FULL = """
import resource, sys
from jsextract.cli.main import run_cli

resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
sys.exit(run_cli(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such limits")
@pytest.mark.parametrize(
    ("lang", "says"), [("en", ("File too large", "Input/output error")), ("zh", ("文件过大", "读写设备出错"))]
)
@pytest.mark.parametrize("to", FORMATS)
def test_a_file_that_the_system_cuts_off_is_one_line(out: Path, to: str, lang: str, says: tuple[str, str]) -> None:
    args = [sys.executable, "-c", FULL, "export", str(out), "--to", to, "--lang", lang]
    done = subprocess.run(args, capture_output=True, text=True, check=False, encoding="utf-8")
    assert (done.returncode, done.stderr.count("\n")) == (OutputNotWritable.exit_code, 1), done.stderr
    assert says[to == "sqlite"] in done.stderr  # which does not tell more
    assert [path.name for path in out.parent.iterdir() if path.is_file()] == []
