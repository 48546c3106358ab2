"""Which encoding a web page is in: what its bytes are, whatever it declares (网页编码)."""

from __future__ import annotations

import codecs
import re

from jsextract.errors import Corrupt, Garbled
from jsextract.language.phrase import phrase
from jsextract.readers.encoding import Decoded, count_common, decode
from jsextract.readers.garbled import is_garbled

_DECLARED = re.compile(rb"""(?:charset\s*=\s*|<\?xml[^>]{0,80}encoding=)["']?\s*([A-Za-z][\w.:-]{1,30})""")
_ASCII = re.compile(r"[\x00-\x7f]+")
_HEAD = 4096
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LIKELY = ("utf-8", "gb18030")
_COMMON_SHARE = 0.8  # of what is no ASCII: in a wrong encoding most of it is rare
_SURE_SHARE = 0.95
_CHINESE = frozenset({"gb2312", "gbk", "hz", "x-gbk", "gb_2312-80", "gb2312-80"})


def decode_page(data: bytes, told: str = "") -> Decoded:
    """The text of a web page.

    A byte order mark decides; then UTF-8 where every byte fits; then, of the likely encodings and the declared one,
    that in which most of what is no ASCII is common in Chinese texts. Single bytes that do not fit become U+FFFD.

    Args:
        data: the page.
        told: the encoding that the carrier names (a part of a saved page); blank for none.

    Raises:
        Corrupt: if the bytes are in no encoding that is known.
        Garbled: if so many characters are lost that the text cannot be used.
    """
    if data.startswith(_MARKS) or (b"\0" in data[:_HEAD] and data[:2].count(0) == 1):
        return decode(data)
    try:
        found = Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        found = _as_gb18030(data) or _most_common(data, told or declared(data))
    if is_garbled(_ASCII.sub("", found.text)):
        raise Garbled(
            phrase("The characters of the page are no Unicode; nothing was taken from it."),
            phrase("Get it in another way."),
        )
    return found


def declared(data: bytes) -> str:
    """The encoding that a page names in its head (a name of Python's codecs); blank for none that is known."""
    found = _DECLARED.search(data[:_HEAD])
    return known(found.group(1).decode("ascii")) if found else ""


def known(name: str) -> str:
    """The codec of an encoding's name, that of GB18030 for its parts; blank where there is none for texts."""
    if name.lower() in _CHINESE:
        return "gb18030"
    try:
        info = codecs.lookup(name)
    except (LookupError, UnicodeError):
        return ""
    return info.name if getattr(info, "_is_text_encoding", True) else ""


def _as_gb18030(data: bytes) -> Decoded | None:
    """The text in GB18030 where every byte fits and what comes out is Chinese; None where it is not."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return Decoded(text, "gb18030") if _common_share(text) >= _SURE_SHARE else None


def _most_common(data: bytes, name: str) -> Decoded:
    """The text in the encoding that makes most common Chinese of the bytes; the declared one wins where equal."""
    names = dict.fromkeys((*([name] if name else []), *_LIKELY))
    texts = (Decoded(data.decode(each, "replace"), each) for each in names)
    shares = [(_common_share(found.text), found) for found in texts]
    share, best = max(shares, key=lambda pair: pair[0])
    if share < _COMMON_SHARE:
        raise Corrupt(
            phrase("The page is in no encoding that is known (UTF-8, GB18030, UTF-16)."), phrase("Save it as UTF-8.")
        )
    return best


def _common_share(text: str) -> float:
    """How much of what is no ASCII is common in Chinese texts."""
    wide = "".join(_ASCII.sub("", text).split())
    return count_common(wide) / len(wide) if wide else 0.0
