"""The skeleton of a rule, out of a sentence whose figures no rule reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import regex
from msgspec import Struct, field
from msgspec.structs import replace

from jsextract.authoring.examples import read_paragraphs
from jsextract.authoring.explain import unread_figures
from jsextract.model.report import Fact
from jsextract.narrative.matches import find_matches
from jsextract.outline.headings import part_about
from jsextract.rules import rule_files, tokenize
from jsextract.rules.fact_rules import TODO, parse_rule
from jsextract.rules.lexicon import Lexicon
from jsextract.rules.ruleset import RuleSet
from jsextract.rules.tokenize import Token, TokenText
from jsextract.text.normal import normalise

_BREAKS = frozenset("。；，：！？")
_SAID = ("is", "plain", "said")
"""Slots for the words between a name and its figure, the narrowest first."""
_NAMELESS = f"{TODO} the name of what the figure is about"
_HEAD = """\
# yaml-language-server: $schema={schema}
# Rules of one's own. {todo}: the sentence that each rule must not read. Then:
#   jsextract patterns test {ids} --patterns DIR
family: own
rules:
"""


class Skeleton(Struct, frozen=True):
    """What a sentence needs.

    Attributes:
        yaml: the text of a rule file; blank where nothing is left to read.
        unread: the figures that no rule reads, as printed.
        facts: what existing rules read in the sentence.
    """

    yaml: str
    unread: tuple[str, ...]
    facts: tuple[Fact, ...]


class _Draft(Struct):
    """A rule as it is put together from left to right."""

    pattern: str = ""
    slots: dict[str, str] = field(default_factory=dict)
    claims: list[dict[str, Any]] = field(default_factory=list)
    name: str = ""
    direction: bool = False

    def slot(self, name: str, kind: str) -> str:
        """A slot of a name that is still free, appended to the pattern."""
        free = next(n for n in (name, *(f"{name}{i}" for i in range(2, 99))) if n not in self.slots)
        self.slots[free] = kind
        self.pattern += f"{{{kind}}}" if free == kind.split(".")[0] else f"{{{free}:{kind}}}"
        return free


def scaffold(sentence: str, topic: str, rules: RuleSet, rule_id: str = "own.new") -> Skeleton:
    """A rule file for what `rules` leave unread in a sentence of a section about `topic` (blank: any section).

    It loads as soon as the sentences that it must not read are filled in.
    """
    coded = tokenize.tokenize(normalise(sentence), rules.lexicon)
    facts = read_paragraphs([sentence], rules, topic)
    unread = left = list(unread_figures(coded, facts))
    drafts: list[dict[str, Any]] = []
    wider, at = rules, 0
    while clause := _clause(coded, left, at, topic, wider):
        draft = _drafted(coded, *clause, left, rules.lexicon)
        name = f"{rule_id}{len(drafts) + 1}" if drafts else rule_id
        rule = _rule(name, coded.normal.raw_text(*coded.normal_span(*clause)), draft, topic)
        # what a rule names may be all that others lacked to read the rest
        wider = _with(wider, rule)
        drafts.append(_with_examples(rule, sentence, topic, wider))
        left = list(unread_figures(coded, read_paragraphs([sentence], wider, topic)))
        at = clause[1]
    schema = rule_files.root() / "schema.json"
    head = _HEAD.format(schema=schema, todo=TODO, ids=" ".join(rule["id"] for rule in drafts))
    text = head + "".join(map(_written, drafts)) if drafts else ""
    return Skeleton(text, tuple(sentence[a:b] for a, b in unread), tuple(facts))


def _clause(
    coded: TokenText, unread: Sequence[tuple[int, int]], at: int, topic: str, rules: RuleSet
) -> tuple[int, int] | None:
    """Coded characters from the beginning of the first clause after `at` that has unread figures to its last one."""
    positions = [
        p for p, t in sorted(coded.tokens.items()) if p >= at and coded.normal.raw_span(t.start, t.end) in unread
    ]
    if not positions:
        return None
    first = last = positions[0]
    borders = [i + 1 for i in range(first) if coded.text[i] in _BREAKS]
    borders += [
        hit.end for hit in find_matches(coded, part_about(topic, rules.sections), rules.facts) if hit.end <= first
    ]
    start = max([0, *(border for border in borders if border < first)])
    for position in positions[1:]:
        if any(char in _BREAKS for char in coded.text[last:position]):
            break
        last = position
    return start, last + 1


def _with(rules: RuleSet, rule: dict[str, Any]) -> RuleSet:
    """The rules with one more, which need not have its examples yet."""
    tried = rule | {"reads": [{"say": "x", "facts": [{"item": "x"}]}] * 2, "ignores": ["x"]}
    return replace(rules, facts=(*rules.facts, parse_rule(tried, "own", "new", rules.lexicon)))


def _drafted(coded: TokenText, start: int, end: int, unread: Sequence[tuple[int, int]], lexicon: Lexicon) -> _Draft:
    """The pattern of coded characters `start` to `end`, a claim for each figure that is `unread` (printed spans)."""
    draft, words = _Draft(), ""
    for position in range(start, end):
        token = coded.tokens.get(position)
        if token is None:
            words += coded.text[position]
            continue
        figure = token.value is not None and token.kind != "year"
        before = _put_words(draft, words, lexicon, figure=figure)
        words = ""
        slot = draft.slot(*_slot_of(token, figure=figure))
        if token.kind == "item":
            draft.name = f"{{{slot}}}"
        elif figure and coded.normal.raw_span(token.start, token.end) in unread:
            draft.claims.append(_claim(draft, slot, token, before))
            draft.direction = False
    return draft


def _slot_of(token: Token, *, figure: bool) -> tuple[str, str]:
    """(name, kind) of the slot that takes a token; every unit of count is a kind of its own."""
    kind = f"count.{token.kind}" if token.kind in tokenize.COUNTS else token.kind
    return ("value" if figure else token.kind), kind


def _put_words(draft: _Draft, words: str, lexicon: Lexicon, *, figure: bool) -> str:
    """Appends the words before a slot, with slots for what differs from document to document; gives the words."""
    if not figure:
        draft.pattern += regex.escape(words, special_only=True)
        return words
    said = {slot: regex.compile(lexicon.slots[slot]) for slot in (*_SAID, "by")}
    for at in range(len(words)):
        for word in sorted(lexicon.words["direction"], key=len, reverse=True):
            if words.startswith(word, at) and said["by"].fullmatch(words, at + len(word)):
                _put_name(draft, words[:at])
                draft.slot("direction", "direction")
                draft.pattern += "{by}"
                draft.direction = True
                return words
    known = draft.name.startswith("{")
    for at in range(0 if known else 1, len(words) + 1):
        slot = next((s for s in _SAID if said[s].fullmatch(words, at)), "")
        if slot:
            _put_name(draft, words[:at])
            draft.pattern += f"{{{slot}}}"
            return words
    _put_name(draft, words)
    return words


def _put_name(draft: _Draft, words: str) -> None:
    """Words that no slot stands for; they are the name of what follows where no other is known."""
    draft.pattern += regex.escape(words, special_only=True)
    bare = words.strip("，。；：、（）的")
    if len(bare) > 1 and not draft.name:
        draft.name = bare


def _claim(draft: _Draft, slot: str, token: Token, before: str) -> dict[str, Any]:
    """The fact that a figure most likely states; whoever completes the rule corrects it."""
    claim: dict[str, Any] = {"measure": _measure(token, before)}
    if draft.name:
        claim["item"] = draft.name
    if slot != "value":
        claim["value"] = slot
    if draft.direction:
        claim |= {"measure": "change_rate" if token.kind == "percent" else "change", "basis": "context"}
        claim["sign"] = "{direction}"
    return claim


def _measure(token: Token, before: str) -> str:
    """The measure that a figure most likely has, by its unit and the words before it."""
    if token.kind == "percent":
        rate = "completion_rate" if "完成" in before or "执行" in before else "actual"
        return "share" if "占" in before else rate
    return {"money": "final", "points": "score"}.get(token.kind, "count")


def _rule(name: str, note: str, draft: _Draft, topic: str) -> dict[str, Any]:
    """The draft as an entry of a rule file, without examples."""
    rule: dict[str, Any] = {"id": name, "note": note, "pattern": draft.pattern}
    if topic:
        rule["sections"] = [topic]
    if draft.name:
        rule["subject"] = draft.name.strip("{}")
    return rule | {"facts": draft.claims}


def _with_examples(rule: dict[str, Any], sentence: str, topic: str, rules: RuleSet) -> dict[str, Any]:
    """The rule with the pasted sentence, and the same with other figures, as what it must read."""
    reads = []
    for say in (sentence, _other_figures(sentence, rules.lexicon)):
        facts = [f for f in read_paragraphs([say], rules, topic) if f.pattern == rule["id"]]
        example: dict[str, Any] = {"say": say} | ({"in": topic} if topic else {})
        reads.append(example | {"facts": [_wanted(f) for f in facts] or [{"item": _NAMELESS}]})
    if not all(claim.get("item") for claim in rule["facts"]) and reads[0]["facts"] == [{"item": _NAMELESS}]:
        rule = rule | {"facts": [{"item": _NAMELESS} | claim for claim in rule["facts"]]}
    return rule | {
        "reads": reads,
        "ignores": [f"{TODO} a sentence with like words that it must not read"],
    }


def _wanted(fact: Fact) -> dict[str, str]:
    """A fact as an example names it."""
    named = {"item": fact.item, "measure": fact.measure, "value": f"{fact.value}", "unit": fact.unit}
    return named | {"quote": fact.sentence[fact.start : fact.end]}


def _other_figures(sentence: str, lexicon: Lexicon) -> str:
    """The sentence with other digits in its figures; years and dates stay."""
    coded = tokenize.tokenize(normalise(sentence), lexicon)
    chars = list(sentence)
    for token in coded.tokens.values():
        if token.value is not None and token.kind != "year":
            a, b = coded.normal.raw_span(token.start, token.number_end)
            for i in range(a, b):
                if chars[i].isdecimal():
                    chars[i] = str(int(chars[i]) % 9 + 1)
    return "".join(chars)


def _written(rule: dict[str, Any]) -> str:
    """One rule in the manner of the shipped files."""
    lines = [f"  - id: {rule['id']}  # permanent: it stands in the column `pattern`"]
    lines += [f"    note: {_quoted(rule['note'])}", f"    pattern: {_quoted(rule['pattern'])}"]
    lines += [f"    sections: [{', '.join(rule['sections'])}]"] if "sections" in rule else []
    lines += [f"    subject: {_quoted(rule['subject'])}"] if "subject" in rule else []
    lines += [f"    facts: [{', '.join(map(_mapping, rule['facts']))}]", "    reads:"]
    for example in rule["reads"]:
        within = f", in: {example['in']}" if "in" in example else ""
        lines.append(f"      - {{say: {_quoted(example['say'])}{within},")
        lines.append(f"         facts: [{', '.join(map(_mapping, example['facts']))}]}}")
    lines += ["    ignores:", *(f"      - {_quoted(say)}" for say in rule["ignores"])]
    return "\n".join(lines) + "\n"


def _mapping(data: dict[str, Any]) -> str:
    """A YAML mapping on one line."""
    return "{" + ", ".join(f"{key}: {_quoted(value)}" for key, value in data.items()) + "}"


def _quoted(value: str) -> str:
    """A YAML scalar: bare where that is plainly a word."""
    if regex.fullmatch(r"[a-z_]+", value) and value not in {"yes", "no", "on", "off", "true", "false", "null"}:
        return value
    return "'" + value.replace("'", "''") + "'"
