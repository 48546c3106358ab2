"""Parts and sections, found by the words of their headings; the table of contents told from the body.

Printed numbers are support only: real documents skip and repeat them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from msgspec import Struct
from msgspec.structs import replace

from jsextract.model.document import Line
from jsextract.model.geometry import union
from jsextract.model.settings import LAYOUT
from jsextract.outline.flow import Paragraph, ends_sentence, margins, paragraphs
from jsextract.rules.sections import NO_TOPIC, SectionRules, TopicRule
from jsextract.text.normal import squeeze
from jsextract.text.tokens import DIGIT_DOT, HAN, HAN_BRACKET, NO_ORDINAL, PART, ordinal_level, without_ordinals
from jsextract.vocabulary import SectionKind, Topic

_TAILS = ("说明", "情况", "决算表", "报表", "概况", "解释")
_BARE_PART = re.compile(f"^{PART}$")
_CONTENTS = {"目录", "目次", "目录CONTENTS"}
_LEADERS = re.compile(r"(?:[.…·・_]{2,}|PAGEREF\S*|\t)?[.…·]*\d{0,3}$")
_EMBEDDED = re.compile(rf"[，。；]\s*(?P<heading>{HAN_BRACKET}\s*[^，。；：\d（(]{{4,32}}情况(?:说明)?\s*)$")
# （三）国有资产占用情况。截至2022年末…: a heading with its text on the same line; not a term with its definition.
_RUN_IN = re.compile(
    rf"^\s*(?P<heading>(?:{HAN_BRACKET}|{HAN}{{1,3}}\s*、|{DIGIT_DOT})"
    r"[^，,。；;：:\d（(]{4,32})[。：:]\s*(?=\S)"
)
_RUN_IN_TOPICS = frozenset({Topic.OPERATING, Topic.PROCUREMENT, Topic.ASSETS, Topic.PERFORMANCE})
_RUN_IN_ENDS = re.compile(r"(情况|说明|经费|支出|采购|管理|占用|使用|工作)$")
_OF_PROJECT = re.compile(r"项目|综述")
_TELLING = re.compile(r"\d|[无没未]")
_DEFINED = re.compile(r"^(是?指|系指?|反映|为保障|包括)")
_REMARK = re.compile(r"（[^（）]*）$")


class Part(Struct, frozen=True):
    """A heading and what stands under it, up to the next heading of any level.

    Attributes:
        kind: overview, tables, narrative, other, glossary, attachment.
        topic: what it is about, blank when its words do not tell.
        files: the topic under which its facts are filed, blank for each by its item.
        subject: what a figure without a name is about here.
    """

    level: int
    kind: str
    heading: str
    path: str
    topic: str
    files: str
    subject: str
    page: int
    paragraphs: tuple[Paragraph, ...]


class Outline(Struct, frozen=True):
    """A document's prose in order: what stands before the body, then its parts.

    Attributes:
        cover: lines before the table of contents (or before the body).
        contents: lines of the table of contents (目录).
    """

    cover: tuple[Line, ...]
    contents: tuple[Line, ...]
    parts: tuple[Part, ...]


def _heading_words(text: str) -> str:
    """A heading without its number, its closing remark and its full stop."""
    text = without_ordinals(text).rstrip("。：；")
    while _REMARK.search(text) and len(_REMARK.sub("", text)) >= 4:
        text = _REMARK.sub("", text).rstrip("。：")
    return text


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
    words = _heading_words(text)
    if len(words) > own.longest_words or re.search(r"[，。；：？]|\d+(?:\.\d+)?(?:万元|元|%|人|辆|个)", words):
        return False
    if rank == NO_ORDINAL:
        said = words.endswith(("情况说明", "情况", "名词解释")) and sections.topic_of(words) is not None
        return said and len(words) <= own.longest_unnumbered and "。" not in text and "、" not in words
    if text.endswith(("；", "，")) or "（类）" in text:
        return False
    if (full or text.endswith("。")) and not words.endswith(("情况", "说明", "概况", "解释")):
        return False
    return words.endswith(sections.endings) or (rank == 1 and bool(sections.kind_of(words)))


def _without_leaders(text: str) -> str:
    """The normal text of a line without the dots and the page number of a table of contents."""
    return _LEADERS.sub("", squeeze(text)).rstrip(".…·")


def _same_heading(a: str, b: str) -> bool:
    """Whether two headings have the same words, a misprint apart."""
    a, b = _heading_words(a), _heading_words(b)
    return a == b or SequenceMatcher(None, a, b, autojunk=False).ratio() >= LAYOUT.heading.alike


def split_contents(lines: Sequence[Line]) -> tuple[int, int]:
    """Where the table of contents begins and ends: indices into `lines`, equal where there is none.

    The body starts where the first entry comes again; entries that never come again end with the last line of the run
    of heading-like lines.
    """
    texts = [_without_leaders(line.text) for line in lines]
    start = next((i for i, t in enumerate(texts) if t in _CONTENTS), None)
    if start is None:
        return _unmarked_contents(texts)
    entries = [i for i in range(start + 1, len(texts)) if texts[i]]
    if not entries:
        return start, start + 1
    # a date or a remark may stand between 目录 and the first entry
    first = next(
        (i for i in entries[: LAYOUT.heading.before_entries] if ordinal_level(texts[i].lstrip("-")) < NO_ORDINAL),
        entries[0],
    )
    again = _where_again(texts, first)
    if again is not None:
        return start, again
    end = first
    for i in entries:
        if (ends_sentence(lines[i].text) and not texts[i].endswith("说明")) or len(
            texts[i]
        ) > LAYOUT.heading.longest_entry:
            break
        end = i + 1
    return start, end


def _where_again(texts: Sequence[str], first: int) -> int | None:
    """Where the entry at `first` (with the line after it, where it was broken in two) stands a second time."""
    entry = texts[first]
    if ordinal_level(entry) == NO_ORDINAL and not re.search(r"概况|职能|情况|说明|表", entry):
        return None
    return next(
        (
            i
            for i in range(first + 1, len(texts))
            if texts[i]
            and (
                texts[i] == entry
                or (ordinal_level(texts[i]) == ordinal_level(entry) and _same_heading(texts[i], entry))
            )
            and i - first >= LAYOUT.heading.apart
        ),
        None,
    )


def _unmarked_contents(texts: Sequence[str]) -> tuple[int, int]:
    """A run of part headings without the word 目录 in front, each of which comes again."""
    first = next((i for i, t in enumerate(texts) if ordinal_level(t) == 0), None)
    if first is None:
        return 0, 0
    again = _where_again(texts, first)
    if again is None or any(len(t) > LAYOUT.heading.longest_unmarked for t in texts[first:again]):
        return first, first
    return first, again


def _body_start(texts: Sequence[str], sections: SectionRules) -> int:
    """Without contents the body begins with its first heading."""
    return next((i for i, t in enumerate(texts) if t and (ordinal_level(t) <= 1 and is_heading(t, sections))), 0)


def cover_lines(lines: Iterable[Line], sections: SectionRules) -> tuple[Line, ...]:
    """The lines before the table of contents, or before the body, of a document's prose."""
    run = _named_parts(lines)
    return tuple(run[: _divided(run, sections)[0]])


def outline(lines: Iterable[Line], sections: SectionRules) -> Outline:
    """The document's prose as parts; every line of the body belongs to exactly one."""
    run = _named_parts(lines)
    start, end = _divided(run, sections)
    parts = _parts_under_headings(_join_headings(run[end:], sections), sections)
    return Outline(tuple(run[:start]), tuple(run[start:end]), tuple(parts))


def _divided(run: Sequence[Line], sections: SectionRules) -> tuple[int, int]:
    """Where the contents begin and end, both at the body's first heading where there are none."""
    start, end = split_contents(run)
    if start == end:
        start = end = _body_start([_without_leaders(line.text) for line in run], sections)
    return start, end


def _named_parts(lines: Iterable[Line]) -> list[Line]:
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
        return Line(first.page, f"{first.text} {second.text}")
    gap = (first.edges[-1][1], first.edges[-1][1]) if first.edges else (first.box.x1, first.box.x1)
    return Line(
        page=first.page, text=f"{first.text} {second.text}", box=union([first.box, second.box]),
        edges=(*first.edges, gap, *second.edges), size=first.size, index=first.index,
    )  # fmt: skip


def _join_headings(lines: Sequence[Line], sections: SectionRules) -> list[tuple[str, list[Line]]]:
    """(heading or blank, lines): a heading over two lines becomes one; other lines stay alone."""
    out: list[tuple[str, list[Line]]] = []
    at = 0
    parted = (piece for line in lines if line.text.strip() for piece in _split_run_in(line, sections))
    filled = [piece for line in parted for piece in _split_embedded(line)]
    right, _ = margins(filled)
    while at < len(filled):
        group = _broken_heading(filled[at : at + 3], sections)
        title = "".join(line.text.strip() for line in group)
        if len(group) == 1:
            line = group[0]
            full = line.box is not None and line.box.x1 > right - LAYOUT.heading.full * line.size
            title = title if is_heading(line.text, sections, full=full) else ""
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
    words = _heading_words(heading)
    topic = (sections.topic_of(words) or NO_TOPIC).topic
    # 1.某项目绩效自评综述：… is the head of one self-evaluation
    of_project = topic == Topic.PERFORMANCE and (ordinal_level(heading) > 2 or bool(_OF_PROJECT.search(words)))
    if topic not in _RUN_IN_TOPICS or of_project or not _RUN_IN_ENDS.search(words):
        return [line]
    if _DEFINED.match(rest) or not _TELLING.search(rest[: LAYOUT.heading.telling]):
        return [line]
    return _split_at(line, match.end("heading"), match.end())


def _split_at(line: Line, stop: int, start: int) -> list[Line]:
    """The line as two: up to character `stop`, and from character `start`."""
    if not line.edges or line.box is None:
        return [Line(line.page, text, index=line.index) for text in (line.text[:stop], line.text[start:])]
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


def _parts_under_headings(pieces: list[tuple[str, list[Line]]], sections: SectionRules) -> Iterable[Part]:
    """The parts that headings open; what stands before the first one is a part without a heading."""
    open_headings: list[tuple[int, str, str]] = []  # rank, heading, kind
    topics: list[tuple[int, TopicRule]] = []
    heading, body, page = "", [], 0
    for title, lines in [*pieces, ("", [])]:
        if lines and not title:
            page = page or lines[0].page
            body.extend(lines)
            continue
        if heading or body:
            yield _closed_part(open_headings, topics, heading, body, page)
        if not lines:
            return
        heading, body, page = " ".join(title.split()), [], lines[0].page
        text = squeeze(title)
        rank = ordinal_level(text)
        words = _heading_words(text)
        while open_headings and open_headings[-1][0] >= rank:
            open_headings.pop()
        while topics and topics[-1][0] >= rank:
            topics.pop()
        inherited = open_headings[-1][2] if open_headings else ""
        kind = sections.kind_of(words) if rank <= 1 and (rank == 0 or not _under_part(open_headings)) else ""
        open_headings.append((rank, heading, kind or inherited or sections.kind_of(words)))
        topic = sections.topic_of(words)
        if topic is not None and (rank > 0 or topic.topic == Topic.GLOSSARY) and not _is_general(topic, topics):
            topics.append((rank, topic))


def _is_general(topic: TopicRule, above: list[tuple[int, TopicRule]]) -> bool:
    """总体情况 under 三公 is still about 三公: what files its facts is not undone by what does not."""
    return bool(above) and bool(above[-1][1].files) and not topic.files


def _under_part(open_headings: list[tuple[int, str, str]]) -> bool:
    """Whether 第X部分 is among the open headings."""
    return any(rank == 0 for rank, _, _ in open_headings)


def _closed_part(
    open_headings: list[tuple[int, str, str]],
    topics: list[tuple[int, TopicRule]],
    heading: str,
    body: list[Line],
    page: int,
) -> Part:
    """The part under the innermost open heading, once its lines are complete."""
    topic = topics[-1][1] if topics else NO_TOPIC
    return Part(
        level=len(open_headings),
        kind=open_headings[-1][2] if open_headings else SectionKind.OTHER,
        heading=heading,
        path="/".join(h for _, h, _ in open_headings),
        topic=topic.topic,
        files=topic.files,
        subject=topic.subject,
        page=page,
        paragraphs=tuple(paragraphs(body)),
    )


def part_about(topic: str, sections: SectionRules, paragraphs: tuple[Paragraph, ...] = ()) -> Part:
    """A section about `topic` (one of `sections`, or blank), as its heading would make it.

    Raises:
        KeyError: if there is no such topic.
    """
    found = sections.topic(topic)
    return Part(
        level=1, kind=SectionKind.NARRATIVE, heading="", path="", topic=topic, files=found.files,
        subject=found.subject, page=0, paragraphs=paragraphs,
    )  # fmt: skip
