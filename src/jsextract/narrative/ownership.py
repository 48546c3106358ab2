"""Whose a figure is (归属): a clause with words of its own is about these words, or about nobody.

Rules that name nothing themselves take their subject from what was said before. Before that, what stands between the
last boundary and the clause is looked at: words that no rule accounts for are a name, or a reason not to inherit.
"""

from __future__ import annotations

import functools

import regex
from msgspec import Struct

from jsextract.rules.lexicon import Lexicon
from jsextract.rules.tokenize import FIRST_ITEM, LAST_ITEM, MONEY, NUMBER, TIMEOUT
from jsextract.text.tokens import HAN

ENTRY_MARK = rf"(?:{NUMBER}[、.．]|（(?:{HAN}|{NUMBER}){{1,3}}）|{HAN}{{1,3}}、|{HAN}是)"
"""What numbers an entry: 1. （一） 一、 一是, over coded text, where ① is a figure by itself."""
_BOUNDARY = regex.compile(rf"[。；]|(?<=^|[，。；：]){ENTRY_MARK}|(?<=^|[。；：]){NUMBER}(?=\p{{Han}})")
_MARKED = regex.compile(ENTRY_MARK)
_FIGURE = regex.compile(r"[\ue002\ue004\ue010-\ue017]")
_HEADING = regex.compile(r"[^，。；：\ue000-\ue0ff]{2,30}")
_PHRASES, _HEADS = regex.compile(r"[，：、]"), regex.compile(r"[，：。]")
_ASIDE = regex.compile(r"（[^（）]*）")
_SIDE = (
    r"(?P<whole>(?:[\ue005]|本年|总|决算|各项|全年)*)(?P<side>收入|支出)"
    r"(?:总体|决算|合计|总计)?(?:上?年|年度)?(?:比|较|同)?(?:上年)?"
)
_TOGETHER = regex.compile(r"(?:合计|共计)(?:比|较|与)?$")
_NO_NAME = regex.compile(rf"作了|进行|开展|实施了|[\ue000-\ue0ff{FIRST_ITEM}-{LAST_ITEM}]")
"""What makes a phrase a sentence, or holds another name or a figure, and is no name itself."""
_QUALIFIER = 8
"""Characters that words may have that make a known name another one."""
_LONGEST = 40
"""Characters that a name may have."""


class OwnWords(Struct, frozen=True):
    """What a clause says of its own subject.

    Attributes:
        name: the words that it is about; blank where they are no name.
        side: 收入 or 支出, where the clause is about one side of what was told before.
        whole: whether it is about all of that side.
    """

    name: str = ""
    side: str = ""
    whole: bool = False


@functools.lru_cache(maxsize=64)
def _compiled(source: str) -> regex.Pattern[str]:
    return regex.compile(source)


def slot_pattern(lexicon: Lexicon, slot: str) -> regex.Pattern[str]:
    """The compiled pattern of a slot of the lexicon, over coded text."""
    return _compiled(lexicon.slots[slot])


def own_words(gap: str, lexicon: Lexicon, entity: str = "", *, opening: bool = False) -> OwnWords | None:
    """The words between the last boundary and a clause that nobody accounts for; None where there are none.

    Args:
        gap: coded text from the end of the last clause to the one that names nothing itself.
        lexicon: its slots `accounted`, `adverbial` and `name_ending` tell words from names.
        entity: the account's own name (normal form), which names no item.
        opening: whether the gap begins a paragraph.
    """
    tail, headed = _since_boundary(gap, opening=opening)
    tail = _ASIDE.sub("", tail).lstrip("）").rpartition("（")[2]
    if MONEY in tail:
        return None  # an amount of something else stands between; who looks at amounts has seen it
    phrases = [without_entity(phrase, entity) for phrase in _PHRASES.split(tail)]
    touching, before = phrases[-1], [phrase for phrase in phrases[:-1] if not accounted(phrase, lexicon)]
    side = _compiled(_SIDE).fullmatch(touching)
    if side:
        return OwnWords(side=side["side"], whole=bool(side["whole"]) or headed)
    if _TOGETHER.search(touching):
        return OwnWords()  # 合计比年初预算增加: of several things together
    if not accounted(touching, lexicon):
        return None if _is_adverbial(touching, lexicon) else OwnWords(_name(touching, lexicon))
    if not before or _is_adverbial(before[-1], lexicon):
        return None
    named = _KNOWN.search(before[-1])
    if named and not (headed and _MARKED.match(gap)):
        return None
    if named or _FIGURE.search(before[-1]):
        return OwnWords()  # 外宾1批次、3人次; 出院人次63067，同比增加: it is of what the figure before is
    name = _name(before[-1], lexicon, sure=headed and len(before) == 1)
    return OwnWords(name) if name else None


def known_name(gap: str, lexicon: Lexicon) -> int | None:
    """Where a name that is known heads the words before a clause that names nothing (2.档案馆：年初预算…).

    None where there is none, or several in one phrase: then the words do not tell which.

    Args:
        gap: as of `own_words`.
        lexicon: its slot `leading` tells what may stand before a name.
    """
    bounds = list(_BOUNDARY.finditer(gap, timeout=TIMEOUT))
    start = bounds[-1].end() if bounds else 0
    if start == len(gap) and len(bounds) > 1:
        start = bounds[-2].end()
    tail = gap[start:]
    tail = _ASIDE.sub(lambda aside: "，" * len(aside[0]), tail)
    if MONEY in tail or "（" in tail:
        return None
    at, found = start, None
    for phrase in _HEADS.split(tail):
        names = list(_KNOWN.finditer(phrase))
        if names:
            before = slot_pattern(lexicon, "leading").sub("", phrase[: names[0].start()])
            found = at + names[0].start() if len(names) == 1 and not before else None
        at += len(phrase) + 1
    return found


_KNOWN = regex.compile(f"[{FIRST_ITEM}-{LAST_ITEM}]")


def _since_boundary(gap: str, *, opening: bool) -> tuple[str, bool]:
    """What stands after the last full stop, semicolon or entry's number, and whether that begins a clause.

    Where an entry's own words are a sentence of their own (2.X。年初预算…), they are what it is about.
    """
    bounds = list(_BOUNDARY.finditer(gap, timeout=TIMEOUT))
    if not bounds:
        return gap, opening
    last = bounds[-1]
    head = bounds[-2].end() if len(bounds) > 1 else 0
    if last[0] == "。" and last.end() == len(gap) and (len(bounds) > 1 or opening):
        words = gap[head : last.start()]
        if _HEADING.fullmatch(words):
            return f"{words}，", True
    return gap[last.end() :], True


def without_entity(phrase: str, entity: str) -> str:
    """A phrase without the account's own name, or the end of it (区水务局), at its beginning.

    Args:
        phrase: words in normal form.
        entity: the account's own name, in normal form; blank when unknown.
    """
    ends = (entity[at:] for at in range(max(0, len(entity) - 2)))
    return next((phrase.removeprefix(end) for end in ends if phrase.startswith(end)), phrase)


def qualifier(before: str, lexicon: Lexicon, entity: str = "") -> str:
    """The words right before a known name that make it another one (科研|事业收入); blank where they do not.

    Args:
        before: the Chinese characters that touch the name from the left.
        lexicon: its slots tell the words that may stand there and leave the name as it is (主要原因是, 本单位).
        entity: the account's own name.
    """
    told = slot_pattern(lexicon, "reason_opening").sub("", without_entity(before, entity))
    words = slot_pattern(lexicon, "leading").sub("", told)
    if not 2 <= len(words) <= _QUALIFIER or accounted(words, lexicon) or _is_adverbial(words, lexicon):
        return ""
    return "" if slot_pattern(lexicon, "before_name").search(words) else words


def without_leading(words: str, lexicon: Lexicon) -> str:
    """Words without what may stand before a name (用于, 其中), unless nothing else is left."""
    return slot_pattern(lexicon, "leading").sub("", words) or words


def is_no_name(words: str, lexicon: Lexicon) -> bool:
    """Whether words name nothing by themselves: 两项合计, 其余, 差额, 年末."""
    return slot_pattern(lexicon, "no_name").fullmatch(words) is not None


def accounted(phrase: str, lexicon: Lexicon) -> bool:
    """Whether words between names and figures belong to the form of a sentence (coded text)."""
    return slot_pattern(lexicon, "accounted").fullmatch(phrase) is not None


def _is_adverbial(phrase: str, lexicon: Lexicon) -> bool:
    return slot_pattern(lexicon, "adverbial").match(phrase) is not None


def _name(phrase: str, lexicon: Lexicon, *, sure: bool = False) -> str:
    """The phrase as a name, without the qualifiers around it; blank where its form is none.

    Args:
        phrase: between two commas.
        lexicon: tells how names end.
        sure: whether its place alone makes it a name, as the head of an entry does.
    """
    bare = slot_pattern(lexicon, "leading").sub("", phrase)
    bare = slot_pattern(lexicon, "trailing").sub("", bare)
    if not 2 <= len(bare) <= _LONGEST or _NO_NAME.search(bare):
        return ""
    return bare if sure or slot_pattern(lexicon, "name_ending").search(bare) else ""
