"""Hand-made reports: small, with one row of each kind and every awkward value."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256

from jsextract.model.document import Section, Table
from jsextract.model.geometry import Box
from jsextract.model.ids import document_id
from jsextract.model.report import CheckResult, Fact, Project, Report, TableCell, Term
from jsextract.rules.table_definitions import TableDef
from jsextract.tables import read_tables


def read_cells(tables: Sequence[Table], definitions: Sequence[TableDef]) -> tuple[TableCell, ...]:
    """The data cells of all tables."""
    return tuple(one for reading in read_tables(tables, definitions) for one in reading.cells)


def cell(**changes: object) -> TableCell:
    values: dict[str, object] = {
        "table": "T3",
        "title": "支出决算表",
        "page": 7,
        "row": 0,
        "side": "",
        "code": "2013901",
        "item": "行政运行",
        "item_text": "行政运行",
        "column": "基本支出",
        "column_text": "基本支出",
        "value": Decimal("1200.50"),
        "value_text": "1,200.50",
        "unit": "万元",
        "amount_yuan": Decimal("12005000.00"),
        "box": Box(10, 20, 30.126, 40),
        "reader": "lattice",
        "flags": (),
    }
    return TableCell(**(values | changes))  # type: ignore[arg-type]


def fact(**changes: object) -> Fact:
    values: dict[str, object] = {
        "fact_id": "three_public/公务接待费/final/1",
        "topic": "three_public",
        "item": "公务接待费",
        "item_text": "公务接待费",
        "code": "",
        "project": "",
        "measure": "final",
        "basis": "",
        "value": Decimal("0.95"),
        "value_text": "0.95",
        "unit": "万元",
        "amount_yuan": Decimal("9500.00"),
        "direction": "",
        "year": 2024,
        "section": "三/七",
        "page": 12,
        "box": Box(1, 2, 3, 4),
        "sentence": "公务接待费支出决算为0.95万元。",
        "start": 10,
        "end": 14,
        "pattern": "three_public.final",
        "flags": ("from_list", "unit_inferred"),
    }
    return Fact(**(values | changes))  # type: ignore[arg-type]


def section(**changes: object) -> Section:
    values: dict[str, object] = {
        "order": 0,
        "level": 1,
        "kind": "overview",
        "heading": "第一部分 概况",
        "path": "第一部分 概况",
        "page_from": 3,
        "page_to": 4,
        "text": "职能。\n机构。",
    }
    return Section(**(values | changes))  # type: ignore[arg-type]


def report(content: bytes = b"one", **changes: object) -> Report:
    digest = sha256(content).hexdigest()
    values: dict[str, object] = {
        "document_id": document_id(digest),
        "file": "一.pdf",
        "sha256": digest,
        "bytes": len(content),
        "pages": 20,
        "kind": "部门决算",
        "entity": "某某市财政局",
        "year": 2024,
        "text_source": "native",
        "unit": "万元",
        "cells": (
            cell(),
            cell(row=1, value=None, value_text="", amount_yuan=None, box=None, flags=("continued", "unit_inferred")),
            cell(row=2, value=Decimal("-3.50"), value_text="-3.50", amount_yuan=Decimal("-35000.00")),
        ),
        "facts": (fact(), fact(fact_id="x", measure="reason", value=None, value_text="人员\n减少", amount_yuan=None)),
        "projects": (
            Project(
                project="办公楼维修",
                full_year_budget=Decimal(100),
                executed=Decimal("99.10"),
                completion_rate=Decimal("99.1"),
                score=None,
                unit="万元",
                outputs=("一", "二"),
                problems=(),
                improvements=(),
                page=15,
            ),
        ),
        "checks": (
            CheckResult(
                check_id="table.sum_rows",
                status="fail",
                severity="error",
                item="合计",
                stated="1",
                computed="2",
                difference="-1",
                tolerance="0.01",
                unit="万元",
                pages=(7, 8),
                refs=("cell:T3",),
                message="不符。",
            ),
        ),
        "sections": (section(),),
        "glossary": (Term("基本支出", "为保障机构正常运转…", 18),),
        "dropped": {"doubled": 12, "invisible": 3},
        "tool_version": "0.1.0",
    }
    return Report(**(values | changes))  # type: ignore[arg-type]
