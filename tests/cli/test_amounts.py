"""Amounts that are none are refused before anything is read, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from jsextract.cli.main import run_cli

WRONG = [
    ("--timeout", "nan", "nan is no number of seconds from 0.1 to 604800.", "nan 不是 0.1 至 604800 之间的秒数。"),
    ("--timeout", "inf", "inf is no number of seconds", "inf 不是 0.1 至"),
    ("--timeout", "1e400", "1e400 is no number of seconds", "1e400 不是 0.1 至"),
    ("--timeout", "0", "0 is no number of seconds", "0 不是 0.1 至"),
    ("--jobs", "-1", "-1 is not in the range x>=0.", "-1 不在范围 x>=0 内。"),
    ("--jobs", "1.5", "1.5 is no whole number.", "1.5 不是整数。"),
    ("--memory", "5", "5 is less than 256MiB, which every worker needs.", "5 不足 256MiB，每个进程至少需要这么多。"),
    ("--memory", "999TiB", "999TiB is more than this machine has: ", "999TiB 超过本机的内存："),
    ("--memory", "nan", "nan is no size such as 1.5GiB or 800M.", "nan 不是 1.5GiB、800M 这样的大小。"),
]


@pytest.mark.parametrize(("option", "value", "en", "zh"), WRONG)
def test_what_is_no_amount_is_refused(
    option: str, value: str, en: str, zh: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for language, said in (("en", en), ("zh", zh)):
        assert run_cli([str(tmp_path), "-o", str(tmp_path / "data"), option, value, "--lang", language]) == 2
        error = capsys.readouterr().err
        assert error.count("\n") == 1
        assert said in error
    assert [*tmp_path.iterdir()] == []


def test_choices_stand_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_cli(["export", "data", "--lang", "en"]) == 2
    said = "Missing option '--to'. Choose from: xlsx, parquet, stata, duckdb, sqlite. See: jsextract export --help"
    assert capsys.readouterr().err == f"jsextract: {said}\n"
