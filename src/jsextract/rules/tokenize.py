"""Normal text to coded text: each amount, count, year, name and function item becomes one character.

Rules over coded text stay short, cannot trip over digits or long names, and cost the same on hostile input; every
coded character knows the normal characters that it stands for.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

import regex
from msgspec import Struct, field

from jsextract.rules import misprints
from jsextract.rules.bare_money import with_unit
from jsextract.rules.file_types import ECONOMIC as ECONOMIC
from jsextract.rules.function_items import function_tokens
from jsextract.rules.kept import pattern
from jsextract.rules.lexicon import Lexicon, guarded, trie
from jsextract.rules.names import Name
from jsextract.rules.qualifiers import Qualified, without_qualifiers
from jsextract.rules.token import TIMEOUT as TIMEOUT
from jsextract.rules.token import Token as Token
from jsextract.rules.token import time_limit as time_limit
from jsextract.text import tokens as grammar
from jsextract.text.amounts import parse_number
from jsextract.text.normal import NormalText
from jsextract.vocabulary import Topic

MONEY, PERCENT, NUMBER, YEAR, DATE = "\ue001", "\ue002", "\ue004", "\ue005", "\ue006"
COUNTS = {
    kind: chr(0xE010 + i)
    for i, kind in enumerate(("persons", "batches", "groups", "vehicles", "sets", "points", "pieces", "other"))
}
FIRST_ITEM, LAST_ITEM = "\ue100", "\ue1ff"
ITEM_CODES = {topic: chr(0xE100 + i) for i, topic in enumerate((*Topic, ECONOMIC))}
ENTITY = "entity"  # a kind of token that is coded as words


class TokenText(Struct, frozen=True):
    """A paragraph in coded form.

    Attributes:
        text: coded characters.
        starts: for each coded character the normal position where it begins; one more entry for the end.
        tokens: coded position → token.
        funds: coded position of a name → the source of money that qualifies it.
    """

    normal: NormalText
    text: str
    starts: tuple[int, ...]
    tokens: dict[int, Token]
    funds: Mapping[int, str] = field(default_factory=dict)

    def normal_span(self, start: int, end: int) -> tuple[int, int]:
        """Coded characters to normal ones."""
        return self.starts[start], self.starts[end]


_DIGITS = "0123456789"


def _free_names(lexicon: Lexicon) -> list[str]:
    """Names with a free part, those that may begin with a digit apart from the rest: most digits begin none."""
    named = [(f"(?P<free{i}>{pattern})", _firsts(pattern)) for i, (pattern, _) in enumerate(lexicon.name_patterns)]
    if not all(firsts for _, firsts in named):
        return [source for source, _ in named]
    at_digits = [source for source, firsts in named if set(_DIGITS) & set(firsts)]
    found = [r"(?<![\d.])" + guarded(_DIGITS, "|".join(at_digits))] if at_digits else []  # none begins inside a number
    elsewhere = [(source, set(firsts) - set(_DIGITS)) for source, firsts in named]
    groups = {firsts: guarded(firsts, "|".join(sources)) for firsts, sources in _by_firsts(elsewhere)}
    return [*found, guarded("".join(groups), "|".join(groups.values()))] if groups else found


def _by_firsts(named: Iterable[tuple[str, set[str]]]) -> Iterator[tuple[str, list[str]]]:
    """Patterns that may begin with the same character, in their order, together with all such characters."""
    groups: list[tuple[set[str], dict[int, str]]] = []
    for at, (source, firsts) in enumerate(named):
        met = [group for group in groups if group[0] & firsts]
        groups = [group for group in groups if not group[0] & firsts]
        sources = {at: source}
        for other, more in met:
            firsts, sources = firsts | other, sources | more
        groups.append((firsts, sources))
    for firsts, sources in groups:
        if firsts:
            yield "".join(sorted(firsts)), [source for _, source in sorted(sources.items())]


def _names_begin(lexicon: Lexicon) -> str:
    """Where a name may begin, as far as one look tells: at no digit, point or letter, unless a name does."""
    return "" if any(name[:1].isascii() for name in lexicon.names) else r"(?![\x00-\x7f])"


_BEHIND = regex.compile(r"(?:\(\?<[=!](?P<inner>(?:\\.|[^()\\]|\((?&inner)\))*)\))+")
"""What has to stand before a match, and is no part of it."""


def _firsts(source: str) -> str:
    """The characters with which a match may begin; blank where that cannot be told."""
    source = _BEHIND.sub("", source, count=1) if source.startswith("(?<") else source
    like = pattern(source)
    # 囧 stands for all characters that the pattern does not name
    if "(?<=" in source or like.fullmatch("囧", partial=True):
        return ""
    return "".join(c for c in sorted({*source, *_DIGITS}) if like.fullmatch(c, partial=True))


@functools.lru_cache(maxsize=8)
def _scanner(lexicon: Lexicon) -> tuple[regex.Pattern[str], dict[str, Name]]:
    patterns = {f"free{i}": name for i, (_, name) in enumerate(lexicon.name_patterns)}
    by_kind: dict[str, list[str]] = {}
    for unit, kind in lexicon.units.items():
        by_kind.setdefault(kind, []).append(unit)
    counts = trie(u for kind, units in by_kind.items() if kind not in {"money", "percent"} for u in units)
    date = (
        rf"(?P<date>(?:{grammar.YEAR}年)?\d{{1,2}}月(?:\d{{1,2}}日|底|末|份)?|{grammar.YEAR}[-～至]{grammar.YEAR}年?(?:度)?"
        rf"|{grammar.YEAR}年(?:度)?(?:至|-|～|到){grammar.YEAR}年(?:度)?)"
        rf"|(?P<year>{grammar.YEAR}(?:年度?|(?=部门|单位)))"
    )
    number = (
        rf"(?P<number>{grammar.NUMBER})(?:(?P<money>{trie(by_kind['money'])})|(?P<short>万(?=[（，。；、]|$))"
        rf"|(?P<percent>{trie(by_kind['percent'])})|(?P<count>(?:余|多)?[万亿千百]?(?:余|多)?{counts}))?"
    )
    source = "|".join(
        [
            rf"(?=\d{{1,4}}+[年月部单至到～-])(?:{date})",
            *_free_names(lexicon),
            f"{_names_begin(lexicon)}(?P<item>{trie(lexicon.names)})",
            guarded(
                "上去本当今",
                r"(?P<last>(?<!加)上一?年度?|(?<=加)上年(?![初末终])|去年度?|上年同期|去年同期)(?!结转|结余)|(?P<this>本年度?|当年度?|今年)",
            ),
            guarded("0123456789-", number),
        ]
    )
    return pattern(source), patterns


def prepare(lexicon: Lexicon) -> None:
    """Compiles what the names and units of a lexicon are found by."""
    _scanner(lexicon)


def tokenize(normal: NormalText, lexicon: Lexicon, entity: str = "", unit: str = "") -> TokenText:
    """The coded form of one paragraph.

    Args:
        normal: the paragraph.
        lexicon: names, units and codes.
        entity: the account's own name in normal form, which is coded as 本单位 where its figures follow.
        unit: of money, where the text names one for all figures that have none.

    Raises:
        TimeoutError: if a pattern takes longer than TIMEOUT.
    """
    tokens = function_tokens(normal.text, lexicon)
    scanner, patterns = _scanner(lexicon)
    position = 0
    found: list[Token] = []
    for function in [*tokens, None]:
        stop = function.start if function else len(normal.text)
        matches = scanner.finditer(normal.text, position, stop, timeout=time_limit(normal.text))
        found.extend(_token(match, patterns, lexicon) for match in matches if match.end() > match.start())
        if function:
            found.append(function)
            position = function.end
    told = _with_misprints(normal.text, with_unit(normal.text, found, unit), lexicon)
    if entity and entity in normal.text:
        told = _with_entity(normal.text, told, entity)
    return _coded(normal, without_qualifiers(normal.text, told, lexicon.words["fund"]))


_OWN = "本单位"
_OF_ENTITY = (
    r"(?:部门|单位|本级)?(?=(?:(?:20\d\d|本|上)年度?)?(?:总|本年|各项|全年|决算)?(?:收入|支出|收、?支|预算|决算))"
)


def _with_entity(text: str, tokens: list[Token], entity: str) -> list[Token]:
    """The account's own name before its income or expenditure as a token; no other name stands inside it."""
    own = [
        Token(ENTITY, match.start(), match.end())
        for match in regex.finditer(regex.escape(entity) + _OF_ENTITY, text, timeout=time_limit(text))
    ]
    if not own:
        return tokens
    kept = [t for t in tokens if not any(o.start < t.end and t.start < o.end for o in own)]
    return sorted([*kept, *own], key=lambda t: t.start)


def _with_misprints(text: str, tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """Misprinted names as items; names inside them are no names of their own."""
    spans = [
        misprints.KnownSpan(
            t.start, t.end, t.name is None and t.kind not in {"year", "date"}, t.name.item if t.name else ""
        )
        for t in tokens
    ]
    wrong = [
        Token("item", found.start, found.end, name=found.name, misprint=True)
        for found in misprints.before_figures(text, spans, lexicon)
    ]
    if not wrong:
        return tokens
    kept = [t for t in tokens if not any(w.start < t.end and t.start < w.end for w in wrong)]
    return sorted([*kept, *wrong], key=lambda t: t.start)


_STOP = pattern(
    rf"(?<=[{MONEY}{PERCENT}{COUNTS['persons']}-{COUNTS['other']}])[.．](?=\p{{Han}}|[{FIRST_ITEM}-{LAST_ITEM}{YEAR}]|$)"
)
"""A point behind a figure with a unit is a full stop (…3万元.支出…)."""


def _coded(normal: NormalText, qualified: Qualified) -> TokenText:
    chars: list[str] = []
    starts: list[int] = []
    by_position: dict[int, Token] = {}
    funds: dict[int, str] = {}
    at = 0
    hidden = {n for start, end in qualified.holes for n in range(start, end)}

    def plain(end: int) -> None:
        shown = [n for n in range(at, end) if n not in hidden] if hidden else range(at, end)
        chars.extend([normal.text[n] for n in shown] if hidden else normal.text[at:end])
        starts.extend(shown)

    for token in qualified.tokens:
        plain(token.start)
        if token.kind == ENTITY:
            chars.extend(_OWN)
            starts.extend([token.start] * len(_OWN))
            at = token.end
            continue
        by_position[len(chars)] = token
        if token.start in qualified.funds:
            funds[len(chars)] = qualified.funds[token.start]
        chars.append(_char(token))
        starts.append(token.start)
        at = token.end
    plain(len(normal.text))
    starts.append(len(normal.text))
    text = _STOP.sub("。", "".join(chars))
    return TokenText(normal, text, tuple(starts), by_position, funds)


def _char(token: Token) -> str:
    if token.name is not None:
        return ITEM_CODES[token.name.topic]
    plain = {"money": MONEY, "percent": PERCENT, "number": NUMBER, "year": YEAR, "date": DATE}
    return plain.get(token.kind) or COUNTS[token.kind]


_AND_MORE = regex.compile(r"^[余多]|(?<=^[万亿千百])[余多]")
"""900余个, 3万余人: the figure is still 900, and 3万."""


def _token(match: regex.Match[str], patterns: dict[str, Name], lexicon: Lexicon) -> Token:
    start, end = match.span()
    kind = match.lastgroup or ""
    printed = match[kind]
    if kind in patterns:
        return Token("item", start, end, name=patterns[kind])
    if kind == "item":
        return Token("item", start, end, name=lexicon.names[printed])
    if kind == "date":
        return Token("date", start, end)
    if kind == "year":
        return Token("year", start, end, value=Decimal(printed[:4]))
    if kind in {"last", "this"}:
        return Token("year", start, end, shift=-1 if kind == "last" else 0)
    value = parse_number(match["number"])
    if kind == "money":
        return Token("money", start, end, value, printed)
    if kind == "short":
        return Token("money", start, end, value, "万元", short_unit=True)
    if kind == "percent":
        return Token("percent", start, end, value, printed)
    if kind == "count":
        unit = _AND_MORE.sub("", printed)
        bare = unit[1:] if unit[0] in "万亿千百" and unit not in lexicon.units else unit
        return Token(lexicon.units[bare], start, end, value, unit, more=len(printed) - len(unit))
    return Token("number", start, end, value)
