"""Things that figures are about, and which of them are the two sides of one whole (主体，收支两方)."""

from __future__ import annotations

from msgspec import Struct

from jsextract.rules.lexicon import Name

_COUNT_KINDS = frozenset(["persons", "batches", "groups", "vehicles", "sets", "points", "pieces", "other"])


class Subject(Struct, frozen=True):
    """A thing that figures are about, with the words that named it.

    Attributes:
        special: what a short name means where it stands, as a part of something or right after something.
        misprint: whether the name was known although a character is wrong.
        free: whether the words stand in no list of names.
    """

    name: Name
    printed: str
    special: str = ""
    misprint: bool = False
    free: bool = False

    def item(self, kind: str, topic: str) -> str:
        """The canonical name for a value of `kind` (money, percent, a count…) in a section about `topic`."""
        name = self.name
        if name.as_printed:
            return self.printed
        if kind in _COUNT_KINDS:
            return name.count or name.item
        return self.special or name.within.get(topic, "").removeprefix("{parent}/") or name.money or name.item


def side_of(item: str) -> str:
    """收入 or 支出, where a name is of one side alone; blank for others."""
    sides = [side for side in SIDES if side in item]
    return sides[0] if len(sides) == 1 else ""


def other_side(item: str) -> str:
    """支出总计 of 收入总计; blank where a name has no counterpart that is as well defined."""
    return _MIRRORED.get(item, "")


_INCOMES = (
    "收入总计", "本年收入合计", "财政拨款收入总计", "政府性基金预算财政拨款收入",
    "国有资本经营预算财政拨款收入", "一般公共预算财政拨款收入",
)  # fmt: skip
_PAIRS = [(income, income.replace("收入", "支出")) for income in _INCOMES]
_MIRRORED = (
    dict(_PAIRS)
    | {outlay: income for income, outlay in _PAIRS}
    | {
        "财政拨款收入": "财政拨款支出总计",
        "财政拨款本年支出合计": "财政拨款收入",
    }
)
WHOLES = frozenset(name for pair in _PAIRS for name in pair) | {"财政拨款本年支出合计"}
"""All of one side of an account, or of one of its funds."""
SIDES = ("收入", "支出")
"""The short names of both sides of an account."""
_KINDS = tuple(
    map(
        frozenset,
        (
            ("基本支出", "项目支出", "经营支出", "上缴上级支出", "对附属单位补助支出"),
            ("财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"),
            ("人员经费", "公用经费"),
            ("因公出国（境）费", "公务用车购置及运行维护费", "公务接待费"),
        ),
    )
)


def beside(whole: Subject, other: Subject) -> bool:
    """Whether the other is no part of the whole but stands beside it: another kind, class or side (并列)."""
    names = {whole.name.item, other.name.item}
    if len(names) < 2:
        return False
    codes = {len(whole.name.code), len(other.name.code)}
    sides = {side_of(name) for name in names} == set(SIDES)
    return codes == {3} or (sides and names <= WHOLES) or any(names <= kinds for kinds in _KINDS)


NOBODY = Subject(Name("", ""), "")
"""What figures are about that several things share."""
