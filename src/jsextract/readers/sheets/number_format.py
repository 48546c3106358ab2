"""What a sheet shows of a number, by the format of its cell (数字格式)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from msgspec import Struct

GENERAL = "General"
_YEAR_MONTH, _MONTH_DAY, _DAY = 'yyyy"年"m"月"', 'm"月"d"日"', "yyyy/m/d"
_ERA = {27: _YEAR_MONTH, 28: _MONTH_DAY, 29: _MONTH_DAY, 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 36: _YEAR_MONTH}
CHINESE_FORMATS = {14: _DAY, **_ERA, 50: _YEAR_MONTH, 51: _MONTH_DAY, 52: _YEAR_MONTH, 53: _MONTH_DAY, 54: _MONTH_DAY,
                   55: _YEAR_MONTH, 56: _MONTH_DAY, 57: _YEAR_MONTH, 58: _MONTH_DAY}  # fmt: skip
"""What the numbers of formats that no workbook spells out mean in Chinese programs."""
_SHOWN = 11  # characters that `General` shows of a number with decimals
_EXACT = 15  # digits of a stored number that mean anything
_LONGEST = 255  # characters of a format; longer ones are no format
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|!(?P<literal>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<general>G/通用格式|General)'
    r"|(?P<exponent>[Ee][+-]0+)|(?P<ampm>AM/PM|A/P|上午/下午)|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+)|(?P<char>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")
_CURRENCY = re.compile(r"\$([^-]*)")
_COLOUR = re.compile(r"(?i)red|红色|红|color\s*(?:3|10)$")
_FRACTION = re.compile(r"[#?0]+\s*/")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_BEGIN = (dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1))  # noqa: DTZ001 (days have no zone)
_LARGEST = 1e18
_LAST_DAY = 2958465  # 9999-12-31


class Section(Struct, frozen=True):
    """One part of a format, for numbers of one sign or size.

    Attributes:
        tokens: (kind, text): digit, point, comma, percent, literal, exponent, date, general, text.
        condition: (operator, limit) in brackets; None where its place tells.
        red: whether it is printed in red.
    """

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None
    red: bool

    @property
    def is_date(self) -> bool:
        """Whether it shows a day or an hour."""
        kinds = {kind for kind, _ in self.tokens}
        return "date" in kinds and "digit" not in kinds


def shown(number: float, code: str, *, since_1904: bool = False) -> str:
    """What a cell with this number and format shows; the sign is told also where only the colour tells it.

    Args:
        number: as stored.
        code: the format, `General` where there is none.
        since_1904: whether days are counted from 1904.

    >>> shown(1234.5, "#,##0.00"), shown(0.256, "0.0%"), shown(-3, '0.00_);[Red](0.00)')
    ('1,234.50', '25.6%', '(3.00)')
    """
    if not abs(number) < _LARGEST:
        return f"{number:g}"
    value = exact(number)
    section, signed = _chosen(_sections(code), value)
    if section is None:
        return general(value)
    if section.is_date:
        return _date(number, section.tokens, since_1904=since_1904)
    text = _filled(abs(value) if signed else value, section.tokens)
    unsigned = value < 0 and signed and not re.search(r"[-－−()（）△▲负]", text)
    return f"-{text}" if unsigned and any(char.isdigit() for char in text) else text


def is_red(number: float, code: str) -> bool:
    """Whether the format prints this number in red."""
    section, _ = _chosen(_sections(code), Decimal(-1 if number < 0 else 1 if number > 0 else 0))
    return section is not None and section.red


def serial(day: dt.date, *, since_1904: bool = False) -> float:
    """A day as sheets store it: how many days it is after the first one.

    >>> serial(dt.date(2024, 1, 1)), serial(dt.datetime(2024, 1, 1, 12))
    (45292.0, 45292.5)
    """
    moment = day if isinstance(day, dt.datetime) else dt.datetime.combine(day, dt.time())
    return (moment.replace(tzinfo=None) - _BEGIN[since_1904]) / dt.timedelta(days=1)


def exact(number: float) -> Decimal:
    """A stored number as it was meant: with the digits that mean anything.

    >>> exact(2946.2500000000005)
    Decimal('2946.25')
    """
    return Decimal(f"{number:.{_EXACT}g}")


def general(value: Decimal) -> str:
    """What the format `General` shows: as many decimals as have room, and no more."""
    whole = len(str(abs(int(value))))
    value = value.quantize(Decimal(1).scaleb(-max(_SHOWN - 1 - whole, 0)), ROUND_HALF_UP)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(512)
def _sections(code: str) -> tuple[Section, ...]:
    """The parts of a format, between semicolons."""
    if code in ("", GENERAL) or len(code) > _LONGEST:
        return ()
    parts: list[list[re.Match[str]]] = [[]]
    for match in _TOKEN.finditer(code):
        if match["char"] == ";":
            parts.append([])
        else:
            parts[-1].append(match)
    return tuple(map(_section, parts))


def _section(matches: Sequence[re.Match[str]]) -> Section:
    tokens: list[tuple[str, str]] = []
    condition, red = None, False
    for match in matches:
        bracket = match["bracket"]
        if bracket is not None:
            limit, currency = _CONDITION.match(bracket), _CURRENCY.match(bracket)
            condition = (limit[1], Decimal(limit[2])) if limit else condition
            red = red or bool(_COLOUR.match(bracket))
            if currency and currency[1]:
                tokens.append(("literal", currency[1]))
            elif bracket.lower() in ("h", "hh", "m", "mm", "s", "ss"):
                tokens.append(("date", bracket.lower()))
        elif (token := _token(match)) is not None:
            tokens.append(token)
    return Section(tuple(tokens), condition, red)


def _token(match: re.Match[str]) -> tuple[str, str] | None:
    """(kind, text) of one token; None for what takes up room only."""
    for kind in ("quoted", "escaped", "literal"):
        if match[kind] is not None:
            return "literal", match[kind]
    for kind in ("general", "exponent", "ampm"):
        if match[kind]:
            return kind, match[kind]
    if match["date"]:
        return "date", match["date"].lower()
    char = match["char"]
    if char is None:
        return None
    kinds = {"0": "digit", "#": "digit", "?": "digit", ".": "point", ",": "comma", "%": "percent", "@": "text"}
    return kinds.get(char, "literal"), char


def _chosen(sections: Sequence[Section], value: Decimal) -> tuple[Section | None, bool]:
    """The part for a number, and whether that part tells the sign itself; None where the format is `General`."""
    if not sections:
        return None, False
    if any(section.condition for section in sections[:2]):
        for section in sections:
            if section.condition is None or _holds(section.condition, value):
                return section, False
        return None, False
    numeric = sections[:3]
    if value < 0 and len(numeric) > 1:
        return numeric[1], True
    if value == 0 and len(numeric) > 2:
        return numeric[2], False
    return numeric[0], False


def _holds(condition: tuple[str, Decimal], value: Decimal) -> bool:
    """Whether a number is of the size that a part is for."""
    sign, limit = condition
    return {
        "<": value < limit, ">": value > limit, "=": value == limit,
        "<=": value <= limit, ">=": value >= limit, "<>": value != limit,
    }[sign]  # fmt: skip


def _filled(value: Decimal, tokens: Sequence[tuple[str, str]]) -> str:
    """A number in the places of a part of a format."""
    kinds = [kind for kind, _ in tokens]
    if "general" in kinds or "text" in kinds:
        return "".join(general(value) if kind in ("general", "text") else text for kind, text in tokens)
    if "digit" not in kinds:
        return "".join(text for kind, text in tokens if kind in ("literal", "percent"))
    if "exponent" in kinds or _FRACTION.search("".join(text for _, text in tokens)):
        return general(value)
    pointed = "point" in kinds
    point = kinds.index("point") if pointed else len(kinds)
    last = max(i for i, kind in enumerate(kinds) if kind == "digit")
    whole = [token for token in tokens[:point] if token[0] != "comma"]
    part = [token for token in tokens[point + 1 :] if token[0] != "comma"]
    scale = 2 * kinds.count("percent") - 3 * _scaling(tokens, last, point)
    places = sum(kind == "digit" for kind, _ in part)
    value = value.scaleb(scale).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    digits, _, decimals = f"{abs(value):f}".partition(".")
    grouped = any(
        kinds[i] == "comma" and "digit" in kinds[:i] for i in range(min(last, point)) if "digit" in kinds[i:point]
    )
    text = _whole(digits, whole, grouped=grouped) + ("." if pointed else "") + _part(decimals, part)
    return f"-{text}" if value < 0 else text


def _scaling(tokens: Sequence[tuple[str, str]], last: int, point: int) -> int:
    """How often a number is divided by a thousand: a comma right behind the last digit does so (0.0,)."""
    count = 0
    for end in {last, max((i for i in range(point) if tokens[i][0] == "digit"), default=last)}:
        index = end + 1
        while index < len(tokens) and tokens[index][0] == "comma":
            count, index = count + 1, index + 1
    return count


def _whole(digits: str, tokens: Sequence[tuple[str, str]], *, grouped: bool) -> str:
    """The digits before the point, set into their places from the right; what is left over goes to the first place."""
    places = [i for i, (kind, _) in enumerate(tokens) if kind == "digit"]
    needed = [tokens[i][1] == "0" for i in places]
    digits = digits.lstrip("0")
    least = len(places) - needed.index(True) if True in needed else 0
    digits = digits.rjust(least, "0")
    if grouped:
        digits = f"{int(digits):,}".rjust(least, "0") if digits else ""
        return "".join(_at_first(tokens, places, digits))
    out: list[str] = []
    rest = digits
    for index in range(len(tokens) - 1, -1, -1):
        kind, text = tokens[index]
        if kind != "digit":
            out.append(text)
        elif index == places[0]:
            out.append(rest)
        elif rest:
            out.append(rest[-1])
            rest = rest[:-1]
    return "".join(reversed(out))


def _at_first(tokens: Sequence[tuple[str, str]], places: Sequence[int], digits: str) -> list[str]:
    """The tokens, all digits in the first of their places."""
    return [digits if i == places[0] else "" if kind == "digit" else text for i, (kind, text) in enumerate(tokens)]


def _part(decimals: str, tokens: Sequence[tuple[str, str]]) -> str:
    """The digits behind the point; a place for `#` stays blank where only zeros follow."""
    out: list[str] = []
    index = 0
    for kind, text in tokens:
        if kind != "digit":
            out.append(text)
            continue
        rest = decimals[index:]
        out.append(decimals[index] if text == "0" or rest.strip("0") or "0" in _required(tokens, index) else "")
        index += 1
    return "".join(out)


def _required(tokens: Sequence[tuple[str, str]], index: int) -> str:
    """The kinds of places from the `index`-th digit on."""
    return "".join(text for kind, text in tokens if kind == "digit")[index:]


def _date(number: float, tokens: Sequence[tuple[str, str]], *, since_1904: bool) -> str:
    """A day and an hour as the format writes them; a number that is no day as it stands."""
    if not 0 <= number <= _LAST_DAY:
        return general(exact(number))
    day = _BEGIN[since_1904] + dt.timedelta(days=number)
    day += dt.timedelta(microseconds=500_000)  # stored hours are not exact
    out: list[str] = []
    before = ""
    half = any(kind == "ampm" for kind, _ in tokens)
    for index, (kind, text) in enumerate(tokens):
        if kind == "date":
            after = next((t for k, t in tokens[index + 1 :] if k == "date"), "")
            minutes = text[0] == "m" and (before.startswith("h") or after.startswith("s"))
            out.append(_date_part(day, text, minutes=minutes, half=half))
            before = text
        elif kind == "ampm":
            out.append("AM" if day.hour < 12 else "PM")
        elif kind in ("literal", "point", "comma"):
            out.append(text)
    return "".join(out)


def _date_part(day: dt.datetime, text: str, *, minutes: bool, half: bool) -> str:
    """One element of a day: yyyy, m, dd …."""
    letter, wide = text[0], len(text) > 1
    if letter == "y":
        return f"{day.year:04d}" if len(text) > 2 else f"{day.year % 100:02d}"
    if letter == "m" and not minutes and len(text) > 2:
        return _MONTHS[day.month - 1]
    hour = (day.hour + 11) % 12 + 1 if half else day.hour
    value = {"m": day.minute if minutes else day.month, "d": day.day, "h": hour, "s": day.second}[letter]
    return f"{value:02d}" if wide else str(value)
