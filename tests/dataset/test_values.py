"""What is no value of its column is told with file and line, by whatever reads the dataset."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from jsextract.cli.main import run_cli
from jsextract.dataset.column import Resource
from jsextract.dataset.columns_documents import DOCUMENTS
from jsextract.dataset.columns_facts import FACTS
from jsextract.dataset.columns_other import CHECKS
from jsextract.dataset.read import open_dataset
from jsextract.dataset.schema import RESOURCES
from jsextract.errors import DatasetDamaged
from jsextract.export.run import export

WORDED = [(each, column.name) for each in RESOURCES for column in each.fields if column.words]
ACCOUNT = Path(__file__).parents[2] / "fixtures" / "account_hubei.pdf"


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("values") / "out"
    assert run_cli([str(ACCOUNT), "-o", str(place), "--jobs", "0", "-q"]) == 0
    return place


@pytest.fixture
def out(dataset: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(dataset, tmp_path / "out"))


def put(out: Path, resource: Resource, column: str, value: str, row: int = 0) -> int:
    """Writes a value into a row (from 0) of a file; gives the line that the row begins at."""
    path = out / resource.file
    with path.open(encoding="utf-8-sig", newline="") as handle:
        header, *rows = csv.reader(handle)
    rows[row][header.index(column)] = value
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows([header, *rows])
    return 2 + row + sum(value.count("\n") for before in rows[:row] for value in before)


@pytest.mark.parametrize(("resource", "column"), WORDED, ids=lambda each: getattr(each, "name", each))
def test_a_word_of_no_list_is_not_exported(out: Path, resource: Resource, column: str) -> None:
    row = 0 if resource in (DOCUMENTS, FACTS) or resource.name in ("accounts", "indicators") else 1
    line = put(out, resource, column, "陌生", row)
    said = rf"{resource.file}, line {line}: “陌生” is none of the words of the column {column}"
    with pytest.raises(DatasetDamaged, match=said):
        export(out, "sqlite")
    with pytest.raises(DatasetDamaged, match=said):
        open_dataset(out).table(resource.name)
    assert not (out.parent / "out.sqlite").exists()


@pytest.mark.parametrize("column", ["status", "severity"])
def test_a_row_whose_status_is_blank_is_damaged(out: Path, column: str) -> None:
    line = put(out, CHECKS, column, "", 3)
    with pytest.raises(DatasetDamaged, match=rf"checks\.csv, line {line}: the column {column} is blank"):
        export(out, "sqlite")


@pytest.mark.parametrize("value", ["NaN", "1e5", "１２", "1,204.00", "1_0", " 1", "Infinity"])
def test_a_number_is_written_as_datasets_write_it(out: Path, value: str) -> None:
    line = put(out, FACTS, "value", value)
    with pytest.raises(DatasetDamaged, match=rf"facts\.csv, line {line}: “{value}” is no number"):
        export(out, "sqlite")


def test_lists_of_words_and_counts_of_them_are_looked_into(out: Path) -> None:
    put(out, DOCUMENTS, "dropped", "clipped=3;hidden=12")
    put(out, FACTS, "flags", "repeat;unit_inferred")
    export(out, "sqlite")
    for resource, column, value in ((DOCUMENTS, "dropped", "clipped=3;lost=1"), (FACTS, "flags", "repeat;sure")):
        old = (out / resource.file).read_bytes()
        put(out, resource, column, value)
        with pytest.raises(DatasetDamaged, match=f"“{value}” is none of the words"):
            export(out, "sqlite")
        (out / resource.file).write_bytes(old)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "“passed” is none of the words of the column status"), ("zh", "“passed”不是 status 列所用的词")],
)
def test_the_command_says_it_in_one_line_and_ends_with_8(
    out: Path, language: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    put(out, CHECKS, "status", "passed", 2)
    assert run_cli(["--lang", language, "export", str(out), "--to", "sqlite"]) == 8
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "checks.csv" in error
    assert said in error


def test_the_line_is_the_one_that_the_row_begins_at(out: Path) -> None:
    put(out, FACTS, "sentence", "两行\n文字", 0)
    line = put(out, FACTS, "topic", "陌生", 1)
    assert line == 4
    with pytest.raises(DatasetDamaged, match=r"facts\.csv, line 4: "):
        export(out, "sqlite")
