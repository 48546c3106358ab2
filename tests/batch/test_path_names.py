"""A workbook that does not print whose account it is takes it from its names, and joins the text beside it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from jsextract.cli.main import run_cli
from jsextract.outline.path_names import PathNames, path_tag, told_by_path
from jsextract.pipeline import extract
from tests.cli.test_unsupported import documents
from tests.readers.books import ROWS, workbook

SILENT = [("收入决算表",), (None, None, "单位：万元"), *ROWS[2:]]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("附件2：青溪县粮食局2023年度部门决算公开表.xlsx", PathNames("青溪县粮食局", 2023, "部门")),
        ("青溪县粮食局2023年度单位决算/1.xls", PathNames("青溪县粮食局", 2023, "单位")),
        ("2023年度部门决算/附件：青溪县粮食局部门决算表.et", PathNames("青溪县粮食局", 2023, "部门")),
        ("2023年青溪县粮食局部门决算公开报表.xlsx", PathNames("青溪县粮食局", 2023, "部门")),
        ("青溪县粮食局部门决算表（2023）.xlsx", PathNames("青溪县粮食局", 2023, "部门")),
        ("青溪县2023年部门决算/1.xlsx", PathNames("", 2023, "部门")),
        ("青溪县直各部门2023年度部门决算/1.xlsx", PathNames("", 2023, "部门")),
        ("青溪县2023年部门预算.xlsx", PathNames()),
        ("附件1.xlsx", PathNames()),
        ("青溪县粮食局2023年度部门决算.pdf", PathNames()),
    ],
)
def test_names_of_files_and_folders_say_whose_account_it_is(path: str, told: PathNames) -> None:
    assert told_by_path(f"/data/{path}") == told
    assert bool(path_tag(f"/data/{path}")) == (told != PathNames())


def test_only_what_is_not_printed_is_taken_from_the_names() -> None:
    report = extract(workbook(SILENT), file="青溪县粮食局2023年度单位决算表.xlsx")
    assert (report.entity, report.year, report.kind) == ("青溪县粮食局", 2023, "单位决算")
    assert "named_by_path" in report.flags
    printed = extract(workbook(ROWS), file="别的局2021年度部门决算表.xlsx")
    assert (printed.entity, printed.year, printed.flags) == ("青溪县粮食局", 2023, ())
    assert extract(workbook(SILENT), file="1.xlsx").entity == ""


def test_equal_workbooks_under_the_names_of_two_bodies_are_two_accounts(tmp_path: Path) -> None:
    for body in ("青溪县粮食局", "白河县粮食局"):
        folder = tmp_path / "in" / f"{body}2023年度部门决算"
        folder.mkdir(parents=True)
        (folder / "附件1.xlsx").write_bytes(workbook(SILENT))
        text = f"{body}2023年度部门决算\n第三部分 2023年度部门决算情况说明\n一、收入决算情况说明\n2023年度本年收入合计12.50万元。\n"
        (folder / "说明.txt").write_text(text, encoding="utf-8")
    assert run_cli([str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--jobs", "1", "-q"]) == 0
    found = documents(tmp_path / "out")
    assert {path: (row["entity"], row["year"]) for path, row in found.items()} == {
        f"{body}2023年度部门决算/{name}": (body, "2023")
        for body in ("青溪县粮食局", "白河县粮食局")
        for name in ("附件1.xlsx", "说明.txt")
    }
    with (tmp_path / "out" / "accounts.csv").open(encoding="utf-8-sig", newline="") as handle:
        accounts = list(csv.DictReader(handle))
    assert [(row["entity"], row["documents"].count(";")) for row in accounts] == [
        ("白河县粮食局", 1),
        ("青溪县粮食局", 1),
    ]
