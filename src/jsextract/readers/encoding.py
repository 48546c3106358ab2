"""Which encoding a text is in: told by strict decoding and by whether what comes out is text that people write."""

from __future__ import annotations

import codecs
import functools
from collections import Counter
from typing import NamedTuple

from jsextract.errors import Corrupt, Garbled
from jsextract.language.phrase import phrase
from jsextract.readers.garbled import is_garbled

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSED = ("gb18030", "utf-16-le", "utf-16-be")
# What is not common in a text of the right encoding: rare names, symbols. Of a wrong one most is uncommon.
_COMMON_SHARE = 0.9
_ALLOWED = frozenset("\t\n\r\f\x0b\x1a")  # control characters that texts hold
_PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》〈〉【】〔〕—…·％～－＋／．￥×÷℃①②③④⑤⑥⑦⑧⑨⑩")


class Decoded(NamedTuple):
    """A text and the encoding that it was in (a name of Python's codecs, without a byte order mark)."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """The text of a whole file.

    Encodings: UTF-8; UTF-16 in both byte orders and GB18030 (with it GBK and GB2312) where what comes out is text.

    Raises:
        Corrupt: if the bytes are in none of these.
        Garbled: if so many characters stand for lost ones that the text cannot be used.
    """
    found = _marked(data, whole=True) or _guessed(data, whole=True) or _as_utf8(data, whole=True)
    if found is None:
        raise Corrupt(
            phrase("The text is in no encoding that is known (UTF-8, GB18030, UTF-16)."), phrase("Convert it to UTF-8.")
        )
    if is_garbled(found.text):
        raise Garbled(
            phrase("The characters of the text are no Unicode; nothing was taken from it."),
            phrase("Get it in another way."),
        )
    return found


def decode_head(head: bytes) -> str:
    """The text that a file begins with, its last character possibly left out; blank where it is no text."""
    found = _marked(head, whole=False) or _guessed(head, whole=False) or _as_utf8(head, whole=False)
    return found.text if found and not _has_controls(found.text) else ""


def count_common(text: str) -> int:
    """How many common Chinese characters, wide digits and Chinese punctuation marks the text holds."""
    return sum(char in _common() for char in text)


def _marked(data: bytes, *, whole: bool) -> Decoded | None:
    """The text where a byte order mark says how it is encoded."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = _strictly(data[len(mark) :], encoding, whole=whole)
            return None if text is None else Decoded(text, encoding)
    return None


def _as_utf8(data: bytes, *, whole: bool) -> Decoded | None:
    """The text in UTF-8, whatever it says; None where the bytes are none."""
    text = _strictly(data, "utf-8", whole=whole)
    return None if text is None else Decoded(text, "utf-8")


def _guessed(data: bytes, *, whole: bool) -> Decoded | None:
    """The text in the encoding that makes Chinese of it; None for UTF-8, which no other encoding's text passes for.

    Only ASCII in UTF-16 is UTF-8 as well: it holds a zero byte in each character.
    """
    utf8 = _strictly(data, "utf-8", whole=whole)
    if utf8 is not None and "\0" not in utf8:
        return None
    share, encoding = max((_common_share(data, name, whole=whole), name) for name in _GUESSED)
    text = _strictly(data, encoding, whole=whole) if share >= _COMMON_SHARE else None
    return None if text is None else Decoded(text, encoding)


def _strictly(data: bytes, encoding: str, *, whole: bool) -> str | None:
    """The text, None where any byte does not fit; of a beginning a last character that is cut is left out."""
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(data, final=whole)
    except UnicodeDecodeError:
        return None


def _common_share(data: bytes, encoding: str, *, whole: bool) -> float:
    """How much of what is visible is common in Chinese texts; 0 where the bytes do not fit or hold controls."""
    text = _strictly(data, encoding, whole=whole)
    if not text or _has_controls(text):
        return 0.0
    counts = {char: n for char, n in Counter(text).items() if not char.isspace()}
    common = sum(n for char, n in counts.items() if char in _common())
    ascii_only = sum(n for char, n in counts.items() if char < "\x7f")
    # Bytes that are no UTF-8 are no ASCII: in the right encoding some of them are Chinese.
    return (common + ascii_only) / sum(counts.values()) if common or (encoding != "gb18030" and ascii_only) else 0.0


@functools.cache
def _common() -> frozenset[str]:
    """The 3,755 common characters (一级汉字), wide digits, and the punctuation that goes with them."""
    rows = (bytes((row, place)) for row in range(0xB0, 0xD8) for place in range(0xA1, 0xFF))
    return frozenset(
        {pair.decode("gb2312", "ignore") for pair in rows} - {""} | set(map(chr, range(0xFF10, 0xFF1A))) | _PUNCTUATION
    )


def _has_controls(text: str) -> bool:
    """Whether the text holds control characters that no text file needs."""
    return any(char < " " and char not in _ALLOWED for char in set(text))
