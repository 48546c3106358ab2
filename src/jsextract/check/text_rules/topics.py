"""Statements that there is none (无…) under a heading about something else (张冠李戴)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from jsextract.check.text_rules.finding import Finding, quoted
from jsextract.check.text_rules.passages import Passage, Printed, last_heading
from jsextract.language.phrase import phrase
from jsextract.rules.wordings import Wording
from jsextract.text.normal import squeeze
from jsextract.vocabulary import SectionKind


def wrong_topics(printed: Printed) -> Iterator[Finding]:
    """Sections and tables whose statement is about another topic, and that say nothing of their own."""
    known = {wording.topic: wording for wording in printed.rules.wordings.topics}
    sections: dict[str, list[Passage]] = {}
    for passage in printed.passages:
        own = passage.topic if passage.place == "text" else printed.topic_of(passage.topic)
        if passage.place in {"text", "note"} and own in known and passage.kind != SectionKind.GLOSSARY:
            sections.setdefault(f"{own} {passage.section}", []).append(passage)
    for key, passages in sections.items():
        yield from _judge(known, key.split(" ", 1)[0], passages)


def _judge(known: dict[str, Wording], own: str, passages: list[Passage]) -> Iterator[Finding]:
    heading = squeeze(passages[0].section)
    if any(regex.search(known[own].words, passage.text) for passage in passages):
        return  # it speaks of its own topic too
    for passage in passages:
        for topic, wording in known.items():
            found = wording.search(passage.text)
            if topic == own or found is None or regex.search(wording.words, heading):
                continue
            quote = passage.quote(*passage.sentence(*found.span()))
            where = last_heading(passage.section)
            yield Finding(
                item=where, stated=quote, computed=known[own].name, pages=(passage.page_of(*found.span()),),
                message=phrase(
                    "{quote} speaks of {said}, under {where}, which is about {own}.",
                    quote=quoted(quote), said=wording.name, where=quoted(where), own=known[own].name,
                ),
            )  # fmt: skip
            return
