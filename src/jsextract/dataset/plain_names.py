"""Names of columns that are words of SQL, and what exported tables call them instead."""

from __future__ import annotations

PLAIN_NAMES = {
    "table": "table_id",
    "column": "column_name",
    "row": "row_index",
    "order": "section_order",
    "start": "start_at",
    "end": "end_at",
}
"""Name in the CSV files → name in every export: no query has to quote it."""

OWNER_NAMES = {
    ("facts", "year"): "account_year",
    ("sections", "kind"): "account_kind",
}
"""(table, what is joined from documents.csv) → its name where the table has a column of that name itself."""
