"""The column that tells which account a row belongs to."""

from __future__ import annotations

from jsextract.dataset.account_row import account_of
from jsextract.dataset.column import Column

ACCOUNT_ID = Column(
    "account_id",
    "string",
    "The account in accounts.csv; blank where the document's entity, year or kind is unknown.",
    "accounts.csv 中的决算；文件的单位、年度或种类不明时为空。",
    account_of,
    of_report=True,
)
