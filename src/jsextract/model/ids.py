"""The ids of the dataset: a letter and sixteen hexadecimal digits, so that no program takes one for a number."""

from __future__ import annotations

import hashlib

_DIGITS = 16


def document_id(sha256: str) -> str:
    """The id of a document: `d` and the first digits of its content's SHA-256; blank for a blank digest."""
    return sha256 and f"d{sha256[:_DIGITS]}"


def account_id(name: str, year: int | None, kind: str) -> str:
    """The id of an account: `a` and digits of a digest over its entity's name, its year and its kind.

    Args:
        name: the entity's, as it is compared (one body may print itself with brackets or without).
        year: the fiscal year.
        kind: 部门决算, 单位决算 …; blank where it is not known.

    Returns:
        Blank where one of them is unknown.
    """
    if not name or year is None or not kind:
        return ""
    digest = hashlib.sha256(f"{name}\n{year}\n{kind}".encode()).hexdigest()
    return f"a{digest[:_DIGITS]}"
