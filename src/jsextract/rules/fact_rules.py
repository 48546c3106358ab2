"""Rules as data: each reads one kind of clause, and carries the sentences that it must and must not read."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex

from jsextract.errors import PatternError
from jsextract.rules import rule_files, tokenize
from jsextract.rules.lexicon import Lexicon
from jsextract.vocabulary import Measure

LISTED = "listed"
FROM_FIGURES = "figures"
EACH = "each"
"""What a rule says instead of a measure where the list that it reads inherits one."""
MEASURES = frozenset({*Measure, LISTED})
_SLOT = regex.compile(r"\{(?:(?P<name>\w+):)?(?P<type>[\w.]+)\}")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a rule states when it matches: one fact.

    Attributes:
        measure: one of CONTRACT's measures, `listed` for what the list inherits, or `{slot}`.
        item: a name, `{slot}`, `recent.2` for the last thing named but one, `each` for as many of those as the value
            slot has figures, in order, or blank for the subject under discussion.
        value: the slot that holds the value (or the text).
        basis: a name, `{slot}`, `context` (what is being compared with) or `parent` (whose parts are listed).
        year: `{slot}`, `prior`, or blank for the document's year.
        topic: where it is filed, blank for the item's or the section's.
        sign: `{slot}` of a direction, `figures` where final and budget tell it, blank where the value carries its own.
        text: what a text fact says, where the words only mean it.
        otherwise: the measure where `listed` has nothing to inherit.
    """

    measure: str
    item: str = ""
    value: str = "value"
    basis: str = ""
    year: str = ""
    topic: str = ""
    sign: str = ""
    text: str = ""
    otherwise: str = "final"
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactExample:
    """A sentence, the section that it stands in, and the facts that must come of it (none: it must not be read).

    Attributes:
        facts: what must be among the facts; `quote` is the characters of the sentence that hold the value.
        known_gap: why it does not work yet.
        read_by: of a counter-example, the rules of other families that read it, and rightly.
    """

    say: str
    within: str = ""
    facts: tuple[Mapping[str, str], ...] = ()
    known_gap: str = ""
    read_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactRule:
    """A compiled rule.

    Attributes:
        sections: topics of sections where it may read; empty for all.
        subject: the slot (or name) that becomes the subject; blank leaves the subject as it is.
        basis: the slot that becomes what later changes are measured against.
        opens: whether parts of the subject follow.
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


def _token_class(kind: str, lexicon: Lexicon) -> str | None:
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


def slot_source(kind: str, lexicon: Lexicon) -> str:
    """The regular expression of a slot type, over coded text.

    Raises:
        PatternError: if there is no such type.
    """
    token = _token_class(kind, lexicon)
    if token is not None:
        return token
    if kind == "basis":  # a budget by its name, or a year
        return f"(?:{tokenize.YEAR}?{_alternatives(lexicon.words['basis'])}|{tokenize.YEAR})"
    if kind in lexicon.words:
        return _alternatives(lexicon.words[kind])
    if kind in lexicon.slots:
        return lexicon.slots[kind]
    raise PatternError(f"There is no slot type {{{kind}}}.", "See patterns/lexicon/slots.yaml.")


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


EXAMPLE_KEYS = frozenset(["say", "in", "facts", "known_gap", "read_by"])
WANTED_KEYS = frozenset(
    ["item", "item_text", "measure", "basis", "value", "unit", "direction", "year", "topic", "project", "quote"]
)
"""What an example may say of a fact."""
TODO = "TODO"
"""Stands where a skeleton waits to be filled in."""
LEAST_READS, LEAST_IGNORES = 2, 1


def _example(data: Any, where: str) -> FactExample:
    if isinstance(data, str):
        data = {"say": data}
    unknown = set(data) - EXAMPLE_KEYS
    if unknown:
        raise PatternError(f"{where}: unknown keys {sorted(unknown)} in an example.", f"Legal: {sorted(EXAMPLE_KEYS)}.")
    facts = tuple({k: str(v) for k, v in fact.items()} for fact in data.get("facts", ()))
    for fact in facts:
        if unknown := fact.keys() - WANTED_KEYS:
            raise PatternError(
                f"{where}: an example's fact has unknown keys {sorted(unknown)}.", f"Legal: {sorted(WANTED_KEYS)}."
            )
    return FactExample(
        data["say"], data.get("in", ""), facts, data.get("known_gap", ""), tuple(data.get("read_by", ()))
    )


def _examples(data: Mapping[str, Any], where: str) -> tuple[tuple[FactExample, ...], tuple[FactExample, ...]]:
    """The sentences that a rule must read, and those that it must not read.

    Raises:
        PatternError: where there are too few, something waits to be filled in, or one to be read names no fact.
    """
    reads, ignores = (tuple(_example(e, where) for e in data.get(key) or ()) for key in ("reads", "ignores"))
    if TODO in f"{reads}{ignores}{data.get('facts')}":
        raise PatternError(f"{where}: it still says {TODO}.", "Write there what the line asks for.")
    if len(reads) < LEAST_READS or len(ignores) < LEAST_IGNORES:
        raise PatternError(f"{where}: needs two sentences that it reads and one that it must not read.")
    if data.get("facts") and not all(example.facts for example in reads):
        raise PatternError(f"{where}: each sentence under reads needs the facts that must come of it.")
    return reads, ignores


RULE_KEYS = frozenset(
    ["id", "pattern", "facts", "sections", "subject", "basis", "opens", "pair", "reads", "ignores", "note"]
)
RULE_ID = regex.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")
"""Family and name, as three_public.count."""
CLAIM_KEYS = frozenset(field.name for field in dataclasses.fields(Claim))


def _claim(data: Mapping[str, Any], where: str, slots: Mapping[str, str]) -> Claim:
    unknown = set(data) - CLAIM_KEYS
    if unknown:
        raise PatternError(f"{where}: unknown keys {sorted(unknown)} in facts.", f"Legal: {sorted(CLAIM_KEYS)}.")
    claim = Claim(**{**data, "flags": tuple(data.get("flags", ()))})
    if not claim.measure.startswith("{") and claim.measure not in MEASURES:
        raise PatternError(f"{where}: {claim.measure} is no measure.")
    for used in (claim.measure, claim.item, claim.basis, claim.year, claim.sign):
        if used.startswith("{") and used[1:-1] not in slots:
            raise PatternError(f"{where}: the pattern has no slot {used}.")
    if claim.value not in slots and claim.measure != "none":
        raise PatternError(f"{where}: the pattern has no slot {{{claim.value}}}.")
    return claim


def parse_rule(data: Mapping[str, Any], family: str, path: Path, lexicon: Lexicon) -> FactRule:
    """One rule of a file, compiled.

    Raises:
        PatternError: for unknown keys, slots or measures, a pattern that does not compile, or missing examples; the
            message names the file and the rule.
    """
    where = f"{path.name}: {data.get('id', '?')}"
    unknown = set(data) - RULE_KEYS
    if unknown:
        raise PatternError(f"{where}: unknown keys {sorted(unknown)}.", f"Legal: {sorted(RULE_KEYS)}.")
    if not RULE_ID.fullmatch(str(data.get("id", ""))):
        raise PatternError(
            f"{where}: an id is two words or more, as own.repairs.", "Small letters, digits, _ and dots."
        )
    reads, ignores = _examples(data, where)
    try:
        source, slots = expand(data["pattern"], lexicon)
        pattern = regex.compile(source, regex.VERSION0)
    except (regex.error, RecursionError, OverflowError) as error:
        raise PatternError(f"{where}: the pattern does not compile: {error}") from error
    except PatternError as error:
        raise PatternError(f"{where}: {error.message}", error.remedy) from error
    return FactRule(
        id=data["id"],
        family=family,
        pattern=pattern,
        source=data["pattern"],
        claims=tuple(_claim(c, where, slots) for c in data.get("facts", ())),
        sections=frozenset(data.get("sections", ())),
        subject=data.get("subject", ""),
        basis=data.get("basis", ""),
        opens=data.get("opens", False),
        pair=dict(data.get("pair", {})),
        slots=slots,
        reads=reads,
        ignores=ignores,
        needs=_needs(slots, lexicon),
        note=data.get("note", ""),
    )


def _needs(slots: Mapping[str, str], lexicon: Lexicon) -> frozenset[str]:
    """The coded characters of the value slot, without which the rule cannot match."""
    kind = slots.get("value", "")
    token = _token_class(kind, lexicon) if kind else None
    return frozenset(token.strip("[]")) if token and "-" not in token else frozenset()


def load_facts(folders: Sequence[Path], lexicon: Lexicon) -> tuple[FactRule, ...]:
    """Every rule under facts/ of these folders, in file order.

    Raises:
        PatternError: if one does not load, or two share an id.
    """
    rules: list[FactRule] = []
    seen: dict[str, str] = {}
    for path in rule_files.files(folders, "facts"):
        data = rule_files.read_yaml(path)
        for entry in data["rules"]:
            rule = parse_rule(entry, data["family"], path, lexicon)
            if rule.id in seen:
                raise PatternError(f"{path.name}: the id {rule.id} is also in {seen[rule.id]}.")
            seen[rule.id] = path.name
            rules.append(rule)
    return tuple(rules)
