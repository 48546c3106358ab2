"""Whose account it is, of which year, and what kind of document (部门决算, 单位决算, 政府决算, 预算)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from jsextract.model.document import Table
from jsextract.model.settings import LAYOUT
from jsextract.outline.headings import Outline
from jsextract.outline.title import (
    Title,
    is_foreign,
    is_press,
    read_title,
    told_by_text,
    without_account,
)
from jsextract.text.normal import squeeze
from jsextract.text.tokens import HAN, PART, YEAR, ordinal_level
from jsextract.vocabulary import FINAL_ACCOUNTS, Kind

_YEAR = rf"(?P<year>{YEAR})年?(?:度)?"
_YEARS, _FISCAL_YEARS = re.compile(rf"({YEAR})年"), re.compile(rf"({YEAR})年度")
_LABELLED = re.compile(
    r"(?:预算主管部门|主管部门|部门名称|单位名称|编制单位|公开部门|公开单位|填报单位|编报单位|部门|单位)："
    r"(?P<entity>[^：\s]{3,40})$"
)
_PART_OVERVIEW = re.compile(
    rf"^(?:{PART}|{HAN}+、)"
    r"(?P<entity>.{3,40}?)(?:的)?(?:单位|部门)?(?:概况|基本情况)$"
)
_PART_YEAR = re.compile(rf"(?:{PART})?(?P<entity>.{{0,40}}?){_YEAR}(?:部门|单位)?(?:决算|预算)")
_ACTOR = re.compile(
    rf"(?:^|[。；，])(?:截至.{{0,14}}，|纳入)?(?P<entity>[^，。；：、（）\d]{{3,40}}?){_YEAR}(?:部门|单位)?"
    r"(?:收入支出|收入总|财政拨款|无|没有|政府采购|决算|预算绩效)"
)
_INDEX = re.compile(r"(?:监督)?索引号：?\d*|公开时间：?[\d年月日]*|\d{15,}")
_GENERIC = re.compile(
    rf"（{HAN}|^(?:本|我|该)?(?:部门|单位|学校|学院|医院|机关|局|院|中心)?$"
    r"|^(?:部门|单位)(?:决算|预算)?$|[XxＸ×]{2}|^\d|^第|公开$"
)
_NAMES = "[^省市区县州旗盟\\s（）]"
_REGION = re.compile(
    rf"^(?:中共|中国共产党)?(?P<region>(?:{_NAMES}{{2,3}}省|{_NAMES}{{2,5}}自治区)?"
    rf"(?:{_NAMES}{{2,4}}市|{_NAMES}{{2,8}}自治州|{_NAMES}{{2,4}}(?:地区|盟))?"
    rf"(?:{_NAMES}{{1,8}}(?:区|县|旗|市))?)(?=[一-龥]{{2,}})"
)


class Identity(Struct, frozen=True):
    """What the document says that it is; blank and None where it does not say."""

    kind: str
    entity: str
    region: str
    year: int | None

    @property
    def is_final_account(self) -> bool:
        """Whether it is the final account of a department or unit (决算)."""
        return self.kind in FINAL_ACCOUNTS


def identify(outline: Outline, tables: Sequence[Table], *, standard_tables: int = 0) -> Identity:
    """Read kind, entity and year off title, contents, headings and table titles.

    The title speaks first; where it is silent, headings, the titles of tables and the first words of the text do. A
    document of which none says 决算 or 预算 is 其他.
    """
    lines = _title_lines(outline)
    words = "".join(lines)
    title = read_title(words)
    headings = [squeeze(p.heading) for p in outline.parts if ordinal_level(squeeze(p.heading)) <= 1]
    contents = [line.normal for line in outline.contents]
    titles = [squeeze(t.title) for t in tables]
    opening = _opening(outline)
    year = _fiscal_year(title, headings, contents, [*titles, words], outline)
    if standard_tables < LAYOUT.cover.tables:
        if is_foreign(lines) or is_press(opening):
            return Identity(Kind.OTHER, "", "", year)
        labelled = any(_LABELLED.search(line) for line in lines)
        if not labelled:
            from jsextract.outline import region  # few documents ask for its patterns

            if region.region_whole(lines, title, opening):
                budget = title is not None and title.account == "预算"
                whole = Kind.GOVERNMENT_BUDGET if budget else Kind.GOVERNMENT_ACCOUNT
                return _identity(whole, region.government_of(words), year)
    kind = _kind_of_document(words, title, [*headings, *contents], titles, standard_tables)
    if not kind and title and title.year:
        told = told_by_text(year, opening)
        kind = _kind_word(words, title.what, told) if told else ""
    if not kind:
        return Identity(Kind.OTHER, "", "", year)
    return _identity(kind, _first_entity(title, words, headings, contents, tables, outline), year)


def _identity(kind: str, entity: str, year: int | None) -> Identity:
    """An identity with the region that the entity's name begins with."""
    return Identity(kind, entity, _region_of(entity), year)


def _title_lines(outline: Outline) -> list[str]:
    """The normal lines before the contents; without contents, only those of the first page."""
    lines = [line for line in outline.cover if line.text.strip()]
    if lines and not outline.contents:
        lines = [line for line in lines if line.page == lines[0].page][: LAYOUT.cover.page_lines]
    return [_INDEX.sub("", line.normal) for line in lines[: LAYOUT.cover.identity_lines]]


def _opening(outline: Outline) -> str:
    """The first words of the text."""
    texts = (squeeze(paragraph.text) for part in outline.parts for paragraph in part.paragraphs)
    return "".join(text for text, _ in zip(texts, range(6), strict=False))[: LAYOUT.cover.opening]


def _kind_of_document(
    words: str, title: Title | None, headings: Sequence[str], titles: Sequence[str], standard_tables: int
) -> str:
    """部门决算, 单位决算 or their budgets: by the title, else by most headings and titles; blank for neither."""
    if title and title.account:
        return _kind_word(words, title.what, title.account)
    votes: Counter[str] = Counter()
    for text in [*headings, *titles]:
        for word in re.findall(
            r"决算|(?<!公共)(?<!基金)(?<!经营)预算(?!财政拨款|绩效|单位|拨款|支出决算|支出|执行)", text
        ):
            votes[word] += 1
    if standard_tables >= LAYOUT.cover.tables:
        votes["决算"] += standard_tables
    if not votes:
        return ""
    what = "单位" if any("单位决算" in t or "单位预算" in t for t in headings) else "部门"
    return what + ("决算" if votes["决算"] >= votes["预算"] else "预算")


def _kind_word(words: str, what: str, account: str) -> str:
    """部门 or 单位 in front of 决算 or 预算."""
    return (what or ("单位" if "单位" in words and "部门" not in words else "部门")) + account


def _fiscal_year(
    title: Title | None, headings: Sequence[str], contents: Sequence[str], titles: Sequence[str], outline: Outline
) -> int | None:
    """The title's year, else the one that headings and titles name most, else that of the text."""
    if title and title.year:
        return title.year
    votes: Counter[int] = Counter()
    for text in [*headings, *contents, *titles]:
        votes.update(int(y) for y in _YEARS.findall(text))
    texts = [squeeze(paragraph.text) for part in outline.parts for paragraph in part.paragraphs]
    for pattern in (_FISCAL_YEARS, _YEARS):
        if not votes:
            votes.update(int(y) for text in texts for y in pattern.findall(text))
    # of years named equally often the later one: the earlier is what it is compared with
    return max(votes, key=lambda y: (votes[y], y)) if votes else None


def _entity_candidates(
    title: Title | None,
    cover: str,
    headings: Sequence[str],
    contents: Sequence[str],
    tables: Sequence[Table],
    outline: Outline,
) -> Iterable[str]:
    """What may be the entity's name, the most telling places first."""
    labelled = _LABELLED.search(cover)
    if labelled:
        yield labelled["entity"]
    if title:
        yield title.before
        yield title.after
    for line in outline.cover:
        found = _LABELLED.search(line.normal)
        if found:
            yield found["entity"]
    for text in [*headings, *contents]:
        for pattern in (_PART_OVERVIEW, _PART_YEAR):
            found = pattern.match(text)
            if found:
                yield found["entity"]
    for table in tables:
        for above in table.above:
            found = _LABELLED.search(squeeze(above))
            if found:
                yield found["entity"]
    actors: Counter[str] = Counter()
    for part in outline.parts:
        for paragraph in part.paragraphs:
            actors.update(m["entity"] for m in _ACTOR.finditer(squeeze(paragraph.text)))
    yield from (name for name, _ in actors.most_common())


def _first_entity(*where: object) -> str:
    """The first candidate that is a name once the words around it are gone; blank where none is."""
    for name in _entity_candidates(*where):  # type: ignore[arg-type]
        cleaned = without_account(name)
        if len(cleaned) >= 3 and not _GENERIC.search(cleaned):
            return cleaned
    return ""


def _region_of(entity: str) -> str:
    """The province, city and county that a name begins with; blank where it begins with none."""
    match = _REGION.match(entity)
    return match["region"] if match and "城市" not in match["region"] else ""
