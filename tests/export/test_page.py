"""What docs/exports.md shows can be run."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from jsextract.export.formats import FORMATS
from jsextract.export.run import export
from jsextract.export.tables import dataset_tables
from jsextract.export.views import VIEWS
from tests.export.made import put

PAGE = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")


def shown(language: str) -> list[str]:
    blocks = re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.M | re.S)
    assert len(blocks) == 3
    assert max(block.count("\n") for block in blocks) <= 3
    return blocks


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    put(folder / "data")
    for to in ("parquet", "stata", "duckdb", "sqlite"):
        export(folder / "data", to)
    return folder


def test_python(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    names: dict[str, object] = {}
    exec("".join(shown("python")), names)
    assert names["panel"]["sangong_reception"].notna().any()  # type: ignore[index]
    assert ("2013901", "某某市财政局", 2023) in names["items"].index  # type: ignore[attr-defined]
    assert "四.pdf" in set(names["look"]["file"])  # type: ignore[index]


def test_sql(folder: Path) -> None:
    import duckdb

    queries = [query for block in shown("sql") for query in block.split(";") if query.strip()]
    with closing(sqlite3.connect(folder / "data.sqlite")) as one, duckdb.connect(str(folder / "data.duckdb")) as other:
        for query in queries:
            found = [tuple(row) for row in one.execute(query)]
            assert found
            assert len(found) == len(other.execute(query).fetchall())


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_r(folder: Path) -> None:
    program = "\n".join([*shown("r"), "stopifnot(nrow(panel) == 3, nrow(items) > 0, nrow(look) > 0)"])
    done = subprocess.run(["Rscript", "-e", program], cwd=folder, capture_output=True, text=True, check=False)
    if "no package called" in done.stderr:
        pytest.skip("R has no haven")
    assert done.returncode == 0, done.stderr


def test_stata_names_variables_that_are_there(folder: Path) -> None:
    with dataset_tables(folder / "data") as tables:
        fields = {table.name: {field.name for field in table.fields} for table in tables}
    for block in shown("stata"):
        (table,) = re.findall(r"data-stata/(\w+)\.dta", block)
        words = set(re.findall(r"[a-z]+_?[a-z]*", re.sub(r'data-stata/\S+|"[^"]*"|\w+_\*', "", block)))
        words -= {"use", "using", "clear", "sort", "keep", "if", "substr"}
        assert words <= fields[table]


def test_every_view_and_format_is_told() -> None:
    assert {view.name for view in VIEWS} <= set(re.findall(r"^\| `(\w+)` \|", PAGE, re.M))
    assert set(FORMATS) <= set(re.findall(r"^\| `(\w+)` \|", PAGE, re.M))
