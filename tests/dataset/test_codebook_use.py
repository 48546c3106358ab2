"""What the codebook says of use can be done."""

from __future__ import annotations

from pathlib import Path

import pytest

from jsextract import open_dataset
from jsextract.cli.main import run_cli
from jsextract.dataset.codebook_use import JOINS, USES
from jsextract.dataset.read import Dataset
from jsextract.dataset.schema import RESOURCES

FIXTURES = Path(__file__).parents[2] / "fixtures"
COLUMNS = {resource.name: set(resource.header) for resource in RESOURCES}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    out = tmp_path_factory.mktemp("use") / "data"
    assert run_cli([str(FIXTURES / "account_shanghai.pdf"), "-o", str(out), "--jobs", "0"]) == 0
    return open_dataset(out)


@pytest.mark.parametrize("use", USES, ids=lambda use: f"{use.file}: {use.keep}")
def test_each_choice_of_rows_is_a_query(use, data: Dataset) -> None:
    whole = data.table(use.file)
    kept = whole.query(use.keep)
    assert set(kept.index) <= set(whole.index)
    assert use.zh


def test_what_is_to_be_published_is_there(data: Dataset) -> None:
    kept = {(use.file, use.keep): len(data.table(use.file).query(use.keep)) for use in USES}
    assert kept["cells", "evidence == 'confirmed'"] > 100
    assert kept["documents", "status == 'ok' and duplicate_of == ''"] == 1
    assert kept["checks", "status == 'fail' and severity == 'warning'"] == 0


@pytest.mark.parametrize("join", JOINS, ids=lambda join: join.of)
def test_joins_are_by_columns_that_both_files_have(join) -> None:
    of, to = ([name.strip() for name in side.split(",") if name.strip() in COLUMNS] for side in (join.of, join.to))
    for column in ("document_id", "account_id"):
        if join.by == column:
            assert all(column in COLUMNS[name] for name in (*of, *to)), join
