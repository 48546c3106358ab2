"""Names that the lists hold, and which of them a misread text is (名称表).

A character is taken for another one where the recogniser was unsure of it, or where two characters look alike to
anybody; the code beside a name says which names it can have. What is near to no name, or to several, is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from jsextract.model.document import Cell
from jsextract.rules.lexicon import Lexicon
from jsextract.rules.table_definitions import TableDef
from jsextract.tables.alike import distance, is_near
from jsextract.tables.row_names import canonical, split_code
from jsextract.text.normal import squeeze
from jsextract.text.tokens import NUMERAL

_SURE = 0.95
_SHORTEST = 4
_TWO = 8  # characters of a name of which two may be misread
_ALIKE = ("人入", "已己巳", "末未", "日曰", "千干", "土士", "大太", "财则", "—一", "合命含台舍", "总息恩")
_ORDINAL = re.compile(rf"({NUMERAL}{{1,3}})[，。.,；：·]?")
_STRAY = re.compile(r"^[、，。.·]+")
_WORD = re.compile(r"[\u4e00-\u9fff]")
_SHORT_HEADS = ("金额", "合计", "小计", "项目", "行次", "栏次", "决算数", "预算数")
_CODE_LABELS = "类款项"
_HEADS = (
    "科目名称",
    "科目编码",
    "功能分类科目编码",
    "经济分类科目编码",
    "支出功能分类科目编码",
    "支出经济分类科目编码",
)


class KnownNames(Struct, frozen=True):
    """The names that tables have: by their length, and by the code of their row; those of the classes (类)."""

    by_length: Mapping[int, tuple[str, ...]]
    by_code: Mapping[str, tuple[str, ...]]
    classes: frozenset[str]

    def knows(self, name: str) -> bool:
        """Whether a name is one of them."""
        return name in self.by_length.get(len(name), ())

    def goes_on(self, read: str, name: str) -> bool:
        """Whether a text may as well be a name that is little longer than another at its beginning (一般公共预算…)."""
        longer = (other for more in (1, 2) for other in self.by_length.get(len(name) + more, ()))
        return any(other.endswith(name) and distance(read, other) <= len(other) - len(name) for other in longer)


def known_names(lexicon: Lexicon, definitions: Sequence[TableDef]) -> KnownNames:
    """All names of items and columns, in normal form."""
    own = {name for table in definitions for names, _ in (*table.items, *table.columns) for name in names.split("/")}
    own |= {word for table in definitions for word in (*table.words, *(n for group in table.totals for n in group))}
    by_code: dict[str, list[str]] = defaultdict(list)
    for name, codes in lexicon.coded.items():
        for coded in codes:
            by_code[coded.code].append(name)
    for code, name in lexicon.economics.items():
        by_code[code].append(name)
    every = {squeeze(n) for n in (*lexicon.names, *lexicon.items, *own, *_HEADS)}
    of_codes = {name for names in by_code.values() for name in names}
    lengths: dict[int, list[str]] = defaultdict(list)
    for name in sorted(every | of_codes):
        lengths[len(name)].append(name)
    return KnownNames(
        by_length={n: tuple(v) for n, v in lengths.items()},
        by_code={c: tuple(v) for c, v in by_code.items()},
        classes=frozenset(name for code, names in by_code.items() if len(code) == len("201") for name in names),
    )


def corrected(cell: Cell, known: KnownNames, code: str = "") -> str:
    """The text of a cell with the name of the lists in place of the misread one; blank where nothing is to be mended.

    Args:
        cell: with the lines that were recognised, and how sure their characters are.
        known: the names.
        code: of its row, where that stands in cells of its own; blank elsewhere.
    """
    glued, rest = split_code(squeeze(cell.text))
    code = code or glued
    name, part = canonical(rest)
    own = known.by_code.get(code, ())
    if part or "/" in name or known.knows(name):
        return ""
    first = _confidence(cell, name)[:1]
    ways = list(_beginnings(name, unsure=bool(first) and first[0] < _SURE))
    for find in (_exact, _near, _longer_or_shorter):
        for before, words in ways:
            found = find(words, _confidence(cell, words), known, own)
            shorter = len(found) < len(name) and not before and not _STRAY.match(name)
            if found and (before or found != name) and not (shorter and known.goes_on(name, found)):
                return glued + _ordinal_of(rest, name) + before + found
    return ""


def short_head(cell: Cell) -> str:
    """The one usual short word of a header that a text is like; blank where it is one, or like none or several."""
    words = squeeze(cell.text)
    if words in _SHORT_HEADS:
        return ""
    sure = _confidence(cell, words)
    near = [head for head in _SHORT_HEADS if _is_like(words, head, sure, 1) or _is_half(words, head)]
    return near[0] if len(near) == 1 else ""


def looks_like(read: str, name: str) -> bool:
    """Whether a short text is a name but for a character that looks like another one, or was lost."""
    return _is_like(read, name, (), 1) or _is_half(read, name)


def _is_half(read: str, name: str) -> bool:
    """Whether a text is one of the two characters of a name, and no label of codes (项)."""
    return len(read) == 1 and len(name) == len("合计") and read in name and read not in _CODE_LABELS


def is_name(cell: Cell) -> bool:
    """Whether words stand in a cell."""
    return _WORD.search(cell.text) is not None


def _ordinal_of(text: str, name: str) -> str:
    """What stands before the name, as 一、 does."""
    return text[: -len(name)] if name and text.endswith(name) else ""


def _beginnings(name: str, *, unsure: bool) -> Iterator[tuple[str, str]]:
    """A name as it is; without an ordinal whose 、 was misread, or one that became another character (正 for 二、)."""
    yield "", name
    if unsure and len(name) > _TWO:
        yield "", name[1:]
    if stray := _STRAY.match(name):
        yield "", name[stray.end() :]
    elif ordinal := _ORDINAL.match(name):
        yield f"{ordinal[1]}、", name[ordinal.end() :]


def _exact(words: str, _: Sequence[float], known: KnownNames, own: Sequence[str]) -> str:
    """The name that words are, or are but for the 一 before them; blank where they are none."""
    if len(words) < _SHORTEST - 1:
        return ""
    if own:
        return next((name for name in own if words in (name, name[1:])), "")
    return next((name for name in (words, f"一{words}") if known.knows(name)), "")


def _near(words: str, sure: Sequence[float], known: KnownNames, own: Sequence[str]) -> str:
    """The one name of a code that is near to words; else of all names the one that is like them in all that is sure."""
    most = 2 if len(words) >= _TWO else 1
    near = [name for name in own if is_near(words, name) or _is_like(words, name, sure, max(1, len(name) // 3))]
    if not own and len(words) >= _SHORTEST:
        near = [name for name in known.by_length.get(len(words), ()) if _is_like(words, name, sure, most)]
    return near[0] if len(near) == 1 else ""


def _longer_or_shorter(words: str, sure: Sequence[float], known: KnownNames, own: Sequence[str]) -> str:
    """The one name that words are with a character too many, or one too few; blank where all of them are sure."""
    if own or len(words) < _TWO or not sure or min(sure) >= _SURE:
        return ""
    near = [name for name in known.by_length.get(len(words) - 1, ()) if _has_one_more(words, name)]
    near += [name for name in known.by_length.get(len(words) + 1, ()) if _has_one_more(name, words)]
    return near[0] if len(near) == 1 else ""


def _has_one_more(long: str, short: str) -> bool:
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _is_like(words: str, name: str, sure: Sequence[float], most: int) -> bool:
    if len(words) != len(name):
        return False
    other = [i for i, (a, b) in enumerate(zip(words, name, strict=True)) if a != b]
    return len(other) <= most and all(
        (i < len(sure) and sure[i] < _SURE) or any(words[i] in pair and name[i] in pair for pair in _ALIKE)
        for i in other
    )


def _confidence(cell: Cell, words: str) -> Sequence[float]:
    """How sure each character of `words` is, which are the last such ones of a cell; none where that is not known."""
    pairs = [
        (squeeze(char), sure)
        for line in cell.lines
        for char, sure in zip(line.text, line.confidence, strict=False)
        if squeeze(char)
    ]
    text = "".join(char for char, _ in pairs)
    start = text.rfind(words)
    return [sure for _, sure in pairs][start : start + len(words)] if words and start >= 0 else ()
