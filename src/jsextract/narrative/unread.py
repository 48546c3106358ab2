"""What the rules missed: amounts of money in the text that no fact carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import regex
from msgspec import Struct
from msgspec.structs import replace

from jsextract.model.report import Fact, TableCell
from jsextract.narrative.matches import all_matches
from jsextract.outline.flow import Paragraph
from jsextract.outline.headings import Part
from jsextract.rules import tokenize
from jsextract.rules.ruleset import RuleSet
from jsextract.rules.tokenize import TokenText
from jsextract.text.normal import NormalText, normalise
from jsextract.text.tokens import is_exact, is_threshold, money_places
from jsextract.vocabulary import Flag

Span = tuple[int, int]

_PIECE = regex.compile(r"[^。｡]*+[。｡]?")
# 分别为12.30、4.50万元: the first of them is money as well
_LISTED = regex.compile(rf"(?:[、，和及与]{{1,2}}+{tokenize.NUMBER})*+[、，和及与]{{1,2}}+{tokenize.MONEY}")


class Unread(Struct, frozen=True):
    """A sentence with amounts that no fact carries.

    Attributes:
        page: where it begins; 0 for plain text.
        section: headings above it, joined with `/`.
        topic: what the section is about.
        sentence: as printed, lines joined.
        spans: where in it these amounts stand, units included.
    """

    page: int
    section: str
    topic: str
    sentence: str
    spans: tuple[Span, ...]

    @property
    def amounts(self) -> tuple[str, ...]:
        """The amounts as printed."""
        return tuple(self.sentence[start:end] for start, end in self.spans)


class Missed(Struct, frozen=True):
    """What no fact carries of a document's text, and no cell of its tables.

    Attributes:
        kind: what the document is.
        is_read: whether facts are taken from its text at all; if not, nothing is missed.
        sentences: those with amounts that no fact carries, in reading order.
        overflowed: the cells that print #### in place of a figure.
    """

    kind: str
    is_read: bool
    sentences: tuple[Unread, ...]
    overflowed: tuple[TableCell, ...] = ()


def overflowed(cells: Iterable[TableCell]) -> tuple[TableCell, ...]:
    """The cells whose figure is lost to a column that was too narrow (####)."""
    return tuple(cell for cell in cells if Flag.OVERFLOWED in cell.flags)


def missed_in_file(missed: Missed, at: Mapping[int, int]) -> Missed:
    """What no fact carries, with the file's page for each that is only a part of one."""
    if not at:
        return missed
    sentences = tuple(replace(one, page=at.get(one.page, one.page)) for one in missed.sentences)
    cells = tuple(replace(cell, page=at.get(cell.page, cell.page), box=None) for cell in missed.overflowed)
    return replace(missed, sentences=sentences, overflowed=cells)


def find_unread(part: Part, paragraphs: Iterable[Paragraph], facts: Iterable[Fact], rules: RuleSet) -> Iterator[Unread]:
    """The sentences of a section with amounts of money that none of `facts` carries, in reading order.

    An amount is carried by the fact that gives it as a figure; the words of another (原因, 用途) may hold it, and carry
    nothing. Thresholds (单价100万元以上) are no amounts, and what a rule without facts reads is left out on purpose.

    Args:
        part: the section.
        paragraphs: those of its paragraphs that were read.
        facts: what they gave.
        rules: those in force.

    Raises:
        TimeoutError: if one rule takes too long on a paragraph.
    """
    carried = _carried(facts)
    for paragraph in paragraphs:
        normal = normalise(paragraph.text)
        amounts: list[Span] | None = None
        for start, end in _sentences(normal):
            a, b = normal.raw_span(start, end)
            a += len(paragraph.text[a:b]) - len(paragraph.text[a:b].lstrip())
            sentence = paragraph.text[a:b].rstrip()
            known = carried.get(sentence, ())
            if all(_holds(known, at - a, at - a + 1) for at in _raw_places(normal, start, end)):
                continue
            # only now is it worth telling amounts from names that hold one (单价100万元以上设备)
            amounts = _amounts(tokenize.tokenize(normal, rules.lexicon), part, rules) if amounts is None else amounts
            own = [(x - a, y - a) for x, y in amounts if a <= x < b]
            missed = tuple(span for span in own if not _holds(known, *span))
            if missed:
                yield Unread(paragraph.place(a, b)[0], part.path, part.topic, sentence, missed)


def _carried(facts: Iterable[Fact]) -> Mapping[str, Sequence[Span]]:
    """Sentence → where in it the figures of facts stand; a clause over two sentences gives each of them."""
    spans: dict[str, list[Span]] = {}
    for fact in (fact for fact in facts if fact.value is not None):
        for piece in _PIECE.finditer(fact.sentence):
            at = piece.end() - len(piece[0].lstrip())
            spans.setdefault(piece[0].strip(), []).append((fact.start - at, fact.end - at))
    return spans


def _holds(spans: Iterable[Span], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in spans)


def _raw_places(normal: NormalText, start: int, end: int) -> Iterator[int]:
    """A raw character of each thing in a sentence that may be an amount."""
    return (normal.offsets[at] for at in money_places(normal.text, start, end))


def _amounts(coded: TokenText, part: Part, rules: RuleSet) -> list[Span]:
    """The raw characters of each amount of money in a paragraph that some fact ought to carry."""
    silent = [rule for rule in rules.facts if not rule.claims]
    left_out = [(hit.start, hit.end) for hit in all_matches(coded, part, silent)]
    return [
        coded.normal.raw_span(token.start, token.end)
        for at, token in sorted(coded.tokens.items())
        if _is_money(coded, at) and not is_threshold(coded.normal.text, token.end) and not _holds(left_out, at, at + 1)
    ]


def _is_money(coded: TokenText, at: int) -> bool:
    token = coded.tokens[at]
    if token.kind != "number":
        return token.kind == "money"
    printed = coded.normal.text[token.start : token.end]
    return is_exact(printed) and _LISTED.match(coded.text, at + 1) is not None


def _sentences(normal: NormalText) -> Iterator[Span]:
    """Normal characters of each sentence, its full stop included."""
    start = 0
    while start < len(normal.text):
        stop = normal.text.find("。", start)
        end = len(normal.text) if stop < 0 else stop + 1
        yield start, end
        start = end
