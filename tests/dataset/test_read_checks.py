"""A checks.csv that is not what a run wrote is named, whatever is the matter with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from jsextract.cli.main import run_cli

DAMAGES: dict[str, Callable[[str], bytes]] = {
    "lacks columns": lambda text: text.replace("severity", "sincerity", 1).encode(),
    "is cut short": lambda text: text.rstrip().rpartition(",")[0].rpartition(",")[0].encode(),
    "is not in UTF-8": lambda text: text.encode("gb18030"),
    "is no CSV file": lambda text: f'{text}"unfinished\n'.encode(),
    "is none of the words of the column severity": lambda text: text.replace(",error,", ",serious,").encode(),
    "line 2: the column status is blank": lambda text: re.sub(",(pass|rounding),", ",,", text, count=1).encode(),
    "has a row that no check gives": lambda text: re.sub(
        r",[0-9;]*,(cell|fact):", r",p. 3,\1:", text, count=1
    ).encode(),
}


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("checks")
    fixture = Path(__file__).parents[2] / "fixtures" / "account_text.txt"
    assert run_cli([str(fixture), "-o", str(place / "out"), "--jobs", "0", "-q"]) == 0
    return place / "out"


@pytest.mark.parametrize("says", DAMAGES)
@pytest.mark.parametrize("command", ["check", "report"])
def test_the_file_and_what_is_the_matter_are_told(
    dataset: Path, says: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "checks.csv"
    for file in ("documents.csv", "checks.csv"):
        (tmp_path / file).write_bytes((dataset / file).read_bytes())
    path.write_bytes(DAMAGES[says](path.read_text(encoding="utf-8-sig")))
    (tmp_path / ".jsextract").mkdir()
    target = ["-o", str(tmp_path / "r.html")] if command == "report" else []
    assert run_cli([command, str(tmp_path), *target]) == 8
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "checks.csv" in error
    assert says in error
