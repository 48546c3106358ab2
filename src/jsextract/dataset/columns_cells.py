"""The columns of cells.csv: one row a data cell of a table, blank cells included."""

from __future__ import annotations

from jsextract.dataset.column import BOX, EVIDENCE, PAGE, SHEET, Resource, count, flags, number, text
from jsextract.vocabulary import CELL_FLAGS, READERS, SIDES

_COLUMNS = (
    text(
        "table",
        "T1 to T9 for the nine standard tables whatever number the document prints; X1, X2… for any other.",
        "九张标准表为 T1 至 T9，与文件所印编号无关；其他表按阅读顺序为 X1、X2…。",
    ),
    text("title", "Title as printed.", "表名，照原文。"),
    PAGE,
    count(
        "row",
        "Data row of its unit in the whole table, across its pages, counted from 0.",
        "数据行号，按单位跨页连续，从 0 起。",
    ),
    text(
        "side",
        "The side of the table; blank where it has no sides.",
        "所在的栏；不分栏的表为空。",
        words=SIDES,
    ),
    text(
        "code",
        "Code of the budget classification, 3, 5 or 7 digits, joined where printed in 类 款 项 columns.",
        "科目编码，3、5 或 7 位；分类、款、项三栏印出的已合并。",
    ),
    text(
        "item",
        "Row name in canonical form: ordinals and prefixes stripped; a repeated name is a path with `/`.",
        "行名（规范名）：去掉序号和前缀；重名者为以 `/` 连接的路径。",
    ),
    text("item_text", "Row name as printed, its lines joined.", "行名，照原文，折行已合并。"),
    text(
        "column", "Column name in canonical form, `/` between header levels.", "列名（规范名），表头各级以 `/` 连接。"
    ),
    text("column_text", "Column name as printed.", "列名，照原文。"),
    number(
        "value",
        "The number that enters calculations, signed; blank when there is none.",
        "参与计算的数，带符号；没有则为空。",
    ),
    text("value_text", "As printed.", "照原文。"),
    text("unit", "Unit of the value.", "数值的单位。"),
    number("amount_yuan", "The value in yuan; blank where it is no money.", "折合为元的金额；非金额为空。", unit="元"),
    *BOX,
    text("reader", "Which table reader won.", "采用了哪种表格读法。", words=READERS),
    flags(CELL_FLAGS),
    *EVIDENCE,
    text(
        "unit_name",
        "The sub-unit that the table or the row is of; blank for the account itself.",
        "该表或该行所属的下属单位；本单位自身为空。",
    ),
    *SHEET,
)

CELLS = Resource(
    "cells",
    "One row a data cell of a table, blank cells included.",
    "表格的每个数据单元格一行，空格也在内。",
    _COLUMNS,
    lambda report: report.cells,
)
