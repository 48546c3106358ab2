"""What one data cell says: as printed, as a number, in 元 (金额)."""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec import Struct

from jsextract.model.document import Cell
from jsextract.model.geometry import Box, union
from jsextract.text.amounts import parse_number, to_yuan
from jsextract.text.normal import squeeze
from jsextract.text.tokens import MONEY_UNIT
from jsextract.vocabulary import Flag

_CURRENCY = re.compile(rf"^(人民币|RMB|CNY|[¥￥$])|{MONEY_UNIT}整?$")
_UNIT_ENDS, _CURRENCY_STARTS = ("元", "整"), ("人", "R", "C", "¥", "￥", "$")
# What bookkeepers set before a negative figure, and marks of notes that stand behind one.
_NEGATIVE = re.compile(r"^[△▲负]")
_NOTE = re.compile(r"(?<=\d) ?(?:[*#※†]+|注\d{0,2}|[（(\[【](?:注|\d)\d?[）)\]】])$")
_OWN_UNIT = re.compile(rf"({MONEY_UNIT})整?$")
_HEADER_UNIT = re.compile(rf"（(?:单位：)?({MONEY_UNIT}|%|个|人|人次|辆|批|批次|次|台|套|台（套）|平方米)）")
_RATE = re.compile(r"(率|占比|比例|比重|%|％)(（.*）)?$")
_COUNT = re.compile(
    r"(数量|人数|人次|个数|批次|辆数|台数|面积|得分|分值|评分|年度|年份|日期|编码|代码|序号|权重|单价|规格|团组数|车辆数|保有量|购置数)(（.*）)?$"
)


# What a sheet shows where its column is too narrow for the number, and a formula whose value is not known.
_TOO_NARROW = re.compile(r"#+")
# What it shows of a formula that failed.
_ERROR = re.compile(r"#(?:REF[!！]|NAME[?？]|N/A|NUM[!！]|NULL[!！]|VALUE[!！]|DIV/0[!！])")
_FORMULA = re.compile(r"=[A-Z]+（|=.*[A-Z$]\d|=…")


class CellValue(Struct, frozen=True):
    """A cell's text, number, unit, amount and place."""

    text: str
    value: Decimal | None
    unit: str
    amount_yuan: Decimal | None
    box: Box | None
    flags: tuple[str, ...] = ()


def column_unit(path: tuple[str, ...], item: str, table_unit: str) -> str:
    """The unit of a cell: printed in its header or row name, else the table's; blank where it is no money."""
    for text in (item, *reversed(path)):
        found = _HEADER_UNIT.search(squeeze(text))
        if found:
            return found[1]
    leaf = path[-1] if path else ""
    if _RATE.search(leaf) or _RATE.search(item):
        return "%"
    if _COUNT.search(leaf) or _COUNT.search(item):
        return ""
    return table_unit


def too_narrow(text: str) -> bool:
    """Whether `####` is printed in place of a number."""
    return _TOO_NARROW.fullmatch(squeeze(text)) is not None


def stands_for_number(text: str) -> bool:
    """Whether a squeezed text stands where a number is that cannot be told: `####`, a formula, #REF!."""
    if text[:1] not in ("#", "="):
        return False
    return too_narrow(text) or _ERROR.fullmatch(text) is not None or _FORMULA.match(text) is not None


def bare_number(text: str) -> str:
    """The number of a squeezed cell without its own unit and currency (1，234.56万元); other text as it is."""
    if text[-1:] not in _UNIT_ENDS and text[:1] not in _CURRENCY_STARTS:
        return text
    bare = _bare(text)
    return bare if parse_number(bare) is not None else text


def _bare(plain: str) -> str:
    """A text without the currency before it and the unit behind it."""
    return _CURRENCY.sub("", _CURRENCY.sub("", plain, count=1), count=1)


def read_value(cell: Cell, unit: str) -> CellValue:
    """The value of a data cell; a blank one has the cell's own box."""
    text = cell.text
    boxes = [line.box for line in cell.lines if line.box is not None]
    box = union(boxes) if text and boxes else cell.box
    value, own = _number_and_unit(text)
    flags: tuple[str, ...] = ()
    if value is None and "\n" in text:
        parts = [parse_number(part) for part in text.split("\n")]
        flags = (Flag.SEVERAL_VALUES,) if all(p is not None for p in parts) else ()
    elif value is None and too_narrow(text):
        flags = (Flag.OVERFLOWED,)
    amount = to_yuan(value, own or unit) if value is not None else None
    return CellValue(text=text, value=value, unit=own or unit, amount_yuan=amount, box=box, flags=flags)


def _number_and_unit(text: str) -> tuple[Decimal | None, str]:
    """The number of a printed value, and the unit where the value itself carries one."""
    value = parse_number(text)
    if value is not None:
        return value, "%" if squeeze(text).endswith("%") else ""
    plain = _NOTE.sub("", text.strip())
    negative = _NEGATIVE.match(plain)
    found = _OWN_UNIT.search(plain)
    bare = _bare(_NEGATIVE.sub("", plain))
    value = parse_number(bare) if bare[:1] != "-" or not negative else None
    return -value if value and negative else value, found[1] if found else ""
