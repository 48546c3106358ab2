"""The columns of accounts.csv: one row an account, in however many files it was published."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from jsextract.dataset.account_row import AccountRow, account_row
from jsextract.dataset.column import Column, Resource, count, text
from jsextract.model.report import Report
from jsextract.vocabulary import DOCUMENT_STATUSES, KINDS, TEXT_SOURCES


def _rows(report: Report) -> Iterator[AccountRow]:
    """The report's account, unless its entity, year or kind is unknown."""
    row = account_row(report)
    if row.account_id:
        yield row


ACCOUNTS = Resource(
    "accounts",
    "One row an account (entity, year, kind), in however many files it was published; duplicates are not counted.",
    "每份决算（单位、年度、种类）一行，无论分几个文件公开；重复的文件不计数。",
    (
        Column(
            "account_id",
            "string",
            "`a` and 16 hexadecimal digits made of entity, year and kind.",
            "`a` 加 16 位十六进制数，由单位、年度和种类得出。",
            attrgetter("account_id"),
            required=True,
        ),
        text(
            "entity", "The entity whose account it is, as its first document prints it.", "单位名称，照首个文件原文。"
        ),
        text("region", "Region; blank unless printed.", "地区；未印出则为空。"),
        Column("year", "year", "Fiscal year.", "会计年度。", attrgetter("year")),
        text("kind", "What the account is.", "种类。", words=KINDS),
        text(
            "documents",
            "Ids of its documents in documents.csv, `;` between several.",
            "documents.csv 中其文件的编号，多个以 `;` 分隔。",
        ),
        text(
            "tables",
            "Which of the nine standard tables (T1 to T9) are there, `;` between several.",
            "有哪几张标准表（T1 至 T9），多个以 `;` 分隔。",
        ),
        count("cells", "Rows of its documents in cells.csv.", "其文件在 cells.csv 中的行数。"),
        count("facts", "Rows of its documents in facts.csv.", "其文件在 facts.csv 中的行数。"),
        count("projects", "Rows of its documents in projects.csv.", "其文件在 projects.csv 中的行数。"),
        count("checks_fail", "Checks that fail.", "不通过的核对数。"),
        count("checks_minor", "Checks off by one in the last printed digit.", "末位差一的核对数。"),
        text(
            "status",
            "ok or failed where all its documents are, else partial.",
            "全部文件为 ok 或 failed 时同之，否则为 partial。",
            words=DOCUMENT_STATUSES,
            required=True,
        ),
        text(
            "text_source",
            "Where the text of its documents comes from.",
            "其文件文字的来源。",
            words=TEXT_SOURCES,
        ),
    ),
    _rows,
    parent=False,
)
