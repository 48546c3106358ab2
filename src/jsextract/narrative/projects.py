"""Project self-evaluations (项目绩效自评): budgets, outputs, problems, improvements, and the metrics inside outputs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import regex
from msgspec import Struct
from msgspec.structs import replace

from jsextract.model.report import Fact, Project
from jsextract.narrative.discourse import DiscourseState, Subject
from jsextract.narrative.matches import ReadingContext, quoted
from jsextract.narrative.metrics import read_metrics
from jsextract.narrative.reader import read_paragraph
from jsextract.outline.flow import Paragraph
from jsextract.outline.headings import Part
from jsextract.rules import tokenize
from jsextract.rules.lexicon import Name
from jsextract.rules.sections import EvaluationLayout
from jsextract.text.normal import NormalText, normalise, squeeze
from jsextract.vocabulary import Measure, Topic

_MEASURES = {"outputs": Measure.OUTPUT, "problems": Measure.PROBLEM, "improvements": Measure.IMPROVEMENT}
_TRIM = "，。；、：:;, "
_ATTACHMENT = regex.compile(r"^附件[：:]|^《")
_SPREAD = regex.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
"""Spaces that only justify a line."""
_OPENS = regex.compile(r"^(?:(?:其中|附件)?[：:，,、]|附件\d{0,2}[：:]?)")
_NOTHING = regex.compile(r"(?:暂)?无(?:问题)?")
_GENERAL = regex.compile(r"绩效|情况|自评|开展|结果|整体支出|^其中$|^项目$")


class Evaluation(Struct, frozen=True):
    """One project's self-evaluation: where its head and its parts stand in a paragraph's normal text.

    Attributes:
        start, figures, end: where its head, its figures, and what follows it begin.
        seams: where its second and later paragraphs begin.
    """

    name: str
    layout: EvaluationLayout
    paragraph: Paragraph
    normal: NormalText
    start: int
    figures: int
    end: int
    seams: frozenset[int] = frozenset()


def find_evaluations(
    paragraphs: Iterable[Paragraph], layout: EvaluationLayout, heading: str = ""
) -> tuple[list[Evaluation], list[Paragraph]]:
    """The self-evaluations, and what else the paragraphs say.

    Args:
        paragraphs: of one section.
        layout: how self-evaluations are printed.
        heading: of the section, which may be what names the project.
    """
    found: list[Evaluation] = []
    rest: list[Paragraph] = []
    for name, group in gathered(list(paragraphs), layout, heading):
        paragraph, seams = merged(group)
        normal = normalise(paragraph.text)
        heads = _heads(normal.text, layout)
        if name:
            found.append(Evaluation(name, layout, paragraph, normal, 0, 0, len(normal.text), seams))
        elif not heads:
            rest.extend(group)
        elif heads[0].start():  # what is said of all of them before the first is named
            rest.append(_cut(paragraph, *normal.raw_span(0, heads[0].start())))
        for i, head in enumerate(() if name else heads):
            end = heads[i + 1].start() if i + 1 < len(heads) else len(normal.text)
            printed = quoted(normal, *head.span("name")).strip(_TRIM)
            name_of = _project_name(printed)
            found.append(Evaluation(name_of, layout, paragraph, normal, head.start(), head.end(), end, seams))
    return found, rest


def _heads(text: str, layout: EvaluationLayout) -> list[regex.Match[str]]:
    """The heads of self-evaluations in a paragraph, left to right, none inside another."""
    matches = [m for head in layout.heads for m in head.finditer(text, timeout=tokenize.TIMEOUT)]
    chosen: list[regex.Match[str]] = []
    for match in sorted(matches, key=lambda m: (m.start(), -m.end())):
        if not chosen or match.start() >= chosen[-1].end():
            chosen.append(match)
    return chosen


def _project_name(printed: str) -> str:
    """The name without the closing 项目 and without spaces that only justify it."""
    name = _OPENS.sub("", _SPREAD.sub("", printed))
    return name.removesuffix("项目") or name


def gathered(
    paragraphs: Sequence[Paragraph], layout: EvaluationLayout, heading: str = ""
) -> Iterator[tuple[str, list[Paragraph]]]:
    """Paragraphs that belong together: (the project that a title alone names, else blank, its paragraphs)."""
    texts = [squeeze(paragraph.text) for paragraph in paragraphs]
    name = _title(squeeze(heading), layout) if texts and layout.figures.match(texts[0]) else ""
    group: list[Paragraph] = []
    told = False
    for i, paragraph in enumerate(paragraphs):
        text = texts[i]
        if i == 0 and name:
            group, told = [paragraph], True
            continue
        title = _title(text, layout) if i + 1 < len(texts) and layout.figures.match(texts[i + 1]) else ""
        starts = bool(title) or bool(_heads(text, layout)) or _opens(text, texts[i + 1 : i + 2], layout)
        if told and not starts and _goes_on(text, texts[i - 1], layout):
            group.append(paragraph)
            continue
        if group:
            yield name, group
        # the title itself is no part of what is read, it only names it
        name, group, told = title, [] if title else [paragraph], starts
    if group:
        yield name, group


def _title(text: str, layout: EvaluationLayout) -> str:
    """The project that a line names and nothing else."""
    match = layout.title.match(text) if len(text) <= 70 else None
    return _project_name(match["name"]) if match and not _GENERAL.search(match["name"]) else ""


def _opens(text: str, following: Sequence[str], layout: EvaluationLayout) -> bool:
    """Whether a head stands here whose figures stand in the next paragraph."""
    if not following or len(text) > 70:
        return False
    return bool(_heads(text + following[0], layout)) and not _heads(following[0], layout)


def _goes_on(text: str, before: str, layout: EvaluationLayout) -> bool:
    """Whether a paragraph goes on with the self-evaluation before it: figures, a labelled part, a numbered item."""
    if layout.figures.match(text) or layout.label.match(text):
        return True
    return bool(layout.numbers.match(text)) and not _ATTACHMENT.match(text) and before.endswith(("：", "；", "。"))


def merged(group: Sequence[Paragraph]) -> tuple[Paragraph, frozenset[int]]:
    """Paragraphs as one, and the normal positions where the second and later ones begin."""
    text, lines = "", []
    seams: list[int] = []
    for paragraph in group:
        if text:
            seams.append(len(squeeze(text)))
        lines += [(len(text) + begin, line, cut) for begin, line, cut in paragraph.lines]
        text += paragraph.text
    return (group[0] if len(group) == 1 else Paragraph(text, tuple(lines))), frozenset(seams)


def _cut(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """Characters `start` to `end` of a paragraph as a paragraph, its lines still placed."""
    lines = []
    for begin, line, cut in paragraph.lines:
        stop = begin + len(line.text) - cut
        if begin < end and start < stop:
            lines.append((max(0, begin - start), line, cut + max(0, start - begin)))
    return Paragraph(paragraph.text[start:end], tuple(lines))


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
                    said = _cut(evaluation.paragraph, *evaluation.normal.raw_span(a, b))
                    facts.extend(read_metrics(fact, said, part, setting.rules))
        yield _project(evaluation, facts, texts), facts


def figures_of(evaluation: Evaluation) -> Paragraph:
    """What stands between a self-evaluation's head and its first labelled part: its figures."""
    return _cut(evaluation.paragraph, *evaluation.normal.raw_span(evaluation.figures, _pieces(evaluation)[0][1]))


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
    if text[start : marks[0].start()].strip(_TRIM + "：") and marks[0].start() - start > 6:
        spans.insert(0, (start, marks[0].start()))
    return [(a, b) for a, b in spans if text[a:b].strip(_TRIM)]


def _text_fact(
    evaluation: Evaluation, part: Part, setting: ReadingContext, kind: str, start: int, end: int
) -> Fact | None:
    a, b = evaluation.normal.raw_span(start, end)
    raw = evaluation.paragraph.text[a:b]
    text = raw.strip(_TRIM)
    if not text or _NOTHING.fullmatch(squeeze(text).strip(_TRIM)):
        return None
    a += len(raw) - len(raw.lstrip(_TRIM))
    page, box = evaluation.paragraph.place(a, a + len(text))
    text = _SPREAD.sub("", text)
    return Fact(
        fact_id="", topic=Topic.PROJECT, item=evaluation.name, item_text=evaluation.name, code="",
        project=evaluation.name, measure=_MEASURES[kind], basis="", value=None, value_text=text, unit="",
        amount_yuan=None, direction="",
        year=setting.year, section=part.path, page=page, box=box, sentence=raw.strip(), start=0, end=len(raw.strip()),
        pattern=f"project.{kind}",
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
