"""Where self-evaluations of projects stand (项目绩效自评的位置): by heads, by titles, within sentences."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

import regex
from msgspec import Struct

from jsextract.narrative.matches import quoted
from jsextract.outline.flow import Paragraph
from jsextract.rules import tokenize
from jsextract.rules.sections import EvaluationLayout
from jsextract.text.normal import NormalText, normalise, squeeze

TRIM = "，。；、：:;, "
"""What is no part of a text at its ends."""
_QUOTED = regex.compile(r"[“「\"]([^“”「」\"，。；：]{2,40})[”」\"]")
SPREAD = regex.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
"""Spaces that only justify a line."""
_OPENS = regex.compile(r"^(?:(?:其中|附件)?[：:，,、]|附件\d{0,2}[：:]?)")
_ATTACHMENT = regex.compile(r"^附件[：:]|^《")
_LONGEST_TITLE = 70  # characters of a line that only names a project
_GENERAL = regex.compile(r"绩效|情况|自评|开展|结果|整体支出|^其中$|^项目$")


class Evaluation(Struct, frozen=True):
    """One project's self-evaluation: where its head and its parts stand in a paragraph's normal text.

    Attributes:
        start, figures, end: where its head, its figures, and what follows it begin.
        seams: where its second and later paragraphs begin.
        running: whether it is one of a sentence.
    """

    name: str
    layout: EvaluationLayout
    paragraph: Paragraph
    normal: NormalText
    start: int
    figures: int
    end: int
    seams: frozenset[int] = frozenset()
    running: bool = False


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
        if name:
            found.append(
                Evaluation(name, layout, paragraph, normal, start=0, figures=0, end=len(normal.text), seams=seams)
            )
            continue
        heads = _heads(normal, layout)
        if not heads:
            rest.extend(group)
        told = 0  # what is said of all of them, before the first is named and after one is done
        for head, following in zip_longest(heads, heads[1:]):
            if head.start > told:
                rest.append(part_of(paragraph, *normal.raw_span(told, head.start)))
            told = _end(head, following.start if following else len(normal.text), normal.text, layout)
            found.append(
                Evaluation(
                    head.name, layout, paragraph, normal,
                    start=head.start, figures=head.figures, end=told, seams=seams, running=head.running,
                )
            )  # fmt: skip
        if heads and told < len(normal.text):
            rest.append(part_of(paragraph, *normal.raw_span(told, len(normal.text))))
    return found, rest


class _Head(Struct, frozen=True):
    """The head of one self-evaluation, in normal text: where it begins and where its figures do.

    Attributes:
        running: whether it is one of a sentence, which ends with it.
    """

    start: int
    figures: int
    name: str
    running: bool = False


def _heads(normal: NormalText, layout: EvaluationLayout) -> list[_Head]:
    """The heads of self-evaluations in a paragraph, left to right, none inside another."""
    printed = [
        _Head(m.start(), m.end(), _project_name(quoted(normal, *m.span("name")).strip(TRIM)))
        for head in layout.heads
        for m in head.finditer(normal.text, timeout=tokenize.TIMEOUT)
    ]
    chosen: list[_Head] = []
    for head in sorted(
        [*printed, *_running(normal, layout)], key=lambda head: (head.start, head.running, -head.figures)
    ):
        if not chosen or head.start >= chosen[-1].figures:
            chosen.append(head)
    return chosen


def _running(normal: NormalText, layout: EvaluationLayout) -> Iterator[_Head]:
    """Projects that a sentence names, by quotation marks or by how names end, right before their money or score."""
    for match in _QUOTED.finditer(normal.raw):
        start, end = (bisect_left(normal.offsets, at) for at in match.span(1))
        follows = layout.follows.match(normal.text, end, timeout=tokenize.TIMEOUT)
        if follows and not _GENERAL.search(match[1]):
            yield _Head(start, follows.end(), _project_name(match[1].strip(TRIM)), running=True)
    for match in layout.named.finditer(normal.text, timeout=tokenize.TIMEOUT):
        follows = layout.follows.match(normal.text, match.end(), timeout=tokenize.TIMEOUT)
        if follows and not _GENERAL.search(match["name"]):
            yield _Head(match.start("name"), follows.end(), _project_name(match["name"]), running=True)


def _end(head: _Head, stop: int, text: str, layout: EvaluationLayout) -> int:
    """Where a self-evaluation ends, at the latest before the next: one of a sentence with what is no more about it."""
    done = layout.done.search(text, head.figures, stop, timeout=tokenize.TIMEOUT) if head.running else None
    return done.end() if done else stop


def _project_name(printed: str) -> str:
    """The name without the closing 项目 and without spaces that only justify it."""
    name = _OPENS.sub("", SPREAD.sub("", printed))
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
        starts = (
            bool(title) or bool(_heads(normalise(paragraph.text), layout)) or _opens(text, texts[i + 1 : i + 2], layout)
        )
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
    match = layout.title.match(text) if len(text) <= _LONGEST_TITLE else None
    return _project_name(match["name"]) if match and not _GENERAL.search(match["name"]) else ""


def _opens(text: str, following: Sequence[str], layout: EvaluationLayout) -> bool:
    """Whether a head stands here whose figures stand in the next paragraph."""
    if not following or len(text) > _LONGEST_TITLE:
        return False
    return bool(_heads(normalise(text + following[0]), layout)) and not _heads(normalise(following[0]), layout)


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


def part_of(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """Characters `start` to `end` of a paragraph as a paragraph, its lines still placed."""
    lines = []
    for begin, line, cut in paragraph.lines:
        stop = begin + len(line.text) - cut
        if begin < end and start < stop:
            lines.append((max(0, begin - start), line, cut + max(0, start - begin)))
    return Paragraph(paragraph.text[start:end], tuple(lines))
