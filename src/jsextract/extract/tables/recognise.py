"""Which of the nine standard tables a table is: by the words of its title and header, never by its number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jsextract.extract.tables.definitions import TableDef, bare_title, definitions
from jsextract.extract.tables.grid import Body
from jsextract.extract.tables.names import fold
from jsextract.extract.tables.rows import header_text
from jsextract.text.normal import squeeze

# So many tables must be known by their titles before one without a title is told by its words alone.
_COMPANY = 3


@dataclass(frozen=True, slots=True)
class Claim:
    """A table's claim to be one of the nine, the higher the better."""

    definition: TableDef
    score: float


def words_of(body: Body) -> str:
    """Header words and row names, squeezed."""
    names = "".join(squeeze(c.text) for row in body.slots for c in dict.fromkeys(row) if c.text)
    return squeeze(header_text(body)) + names


def _claim(title: str, body: Body, definition: TableDef) -> Claim | None:
    words = words_of(body)
    hits = sum(w in words for w in definition.words) / len(definition.words)
    if definition.reads_title(title):
        closeness = len(definition.name) / max(len(title), len(definition.name))
        return Claim(definition, 2 + hits + closeness) if hits > 0 or not body.rows else None
    if definition.reads_weakly(title) and "决算" in squeeze(header_text(body)):
        return Claim(definition, 1 + hits) if hits > 0 else None
    return None


def _claim_untitled(body: Body, definition: TableDef) -> Claim | None:
    words = words_of(body)
    hits = sum(w in words for w in definition.words)
    return Claim(definition, hits / len(definition.words)) if hits >= definition.need else None


def recognise(bodies: Sequence[Body]) -> dict[int, TableDef]:
    """For each table that is one of the nine its definition; where two claim one, the better match keeps it.

    Args:
        bodies: all tables of the document, in reading order.
    """
    claims: list[tuple[float, int, TableDef]] = []
    for index, body in enumerate(bodies):
        title = bare_title(body.table.title)
        for definition in definitions():
            claim = _claim(title, body, definition) if title else None
            if claim:
                claims.append((claim.score, index, definition))
    found = _settle(claims)
    if len(found) >= _COMPANY:
        late = [
            (claim.score, index, definition)
            for index, body in enumerate(bodies)
            if index not in found and not fold(body.table.title)
            for definition in definitions()
            if definition.id not in {d.id for d in found.values()} and (claim := _claim_untitled(body, definition))
        ]
        found |= _settle(late)
    return found


def _settle(claims: list[tuple[float, int, TableDef]]) -> dict[int, TableDef]:
    found: dict[int, TableDef] = {}
    taken: set[str] = set()
    for _, index, definition in sorted(claims, key=lambda c: (-c[0], c[1], c[2].id)):
        if index not in found and definition.id not in taken:
            found[index] = definition
            taken.add(definition.id)
    return found
