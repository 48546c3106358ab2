"""Normal text to coded text: each amount, count, year, name and function item becomes one character.

Rules over coded text stay short, cannot trip over digits or long names, and cost the same on hostile input; every
coded character knows the normal characters that it stands for.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from decimal import Decimal

import regex
from msgspec import Struct, field

from jsextract.rules import misprints
from jsextract.rules.file_types import ECONOMIC as ECONOMIC
from jsextract.rules.kept import pattern
from jsextract.rules.lexicon import Lexicon, guarded, trie
from jsextract.rules.names import Name
from jsextract.rules.qualifiers import Qualified, without_qualifiers
from jsextract.rules.standing import find_standing
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
TIMEOUT = 2.0
"""Seconds that one pattern may take on one paragraph."""
_SHORT = 400
"""Characters up to which no clock is watched: reading it costs more than most searches."""

_FUNCTION = regex.compile(
    r"(?P<class>[^，。；：、（）\d.\s]{2,30})（类）"
    r"(?:-?(?P<group>(?:[^，。；：（）\d]|（(?!款|项)[^（）]{1,12}）){2,40}?)（款）)?"
    r"(?:-?(?P<entry>(?:[^，。；：（）\d]|（(?!项)[^（）]{1,12}）){2,40}?)（项）)?"
)
# the levels below 类, where an entry above has named it: 财政事务（款）行政运行（项）, 行政运行（项）
_LOWER = regex.compile(
    r"(?P<group>[^，。；：、（）\d.](?:[^，。；：（）\d]|（(?!类|款|项)[^（）]{1,12}）){1,40}?)（款）"
    r"(?:-?(?P<entry>(?:[^，。；：（）\d]|（(?!项)[^（）]{1,12}）){2,40}?)（项）)?"
    r"|(?P<only>[^，。；：、（）\d.](?:[^，。；：（）\d]|（(?!类|款|项)[^（）]{1,12}）){1,40}?)（项）"
)
_LEAD = regex.compile(r"^(?:其中|主要包括|包括)")
_CODED_ENTRY = regex.compile(
    rf"(?P<name>(?!{grammar.HAN_BRACKET})(?:[^，。；：、（）\d.]|（[^（）\d]{{1,8}}）){{2,30}})（(?P<code>(?=[12]){grammar.CODE})）"
    rf"|(?<!\d)(?P<code2>2\d{{4}}(?:\d{{2}})?){grammar.UNMEASURED}-?(?P<name2>(?:[^，。；：、（）\d\s]|（[^（）\d]{{1,8}}）){{2,30}}?)(?=，|。|；|：|（(?![^（）\d]{{1,8}}）[及和与相事])|年初|全年|支出|决算|预算|\d)"
)


class Token(Struct, frozen=True):
    """What one coded character stands for.

    Attributes:
        kind: money, percent, number, year, date, item, or a kind of count.
        start, end: normal characters.
        value: of numbers; the year of a year.
        unit: as printed in normal form; 万元 where 元 was left out (then `short_unit`).
        path: 类/款/项 as printed, for function items.
        misprint: whether the name was known although a character is wrong.
        level: 1 for function items that begin with their 款, 2 with their 项.
    """

    kind: str
    start: int
    end: int
    value: Decimal | None = None
    unit: str = ""
    name: Name | None = None
    path: str = ""
    shift: int | None = None
    short_unit: bool = False
    misprint: bool = False
    level: int = 0

    @property
    def number_end(self) -> int:
        """Where the figure ends and its unit begins."""
        return self.end - (1 if self.short_unit else len(self.unit))


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
    elsewhere = "".join(sorted(set("".join(firsts for _, firsts in named)) - set(_DIGITS)))
    parts = [(_DIGITS, at_digits), (elsewhere, [source for source, _ in named])]
    return [guarded(firsts, "|".join(sources)) for firsts, sources in parts if firsts and sources]


def _firsts(source: str) -> str:
    """The characters with which a match may begin; blank where that cannot be told."""
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
        rf"|(?P<percent>{trie(by_kind['percent'])})|(?P<count>(?:余|多)?[万亿千百]?{counts}))?"
    )
    source = "|".join(
        [
            rf"(?=\d{{1,4}}+[年月部单至到～-])(?:{date})",
            *_free_names(lexicon),
            f"(?P<item>{trie(lexicon.names)})",
            guarded(
                "上去本当今",
                r"(?P<last>上一?年度?|去年度?|上年同期|去年同期)(?!结转|结余)|(?P<this>本年度?|当年度?|今年)",
            ),
            guarded("0123456789-", number),
        ]
    )
    return pattern(source), patterns


def time_limit(text: str) -> float | None:
    """The `timeout` for searching a text; None where it is so short that only a worker's own limit need hold."""
    return TIMEOUT if len(text) > _SHORT else None


def prepare(lexicon: Lexicon) -> None:
    """Compiles what the names and units of a lexicon are found by."""
    _scanner(lexicon)


def tokenize(normal: NormalText, lexicon: Lexicon, entity: str = "") -> TokenText:
    """The coded form of one paragraph.

    Args:
        normal: the paragraph.
        lexicon: names, units and codes.
        entity: the account's own name in normal form, which is coded as 本单位 where its figures follow.

    Raises:
        TimeoutError: if a pattern takes longer than TIMEOUT.
    """
    tokens = _function_tokens(normal.text, lexicon)
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
    told = _with_misprints(normal.text, found, lexicon)
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
    return TokenText(normal, "".join(chars), tuple(starts), by_position, funds)


def _char(token: Token) -> str:
    if token.name is not None:
        return ITEM_CODES[token.name.topic]
    plain = {"money": MONEY, "percent": PERCENT, "number": NUMBER, "year": YEAR, "date": DATE}
    return plain.get(token.kind) or COUNTS[token.kind]


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
        unit = printed.lstrip("余多")  # 900余个: the figure is still 900
        bare = unit[1:] if unit[0] in "万亿千百" and unit not in lexicon.units else unit
        return Token(lexicon.units[bare], start, end, value, unit)
    return Token("number", start, end, value)


_BEFORE, _AFTER = 90, 130
"""Characters that an entry may take before and after what gives it away (（款）, a code)."""
_LEVEL = regex.compile(r"（[款项]）")
_CODE = regex.compile(rf"(?<!\d)(?=[12]){grammar.CODE}(?!\d)")


def _around(anchor: regex.Pattern[str], pattern: regex.Pattern[str], text: str) -> Iterator[regex.Match[str]]:
    """The matches of `pattern` near those of `anchor`, which every match holds."""
    start = end = -1
    for match in anchor.finditer(text):
        if end < 0:
            start, end = max(0, match.start() - _BEFORE), match.end() + _AFTER
        elif match.start() - _BEFORE <= end:
            end = match.end() + _AFTER
        else:
            yield from pattern.finditer(text, start, end, timeout=time_limit(text))
            start, end = match.start() - _BEFORE, match.end() + _AFTER
    if end >= 0:
        yield from pattern.finditer(text, start, end, timeout=time_limit(text))


def _function_tokens(text: str, lexicon: Lexicon) -> list[Token]:
    """Items by 类, 款 and 项, by their code, or by themselves; where two overlap the first kind stays."""
    found: list[Token] = []
    taken = bytearray(len(text))

    def keep(token: Token, start: int, end: int) -> None:
        if taken.find(1, start, end) < 0:
            found.append(token)
            taken[start:end] = b"\x01" * (end - start)

    if "（类）" in text:
        for m in _FUNCTION.finditer(text, timeout=time_limit(text)):
            keep(_path_token(m, lexicon), *m.span())
    for m in _around(_LEVEL, _LOWER, text):
        keep(_lower_token(m), *m.span())
    for m in _around(_CODE, _CODED_ENTRY, text):
        name, code = m["name"] or m["name2"], m["code"] or m["code2"]
        item = lexicon.functions.get(code, name) if len(code) == 3 else name
        keep(Token("item", m.start(), m.end(), name=Name(item, "function", code=code), path=name), *m.span())
    for alone in find_standing(text, lexicon.standing, lexicon.names, time_limit(text)):
        keep(Token("item", alone.start, alone.end, name=alone.name), alone.start, alone.end)
    return sorted(found, key=lambda t: t.start)


def _path_token(match: regex.Match[str], lexicon: Lexicon) -> Token:
    top = match["class"]
    known = next((at for at in range(len(top)) if _class_named(top[at:], lexicon) is not None), 0)
    named = _class_named(top[known:], lexicon)
    parts = [top if named is None else named.item, match["group"], match["entry"]]
    path = "/".join(p for p in parts if p)
    code = "" if named is None or match["group"] else named.code
    return Token("item", match.start() + known, match.end(), name=Name(path, "function", code=code), path=path)


def _class_named(words: str, lexicon: Lexicon) -> Name | None:
    """The class of that name, or of that name without 支出: 农林水（类） means 农林水支出."""
    named = lexicon.names.get(words) or lexicon.names.get(f"{words}支出")
    return named if named is not None and named.topic == Topic.FUNCTION else None


def _lower_token(match: regex.Match[str]) -> Token:
    lead = _LEAD.match(match[0])
    start = match.start() + (lead.end() if lead else 0)
    path = "/".join(_LEAD.sub("", part) for part in (match["group"], match["entry"], match["only"]) if part)
    level = 2 if match["only"] else 1
    return Token("item", start, match.end(), name=Name(path, "function"), path=path, level=level)
