"""How a value stands in a CSV file: exact numbers, no control characters, no text that a spreadsheet would run."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from jsextract.dataset.column import Raw
from jsextract.vocabulary import Flag

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LONE = re.compile(r"[\ud800-\udfff]")
_LEAD = re.compile(r"^[\s']+")
_RISKY = "=+-@"
# A plain number or a dash for "nothing" is no formula, and it must stay as printed.
_HARMLESS = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]*)?%?|-+")
_CHECKED_HEAD = 64  # characters among which a formula begins, spaces before it included
# Nearly every text: it begins with a letter, digit or Chinese character and holds no control character.
_SAFE = re.compile(r"[^\W_][^\x00-\x1f\x7f-\x9f\ud800-\udfff]*").fullmatch


def decimal_text(value: Decimal) -> str:
    """The number without exponent or separators, with as many decimals as it carries.

    Raises:
        ValueError: if it is not finite.
    """
    if not value.is_finite():
        raise ValueError(f"not a finite number: {value}")
    return format(value, "f")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula: full-width signs and leading spaces count too."""
    if not text:
        return False
    first = text[0]
    if "\u4e00" <= first <= "\u9fff" or (first.isascii() and first.isalnum()):
        return False
    start = _LEAD.sub("", unicodedata.normalize("NFKC", text[:_CHECKED_HEAD]))
    if not start or start[0] not in _RISKY:
        return False
    return not _HARMLESS.fullmatch(unicodedata.normalize("NFKC", text).strip())


def stripped(text: str) -> str:
    """The text without control characters; line ends become LF, tabs a space, lone surrogates U+FFFD."""
    text = text.replace("\r\n", "\n").replace("\t", " ")
    return _LONE.sub("\ufffd", _CONTROL.sub("", text))


def escape_formula(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would run."""
    return f"'{text}" if is_formula(text) else text


def unescape_formula(text: str) -> str:
    """The text that `escape_formula` was given."""
    return text[1:] if text.startswith("'") and is_formula(text[1:]) else text


def field_text(value: Raw) -> str:
    """One value as it stands between the commas (before quoting)."""
    if isinstance(value, str):
        return _text(value)
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, tuple):
        return _text(";".join(map(str, value))) if value else ""
    return str(value)


@functools.lru_cache(1 << 12)  # the same few titles, items, units and sections stand in all rows
def _text(value: str) -> str:
    """A text as it stands between the commas: no control characters, no formula."""
    return value if not value or _SAFE(value) else escape_formula(stripped(value))


def rows_as_text(columns: Iterable[Sequence[Raw]], flags_at: int | None) -> Iterator[tuple[str, ...]]:
    """Rows as they stand in the file; where control characters were stripped and there are flags, they say so.

    Args:
        columns: typed values, column by column.
        flags_at: the place of the column `flags`, None where there is none.
    """
    texts: list[list[str]] = []
    cut: set[int] = set()
    for values in columns:
        kinds = set(map(type, values))
        texts.append(list(map(_text if kinds == {str} else field_text, values)))
        if str in kinds and values != texts[-1]:
            told = enumerate(zip(values, texts[-1], strict=True))
            cut.update(at for at, (value, text) in told if value != text and has_control_characters(value))
    if flags_at is not None:
        for at in cut:
            texts[flags_at][at] = ";".join(filter(None, (texts[flags_at][at], Flag.CONTROL_CHARACTERS)))
    return zip(*texts, strict=True)


def has_control_characters(value: Raw) -> bool:
    """Whether control characters are stripped from a value."""
    return isinstance(value, str) and _CONTROL.search(value) is not None
