"""Figures without a unit in a text that names one for all of them (金额单位均为万元)."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from jsextract.rules.kept import pattern
from jsextract.rules.token import Token
from jsextract.text.normal import squeeze
from jsextract.text.tokens import MONEY_UNIT, is_exact

_ALL = pattern(
    rf"单位(?:均|都)(?:为|是)?(?:人民币)?(?P<unit>{MONEY_UNIT})"
    rf"|单位(?:为|[:：])?(?:人民币)?(?P<unit>{MONEY_UNIT})[，,、]?下同"
)
"""What says so of all figures, as a unit line above one table does not."""
_NO_MONEY = pattern(r"(?:率|幅|占|比重|比例|得|分|值|指数|系数|增长|下降|上升|降低|提高|面积)(?:了|约|为|是|：)?$")
"""What stands before a rate, a share or a score."""
_BEHIND = pattern(r"[，。；、（）]|$|增加|减少|[比较的为占]")


def unit_of_all(lines: Iterable[str]) -> str:
    """The unit that a text names for all its figures; blank where it names none, or two."""
    found = {match["unit"] for line in lines if "单位" in line for match in _ALL.finditer(squeeze(line))}
    return found.pop() if len(found) == 1 else ""


def with_unit(text: str, tokens: list[Token], unit: str) -> list[Token]:
    """The tokens, numbers with decimals as amounts in the unit.

    Args:
        text: normal characters.
        tokens: in order.
        unit: what `unit_of_all` found; blank: nothing changes.
    """
    return [_as_money(text, token, unit) if token.kind == "number" else token for token in tokens] if unit else tokens


def _as_money(text: str, token: Token, unit: str) -> Token:
    exact = is_exact(text[token.start : token.end]) and _BEHIND.match(text, token.end)
    if not exact or _NO_MONEY.search(text[max(0, token.start - 6) : token.start]):
        return token
    return replace(token, kind="money", unit=unit, bare=True)
