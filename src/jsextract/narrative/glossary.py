"""Glossary entries (名词解释): the term is what stands before the first colon."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from jsextract.model.report import Term
from jsextract.outline.flow import is_numbered
from jsextract.outline.headings import Part
from jsextract.text.tokens import CIRCLED, HAN_DOT, NUMERAL

_NUMBER = regex.compile(rf"^\s*(?:[（(]\s*{NUMERAL}{{1,3}}\s*[）)]|{HAN_DOT}|\d{{1,2}}\s*[、．.]|{CIRCLED})\s*")
_ENTRY = regex.compile(r"^(?P<term>[^：:。；]{2,60})[：:]\s*(?P<definition>.+)$", regex.DOTALL)
_MEANS = regex.compile(
    r"^(?P<term>[^：:。；，]{2,40}?)(?P<definition>(?:是指|指的?是|，是指|，指|指).{4,})$", regex.DOTALL
)
_SPREAD = regex.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")


def read_glossary(part: Part) -> Iterator[Term]:
    """The terms of one section; a paragraph that begins no entry goes on with the one before."""
    open_term: Term | None = None
    for paragraph in part.paragraphs:
        text = paragraph.text.strip()
        bare = _NUMBER.sub("", text)
        numbered = is_numbered(text)
        entry = _ENTRY.match(bare) or (_MEANS.match(bare) if numbered else None)
        if entry and (
            numbered or open_term is None or bare[entry.start("definition") :].startswith(("指", "是指", "反映"))
        ):
            if open_term is not None:
                yield open_term
            open_term = Term(_clean(entry["term"]), _clean(entry["definition"]), paragraph.page)
        elif open_term is not None:
            open_term = Term(open_term.term, open_term.definition + _clean(text), open_term.page)
    if open_term is not None:
        yield open_term


def _clean(text: str) -> str:
    """Printed text without the spaces that only justify it, and without its outer quotation marks."""
    return _SPREAD.sub("", text.strip())
