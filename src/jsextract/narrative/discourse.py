"""What is being talked about: the state that a reader keeps from clause to clause."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct, field

from jsextract.narrative.frames import BUDGETS, Frame, Remembered
from jsextract.narrative.stated import refuted
from jsextract.narrative.subjects import NOBODY, SIDES, WHOLES, Subject, beside, other_side, side_of
from jsextract.rules.lexicon import Name
from jsextract.vocabulary import Measure

_LISTED = frozenset(
    {Measure.FINAL, Measure.INITIAL_BUDGET, Measure.FULL_YEAR_BUDGET, Measure.BUDGET, Measure.HEADCOUNT, Measure.QUOTA}
)
_BASES = {measure: basis for basis, measure in BUDGETS.items()}


class DiscourseState(Struct):
    """Where the reader is within a section.

    Attributes:
        basis: what changes are measured against just now (上年, 年初预算…); blank when nothing said.
        unit: the last money unit, which a figure without one inherits.
        pair: the two things that figures in pairs are about (收、支总计各是X，Y万元).
        budget: the kind of budget that was named last (年初预算, 全年预算, 预算).
        entry: the function item that was named last, by its levels (类, 款, 项).
        recent: the things that the paragraph has named, in order.
        count_unit: the same for counts.
        kind: what the last figure was (money, a kind of count), for shares that name no base.
        year: of the last figure.
        values: the figures of the subject that were stated, by measure.
        whole: the thing of the paragraph whose amount was stated last and is no share of another.
        headed: what the heading above names, until something else is named.
        sides: 收入总计3万元，支出总计3万元: what both changed by is the whole's, while nothing else was named.
        told: whose money was stated last in the clause, also where that is no subject (平均每辆2万元).
        years: those that the section tells of one after another.
        stated: by thing, measure and year, what was said of it in yuan since it was named last.
        opposite: whose final was stated last in this clause, and how much it is.
    """

    default: Subject | None
    frames: list[Frame] = field(default_factory=lambda: [Frame()])
    basis: str = ""
    unit: str = ""
    pair: tuple[Subject, ...] = ()
    budget: str = ""
    entry: tuple[str, ...] = ()
    recent: list[Subject] = field(default_factory=list)
    count_unit: str = ""
    kind: str = "money"
    year: int | None = None
    values: dict[str, Decimal] = field(default_factory=dict)
    whole: Subject | None = None
    headed: Subject | None = None
    sides: tuple[Subject, ...] = ()
    opposite: tuple[Subject, Decimal] | None = None
    told: Subject | None = None
    years: frozenset[int] = frozenset()
    stated: dict[tuple[str, str, int | None], Decimal] = field(default_factory=dict)

    @property
    def top(self) -> Frame:
        """The innermost level."""
        return self.frames[-1]

    @property
    def subject(self) -> Subject | None:
        """The subject of the innermost level that has one, else what the section is about."""
        return next((f.subject for f in reversed(self.frames) if f.subject), self.default)

    @property
    def compared(self) -> Subject | None:
        """The last thing that was compared, for the reason that follows."""
        return next((f.compared for f in reversed(self.frames) if f.compared), None) or self.subject

    @property
    def parent(self) -> Subject | None:
        """Whose parts are being listed."""
        return next((f.parent for f in reversed(self.frames) if f.parent), None)

    @property
    def divided(self) -> Subject | None:
        """What a share without a base is a share of: the list's whole, or A in A 100万元，B占50%."""
        subject, whole = self.subject, self.whole
        kin = self.default is not None and subject is not None and self.default.name.topic == subject.name.topic
        told = None if kin or self.values or whole == subject else whole
        return self.parent or told or self.default

    @property
    def enclosing(self) -> Subject | None:
        """What was talked about before the innermost bracket."""
        return next((f.subject for f in reversed(self.frames[:-1]) if f.subject), self.default)

    def set_subject(self, subject: Subject) -> None:
        """`subject` is talked about from here on, at this level."""
        if self.top.lingering:
            self.frames.pop()
        while self.top.listed and not self.top.bracket and self.top.parent and beside(self.top.parent, subject):
            self.frames.pop()
        if self.headed is not None and subject.name != self.headed.name:
            self.headed = None
        self.top.subject = subject
        self.sides, self.told = (), None
        self.stated = {told: amount for told, amount in self.stated.items() if told[0] != subject.name.item}
        self.top.compared = None
        self.top.unknown = False
        self.top.named += 1
        self.values.clear()
        self.recent.append(subject)

    def named_last(self, count: int) -> tuple[Subject, ...]:
        """The last things that the paragraph has named, in order, each once; none where it has named fewer."""
        once = {subject.name.item: subject for subject in self.recent}
        last = sorted(once.values(), key=self.recent.index)[-count:]
        return tuple(last) if len(last) == count else ()

    def mention(self, subjects: Iterable[Subject]) -> None:
        """A clause has named these things, one after another; what the paragraph is about stays."""
        self.recent.extend(subjects)

    def turn_to(self, side: str, *, whole: bool = False) -> None:
        """收入增加…；支出增加…: that side of what was told before, where it has sides.

        Args:
            side: 收入 or 支出.
            whole: whether all of that side is meant (当年支出), and no part of it that was told last.
        """
        if self.top.lingering:
            self.frames.pop()
        self.told = None
        now = self.subject
        if now is None or now.name.sides:
            pair = now.name.sides if now else ()
            named = next((name for name in pair if side in name), "")
            found = next((s for s in reversed(self.recent) if s.name.item == named), None)
            if named:
                self.set_subject(found or Subject(Name(named, now.name.topic if now else ""), named))
            return
        if side_of(now.name.item) == side and not (whole and now.name.item not in WHOLES):
            return
        other = other_side(self._broader(now).name.item)
        wholes = (s for s in reversed(self.recent) if (s.name.item in WHOLES if whole else other_side(s.name.item)))
        found = next((s for s in wholes if side_of(s.name.item) == side), None)
        if found is not None or other:
            self.set_subject(found or Subject(Name(other, now.name.topic), other))
        elif whole or side_of(now.name.item) or side == "收入":
            self.top.unknown = True

    def _broader(self, now: Subject) -> Subject:
        """All of the same side, where the paragraph has named it: 收入3万元，主要为财政拨款收入2万元，支出1万元."""
        if now.name.item in WHOLES:
            return now
        told = (s for s in self.recent if s.name.item in WHOLES and side_of(s.name.item) == side_of(now.name.item))
        return next(told, now)

    def note(
        self, measure: str, subject: Subject | None, value: Decimal | None = None, year: int | None = None
    ) -> None:
        """A fact was stated: lists inherit budgets and finals and their year, reasons follow comparisons.

        A budget that stands behind the final of the same thing is told beside it: the list is about the final.
        """
        top = self.top
        if measure in _LISTED and not (measure in _BASES and top.measure == Measure.FINAL and top.measured == subject):
            top.measure, top.measured = measure, subject
        if value is not None:
            self.year = year
            self.values[measure] = value
            self._note_sides(measure, subject, value)
            if measure == Measure.FINAL:
                self.whole = subject
            elif measure == Measure.SHARE and self.whole == subject:
                self.whole = None
        if measure in {Measure.CHANGE, Measure.CHANGE_RATE, Measure.COMPARISON}:
            self.top.compared = subject
        if measure in _BASES:
            self.budget = _BASES[measure]
        if measure == Measure.PRIOR_YEAR:
            self.basis = self.basis or "上年"

    def contradicts(self, subject: Subject, measure: str, year: int | None, amount: Decimal) -> bool:
        """Whether the thing has another final or budget than this amount in yuan; one that it may have is kept."""
        if refuted(self.stated, subject.name.item, measure, year, amount):
            return True
        if measure in _BASES or measure == Measure.FINAL:
            self.stated.setdefault((subject.name.item, measure, year), amount)
        return False

    def turn_to_first(self) -> None:
        """与全年预算数相比：heads a sentence: of what the paragraph began with, if a heading names it, or nobody."""
        first = self.recent[0] if self.recent else None
        if first is None or self.subject == first:
            return
        if any(one is not None and one.name.item == first.name.item for one in (self.default, self.headed)):
            self.set_subject(first)
        else:
            self.top.unknown = True

    def _note_sides(self, measure: str, subject: Subject | None, value: Decimal) -> None:
        """The same figure of income and of expenditure, side by side: the two sides of one whole."""
        before = self.opposite
        self.opposite = (subject, value) if subject is not None and measure == Measure.FINAL else None
        if before is None or self.opposite is None or before[1] != value:
            return
        pair = (before[0], self.opposite[0])
        if all(other_side(s.name.item) for s in pair) and {side_of(s.name.item) for s in pair} == {*SIDES}:
            self.sides = pair

    def part_clauses(self) -> None:
        """；or 。: what stands on both sides of it are no pair."""
        self.opposite = self.told = None

    def open_list(self, headed: str = "") -> None:
        """其中：the parts of the subject follow; `headed` is what its head says that they measure (2022年预算：…)."""
        self.sides = ()
        if headed or self.top.unknown:  # parts of nothing that is named, or of an amount that nobody knows
            self.frames.append(Frame(parent=None if headed else NOBODY, measure=headed, listed=True))
            return
        measure = next((f.measure for f in reversed(self.frames) if f.measure), "")
        self.frames.append(Frame(parent=self.subject, measure=measure, listed=True, year=self.year))

    def open_bracket(self) -> None:
        """（: an aside begins; what stands behind an amount of nobody is about nobody."""
        top = self.top
        self.frames.append(
            Frame(measure=top.measure, bracket=True, listed=top.listed, unknown=top.unknown, before=self.year)
        )

    def close_bracket(self) -> None:
        """）: what was said inside is left behind."""
        self.told = None
        while len(self.frames) > 1:
            frame = self.frames.pop()
            if frame.bracket:
                self.year = frame.before
                return

    def enter_reason(self) -> Remembered:
        """主要原因是人员经费增加3万元: what a reason tells of other things; gives what is to come back after it."""
        before = Remembered(self.basis, tuple(self.recent), dict(self.values), self.sides)
        self.open_bracket()
        return before

    def leave_reason(self, before: Remembered) -> None:
        """The reason is over: what was talked about before it is talked about again."""
        self.close_bracket()
        self.basis, self.recent, self.values = before.basis, list(before.recent), dict(before.values)
        self.sides = before.sides

    def end_names(self) -> None:
        """；after 主要包括A、B, names without figures, ends the list; after several that commas part, their sentence.

        What follows is about none of these.
        """
        top = self.top
        if top.listed and not top.bracket and not top.named and len(self.frames) > 1:
            self.frames.pop()
        elif top.listed and not top.parted and top.named > 1:
            top.unknown = True  # 其中：A3万元，B2万元；比上年减少1万元: of B as little as of the whole
        top.parted = True

    def number_entry(self) -> None:
        """1. or （一）: an entry of the list begins."""
        listed = next((frame for frame in reversed(self.frames) if frame.listed), None)
        if listed is not None:
            listed.numbered = True
            listed.entries += 1

    def end_sentence(self) -> None:
        """。: lists end, the base subject stays; a list whose entries are sentences goes on with its last entry.

        After 其中，A3万元。 what names nothing (比上年减少1万元) is about A; a list of several is left as a whole.
        """
        open_list = next((i for i, f in enumerate(self.frames) if f.numbered and f.entries <= 1), 0)
        top = self.top
        if not open_list and top.listed and not top.bracket and top.named == 1 and not top.lingering:
            top.lingering = True
            open_list = len(self.frames) - 1
        del self.frames[open_list + 1 :]
        self.top.entries = 0
        self.top.unknown = False

    def end_paragraph(self) -> None:
        """Every list ends, and what figures in pairs and short names referred to is forgotten."""
        del self.frames[1:]
        self.top.unknown = False
        self.part_clauses()
        self.pair, self.year, self.whole = (), None, None
        self.recent.clear()
