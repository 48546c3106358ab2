"""The name of the body whose account a document is (单位名称)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from jsextract.model.document import Table
from jsextract.model.settings import LAYOUT
from jsextract.outline.headings import Outline
from jsextract.outline.title import Title, without_account
from jsextract.text.amounts import UNKNOWN
from jsextract.text.normal import squeeze
from jsextract.text.tokens import HAN, PART, YEAR

_YEAR = rf"(?P<year>{YEAR})年?(?:度)?"
LABELLED = re.compile(
    r"(?:预算主管部门|主管部门|部门名称|单位名称|编制单位|公开部门|公开单位|填报单位|编报单位|部门|单位)："
    r"(?P<entity>(?![万亿千百]?元)[^：\s]{3,40})$"
)
"""A line that says whose it is."""
# A line of the title that is a body's name and nothing else.
_BODY = re.compile(
    r"[一-龥（）]{2,40}(?:[局委办厅院校站所会队馆处社台厂庭]|中心|幼儿园|[小中大]学|办公室|街道|公司|集团|人民政府|监狱|支队)"
)
_IN_BRACKETS = re.compile(r"（(?P<name>[^（）]{3,40})）$")
_PART_OVERVIEW = re.compile(
    rf"^(?:{PART}|{HAN}+、)"
    r"(?P<entity>.{3,40}?)(?:的)?(?:单位|部门)?(?:概况|基本情况)$"
)
_PART_YEAR = re.compile(rf"(?:{PART})?(?P<entity>.{{0,40}}?){_YEAR}(?:部门|单位)?(?:决算|预算)")
_ACTOR = re.compile(
    rf"(?:^|[。；，])(?:截至.{{0,14}}，|纳入)?(?P<entity>[^，。；：、（）\d]{{3,40}}?){_YEAR}(?:部门|单位)?"
    r"(?:收入支出|收入总|财政拨款|无|没有|政府采购|决算|预算绩效)"
)
_GENERIC = re.compile(
    rf"（{HAN}|^(?:[我该]|本(?!溪))|^(?:部门|单位|学校|学院|医院|机关|局|院|中心)?$"
    r"|^(?:部门|单位)(?:决算|预算)?$|[XxＸ×]{2}|^\d|^第(?!.{1,3}师)|公开$"
)


def entity_of(
    named: Sequence[Title], cover: str, headings: Sequence[str], tables: Sequence[Table], outline: Outline
) -> str:
    """The first candidate that is a name once the words around it are gone; blank where none is.

    Args:
        named: titles, the most telling first.
        cover: the normal words of the title's lines.
        headings: in normal form, those of the contents among them.
        tables: above which a body may be named.
        outline: of the text, whose sentences may name who acts.
    """
    return next(filter(None, map(plain_name, _candidates(named, cover, headings, tables, outline))), "")


def plain_name(words: str) -> str:
    """The name of a body without the words of an account around it; blank where none is left, or is legible."""
    cleaned = without_account(words)
    return cleaned if len(cleaned) >= 3 and UNKNOWN not in cleaned and not _GENERIC.search(cleaned) else ""


def _candidates(
    named: Sequence[Title], cover: str, headings: Sequence[str], tables: Sequence[Table], outline: Outline
) -> Iterable[str]:
    """What may be the name, the most telling places first."""
    lines = [line.normal for line in outline.cover]
    yield from _labelled([*lines[: LAYOUT.cover.identity_lines], cover])
    for title in named:
        yield title.before
        yield title.after
    yield from _labelled(lines)
    yield from filter(_BODY.fullmatch, lines)
    yield from filter(_BODY.fullmatch, (found["name"] for found in map(_IN_BRACKETS.search, lines) if found))
    for text in headings:
        for found in (_PART_OVERVIEW.match(text), _PART_YEAR.match(text)):
            if found:
                yield found["entity"]
    yield from _labelled(squeeze(above) for table in tables for above in table.above)
    actors: Counter[str] = Counter()
    for part in outline.parts:
        for paragraph in part.paragraphs:
            actors.update(m["entity"] for m in _ACTOR.finditer(squeeze(paragraph.text)))
    yield from (name for name, _ in actors.most_common())


def _labelled(lines: Iterable[str]) -> Iterable[str]:
    """The names that follow 单位名称： and the like."""
    for line in lines:
        found = LABELLED.search(line)
        if found:
            yield found["entity"]
