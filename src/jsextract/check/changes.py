"""Changes, their rates and the words that go with them (增减额、增减率、大于、小于、持平)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from jsextract.check.beside import fair, finals_beside, is_adjusted, of_another
from jsextract.check.figure import ZERO, Figure
from jsextract.check.rates import undefined
from jsextract.check.result import judged, not_checkable, result
from jsextract.check.sentences import amount, change_message, growth_message, moved_to
from jsextract.check.text import BUDGET_OF, BUDGETS, Statement, Text
from jsextract.check.tolerance import HALF, HUNDRED, Comparison, converted, held, judge_ratio, judge_sum, within
from jsextract.language.phrase import Phrase, phrase
from jsextract.model.report import CheckResult, Fact
from jsextract.vocabulary import DIFFERS, CheckStatus, Measure, Severity

_STATED_AS = {
    "收入支出总计": ("收入总计", "支出总计"),
    "财政拨款收入支出总计": ("财政拨款收入总计", "财政拨款支出总计"),
}
_SIGNS = {"大于": 1, "小于": -1, "持平": 0, "等于": 0}
_MOVED = re.compile(r"减少|增加|下降|增长|上升|压减|压缩|缩减|核减|提高|降低")
# A basis that is a year of its own, no last one (2019年).
_YEAR = re.compile(r"(\d{4})年?度?")
_NEARLY = re.compile(r"基本持平|基本一致|略")


def changes(text: Text) -> Iterator[CheckResult]:
    """The results for every change with a rate, every stated prior year and every comparison."""
    for said in text.numbers:
        if said.fact.measure == Measure.CHANGE_RATE and said.fact.unit == "%" and not is_adjusted(said.fact):
            yield from _rate(said, text)
        elif said.fact.measure == Measure.CHANGE and not is_adjusted(said.fact):
            yield from _amount(said, text)
    for said in text.all:
        if said.fact.measure == Measure.COMPARISON:
            yield from _comparison(said, text)


def _rate(said: Statement, text: Text) -> Iterator[CheckResult]:
    """A rate of change against the change, and what that is a change of: the final less the change."""
    fact = said.fact
    rate = text.figure(said)
    change = _partner(said, text, Measure.CHANGE)
    final = _final(said, text)
    if change is None:
        yield from _between(said, text, rate, final)
        return
    moved = text.figure(change)
    words = {direction for f in (fact, change.fact) if (direction := f.direction)}
    if len(words - {"持平"}) > 1:
        message = phrase(
            "{item}: the text states a change of {change} as {direction} and its rate of {rate} as {other}.",
            item=fact.item, change=amount(moved), direction=change.fact.direction, rate=amount(rate),
            other=fact.direction,
        )  # fmt: skip
        yield undefined("text.direction", fact.item, message, [rate, moved])
    if final is None:
        return
    now = text.figure(final)
    made = of_another(_growth(fact, rate, moved, now), moved, now)
    yield fair(made, rate, finals_beside(said, text), lambda other: _growth(fact, rate, moved, other).status)


def _final(said: Statement, text: Text) -> Statement | None:
    """The final that has changed; 收支总计 may be stated as 收入总计 and 支出总计."""
    names = (said.fact.item, *_STATED_AS.get(said.fact.item, ()))
    return next((s for name in names if (s := text.nearest(said, name, (Measure.FINAL,)))), None)


def _between(said: Statement, text: Text, rate: Figure, final: Statement | None) -> Iterator[CheckResult]:
    """A rate of change without a change, against the final and what it is measured from (预决算差异率)."""
    fact = said.fact
    before = _before(said, text)
    if final is None or before is None:
        return
    now, then = text.figure(final), text.figure(before)
    whole = replace(rate, value=HUNDRED + (rate.value or ZERO))
    found = judge_ratio(whole, now, then)
    if found is not None:
        shown = found.computed - HUNDRED
        moved = phrase("from {before} to {after}", before=amount(then), after=amount(now))
        message = growth_message(fact.item, rate, moved, replace(found, computed=shown))
        figures = [rate, now, then]
        made = judged("text.change_rate", replace(found, computed=shown), figures, item=fact.item, message=message)
        # 较上年决算数3万元，下降5%: what lacks its 减少 is no figure of last year
        fallen = replace(then, value=-(then.value or ZERO)) if (rate.value or ZERO) < 0 else then
        yield fair(made, rate, iter([fallen]), lambda change: _growth(fact, rate, change, now).status)


def _before(said: Statement, text: Text) -> Statement | None:
    """What a change is measured from: last year's figure, that of the year which its basis names, or the budget."""
    fact = said.fact
    year = _YEAR.fullmatch(fact.basis)
    if fact.basis == "上年" or year:
        own = fact.year or text.year
        meant = {int(year[1])} if year else {None, own and own - 1}
        return text.nearest(said, fact.item, (Measure.PRIOR_YEAR,), years=meant)
    return text.nearest(said, fact.item, BUDGET_OF.get(fact.basis, BUDGETS))


def _growth(fact: Fact, rate: Figure, moved: Figure, final: Figure) -> CheckResult:
    change, change_step = converted(moved, final.unit)
    now, now_step = converted(final, final.unit)
    base, slack = now - change, HALF * (change_step + now_step)
    if abs(base) <= slack:
        return _from_nothing(fact, rate, moved, final)
    if not fact.direction and (rate.value or ZERO) * change < 0:
        rate = replace(rate, value=-(rate.value or ZERO))  # a rate without a direction has that of its change
    ends = _interval(change, HALF * change_step, now, HALF * now_step)
    found = within(rate, HUNDRED * change / base, min(ends), max(ends))
    if base < 0 and found.status in DIFFERS:  # from less than nothing upwards: some state the rate as a rise
        found = within(rate, -HUNDRED * change / base, -max(ends), -min(ends))
    found = held(found, rate, _growth_rate, (change, change_step), (now, now_step))
    message = growth_message(fact.item, rate, moved_to(moved, final), found)
    return judged("text.change_rate", found, [rate, moved, final], item=fact.item, message=message)


def _growth_rate(change: Decimal, now: Decimal) -> Decimal | None:
    """In per cent of what it was before; None where that was nothing."""
    return HUNDRED * change / (now - change) if now != change else None


def _interval(change: Decimal, change_slack: Decimal, now: Decimal, now_slack: Decimal) -> list[Decimal]:
    """The rates at the four corners of what the digits of a change and of the final leave open."""
    changed = (change - change_slack, change + change_slack)
    finals = (now - now_slack, now + now_slack)
    return [HUNDRED * one / (other - one) for one in changed for other in finals if other != one]


def _from_nothing(fact: Fact, rate: Figure, moved: Figure, final: Figure) -> CheckResult:
    """N5: growth over a base of zero has no rate; nothing that stays nothing may well have changed by 0 %."""
    if not rate.value:
        message = phrase(
            "{item}: the text states a change of {change} and a rate of {rate}, over a base of 0.",
            item=fact.item, change=amount(moved), rate=amount(rate),
        )  # fmt: skip
        return judged(
            "text.change_rate",
            Comparison(CheckStatus.PASS, ZERO, ZERO, ZERO),
            [rate, moved, final],
            item=fact.item,
            message=message,
        )
    message = phrase(
        "{item}: the text states a rate of change of {rate} for {moved}; {basis} it was 0, without a rate of change.",
        item=fact.item, rate=amount(rate), moved=moved_to(moved, final), basis=fact.basis,
    )  # fmt: skip
    return undefined("text.change_rate", fact.item, message, [rate, moved, final], severity=Severity.WARNING)


def _partner(said: Statement, text: Text, measure: str) -> Statement | None:
    """The other figure of the same change: nearest in the section, of the same item and basis."""
    return text.nearest(said, said.fact.item, (measure,), basis=said.fact.basis)


def _amount(said: Statement, text: Text) -> Iterator[CheckResult]:
    """A change against the final and the figure that it is measured from, where the text states that too."""
    fact = said.fact
    final = text.nearest(said, fact.item, (Measure.FINAL,))
    before = _before(said, text)
    if final is None or before is None:
        if final is not None and _YEAR.fullmatch(fact.basis):
            figures = [text.figure(said), text.figure(final)]
            why = phrase("what it was in {year} is not stated", year=fact.basis)
            yield not_checkable("text.change", figures, item=fact.item, why=why)
        return
    figures = [text.figure(s) for s in (said, final, before)]
    found = judge_sum([(1, figures[0])], [(1, figures[1]), (-1, figures[2])])
    message = change_message(fact.item, figures, found)
    made = judged("text.change", found, figures, item=fact.item, message=message)
    change, base = figures[0], figures[2]
    others = finals_beside(said, text)
    yield fair(made, change, others, lambda other: judge_sum([(1, change)], [(1, other), (-1, base)]).status)


def _comparison(said: Statement, text: Text) -> Iterator[CheckResult]:
    """N3, N5: a comparison word against the figures that it compares."""
    fact = said.fact
    sign = _SIGNS.get(fact.value_text)
    if sign is None or _NEARLY.search(fact.sentence):
        return
    if fact.basis == "上年" and sign == 0:
        yield from _like_last_year(said, text)
        return
    if fact.basis == "上年":
        yield from _against_last_year(said, text, sign)
        return
    final = text.nearest(said, fact.item, (Measure.FINAL,))
    budgets = [
        s
        for m in BUDGET_OF.get(fact.basis, BUDGETS)
        if (s := text.nearest(said, fact.item, (m,))) and s.fact.year == fact.year
    ]
    if final is None or not budgets:
        return
    pairs = [(text.figure(final), text.figure(s)) for s in budgets]
    fits = [p for p in pairs if _sign(*p) == sign]
    now, planned = (fits or pairs)[0]
    status = CheckStatus.PASS if fits else CheckStatus.FAIL
    message = phrase(
        "{item}: the text says {word}, of a final figure of {final} and a budget of {budget}.",
        item=fact.item, word=fact.value_text, final=amount(now), budget=amount(planned),
    )  # fmt: skip
    yield _worded("text.comparison", status, fact, message, [now, planned])


def _sign(now: Figure, planned: Figure) -> int:
    value, _ = converted(planned, now.unit)
    return ((now.value or ZERO) > value) - ((now.value or ZERO) < value)


def _against_last_year(said: Statement, text: Text, sign: int) -> Iterator[CheckResult]:
    """大于 or 小于 last year's figure against the change that is stated."""
    fact = said.fact
    change = _partner(said, text, Measure.CHANGE)
    if change is None or not change.fact.value:
        return
    moved = text.figure(change)
    fits = ((change.fact.value > 0) - (change.fact.value < 0)) == sign
    up = (moved.value or ZERO) >= 0
    values = {"item": fact.item, "word": fact.value_text, "change": amount(moved)}
    message = (
        phrase("{item}: the text says {word}, and of last year a change of {change} up.", **values)
        if up
        else phrase("{item}: the text says {word}, and of last year a change of {change} down.", **values)
    )
    status = CheckStatus.PASS if fits else CheckStatus.FAIL
    yield _worded("text.comparison", status, fact, message, [moved])


def _like_last_year(said: Statement, text: Text) -> Iterator[CheckResult]:
    """持平 with a change that is not zero, or with a reason why something changed."""
    fact = said.fact
    change = _partner(said, text, Measure.CHANGE)
    if change is not None and change.fact.value and (change.fact.sentence == fact.sentence or _is_one(fact, text)):
        moved = text.figure(change)
        message = phrase(
            "{item}: the text says {word} of last year, and a change of {change}.",
            item=fact.item, word=fact.value_text, change=amount(moved),
        )  # fmt: skip
        yield _worded("text.unchanged", CheckStatus.FAIL, fact, message, [moved])
    reason = _reason(said, text)
    if reason and _MOVED.search(reason.fact.value_text):
        message = phrase(
            "{item}: the text says {word} of last year, and gives a reason for a change: “{reason}”.",
            item=fact.item, word=fact.value_text, reason=reason.fact.value_text,
        )  # fmt: skip
        yield _worded(
            "text.unchanged_reason", CheckStatus.FAIL, fact, message, [], refs=[f"fact:{reason.fact.fact_id}"]
        )


def _is_one(fact: Fact, text: Text) -> bool:
    """Whether a section states one final of an item, and not those of several bodies."""
    own = (s.fact for s in text.of(fact.item, Measure.FINAL))
    return len({final.amount_yuan for final in own if final.section == fact.section}) <= 1


def _reason(said: Statement, text: Text) -> Statement | None:
    """The reason that follows a comparison at once, before anything else is said of last year."""
    for later in text.all[said.at + 1 : said.at + 3]:
        same = later.fact.section == said.fact.section and later.fact.item == said.fact.item
        if same and later.fact.measure == Measure.REASON and later.fact.basis == said.fact.basis:
            return later
    return None


def _worded(
    check_id: str, status: str, fact: Fact, message: Phrase, figures: Sequence[Figure], refs: Sequence[str] = ()
) -> CheckResult:
    return result(
        check_id,
        status,
        item=fact.item,
        message=message,
        stated=fact.value_text,
        unit=figures[0].unit if figures else "",
        pages=[fact.page, *(f.page for f in figures)],
        refs=[f"fact:{fact.fact_id}", *refs, *(f.ref for f in figures)],
    )
