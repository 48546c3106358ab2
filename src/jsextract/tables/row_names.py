"""Row names and codes: ordinals stripped, widths folded, codes told from names (项目名称、科目编码)."""

from __future__ import annotations

import re
from functools import lru_cache

from jsextract.text.normal import normal_char, squeeze
from jsextract.text.tokens import CIRCLED, fold_years, glued_code, strip_ordinal

_QUOTES = "“”"
_MARKS = re.compile(rf"^(?:[ \u3000]|{CIRCLED})+")
_OF_WHICH = re.compile(r"^(其中|其中的)[：，、]?")
_PLACEHOLDER = re.compile(r"^[.…·。、*×xX—\-/]+$")


@lru_cache(4096)
def fold(text: str) -> str:
    """Widths folded, years in digits and spaces gone, quotation marks kept as the name's own."""
    name = "".join(c if c in _QUOTES else normal_char(c) for c in _MARKS.sub("", text, count=1))
    return fold_years(name)


@lru_cache(4096)
def canonical(text: str) -> tuple[str, bool]:
    """The canonical form of a row name, and whether it is a part of the row above it (其中).

    >>> canonical("二十四、 债务还本支出")
    ('债务还本支出', False)
    >>> canonical("其中：政府性基金预算财政拨款")
    ('政府性基金预算财政拨款', True)
    """
    name = strip_ordinal(fold(text))
    part = bool(_OF_WHICH.match(name))
    if part:
        name = strip_ordinal(_OF_WHICH.sub("", name, count=1))
    return name.strip("：:"), part


def split_code(text: str) -> tuple[str, str]:
    """A code glued to its name (310资本性支出) as code and name; a blank code where there is none."""
    code = glued_code(squeeze(text))
    if not code:
        return "", text
    rest, seen = text, 0
    for index, char in enumerate(text):
        seen += normal_char(char).isdigit()
        if seen == len(code):
            rest = text[index + 1 :].strip()
            break
    return code, rest


def join_code(parts: list[str]) -> str:
    """One code from its 类 款 项 columns; a column may hold its own digits or the code so far.

    >>> join_code(["201", "06", "01"])
    '2010601'
    >>> join_code(["201", "20106", "2010601"])
    '2010601'
    """
    code = ""
    for part in parts:
        digits = "".join(c for c in squeeze(part) if c.isdigit())
        if digits:
            code = digits if code and digits.startswith(code) else code + digits
    return code


def is_placeholder(text: str) -> bool:
    """Dots, dashes or crosses that stand for a name to be filled in (…, XX)."""
    return bool(_PLACEHOLDER.match(squeeze(text)))
