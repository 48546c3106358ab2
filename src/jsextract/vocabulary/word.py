"""What a word of a closed vocabulary is."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from msgspec import Struct


class Word(StrEnum):
    """A word as the files spell it; each subclass lists the words of one kind, in the order of the codebook.

    Attributes:
        en, zh: what it means, one line each.
    """

    en: str
    zh: str

    def __new__(cls, word: str, en: str, zh: str) -> Self:
        """A member: the word itself, which equals the plain text, with its two lines."""
        self = str.__new__(cls, word)
        self._value_ = word
        self.en, self.zh = en, zh
        return self


class Vocabulary(Struct, frozen=True):
    """A closed list of words, as the codebook prints it and as columns refer to it.

    Attributes:
        name: what the codebook calls it; unique.
        en, zh: what its words say.
    """

    name: str
    en: str
    zh: str
    words: tuple[Word, ...]

    def knows(self, text: str) -> bool:
        """Whether a text is one of the words; a word that ends in a colon stands for all texts that begin with it."""
        return text in self.words or any(text.startswith(word) for word in self.words if word.endswith(":"))

    def unknown(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Those of the texts that are none of the words."""
        return tuple(text for text in texts if not self.knows(text))
