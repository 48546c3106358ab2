"""Text that is no Unicode: private-use characters, replacement characters, undecoded glyph numbers."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

# Above this share of a page's characters the text cannot be trusted. Word's bullets (private use) stay far below.
_SHARE = 0.12
_FEWEST = 8
_CID = re.compile(r"\(cid:\d+\)")
# A GBK text read as Latin-1 shows as letters with accents and signs from À to ÿ.
_LATIN_SUPPLEMENT = range(0x80, 0x100)
_COMMON_SIGNS = {0xA0, 0xA5, 0xA7, 0xB0, 0xB1, 0xB7, 0xD7, 0xF7}


@lru_cache(1 << 14)
def _bad(code: int) -> bool:
    """Whether a code point is private, a replacement, a control or a special: nothing that a text prints."""
    return (
        code == 0xFFFD
        or 0xE000 <= code <= 0xF8FF
        or code >= 0xF0000
        or (code < 32 and code not in (9, 10, 13))
        or 0xFFF0 <= code <= 0xFFFB
    )


def is_garbled(text: str) -> bool:
    """Whether so much of a page's text is no Unicode that none of it can be used."""
    count = {ord(char): n for char, n in Counter(text).items() if not char.isspace()}
    total = sum(count.values())
    if total < _FEWEST:
        return total > 0 and all(_bad(code) for code in count)
    bad = sum(n for code, n in count.items() if _bad(code))
    bad += sum(len(m) for m in _CID.findall(text))
    if bad > total * _SHARE:
        return True
    latin = sum(n for code, n in count.items() if code in _LATIN_SUPPLEMENT and code not in _COMMON_SIGNS)
    return latin > total * 0.35
