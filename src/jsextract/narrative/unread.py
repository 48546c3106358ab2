"""What the rules missed: amounts of money in the narrative that no fact holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from jsextract.model.report import Fact
from jsextract.outline.flow import Paragraph
from jsextract.outline.headings import Part
from jsextract.rules import tokenize
from jsextract.rules.lexicon import Lexicon
from jsextract.rules.tokenize import TokenText
from jsextract.text.normal import NormalText, normalise
from jsextract.text.tokens import may_hold_money


class Unread(Struct, frozen=True):
    """A sentence with an amount and no fact.

    Attributes:
        page: where it begins; 0 for plain text.
        section: headings above it, joined with `/`.
        topic: what the section is about.
        sentence: as printed, lines joined.
        amounts: those that no fact holds, as printed.
        partly: whether the sentence gave other facts.
    """

    page: int
    section: str
    topic: str
    sentence: str
    amounts: tuple[str, ...]
    partly: bool = False


def find_unread(
    part: Part, paragraphs: Iterable[Paragraph], facts: Sequence[Fact], lexicon: Lexicon, *, partly: bool = False
) -> Iterator[Unread]:
    """The sentences of a section that state an amount of money and gave none of `facts`, in reading order.

    Args:
        part: the section.
        paragraphs: those of its paragraphs that were read.
        facts: what they gave.
        lexicon: the names in force.
        partly: also those that gave facts, but hold an amount which none of these covers.
    """
    read = _spans(facts)
    for paragraph in paragraphs:
        normal = normalise(paragraph.text)
        coded: TokenText | None = None
        for start, end in _sentences(normal):
            if not may_hold_money(normal.text, start, end):
                continue
            a, b = normal.raw_span(start, end)
            a += len(paragraph.text[a:b]) - len(paragraph.text[a:b].lstrip())
            sentence = paragraph.text[a:b].rstrip()
            spans = [span for known in read if (at := known.find(sentence)) >= 0 for span in _moved(read[known], -at)]
            if spans and not partly:
                continue
            # only now is it worth telling amounts from names that hold one (单价100万元以上设备)
            coded = coded or tokenize.tokenize(normal, lexicon)
            amounts = tuple(
                paragraph.text[x:y] for x, y in _amounts(coded, start, end) if not _holds(spans, x - a, y - a)
            )
            if amounts:
                yield Unread(paragraph.place(a, b)[0], part.path, part.topic, sentence, amounts, bool(spans))


def _spans(facts: Iterable[Fact]) -> dict[str, list[tuple[int, int]]]:
    """Sentence → where the values of its facts stand in it."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for fact in facts:
        spans.setdefault(fact.sentence, []).append((fact.start, fact.end))
    return spans


def _moved(spans: Iterable[tuple[int, int]], by: int) -> list[tuple[int, int]]:
    return [(start + by, end + by) for start, end in spans]


def _holds(spans: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in spans)


def _amounts(coded: TokenText, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The raw characters of each amount of money among normal characters `start` to `end`."""
    for token in coded.tokens.values():
        if token.kind == "money" and start <= token.start < end:
            yield coded.normal.raw_span(token.start, token.end)


def _sentences(normal: NormalText) -> Iterator[tuple[int, int]]:
    """Normal characters of each sentence, its full stop included."""
    start = 0
    while start < len(normal.text):
        stop = normal.text.find("。", start)
        end = len(normal.text) if stop < 0 else stop + 1
        yield start, end
        start = end
