"""Lines that are headings, by number and words: joined where they run on, cut off where text goes on (标题行)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from jsextract.model.document import Line
from jsextract.model.geometry import union
from jsextract.model.settings import LAYOUT
from jsextract.outline.flow import ends_sentence, margins
from jsextract.outline.styled import is_styled
from jsextract.rules.sections import NO_TOPIC, SectionRules
from jsextract.text.normal import normalise, squeeze
from jsextract.text.tokens import (
    DIGIT_DOT,
    HAN,
    HAN_BRACKET,
    HAN_DOT,
    NO_ORDINAL,
    PART,
    YEAR,
    ordinal_level,
    without_ordinals,
)
from jsextract.vocabulary import Topic

_TAILS = ("说明", "情况", "决算表", "报表", "概况", "解释")
_BARE_PART = re.compile(f"^{PART}$")
_EMBEDDED = re.compile(rf"[，。；]\s*(?P<heading>{HAN_BRACKET}\s*[^，。；：\d（(]{{4,32}}情况(?:说明)?\s*)$")
# （三）国有资产占用情况。截至2022年末…: a heading with its text on the same line; not a term with its definition.
_RUN_IN = re.compile(
    rf"^\s*(?P<heading>(?:{HAN_BRACKET}|{HAN}{{1,3}}\s*、|{DIGIT_DOT})"
    r"[^，,。；;：:\d（(]{4,32})[。：:]\s*(?=\S)"
)
_RUN_IN_TOPICS = frozenset({Topic.OPERATING, Topic.PROCUREMENT, Topic.ASSETS, Topic.PERFORMANCE})
_RUN_IN_ENDS = re.compile(r"(情况|说明|经费|支出|采购|管理|占用|使用|工作)$")
_OF_PROJECT = re.compile(r"项目|综述")
# 一、收入决算情况说明：2018年…, 三、决算情况说明（一）收入决算情况: text or a heading follows; in normal text.
_GLUED = re.compile(
    rf"(?:{HAN_DOT}|{HAN_BRACKET})(?P<words>(?:[^，。；：（）\d]{{0,24}}{YEAR}年度?)?[^，。；：（）\d]{{2,36}}?"
    rf"(?:情况说明|情况分析|情况|说明))(?![说分说的如以下])(?P<end>[。：]?)(?={HAN_BRACKET})?"
)
_TELLING = re.compile(r"\d|[无没未]")
_DEFINED = re.compile(r"^(是?指|系指?|反映|为保障|包括)")
_AMOUNT = re.compile(r"\d(?:[万亿]?元|%)")
_REMARK = re.compile(r"（[^（）]*）$")


def heading_words(text: str) -> str:
    """A heading without its number, its closing remark and its full stop."""
    text = without_ordinals(text).rstrip("。：；")
    while _REMARK.search(text) and len(_REMARK.sub("", text)) >= 4:
        text = _REMARK.sub("", text).rstrip("。：")
    return text


def tells_figures(text: str) -> bool:
    """Whether what follows a heading's words on its line is its section's text, and defines no term."""
    return not _DEFINED.match(text) and bool(_TELLING.search(text[: LAYOUT.heading.telling]))


def is_heading(raw: str, sections: SectionRules, *, full: bool = False) -> bool:
    """Whether a line is a heading: numbered (or plainly 情况说明) words of the vocabulary, no running text.

    Args:
        raw: the line as printed.
        sections: what words headings have.
        full: whether the line runs to the right margin, as a line does that goes on below.
    """
    text, own = squeeze(raw), LAYOUT.heading
    if not own.shortest <= len(text) <= own.longest:
        return False
    rank = ordinal_level(text)
    if rank == 0:
        return len(text) <= own.longest_part and "。" not in text.rstrip("。")
    words = heading_words(text)
    if len(words) > own.longest_words or re.search(r"[，。；：？]|\d+(?:\.\d+)?(?:万元|元|%|人|辆|个)", words):
        return False
    if rank == NO_ORDINAL:
        said = words.endswith(("情况说明", "情况", "名词解释")) and sections.topic_of(words) is not None
        return said and len(words) <= own.longest_unnumbered and "。" not in text and "、" not in words
    if text.endswith(("；", "，")) or "（类）" in text:
        return False
    if (full or text.endswith("。")) and not words.endswith(("情况", "说明", "概况", "解释")):
        return False
    named = sections.kind_of(words) or sections.topic_of(words)
    return words.endswith(sections.endings) or (rank == 1 and bool(named))


def is_running(line: Line) -> bool:
    """Whether a line is running text: sentences, or more words than a title has."""
    text = line.normal
    said = "。" in text or ("，" in text and (bool(_AMOUNT.search(text)) or text.endswith(("：", "，", "；"))))
    return said or len(text) > LAYOUT.cover.title


def named_parts(lines: Iterable[Line]) -> list[Line]:
    """第三部分 on a line of its own gets the words that stand on the next one."""
    out: list[Line] = []
    for line in lines:
        bare = bool(out) and bool(_BARE_PART.match(out[-1].normal))
        if bare and 0 < len(line.normal) <= LAYOUT.heading.longest_name and not ends_sentence(line.text):
            out[-1] = _joined_heading(out[-1], line)
        elif line.text.strip() or not bare:
            out.append(line)
    return out


def _joined_heading(first: Line, second: Line) -> Line:
    """Two lines of one heading as one; a character in between parts their words."""
    if first.box is None or second.box is None:
        return replace(first, text=f"{first.text} {second.text}", box=None, edges=())
    gap = (first.edges[-1][1], first.edges[-1][1]) if first.edges else (first.box.x1, first.box.x1)
    return Line(
        page=first.page, text=f"{first.text} {second.text}", box=union([first.box, second.box]),
        edges=(*first.edges, gap, *second.edges), size=first.size, index=first.index,
    )  # fmt: skip


def join_headings(lines: Sequence[Line], sections: SectionRules) -> list[tuple[str, list[Line]]]:
    """(heading or blank, lines): a heading over two lines becomes one; other lines stay alone."""
    out: list[tuple[str, list[Line]]] = []
    at = 0
    parted = (piece for line in lines if line.text.strip() for piece in _split_run_in(line, sections))
    unglued = (piece for line in parted for piece in _split_glued(line, sections))
    filled = [piece for line in unglued for piece in _split_embedded(line)]
    right, _ = margins(filled)
    while at < len(filled):
        group = _broken_heading(filled[at : at + 3], sections)
        title = "".join(line.text.strip() for line in group)
        if len(group) == 1:
            line = group[0]
            full = line.box is not None and line.box.x1 > right - LAYOUT.heading.full * line.size
            told = is_styled(line, sections) or is_heading(line.text, sections, full=full)
            title = title if told else ""
        out.append((title, group))
        at += len(group)
    return out


def _split_embedded(line: Line) -> list[Line]:
    """A heading that was set at the end of a line of running text: …占0.27%，（二）收支增减变化情况说明."""
    match = _EMBEDDED.search(line.text)
    return [line] if match is None else _split_at(line, match.start("heading"), match.start("heading"))


def _split_run_in(line: Line, sections: SectionRules) -> list[Line]:
    """A heading that begins its paragraph, cut off where its words tell another topic: （四）预算绩效情况。本部门…."""
    match = _RUN_IN.match(line.text)
    if match is None:
        return [line]
    heading, rest = squeeze(match["heading"]), squeeze(line.text[match.end() :])
    words = heading_words(heading)
    topic = (sections.topic_of(words) or NO_TOPIC).topic
    # 1.某项目绩效自评综述：… is the head of one self-evaluation
    of_project = topic == Topic.PERFORMANCE and (ordinal_level(heading) > 2 or bool(_OF_PROJECT.search(words)))
    if topic not in _RUN_IN_TOPICS or of_project or not _RUN_IN_ENDS.search(words):
        return [line]
    if not tells_figures(rest):
        return [line]
    return _split_at(line, match.end("heading"), match.end())


def _split_glued(line: Line, sections: SectionRules) -> list[Line]:
    """The headings inside a line of plain text, cut out: web pages lose the breaks around them."""
    if line.box is not None:
        return [line]
    form = normalise(line.text)
    cuts: list[int] = []
    for match in _GLUED.finditer(form.text):
        start, end = form.raw_span(match.start(), match.end())
        begins = start == 0 or line.text[start - 1].isspace() or form.text[match.start() - 1] in "。；：）说明"
        rest = form.text[match.end() :]
        ends = bool(match["end"]) or line.text[end : end + 1].isspace() or ordinal_level(rest) < NO_ORDINAL
        known = sections.topic_of(match["words"]) or sections.kind_of(match["words"])
        if begins and rest and ends and known and not _DEFINED.match(rest):
            cuts += [start, end]
    edges = sorted({0, *cuts, len(line.text)})
    pieces = [line.text[a:b] for a, b in itertools.pairwise(edges)]
    return [replace(line, text=piece) for piece in pieces if piece.strip()] if cuts else [line]


def _split_at(line: Line, stop: int, start: int) -> list[Line]:
    """The line as two: up to character `stop`, and from character `start`."""
    if not line.edges or line.box is None:
        return [replace(line, text=text, box=None, edges=()) for text in (line.text[:stop], line.text[start:])]
    return [
        replace(line, text=line.text[a:b], box=line.span_box(a, b), edges=line.edges[a:b])
        for a, b in ((0, stop), (start, len(line.text)))
    ]


def _broken_heading(lines: Sequence[Line], sections: SectionRules) -> list[Line]:
    """The lines of one heading: 第三部分 X 2024 年度部门决算情况 | 说明, or a remark in brackets that runs on.

    Only the first line where it is no heading, or a whole one.
    """
    a = lines[0].normal
    alone = [lines[0]]
    if ordinal_level(a) > 2 or len(lines) < 2:
        return alone
    if a.count("（") > a.count("）"):
        for count in range(2, len(lines) + 1):
            text = squeeze("".join(line.text for line in lines[:count]))
            if text.count("（") == text.count("）"):
                return list(lines[:count]) if is_heading(text, sections) else alone
        return alone
    b = lines[1].normal
    if ordinal_level(b) != NO_ORDINAL or ends_sentence(lines[0].text) or not b:
        return alone
    if len(b) > LAYOUT.heading.longest_tail or re.search(r"[，。；：\d]", b) or not b.endswith(_TAILS):
        return alone
    by_itself = ordinal_level(a) > 0 and is_heading(a, sections) and len(b) > LAYOUT.heading.longest_end
    return list(lines[:2]) if is_heading(a + b, sections) and not by_itself else alone
