"""Turns published Chinese final accounts (部门决算, 单位决算) into a dataset that checks itself.

    from jsextract import extract, extract_many, open_dataset

    report = extract("决算.pdf")
    [cell.value for cell in report.cells if cell.table == "T3"]

Nothing heavy is imported until it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from jsextract._version import __version__

if TYPE_CHECKING:
    from jsextract.batch.pool import extract_many
    from jsextract.batch.reports import write_dataset
    from jsextract.errors import JsextractError
    from jsextract.export.opened import Dataset, open_dataset
    from jsextract.model.document import Document
    from jsextract.model.report import Report
    from jsextract.pipeline import extract, read, understand
    from jsextract.rules.ruleset import load_rules

_PLACES = {
    "Dataset": "jsextract.export.opened",
    "Document": "jsextract.model.document",
    "JsextractError": "jsextract.errors",
    "Report": "jsextract.model.report",
    "extract": "jsextract.pipeline",
    "extract_many": "jsextract.batch.pool",
    "load_rules": "jsextract.rules.ruleset",
    "open_dataset": "jsextract.export.opened",
    "read": "jsextract.pipeline",
    "understand": "jsextract.pipeline",
    "write_dataset": "jsextract.batch.reports",
}

__all__ = [
    "Dataset",
    "Document",
    "JsextractError",
    "Report",
    "__version__",
    "extract",
    "extract_many",
    "load_rules",
    "open_dataset",
    "read",
    "understand",
    "write_dataset",
]


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        return getattr(import_module(_PLACES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
