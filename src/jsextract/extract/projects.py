"""Project self-evaluations (项目绩效自评): budgets, outputs, problems, improvements, and the metrics inside outputs."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import regex

from jsextract.extract.metrics import read_metrics
from jsextract.extract.narrative import Setting, read_paragraph
from jsextract.extract.subject import Context, Subject
from jsextract.layout.flow import Paragraph
from jsextract.layout.sections import Part
from jsextract.model.report import Fact, Project
from jsextract.patterns import coding, store
from jsextract.patterns.lexicon import Name
from jsextract.text.normal import NormalText, normalise

_MEASURES = {"outputs": "output", "problems": "problem", "improvements": "improvement"}
_TRIM = "，。；、：:;, "
_ATTACHMENT = regex.compile(r"^附件[：:]|^《")


@dataclass(frozen=True, slots=True)
class Layout:
    """Compiled patterns/sections/projects.yaml."""

    heads: tuple[regex.Pattern[str], ...]
    label: regex.Pattern[str]
    numbers: regex.Pattern[str]


@functools.cache
def _layout() -> Layout:
    data: dict[str, Any] = store.read_yaml(store.root() / "sections" / "projects.yaml")
    labels = "|".join(f"(?P<{kind}>{'|'.join(words)})" for kind, words in data["labels"].items())
    return Layout(
        tuple(regex.compile(head) for head in data["heads"]),
        regex.compile(rf"(?:^|(?<=[。；，]))(?:{labels})(?:[：:]|(?=主要|一是|1[.、]))"),
        regex.compile(data["numbers"]),
    )


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One project's self-evaluation: where its head and its parts stand in a paragraph's normal text."""

    name: str
    paragraph: Paragraph
    normal: NormalText
    start: int
    figures: int
    end: int


def find_evaluations(paragraphs: Iterable[Paragraph]) -> tuple[list[Evaluation], list[Paragraph]]:
    """The self-evaluations, and the paragraphs that hold none."""
    found: list[Evaluation] = []
    rest: list[Paragraph] = []
    for paragraph in paragraphs:
        normal = normalise(paragraph.text)
        heads = [m for head in _layout().heads for m in head.finditer(normal.text, timeout=coding.TIMEOUT)]
        if not heads:
            rest.append(paragraph)
        for i, head in enumerate(heads):
            end = heads[i + 1].start() if i + 1 < len(heads) else len(normal.text)
            name = normal.raw_text(*head.span("name")).strip(_TRIM)
            found.append(Evaluation(_project_name(name), paragraph, normal, head.start(), head.end(), end))
    return found, rest


def _project_name(printed: str) -> str:
    """The name without the closing 项目 and without spaces that only justify it."""
    name = regex.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", printed)
    name = regex.sub(r"^(?:其中|附件)?[：:，,、]", "", name)
    return name.removesuffix("项目") or name


def _cut(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """Characters `start` to `end` of a paragraph as a paragraph, its lines still placed."""
    lines = []
    for begin, line, cut in paragraph.lines:
        stop = begin + len(line.text) - cut
        if begin < end and start < stop:
            lines.append((max(0, begin - start), line, cut + max(0, start - begin)))
    return Paragraph(paragraph.text[start:end], tuple(lines))


def read_evaluations(
    part: Part, evaluations: Sequence[Evaluation], setting: Setting
) -> Iterator[tuple[Project, list[Fact]]]:
    """Each project with its facts, in reading order."""
    for evaluation in evaluations:
        subject = Subject(Name(evaluation.name, "project"), evaluation.name)
        inner = replace(setting, project=evaluation.name)
        pieces = _pieces(evaluation)
        facts = [
            _as_project(f, evaluation.name)
            for f in read_paragraph(figures_of(evaluation), part, Context(subject), inner)
            if f.measure not in {"reason", "purpose", "comparison"}
        ]  # fmt: skip
        texts: dict[str, list[str]] = {kind: [] for kind in _MEASURES}
        for kind, start, end in pieces[1:]:
            for a, b in _items(evaluation.normal.text, start, end):
                fact = _text_fact(evaluation, part, inner, kind, a, b)
                if fact is None:
                    continue
                texts[kind].append(fact.value_text)
                facts.append(fact)
                if kind == "outputs":
                    facts.extend(
                        read_metrics(fact, _cut(evaluation.paragraph, *evaluation.normal.raw_span(a, b)), part)
                    )
        yield _project(evaluation, facts, texts), facts


def figures_of(evaluation: Evaluation) -> Paragraph:
    """What stands between a self-evaluation's head and its first labelled part: its figures."""
    return _cut(evaluation.paragraph, *evaluation.normal.raw_span(evaluation.figures, _pieces(evaluation)[0][1]))


def _as_project(fact: Fact, name: str) -> Fact:
    return replace(fact, topic="project", project=name, basis=_rate_basis(fact))


def _rate_basis(fact: Fact) -> str:
    """完成预算 in a self-evaluation means the full-year budget that it has just named."""
    return "全年预算" if fact.measure == "completion_rate" and fact.basis == "预算" else fact.basis


def _pieces(evaluation: Evaluation) -> list[tuple[str, int, int]]:
    """(kind, start, end) of the figures and of each labelled part."""
    text = evaluation.normal.text
    labels = list(_layout().label.finditer(text, evaluation.figures, evaluation.end, timeout=coding.TIMEOUT))
    stop = labels[0].start() if labels else evaluation.end
    pieces = [("figures", stop, stop)]
    for i, label in enumerate(labels):
        end = labels[i + 1].start() if i + 1 < len(labels) else evaluation.end
        attachment = text.find("附件：《", label.end(), end)
        pieces.append((label.lastgroup or "", label.end(), attachment if attachment >= 0 else end))
    return pieces


def _items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The numbered items of a part, without their numbers; the whole part where nothing is numbered."""
    marks = list(_layout().numbers.finditer(text, start, end, timeout=coding.TIMEOUT))
    if not marks:
        return [(start, end)] if end > start else []
    spans = [(m.end(), marks[i + 1].start() if i + 1 < len(marks) else end) for i, m in enumerate(marks)]
    if text[start : marks[0].start()].strip(_TRIM + "：") and marks[0].start() - start > 6:
        spans.insert(0, (start, marks[0].start()))
    return [(a, b) for a, b in spans if text[a:b].strip(_TRIM)]


def _text_fact(evaluation: Evaluation, part: Part, setting: Setting, kind: str, start: int, end: int) -> Fact | None:
    a, b = evaluation.normal.raw_span(start, end)
    raw = evaluation.paragraph.text[a:b]
    text = raw.strip(_TRIM)
    if not text or regex.fullmatch(r"无(?:。)?", text):
        return None
    a += len(raw) - len(raw.lstrip(_TRIM))
    page, box = evaluation.paragraph.place(a, a + len(text))
    text = regex.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", text)
    return Fact(
        fact_id="", topic="project", item=evaluation.name, item_text=evaluation.name, code="", project=evaluation.name,
        measure=_MEASURES[kind], basis="", value=None, value_text=text, unit="", amount_yuan=None, direction="",
        year=setting.year, section=part.path, page=page, box=box, sentence=raw.strip(), start=0, end=len(raw.strip()),
        pattern=f"project.{kind}",
    )  # fmt: skip


def _project(evaluation: Evaluation, facts: Sequence[Fact], texts: dict[str, list[str]]) -> Project:
    def value(*measures: str) -> Fact | None:
        own = [f for f in facts if f.measure in measures and f.item == evaluation.name]
        return next((f for m in measures for f in own if f.measure == m), None)

    budget, executed, rate, score = (
        value("full_year_budget", "budget", "initial_budget"), value("final"), value("completion_rate"), value("score"),
    )  # fmt: skip
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
