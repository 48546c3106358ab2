"""Rules as data: each reads one kind of clause, and carries the sentences that it must and must not read."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import regex
from msgspec import Struct

from jsextract.errors import PatternError
from jsextract.language.phrase import listed, phrase
from jsextract.rules import overlay, tokenize
from jsextract.rules.file_types import LISTED, Claim, FactEntry, FactExample
from jsextract.rules.lexicon import Lexicon
from jsextract.rules.regexes import compiled
from jsextract.rules.rule_files import Placed, files, typed
from jsextract.vocabulary import Measure, Topic

_SLOT = regex.compile(r"\{(?:(?P<name>\w+):)?(?P<type>[A-Za-z_][\w.]*)\}")
ALWAYS = "always"
"""In the place of a slot: wherever it is read."""
TODO = "TODO"
"""Stands where a skeleton waits to be filled in."""


class FactRule(Struct, frozen=True):
    """A compiled rule.

    Attributes:
        sections: topics of sections where it may read; empty for all.
        subject: the slot (or name) that becomes the subject; blank leaves the subject as it is.
        basis: the slot that becomes what later changes are measured against.
        opens: whether parts of the subject follow; of a rule without facts, its slot `measure` tells what they measure.
        general: whether it reads only what no other rule reads.
        follows: the slot without which a clause has to go on from a figure that was read; `ALWAYS` for every clause.
        pair: the slots of the two things that paired figures are about, each with the name that it has where none is
            printed; remembered for the pairs that follow.
        needs: coded characters of which one must be present, to skip paragraphs cheaply.
        note: what it reads, for people.
    """

    id: str
    family: str
    pattern: regex.Pattern[str]
    source: str
    claims: tuple[Claim, ...]
    sections: frozenset[str]
    subject: str
    basis: str
    opens: bool
    pair: Mapping[str, str]
    slots: Mapping[str, str]
    reads: tuple[FactExample, ...]
    ignores: tuple[FactExample, ...]
    needs: frozenset[str]
    note: str = ""
    general: bool = False
    follows: str = ""


def _token_class(kind: str) -> str | None:
    items = f"{tokenize.FIRST_ITEM}-{tokenize.LAST_ITEM}"
    fixed = {
        "money": tokenize.MONEY, "percent": tokenize.PERCENT, "number": tokenize.NUMBER, "year": tokenize.YEAR,
        "date": tokenize.DATE, "amount": f"[{tokenize.MONEY}{tokenize.NUMBER}]", "item": f"[{items}]",
        "count": f"[{''.join(tokenize.COUNTS.values())}]",
    }  # fmt: skip
    if kind in fixed:
        return fixed[kind]
    if kind.startswith("count."):
        return f"[{''.join(tokenize.COUNTS[k] for k in kind.split('.')[1:])}]"
    if kind.startswith("item."):
        return f"[{''.join(tokenize.ITEM_CODES[t] for t in kind.split('.')[1:])}]"
    return None


def _alternatives(words: Mapping[str, str]) -> str:
    return "(?:" + "|".join(regex.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) + ")"


@functools.lru_cache(maxsize=512)  # slots of few types stand in hundreds of rules
def slot_source(kind: str, lexicon: Lexicon) -> str:
    """The regular expression of a slot type, over coded text.

    Raises:
        PatternError: if there is no such type.
    """
    token = _token_class(kind)
    if token is not None:
        return token
    if kind == "basis":  # a budget by its name, or a year
        return f"(?:{tokenize.YEAR}?{_alternatives(lexicon.words['basis'])}|{tokenize.YEAR})"
    if kind in lexicon.words:
        return _alternatives(lexicon.words[kind])
    if kind in lexicon.slots:
        return lexicon.slots[kind]
    raise PatternError(
        phrase("There is no slot type {{{kind}}}.", kind=kind), phrase("See patterns/lexicon/slots.yaml.")
    )


def expand(source: str, lexicon: Lexicon) -> tuple[str, dict[str, str]]:
    """Pattern text with slots to a regular expression, and the type of each named slot."""
    types: dict[str, str] = {}

    def put(match: regex.Match[str]) -> str:
        kind, name = match["type"], match["name"]
        body = slot_source(kind, lexicon)
        if name is None:
            if kind in lexicon.slots:
                return f"(?:{body})"
            name = kind.split(".")[0]
        types[name] = kind
        return f"(?P<{name}>{body})"

    return _SLOT.sub(put, source), types


def build_rule(entry: FactEntry, family: str, lexicon: Lexicon) -> FactRule:
    """One rule of a file, compiled.

    Raises:
        PatternError: for unknown slots or measures, a pattern that does not compile, or examples that wait to be
            filled in.
    """
    reads, ignores = _examples(entry)
    source, slots = expand(entry.pattern, lexicon)
    for claim in entry.facts:
        _refuse(claim, slots)
    return FactRule(
        id=entry.id,
        family=family,
        pattern=compiled(source),
        source=entry.pattern,
        claims=entry.facts,
        sections=frozenset(entry.sections),
        subject=entry.subject,
        basis=entry.basis,
        opens=entry.opens,
        pair=entry.pair,
        slots=slots,
        reads=reads,
        ignores=ignores,
        needs=_needs(slots),
        note=entry.note,
        general=entry.general,
        follows=entry.follows,
    )


def parse_rule(data: Mapping[str, Any], family: str, place: str, lexicon: Lexicon) -> FactRule:
    """A rule out of plain data.

    Raises:
        PatternError: as for `build_rule`, or if it is no rule; the message begins with `place` and the rule's id.
    """
    where = f"{place}: {data.get('id', '?')}"
    entry = typed(data, FactEntry, where)
    try:
        return build_rule(entry, family, lexicon)
    except PatternError as error:
        raise PatternError(listed((where, error.message), ": ", "："), error.remedy) from error


def _examples(entry: FactEntry) -> tuple[tuple[FactExample, ...], tuple[FactExample, ...]]:
    """The sentences that a rule must read, and those that it must not read.

    Raises:
        PatternError: where something waits to be filled in, or one to be read names no fact.
    """
    reads, ignores = (
        tuple(FactExample(said) if isinstance(said, str) else said for said in own)
        for own in (entry.reads, entry.ignores)
    )
    if TODO in f"{reads}{ignores}{entry.facts}":
        raise PatternError(phrase("it still says {todo}.", todo=TODO), phrase("Write there what the line asks for."))
    if entry.facts and not all(example.facts for example in reads):
        raise PatternError(phrase("each sentence under reads needs the facts that must come of it."))
    return reads, ignores


def _refuse(claim: Claim, slots: Mapping[str, str]) -> None:
    """Refuses a claim about what the pattern does not hold.

    Raises:
        PatternError: for an unknown measure, topic or slot.
    """
    if not claim.measure.startswith("{") and claim.measure not in (*Measure, LISTED):
        raise PatternError(phrase("{measure} is no measure.", measure=claim.measure))
    if claim.topic and claim.topic not in tuple(Topic):
        raise PatternError(phrase("{topic} is no topic.", topic=claim.topic))
    for used in (claim.measure, claim.item, claim.basis, claim.year, claim.sign):
        if used.startswith("{") and used[1:-1] not in slots:
            raise PatternError(phrase("the pattern has no slot {used}.", used=used))
    if claim.value not in slots and claim.measure != Measure.NONE:
        raise PatternError(phrase("the pattern has no slot {{{value}}}.", value=claim.value))


def _needs(slots: Mapping[str, str]) -> frozenset[str]:
    """The coded characters of the value slot, without which the rule cannot match."""
    kind = slots.get("value", "")
    token = _token_class(kind) if kind else None
    return frozenset(token.strip("[]")) if token and "-" not in token else frozenset()


def load_facts(folders: Sequence[Path], lexicon: Lexicon) -> tuple[FactRule, ...]:
    """Every rule under facts/ of these folders, in file order.

    Raises:
        PatternError: if one does not load, or two share an id.
    """
    own = files(folders, "facts/*")
    families = {file.path: file.value.family for file in own}
    found: overlay.Entries[FactEntry] = overlay.entries(own, lambda entry: entry.id, "rules")
    return tuple(build_placed(entry, families[entry.path], lexicon) for entry in found.values())


def build_placed(entry: Placed[FactEntry], family: str, lexicon: Lexicon) -> FactRule:
    """A rule of a file, compiled.

    Raises:
        PatternError: as for `build_rule`; the message names the file and the line.
    """
    with overlay.blamed(entry):
        return build_rule(entry.value, family, lexicon)
