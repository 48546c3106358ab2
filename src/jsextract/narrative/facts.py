"""Sentences to facts: rules find the clauses, a reader's memory of the subject says what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import regex

from jsextract.model.report import Fact
from jsextract.narrative.discourse import BUDGETS, NOBODY, DiscourseState, Remembered, Subject
from jsextract.narrative.headed import turn_to_heading, turn_to_line
from jsextract.narrative.keywords import keywords
from jsextract.narrative.matches import TRIM, Match, ReadingContext, find_matches
from jsextract.narrative.ownership import ENTRY_MARK, known_name, own_words
from jsextract.narrative.resolve import ReferenceResolver, literal
from jsextract.narrative.told import Telling
from jsextract.outline.flow import Paragraph
from jsextract.outline.headings import Part
from jsextract.rules import tokenize
from jsextract.rules.fact_rules import FactRule
from jsextract.rules.file_types import EACH, FROM_FIGURES, Claim
from jsextract.rules.lexicon import Lexicon, Name
from jsextract.rules.tokenize import Token, TokenText
from jsextract.text.amounts import to_yuan
from jsextract.text.normal import normalise, squeeze
from jsextract.vocabulary import TEXT_MEASURES, Direction, Flag, Measure, Topic

_PLACEHOLDER = regex.compile(r"[XxＸ×○]{2,}|(?<![A-Za-z])[Ｘ×]+(?=万元|元|%|个|人|辆)")
_COUNTED = frozenset({Measure.COUNT, Measure.QUOTA, Measure.HEADCOUNT})
_RATES = frozenset({Measure.CHANGE_RATE, Measure.SHARE, Measure.COMPLETION_RATE})
_EACH = regex.compile(
    r"分别[^，。；\ue001\ue002\ue004\ue010-\ue017]{0,16}+(?P<value>[\ue001\ue002\ue004\ue010-\ue017])"
    r"(?:[、，和及与]{1,2}(?P<value>[\ue001\ue002\ue004\ue010-\ue017]))++"
)


_SIDE_TOLD = regex.compile(r"\ue005?(?:(收入)决算|(?<=\ue005)(支出)决算)")
"""2016年支出决算3万元, 收入决算3万元: the account's own, whatever stood before."""
_ENTRY = regex.compile(rf"(?<=^|[，。；：、（]){ENTRY_MARK}")


def read_paragraph(
    paragraph: Paragraph,
    part: Part,
    context: DiscourseState,
    setting: ReadingContext,
    rules: Sequence[FactRule] | None = None,
) -> Iterator[Fact]:
    """The facts of one paragraph, in reading order; `context` is carried on.

    Sentences that still hold a template's placeholder (XX万元) give nothing.
    """
    coded = tokenize.tokenize(normalise(paragraph.text), setting.rules.lexicon, setting.entity)
    hits = find_matches(coded, part, setting.rules.facts if rules is None else rules)
    reader = _Reader(coded, paragraph, part, context, setting)
    at = 0
    before: Remembered | None = None
    for hit in hits:
        if hit.inside and before is None:
            before = context.enter_reason()
        elif before is not None and not hit.inside:
            context.leave_reason(before)
            reader.last, before = at, None
        reader.walk(at, hit.start)
        yield from reader.read(hit)
        reader.pass_over(hit)
        at = max(at, hit.end)
    if before is not None:
        context.leave_reason(before)
    reader.walk(at, len(coded.text))
    context.end_paragraph()


class _Reader:
    """Walks one coded paragraph; the only place that turns matches into facts."""

    def __init__(
        self, coded: TokenText, paragraph: Paragraph, part: Part, context: DiscourseState, setting: ReadingContext
    ) -> None:
        self.coded, self.paragraph, self.part = coded, paragraph, part
        self.context, self.setting = context, setting
        self.naming = ReferenceResolver(coded, part, context, setting)
        self.telling = Telling(self.naming)
        self.runs = tuple(_runs(coded.text)) if "分别" in coded.text else ()
        self.last = 0
        self.opening = True  # whether nothing was read yet
        self.before: tuple[
            int, ...
        ] = ()  # coded places of the words before a basis of comparison, which is no boundary: X比上年增加3万元

    def walk(self, start: int, end: int) -> None:
        """Take note of lists, brackets and full stops between two clauses."""
        at = start
        text = self.coded.text
        while at < end:
            char = text[at]
            token = self.coded.tokens.get(at)
            if token is not None and token.path and token.name is not None:
                # A（类）B（款）C（项） is what follows is about, whatever stands behind it
                subject = self.naming.named(token.name, token, token.path)
                self.context.set_subject(subject)
                self.telling.head(subject, at)
            entry = _ENTRY.match(text, at, end)
            if entry:
                self.context.number_entry()
                self.telling.mark("")
                at = entry.end()
                continue
            if char in "；。":
                self.telling.mark(char)
            if char in tokenize.MONEY + "；":
                self.context.top.unknown = char != "；"
                self.context.top.named += char != "；"
                if char == "；":
                    self.context.end_names()
            elif char == "。":
                self.context.end_sentence()
            elif char == "（":
                self.context.open_bracket()
            elif char == "）":
                self.context.close_bracket()
            else:
                opener = self.setting.rules.lexicon.opener.match(text, at)
                if opener and opener.end() <= end:
                    self.context.open_list()
                    at = opener.end()
                    continue
            at += 1

    def read(self, hit: Match) -> Iterator[Fact]:
        """The facts of one clause; the context learns its subject and its basis."""
        sentence = self._sentence(hit)
        if _PLACEHOLDER.search(squeeze(self.paragraph.text[slice(*sentence)])):
            return
        self._claim_ownership(hit)
        self.naming.learn(hit)
        self.telling.learn(hit)
        self._learn_unit(hit)
        for claim in hit.rule.claims:
            if claim.item == EACH:
                yield from self._spread(hit, claim, sentence)
                continue
            fact = self._fact(hit, claim, sentence)
            if fact is not None:
                yield fact
        if hit.rule.opens:
            self.context.open_list()
        if hit.match[0].endswith("。"):
            self.telling.mark("。")
            self.context.end_sentence()

    def pass_over(self, hit: Match) -> None:
        """The next clause is looked at from here; from before where this one only told what is compared with."""
        only_basis = bool(hit.rule.basis) and not hit.rule.claims and not hit.rule.subject
        self.opening = self.opening and only_basis
        self.before = (*self.before, *range(self.last, hit.start)) if only_basis else ()
        self.last = hit.end

    def _claim_ownership(self, hit: Match) -> None:
        """A clause that names nothing, with words of its own before it, is about these words or about nobody."""
        places, lexicon = (*self.before, *range(self.last, hit.start)), self.setting.rules.lexicon
        gap = "".join(self.coded.text[at] for at in places)
        known = known_name(gap, lexicon) if _names_nothing(hit) else None
        if known is not None and (token := self.coded.tokens.get(places[known])) and token.name:
            printed = token.path or self.coded.normal.text[token.start : token.end]
            self.context.set_subject(self.naming.named(token.name, token, printed))
            return
        if not _inherits(hit):
            return
        words = own_words(gap, lexicon, self.setting.entity, opening=self.opening)
        if words is None:
            side = _SIDE_TOLD.match(hit.match[0])
            if side:
                self.context.turn_to(side[1] or side[2])
                self.telling.turn()
            return
        if words.side:
            self.context.turn_to(words.side)
            self.telling.turn()
            return
        if not words.name:
            self.context.top.unknown = True
            return
        listed = self.context.parent if self.context.top.listed else None
        topic = listed.name.topic if listed else self.part.files or self.part.topic or Topic.OTHER
        subject = Subject(Name(words.name, topic), words.name, free=True)
        self.context.set_subject(subject)
        self.telling.words(subject, hit.start)

    def _spread(self, hit: Match, claim: Claim, sentence: tuple[int, int]) -> Iterator[Fact]:
        """分别减少A、B和C: each figure is about one of the things named last, in order; none where these are fewer."""
        starts = hit.match.starts(claim.value)
        measure = self.naming.measure(hit, claim)
        within = self._named_within(hit)
        self.context.mention(within)
        named = within or self.context.named_last(len(starts))
        for at, subject in zip(starts, named if len(named) == len(starts) else (), strict=False):
            fact = self._number_fact(hit, claim, measure, subject, sentence, at)
            if fact is not None:
                self.context.note(measure, subject)
                yield fact

    def _named_within(self, hit: Match) -> tuple[Subject, ...]:
        """A、B和C分别为3万元、2万元和1万元: the things that the clause names itself, in order."""
        tokens = ((at, self.coded.tokens.get(at)) for at in range(hit.start, hit.end))
        named = [(token, token.name) for _, token in tokens if token is not None and token.name is not None]
        text = self.coded.normal.text
        tokens_named = tuple(self.naming.named(name, t, t.path or text[t.start : t.end]) for t, name in named)
        return tokens_named or tuple(self._named_in_words(hit))

    def _named_in_words(self, hit: Match) -> Iterator[Subject]:
        """货物、工程、服务分别为…: things that the slot of a word list names one after another."""
        for slot, kind in hit.rule.slots.items():
            spans = hit.match.spans(slot)
            words = self.setting.rules.lexicon.words.get(kind, {}) if len(spans) > 1 else {}
            for span in spans if words else ():
                printed = self.coded.normal.text[slice(*self.coded.normal_span(*span))]
                yield Subject(literal(words[printed], self.part, self.setting.rules.lexicon), printed)

    def _learn_unit(self, hit: Match) -> None:
        """各减少3，4万元: the first figure has the unit of the second."""
        for position in range(hit.start, hit.end):
            token = self.coded.tokens.get(position)
            if token is not None and token.kind == "money":
                self.context.unit = token.unit
            elif token is not None and token.kind in tokenize.COUNTS:
                self.context.count_unit = token.unit

    def _sentence(self, hit: Match) -> tuple[int, int]:
        """The raw characters of the sentence in which the clause begins."""
        start, end = self.coded.normal_span(hit.start, hit.end)
        text = self.coded.normal.text
        left = text.rfind("。", 0, start) + 1
        right = text.find("。", max(start, end - 1))
        a, b = self.coded.normal.raw_span(left, right + 1 if right >= 0 else len(text))
        return a, b

    def _fact(self, hit: Match, claim: Claim, sentence: tuple[int, int]) -> Fact | None:
        measure = self.naming.measure(hit, claim)
        if measure == Measure.FINAL and self.naming.is_prior(hit, claim):
            measure = Measure.PRIOR_YEAR
        subject = self.naming.claimed(hit, claim)
        if not measure or subject is None or subject is NOBODY or self.naming.covers_years(hit):
            return None
        if measure in TEXT_MEASURES:
            fact = self._text_fact(hit, claim, measure, subject, sentence)
        else:
            fact = self._number_fact(hit, claim, measure, subject, sentence)
        if fact is not None:
            self.context.note(measure, subject, fact.value, fact.year)
        return fact

    def _number_fact(
        self, hit: Match, claim: Claim, measure: str, subject: Subject, sentence: tuple[int, int], at: int | None = None
    ) -> Fact | None:
        """The fact of one figure; `at` is its coded place, where the slot of the value holds several."""
        token = self.naming.token(hit, claim.value) if at is None else self.coded.tokens.get(at)
        if token is None or token.value is None or self._is_shared_out(hit, claim.value):
            return None
        if measure == Measure.COUNT and not claim.item and subject is self.context.default:
            return None  # nothing is counted yet: a section's total is money
        unit, flags = self._unit(token, measure)
        if not unit:
            return None
        value, direction = self._signed(hit, claim, token.value, measure)
        flags += claim.flags + ((Flag.FROM_LIST,) if self.context.top.listed else ())
        span = self.coded.normal.raw_span(token.start, token.number_end)
        kind = _kind(token, unit, self.setting.rules.lexicon)
        if measure != Measure.SHARE and unit != "%":
            self.context.kind = kind
        return self._row(
            hit, claim, measure, subject, kind=kind, value=value, unit=unit, direction=direction, span=span,
            sentence=sentence, flags=flags,
        )  # fmt: skip

    def _is_shared_out(self, hit: Match, slot: str) -> bool:
        """Whether the value is one of several that 分别 gives to several things, and the rule does not see them all."""
        at = hit.match.start(slot)
        return any(start <= at < end and not (hit.start <= start and end <= hit.end) for start, end in self.runs)

    def _unit(self, token: Token, measure: str) -> tuple[str, tuple[str, ...]]:
        if token.kind == "number":
            if measure in _RATES:
                return "%", (Flag.UNIT_INFERRED,)
            if measure in _COUNTED:
                return self.context.count_unit, (Flag.UNIT_INFERRED,)
            return self.context.unit or self.setting.unit or "万元", (Flag.UNIT_INFERRED,)
        return token.unit, (Flag.UNIT_INFERRED,) if token.short_unit else ()

    def _signed(self, hit: Match, claim: Claim, value: Decimal, measure: str) -> tuple[Decimal, str]:
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
        known = self.context.values
        budget = next((known[measure] for measure in BUDGETS.values() if measure in known), None)
        if budget is None or Measure.FINAL not in known:
            return value, ""
        down = known[Measure.FINAL] < budget
        return (-abs(value), Direction.DOWN) if down else (abs(value), Direction.UP)

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
        left = (
            sentence[0]
            + len(self.paragraph.text[slice(*sentence)])
            - len(self.paragraph.text[slice(*sentence)].lstrip())
        )
        return Fact(
            fact_id="", topic=self._topic(claim, subject), item=subject.item(kind, self.part.topic),
            item_text=subject.printed, code=subject.name.code, project=self.setting.project, measure=measure,
            basis=self.naming.basis(hit, claim, kind), value=value, unit=unit,
            value_text=text or self.paragraph.text[slice(*span)],
            amount_yuan=None if value is None else to_yuan(value, unit), direction=direction,
            year=self._fact_year(hit, claim, measure),
            section=self.part.path, page=page, box=box, sentence=self.paragraph.text[left : sentence[1]].rstrip(),
            start=max(0, span[0] - left), end=max(0, span[1] - left), pattern=hit.rule.id,
            flags=_flags((*flags, *self._guessed(hit, claim, measure)), subject), fund=self.naming.fund(hit),
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
        told = self.naming.told_year(hit, claim)
        return year if told is None else told


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Where values of one kind stand side by side after 分别: 分别为3万元、4万元; 12批次、86人次 are of two kinds."""
    for match in _EACH.finditer(text, timeout=tokenize.time_limit(text)):
        values = match.captures("value")
        if len(set(values)) < len(values):
            yield match.starts("value")[0], match.ends("value")[-1]


def _names_nothing(hit: Match) -> bool:
    """Whether a clause states something and does not name what it is about."""
    rule = hit.rule
    if any(hit.match[slot] for slot, kind in rule.slots.items() if kind.startswith("item") or slot == rule.subject):
        return False
    return any(not claim.item for claim in rule.claims)


def _inherits(hit: Match) -> bool:
    """Whether a clause states figures and names nothing that they are about."""
    return _names_nothing(hit) and any(
        not claim.item and claim.measure not in TEXT_MEASURES for claim in hit.rule.claims
    )


def _flags(flags: tuple[str, ...], subject: Subject) -> tuple[str, ...]:
    own = ((Flag.MISPRINT,) if subject.misprint else ()) + ((Flag.FREE_NAME,) if subject.free else ())
    return flags + tuple(flag for flag in own if flag not in flags)


def _kind(token: Token, unit: str, lexicon: Lexicon) -> str:
    """money, percent or a kind of count: by the unit, also where it was inferred."""
    return lexicon.units.get(unit, "money") if token.kind == "number" else token.kind


def _text_kind(subject: Subject) -> str:
    """Words about evaluated projects are about the projects, about anything else about its money."""
    return "pieces" if subject.name.topic == Topic.PERFORMANCE else "money"


def default_subject(part: Part, lexicon: Lexicon) -> Subject | None:
    """What a figure without a name is about in this section."""
    return Subject(literal(part.subject, part, lexicon), part.subject) if part.subject else None


def read_part(
    part: Part, paragraphs: Iterable[Paragraph], setting: ReadingContext, rules: Sequence[FactRule] | None = None
) -> Iterator[Fact]:
    """The facts of the paragraphs of one section, by all rules in force or by these alone."""
    context = DiscourseState(default_subject(part, setting.rules.lexicon))
    turn_to_heading(context, part.heading, part, setting)
    for paragraph in paragraphs:
        turn_to_line(context, paragraph, part, setting)
        yield from read_paragraph(paragraph, part, context, setting, rules)
