"""Final accounts that tell no year or no body are told of, since nothing is put beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from jsextract.cli.main import run_cli
from tests.pdfs import write


def test_an_account_without_a_year_is_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, year in (("有年度", "2023年度"), ("无年度", "")):
        text = f"临江市水务局{year}部门决算\n三、收入支出决算总体情况说明\n收入总计9.00万元，支出总计9.00万元。"
        write(tmp_path / "in" / f"{name}.txt", text.encode())
    command = [str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--jobs", "0"]
    assert run_cli(command) == 0
    assert capsys.readouterr().err.startswith("jsextract: 1 tell no year or no body, so nothing is put beside them")
    assert run_cli([*command, "--quiet"]) == 0
    assert capsys.readouterr().err == ""
