"""Text as a terminal or a log may have it (可见字符): what either would obey is written out, not sent.

A document, a file name or a rule decides what stands in a message. Raw, an escape could move the cursor, colour or
retitle the terminal, a bidirectional mark turn figures around, a line end begin a message that nobody sent.
"""

from __future__ import annotations

import unicodedata

_OBEYED = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls, formats (bidirectional and invisible ones), lone surrogates, parters of lines and paragraphs."""
_LAID_OUT = frozenset("\n\t")


def visible(text: str) -> str:
    r"""The text with what a terminal would obey written as in JSON; line ends and tabs stay.

    >>> visible("a\x1b[31m\u202eb\n")
    'a\\u001b[31m\\u202eb\n'
    """
    if text.isprintable():
        return text
    return "".join(c if c in _LAID_OUT or unicodedata.category(c) not in _OBEYED else _written(c) for c in text)


def one_line(text: str) -> str:
    r"""The same, its line ends and tabs written out, too.

    >>> one_line("a\nb")
    'a\\u000ab'
    """
    if text.isprintable():
        return text
    return "".join(_written(c) if unicodedata.category(c) in _OBEYED else c for c in text)


def _written(char: str) -> str:
    r"""A character as JSON writes it: \uXXXX, twice for one beyond the first plane."""
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{int.from_bytes(units[at : at + 2]):04x}" for at in range(0, len(units), 2))
