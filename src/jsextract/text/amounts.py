"""Printed figures to exact numbers; never by way of float."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from jsextract.text.normal import squeeze
from jsextract.text.tokens import MONEY_SCALE

UNKNOWN = "\N{REPLACEMENT CHARACTER}"
"""Stands for each character of a figure that cannot be told."""
_NUMBER = re.compile(r"(?:\d{1,3}(?:，\d{3})+|\d+)(?:\.\d+)?|\.\d+")
# A space between digits that does not group thousands.
_APART = re.compile(r"\d\s+(?!\d{3}(?!\d))\d|\.\d+\s+\d")
# Digits set apart over the width of a cell; only the point tells that they are one figure.
_SPREAD = re.compile(r"-?(?: ?[\d，,]){2,} \.(?: \d){1,2}")
# Longer figures are no amounts, and arithmetic would round them.
_LONGEST = 24
# Numbers of notes, set beside a figure; the normal form would make digits of them.
_NOTE_MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳¹²³⁴⁵⁶⁷⁸⁹⁰"
_BRACKETED = re.compile(r"（(.+)）")


@lru_cache(4096)
def parse_number(text: str) -> Decimal | None:
    """The number that `text` prints, sign applied, None when it prints none (blank, —, 无, words).

    Accepts full-width digits, spaces inside, thousands separators of both widths, `-1.5`, `－1.5` and the
    bookkeeper's negative `(1.5)`. A percent sign is not part of the value, nor is the mark of a note (`1.5①`).
    Figures that stand apart are two numbers, not one (`116 90`), unless the space groups thousands (`2 226.5`) or
    stands at the point or a comma, or parts all of its characters (`1 2 3 . 4 5`).
    """
    plain = text.strip()
    if plain and (plain[-1] in _NOTE_MARKS or plain[0] in _NOTE_MARKS):
        plain = plain.strip(_NOTE_MARKS).strip() or plain
    if _SPREAD.fullmatch(plain):
        plain = plain.replace(" ", "")
    if "\n" in plain or _APART.search(plain):
        return None
    normal = squeeze(plain).removesuffix("%")
    sign = 1
    bracketed = _BRACKETED.fullmatch(normal)
    if bracketed:
        normal, sign = bracketed[1], -1
    if normal.startswith("-"):
        normal, sign = normal[1:], -sign
    elif normal.startswith("+"):
        normal = normal[1:]
    if not _NUMBER.fullmatch(normal) or len(normal) > _LONGEST:
        return None
    value = Decimal(normal.replace("，", ""))
    return -value if sign < 0 and value else value


def decimals(value: Decimal) -> int:
    """How many digits stand after the point."""
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def is_money(unit: str) -> bool:
    """Whether a unit is one of money (元, 万元 …)."""
    return squeeze(unit) in MONEY_SCALE


def to_yuan(value: Decimal, unit: str) -> Decimal | None:
    """`value` of `unit` in 元 without losing a digit; None when the unit is no money."""
    power = MONEY_SCALE.get(squeeze(unit))
    if power is None:
        return None
    scaled = value.scaleb(power)
    # a plain number, never with an exponent
    return scaled.quantize(Decimal(1)) if scaled == scaled.to_integral_value() else scaled
