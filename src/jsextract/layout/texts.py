"""Lines cut into the texts that stand apart on them, and what each of them is (行内文字)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise

from jsextract.layout.assign import piece
from jsextract.model.document import Line
from jsextract.model.settings import LAYOUT
from jsextract.text.normal import squeeze
from jsextract.text.tokens import CODE, HAN, MONEY_UNIT, amount_edges, is_amount, is_code, is_number

_STARTS = re.compile(rf"^({CODE}($|\D)|{HAN}{{1,3}}、|（{HAN}{{1,3}}）|合计|总计|本年|年[初末])")
_ORDINAL = re.compile(rf"{HAN}{{1,3}}、")
_TOUCHING = re.compile(rf"(?<![^ ])(?:0|[-—–－]+)(?=(?P<ordinal>{HAN}{{1,3}}、)|[\u4e00-\u9fff])")
# A code, or its last two digits in a column of their own (项), and the name after it; no year or number of something.
_CODE_TOUCHING = re.compile(rf"(?<![^ ])(?:{CODE}|\d\d)(?=[\u4e00-\u9fff])(?![年月日号个万亿元人辆台])")
_PART = re.compile(r"\d\d(?!\d)")
_PARTED = re.compile(r"(?<!\d)\d{3} \d\d( \d\d)?$")
# What is printed for nothing, or in place of a figure.
_NO_FIGURE = re.compile(r"[-—–－/]+|#+|…+")
# A figure with the currency before it and its own unit behind it.
_MARKED = re.compile(rf"[¥￥]?(?P<figure>.*?)(?:{MONEY_UNIT})?")
_CURRENCY, _UNIT, _HAS_MARK = re.compile(r"[¥￥]"), re.compile(MONEY_UNIT), re.compile(r"[¥￥]|\d\s*[亿千百十万]*元")
# Characters of a name that each stand apart; no labels of the parts of a code.
_APART = re.compile(r"(?![类款项]$)[\u4e00-\u9fff（）](?: [\u4e00-\u9fff（）])*")
# Words of two characters that are often set far apart.
_SPREAD = frozenset(
    {"合计", "总计", "小计", "项目", "收入", "支出", "金额", "科目", "栏次", "行次", "单位", "名称", "编码"}
)


def text_parts(line: Line) -> tuple[Line, ...]:
    """The parts of a line that wide gaps hold apart."""
    return _cut(line, _wide_gaps(line))


def table_texts(line: Line) -> tuple[Line, ...]:
    """The texts of a line as cells have them: wide gaps part them, and a narrow one or none beside an amount."""
    if " " not in line.text and not any(map(str.isdigit, line.text)):
        return (line,)
    gaps = dict(_gaps(line))
    wide = (at for at, white in gaps.items() if white > LAYOUT.columns.gap)
    cuts = {*wide, *_beside_figures(line, gaps), *amount_edges(line.text), *_after_figures(line)}
    return _cut(line, _without_spread(line, _without_marks(line, sorted(cuts)), gaps))


def bare_figure(text: str) -> str:
    """A squeezed text without the currency before it and the unit of money behind it (¥1，234.56、12.50万元)."""
    found = _MARKED.fullmatch(text)
    return found["figure"] if found else text


def is_figure(text: Line) -> bool:
    """Whether a text is a number, or a mark that stands for one (—)."""
    return _is_plain_figure(bare_figure(text.normal))


def is_sum(text: Line) -> bool:
    """Whether a text is an amount as tables print them, or a mark for none."""
    return has_amount(text) or _NO_FIGURE.fullmatch(bare_figure(text.normal)) is not None


def has_amount(text: Line) -> bool:
    """Whether a text is an amount, with or without currency and unit."""
    return is_amount(bare_figure(text.normal))


def _is_plain_figure(text: str) -> bool:
    """Whether a text without marks is a number, or stands for one."""
    return is_number(text) or _NO_FIGURE.fullmatch(text) is not None


def starts_row(line: Line) -> bool:
    """Whether the line alone tells that a row is here: an amount, a code, an ordinal or a total."""
    plain = line.normal
    return is_number(bare_figure(plain)) or _STARTS.match(plain) is not None


def is_row(line: Line) -> bool:
    """Whether a line reads like a row of a table: an amount apart from other text."""
    parts = text_parts(line)
    return len(parts) > 1 and any(is_amount(p.normal) and p.normal != "0" for p in parts)


def _cut(line: Line, cuts: Sequence[int]) -> tuple[Line, ...]:
    """The pieces of a line between these places."""
    found = (piece(line, a, b) for a, b in pairwise([0, *cuts, len(line.text)]))
    return tuple(p for p in found if p is not None)


def _gaps(line: Line) -> Iterator[tuple[int, float]]:
    """Each space of a line with the white that it stands for, in em."""
    last = len(line.text) - 1 if line.size else 0
    at = line.text.find(" ", 1, last)
    while at > 0:
        yield at, (line.edges[at + 1][0] - line.edges[at - 1][1]) / line.size
        at = line.text.find(" ", at + 1, last)


def _wide_gaps(line: Line) -> list[int]:
    """Where a line falls apart."""
    return [i for i, white in _gaps(line) if white > LAYOUT.columns.gap]


def _beside_figures(line: Line, gaps: Iterable[int]) -> Iterator[int]:
    """Spaces with an amount or a mark for none on either side, with a code to their left, an ordinal to their right."""
    for i in gaps:
        left = line.text[:i].rpartition(" ")[2]
        right = line.text[i + 1 :].partition(" ")[0]
        coded = is_code(left) or _PARTED.search(line.text, 0, i) or (_PART.match(right) and _PART.fullmatch(left))
        if coded or _is_amount(left) or _is_amount(right) or _ORDINAL.match(right):
            yield i


def _after_figures(line: Line) -> Iterator[int]:
    """Where an amount, a mark for none or a code touches the ordinal or the words of the next column."""
    for found in chain(_TOUCHING.finditer(line.text), _CODE_TOUCHING.finditer(line.text)):
        at = found.end()
        white = line.edges[at][0] - line.edges[at - 1][1]
        if found.groupdict().get("ordinal") or white > LAYOUT.columns.touching * line.size:
            yield at


def _is_amount(run: str) -> bool:
    """Whether a raw run is an amount or a mark for none."""
    bare = bare_figure(run.replace(",", "，"))
    return is_amount(bare) or _NO_FIGURE.fullmatch(bare) is not None


def _without_marks(line: Line, cuts: list[int]) -> list[int]:
    """The cuts without those between a figure and its currency or its unit, however far apart they are set."""
    if not _HAS_MARK.search(line.text):
        return cuts
    cuts = [a for a, b in pairwise([*cuts, len(line.text)]) if line.text[a:b].strip()]
    texts = [squeeze(line.text[a:b]) for a, b in pairwise([0, *cuts, len(line.text)])]
    return [cut for i, cut in enumerate(cuts) if not _is_mark_of(texts[i], texts[i + 1])]


def _is_mark_of(left: str, right: str) -> bool:
    """Whether one of two neighbouring texts is the currency or the unit of the other, a figure."""
    if _CURRENCY.fullmatch(left):
        return _is_plain_figure(right)
    return _UNIT.fullmatch(right) is not None and _is_plain_figure(left)


def _without_spread(line: Line, cuts: list[int], gaps: Mapping[int, float]) -> list[int]:
    """The cuts without those inside a word whose characters are set far apart (合　　计).

    Beside figures that are names that fill their cell (分散对齐); header words set upright have no figures beside them.
    """
    ends = [0, *cuts, len(line.text)]
    texts = [line.text[a:b].strip() for a, b in pairwise(ends)]
    of_body = any(_is_amount(text) or is_code(text) for text in texts)
    return [
        cut
        for i, cut in enumerate(cuts)
        if not (of_body and _APART.fullmatch(texts[i]) and _APART.fullmatch(texts[i + 1]))
        and (texts[i] + texts[i + 1] not in _SPREAD or gaps.get(cut, 0.0) > LAYOUT.columns.spread)
    ]
