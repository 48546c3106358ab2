"""What is kept of an account is what the account says."""

from __future__ import annotations

from msgspec.structs import replace

from jsextract.accounts.account import account
from jsextract.accounts.account_summary import parse_summary, summary_of
from tests import made
from tests.check.told import account as text_of
from tests.check.told import read


def test_a_note_gives_the_account_back() -> None:
    said = "2023年度收入支出总计120.50万元。与2022年度相比，收入支出总计增加1.20万元，增长1.01%。"
    report = replace(read(text_of(totals=said)), file="a.txt")
    own = account(report)
    assert own is not None
    assert own.figures
    assert own.priors
    assert parse_summary(summary_of(report)).account("a.txt") == own


def test_what_is_no_account_has_a_blank_note() -> None:
    assert summary_of(made.report(kind="其他")) == ""
