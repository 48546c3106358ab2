"""What people say in corrections.csv of values that they compared with the page."""

from __future__ import annotations

import csv
import logging
from decimal import Decimal
from pathlib import Path

import pytest

from jsextract import extract
from jsextract.accounts.corrected import corrected, misfits
from jsextract.batch.run import run
from jsextract.batch.run_settings import Settings
from jsextract.batch.sources import find_sources
from jsextract.check.figure import fact_ref
from jsextract.check.findings import is_finding
from jsextract.dataset.corrections import COLUMNS, parse
from jsextract.errors import DatasetDamaged
from jsextract.model.report import CheckResult, Report
from tests.check.told import DEFAULTS, account, read

FIXTURES = Path(__file__).parents[2] / "fixtures"
TOTAL = "fact:totals/收入支出总计/final/1"
WRONG = read(account(totals=DEFAULTS["totals"].replace("120.50", "130.50")))
"""Its total is not last year's with the change, nor what its rate is of."""


def rows(report: Report, *said: tuple[str, str, str, str]) -> str:
    lines = [",".join(COLUMNS), *(",".join((report.sha256, *row, "seen")) for row in said)]
    return "\n".join(lines) + "\n"


def apply(report: Report, *said: tuple[str, str, str, str]) -> tuple[Report, list[str]]:
    read_in = parse(rows(report, *said))
    own = read_in.by_content.get(report.sha256, ())
    return corrected(report, own), [str(misfit) for misfit in (*read_in.misfits, *misfits(report, own))]


def findings(report: Report, ref: str = TOTAL) -> list[CheckResult]:
    return [check for check in report.checks if is_finding(check) and ref in check.refs]


def test_a_correction_replaces_the_value_and_its_checks_run_again() -> None:
    assert findings(WRONG)
    right, misfits = apply(WRONG, (TOTAL, "130.50", "reading", "120.50"))
    (total,) = [fact for fact in right.facts if fact_ref(fact) == TOTAL]
    assert misfits == []
    assert (total.value, total.amount_yuan, total.value_text) == (Decimal("120.50"), Decimal(1205000), "130.50")
    assert "corrected" in total.flags
    assert total.evidence != "contradicted"
    assert not findings(right)
    untouched = [check for check in WRONG.checks if TOTAL not in check.refs]
    assert [check for check in right.checks if TOTAL not in check.refs] == untouched


def test_messages_name_the_corrected_figure() -> None:
    sound = read(account())
    told, _ = apply(sound, (TOTAL, "120.50", "reading", "130.50"))
    messages = [check.message for check in findings(told)]
    assert messages
    assert all("120.50" not in message for message in messages)


def test_what_is_printed_so_is_the_documents() -> None:
    told, misfits = apply(WRONG, (TOTAL, "130.50", "document", ""))
    assert misfits == []
    assert {check.origin for check in findings(told)} == {"document"}
    assert [fact.value for fact in told.facts] == [fact.value for fact in WRONG.facts]


def test_what_is_fine_is_for_information() -> None:
    told, misfits = apply(WRONG, (TOTAL, "130.50", "fine", ""))
    assert misfits == []
    assert {check.severity for check in findings(told)} == {"info"}
    assert not any(fact.evidence == "contradicted" for fact in told.facts if fact_ref(fact) == TOTAL)


def test_a_finding_in_words_is_named_by_its_check() -> None:
    stale = read(account(assets=DEFAULTS["assets"].replace("2023年12月31日", "2021年12月31日")))
    (finding,) = [check for check in stale.checks if check.check_id == "text.stale_year" and is_finding(check)]
    told, misfits = apply(stale, ("check:text.stale_year", finding.stated, "fine", ""))
    assert misfits == []
    assert [c.severity for c in told.checks if c.check_id == "text.stale_year" and is_finding(c)] == ["info"]


@pytest.mark.parametrize(
    "name", ["account_text.txt", "account_institution.pdf", "account_shanghai.pdf", "account_yunnan.pdf"]
)
def test_nothing_else_changes(name: str) -> None:
    report = extract(FIXTURES / name)
    sound = next(fact for fact in report.facts if not findings(report, fact_ref(fact)) and fact.value is not None)
    told, misfits = apply(report, (fact_ref(sound), sound.value_text, "document", ""))
    assert misfits == []
    assert told == report


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ((TOTAL, "131.50", "reading", "120.50"), "line 2: fact:totals/收入支出总计/final/1 was read as 130.50"),
        (("fact:totals/没有/final/1", "1", "fine", ""), "line 2: the document has no fact:totals/没有/final/1."),
        ((TOTAL, "130.50", "right", ""), "line 2: right is no verdict"),
        ((TOTAL, "130.50", "reading", "12o.50"), "line 2: 12o.50 is no number"),
        ((TOTAL, "130.50", "reading", ""), "line 2: a blank is no number"),
        ((TOTAL, "130.50", "reading", "9" * 28), f"line 2: {'9' * 28} is no number"),
        ((TOTAL, "130.50", "reading", f"0.{'9' * 100_000}"), f"line 2: 0.{'9' * 38} is no number"),
        ((TOTAL, "130.50", "document", "120.50"), "line 2: the verdict document leaves the value"),
        (("total", "130.50", "fine", ""), "line 2: total is no reference"),
        ((f"d{'0' * 16}:{TOTAL}", "130.50", "fine", ""), "is no reference into this document"),
        (("check:text.total", "", "reading", "1"), "line 2: only a cell or a fact has a value"),
    ],
)
def test_a_row_that_fits_nothing_is_told(row: tuple[str, str, str, str], why: str) -> None:
    report, (misfit,) = apply(WRONG, row)
    assert why in misfit
    assert report == WRONG


def test_a_value_is_told_of_once() -> None:
    report, (misfit,) = apply(WRONG, (TOTAL, "130.50", "fine", ""), (TOTAL, "130.50", "document", ""))
    assert "line 3: fact:totals/收入支出总计/final/1 was told of in line 2 already." in misfit
    assert {check.severity for check in findings(report)} == {"info"}


def test_spreadsheets_drop_separators_and_final_zeros() -> None:
    _, misfits = apply(WRONG, (TOTAL, "130.5", "reading", '"1,120.50"'))
    assert misfits == []


def test_a_file_that_is_no_table_ends_the_run() -> None:
    with pytest.raises(DatasetDamaged, match="lacks the columns ref, value_text"):
        parse("sha256,verdict,value,note\n")
    with pytest.raises(DatasetDamaged, match="has columns twice: verdict, value"):
        parse("sha256,ref,value_text,verdict,value,note,value,verdict\n")


def dataset(folder: Path, out: Path) -> dict[str, bytes]:
    run(find_sources([str(folder)], skip=out), out, Settings(jobs=0), lambda outcome: None)
    return {path.name: path.read_bytes() for path in out.iterdir() if path.suffix == ".csv"}


def test_a_file_of_another_dataset_does_not_fill_the_screen(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "a.txt").write_text(account(), encoding="utf-8")
    dataset(folder, out)
    (out / "corrections.csv").write_text(rows(WRONG, *[(TOTAL, str(n), "fine", "") for n in range(1000)]), "utf-8")
    with caplog.at_level(logging.WARNING):
        dataset(folder, out)
    assert "980 more rows of corrections.csv fit nothing" in caplog.text
    assert caplog.text.count("corrections.csv, line") == 20
    last = (out / "run.log.jsonl").read_text(encoding="utf-8").splitlines()[-1]
    assert last.count("no document of the dataset has the SHA-256") == 1000


def test_corrections_are_applied_whenever_the_files_are_put_together(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "a.txt").write_text(account(totals=DEFAULTS["totals"].replace("120.50", "130.50")), encoding="utf-8")
    before = dataset(folder, out)
    text = rows(WRONG, (TOTAL, "130.50", "reading", "120.50"), ("fact:none", "1", "fine", "")).encode()
    (out / "corrections.csv").write_bytes(b"\xef\xbb\xbf" + text)
    with caplog.at_level(logging.WARNING):
        after = dataset(folder, out)
    assert "corrections.csv, line 3: the document has no fact:none." in caplog.text
    assert after.pop("corrections.csv") == b"\xef\xbb\xbf" + text
    (panel,) = csv.DictReader((out / "indicators.csv").open(encoding="utf-8-sig"))
    assert "1205000" in panel.values()
    assert {name for name in after if after[name] != before[name]} >= {"facts.csv", "checks.csv", "indicators.csv"}
    last = (out / "run.log.jsonl").read_text(encoding="utf-8").splitlines()[-1]
    assert '"read": 0' in last, "the documents are not read again"

    again = dataset(folder, out)
    again.pop("corrections.csv")
    assert again == after
    assert '"written": false' in (out / "run.log.jsonl").read_text(encoding="utf-8").splitlines()[-1]
    (out / "corrections.csv").unlink()
    assert dataset(folder, out) == before
