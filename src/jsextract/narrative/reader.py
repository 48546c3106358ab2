"""Sentences to facts: rules find the clauses, a reader's memory of the subject says what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import regex

from jsextract.model.report import Fact
from jsextract.narrative.discourse import DiscourseState
from jsextract.narrative.facts import FactMaker
from jsextract.narrative.frames import Remembered
from jsextract.narrative.headed import is_section_like, turn_to_heading, turn_to_line
from jsextract.narrative.matches import Match, ReadingContext, find_matches, inherits, names_nothing, rules_about
from jsextract.narrative.ownership import ENTRY_MARK, known_name, own_words
from jsextract.narrative.refuted import BREATH, is_refuted
from jsextract.narrative.resolve import ReferenceResolver, literal
from jsextract.narrative.subjects import Subject
from jsextract.narrative.told import Telling
from jsextract.narrative.years import years_told
from jsextract.outline.flow import Paragraph
from jsextract.outline.headings import Part
from jsextract.rules import tokenize
from jsextract.rules.fact_rules import FactRule
from jsextract.rules.file_types import EACH, Claim
from jsextract.rules.lexicon import Lexicon
from jsextract.rules.tokenize import TokenText
from jsextract.text.normal import normalise, squeeze
from jsextract.vocabulary import Topic

_PLACEHOLDER = regex.compile(r"[XxＸ×○]{2,}|(?<![A-Za-z])[Ｘ×]+(?=万元|元|%|个|人|辆)")
_SIDE_TOLD = regex.compile(
    r"(?:\ue005|全年|当年|年初|部门|实际|预算|决算)*(?:(?P<side>收入|支出)(?!决算)|(?P<side>收入)决算|(?<=\ue005)(?P<side>支出)决算)"
)
"""2016年支出决算3万元, 收入决算3万元, 全年支出3万元: of that side, whatever stood before.

支出决算 alone is also what the final of an income is called (收入年初预算2万元，支出决算3万元).
"""
_BEFORE_ENTRY = "，。；：、（"
_ENTRY = regex.compile(rf"(?<=^|[{_BEFORE_ENTRY}]){ENTRY_MARK}")


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
    coded = tokenize.tokenize(normalise(paragraph.text), setting.rules.lexicon, setting.entity, setting.unit_of_all)
    hits = tuple(find_matches(coded, part, rules_about(setting.rules, part.topic) if rules is None else rules))
    reader = _Reader(coded, paragraph, part, context, setting)
    at = 0
    before: Remembered | None = None
    for place, hit in enumerate(hits):
        if hit.inside and before is None:
            before = context.enter_reason()
        elif before is not None and not hit.inside:
            context.leave_reason(before)
            reader.maker.last, before = at, None
        reader.walk(at, hit.start)
        yield from reader.read(hit, islice(hits, place, place + BREATH))
        reader.pass_over(hit)
        at = max(at, hit.end)
    if before is not None:
        context.leave_reason(before)
    reader.walk(at, len(coded.text))
    context.end_paragraph()


class _Reader:
    """Walks one coded paragraph, and knows what is being talked about at each clause."""

    def __init__(
        self, coded: TokenText, paragraph: Paragraph, part: Part, context: DiscourseState, setting: ReadingContext
    ) -> None:
        self.coded, self.paragraph, self.part = coded, paragraph, part
        self.context, self.setting = context, setting
        self.naming = ReferenceResolver(coded, part, context, setting)
        self.telling = Telling(self.naming)
        self.maker = FactMaker(self.naming, self.telling, paragraph)
        self.opening = True  # whether nothing was read yet
        self.labels = False  # whether the last clause is what its sentence begins with, and only told a basis
        # coded places of the words before a basis of comparison, which is no boundary: X比上年增加3万元
        self.before: tuple[int, ...] = ()

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
            entry = _ENTRY.match(text, at, end) if not at or text[at - 1] in _BEFORE_ENTRY else None
            if entry:
                self.context.number_entry()
                self.telling.mark("")
                at = entry.end()
                continue
            if char in "；。":
                self.telling.mark(char)
                self.context.part_clauses()
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

    def read(self, hit: Match, ahead: Iterable[Match]) -> Iterator[Fact]:
        """The facts of one clause; the context learns its subject and its basis.

        Args:
            hit: the clause.
            ahead: it and those that follow it in the paragraph.
        """
        sentence = self.maker.sentence(hit)
        if _PLACEHOLDER.search(squeeze(self.paragraph.text[slice(*sentence)])):
            return
        if self._begins_list(hit):
            self.context.open_list()
        self._claim_ownership(hit)
        if is_refuted(ahead, self.naming):
            self.context.top.unknown = True
        self.naming.learn(hit)
        self.telling.learn(hit)
        self._learn_unit(hit)
        for claim in hit.rule.claims:
            if claim.item == EACH:
                yield from self._spread(hit, claim, sentence)
                continue
            fact = self.maker.fact(hit, claim, sentence)
            if fact is not None:
                yield fact
        if hit.rule.opens:
            self.context.open_list(self.naming.headed(hit))
        if hit.match[0].endswith("。"):
            self.telling.mark("。")
            self.context.part_clauses()
            self.context.end_sentence()

    def _begins_list(self, hit: Match) -> bool:
        """Whether the clause holds the words that open a list, before a name that no lexicon holds (其中学费3万元)."""
        free = hit.rule.slots.get(hit.rule.subject, "").startswith("free_")
        return free and self.setting.rules.lexicon.opener.match(self.coded.text, hit.start, hit.end) is not None

    def pass_over(self, hit: Match) -> None:
        """The next clause is looked at from here; from before where this one only told what is compared with."""
        only_basis = bool(hit.rule.basis) and not hit.rule.claims and not hit.rule.subject
        self.opening = self.opening and only_basis
        self.labels = only_basis and (hit.start == 0 or self.coded.text[hit.start - 1] == "。")
        self.before = (*self.before, *range(self.maker.last, hit.start)) if only_basis else ()
        self.maker.last = hit.end

    def _claim_ownership(self, hit: Match) -> None:
        """A clause that names nothing, with words of its own before it, is about these words or about nobody."""
        places, lexicon = (*self.before, *range(self.maker.last, hit.start)), self.setting.rules.lexicon
        gap = "".join(self.coded.text[at] for at in places)
        known = known_name(gap, lexicon) if names_nothing(hit) else None
        if known is not None and (token := self.coded.tokens.get(places[known])) and token.name:
            printed = token.path or self.coded.normal.text[token.start : token.end]
            self.context.set_subject(self.naming.named(token.name, token, printed))
            return
        if not inherits(hit):
            return
        if self.labels and self.coded.text[self.maker.last : hit.start] == "：":
            self.context.turn_to_first()
            return
        words = own_words(gap, lexicon, self.setting.entity, opening=self.opening)
        if words is None:
            side = _SIDE_TOLD.match(hit.match[0])
            if side:
                self.context.turn_to(side["side"])
                self.telling.turn()
            return
        if words.side:
            self.context.turn_to(words.side, whole=words.whole)
            self.telling.turn()
            return
        if not words.name:
            self.context.top.unknown = True
            return
        listed = self.context.parent if self.context.top.listed else None
        topic = listed.name.topic if listed else self.part.files or self.part.topic or Topic.OTHER
        subject = self.naming.unlisted(words.name, words.name, topic)
        self.context.set_subject(subject)
        self.telling.words(subject, hit.start)

    def _spread(self, hit: Match, claim: Claim, sentence: tuple[int, int]) -> Iterator[Fact]:
        """分别减少A、B和C: each figure is about one of the things named last, in order; none where these are fewer."""
        starts = hit.match.starts(claim.value)
        measure = self.naming.measure(hit, claim)
        within = self._named_within(hit, claim)
        self.context.mention(within)
        named = within or self.context.named_last(len(starts))
        for at, subject in zip(starts, named if len(named) == len(starts) else (), strict=False):
            fact = self.maker.number_fact(hit, claim, measure, subject, sentence, at)
            if fact is not None:
                self.context.note(measure, subject)
                yield fact
        self.context.top.unknown = True  # what follows is of none of them more than of the others

    def _named_within(self, hit: Match, claim: Claim) -> tuple[Subject, ...]:
        """A、B和C分别为3万元、2万元和1万元: the things that the clause names itself, in order, without their whole."""
        basis = claim.basis[1:-1] if claim.basis.startswith("{") else ""
        measured = range(*hit.match.span(basis)) if basis else ()
        tokens = ((at, self.coded.tokens.get(at)) for at in range(hit.start, hit.end) if at not in measured)
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


def default_subject(part: Part, lexicon: Lexicon) -> Subject | None:
    """What a figure without a name is about in this section."""
    return Subject(literal(part.subject, part, lexicon), part.subject) if part.subject else None


def read_part(
    part: Part, paragraphs: Iterable[Paragraph], setting: ReadingContext, rules: Sequence[FactRule] | None = None
) -> Iterator[Fact]:
    """The facts of the paragraphs of one section, by all rules in force or by these alone."""
    paragraphs = tuple(paragraphs)
    years = years_told((part.path, *(paragraph.text for paragraph in paragraphs)))
    context = DiscourseState(default_subject(part, setting.rules.lexicon), years=years)
    turn_to_heading(context, part.heading, part, setting)
    headed = context.top.subject
    for paragraph in paragraphs:
        if is_section_like(paragraph):
            context.top.subject = headed
        turn_to_line(context, paragraph, part, setting)
        yield from read_paragraph(paragraph, part, context, setting, rules)
