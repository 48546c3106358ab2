"""Words for the source of money beside another name qualify it and are no item of their own (资金来源).

因公出国（境）费2019年度财政拨款决算数为… is about 因公出国（境）费, 财政拨款安排的公务接待费 about 公务接待费.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import regex
from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from jsextract.rules.tokenize import Token

_BEFORE_FIGURE = regex.compile(
    r"(?:支出|收入)?(?:年初|全年|调整)?(?:(?:预算|决算)(?:支出|收入)?|支出|收入)?(?:总?[数额])?(?:合计|共计|总计)?(?:各|均|分别|约)?(?:为|是|共)?-?\d"
)
_ARRANGED = regex.compile(r"(?:支出)?(?:资金)?(?:中)?(?:安排|列支|开支|开支安排)(?:的)?")
_TOTAL_OF = regex.compile(r"(?:支出|收入)(?:决算)?(?:总额|总数|总计|合计|金额)")
_SIDES = ("收入", "支出", "总计", "合计", "、", "和", "及")
_CONTAINERS = ("收入", "收入合计", "总计", "收入总计", "支出合计")


class Qualified(Struct, frozen=True):
    """Tokens without those that only qualify.

    Attributes:
        tokens: what is left, in order.
        holes: normal characters (start, end) that stand for nothing any more.
        funds: where a qualified token begins → its source of money.
    """

    tokens: list[Token]
    holes: tuple[tuple[int, int], ...] = ()
    funds: Mapping[int, str] = {}


def without_qualifiers(text: str, tokens: Sequence[Token], funds: Mapping[str, str]) -> Qualified:
    """The tokens of a paragraph, sources of money told from heads.

    Args:
        text: normal.
        tokens: in order, none overlapping.
        funds: words for a source of money → its canonical name.
    """
    tokens = _with_own_totals(text, _joined(text, tokens, funds), funds)
    candidates = [(n, fund) for n, t in enumerate(tokens) if t.name is not None and (fund := _source(text, t, funds))]
    if not candidates:
        return Qualified(list(tokens))
    dropped: set[int] = set()
    holes: list[tuple[int, int]] = []
    found: dict[int, str] = {}
    for n, fund in candidates:
        token = tokens[n]
        head = _head_before(text, tokens, n, funds)
        after = _arranged(text, tokens, n, funds)
        if head is not None:
            dropped.add(n)
            holes.append((token.start, token.end))
            found[head.start] = fund
        elif after is not None:
            dropped.add(n)
            holes.append((token.start, after.start))
            found[after.start] = fund
    return Qualified([t for n, t in enumerate(tokens) if n not in dropped], tuple(holes), found)


def _source(text: str, token: Token, funds: Mapping[str, str]) -> str:
    """The source of money that a name may be, also as what was spent of it (公共预算财政拨款支出); blank for others."""
    printed = text[token.start : token.end]
    return funds.get(printed, "") or funds.get(printed.removesuffix("支出"), "")


def _joined(text: str, tokens: Sequence[Token], funds: Mapping[str, str]) -> list[Token]:
    """Two names side by side that are one source of money together (政府性基金 and 财政拨款) as one token."""
    found: list[Token] = []
    for token in tokens:
        before = found[-1] if found else None
        if (
            before is not None
            and before.name is not None
            and token.name is not None
            and before.end == token.start
            and text[before.start : token.end] in funds
        ):
            found[-1] = replace(token, start=before.start)
        else:
            found.append(token)
    return found


def _with_own_totals(text: str, tokens: Sequence[Token], funds: Mapping[str, str]) -> list[Token]:
    """Names without those that are only how the name before them is summed up (“三公”经费|支出决算总额)."""
    found: list[Token] = []
    for token in tokens:
        before = found[-1] if found else None
        printed = text[before.start : before.end] if before is not None and before.name is not None else ""
        touches = before is not None and before.end == token.start and printed not in {"", *funds}
        summed = touches and token.name is not None and _TOTAL_OF.fullmatch(text, token.start, token.end)
        if not summed or printed.endswith(_SIDES):
            found.append(token)
    return found


def _head_before(text: str, tokens: Sequence[Token], n: int, funds: Mapping[str, str]) -> Token | None:
    """The name right before a source of money that leads to a figure; a year may stand between."""
    start = tokens[n].start
    if not _BEFORE_FIGURE.match(text, tokens[n].end):
        return None
    for before in reversed(tokens[max(0, n - 2) : n]):
        if text[before.end : start] not in {"", "的"}:
            return None
        if before.kind == "year":
            start = before.start
            continue
        named = before.name is not None and text[before.start : before.end] not in funds
        return before if named and not text[before.start : before.end].endswith(_CONTAINERS) else None
    return None


def _arranged(text: str, tokens: Sequence[Token], n: int, funds: Mapping[str, str]) -> Token | None:
    """The name that a source of money is spent on: 财政拨款安排的X."""
    if n + 1 >= len(tokens) or tokens[n + 1].name is None or text[tokens[n + 1].start : tokens[n + 1].end] in funds:
        return None
    between = text[tokens[n].end : tokens[n + 1].start]
    return tokens[n + 1] if _ARRANGED.fullmatch(between) else None
