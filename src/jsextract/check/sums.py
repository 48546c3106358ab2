"""Sums and limits among the figures that the text itself states (正文内部的合计)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from jsextract.check.binding import Bound
from jsextract.check.evaluate import compared, outcome
from jsextract.check.figure import Figure
from jsextract.check.gaps import gap, opens, unnamed
from jsextract.check.kinds import kinds
from jsextract.check.text import Statement, Text, is_inside, is_open
from jsextract.language.phrase import NOTHING, Phrase, phrase
from jsextract.model.report import CheckResult
from jsextract.rules.equation import Equation, Term
from jsextract.rules.equation_rules import EquationRule
from jsextract.text.normal import squeeze
from jsextract.vocabulary import AGREES, DIFFERS, Flag, Measure, Origin, Topic

CLASS_DIGITS, ITEM_DIGITS = 3, 7
# What lists are lists of: the parts of one end where another begins.
TOTALS = frozenset(
    {"收入支出总计", "收入总计", "支出总计", "本年收入合计", "本年支出合计", "财政拨款收入支出总计", "财政拨款收入总计",
     "财政拨款支出总计", "一般公共预算财政拨款支出", "一般公共预算财政拨款基本支出"}
)  # fmt: skip


def sums(rule: EquationRule, text: Text, codes: int, classes: frozenset[str]) -> Iterator[CheckResult]:
    """The results of a rule for every section or chapter of the text, or for all its facts; once for each measure.

    Args:
        rule: one whose names are items; sum(class.*), sum(item.*) and sum(listed.*) are the classes, items and list
            that follow what is stated, sum(kind.*) the kinds that its own sentence lists.
        text: the narrative.
        codes: how many items the general budget has in its table, 0 where there is no table.
        classes: names of functional classes.
    """
    groups = {"section": text.sections, "chapter": text.chapters}.get(rule.each, {"": text.numbers})
    for path, facts in groups.items():
        if not rule.reads_section(squeeze(path)):
            continue
        own = [s for s in facts if not rule.topics or s.fact.topic in rule.topics]
        for measure in rule.measures:
            yield from _for_measure(rule, text, [s for s in own if s.fact.measure == measure], codes, classes)


def _for_measure(
    rule: EquationRule, text: Text, own: Sequence[Statement], codes: int, classes: frozenset[str]
) -> Iterator[CheckResult]:
    """One result for the first statement of what is stated, or for each where lists follow it."""
    heads = dict.fromkeys(equation.left[0].name for equation in rule.alternatives)
    for stated in heads:
        said = [s for s in own if s.fact.item == stated]
        bodies = rule.listed and len({s.fact.value for s in said}) > 1
        for head in said:
            rest = _rest(own, head, list(heads), rule.each)
            if bodies:  # staff of several: whose a later list is, is not told
                rest = [s for s in rest if s.fact.sentence == head.fact.sentence]
            made = [m for e in rule.alternatives if (m := _one(rule, e, text, head, rest, codes, classes)) is not None]
            if made:
                yield next((m for m in made if m.status in AGREES), made[0])
                break


def _one(
    rule: EquationRule,
    equation: Equation,
    text: Text,
    head: Statement,
    rest: Sequence[Statement],
    codes: int,
    classes: frozenset[str],
) -> CheckResult | None:
    """The result of one equation for one statement of what is stated; None where it says nothing of it."""
    if equation.left[0].name != head.fact.item or any(s.fact.item in rule.lacks for s in rest):
        return None
    used = _used(equation, head, rest, classes)
    listed = kinds(head, text) if any(term.name == "kind" for term in equation.right) else []
    if listed:
        bound = Bound(((1, text.figure(head)),), equation.relation, tuple((1, figure) for figure in listed))
        doubt = _unknown_kind(rule, listed) or (_of_kinds(head, listed) if _above(bound) else NOTHING)
        return outcome(rule, bound, head.fact.item, doubt)
    if used is None or not {s.fact.item for s in used.parts}.issuperset(rule.needs):
        return None
    bound = used.bound(text, equation)
    if not _above(bound):
        return outcome(rule, bound, head.fact.item)
    made = outcome(rule, bound, head.fact.item, _untold(used, rest) or _doubt(rule, equation, used, codes, text))
    if made is not None and made.status in DIFFERS and used.absent_or_many(equation) and opens(head, used.parts, text):
        return replace(made, origin=Origin.READING)  # 其中 may name some of the parts, and some may be unread
    return made


def _unknown_kind(rule: EquationRule, listed: Sequence[Figure]) -> Phrase:
    """Why kinds of staff need not add up: 其中 may name some of them, or the same people twice (法官、党员)."""
    known = {term.name for equation in rule.alternatives for term in equation.right}
    names = [figure.name.split(" ")[0] for figure in listed if rule.listed]
    name = next((name for name in names if name not in known and not name.endswith("编制")), "")
    return phrase("{name} is no kind that each is one of", name=name) if name else NOTHING


def _of_kinds(head: Statement, listed: Sequence[Figure]) -> Phrase:
    """Why a total above the kinds of its sentence would be no error."""
    if len(listed) == 1:
        return phrase("the text names one kind only")
    return phrase("the text names only some of the kinds") if is_open(head.fact) else NOTHING


def _rest(own: Sequence[Statement], head: Statement, heads: Sequence[str], each: str) -> list[Statement]:
    """The facts that may be parts: after the head and before another total, or anywhere for a topic."""
    if each == "topic":
        return [s for s in own if s is not head and not is_inside(s.fact, head.fact)]
    stop = min((s.at for s in own if s.at > head.at and s.fact.item in TOTALS | set(heads)), default=None)
    after = (s for s in own if s.at > head.at and (stop is None or s.at < stop))
    return [s for s in after if not is_inside(s.fact, head.fact)]


class _Used(Struct, frozen=True):
    """The facts that an equation adds up, with their signs, and the names that have none."""

    left: list[tuple[int, Statement]]
    right: list[tuple[int, Statement]]
    absent: list[str]

    @property
    def parts(self) -> list[Statement]:
        return [said for _, said in (*self.left[1:], *self.right)]

    def absent_or_many(self, equation: Equation) -> bool:
        """Whether there may be parts that the text does not name."""
        return bool(self.absent) or any(term.many for term in equation.right)

    def bound(self, text: Text, equation: Equation) -> Bound:
        def figures(terms: list[tuple[int, Statement]]) -> tuple[tuple[int, Figure], ...]:
            return tuple((sign, text.figure(said)) for sign, said in terms)

        return Bound(figures(self.left), equation.relation, figures(self.right), tuple(self.absent))


def _used(equation: Equation, head: Statement, rest: Sequence[Statement], classes: frozenset[str]) -> _Used | None:
    """The facts of an equation's names; None where nothing is there to compare with."""
    absent: list[str] = []

    def facts(terms: Sequence[Term]) -> list[tuple[int, Statement]]:
        found = []
        for term in terms:
            some = _group(term.name, head, rest, classes) if term.many else _first(term.name, head, rest)
            found += [(term.sign, said) for said in some]
            if not some:
                absent.append(term.name)
        return found

    right = facts(equation.right)
    left = [(equation.left[0].sign, head), *facts(equation.left[1:])]
    return _Used(left, right, absent) if right else None


def _first(item: str, head: Statement, rest: Sequence[Statement]) -> list[Statement]:
    """The first fact of an item whose unit is the head's kind."""
    same = [s for s in rest if s.fact.item == item and _alike(s, head)]
    return same[:1]


def _alike(one: Statement, other: Statement) -> bool:
    """Whether both are money, or count the same; changes are those against the same."""
    if one.fact.measure == Measure.CHANGE and one.fact.basis != other.fact.basis:
        return False
    money = one.fact.amount_yuan is not None, other.fact.amount_yuan is not None
    return money == (True, True) or one.fact.unit == other.fact.unit


def _group(name: str, head: Statement, rest: Sequence[Statement], classes: frozenset[str]) -> list[Statement]:
    """Classes, items or listed facts among those that follow, each item once."""
    found: dict[str, Statement] = {}
    for said in rest:
        fact = said.fact
        if name == "listed" and _another(said, found):
            break
        is_class = len(fact.code) == CLASS_DIGITS or fact.item in classes
        wanted = {
            "class": is_class,
            "item": len(fact.code) == ITEM_DIGITS,
            "listed": Flag.FROM_LIST in fact.flags,
            "kind": False,
        }[name]
        if wanted and _alike(said, head):
            found.setdefault(fact.code or fact.item, said)
    return list(found.values())


def _another(said: Statement, found: Mapping[str, Statement]) -> bool:
    """Whether a sentence after those of the list is about something else, whose own list may follow."""
    return (
        bool(found)
        and Flag.FROM_LIST not in said.fact.flags
        and said.fact.sentence not in {each.fact.sentence for each in found.values()}
    )


def _above(bound: Bound) -> bool:
    """Whether what is stated is more than its parts."""
    return bound.relation == "=" and compared(bound).difference > 0


def _untold(used: _Used, rest: Sequence[Statement]) -> Phrase:
    """Why classes need not add up: of one the text names only items (公共安全支出/公安/行政运行)."""
    first = min(said.at for said in used.parts)
    early = next((s.fact.item for s in rest if s.fact.topic == Topic.FUNCTION and s.at < first), "")
    if early:
        return phrase("{item} stands before the parts, of a class that is not named", item=early)
    told = {name for said in used.parts for name in (said.fact.item, said.fact.code[:CLASS_DIGITS]) if name}
    for said in rest:
        head, below, _ = said.fact.item.partition("/")
        if below and head not in told and said.fact.code[:CLASS_DIGITS] not in told:
            return phrase("{item} is told by its items only", item=head)
    return NOTHING


def _doubt(rule: EquationRule, equation: Equation, used: _Used, codes: int, text: Text) -> Phrase:
    """Why a total above its parts would be no error: the text need not name all of them."""
    groups = [term.name for term in equation.right if term.many]
    if "item" in groups and (not codes or len(used.right) < codes):
        named = len(used.right)
        if not codes:
            return phrase("the text names {named} items, and how many there are is unknown", named=named)
        return phrase("the text names {named} of {number} items", named=named, number=codes)
    if rule.listed and used.absent:
        return phrase("{item} is not stated", item=used.absent[0])
    if len(used.right) == 1:
        return phrase("the text names one part only")
    other = gap(used.left[0][1], used.parts, text)
    if other:
        return phrase("{amount} stands among the parts under no name that is added up", amount=other)
    partial = unnamed(used.left[0][1], used.parts, text) if used.absent_or_many(equation) else NOTHING
    if partial:
        return partial
    return phrase("the text names only some of the parts") if is_open(*(s.fact for _, s in used.right)) else NOTHING
