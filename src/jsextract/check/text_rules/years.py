"""The document's year wherever it names itself (年度): headings, titles, 截至, 汇编, and what it is compared with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import regex
from msgspec import Struct

from jsextract.check.text_rules.finding import Finding, quoted
from jsextract.check.text_rules.passages import Passage, Printed, last_heading
from jsextract.language.phrase import Phrase, phrase
from jsextract.rules.wordings import Wording
from jsextract.text.normal import squeeze
from jsextract.vocabulary import CheckStatus, SectionKind, SectionTopic, Severity, Topic, is_standard

_QUOTED = regex.compile(r"《[^《》]*》")
# Why an account is compared with an earlier year than the last.
_MEANT = regex.compile(r"疫情|上年|去年|基期|基准|两年|近[二三]年|同口径|历年|年均")
_BLANK, _SHORTEST = "　", 4
_COMPARED = regex.compile(r"比较|相比|对比|较上年|同期")
_SKIPPED_KINDS = frozenset({SectionKind.GLOSSARY, SectionKind.ATTACHMENT})
_SECTIONS = frozenset({
    Topic.TOTALS, Topic.INCOME, Topic.EXPENDITURE, Topic.FUNCTION, Topic.THREE_PUBLIC, Topic.OPERATING,
    Topic.PROCUREMENT, Topic.ASSETS, Topic.FUND, Topic.STATE_CAPITAL, Topic.STAFFING, Topic.PERFORMANCE,
    SectionTopic.FISCAL_TOTALS, SectionTopic.FISCAL_BASIC,
})  # fmt: skip


class _Hit(Struct, frozen=True):
    """A year that words of the document put in a place of its own; `at` is where it stands."""

    wording: Wording
    passage: Passage
    year: int
    at: int
    start: int
    end: int

    @property
    def page(self) -> int:
        return self.passage.page_of(self.start, self.end)

    @property
    def sentence(self) -> str:
        return self.passage.text[slice(*self.passage.sentence(self.start, self.end))]


def stale_years(printed: Printed) -> Iterator[Finding]:
    """Statements that call this document, its closing date or its base of comparison by a year that is not its own."""
    own = printed.report.year
    if own is None:
        return
    hits = [hit for hit in _hits(printed) if hit.year != own or hit.wording.role == "base"]
    yield from _named(_once(hit for hit in hits if hit.wording.role == "own"), own)
    for hit in _once(hit for hit in hits if hit.wording.role != "own"):
        judge = _JUDGES.get(hit.wording.role)
        found = judge(hit, own, printed) if judge else None
        if found is not None:
            yield found


def _hits(printed: Printed) -> Iterator[_Hit]:
    for passage in printed.passages:
        standard = is_standard(passage.topic)
        if passage.kind in _SKIPPED_KINDS or (passage.place in {"title", "label"} and not standard):
            continue
        # what stands in 《》 is the name of something else, and the entity's own name may stand anywhere: both are
        # taken out, at the same offsets
        text = _without_own_name(_QUOTED.sub(_blanked, passage.text), printed.report.entity)
        for wording in printed.rules.wordings.years:
            if wording.places and passage.place not in wording.places:
                continue
            if wording.topics and passage.topic not in wording.topics:
                continue
            for found in wording.find(text):
                yield _Hit(wording, passage, int(found["year"]), found.start("year"), found.start(), found.end())


def _blanked(found: regex.Match[str]) -> str:
    return _BLANK * len(found[0])


def _without_own_name(text: str, entity: str) -> str:
    """The text with the entity's name between a year and what it is a year of blanked out: 2022年度X局收入支出总计."""
    name = squeeze(entity)
    if len(name) < _SHORTEST or name not in text:
        return text
    return regex.sub(rf"(?<=\d{{4}}年度?)(?:，)?{regex.escape(name)}(?:（[^（）]{{1,6}}）)?", _blanked, text)


def _once(hits: Iterable[_Hit]) -> list[_Hit]:
    """Hits without those that find a year which an earlier wording has found already."""
    return list({(id(hit.passage), hit.at): hit for hit in reversed(list(hits))}.values())[::-1]


def _named(hits: Iterable[_Hit], own: int) -> Iterator[Finding]:
    """Names of this document with another year: headings and titles together, sentences one by one."""
    titles: dict[int, list[_Hit]] = {}
    for hit in hits:
        if hit.passage.place == "text":
            quote = hit.passage.quote(hit.start, hit.end)
            message = phrase("{quote} calls this account by {year}; it is of {own}.", **_values(hit, own, quote))
            yield _finding(hit, own, quote, message)
        elif str(own) not in hit.passage.text and not _COMPARED.search(hit.passage.text):
            titles.setdefault(hit.year, []).append(hit)
    for year, found in sorted(titles.items()):
        first = found[0]
        quote = first.passage.quote(0, len(first.passage.text))
        values = {"number": len(found), "quote": quoted(quote), "year": year, "own": own}
        yield Finding(
            item=quote, stated=str(year), computed=str(own), pages=tuple(hit.page for hit in found),
            message=phrase("{number} headings name {year}, as {quote}; the account is of {own}.", **values)
            if len(found) > 1
            else phrase("The heading {quote} names {year}; the account is of {own}.", **values),
        )  # fmt: skip


def _section(hit: _Hit, own: int, printed: Printed) -> Finding | None:
    """A sentence about this year's figures that names another year, where none says the same of this year."""
    if hit.passage.topic not in _SECTIONS or hit.passage.kind == SectionKind.OVERVIEW or str(own) in hit.sentence:
        return None
    if hit.year == own + 1 and _is_planned(hit, own):
        return None
    subject = hit.passage.text[hit.at + 4 : hit.end].removeprefix("年").removeprefix("度")
    here = [passage.text for passage in printed.texts() if passage.section == hit.passage.section]
    same = rf"{own}年?度?[^。；，]{{0,30}}{regex.escape(subject)}(?:支出|收入|决算|数|为|共|计|总)*\d"
    if any(regex.search(same, text) for text in here):
        return None
    quote = hit.passage.quote(hit.start, hit.end)
    return _finding(hit, own, quote, _speaks(hit, own, quote))


def _clause(hit: _Hit, own: int, printed: Printed) -> Finding | None:
    """A clause about this year's figures that names an earlier year."""
    if hit.year > own:
        return None
    quote = hit.passage.quote(hit.start, hit.end)
    return _finding(hit, own, quote, _speaks(hit, own, quote), severity=Severity.WARNING)


def _speaks(hit: _Hit, own: int, quote: str) -> Phrase:
    return phrase("{quote} speaks of {year}; the account is of {own}.", **_values(hit, own, quote))


def _values(hit: _Hit, own: int, quote: str) -> dict[str, object]:
    """What the sentences about one hit have in common."""
    return {"quote": quoted(quote), "year": hit.year, "own": own, "last": own - 1}


def _close(hit: _Hit, own: int, printed: Printed) -> Finding | None:
    """截至 the end of another year, in a sentence that does not name this one."""
    if hit.passage.topic not in _SECTIONS or str(own) in hit.sentence or hit.passage.topic == Topic.PERFORMANCE:
        return None
    quote = hit.passage.quote(hit.start, hit.end)
    message = phrase("{quote} closes {year}; the account is of {own}.", **_values(hit, own, quote))
    return _finding(hit, own, quote, message)


def _base(hit: _Hit, own: int, printed: Printed) -> Finding | None:
    """A comparison with the document's own year, a later one, or the year before the last."""
    sentence = hit.sentence
    if hit.passage.topic not in _SECTIONS - {Topic.PERFORMANCE, Topic.STAFFING}:
        return None
    if hit.year < own - 2 or hit.year == own - 1 or (hit.year == own - 2 and not _is_slip(sentence, own)):
        return None
    if hit.year == own and _is_planned(hit, own):
        return None
    quote = hit.passage.quote(hit.start, hit.end)
    values = _values(hit, own, quote)
    message = (
        phrase("{quote} compares {own} with itself.", **values)
        if hit.year == own
        else phrase("{quote} compares {own} with {year}, not with {last}.", **values)
    )
    severity = Severity.ERROR if hit.year >= own else Severity.WARNING
    return _finding(hit, own, quote, message, severity=severity)


def _is_planned(hit: _Hit, own: int) -> bool:
    """Whether a sentence, or the heading above it, tells of the next year's budget."""
    planned = rf"{own + 1}年[^。；]{{0,30}}预算"
    return any(regex.search(planned, squeeze(words)) for words in (hit.sentence, last_heading(hit.passage.section)))


def _is_slip(sentence: str, own: int) -> bool:
    """Whether the year before the last stands for the last one: neither that nor why it should be is said there."""
    return str(own - 1) not in sentence and not _MEANT.search(sentence)


def _budget(hit: _Hit, own: int, printed: Printed) -> Finding | None:
    """Last year's budget, where the section names none of this year: maybe meant so."""
    if hit.year != own - 1 or _COMPARED.search(hit.sentence):
        return None
    here = "".join(passage.text for passage in printed.texts() if passage.section == hit.passage.section)
    if regex.search(rf"{own}年度?(?:部门|单位|年初)?预算|年初预算|全年预算|预算数", here):
        return None
    quote = hit.passage.quote(*hit.passage.sentence(hit.start, hit.end))
    message = phrase("{quote} gives a budget of {year}, the section none of {own}.", **_values(hit, own, quote))
    return _finding(hit, own, quote, message, status=CheckStatus.MINOR, severity=Severity.INFO)


_JUDGES: dict[str, Callable[[_Hit, int, Printed], Finding | None]] = {
    "section": _section, "clause": _clause, "close": _close, "base": _base, "budget": _budget,
}  # fmt: skip


def _finding(
    hit: _Hit, own: int, quote: str, message: Phrase, *, status: str = CheckStatus.FAIL, severity: str = Severity.ERROR
) -> Finding:
    return Finding(
        item=last_heading(hit.passage.section), stated=quote, computed=str(own), pages=(hit.page,), message=message,
        status=status, severity=severity,
    )  # fmt: skip
