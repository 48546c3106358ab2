"""Functional items in the text (支出功能分类科目): A（类）B（款）C（项）, names with codes, names by themselves."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from jsextract.rules.file_types import ECONOMIC as ECONOMIC
from jsextract.rules.lexicon import Lexicon
from jsextract.rules.names import Name
from jsextract.rules.standing import find_standing
from jsextract.rules.token import Token, time_limit
from jsextract.text import tokens as grammar
from jsextract.vocabulary import Topic

_FUNCTION = regex.compile(
    r"(?P<class>[^，。；：、（）\d.\s]{2,30})（类）"
    r"(?:-?(?P<group>(?:[^，。；：（）\d]|（(?!类|款|项)[^（）]{1,12}）){2,40}?)（款）)?"
    r"(?:-?(?P<entry>(?:[^，。；：（）\d]|（(?!类|项)[^（）]{1,12}）){2,40}?)（项）)?"
)
# the levels below 类, where an entry above has named it: 财政事务（款）行政运行（项）, 行政运行（项）
_LOWER = regex.compile(
    r"(?!(?:[万亿千百]+元?|元)、)(?:(?P<group>[^，。；：、（）\d.](?:[^，。；：（）\d]|（(?!类|款|项)[^（）]{1,12}）){1,40}?)（款）"
    r"(?:-?(?P<entry>(?:[^，。；：（）\d]|（(?!项)[^（）]{1,12}）){2,40}?)（项）)?"
    r"|(?P<only>[^，。；：、（）\d.](?:[^，。；：（）\d]|（(?!类|款|项)[^（）]{1,12}）){1,40}?)（项）)"
)
# the levels with a stroke between them: 公共安全支出—法院—案件审判
_STROKE = regex.compile(r"(?<=支出)[—/-]{1,2}(?=\p{Han})")
_STROKED = regex.compile(
    r"(?P<class>[^，。；：、（）\d.\s—/-]{2,30}+(?<=支出))[—/-]{1,2}(?P<group>(?:[^，。；：、（）\d\s—/-]|（[^（）\d]{1,12}）){2,30}?)"
    r"(?:[—/-]{1,2}(?P<entry>(?:[^，。；：、（）\d\s—/-]|（[^（）\d]{1,12}）){2,40}?))?"
    r"(?=[：，。；]|（(?![^（）\d]{1,12}）)|年初|全年|支出(?![：，。；（])|决算|预算|\d|$)"
)
_LEAD = regex.compile(r"^(?:其中|主要包括|包括)")
_CODED_ENTRY = regex.compile(
    rf"(?P<name>(?!{grammar.HAN_BRACKET})(?:[^，。；：、（）\d.]|（[^（）\d]{{1,8}}）){{2,30}})（(?P<code>(?=[12]){grammar.CODE})）"
    rf"|(?<!\d)(?P<code2>2\d{{4}}(?:\d{{2}})?){grammar.UNMEASURED}-?(?P<name2>(?:[^，。；：、（）\d\s]|（[^（）\d]{{1,8}}）){{2,30}}?)(?=，|。|；|：|（(?![^（）\d]{{1,8}}）[及和与相事])|年初|全年|支出|决算|预算|\d)"
)
_BEFORE, _AFTER = 90, 130
"""Characters that an entry may take before and after what gives it away (（款）, a code)."""
_LEVEL = regex.compile(r"（[款项]）")
_NAMELESS = regex.compile("[类款项]?(?:级?科目)?支出")  # 2080505支出2万元: the code is all the name that the item has
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


def function_tokens(text: str, lexicon: Lexicon) -> list[Token]:
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
    for m in _around(_STROKE, _STROKED, text):
        if any(_class_named(m["class"][at:], lexicon) is not None for at in range(len(m["class"]) - 1)):
            keep(_path_token(m, lexicon), *m.span())
    for m in _around(_LEVEL, _LOWER, text):
        keep(_lower_token(m), *m.span())
    for m in _around(_CODE, _CODED_ENTRY, text):
        name, code = m["name"] or m["name2"], m["code"] or m["code2"]
        item = lexicon.functions.get(code, name) if len(code) == 3 else name
        if _NAMELESS.fullmatch(name):
            item = name = lexicon.functions.get(code, code)
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
