"""Whose account it is, of which year, and what kind of document (部门决算, 单位决算, 政府决算, 预算)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from jsextract.model.document import Table
from jsextract.model.settings import LAYOUT
from jsextract.outline.entity import LABELLED, entity_of
from jsextract.outline.headings import Outline
from jsextract.outline.path_names import PathNames
from jsextract.outline.places import place_of
from jsextract.outline.site_lines import account_lines
from jsextract.outline.title import (
    Title,
    announced,
    is_foreign,
    is_press,
    read_title,
    told_by_items,
    told_by_text,
)
from jsextract.text.normal import squeeze
from jsextract.text.tokens import YEAR, ordinal_level
from jsextract.vocabulary import FINAL_ACCOUNTS, Flag, Kind

_YEARS, _FISCAL_YEARS = re.compile(rf"({YEAR})年"), re.compile(rf"({YEAR})年度")
_INDEX = re.compile(r"(?:监督)?索引号：?\d*|公开时间：?[\d年月日]*|\d{15,}")


class Identity(Struct, frozen=True):
    """What the document says that it is; blank and None where it does not say.

    Attributes:
        flags: of the document, how some of it was told otherwise than by the document's own words.
    """

    kind: str
    entity: str
    region: str
    year: int | None
    flags: tuple[str, ...] = ()

    @property
    def is_final_account(self) -> bool:
        """Whether it is the final account of a department or unit (决算)."""
        return self.kind in FINAL_ACCOUNTS


def identify(outline: Outline, tables: Sequence[Table], *, standard_tables: int = 0) -> Identity:
    """Read kind, entity and year off title, contents, headings and table titles.

    The title speaks first; where it is silent, headings, the titles of tables and the first words of the text do. A
    document of which none says 决算 or 预算 is 其他.
    """
    outline = replace(outline, cover=account_lines(outline.cover))
    lines = _title_lines(outline)
    words = "".join(lines)
    opening = _opening(outline)
    titled = read_title(words)
    said = announced(opening)
    title = titled or read_title(said)
    headings = [squeeze(p.heading) for p in outline.parts if ordinal_level(squeeze(p.heading)) <= 1]
    contents = [line.normal for line in outline.contents]
    titles = [squeeze(t.title) for t in tables]
    year = _fiscal_year(title, headings, contents, [*titles, words], outline)
    if standard_tables < LAYOUT.cover.tables:
        if is_foreign(lines) or is_press(opening):
            return Identity(Kind.OTHER, "", "", year)
        labels = [found["entity"] for found in map(LABELLED.search, lines) if found]
        if all(re.search("财政[局厅部]$", label) for label in labels):
            from jsextract.outline import region  # few documents ask for its patterns

            if region.region_whole(lines if titled else [said], title, opening):
                budget = title is not None and title.account == "预算"
                whole = Kind.GOVERNMENT_BUDGET if budget else Kind.GOVERNMENT_ACCOUNT
                return _identity(whole, region.government_of(words if titled else said), year)
    told = told_by_text(title.year, opening) if title else told_by_items(opening)
    kind = _kind_of_document(words, title, [*headings, *contents], titles, standard_tables, told)
    if not kind:
        return Identity(Kind.OTHER, "", "", year)
    named = [each for each in (title, read_title(said)) if each]
    return _identity(kind, entity_of(named, words, [*headings, *contents], tables, outline), year)


def with_path(identity: Identity, told: PathNames) -> Identity:
    """What a final account leaves open of itself, as the names of its file and folder say it.

    Args:
        identity: what the document says.
        told: what the names say.
    """
    if not identity.is_final_account or (identity.entity and identity.year):
        return identity
    silent = not identity.entity and identity.year is None
    kind = f"{told.what}决算" if silent and told.what else identity.kind
    found = _identity(kind, identity.entity or told.entity, identity.year or told.year)
    if (found.entity, found.year) == (identity.entity, identity.year):
        return identity
    return replace(found, flags=(*identity.flags, Flag.NAMED_BY_PATH))


def _identity(kind: str, entity: str, year: int | None) -> Identity:
    """An identity with the region that the entity's name begins with."""
    return Identity(kind, entity, place_of(entity), year)


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
    words: str, title: Title | None, headings: Sequence[str], titles: Sequence[str], standard_tables: int, told: str
) -> str:
    """部门决算, 单位决算 or their budgets, blank for neither.

    The title says it, or where it tells of spending alone the text does (`told`); else most headings and titles of
    tables, and the text last.
    """
    account = (title.account or told) if title else ""
    if title and account:
        return _kind_word(words, title.what, account)
    votes: Counter[str] = Counter()
    for text in [*headings, *titles]:
        for word in re.findall(
            r"决算|(?<!公共)(?<!基金)(?<!经营)(?<!年初)预算(?!财政拨款|绩效|单位|拨款|支出决算|支出|执行)", text
        ):
            votes[word] += 1
    if standard_tables >= LAYOUT.cover.tables:
        votes["决算"] += standard_tables
    if not votes:
        return _kind_word(words, "", told) if told else ""
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
