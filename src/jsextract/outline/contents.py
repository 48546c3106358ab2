"""The table of contents (目录): where it begins, and where the body begins after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from jsextract.model.document import Line
from jsextract.model.settings import LAYOUT
from jsextract.outline.flow import ends_sentence
from jsextract.outline.heading_lines import heading_words
from jsextract.text.normal import squeeze
from jsextract.text.tokens import NO_ORDINAL, PART, ordinal_level

_CONTENTS = {"目录", "目次", "目录CONTENTS"}
_PART_NUMBER = re.compile(PART)
_LEADERS = re.compile(r"(?:[.…·・_]{2,}|PAGEREF\S*|\t)?[.…·]*\d{0,3}$")


def without_leaders(text: str) -> str:
    """The normal text of a line without the dots and the page number of a table of contents."""
    return _LEADERS.sub("", squeeze(text)).rstrip(".…·")


def _same_heading(a: str, b: str) -> bool:
    """Whether two headings have the same words, a misprint apart."""
    a, b = heading_words(a), heading_words(b)
    return a == b or SequenceMatcher(None, a, b, autojunk=False).ratio() >= LAYOUT.heading.alike


def split_contents(lines: Sequence[Line]) -> tuple[int, int]:
    """Where the table of contents begins and ends: indices into `lines`, equal where there is none.

    The body starts where the first entry comes again; entries that never come again end with the last line of the run
    of heading-like lines.
    """
    texts = [without_leaders(line.text) for line in lines]
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
    numbers = [_PART_NUMBER.match(texts[at]) for at in (first, again or first)]
    # 第二部分 and 第三部分 are two parts, however alike their words are
    if again is None or (numbers[0] and numbers[1] and numbers[0][0] != numbers[1][0]):
        return first, first
    if any(len(t) > LAYOUT.heading.longest_unmarked for t in texts[first:again]):
        return first, first
    return first, again
