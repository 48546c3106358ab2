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
    from jsextract.dataset.read import Dataset, open_dataset
    from jsextract.errors import JsextractError
    from jsextract.model.report import Report
    from jsextract.pipeline import extract

_PLACES = {
    "Dataset": "jsextract.dataset.read",
    "JsextractError": "jsextract.errors",
    "Report": "jsextract.model.report",
    "extract": "jsextract.pipeline",
    "extract_many": "jsextract.batch.pool",
    "open_dataset": "jsextract.dataset.read",
}

__all__ = ["Dataset", "JsextractError", "Report", "__version__", "extract", "extract_many", "open_dataset"]


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        return getattr(import_module(_PLACES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
