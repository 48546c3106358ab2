"""Metrics inside the outputs of a project: 收到市民投诉电话12.63万条 says how many of what."""

from __future__ import annotations

from collections.abc import Iterator

import regex
from msgspec.structs import replace

from jsextract.model.report import Fact
from jsextract.outline.flow import Paragraph
from jsextract.outline.headings import Part
from jsextract.outline.legibility import doubts
from jsextract.rules import tokenize
from jsextract.rules.ruleset import RuleSet
from jsextract.rules.tokenize import Token
from jsextract.text.amounts import to_yuan
from jsextract.text.normal import normalise
from jsextract.text.words import every
from jsextract.vocabulary import Measure

_CLAUSE = "，。；：、（）"
_DIGIT, _MEASURED = regex.compile(r"\d"), regex.compile(r"\d[\d.]*(?:%|[^\d]{1,2})")
_PLANNED = regex.compile(r"^(?:原|年初)?计划(?!生育|外|内)|计划$")
"""What tells that a figure was planned (计划培训1500人次, 演出计划120场)."""
_PLANS = frozenset("个份项部")
"""Units of plans themselves (整改计划3份)."""
_SURELY_A_NAME = 6
"""Characters beyond which words before a figure are more than verbs; jieba need not be asked."""


def read_metrics(output: Fact, paragraph: Paragraph, part: Part, rules: RuleSet) -> Iterator[Fact]:
    """The figures in one output, each with the name of what it counts; a figure without a name gives nothing."""
    coded = tokenize.tokenize(normalise(paragraph.text), rules.lexicon)
    for position, token in coded.tokens.items():
        if token.value is None or token.kind in {"year", "date", "number", "item"}:
            continue
        name = _name(coded.normal.text, token, position, rules)
        if not name:
            continue
        name, measure = _as_planned(name, token.unit)
        a, b = coded.normal.raw_span(token.start, token.number_end)
        page, box = paragraph.place(a, b)
        yield replace(
            output, item=name, item_text=name, measure=measure, value=token.value,
            value_text=paragraph.text[a:b], unit=token.unit,
            amount_yuan=to_yuan(token.value, token.unit), page=page or output.page, box=box,
            sentence=paragraph.text.strip(), start=a, end=b, pattern="project.metric", section=part.path,
            flags=doubts(paragraph, (0, b), b),
        )  # fmt: skip


def _as_planned(name: str, unit: str) -> tuple[str, Measure]:
    """What a figure is about, without the word that makes it a target (目标值), and its measure."""
    bare = _PLANNED.sub("", name)
    if bare == name or not bare or unit == "%" or (unit in _PLANS and name.endswith("计划")):
        return name, Measure.ACTUAL
    return bare, Measure.TARGET


def _name(text: str, token: Token, position: int, rules: RuleSet) -> str:
    """The words before the figure (接入数达到250家), else what is counted after it (完成28家部门热线整合)."""
    words = rules.metrics
    start = max((text.rfind(mark, 0, token.start) for mark in _CLAUSE), default=-1) + 1
    before = words.reached.sub("", text[start : token.start])
    if _DIGIT.search(before) and position:
        before = _MEASURED.split(before)[-1]
    before = words.opening.sub("", before) or before
    if before and before not in words.done and (len(before) > _SURELY_A_NAME or not _only_verbs(before, rules)):
        return before if len(before) <= 40 else ""
    stop = min((i for mark in _CLAUSE if (i := text.find(mark, token.end)) >= 0), default=len(text))
    after = text[token.end : stop]
    return after if 2 <= len(after) <= 30 and not _DIGIT.search(after) else ""


def _only_verbs(words: str, rules: RuleSet) -> bool:
    """Whether nothing is named: 完成, 共计建设."""
    return every(
        words,
        lambda word, tag: word in rules.metrics.done or (tag[0] in "vdpcuf" and tag != "vn"),
        rules.lexicon.dictionaries,
    )
