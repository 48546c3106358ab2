"""Standard tables that the contents, or the list in the tables' part, announce by their titles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from jsextract.outline.headings import Outline
from jsextract.rules.table_definitions import TableDef, bare_title
from jsextract.text.normal import squeeze
from jsextract.vocabulary import SectionKind

_LEADERS = regex.compile(r"[.…·・_]*\d{0,3}$")
_ENDS = regex.compile(r"表(?:（[^（）]*）)?$")


def announced_tables(outline: Outline, definitions: Sequence[TableDef]) -> Iterator[tuple[str, str, int]]:
    """(T1..T9, the line, its page) for each line of the contents, then of the tables' part, that is a title."""
    lines = [(line.text, line.page) for line in outline.contents]
    lines += [(part.heading, part.page) for part in outline.parts if part.kind == SectionKind.TABLES and part.level > 1]
    for text, page in lines:
        title = bare_title(_LEADERS.sub("", squeeze(text)))
        if not _ENDS.search(title):
            continue
        found = [definition for definition in definitions if definition.reads_title(title)]
        if found:
            yield max(found, key=lambda definition: len(definition.name)).id, text, page
