"""One normal form for matching, with a way back to every printed character.

Matching runs on text without spaces, quotes and width variants; each normal character remembers which raw character
it came from, so that every match ends as characters, and so as boxes, of the page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import compress

from msgspec import Struct

from jsextract.text.tokens import fold_years

# Quotation marks come and go around 三公 and grades; names must not depend on them.
_DROPPED = set("“”\"'‘’〝〞„‟「」『』＂＇\ufeff\u00ad\u200b\u200c\u200d\u2060")
_SAME = {
    "(": "（", ")": "）", "[": "（", "]": "）", "【": "（", "】": "）", "〔": "（", "〕": "）", "﹙": "（", "﹚": "）",
    ":": "：", "︰": "：", "∶": "：", "﹕": "：", ";": "；", "﹔": "；", ",": "，", "﹐": "，", "､": "、", "｡": "。",
    "?": "？", "!": "！", "－": "-", "−": "-", "–": "-", "‐": "-", "﹣": "-", "﹪": "%", "٪": "%", "~": "～",
    "·": "·", "•": "·", "．": ".", "﹒": ".",
}  # fmt: skip

_CLOSING = {"“": "”", "‘": "’", "〝": "〞", "「": "」", "『": "』"}


class NormalText(Struct, frozen=True):
    """Raw text, its normal form, and for each normal character the index of its raw one."""

    raw: str
    text: str
    offsets: Sequence[int]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw characters that normal characters `start` to `end` (exclusive) stand for; empty spans stay empty."""
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else len(self.raw)
            return at, at
        return self.offsets[start], self.offsets[end - 1] + 1

    def raw_text(self, start: int, end: int) -> str:
        """What was printed for normal characters `start` to `end`, with the quotation mark that opens right before."""
        a, b = self.raw_span(start, end)
        opened = a and _CLOSING.get(self.raw[a - 1], "")
        return self.raw[a - 1 : b] if opened and opened in self.raw[a:b] else self.raw[a:b]


@cache
def normal_char(char: str) -> str:
    """The normal form of one character: possibly empty, possibly several characters (㎡ → m2)."""
    if char in _DROPPED or char.isspace():
        return ""
    if char in _SAME:
        return _SAME[char]
    category = unicodedata.category(char)
    if category in {"Cc", "Cf"}:
        return ""
    folded = unicodedata.normalize("NFKC", char)
    if folded == char:
        return char
    return "".join(_SAME.get(c, c) for c in folded if not c.isspace() and c not in _DROPPED)


class _Folded(dict[int, str]):
    """Code → normal form, filled as characters are met, for str.translate; `longer` are those that become several."""

    def __init__(self) -> None:
        self.longer: set[str] = set()

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = self[code] = normal_char(char)
        if len(folded) > 1:
            self.longer.add(char)
        return folded


_FOLDED = _Folded()


def normalise(raw: str) -> NormalText:
    """The normal form of `raw`: widths folded, spaces and quotation marks gone, brackets full-width, years in digits.

    >>> normalise("收 入（含）  １２．３ ％").text
    '收入（含）12.3%'
    >>> normalise("二〇二〇 年度").text
    '2020年度'
    """
    text = fold_years(raw.translate(_FOLDED))
    if not _FOLDED.longer.isdisjoint(raw):
        return NormalText(raw, text, [i for i, char in enumerate(raw) for _ in normal_char(char)])
    if len(text) == len(raw):
        return NormalText(raw, text, range(len(raw)))
    return NormalText(raw, text, list(compress(range(len(raw)), map(normal_char, raw))))


@lru_cache(4096)
def squeeze(raw: str) -> str:
    """Only the normal text, where no way back is needed."""
    return fold_years(raw.translate(_FOLDED))
