"""Sentences to facts: rules find the clauses, a reader's memory of the subject says what they are about."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import regex

from jsextract.extract.keywords import keywords
from jsextract.extract.subject import BUDGETS, NOBODY, Context, Subject
from jsextract.layout.flow import Paragraph
from jsextract.layout.sections import Part
from jsextract.model.report import Fact
from jsextract.patterns import coding
from jsextract.patterns.coding import Coded, Token
from jsextract.patterns.lexicon import Lexicon, Name, load
from jsextract.patterns.profiles import Rulebook, general
from jsextract.patterns.rules import TEXT_MEASURES, Claim, Rule
from jsextract.text.amounts import to_yuan
from jsextract.text.normal import NormalText, normalise, squeeze

_PLACEHOLDER = regex.compile(r"[XxＸ×○]{2,}|(?<![A-Za-z])[Ｘ×]+(?=万元|元|%|个|人|辆)")
_COUNTED = frozenset({"count", "quota", "headcount"})
_RATES = frozenset({"change_rate", "share", "completion_rate"})
TRIM = "，。；、：:; ,"
"""What is no part of a text at its ends."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that matched, in coded positions."""

    rule: Rule
    match: regex.Match[str]

    @property
    def start(self) -> int:
        return self.match.start()

    @property
    def end(self) -> int:
        return self.match.end()


@dataclass(frozen=True, slots=True)
class Setting:
    """What a fact needs to know of its surroundings.

    Attributes:
        year: the document's fiscal year, None when unknown.
        unit: the money unit of the document's tables, for figures without one.
        project: the project that a self-evaluation is about.
        book: the rules and names in force; the general ones unless given.
    """

    year: int | None
    unit: str = ""
    project: str = ""
    book: Rulebook = field(default_factory=general)


_ENTRY = regex.compile(
    rf"(?<=^|[，。；：、（])(?:{coding.NUMBER}[、.．]|（[一二三四五六七八九十{coding.NUMBER}]{{1,3}}）|[一二三四五六七八九十]{{1,3}}、|[①-⑳])"
)


@functools.cache
def _opener() -> regex.Pattern[str]:
    return regex.compile(load().slots["opener"])


def applies(rule: Rule, part: Part, coded: Coded) -> bool:
    """Whether a rule looks at a paragraph of this section at all."""
    if rule.sections and part.topic not in rule.sections:
        return False
    return not rule.needs or any(c in coded.text for c in rule.needs)


def all_hits(coded: Coded, part: Part, rules: Iterable[Rule]) -> Iterator[Hit]:
    """Everything that every rule matches, overlaps included.

    Raises:
        TimeoutError: if one rule takes too long on the paragraph.
    """
    for rule in rules:
        if applies(rule, part, coded):
            for match in rule.pattern.finditer(coded.text, timeout=coding.TIMEOUT):
                if match.end() > match.start():
                    yield Hit(rule, match)


def precedence(hit: Hit) -> tuple[int, int, bool]:
    """The first wins, then the longest; of two on the same characters the one that keeps to sections about a topic."""
    return hit.start, -hit.end, not hit.rule.sections


def find_hits(coded: Coded, part: Part, rules: Iterable[Rule]) -> list[Hit]:
    """The clauses that rules read, from left to right, none overlapping; `precedence` decides between rules.

    Raises:
        TimeoutError: if one rule takes too long on the paragraph.
    """
    chosen: list[Hit] = []
    end = 0
    for hit in sorted(all_hits(coded, part, rules), key=precedence):
        if hit.start >= end:
            chosen.append(hit)
            end = hit.end
    return chosen


def read_paragraph(
    paragraph: Paragraph, part: Part, context: Context, setting: Setting, rules: Sequence[Rule] | None = None
) -> Iterator[Fact]:
    """The facts of one paragraph, in reading order; `context` is carried on.

    Sentences that still hold a template's placeholder (XX万元) give nothing.
    """
    coded = coding.encode(normalise(paragraph.text), setting.book.lexicon)
    hits = find_hits(coded, part, setting.book.rules if rules is None else rules)
    reader = _Reader(coded, paragraph, part, context, setting)
    at = 0
    for hit in hits:
        reader.walk(at, hit.start)
        yield from reader.read(hit)
        at = hit.end
    reader.walk(at, len(coded.text))
    context.end_paragraph()


class _Reader:
    """Walks one coded paragraph; the only place that turns matches into facts."""

    def __init__(self, coded: Coded, paragraph: Paragraph, part: Part, context: Context, setting: Setting) -> None:
        self.coded, self.paragraph, self.part = coded, paragraph, part
        self.context, self.setting = context, setting

    def walk(self, start: int, end: int) -> None:
        """Take note of lists, brackets and full stops between two clauses."""
        at = start
        text = self.coded.text
        while at < end:
            char = text[at]
            entry = _ENTRY.match(text, at, end)
            if entry:
                self.context.number_entry()
                at = entry.end()
                continue
            if char in coding.MONEY + "；":
                self.context.top.unknown = char != "；"
            elif char == "。":
                self.context.end_sentence()
            elif char == "（":
                self.context.open_bracket()
            elif char == "）":
                self.context.close_bracket()
            else:
                opener = _opener().match(text, at, end)
                if opener:
                    self.context.open_list()
                    at = opener.end()
                    continue
            at += 1

    def read(self, hit: Hit) -> Iterator[Fact]:
        """The facts of one clause; the context learns its subject and its basis."""
        sentence = self._sentence(hit)
        if _PLACEHOLDER.search(squeeze(self.paragraph.text[slice(*sentence)])):
            return
        self._learn(hit)
        self._learn_unit(hit)
        for claim in hit.rule.claims:
            fact = self._fact(hit, claim, sentence)
            if fact is not None:
                yield fact
        if hit.rule.opens:
            self.context.open_list()
        if hit.match[0].endswith("。"):
            self.context.end_sentence()

    def _learn(self, hit: Hit) -> None:
        rule, context = hit.rule, self.context
        slot = rule.subject
        if slot and slot in rule.slots:
            if hit.match[slot]:
                context.set_subject(self._subject(hit, slot))
        elif slot == "-":
            context.set_subject(NOBODY)
        elif slot:
            context.set_subject(Subject(_literal(slot, self.part, self.setting.book.lexicon), slot))
        if rule.pair:
            self._learn_pair(hit)
        if rule.basis:
            context.basis = self._named_basis(hit, rule.basis) or context.basis

    def _learn_pair(self, hit: Hit) -> None:
        """本年收入合计、本年支出合计各是3，4万元: what each figure, and each of the pairs that follow, is about."""
        pair = hit.rule.pair
        if all(hit.match[slot] for slot in pair):
            self.context.pair = tuple(self._subject(hit, slot) for slot in pair)
        elif not self.context.pair or any(hit.match[slot] for slot in hit.rule.slots if slot.startswith("item")):
            self.context.pair = self._sides(hit) or tuple(self.context.recent[-len(pair) :])

    def _sides(self, hit: Hit) -> tuple[Subject, ...]:
        """收入总计 and 支出总计, where both together are what is talked about."""
        said = "item" in hit.rule.slots and hit.match["item"]
        subject = self._subject(hit, "item") if said else self.context.subject
        lexicon = self.setting.book.lexicon
        sides = subject.name.sides if subject else ()
        return tuple(Subject(_literal(name, self.part, lexicon), name) for name in sides)

    def _named_basis(self, hit: Hit, basis: str) -> str:
        if basis == "budget":
            return self.context.budget or "预算"
        return self._basis_word(hit, basis) if basis in hit.rule.slots else basis

    def _learn_unit(self, hit: Hit) -> None:
        """各减少3，4万元: the first figure has the unit of the second."""
        for position in range(hit.start, hit.end):
            token = self.coded.tokens.get(position)
            if token is not None and token.kind == "money":
                self.context.unit = token.unit
            elif token is not None and token.kind in coding.COUNTS:
                self.context.count_unit = token.unit

    def _subject(self, hit: Hit, slot: str) -> Subject:
        token = self.coded.tokens.get(hit.match.start(slot))
        start, end = self.coded.normal_span(*hit.match.span(slot))
        if token is not None and token.name is not None and hit.match.end(slot) == hit.match.start(slot) + 1:
            return self._named(token.name, token, token.path or self.coded.normal.text[start:end])
        printed = self.coded.normal.text[start:end].strip(TRIM)
        lexicon = self.setting.book.lexicon
        meaning = lexicon.words.get(hit.rule.slots[slot], {}).get(printed)
        if meaning:
            return Subject(_literal(meaning, self.part, lexicon), printed)
        listed = self.context.parent if self.context.top.listed else None
        own = self.part.topic if self.part.topic in {"income", "expenditure"} else "other"
        return Subject(Name(printed.removesuffix("项目") or printed, listed.name.topic if listed else own), printed)

    def _named(self, name: Name, token: Token, printed: str) -> Subject:
        """The thing that a name stands for here: short names and partial paths are completed by what came before."""
        context = self.context
        if token.level or len(name.code) == 3 or token.path:
            above = context.entry[: token.level]
            path = "/".join([*above, name.item]) if len(above) == token.level else name.item
            context.entry = tuple(path.split("/"))
            if token.level:
                return Subject(replace(name, item=path), path)
        parent = context.parent.item("money", self.part.topic) if context.parent else ""
        before = next((s.name.item for s in reversed(context.recent) if s.name is not name), "")
        follows = name.after.get(before, "") if self.part.topic in name.within else ""
        part = name.within.get(self.part.topic, "") if parent else ""
        part = part.replace("{parent}", parent) if "{parent}" in part else ""
        return Subject(name, printed, name.under.get(parent, "") or follows or part, misprint=token.misprint)

    def _token(self, hit: Hit, slot: str) -> Token | None:
        if slot not in hit.rule.slots or hit.match[slot] is None:
            return None
        return self.coded.tokens.get(hit.match.start(slot))

    def _basis_word(self, hit: Hit, slot: str) -> str:
        """上年 for the year before, the budget's name for a budget, else what was printed."""
        if hit.match[slot] is None:
            return ""
        token = self._token(hit, slot)
        words = load().words["basis"]
        start, end = self.coded.normal_span(*hit.match.span(slot))
        if token is not None and token.kind == "year":
            year = self._year_of(token)
            budget = words.get(self.coded.normal.text[token.end : end], "")
            if budget:
                return budget if year in {None, self.setting.year} else f"{year}年{budget}"
            before = year is not None and self.setting.year is not None and year == self.setting.year - 1
            return "上年" if before or token.shift == -1 else (f"{year}年" if year else "上年")
        printed = "".join(quoted(self.coded.normal, start, end).split())
        return words.get(self.coded.normal.text[start:end], printed)

    def _year_of(self, token: Token | None) -> int | None:
        if token is None or token.kind != "year":
            return None
        if token.shift is not None:
            return None if self.setting.year is None else self.setting.year + token.shift
        return int(token.value) if token.value is not None else None

    def _sentence(self, hit: Hit) -> tuple[int, int]:
        """The raw characters of the sentence in which the clause begins."""
        start, end = self.coded.normal_span(hit.start, hit.end)
        text = self.coded.normal.text
        left = text.rfind("。", 0, start) + 1
        right = text.find("。", max(start, end - 1))
        a, b = self.coded.normal.raw_span(left, right + 1 if right >= 0 else len(text))
        return a, b

    def _measure(self, hit: Hit, claim: Claim) -> str:
        if claim.measure.startswith("{"):
            slot = claim.measure[1:-1]
            start, end = self.coded.normal_span(*hit.match.span(slot))
            if hit.rule.slots[slot] == "basis":
                return BUDGETS.get(self._basis_word(hit, slot), "")
            return load().words[hit.rule.slots[slot]][self.coded.normal.text[start:end]]
        if claim.measure == "listed":
            return next((f.measure for f in reversed(self.context.frames) if f.listed and f.measure), claim.otherwise)
        return claim.measure

    def _claimed_subject(self, hit: Hit, claim: Claim) -> Subject | None:
        if claim.item.startswith("{"):
            slot = claim.item[1:-1]
            if slot in hit.rule.pair:
                at = list(hit.rule.pair).index(slot)
                return self.context.pair[at] if len(self.context.pair) == len(hit.rule.pair) else None
            return self._subject(hit, slot) if hit.match[slot] else self.context.subject
        if claim.item.startswith("recent."):
            back = int(claim.item.removeprefix("recent."))
            return self.context.recent[-back] if len(self.context.recent) >= back else None
        if claim.item:
            return Subject(_literal(claim.item, self.part, self.setting.book.lexicon), claim.item)
        if claim.measure == "reason":
            return self.context.compared
        return None if self.context.top.unknown else self.context.subject

    def _basis(self, hit: Hit, claim: Claim, kind: str) -> str:
        if claim.basis.startswith("{"):
            slot = claim.basis[1:-1]
            if hit.match[slot]:
                return self._basis_word(hit, slot)
            claim_basis = "parent" if claim.measure == "share" else "context"
        else:
            claim_basis = claim.basis
        if claim_basis == "budget":
            return self.context.budget or "预算"
        if claim_basis == "context":
            return self.context.basis
        if claim_basis == "parent":
            parent = self.context.parent or self.context.default
            return parent.item(self.context.kind, self.part.topic) if parent else ""
        return claim_basis

    def _fact(self, hit: Hit, claim: Claim, sentence: tuple[int, int]) -> Fact | None:
        measure = self._measure(hit, claim)
        if measure == "final" and self._is_prior(hit, claim):
            measure = "prior_year"
        subject = self._claimed_subject(hit, claim)
        if not measure or subject is None or subject is NOBODY:
            return None
        if measure in TEXT_MEASURES:
            fact = self._text_fact(hit, claim, measure, subject, sentence)
        else:
            fact = self._number_fact(hit, claim, measure, subject, sentence)
        if fact is not None:
            self.context.note(measure, subject)
        return fact

    def _number_fact(
        self, hit: Hit, claim: Claim, measure: str, subject: Subject, sentence: tuple[int, int]
    ) -> Fact | None:
        token = self._token(hit, claim.value)
        if token is None or token.value is None:
            return None
        if measure == "count" and not claim.item and subject is self.context.default:
            return None  # nothing is counted yet: a section's total is money
        unit, flags = self._unit(token, measure)
        if not unit:
            return None
        value, direction = self._signed(hit, claim, token.value, measure)
        flags += claim.flags + (("from_list",) if self.context.top.listed else ())
        span = self.coded.normal.raw_span(token.start, token.number_end)
        kind = _kind(token, unit, self.setting.book.lexicon)
        if measure != "share" and unit != "%":
            self.context.kind = kind
        return self._row(
            hit, claim, measure, subject, kind=kind, value=value, unit=unit, direction=direction, span=span,
            sentence=sentence, flags=flags,
        )  # fmt: skip

    def _unit(self, token: Token, measure: str) -> tuple[str, tuple[str, ...]]:
        if token.kind == "number":
            if measure in _RATES:
                return "%", ("unit_inferred",)
            if measure in _COUNTED:
                return self.context.count_unit, ("unit_inferred",)
            return self.context.unit or self.setting.unit or "万元", ("unit_inferred",)
        return token.unit, ("unit_inferred",) if token.short_unit else ()

    def _signed(self, hit: Hit, claim: Claim, value: Decimal, measure: str) -> tuple[Decimal, str]:
        if not claim.sign:
            return value, ""
        slot = claim.sign[1:-1]
        start, end = self.coded.normal_span(*hit.match.span(slot))
        sign = load().words[hit.rule.slots[slot]][self.coded.normal.text[start:end]]
        if sign in {"-", "小于"} or value < 0:  # 增长-5.2%, 减少-5.2%: down, either way
            return -abs(value), "减少"
        return value, "增加"

    def _text_fact(
        self, hit: Hit, claim: Claim, measure: str, subject: Subject, sentence: tuple[int, int]
    ) -> Fact | None:
        slot = claim.value if claim.value in hit.rule.slots else ""
        span = hit.match.span(slot) if slot else hit.match.span()
        if span[0] < 0:
            return None
        normal = self.coded.normal_span(*span)
        a, b = self.coded.normal.raw_span(*normal)
        text = claim.text
        if not text and slot and hit.rule.slots[slot] in load().words:
            text = load().words[hit.rule.slots[slot]][self.coded.normal.text[slice(*normal)]]
        raw = self.paragraph.text[a:b]
        stripped = raw.strip(TRIM + " ")
        a += len(raw) - len(raw.lstrip(TRIM + " "))
        text = text or stripped
        if not text:
            return None
        return self._row(
            hit, claim, measure, subject, kind=_text_kind(subject), value=None, unit="", text=text,
            direction="持平" if text == "持平" else "", span=(a, a + len(stripped)), sentence=sentence,
            flags=claim.flags,
        )  # fmt: skip

    def _row(
        self, hit: Hit, claim: Claim, measure: str, subject: Subject, *, kind: str, value: Decimal | None, unit: str,
        span: tuple[int, int], sentence: tuple[int, int], flags: tuple[str, ...], direction: str = "", text: str = "",
    ) -> Fact:  # fmt: skip
        page, box = self.paragraph.place(*span)
        year, year_flags = self._fact_year(hit, claim, measure)
        left = (
            sentence[0]
            + len(self.paragraph.text[slice(*sentence)])
            - len(self.paragraph.text[slice(*sentence)].lstrip())
        )
        return Fact(
            fact_id="", topic=self._topic(claim, subject), item=subject.item(kind, self.part.topic),
            item_text=subject.printed, code=subject.name.code, project=self.setting.project, measure=measure,
            basis=self._basis(hit, claim, kind), value=value, value_text=text or self.paragraph.text[slice(*span)],
            unit=unit, amount_yuan=None if value is None else to_yuan(value, unit), direction=direction, year=year,
            section=self.part.path, page=page, box=box, sentence=self.paragraph.text[left : sentence[1]].rstrip(),
            start=max(0, span[0] - left), end=max(0, span[1] - left), pattern=hit.rule.id,
            flags=flags + year_flags + (("misprint",) if subject.misprint else ()),
            keywords=keywords(text) if measure == "reason" else (),
        )  # fmt: skip

    def _topic(self, claim: Claim, subject: Subject) -> str:
        if claim.topic:
            return claim.topic
        if self.setting.project:
            return "project"
        topic = self.part.files or subject.name.topic
        return {"economic": "basic", "": "other"}.get(topic, topic)

    def _is_prior(self, hit: Hit, claim: Claim) -> bool:
        """2021年度决算数为3万元, in an account of 2022: the figure of the year before (上年数)."""
        told = self._year_of(self._token(hit, claim.year[1:-1])) if claim.year.startswith("{") else None
        return told is not None and self.setting.year is not None and told == self.setting.year - 1

    def _fact_year(self, hit: Hit, claim: Claim, measure: str) -> tuple[int | None, tuple[str, ...]]:
        year = self.setting.year
        if claim.year == "prior" or (measure == "prior_year" and not claim.year.startswith("{")):
            return (year - 1 if year else None), ()
        if claim.year.startswith("{"):
            told = self._year_of(self._token(hit, claim.year[1:-1]))
            if told is not None:
                return told, ()
        return year, ()


def _kind(token: Token, unit: str, lexicon: Lexicon) -> str:
    """money, percent or a kind of count: by the unit, also where it was inferred."""
    return lexicon.units.get(unit, "money") if token.kind == "number" else token.kind


def _text_kind(subject: Subject) -> str:
    """Words about evaluated projects are about the projects, about anything else about its money."""
    return "pieces" if subject.name.topic == "performance" else "money"


def quoted(normal: NormalText, start: int, end: int) -> str:
    """What was printed, with the opening quotation mark that its normal form drops (“三公”经费)."""
    a, b = normal.raw_span(start, end)
    printed = normal.raw[a:b]
    if printed.count("”") > printed.count("“") and a and normal.raw[a - 1] == "“":
        return "“" + printed
    return printed


def _literal(item: str, part: Part, lexicon: Lexicon) -> Name:
    """The lexicon's entry for a canonical name that a rule or a section gives."""
    return lexicon.items.get(item) or Name(item, part.files or part.topic or "other")


def default_subject(part: Part) -> Subject | None:
    """What a figure without a name is about in this section."""
    return Subject(_literal(part.subject, part, load()), part.subject) if part.subject else None


def read_part(part: Part, paragraphs: Iterable[Paragraph], setting: Setting) -> Iterator[Fact]:
    """The facts of the paragraphs of one section."""
    context = Context(default_subject(part))
    for paragraph in paragraphs:
        yield from read_paragraph(paragraph, part, context, setting)
