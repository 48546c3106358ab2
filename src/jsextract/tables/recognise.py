"""Which of the nine standard tables a table is: by the words of its title and header, never by its number."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from jsextract.rules.table_definitions import TableDef, bare_title
from jsextract.tables.header import Body, distinct, header_text
from jsextract.text.normal import squeeze

# So many tables must be known by their titles before one without a title is told by its words alone.
_COMPANY = 3


class TableClaim(Struct, frozen=True):
    """A table's claim to be one of the nine, the higher the better."""

    definition: TableDef
    score: float


class Words(Struct, frozen=True):
    """A table's title without its number, its header words, and all its words, squeezed."""

    title: str
    header: str
    all: str


def words_of(body: Body) -> Words:
    """The words by which a table is known."""
    everything = "".join(squeeze(c.text) for row in body.slots for c in distinct(row) if c.text)
    return Words(bare_title(body.table.title), squeeze(header_text(body)), everything)


def _claim_by_title(words: Words, definition: TableDef) -> TableClaim | None:
    """A table's claim by its title, the stronger the more of its header words are expected."""
    hits = sum(w in words.all for w in definition.words) / len(definition.words)
    if not words.title or not hits:
        return None
    if definition.reads_title(words.title):
        closeness = len(definition.name) / max(len(words.title), len(definition.name))
        return TableClaim(definition, 2 + hits + closeness)
    if definition.reads_weakly(words.title) and "决算" in words.header:
        return TableClaim(definition, 1 + hits)
    return None


def _claim_by_words(words: Words, definition: TableDef) -> TableClaim | None:
    """The claim of a table without a title, by the words in it alone."""
    hits = sum(w in words.all for w in definition.words)
    return TableClaim(definition, hits / len(definition.words)) if hits >= definition.need and not words.title else None


def recognise(bodies: Sequence[Body], definitions: Sequence[TableDef]) -> dict[int, TableDef]:
    """For each table that is one of the nine its definition; where two claim one, the better match keeps it.

    Args:
        bodies: all tables of the document, in reading order.
        definitions: of the standard tables.
    """
    words = [words_of(body) for body in bodies]
    found = _best_claims(_all_claims(words, definitions, _claim_by_title))
    if len(found) >= _COMPANY:
        taken = {d.id for d in found.values()}
        late = _all_claims(words, definitions, _claim_by_words)
        found |= _best_claims([c for c in late if c[1] not in found and c[2].id not in taken])
    return found


def _all_claims(
    words: Sequence[Words], definitions: Sequence[TableDef], claim: Callable[[Words, TableDef], TableClaim | None]
) -> list[tuple[float, int, TableDef]]:
    """(score, table, definition) of every claim of every table."""
    made = ((index, claim(table, definition)) for index, table in enumerate(words) for definition in definitions)
    return [(c.score, index, c.definition) for index, c in made if c is not None]


def _best_claims(claims: list[tuple[float, int, TableDef]]) -> dict[int, TableDef]:
    """The strongest claims, one a table and one a definition."""
    found: dict[int, TableDef] = {}
    taken: set[str] = set()
    for _, index, definition in sorted(claims, key=lambda c: (-c[0], c[1], c[2].id)):
        if index not in found and definition.id not in taken:
            found[index] = definition
            taken.add(definition.id)
    return found
