"""Numbers as Word writes them before paragraphs (编号格式)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_LONGEST = 30


def chinese(count: int, digits: str = _DIGITS, tens: str = "十", hundreds: str = "百") -> str:
    """A number in words, up to 999; a larger one in digits.

    >>> chinese(3), chinese(12), chinese(20), chinese(105)
    ('三', '十二', '二十', '一百〇五')
    """
    if not 0 < count < 1000:
        return str(count)
    hundred, ten, one = count // 100, count // 10 % 10, count % 10
    text = digits[hundred] + hundreds if hundred else ""
    if ten:
        text += ("" if ten == 1 and not hundred and digits is _DIGITS else digits[ten]) + tens
    elif hundred and one:
        text += digits[0]
    return text + (digits[one] if one else "")


def _roman(count: int) -> str:
    text = ""
    for worth, letters in _ROMAN if count < 4000 else ():
        text += letters * (count // worth)
        count %= worth
    return text


def _letter(count: int) -> str:
    return chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, _LONGEST) if count > 0 else ""


def _formal(count: int) -> str:
    return chinese(count, _FORMAL, "拾", "佰")


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda count: signs[(count - 1) % len(signs)]


_FORMATS: Mapping[str, Callable[[int], str]] = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "koreanCounting",
         "taiwaneseCountingThousand", "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), chinese,
    ),
    **dict.fromkeys(("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"), _formal),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "decimalZero": lambda count: f"{count:02d}",
    "decimalFullWidth": lambda count: str(count).translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
    **dict.fromkeys(
        ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"),
        lambda count: _CIRCLED[count] if 0 <= count < len(_CIRCLED) else str(count),
    ),
    "decimalEnclosedParen": lambda count: f"({count})",
    "decimalEnclosedFullstop": lambda count: f"{count}.",
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "lowerLetter": _letter,
    "upperLetter": lambda count: _letter(count).upper(),
    **dict.fromkeys(("bullet", "none"), lambda count: ""),
}  # fmt: skip


def written(count: int, form: str) -> str:
    """A number in a format of w:numFmt; in digits where the format is not known.

    >>> written(4, "chineseCounting"), written(2, "decimalEnclosedCircle"), written(3, "upperRoman")
    ('四', '②', 'III')
    """
    return _FORMATS.get(form, str)(count)
