"""Project self-evaluations (项目绩效自评): budgets, outputs, problems, improvements, and the metrics inside outputs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex
from msgspec.structs import replace

from jsextract.model.report import Fact, Project
from jsextract.narrative.discourse import DiscourseState
from jsextract.narrative.evaluations import SPREAD, TRIM, Evaluation, part_of
from jsextract.narrative.matches import ReadingContext
from jsextract.narrative.metrics import read_metrics
from jsextract.narrative.reader import read_paragraph
from jsextract.narrative.subjects import Subject
from jsextract.outline.flow import Paragraph
from jsextract.outline.headings import Part
from jsextract.outline.legibility import doubts
from jsextract.rules import tokenize
from jsextract.rules.lexicon import Name
from jsextract.text.normal import squeeze
from jsextract.vocabulary import Measure, Topic

_MEASURES = {"outputs": Measure.OUTPUT, "problems": Measure.PROBLEM, "improvements": Measure.IMPROVEMENT}
_NOTHING = regex.compile(r"(?:暂)?无(?:问题)?")
_CLAUSES = regex.compile(r"[^，。；：]+")


def read_evaluations(
    part: Part, evaluations: Sequence[Evaluation], setting: ReadingContext
) -> Iterator[tuple[Project, list[Fact]]]:
    """Each project with its facts, in reading order."""
    for evaluation in evaluations:
        subject = Subject(Name(evaluation.name, Topic.PROJECT), evaluation.name)
        inner = replace(setting, project=evaluation.name)
        pieces = _pieces(evaluation)
        facts = _figures(
            evaluation, replace(part, topic=Topic.PROJECT, files=Topic.PERFORMANCE), DiscourseState(subject), inner
        )
        texts: dict[str, list[str]] = {kind: [] for kind in _MEASURES}
        for kind, start, end in pieces[1:]:
            for a, b in _items(evaluation, start, end):
                fact = _text_fact(evaluation, part, inner, kind, a, b)
                if fact is None:
                    continue
                texts[kind].append(fact.value_text)
                facts.append(fact)
                if kind == "outputs":
                    said = part_of(evaluation.paragraph, *evaluation.normal.raw_span(a, b))
                    facts.extend(read_metrics(fact, said, part, setting.rules))
        if evaluation.running:
            facts.extend(_done(evaluation, part, inner, facts))
        yield _project(evaluation, facts, texts), facts


def figures_of(evaluation: Evaluation) -> Paragraph:
    """What stands between a self-evaluation's head and its first labelled part: its figures."""
    return part_of(evaluation.paragraph, *evaluation.normal.raw_span(evaluation.figures, _pieces(evaluation)[0][1]))


def _figures(evaluation: Evaluation, part: Part, context: DiscourseState, setting: ReadingContext) -> list[Fact]:
    """The figures before the first label; 完成预算 means the full-year budget where they name one."""
    found = [
        replace(fact, topic=Topic.PROJECT, project=evaluation.name)
        for fact in read_paragraph(figures_of(evaluation), part, context, setting)
        if fact.measure not in {Measure.REASON, Measure.PURPOSE, Measure.COMPARISON}
    ]
    if not any(fact.measure == Measure.FULL_YEAR_BUDGET for fact in found):
        return found
    return [
        replace(fact, basis="全年预算") if (fact.measure, fact.basis) == (Measure.COMPLETION_RATE, "预算") else fact
        for fact in found
    ]


def _done(evaluation: Evaluation, part: Part, setting: ReadingContext, read: Sequence[Fact]) -> Iterator[Fact]:
    """What a sentence about a project counts in clauses that hold none of its figures: 引进品种14个."""
    text = evaluation.normal.text
    known = {fact.value_text for fact in read}
    for clause in _CLAUSES.finditer(text, evaluation.figures, evaluation.end):
        output = _text_fact(evaluation, part, setting, "outputs", *clause.span())
        if output is None or any(value in clause[0] for value in known):
            continue
        said = part_of(evaluation.paragraph, *evaluation.normal.raw_span(*clause.span()))
        counted = read_metrics(output, said, part, setting.rules)
        yield from (fact for fact in counted if fact.amount_yuan is None and "%" not in fact.unit)


def _begins(text: str, at: int, seams: frozenset[int], after: str) -> bool:
    """Whether a label or a number may stand at `at`: first, after one of the marks `after`, or in a new paragraph."""
    return at == 0 or text[at - 1] in after or at in seams


def _pieces(evaluation: Evaluation) -> list[tuple[str, int, int]]:
    """(kind, start, end) of the figures and of each labelled part."""
    text = evaluation.normal.text
    labels = [
        m
        for m in evaluation.layout.label.finditer(text, evaluation.figures, evaluation.end, timeout=tokenize.TIMEOUT)
        if _begins(text, m.start(), evaluation.seams, "。；，")
    ]
    stop = labels[0].start() if labels else evaluation.end
    pieces = [("figures", stop, stop)]
    for i, label in enumerate(labels):
        end = labels[i + 1].start() if i + 1 < len(labels) else evaluation.end
        attachment = text.find("附件：《", label.end(), end)
        pieces.append((label.lastgroup or "", label.end(), attachment if attachment >= 0 else end))
    return pieces


def _items(evaluation: Evaluation, start: int, end: int) -> list[tuple[int, int]]:
    """The numbered items of a part, without their numbers; the whole part where nothing is numbered."""
    text = evaluation.normal.text
    marks = [
        m
        for m in evaluation.layout.numbers.finditer(text, start, end, timeout=tokenize.TIMEOUT)
        if m.start() == start or _begins(text, m.start(), evaluation.seams, "；。：，")
    ]
    if not marks:
        return [(start, end)] if end > start else []
    spans = [(m.end(), marks[i + 1].start() if i + 1 < len(marks) else end) for i, m in enumerate(marks)]
    if text[start : marks[0].start()].strip(TRIM + "：") and marks[0].start() - start > 6:
        spans.insert(0, (start, marks[0].start()))
    return [(a, b) for a, b in spans if text[a:b].strip(TRIM)]


def _text_fact(
    evaluation: Evaluation, part: Part, setting: ReadingContext, kind: str, start: int, end: int
) -> Fact | None:
    a, b = evaluation.normal.raw_span(start, end)
    raw = evaluation.paragraph.text[a:b]
    text = raw.strip(TRIM)
    if not text or _NOTHING.fullmatch(squeeze(text).strip(TRIM)):
        return None
    a += len(raw) - len(raw.lstrip(TRIM))
    page, box = evaluation.paragraph.place(a, a + len(text))
    text = SPREAD.sub("", text)
    return Fact(
        fact_id="", topic=Topic.PROJECT, item=evaluation.name, item_text=evaluation.name, code="",
        project=evaluation.name, measure=_MEASURES[kind], basis="", value=None, value_text=text, unit="",
        amount_yuan=None, direction="",
        year=setting.year, section=part.path, page=page, box=box, sentence=raw.strip(), start=0, end=len(raw.strip()),
        pattern=f"project.{kind}", cell_ref=evaluation.paragraph.ref(a),
        flags=doubts(evaluation.paragraph, (a, b), b),
    )  # fmt: skip


def _project(evaluation: Evaluation, facts: Sequence[Fact], texts: dict[str, list[str]]) -> Project:
    def value(*measures: str) -> Fact | None:
        own = [f for f in facts if f.measure in measures and f.item == evaluation.name]
        return next((f for m in measures for f in own if f.measure == m), None)

    budget, executed, rate, score = (
        value(Measure.FULL_YEAR_BUDGET, Measure.BUDGET, Measure.INITIAL_BUDGET),
        value(Measure.FINAL),
        value(Measure.COMPLETION_RATE),
        value(Measure.SCORE),
    )
    money = executed or budget
    return Project(
        project=evaluation.name,
        full_year_budget=budget.value if budget else None,
        executed=executed.value if executed else None,
        completion_rate=rate.value if rate else None,
        score=score.value if score else None,
        unit=money.unit if money else "",
        outputs=tuple(texts["outputs"]),
        problems=tuple(texts["problems"]),
        improvements=tuple(texts["improvements"]),
        page=evaluation.paragraph.place(*evaluation.normal.raw_span(evaluation.start, evaluation.figures))[0],
    )
