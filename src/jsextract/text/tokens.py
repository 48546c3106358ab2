"""One grammar of what is printed beside words: numbers, codes, ordinals, units, years (数字、编码、序号、单位、年份).

Tables, layout, narrative and checks ask here what a printed text is. Unless a function says otherwise it takes normal
text (`text.normal.squeeze`): widths folded, no spaces, brackets and thousands separators full-width. Patterns that
others build upon are given as sources, those of ordinals in a form that reads raw text as well.

What a number is asked for differs by place, so there are three questions, each narrower than the one before:

=============  =====================================  =========================================
`is_number`    prints any number                      12, 5%, 20101, -12, 1，234, 3.50, （1.5）
`is_amount`    … with decimals or thousands, or 0      0, 1，234, 3.50
`is_exact`     … with decimals                         3.50, 1.234567
=============  =====================================  =========================================

They go by the form alone: `12，3456.00` is an amount in its place, though nobody can tell its value, which
`text.amounts.parse_number` therefore leaves open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

# ---- numbers -------------------------------------------------------------------------------------------------------

# A sign, a bookkeeper's bracket, both or neither; a cell may hold one bracket of a number that was wrapped.
_SHAPE = re.compile(r"[-+—（]{0,2}(?:(?P<whole>\d[\d，]*)(?P<part>\.\d+)?|\.\d+)[）%]{0,2}")
_CENTS = re.compile(r"[-（]?(?:\d{1,3}(?:，\d{3})+|\d+)\.\d\d）?")
_CENTS_INSIDE = re.compile(r"\d\.\d{2}(?!\d)")

NUMBER = r"(?:(?<![\d.A-Za-z])-)?(?<![A-Za-z\d.])(?:\d{1,3}(?:，\d{3})+|\d+)(?:\.\d+)?(?![\d])"
"""A number in running text, not one inside a word (A4) or another number."""


def is_han(char: str) -> bool:
    """Whether a character is a Chinese one (汉字) of the common block."""
    return "\u4e00" <= char <= "\u9fff"


def is_number(text: str) -> bool:
    """Whether the text prints a number and nothing else: an amount, a count, a rate, a code."""
    return _SHAPE.fullmatch(text) is not None


@lru_cache(4096)
def is_amount(text: str) -> bool:
    """Whether the text prints a number as amounts are printed: with decimals, thousands separators, or 0."""
    if is_exact(text):
        return True
    return _SHAPE.fullmatch(text) is not None and (text == "0" or ("，" in text and not text.endswith("%")))


@lru_cache(4096)
def is_exact(text: str) -> bool:
    """Whether the text prints a number with decimals, which is what tells an amount from codes and counts."""
    shape = _SHAPE.fullmatch(text)
    return shape is not None and (shape["whole"] is None or shape["part"] is not None)


def is_cents(text: str) -> bool:
    """Whether the text prints a whole amount to the cent; a piece of a wrapped one has no two decimals of its own."""
    return _CENTS.fullmatch(text) is not None


def ends_in_cents(text: str) -> bool:
    """Whether the text ends with a point and two digits."""
    return len(text) > 2 and text[-3] == "." and text[-2:].isdigit()


def count_cents(text: str) -> int:
    """How many figures to the cent stand in the text, by themselves or touching words."""
    return len(_CENTS_INSIDE.findall(text))


# ---- numbers in raw text, where each character has its place on the page -----------------------------------------

_RAW = r"(?:\d{1,3}(?:[,，]\d{3})+|\d+)"
_RAW_AMOUNT = re.compile(rf"[-－−（(]?{_RAW}[.．]\d+[)）]?[%％]?")
_RAW_TOUCHING = re.compile(rf"(?<![\d.,，-])-?{_RAW}\.\d\d(?![\d.])")
_RAW_GLUED = re.compile(r"-?\d[\d,，]*?\.\d\d")
_RAW_EDGE = re.compile(r"(?<=\.\d\d)(?=[- \d\u4e00-\u9fff])|(?<=[ \u4e00-\u9fff])(?=-?\d[\d,，]*\.\d\d)")


def amounts_within(run: str) -> list[tuple[int, int]]:
    """Where amounts stand in a raw run without spaces: all of it, one after the other, or beside words they touch."""
    if _RAW_AMOUNT.fullmatch(run):
        return [(0, len(run))]
    glued = [m.span() for m in _RAW_GLUED.finditer(run)]
    if sum(b - a for a, b in glued) == len(run):
        return glued
    return [m.span() for m in _RAW_TOUCHING.finditer(run)]


def amount_edges(raw: str) -> list[int]:
    """Where raw text parts between two amounts, or between an amount and a word, even where they touch."""
    return [m.end() for m in _RAW_EDGE.finditer(raw)]


# ---- units ----------------------------------------------------------------------------------------------------------

MONEY_SCALE = {
    "元": 0, "千元": 3, "万元": 4, "十万元": 5, "百万元": 6, "千万元": 7, "亿元": 8, "万": 4, "亿": 8,
}  # fmt: skip
"""Units of money (金额单位) and their powers of ten."""
MONEY_UNIT = r"(?:亿元|千万元|百万元|十万元|万元|千元|元)"
_MONEY_NEAR = re.compile(r"\d(?:[^\d。]{0,2}[元万]|(?=[、，和及与]{1,2}\d))")
_THRESHOLD = re.compile(r"(?:（含）)?[及或]?(?:以[上下内]|起)")
_UNIT_LINE = re.compile(rf"(?:金额|计量|货币|数据)?单位（?：?(?:人民币)?(?P<unit>{MONEY_UNIT})")
_UNIT_BARE = re.compile(rf"（(?:人民币)?(?P<unit>{MONEY_UNIT})）")
# The same in raw text, up to its end.
_UNIT_WORDS = re.compile(
    r"[（(]?\s*((金额|计量|货币|数据)?单\s*位\s*[：:]\s*(人民币)?\s*(亿|千|百|十|万)*\s*元)\s*[）)]?\s*$|[（(](亿|千|万)*元[）)]\s*$"
)
# What follows a figure that measures something. Names of functions begin with some of these characters, too
# (20101人大事务), so a short one counts only where no word goes on.
_MEASURE = (
    r"(?:余|多)?(?:[十百千万亿]*元|个?百分点|[%‰]|[万亿](?![\u4e00-\u9fff])|人次|批次|个批次|个?团组|户次|件次|场次|台套|平方米|公里|小时"
    r"|(?:[人个辆台套批次件项家户名亩吨米天期场份册座处所条])(?![\u4e00-\u9fff])"
    r"|人(?![大力口事民才员防工社身均文类造道]))"
)


def money_places(text: str, start: int, end: int) -> Iterator[int]:
    """A digit of each figure among characters `start` to `end` that may be money: quick, never too strict."""
    return (match.start() for match in _MONEY_NEAR.finditer(text, start, end))


def is_threshold(text: str, end: int) -> bool:
    """Whether the amount that ends at `end` only bounds a class (限额): 50万元以上, 100万元（含）以上, 30万元及以下."""
    return _THRESHOLD.match(text, end) is not None


def money_unit(text: str) -> str:
    """The unit of money that a unit line names (单位：万元, （元）); blank where it names none."""
    found = _UNIT_LINE.search(text) or _UNIT_BARE.fullmatch(text)
    return found["unit"] if found else ""


def without_unit(raw: str) -> str:
    """Raw text without the unit line at its end."""
    return _UNIT_WORDS.sub("", raw)


# ---- codes ----------------------------------------------------------------------------------------------------------

CODE = r"\d{3}(?:\d{2}){0,2}"
"""A classification code (科目编码): 类 3, 款 5, 项 7 digits."""
UNMEASURED = rf"(?!{_MEASURE})"
"""No unit follows: a number with a unit is never a code."""
_CODE = re.compile(CODE)
_CODE_GLUED = re.compile(rf"({CODE})(?=[^\d.,，%年月日]){UNMEASURED}(.+)")


def is_code(text: str) -> bool:
    """Whether the text is a classification code of 3, 5 or 7 digits."""
    return _CODE.fullmatch(text) is not None


def glued_code(text: str) -> str:
    """The code before a name that it touches (310资本性支出); blank where there is none."""
    found = _CODE_GLUED.fullmatch(text)
    return found[1] if found else ""


# ---- ordinals -------------------------------------------------------------------------------------------------------

_NUMERALS = "一二三四五六七八九十"
HAN, NUMERAL = f"[{_NUMERALS}]", f"[0-9{_NUMERALS}]"
"""A Chinese numeral of an ordinal; one of either script."""
_OPEN, _CLOSE = r"[（(]\s*", r"\s*[）)]"
PART = rf"第\s*{HAN}+\s*部\s*分"
HAN_DOT = rf"{HAN}{{1,3}}\s*[、.．]"
HAN_BRACKET = rf"{_OPEN}{HAN}{{1,3}}{_CLOSE}"
DIGIT_DOT = r"\d{1,2}\s*[、.．](?!\s*\d)"
DIGIT_BRACKET = rf"{_OPEN}\d{{1,2}}{_CLOSE}"
CIRCLED = "[①-⑳]"
ORDINALS = (PART, HAN_DOT, HAN_BRACKET, DIGIT_DOT, DIGIT_BRACKET, CIRCLED)
"""第一部分, 一、, （一）, 1、, （1）, ①: outer before inner; each source reads raw and normal text alike."""
ORDINAL = f"(?:{'|'.join(ORDINALS)})"
NO_ORDINAL = len(ORDINALS)
_LEVELS = tuple(map(re.compile, ORDINALS))
_PART = re.compile(rf"{PART}|第{HAN}+章")
_FIRST_NUMERAL = re.compile(rf"[（(第]?\s*(\d{{1,2}}|{HAN}{{1,3}})")
# In front of names of rows and columns; 一： and （一）、 occur there.
_ROW_ORDINAL = re.compile(rf"(?:{HAN}{{1,3}}[、.：]|（{HAN}{{1,3}}）、?|（\d{{1,2}}）、?|\d{{1,2}}[、.](?!\d))")


@lru_cache(4096)
def ordinal_level(text: str) -> int:
    """0 for 第一部分, 1 for 一、, 2 for （一）, 3 for 1、, 4 for （1）, 5 for ①, 6 (NO_ORDINAL) for none."""
    return next((level for level, pattern in enumerate(_LEVELS) if pattern.match(text)), NO_ORDINAL)


def ordinal_number(text: str) -> int:
    """12 for 十二、, （十二） and 12. at the beginning of a text; 0 where it begins with none or with another form."""
    found = _FIRST_NUMERAL.match(text)
    if found is None or ordinal_level(text) == NO_ORDINAL:
        return 0
    numeral = found[1]
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    return (10 * (_NUMERALS.find(tens) + 1 if tens else 1) if ten else 0) + (_NUMERALS.find(ones) + 1 if ones else 0)


def without_ordinals(text: str) -> str:
    """A heading's words: the text without the ordinals in front, an inner one after an outer one (一、（一）)."""
    for pattern in _LEVELS:
        found = pattern.match(text)
        text = text[found.end() :] if found else text
    return text


def strip_ordinal(name: str) -> str:
    """The name of a row or column without 一、 （一） 1. in front."""
    found = _ROW_ORDINAL.match(name)
    return name[found.end() :] if found else name


def begins_part(text: str) -> bool:
    """Whether the text begins with 第一部分 or 第一章."""
    return _PART.match(text) is not None


# ---- years ----------------------------------------------------------------------------------------------------------

YEAR = r"(?:19|20)\d\d"
_ZERO = "〇○◯零0OoОΟ"
_HAN_DIGITS = dict(zip("一二三四五六七八九", "123456789", strict=True)) | dict(
    zip("壹贰叁肆伍陆柒捌玖", "123456789", strict=True)
)
_TO_DIGITS = str.maketrans(_HAN_DIGITS | dict.fromkeys(_ZERO, "0"))
_DIGIT = f"[{''.join(_HAN_DIGITS)}{_ZERO}1-9]"
# Written digit by digit, so that 二十 and 一九 with one more digit are none; nor is part of a longer row of digits.
_HAN_YEAR = re.compile(rf"(?<!{_DIGIT})(?:[二贰][{_ZERO}]|一九|壹玖){_DIGIT}{{2}}(?!{_DIGIT}|[十百千万亿点])")


def fold_years(text: str) -> str:
    """The text with years in Chinese digits as digits (二〇二〇年, 二0二0, 贰零贰零年), character for character."""
    # asked of every text: finding a character costs a tenth of the search
    if "二" in text or "一九" in text or "贰" in text or "壹" in text:
        return _HAN_YEAR.sub(lambda m: m[0].translate(_TO_DIGITS), text)
    return text
