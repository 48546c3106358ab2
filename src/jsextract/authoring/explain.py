"""Why a rule read a sentence, or did not: what it matched, who else took the characters, where it stopped."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

import regex
from msgspec import Struct
from msgspec.structs import replace

from jsextract.authoring.examples import EXAMPLE_YEAR, described, read_paragraphs
from jsextract.model.document import Line
from jsextract.model.report import Fact
from jsextract.narrative.discourse import DiscourseState
from jsextract.narrative.matches import Match, ReadingContext, all_matches, applies, find_matches
from jsextract.narrative.projects import figures_of
from jsextract.narrative.prose import evaluated_in, narrated, parts_by_own_words
from jsextract.narrative.reader import default_subject, read_paragraph
from jsextract.narrative.subjects import Subject
from jsextract.outline.flow import Paragraph, join
from jsextract.outline.headings import Outline, Part, part_about
from jsextract.rules import tokenize
from jsextract.rules.fact_rules import FactRule, expand
from jsextract.rules.lexicon import Lexicon, Name
from jsextract.rules.pattern_format import alternatives, described_piece
from jsextract.rules.ruleset import RuleSet
from jsextract.rules.tokenize import TokenText
from jsextract.text.normal import normalise


class Look(Struct, frozen=True):
    """What a rule made of a place in a sentence; all texts as printed.

    Attributes:
        rule: its id.
        outcome: `read`; `taken` (it matched, another rule took the characters); `stopped` (its beginning matched).
        page: where the paragraph begins; 0 for pasted text.
        section: headings above it; `topic`: what the section is about.
        before, matched, after: the sentence around the characters that matched.
        slots: what each slot took.
        facts: of what was read, one line each.
        taken_by: the rule that took the characters, and which it took.
        wanted: the piece of the pattern that did not match any more.
    """

    rule: str
    outcome: str
    page: int
    section: str
    topic: str
    before: str
    matched: str
    after: str
    slots: tuple[tuple[str, str], ...] = ()
    facts: tuple[str, ...] = ()
    taken_by: tuple[str, str] = ("", "")
    wanted: str = ""


class Pasted(Struct, frozen=True):
    """What all rules together read in a pasted sentence.

    Attributes:
        looks: the rules that read it, from left to right.
        facts: one line each.
        unread: figures that no fact holds.
        elsewhere: topics of sections in which it would give more facts, and how many.
    """

    looks: tuple[Look, ...]
    facts: tuple[str, ...]
    unread: tuple[str, ...]
    elsewhere: tuple[tuple[str, int], ...]


def explain_document(rule: FactRule, outline: Outline, setting: ReadingContext) -> Iterator[Look]:
    """What the rule makes of a document, in reading order; sentences without any of it are left out."""
    for part, paragraphs, evaluations in narrated(
        list(parts_by_own_words(outline, setting.rules.sections)), setting.rules.sections.evaluations
    ):
        yield from explain_paragraphs(rule, part, paragraphs, setting)
        for evaluation in evaluations:
            subject = Subject(Name(evaluation.name, "project"), evaluation.name)
            inner = replace(setting, project=evaluation.name)
            yield from explain_paragraphs(rule, evaluated_in(part), [figures_of(evaluation)], inner, subject)


def topics_told(outline: Outline, rules: RuleSet) -> tuple[str, ...]:
    """What the sections are about from which facts are taken, each once; those of no known topic are left out."""
    told = narrated(list(parts_by_own_words(outline, rules.sections)), rules.sections.evaluations)
    return tuple(dict.fromkeys(part.topic for part, *_ in told if part.topic))


def explain_paragraphs(
    rule: FactRule, part: Part, paragraphs: Iterable[Paragraph], setting: ReadingContext, subject: Subject | None = None
) -> Iterator[Look]:
    """What the rule makes of paragraphs that follow each other; `subject` is what they begin with."""
    context = DiscourseState(subject or default_subject(part, setting.rules.lexicon))
    for paragraph in paragraphs:
        facts = list(read_paragraph(paragraph, part, context, setting))
        yield from _ParagraphLooks(paragraph, part, setting.rules).looks(rule, facts)


def explain_sentence(sentence: str, topic: str, rule: FactRule, rules: RuleSet) -> list[Look]:
    """What one rule makes of a pasted sentence in a section about `topic`."""
    paragraph = join([Line(0, sentence)])
    part = part_about(topic, rules.sections, (paragraph,))
    return list(explain_paragraphs(rule, part, [paragraph], ReadingContext(rules, EXAMPLE_YEAR, "万元")))


def explain_all(sentence: str, topic: str, rules: RuleSet) -> Pasted:
    """What all rules together make of a pasted sentence in a section about `topic`."""
    facts = read_paragraphs([sentence], rules, topic)
    place = _ParagraphLooks(join([Line(0, sentence)]), part_about(topic, rules.sections), rules)
    counts = {t: len(read_paragraphs([sentence], rules, t)) for t in rules.sections.topic_names}
    return Pasted(
        looks=tuple(place.read(hit, facts) for hit in place.chosen),
        facts=tuple(map(described, facts)),
        unread=tuple(sentence[a:b] for a, b in unread_figures(place.coded, facts)),
        elsewhere=tuple((t, n) for t, n in counts.items() if n > len(facts)),
    )


def unread_figures(coded: TokenText, facts: Iterable[Fact]) -> Iterator[tuple[int, int]]:
    """The raw characters of each amount, percentage and count of a text that none of its facts points at."""
    raw = coded.normal.raw
    held = [(at + f.start, at + f.end) for f in facts if (at := raw.find(f.sentence)) >= 0]
    for token in coded.tokens.values():
        if token.value is not None and token.kind not in {"year", "number"}:
            a, b = coded.normal.raw_span(token.start, token.end)
            if not any(start < b and a < end for start, end in held):
                yield a, b


class _ParagraphLooks:
    """One paragraph in coded form, with the rules that read it."""

    def __init__(self, paragraph: Paragraph, part: Part, rules: RuleSet) -> None:
        self.paragraph, self.part, self.rules = paragraph, part, rules
        self.coded = tokenize.tokenize(normalise(paragraph.text), rules.lexicon)
        self.chosen = find_matches(self.coded, part, rules.facts)

    def looks(self, rule: FactRule, facts: list[Fact]) -> Iterator[Look]:
        """What the rule makes of each sentence of the paragraph; `facts` are what all rules gave there."""
        if not applies(rule, self.part, frozenset(self.coded.text)):
            return
        own = list(all_matches(self.coded, self.part, [rule]))
        for start, end in self._sentences():
            hits = [hit for hit in own if start <= hit.start < end]
            for hit in hits:
                yield self._match(hit, facts)
            stop = None if hits else furthest(rule, self.coded.text, start, end, self.rules.lexicon)
            if stop:
                yield self._look(rule, "stopped", stop.start, stop.end, wanted=stop.wanted)

    def read(self, hit: Match, facts: Iterable[Fact]) -> Look:
        """A match that gave facts."""
        span = self._raw(hit.start, hit.end)
        left = self._sentence(hit.start)[0]
        own = [f for f in facts if f.pattern == hit.rule.id and self._holds(f, span, left)]
        return self._look(
            hit.rule, "read", hit.start, hit.end, slots=self._slots(hit), facts=tuple(map(described, own))
        )

    def _match(self, hit: Match, facts: Iterable[Fact]) -> Look:
        """A match that gave facts, or whose characters another rule took."""
        taker = next((c for c in self.chosen if c.start < hit.end and hit.start < c.end), None)
        if taker is None or (taker.rule is hit.rule and taker.start == hit.start):
            return self.read(hit, facts)
        taken_by = (taker.rule.id, self._printed(taker.start, taker.end))
        return self._look(hit.rule, "taken", hit.start, hit.end, slots=self._slots(hit), taken_by=taken_by)

    def _holds(self, fact: Fact, span: tuple[int, int], left: int) -> bool:
        """Whether a fact was read from the printed characters `span`, in the sentence that begins at `left`."""
        text = self.paragraph.text
        left = text.find(fact.sentence, left)
        return left >= 0 and span[0] <= left + fact.start < max(span[1], span[0] + 1)

    def _look(
        self, rule: FactRule, outcome: str, start: int, end: int, *, slots: tuple[tuple[str, str], ...] = (),
        facts: tuple[str, ...] = (), taken_by: tuple[str, str] = ("", ""), wanted: str = "",
    ) -> Look:  # fmt: skip
        """The look at coded characters `start` to `end`, with the printed sentence around them."""
        left, right = self._sentence(start)
        a, b = self._raw(start, end)
        text = self.paragraph.text
        page = self.paragraph.place(a, b)[0]
        return Look(
            rule=rule.id,
            outcome=outcome,
            page=page,
            section=self.part.path,
            topic=self.part.topic,
            before=text[left:a].lstrip(),
            matched=text[a:b],
            after=text[b : max(b, right)].rstrip(),
            slots=slots,
            facts=facts,
            taken_by=taken_by,
            wanted=wanted,
        )

    def _slots(self, hit: Match) -> tuple[tuple[str, str], ...]:
        """(slot, printed text) for each slot of the rule that took something."""
        spans = [(name, hit.match.span(name)) for name in hit.rule.slots]
        return tuple((name, self._printed(*span)) for name, span in spans if span[0] >= 0)

    def _sentences(self) -> Iterator[tuple[int, int]]:
        """Coded characters of each sentence, its full stop included."""
        text, start = self.coded.text, 0
        while start < len(text):
            stop = text.find("。", start)
            yield start, (start := len(text) if stop < 0 else stop + 1)

    def _sentence(self, at: int) -> tuple[int, int]:
        """The raw characters of the sentence around a coded position."""
        spans = list(self._sentences())
        return self._raw(*next((s for s in spans if s[0] <= at < s[1]), spans[-1]))

    def _raw(self, start: int, end: int) -> tuple[int, int]:
        """Where coded characters are printed: start and end in the paragraph's text."""
        return self.coded.normal.raw_span(*self.coded.normal_span(start, end))

    def _printed(self, start: int, end: int) -> str:
        """Coded characters as they are printed."""
        return self.paragraph.text[slice(*self._raw(start, end))]


class Stop(Struct, frozen=True):
    """The longest beginning of a pattern that matched, in coded positions, and the piece that did not."""

    start: int
    end: int
    wanted: str


def furthest(rule: FactRule, text: str, start: int, end: int, lexicon: Lexicon) -> Stop | None:
    """How far the pattern gets in coded characters `start` to `end`; None where nothing of it is there."""
    best: tuple[int, Stop] | None = None
    for prefixes in _prefixes(rule.source, lexicon):
        for done, (pattern, wanted) in prefixes:
            found = [m for m in pattern.finditer(text, start, end, timeout=tokenize.TIMEOUT) if m.end() > m.start()]
            if found:
                match = max(found, key=lambda m: m.end() - m.start())
                if best is None or (done, match.end() - match.start()) > (best[0], best[1].end - best[1].start):
                    best = done, Stop(match.start(), match.end(), wanted)
                break
    return best[1] if best else None


@functools.lru_cache(maxsize=64)
def _prefixes(source: str, lexicon: Lexicon) -> tuple[tuple[tuple[int, tuple[regex.Pattern[str], str]], ...], ...]:
    """For each alternative of a pattern its beginnings, longest first: (pieces done, (pattern, the next piece))."""
    found = []
    for pieces in alternatives(source):
        solid = next((i for i, piece in enumerate(pieces) if _is_solid(piece, lexicon)), len(pieces))
        beginnings = [
            (done, (regex.compile(expand("".join(pieces[:done]), lexicon)[0]), described_piece(pieces[done], lexicon)))
            for done in range(len(pieces) - 1, solid, -1)
        ]
        found.append(tuple(beginnings))
    return tuple(found)


def _is_solid(piece: str, lexicon: Lexicon) -> bool:
    """Whether a piece stands for characters that must be there: finding an optional year is not worth telling."""
    looks_around = piece.startswith(("(?<=", "(?<!", "(?=", "(?!"))
    return not looks_around and not regex.fullmatch(expand(piece, lexicon)[0], "")
