"""Clauses to facts: the only place where what a rule matched becomes a row of facts.csv (事实)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex

from jsextract.model.report import Fact
from jsextract.narrative.frames import BUDGETS
from jsextract.narrative.keywords import keywords
from jsextract.narrative.matches import TRIM, Match
from jsextract.narrative.resolve import ReferenceResolver
from jsextract.narrative.subjects import NOBODY, Subject
from jsextract.narrative.told import Telling
from jsextract.outline.flow import Paragraph
from jsextract.outline.legibility import doubts
from jsextract.rules import tokenize
from jsextract.rules.file_types import FROM_FIGURES, OTHER_SIDE, Claim
from jsextract.rules.lexicon import Lexicon
from jsextract.rules.tokenize import Token
from jsextract.text.amounts import to_yuan
from jsextract.text.sentences import sentence_around
from jsextract.vocabulary import TEXT_MEASURES, Direction, Flag, Measure, Topic

_COUNTED = frozenset({Measure.COUNT, Measure.QUOTA, Measure.HEADCOUNT})
_RATES = frozenset({Measure.CHANGE_RATE, Measure.SHARE, Measure.COMPLETION_RATE})
_OF_ONE_KIND = frozenset({"vehicles", "batches", "groups", "persons"})
_IS_RATE = regex.compile(r"(?:率|占比|比重|比例)$")
_MORE = r"(?:[、，和及与]{1,2}|[、和及与](?:增加|减少|增长|下降)了?)"
_EACH = regex.compile(
    r"(?:分别|依次)[^，。；\ue001\ue002\ue004\ue010-\ue017]{0,16}+(?P<value>[\ue001\ue002\ue004\ue010-\ue017])"
    rf"(?:{_MORE}(?P<value>[\ue001\ue002\ue004\ue010-\ue017]))++"
    rf"|(?P<value>[\ue001\ue002])(?:(?!，){_MORE}(?P<value>[\ue001\ue002]))++"
)


class FactMaker:
    """Makes the facts of one coded paragraph, as its resolver tells what they are about.

    Attributes:
        last: where the last clause ended, in coded characters; words before that speak of it.
    """

    def __init__(self, naming: ReferenceResolver, telling: Telling, paragraph: Paragraph) -> None:
        self.naming, self.telling, self.paragraph = naming, telling, paragraph
        self.coded, self.part, self.context, self.setting = naming.coded, naming.part, naming.context, naming.setting
        self.last = 0
        self.runs = tuple(_runs(self.coded.text))

    def sentence(self, hit: Match) -> tuple[int, int]:
        """The raw characters of the sentence in which the clause begins."""
        start, end = self.coded.normal_span(hit.start, hit.end)
        a, b = self.coded.normal.raw_span(*sentence_around(self.coded.normal.text, start, end))
        return a, b

    def fact(self, hit: Match, claim: Claim, sentence: tuple[int, int]) -> Fact | None:
        """What one claim of a clause states; None where nobody can be told whom it is about, or there is no value.

        Args:
            hit: the clause.
            claim: one fact that its rule states.
            sentence: raw characters (start, end) of the sentence in the paragraph.
        """
        measure = self.naming.measure(hit, claim)
        if measure == Measure.FINAL and self.naming.years.is_prior(hit, claim):
            measure = Measure.PRIOR_YEAR
        subject = self.naming.claimed(hit, claim)
        if not measure or subject is None or subject is NOBODY or self.naming.years.are_several(hit):
            return None
        if measure in TEXT_MEASURES:
            fact = self._text_fact(hit, claim, measure, subject, sentence)
        else:
            fact = self.number_fact(hit, claim, measure, subject, sentence)
        if fact is not None and self._is_of_another(claim, subject, fact):
            self.context.top.unknown = True
            return None
        if fact is not None and not (measure == Measure.FINAL and fact.unit == "%"):  # nothing is a share of a rate
            self.context.note(measure, subject, fact.value, fact.year)
            if measure == Measure.FINAL and fact.amount_yuan is not None:
                self.context.told = subject
        return fact

    def _is_of_another(self, claim: Claim, subject: Subject, fact: Fact) -> bool:
        """Whether what was inherited as the subject has its own figure already, and this is another one."""
        if fact.amount_yuan is None or fact.measure == Measure.PRIOR_YEAR:
            return False
        other = self.context.contradicts(subject, fact.measure, fact.year, fact.amount_yuan)
        return other and (not claim.item or claim.item.startswith(OTHER_SIDE))

    def number_fact(
        self, hit: Match, claim: Claim, measure: str, subject: Subject, sentence: tuple[int, int], at: int | None = None
    ) -> Fact | None:
        """The fact of one figure; `at` is its coded place, where the slot of the value holds several."""
        token = self.naming.token(hit, claim.value) if at is None else self.coded.tokens.get(at)
        if token is None or token.value is None or self._is_shared_out(hit, claim.value):
            return None
        if measure == Measure.COUNT and not claim.item and subject is self.context.default:
            return None  # nothing is counted yet: a section's total is money
        if measure == Measure.COUNT and not claim.item and _counts_others(subject, token.kind):
            return None
        unit, flags = self._unit(token, measure)
        if not unit:
            return None
        if claim.sign == FROM_FIGURES and self._budget() is None:
            return None  # 收支相抵，差额3万元: of what from what is not told
        value, direction = self._signed(hit, claim, token.value)
        flags += claim.flags + ((Flag.FROM_LIST,) if self.context.top.listed else ())
        span = self.coded.normal.raw_span(token.start, token.number_end)
        kind = _kind(token, unit, self.setting.rules.lexicon)
        if measure != Measure.SHARE and unit != "%":
            self.context.kind = kind
        if measure == Measure.CHANGE_RATE and unit.endswith("百分点") and _IS_RATE.search(subject.printed):
            measure = Measure.CHANGE  # what a rate grows by in points is a difference
        return self._row(
            hit, claim, measure, subject, kind=kind, value=value, unit=unit, direction=direction, span=span,
            sentence=sentence, flags=flags,
        )  # fmt: skip

    def _is_shared_out(self, hit: Match, slot: str) -> bool:
        """Whether the value is one of several in a row, of several things, and the rule does not see them all."""
        at = hit.match.start(slot)
        return any(start <= at < end and not (hit.start <= start and end <= hit.end) for start, end in self.runs)

    def _unit(self, token: Token, measure: str) -> tuple[str, tuple[str, ...]]:
        if token.kind == "number":
            if measure in _RATES:
                return "%", (Flag.UNIT_INFERRED,)
            if measure == Measure.SCORE:
                return "分", (Flag.UNIT_INFERRED,)
            if measure in _COUNTED:
                return self.context.count_unit, (Flag.UNIT_INFERRED,)
            return self.context.unit or self.setting.unit or "万元", (Flag.UNIT_INFERRED,)
        return token.unit, (Flag.UNIT_INFERRED,) if token.short_unit or token.bare else ()

    def _signed(self, hit: Match, claim: Claim, value: Decimal) -> tuple[Decimal, str]:
        if not claim.sign:
            return value, ""
        if claim.sign == FROM_FIGURES:
            return self._difference(value)
        slot = claim.sign[1:-1]
        start, end = self.coded.normal_span(*hit.match.span(slot))
        sign = self.setting.rules.lexicon.words[hit.rule.slots[slot]][self.coded.normal.text[start:end]]
        if sign in {"-", "小于"} or value < 0:  # 增长-5.2%, 减少-5.2%: down, either way
            return -abs(value), Direction.DOWN
        return value, Direction.UP

    def _difference(self, value: Decimal) -> tuple[Decimal, str]:
        """差值为3万元: its sign follows from the final and the budget that stand before it (差额方向)."""
        budget = self._budget()
        down = budget is not None and self.context.values[Measure.FINAL] < budget
        return (-abs(value), Direction.DOWN) if down else (abs(value), Direction.UP)

    def _budget(self) -> Decimal | None:
        """The budget of what has a final, where both were stated."""
        known = self.context.values
        if Measure.FINAL not in known:
            return None
        return next((known[measure] for measure in BUDGETS.values() if measure in known), None)

    def _text_fact(
        self, hit: Match, claim: Claim, measure: str, subject: Subject, sentence: tuple[int, int]
    ) -> Fact | None:
        slot = claim.value if claim.value in hit.rule.slots else ""
        span = hit.match.span(slot) if slot else hit.match.span()
        if span[0] < 0:
            return None
        normal = self.coded.normal_span(*span)
        a, b = self.coded.normal.raw_span(*normal)
        text = claim.text
        words = self.setting.rules.lexicon.words
        if not text and slot and hit.rule.slots[slot] in words:
            text = words[hit.rule.slots[slot]][self.coded.normal.text[slice(*normal)]]
        raw = self.paragraph.text[a:b]
        stripped = raw.strip(TRIM + " ")
        a += len(raw) - len(raw.lstrip(TRIM + " "))
        text = text or stripped
        if not text:
            return None
        return self._row(
            hit, claim, measure, subject, kind=_text_kind(subject), value=None, unit="", text=text,
            direction=Direction.EQUAL if text == Direction.EQUAL else "", span=(a, a + len(stripped)),
            sentence=sentence, flags=claim.flags,
        )  # fmt: skip

    def _row(
        self, hit: Match, claim: Claim, measure: str, subject: Subject, *, kind: str, value: Decimal | None, unit: str,
        span: tuple[int, int], sentence: tuple[int, int], flags: tuple[str, ...], direction: str = "", text: str = "",
    ) -> Fact:  # fmt: skip
        page, box = self.paragraph.place(*span)
        guessed = (*self._guessed(hit, claim, measure), *doubts(self.paragraph, sentence, span[1]))
        left = (
            sentence[0]
            + len(self.paragraph.text[slice(*sentence)])
            - len(self.paragraph.text[slice(*sentence)].lstrip())
        )
        return Fact(
            fact_id="", topic=self._topic(claim, subject), item=subject.item(kind, self.part.topic),
            item_text=subject.printed, code=subject.name.code, project=self.setting.project, measure=measure,
            basis=self.naming.basis(hit, claim), value=value, unit=unit,
            value_text=text or self.paragraph.text[slice(*span)],
            amount_yuan=None if value is None else to_yuan(value, unit), direction=direction,
            year=self._fact_year(hit, claim, measure),
            section=self.part.path, page=page, box=box, cell_ref=self.paragraph.ref(span[0]),
            sentence=self.paragraph.text[left : sentence[1]].rstrip(),
            start=max(0, span[0] - left), end=max(0, span[1] - left), pattern=hit.rule.id,
            flags=_flags((*flags, *guessed), subject), fund=self.naming.fund(hit),
            named=self.telling.named(hit, claim, subject, self.last),
            keywords=keywords(text, self.setting.rules.keywords) if measure == Measure.REASON else (),
        )  # fmt: skip

    def _guessed(self, hit: Match, claim: Claim, measure: str) -> Iterator[str]:
        """What was taken from the surroundings of a clause that states a number."""
        if measure in TEXT_MEASURES:
            return
        if self.telling.inherits_basis(hit, claim):
            yield Flag.BASIS_INHERITED
        if measure != Measure.PRIOR_YEAR and self.telling.speaks_of_another_year(hit, claim):
            yield Flag.YEAR_INFERRED

    def _topic(self, claim: Claim, subject: Subject) -> str:
        if claim.topic:
            return claim.topic
        if self.setting.project:
            return Topic.PROJECT
        topic = self.part.files or subject.name.topic
        return {tokenize.ECONOMIC: Topic.BASIC, "": Topic.OTHER}.get(topic, topic)

    def _fact_year(self, hit: Match, claim: Claim, measure: str) -> int | None:
        """The year of the value (所属年度): as the rule says, else the document's."""
        year = self.setting.year
        if claim.year == "prior" or (measure == Measure.PRIOR_YEAR and not claim.year.startswith("{")):
            return year - 1 if year else None
        told = self.naming.years.told(hit, claim) or self.naming.years.planned(hit, measure)
        return year if told is None else told


def _counts_others(subject: Subject, kind: str) -> bool:
    """Whether a thing of 三公 is not counted so: receptions are no vehicles, vehicles no 批次, the whole is neither."""
    counted = subject.name.count or subject.name.item
    known = subject.name.topic == Topic.THREE_PUBLIC and kind in _OF_ONE_KIND
    return known and (counted == "“三公”经费合计" or (kind == "vehicles") != ("用车" in counted))


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Where values of one kind stand side by side (分别3万元、2万元); 12批次、86人次 are of two kinds."""
    for match in _EACH.finditer(text, timeout=tokenize.time_limit(text)):
        values = match.captures("value")
        if len(set(values)) < len(values):
            yield match.starts("value")[0], match.ends("value")[-1]


def _flags(flags: tuple[str, ...], subject: Subject) -> tuple[str, ...]:
    own = ((Flag.MISPRINT,) if subject.misprint else ()) + ((Flag.FREE_NAME,) if subject.free else ())
    return flags + tuple(flag for flag in own if flag not in flags)


def _kind(token: Token, unit: str, lexicon: Lexicon) -> str:
    """money, percent or a kind of count: by the unit, also where it was inferred."""
    return lexicon.units.get(unit, "money") if token.kind == "number" else token.kind


def _text_kind(subject: Subject) -> str:
    """Words about evaluated projects are about the projects, about anything else about its money."""
    return "pieces" if subject.name.topic == Topic.PERFORMANCE else "money"
