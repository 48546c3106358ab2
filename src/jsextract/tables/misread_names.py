"""Names of rows and columns of which a picture was misread: the name that the lists hold for them (误识的名称).

A character is taken for another one where the recogniser was unsure of it, or where two characters look alike to
anybody; the code beside a name says which names it can have. What is near to no name, or to several, stays as read.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from msgspec import Struct
from msgspec.structs import replace

from jsextract.model.document import Cell, Table
from jsextract.rules.lexicon import Lexicon
from jsextract.rules.ruleset import RuleSet
from jsextract.rules.table_definitions import TableDef
from jsextract.tables.misread_counts import with_counts
from jsextract.tables.row_names import canonical, join_code, split_code
from jsextract.text.amounts import UNKNOWN
from jsextract.text.normal import squeeze
from jsextract.text.tokens import NUMERAL, is_code
from jsextract.vocabulary import Flag, Reader

_CODE = re.compile(rf"(?:[\d{UNKNOWN}]{{2}}){{1,3}}[\d{UNKNOWN}]")
_SURE = 0.95
_SHORTEST = 4
_TWO = 8  # characters of a name of which two may be misread
_NEAR = 0.75  # as much of a name has to be as its code says
_ALIKE = ("人入", "已己巳", "末未", "日曰", "千干", "土士", "大太", "财则", "—一")
_ORDINAL = re.compile(rf"({NUMERAL}{{1,3}})[，。.,；：·]?")
_STRAY = re.compile(r"^[、，。.·]+")
_WORD = re.compile(r"[\u4e00-\u9fff]")
_SHORT_HEADS = ("金额", "合计", "小计", "项目", "行次", "栏次", "决算数", "预算数")
_HEADS = (
    "科目名称",
    "科目编码",
    "功能分类科目编码",
    "经济分类科目编码",
    "支出功能分类科目编码",
    "支出经济分类科目编码",
)


class KnownNames(Struct, frozen=True):
    """The names that tables have: by their length, and by the code of their row."""

    by_length: Mapping[int, tuple[str, ...]]
    by_code: Mapping[str, tuple[str, ...]]

    def codes(self, name: str) -> Sequence[str]:
        """The codes that have or had a name."""
        return [code for code, names in self.by_code.items() if name in names]

    def knows(self, name: str) -> bool:
        """Whether a name is one of them."""
        return name in self.by_length.get(len(name), ())


def known_names(lexicon: Lexicon, definitions: Sequence[TableDef]) -> KnownNames:
    """All names of items and columns, in normal form."""
    own = (name for table in definitions for names, _ in (*table.items, *table.columns) for name in names.split("/"))
    words = (word for table in definitions for word in (*table.words, *(n for group in table.totals for n in group)))
    by_code: dict[str, list[str]] = defaultdict(list)
    for name, codes in lexicon.coded.items():
        for coded in codes:
            by_code[coded.code].append(name)
    for code, name in lexicon.economics.items():
        by_code[code].append(name)
    every = {squeeze(n) for n in (*lexicon.names, *lexicon.items, *own, *words, *_HEADS)}
    every |= {name for names in by_code.values() for name in names}
    lengths: dict[int, list[str]] = defaultdict(list)
    for name in sorted(every):
        lengths[len(name)].append(name)
    return KnownNames({n: tuple(v) for n, v in lengths.items()}, {c: tuple(v) for c, v in by_code.items()})


def with_known_names(tables: Iterable[Table], rules: RuleSet) -> tuple[Table, ...]:
    """The tables; in those recognised in pictures, misread names are the ones of the lists.

    The other cells of such a row have the flag `ocr_corrected:` with the name as read, those below such a header the
    bare flag; `recognised.py` makes of it what cells.csv says.
    """
    tables = tuple(tables)
    if not any(table.reader == Reader.OCR for table in tables):
        return tables
    known = known_names(rules.lexicon, rules.tables)
    return tuple(_corrected(with_counts(table), known) if table.reader == Reader.OCR else table for table in tables)


def _corrected(table: Table, known: KnownNames) -> Table:
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        rows[cell.row].append(cell)
    first = next((row for row in sorted(rows) if any(_is_figure(cell) for cell in rows[row])), 0)
    heads: set[int] = set()
    cells: list[Cell] = []
    for row in sorted(rows):
        own = _with_code(sorted(rows[row], key=lambda cell: cell.col), known)
        for cell, flag in _with_flags(own, known, head=row < first):
            if row < first and flag and cell.text != flag:
                heads.update(range(cell.col, cell.col + cell.col_span) if _is_name(cell) else ())
            said = [flag] if flag and not _is_name(cell) and row >= first else []
            said += [Flag.NAME_CORRECTED] if row >= first and cell.col in heads and not said else []
            cells.append(replace(cell, flags=(*cell.flags, *said)) if said else cell)
    return replace(table, cells=tuple(cells))


def _with_flags(row: Sequence[Cell], known: KnownNames, *, head: bool) -> Iterator[tuple[Cell, str]]:
    """The cells of a row, names corrected, each with the flag that the last name before it gives it."""
    flag = ""
    codes: list[str] = []
    for cell in row:
        plain = squeeze(cell.text)
        if plain.isdigit() and not flag:
            codes.append(plain)
        if not _is_name(cell):
            yield cell, flag
            continue
        code = join_code(codes)
        right = corrected(cell, known, code if is_code(code) else "") or (_short_head(cell) if head else "")
        flag = f"{Flag.NAME_CORRECTED}:{_said(cell.text)}" if right else next(_mended(cell), "")
        codes = []
        yield (replace(cell, text=right) if right else cell), flag


def _mended(cell: Cell) -> Iterator[str]:
    """What says of a name that its code was mended."""
    return (flag for flag in cell.flags if flag.startswith(Flag.NAME_CORRECTED))


def _with_code(row: Sequence[Cell], known: KnownNames) -> list[Cell]:
    """The cells of a row; a code of no list is the one code of the name beside it that differs in one digit at most."""
    found = list(row)
    for i, (cell, beside) in enumerate(itertools.pairwise(row)):
        code, name = squeeze(cell.text), canonical(beside.text)[0]
        if not _CODE.fullmatch(code) or code in known.by_code or not known.knows(name):
            continue
        near = [c for c in known.codes(name) if len(c) == len(code) and _is_near_code(c, code)]
        if len(near) == 1:
            found[i] = replace(cell, text=near[0])
            found[i + 1] = replace(beside, flags=(*beside.flags, f"{Flag.NAME_CORRECTED}:{code}{name}"))
    return found


def _is_near_code(code: str, read: str) -> bool:
    """Whether a code is as it was read but for one digit, or in all digits of which some are known."""
    other = sum(a != b for a, b in zip(code, read, strict=True) if b != UNKNOWN)
    return other == 0 if UNKNOWN in read else other <= 1


def _is_figure(cell: Cell) -> bool:
    return any(char.isdigit() for char in cell.text) and not _is_name(cell)


def _is_name(cell: Cell) -> bool:
    return _WORD.search(cell.text) is not None


def _said(text: str) -> str:
    """A name as a flag can hold it."""
    return "".join(char for char in squeeze(text) if char not in ";,")


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
    if (name in own) if own and len(code) > len("000") else known.knows(name):
        return ""
    if part or "/" in name:
        return ""
    first = _confidence(cell, name)[:1]
    ways = list(_beginnings(name, unsure=bool(first) and first[0] < _SURE))
    for find in (_exact, _near, _longer_or_shorter):
        for before, words in ways:
            found = find(words, _confidence(cell, words), known, own)
            if found and (before or found != name):
                return glued + _ordinal_of(rest, name) + before + found
    return ""


def _short_head(cell: Cell) -> str:
    """The one usual short word of a header that a text is like; blank where it is one, or like none or several."""
    words = squeeze(cell.text)
    if words in _SHORT_HEADS:
        return ""
    sure = _confidence(cell, words)
    near = [head for head in _SHORT_HEADS if _is_like(words, head, sure, 1)]
    return near[0] if len(near) == 1 else ""


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
    """The one name that is like words in all that is sure: of the names of a code, else of all; blank for several."""
    if len(words) < _SHORTEST:
        return ""
    most = 2 if len(words) >= _TWO else 1
    near = [name for name in own if _is_near(words, name, sure)] or [
        name for name in known.by_length.get(len(words), ()) if not own and _is_like(words, name, sure, most)
    ]
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


def _is_near(words: str, name: str, sure: Sequence[float]) -> bool:
    """Whether a name that the code can have differs in nothing that the recogniser was sure of."""
    if _is_like(words, name, sure, len(name) // 3):
        return True
    unsure = not sure or min(sure) < _SURE
    return unsure and SequenceMatcher(None, words, name, autojunk=False).ratio() >= _NEAR


def _is_like(words: str, name: str, sure: Sequence[float], most: int) -> bool:
    if len(words) != len(name):
        return False
    other = [i for i, (a, b) in enumerate(zip(words, name, strict=True)) if a != b]
    return len(other) <= most and all(
        (i < len(sure) and sure[i] < _SURE) or any(words[i] in pair and name[i] in pair for pair in _ALIKE)
        for i in other
    )


def _confidence(cell: Cell, words: str) -> Sequence[float]:
    """How sure each character of `words` is, which the text of the cell ends in; none where that is not known."""
    pairs = [
        (squeeze(char), sure)
        for line in cell.lines
        for char, sure in zip(line.text, line.confidence, strict=False)
        if squeeze(char)
    ]
    text = "".join(char for char, _ in pairs)
    return [sure for _, sure in pairs][-len(words) :] if words and text.endswith(words) else ()
