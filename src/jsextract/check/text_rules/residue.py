"""Words of the template that were left in (模板残留), and slips of form (标点、单位)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from jsextract.check.text_rules.finding import Finding, quoted
from jsextract.check.text_rules.passages import Passage, Printed, last_heading, place_name
from jsextract.language.phrase import Phrase, phrase
from jsextract.text.tokens import CIRCLED, HAN
from jsextract.vocabulary import CheckStatus, SectionKind, Severity

_CLAUSE = "，。；：、"
_NARRATIVE = frozenset({SectionKind.NARRATIVE, SectionKind.OTHER})
_ITEM_NUMBER = regex.compile(rf"(?<![（\d.一二三四五六七八九十])(?:\d{{1,2}}|{HAN}{{1,2}}|{CIRCLED})）")


def residue(printed: Printed) -> Iterator[Finding]:
    """Instructions and placeholders of a template; each passage once for each wording."""
    for passage in printed.passages:
        if passage.place == "contents":
            continue
        for wording in printed.rules.wordings.residue:
            found = wording.search(passage.text)
            if found is None:
                continue
            page = passage.page_of(*found.span())
            quote = passage.quote(*_clause(passage.text, *found.span()))
            where = last_heading(passage.section) or passage.place
            yield Finding(
                item=where, stated=quote, pages=(page,), severity=Severity.WARNING,
                message=phrase(
                    "{quote} ({where}): {what}.", quote=quoted(quote), where=place_name(where), what=wording.what,
                ),
            )  # fmt: skip


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The match, out to the next punctuation when it is short."""
    if end - start >= 12:
        return start, end
    left = max(text.rfind(mark, 0, start) for mark in _CLAUSE) + 1
    rights = [at for mark in _CLAUSE if (at := text.find(mark, end)) >= 0]
    return left, min(rights, default=len(text))


def punctuation(printed: Printed) -> Iterator[Finding]:
    """Doubled or missing marks and units: slips of form, no figure is wrong for them.

    Marks of units are looked for in the narrative alone, doubled stops in the overview and the glossary too.
    """
    for passage in printed.texts():
        if passage.kind == SectionKind.ATTACHMENT:
            continue
        for wording in printed.rules.wordings.punctuation:
            if passage.kind not in _NARRATIVE and wording.role != "everywhere":
                continue
            if wording.topics and passage.topic not in wording.topics:
                continue
            text = "".join(passage.normal.raw.split()) if wording.raw else passage.text
            found = wording.search(text)
            if found:
                a, b = max(0, found.start() - 16), min(len(text), found.end() + 6)
                quote = text[a:b] if wording.raw else passage.quote(a, b)
                # a raw text has no way back to the page of its characters
                page = passage.page if wording.raw else passage.page_of(*found.span())
                yield _slip(passage, quote, wording.what, page)
    yield from _unended(printed)
    yield from _unbalanced(printed)


def _unended(printed: Printed) -> Iterator[Finding]:
    """Sections whose last paragraph ends with ； or ， as if something followed."""
    for part in printed.outline.parts:
        if part.kind != SectionKind.NARRATIVE or not part.paragraphs:
            continue
        last = part.paragraphs[-1]
        text = "".join(last.text.split())
        if text.endswith(("；", "，", "、", ";", ",")):
            passage = next(p for p in reversed(printed.passages) if p.paragraph is last)
            yield _slip(passage, text[-24:], phrase("the end of a section without a full stop"), last.last_page)


def _unbalanced(printed: Printed) -> Iterator[Finding]:
    """Brackets that are opened and never closed, or the other way round, in a paragraph and in its whole section."""
    sections: dict[str, list[Passage]] = {}
    for passage in printed.texts():
        if passage.kind in _NARRATIVE:
            sections.setdefault(passage.section, []).append(passage)
    for passages in sections.values():
        if _surplus("".join(passage.text for passage in passages)):
            for passage in passages:
                if _surplus(passage.text):
                    at = passage.text.rfind("（" if _surplus(passage.text) > 0 else "）")
                    quote = passage.quote(max(0, at - 12), min(len(passage.text), at + 12))
                    yield _slip(passage, quote, phrase("a bracket without its other half"), passage.page_of(at, at + 1))


def _surplus(text: str) -> int:
    """Opening brackets less closing ones; the half bracket of an item's number counts for nothing."""
    plain = _ITEM_NUMBER.sub("", text)
    return plain.count("（") - plain.count("）")


def _slip(passage: Passage, quote: str, what: Phrase, page: int) -> Finding:
    where = last_heading(passage.section)
    return Finding(
        item=where, stated=quote, pages=(page,), status=CheckStatus.MINOR, severity=Severity.INFO,
        message=phrase("{quote} ({where}): {what}.", quote=quoted(quote), where=where, what=what),
    )  # fmt: skip
