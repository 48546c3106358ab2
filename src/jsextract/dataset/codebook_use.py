"""The part of the codebook that says how the files belong together, and which rows are fit for what (用法)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from jsextract.vocabulary import CheckStatus, DocumentStatus, Evidence, Flag, IndicatorStatus, Measure, Severity


class Join(NamedTuple):
    """How rows of one file find those of another."""

    of: str
    to: str
    by: str
    en: str
    zh: str


class Use(NamedTuple):
    """What somebody wants, and which rows serve: `keep` is a query of pandas."""

    file: str
    keep: str
    en: str
    zh: str


JOINS = (
    Join("cells, facts, projects, checks, sections, glossary", "documents", "document_id",
         "Every row belongs to one file.", "每行属于一个文件。"),
    Join("documents, checks", "accounts", "account_id",
         "Files of one entity, year and kind are one account; blank where one of these is unknown.",
         "单位、年度、种类相同的文件为一份决算；三者有一不明则为空。"),
    Join("indicators, indicators_source", "accounts", "account_id",
         "One row an account; a document without account has a row of its own, with its document_id in `documents`.",
         "每份决算一行；不属于任何决算的文件自成一行，编号见 `documents`。"),
    Join("checks.refs", "cells, facts", "cell:TABLE/CODE or ITEM/COLUMN, fact:TOPIC/ITEM/MEASURE/N",
         "The rows that a check rests on; into another file of the account with its document_id and a colon before.",
         "核对所依据的行；在同一决算的另一文件中时，前加其 document_id 和冒号。"),
    Join("facts", "cells", "document_id, item (code), amount_yuan",
         "Where text and table state one thing there is a check whose refs hold both.",
         "正文与表格所述为同一事项时，有一项核对的 refs 同时列出两者。"),
    Join("accounts of several years", "one body", "entity_key",
         "One body under its several names.", "同一单位的不同名称。"),
)  # fmt: skip
USES = (
    Use("cells", f"evidence == '{Evidence.CONFIRMED}'",
        "Figures to publish without looking at them: a check would have failed if one were another.",
        "可不经复看即采用的数：若数值有误，必有核对不通过。"),
    Use("cells", f"evidence in ('{Evidence.CONFIRMED}', '{Evidence.STATED}')",
        "Figures for statistics: read under their own row and column.", "可用于统计的数：按自己的行名和列名读取。"),
    Use("cells", "unit_name == ''", "The account itself, without its sub-units.", "只要单位本身，不含下属单位。"),
    Use("cells", "table.str.startswith('T')", "The standard tables; X1, X2… are whatever else was printed.",
        "标准表；X1、X2… 为所印的其他表。"),
    Use("facts", f"measure == '{Measure.FINAL}' and not flags.str.contains('{Flag.REPEAT}')",
        "Finals that the text states, each once.", "正文所述决算数，每项一次。"),
    Use("facts", "basis == '上年' or basis.str.endswith('年')",
        "Changes against a year; others are against a budget or a whole.",
        "与某年相比的增减；其余以预算或整体为对照。"),
    Use("facts", f"evidence != '{Evidence.INFERRED}'",
        "Without what was inherited from the sentence before, or guessed.", "去掉承前或推断得出的。"),
    Use("indicators_source", f"status != '{IndicatorStatus.NOT_READ}'",
        "A blank that means nothing was printed is another thing than one that was not read; 0 with stated_none is a 0 "
        "that the text states.",
        "未印出的空白与未读出的空白不同；stated_none 的 0 是正文写明没有。"),
    Use("checks", f"status == '{CheckStatus.FAIL}' and follows == '' and origin == 'document'",
        "Inconsistencies of the documents themselves, each once.", "文件自身的不一致，每处一次。"),
    Use("checks", f"status == '{CheckStatus.FAIL}' and severity == '{Severity.WARNING}'",
        "To look at: the document or its reading may be wrong.", "须看原件：可能是文件有误，也可能是读取有误。"),
    Use("documents", f"status == '{DocumentStatus.OK}' and duplicate_of == ''",
        "Whole accounts, each once.", "完整读取的决算，每份一次。"),
    Use("documents", f"status == '{DocumentStatus.PARTIAL}' or unread_amounts > 0 or unread_cells > 0",
        "Where something printed stands in no row.", "有内容印出而未成行者。"),
    Use("facts", f"flags.str.contains('{Flag.CORRECTED}')",
        "What people put right in corrections.csv; value_text is as printed. The same holds for cells.",
        "人工在 corrections.csv 中更正的；value_text 仍为所印；cells 亦同。"),
)  # fmt: skip
_JOINS = """# How files belong together 各文件的关系

| file | finds | by | note | 说明 |
|---|---|---|---|---|"""
_USES = """# What to keep for which use 按用途取舍

| file | keep | for | 用途 |
|---|---|---|---|"""


def use_tables() -> Iterator[str]:
    """The lines of the part."""
    yield _JOINS
    yield from (f"| {join.of} | {join.to} | {join.by} | {join.en} | {join.zh} |" for join in JOINS)
    yield ""
    yield _USES
    yield from (f"| {use.file} | `{use.keep}` | {use.en} | {use.zh} |" for use in USES)
    yield ""
