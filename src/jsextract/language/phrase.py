"""A text for people in both languages (双语文本): stated in English, its Chinese taken from the catalogue."""

from __future__ import annotations

import functools
import gettext
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from jsextract.language import chosen

DOMAIN = "jsextract"
FOLDER = Path(__file__).parent
"""Holds zh/LC_MESSAGES/jsextract.po, which people edit, and the .mo made of it, which programs read."""


class Phrase(Struct, frozen=True, gc=False):
    """A text in both languages; `str()` gives it in the one in force (`chosen.use`)."""

    en: str
    zh: str

    def __str__(self) -> str:
        return self.zh if chosen.is_chinese() else self.en

    def __bool__(self) -> bool:
        return bool(self.en)


NOTHING = Phrase("", "")


def phrase(text: str, /, **values: object) -> Phrase:
    """The text, `{name}` in it replaced by the value of that name; a value that is a phrase stands in each language.

    The text is also the key of its translation, so it is written where it is called, never put together.

    >>> phrase("{number} pages", number=3).en
    '3 pages'
    """
    return _filled(text, _chinese(text), values)


def phrases(one: str, many: str, number: int, /, **values: object) -> Phrase:
    """One of two texts, by a number, which is `{number}` in them.

    >>> phrases("{number} page", "{number} pages", 1).en
    '1 page'
    """
    en = one if number == 1 else many
    return _filled(en, catalogue().ngettext(one, many, number), {"number": number, **values})


def noted(text: str) -> str:
    """A text that is a phrase later, `phrase(…)` of what it is kept in: this puts it into the catalogue."""
    return text


def verbatim(text: str) -> Phrase:
    """What has no language: a name, figures, printed words."""
    return Phrase(text, text)


def listed(parts: Iterable[object], en: str = ", ", zh: str = "、") -> Phrase:
    """Texts or phrases one after the other, each language with its own mark between them; blank ones are left out."""
    kept = [part for part in parts if part]
    return Phrase(en.join(_in(part, "en") for part in kept), zh.join(_in(part, "zh") for part in kept))


def sentences(*parts: object) -> Phrase:
    """Sentences one after the other."""
    return listed(parts, " ", "")


def _filled(en: str, zh: str, values: dict[str, object]) -> Phrase:
    """Both texts with their values; a report has some hundred of them, so one pass must do."""
    if not values:
        return Phrase(en, zh)
    chinese = values.copy()
    for name, value in values.items():
        if type(value) is Phrase:
            values[name], chinese[name] = value.en, value.zh
    return Phrase(en.format_map(values), zh.format_map(chinese))


def _in(value: object, language: str) -> str:
    """A value in one of the languages."""
    return getattr(value, language) if isinstance(value, Phrase) else str(value)


@functools.cache
def _chinese(text: str) -> str:
    return catalogue().gettext(text)


@functools.cache
def catalogue() -> gettext.NullTranslations:
    """The Chinese texts by their English ones.

    Raises:
        FileNotFoundError: if the installation lacks them.
    """
    return gettext.translation(DOMAIN, FOLDER, languages=["zh"])
