"""Whose account it is, of which year, and what kind of document (部门决算, 单位决算, 预算)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from jsextract.model.document import Table
from jsextract.model.settings import LAYOUT
from jsextract.outline.headings import Outline
from jsextract.text.normal import squeeze
from jsextract.text.tokens import HAN, PART, YEAR, ordinal_level
from jsextract.vocabulary import FINAL_ACCOUNTS, Kind

_YEAR = rf"(?P<year>{YEAR})年?(?:度)?"
_YEARS, _FISCAL_YEARS = re.compile(rf"({YEAR})年"), re.compile(rf"({YEAR})年度")
_COVER = re.compile(
    rf"(?P<entity>[^。；：]{{0,45}}?){_YEAR}(?P<middle>[^。；：\d]{{0,40}}?)"
    r"(?P<what>部门|单位)?(?P<kind>决算|预算)"
)
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
    """Read kind, entity and year off cover, contents, headings and table titles.

    The cover speaks first; where it is silent, headings and titles do. A document of which none says 决算 or 预算 is
    其他.
    """
    cover = _cover_words(outline)
    headings = [squeeze(p.heading) for p in outline.parts if ordinal_level(squeeze(p.heading)) <= 1]
    contents = [line.normal for line in outline.contents]
    titles = [squeeze(t.title) for t in tables]
    kind = _kind_of_document(cover, [*headings, *contents], titles, standard_tables)
    year = _fiscal_year(cover, headings, contents, titles, outline)
    entity = "" if kind == Kind.OTHER else _first_entity(cover, headings, contents, tables, outline)
    return Identity(kind, entity, _region_of(entity), year)


def _cover_words(outline: Outline) -> str:
    """The lines before the contents, joined; without contents, only those of the first page."""
    lines = [line for line in outline.cover if line.text.strip()]
    if lines and not outline.contents:
        lines = [line for line in lines if line.page == lines[0].page][: LAYOUT.cover.page_lines]
    return "".join(_INDEX.sub("", line.normal) for line in lines[: LAYOUT.cover.identity_lines])


def _kind_of_document(cover: str, headings: Sequence[str], titles: Sequence[str], standard_tables: int) -> str:
    """部门决算, 单位决算, their budgets, or 其他: the cover's word, else that of most headings and titles."""
    match = _COVER.search(cover)
    if match:
        return (match["what"] or ("单位" if "单位" in cover and "部门" not in cover else "部门")) + match["kind"]
    votes: Counter[str] = Counter()
    for text in [*headings, *titles]:
        for word in re.findall(r"决算|预算(?!财政拨款|绩效|单位|拨款|支出决算|支出)", text):
            votes[word] += 1
    if standard_tables >= 2:
        votes["决算"] += standard_tables
    if not votes:
        return Kind.OTHER
    what = "单位" if any("单位决算" in t or "单位预算" in t for t in headings) else "部门"
    return what + ("决算" if votes["决算"] >= votes["预算"] else "预算")


def _fiscal_year(
    cover: str, headings: Sequence[str], contents: Sequence[str], titles: Sequence[str], outline: Outline
) -> int | None:
    """The cover's year, else the one that headings and titles name most, else that of the text."""
    match = _COVER.search(cover)
    if match:
        return int(match["year"])
    votes: Counter[int] = Counter()
    for text in [*headings, *contents, *titles, cover]:
        votes.update(int(y) for y in _YEARS.findall(text))
    if not votes:
        for part in outline.parts:
            for paragraph in part.paragraphs:
                votes.update(int(y) for y in _FISCAL_YEARS.findall(squeeze(paragraph.text)))
    # of years named equally often the later one: the earlier is what it is compared with
    return max(votes, key=lambda y: (votes[y], y)) if votes else None


def _entity_candidates(
    cover: str, headings: Sequence[str], contents: Sequence[str], tables: Sequence[Table], outline: Outline
) -> Iterable[str]:
    """What may be the entity's name, the most telling places first."""
    labelled = _LABELLED.search(cover)
    if labelled:
        yield labelled["entity"]
    match = _COVER.search(cover)
    if match:
        yield match["entity"]
        yield match["middle"]
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
        cleaned = re.sub(r"^(?:附件\d*：?|关于|公开|纳入)|(?:部门|单位)$", "", name).strip("：，、-—")
        if len(cleaned) >= 3 and not _GENERIC.search(cleaned):
            return cleaned
    return ""


def _region_of(entity: str) -> str:
    """The province, city and county that a name begins with; blank where it begins with none."""
    match = _REGION.match(entity)
    return match["region"] if match and "城市" not in match["region"] else ""
