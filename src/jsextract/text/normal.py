"""One normal form for matching, with a way back to every printed character.

Matching runs on text without spaces, quotes and width variants; each normal character remembers which raw character
it came from, so that every match ends as characters, and so as boxes, of the page.
"""

from __future__ import annotations

import re
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

# Characters of traditional writing (繁体) in the words of accounts, one for one.
_TRADITIONAL = (
    "門決萬億經費財撥購務運護團國員離職數總計減長與為項業資產開機關貨輛臺單設備編製實際說況構類級應屬補對繳營餘結轉佔較個間學場標績評優貧鄉鎮縣區廳處協會議訓養車領導幹術執調檢監稅衛環農"
    "圖體傳歲歷無內來從後時們這動報該據責濟廣東稱達絕針續變節約嚴貫徹賬僅兩雙獨積險試買賣賓華書條準則兒戶傷醫藥療齡眾師權預麼當還進選適遞過邊儲創劃勞勵給統維綜緊線緣織繼辦練認識讀貢質賴"
    "贈趕輔輸辭遺鄰銷錄鐵閱陸隊階隨難電題額願飛館驗點齊黨勢眾證獲擴輪藝採"
)
_SIMPLIFIED = (
    "门决万亿经费财拨购务运护团国员离职数总计减长与为项业资产开机关货辆台单设备编制实际说况构类级应属补对缴营余结转占较个间学场标绩评优贫乡镇县区厅处协会议训养车领导干术执调检监税卫环农"
    "图体传岁历无内来从后时们这动报该据责济广东称达绝针续变节约严贯彻账仅两双独积险试买卖宾华书条准则儿户伤医药疗龄众师权预么当还进选适递过边储创划劳励给统维综紧线缘织继办练认识读贡质赖"
    "赠赶辅输辞遗邻销录铁阅陆队阶随难电题额愿飞馆验点齐党势众证获扩轮艺采"
)
_SAME |= dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True))

# A stop typed for the point of a figure (12。50万元); what ends in a year may well end a sentence.
_POINT = re.compile(r"(?<=\d)(?<!(?<!\d)(?:19|20)\d\d)。(?=\d{1,2}(?:万元|亿元|元|%))")
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


@lru_cache(512)
def normalise(raw: str) -> NormalText:
    """The normal form of `raw`: widths folded, spaces and quotation marks gone, brackets full-width, years in digits.

    Characters of traditional writing count as their simplified ones.

    >>> normalise("收 入（含）  １２．３ ％").text
    '收入（含）12.3%'
    >>> normalise("財政撥款 萬元").text
    '财政拨款万元'
    >>> normalise("二〇二〇 年度").text
    '2020年度'
    >>> normalise("收入120。50万元。").text
    '收入120.50万元。'
    """
    text = _figures(raw.translate(_FOLDED))
    if not _FOLDED.longer.isdisjoint(raw):
        return NormalText(raw, text, [i for i, char in enumerate(raw) for _ in normal_char(char)])
    if len(text) == len(raw):
        return NormalText(raw, text, range(len(raw)))
    return NormalText(raw, text, list(compress(range(len(raw)), map(normal_char, raw))))


@lru_cache(1 << 14)
def squeeze(raw: str) -> str:
    """Only the normal text, where no way back is needed."""
    return _figures(raw.translate(_FOLDED))


def _figures(text: str) -> str:
    """Years in digits and points within figures, character for character."""
    return _POINT.sub(".", fold_years(text)) if "。" in text else fold_years(text)
