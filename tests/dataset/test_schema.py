from __future__ import annotations

import json
from pathlib import Path

import pytest

from jsextract.dataset.codebook import codebook
from jsextract.dataset.package import datapackage
from jsextract.dataset.schema import RESOURCES
from tests import made

# The columns that programs rely on: none may be renamed or moved; more may come after them.
PROMISED = {
    "documents": "document_id file sha256 bytes pages kind entity region year text_source unit tables cells facts "
    "projects checks_fail checks_minor checks_rounding status problem message tool_version",
    "cells": "document_id table title page row side code item item_text column column_text value value_text unit "
    "amount_yuan x0 y0 x1 y1 reader flags",
    "facts": "document_id fact_id topic item item_text code project measure basis value value_text unit amount_yuan "
    "direction year section page x0 y0 x1 y1 sentence start end pattern flags",
    "projects": "document_id project full_year_budget executed completion_rate score unit outputs problems "
    "improvements n_outputs n_problems n_improvements page flags",
    "checks": "document_id check_id status severity item stated computed difference tolerance unit pages refs message",
    "sections": "document_id order level kind heading path page_from page_to text",
    "glossary": "document_id term definition page",
    "indicators": "document_id",
    "accounts": "account_id entity region year kind documents tables cells facts projects checks_fail checks_minor status",
}


@pytest.mark.parametrize("name", PROMISED)
def test_the_promised_columns_come_first_and_in_order(name: str) -> None:
    header = next(r for r in RESOURCES if r.name == name).header
    promised = PROMISED[name].split()
    assert header[: len(promised)] == promised
    assert len(set(header)) == len(header)


def test_every_column_is_described_in_both_languages() -> None:
    for resource in RESOURCES:
        for column in resource.fields:
            assert column.en.endswith("."), f"{resource.name}.{column.name}"
            assert column.zh.endswith("。"), f"{resource.name}.{column.name}"
            assert any("\u4e00" <= c <= "\u9fff" for c in column.zh)


def test_every_column_takes_its_value_from_a_report() -> None:
    for resource in RESOURCES:
        columns = resource.values(made.report())
        assert len(columns) == len(resource.header)
        assert len({len(values) for values in columns}) == 1
        assert columns[0], resource.name


def test_the_descriptor_is_plain_json_with_type_unit_and_two_descriptions() -> None:
    descriptor = json.loads(json.dumps(datapackage()))
    fields = [f for r in descriptor["resources"] for f in r["schema"]["fields"]]
    assert fields
    for field in fields:
        assert {"name", "type", "unit", "description", "description@zh"} <= field.keys()


def test_the_codebook_is_up_to_date() -> None:
    page = Path(__file__).parents[2] / "docs" / "codebook.md"
    assert page.read_text(encoding="utf-8") == codebook(), "run: make codebook"
