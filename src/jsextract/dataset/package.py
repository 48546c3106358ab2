"""datapackage.json: what stands in the files, for programs (Frictionless Data Package v2)."""

from __future__ import annotations

from typing import Any

import msgspec

from jsextract.dataset.column import Column, Resource
from jsextract.dataset.columns_accounts import ACCOUNTS
from jsextract.dataset.schema import RESOURCES

_PROFILES = "https://datapackage.org/profiles/2.0"
_TITLE = "Chinese final accounts: tables, facts and checks"
_TITLE_ZH = "部门决算、单位决算数据集：表格、事实与核对"


def _field(column: Column) -> dict[str, Any]:
    """A column in Table Schema; closed lists of words become an enum."""
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.type,
        "unit": column.unit,
        "description": column.en,
        "description@zh": column.zh,
    }
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.words and not column.many:
        constraints["enum"] = [str(word) for word in column.words.words]
    return field | ({"constraints": constraints} if constraints else {})


def _resource(resource: Resource) -> dict[str, Any]:
    """A file in Data Resource, with its keys."""
    schema: dict[str, Any] = {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [_field(column) for column in resource.fields],
        "missingValues": [""],
    }
    if resource is ACCOUNTS:
        schema["primaryKey"] = ["account_id"]
    keys = [_foreign_key("documents", "document_id")] if resource.parent else []
    if resource is not ACCOUNTS and "account_id" in resource.header:
        keys.append(_foreign_key("accounts", "account_id"))
    if keys:
        schema["foreignKeys"] = keys
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": resource.name,
        "path": resource.file,
        "type": "table",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": resource.en,
        "description@zh": resource.zh,
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": schema,
    }


def _foreign_key(resource: str, field: str) -> dict[str, Any]:
    return {"fields": [field], "reference": {"resource": resource, "fields": [field]}}


def datapackage() -> dict[str, Any]:
    """The descriptor of a dataset; the same for every dataset of one version of the tool."""
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": "final-accounts",
        "languages": ["en", "zh"],
        "title": _TITLE,
        "title@zh": _TITLE_ZH,
        "description": "Every table cell and every stated fact with its page and box. A unit `{unit}` stands in the "
        "row's own column `unit`. Text that a spreadsheet would run has an apostrophe before it.",
        "description@zh": "每个单元格、每个事实都注明页码和位置。单位为 `{unit}` 者见该行 `unit` 列。"
        "会被电子表格当作公式的文字前加撇号。",
        "resources": [_resource(resource) for resource in RESOURCES],
    }


def datapackage_text() -> str:
    """The descriptor as it is written."""
    return msgspec.json.format(msgspec.json.encode(datapackage()), indent=2).decode() + "\n"
