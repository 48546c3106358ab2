"""Kinds that a sentence lists under what they are kinds of (其中：…), whatever they are called (分类合计)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from jsextract.check.figure import Figure
from jsextract.check.text import Statement, Text
from jsextract.text.amounts import parse_number
from jsextract.text.normal import squeeze

_OPENED = regex.compile(r"[，；：、（]?其中[：，]?")
_INNER = regex.compile(r"（[^（）]*）(?!以上|以下|领导|级|的?[通专]用|管理|套)")
_KIND = regex.compile(
    r"(?P<name>[^，；。：、\d]{2,30}?(?:\d+万?元[^，；。：、\d]{2,20})?)(?:为|有|共|计|约)?"
    r"(?P<value>(?:\d{1,3}(?:，\d{3})+|\d+)(?:\.\d+)?)(?P<unit>台（套）|台/套|人次|万元|亿元|元|[人名辆台套个])"
)
# Words before which nothing can be a kind of what was stated.
_NO_KIND = regex.compile(r"占|增加|减少|增长|下降|比|较|同比|完成|预算|共有|合计|总计|总数|总额")
_STEP = regex.compile(r"[，、]?(?:以及|和|及|与)?")
_SAME_UNIT = {"名": "人", "台/套": "台（套）", "台": "台（套）", "套": "台（套）"}


def kinds(said: Statement, text: Text) -> list[Figure]:
    """The figures of the kinds that are listed right after a figure; none where its sentence lists none.

    A list ends where something else than a name with a figure of the same unit follows. One that goes on after ；
    counts as far as it adds up to the figure, else up to the first ；.
    """
    tail = _after(said)
    if tail is None:
        return []
    lists = list(_lists(tail, _unit(said.fact.unit)))
    found: list[tuple[str, str]] = []
    for part in lists:
        found += part
        if _added(found) == said.fact.value:
            return [_figure(said, text, *kind) for kind in found]
    return [_figure(said, text, *kind) for kind in (lists[0] if lists else ())]


def _after(said: Statement) -> str | None:
    """What the list says: the words after a figure and 其中, without asides; None where no list follows at once."""
    rest = squeeze(said.fact.sentence[said.fact.end :])
    rest = rest.removeprefix(squeeze(said.fact.unit))
    opened = _OPENED.match(rest)
    if opened is None:
        return None
    body = rest[opened.end() :]
    if opened[0].startswith("（"):
        body = _until_closed(body)
    return _INNER.sub("", body)


def _until_closed(body: str) -> str:
    depth = 1
    for at, char in enumerate(body):
        depth += (char == "（") - (char == "）")
        if not depth:
            return body[:at]
    return body


def _lists(body: str, unit: str) -> Iterator[list[tuple[str, str]]]:
    """The kinds between one ； and the next, as (name, value as printed), as long as all are of the unit."""
    for part in regex.split(r"[；。]", body):
        found: list[tuple[str, str]] = []
        at = 0
        while kind := _KIND.match(part, at):
            if _unit(kind["unit"]) != unit or _NO_KIND.search(kind["name"]):
                break
            found.append((kind["name"], kind["value"]))
            at = _STEP.match(part, kind.end()).end()  # type: ignore[union-attr]
        if not found:
            return
        yield found
        if at < len(part):
            return


def _unit(unit: str) -> str:
    return _SAME_UNIT.get(squeeze(unit), squeeze(unit))


def _added(listed: Sequence[tuple[str, str]]) -> Decimal:
    return sum((parse_number(value) or Decimal(0) for _, value in listed), Decimal(0))


def _figure(said: Statement, text: Text, name: str, value: str) -> Figure:
    """The figure of a kind: that of its fact where there is one, else as it is printed."""
    number = parse_number(value)
    for later in text.numbers:
        fact = later.fact
        beside = fact.sentence == said.fact.sentence and fact.start > said.fact.start and fact.value == number
        if beside and fact.measure == said.fact.measure and squeeze(fact.sentence[: fact.start]).endswith(name):
            return text.figure(later)
    step = text.places.step("text", said.fact.unit, number or Decimal(0))
    return Figure(name, number, step, said.fact.unit, value, "", said.fact.page)
