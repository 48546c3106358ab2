"""Views of a database export: what a query can start from; written in the SQL that DuckDB and SQLite share."""

from __future__ import annotations

from msgspec import Struct

from jsextract.dataset.indicator_list import INDICATORS


class View(Struct, frozen=True):
    """One view.

    Attributes:
        query: its SELECT.
        en, zh: what one row is.
    """

    name: str
    query: str
    en: str
    zh: str


_ONCE = "JOIN documents AS d ON d.document_id = t.document_id AND d.duplicate_of = ''"
"""Each document once: what a duplicate repeats is left out."""
_THREE_PUBLIC = ", ".join(f"t.{each.name}" for each in INDICATORS if each.name.startswith("sangong_"))


def _latest(column: str) -> str:
    """The amount in one column of T3; NULL where its cell is blank or absent."""
    return f"MAX(CASE WHEN t.column_name = '{column}' THEN t.amount_yuan END)"


VIEWS = (
    View(
        "cells_with_documents",
        f"SELECT t.*, d.file, d.path, d.region, d.status AS document_status FROM cells AS t {_ONCE}",  # noqa: S608
        "One row a cell, with its file; duplicates are left out.",
        "每个单元格一行，附所在文件；不含重复文件。",
    ),
    View(
        "facts_by_account",
        f"SELECT t.*, d.file, d.path, d.region FROM facts AS t {_ONCE} WHERE t.account_id <> ''",  # noqa: S608
        "One row a fact of an account, with its file; duplicates are left out.",
        "各决算的每个事实一行，附所在文件；不含重复文件。",
    ),
    View(
        "function_items",
        "SELECT t.account_id, t.entity, t.entity_key, t.year, t.kind, t.code, MAX(t.item) AS item, "  # noqa: S608
        f"{_latest('本年支出合计')} AS total_yuan, {_latest('基本支出')} AS basic_yuan, "
        f"{_latest('项目支出')} AS project_yuan "
        f"FROM cells AS t {_ONCE} WHERE t.table_id = 'T3' AND t.code <> '' AND t.unit_name = '' "
        "GROUP BY t.account_id, t.document_id, t.entity, t.entity_key, t.year, t.kind, t.code",
        "One row a function item (类/款/项) of an account's expenditure table (T3), in yuan.",
        "支出决算表（T3）的每个功能科目一行，单位为元。",
    ),
    View(
        "findings",
        "SELECT t.*, d.file, d.path FROM checks AS t "
        "JOIN documents AS d ON d.document_id = t.document_id AND d.duplicate_of = '' "
        "WHERE t.status IN ('fail', 'minor') AND t.follows = ''",
        "One row a check that fails or is off by one in the last digit; what only follows from another is left out.",
        "不通过或末位差一的核对每项一行；由他项引起的不列。",
    ),
    View(
        "three_public",
        "SELECT t.account_id, t.entity, t.entity_key, t.year, t.kind, t.documents, "  # noqa: S608
        f"{_THREE_PUBLIC} FROM indicators AS t",
        "One row an account: the three public expenses, budget and final, in yuan.",
        "每份决算一行：“三公”经费预算数、决算数，单位为元。",
    ),
    View(
        "to_look_at",
        "SELECT document_id, file, path, entity, year, kind, status, problem, message, checks_fail, unread_amounts, "
        "unread_cells FROM documents WHERE duplicate_of = '' AND (status <> 'ok' OR problem <> '' OR checks_fail > 0 "
        "OR unread_amounts > 0 OR unread_cells > 0)",
        "One row a document that a person should look at.",
        "需要人工查看的文件每个一行。",
    ),
)
