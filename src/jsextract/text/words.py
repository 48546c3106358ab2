"""Words of free text (分词): jieba with dictionaries of the field.

Loading jieba takes half a second and 120 MB. Where its dictionary alone decides how a text is cut, the dictionary is
asked where it lies, word by word; jieba itself is loaded for texts with characters that no word of it explains.
"""

from __future__ import annotations

import functools
import importlib.util
import logging
import mmap
import re
from collections.abc import Callable, Sequence
from math import log
from pathlib import Path
from typing import Any, NamedTuple

_CHINESE = re.compile("[\u4e00-\u9fd5]{1,6}")
"""Texts that are looked up; in longer ones each substring would have to be."""

_KNOWN_SIZE, _KNOWN_COUNT = 5_071_852, 60_101_967
"""Bytes of jieba 0.42.1's dictionary, and the sum of its frequencies; another dictionary is left to jieba itself."""

_NEAR = 1 << 12
"""Bytes that are searched through rather than halved, on either side of where a word should stand."""

_USER_LINE = re.compile(r"^(?P<word>\S+) (?P<frequency>[1-9][0-9]*) (?P<tag>[a-z]+)$")


class _Entry(NamedTuple):
    frequency: int
    tag: str


class _Dictionary:
    """jieba's dictionary and those of the field over it, looked up without being loaded.

    A line is `word frequency tag`; from 一 on they are in order of their bytes, but for a few that are not far off.
    """

    def __init__(self, lines: mmap.mmap, own: dict[str, _Entry], total: int) -> None:
        self._lines, self._own, self._log_total = lines, own, log(total)
        self._first = lines.find("\n一 ".encode())
        self.entry = functools.lru_cache(4096)(self._entry)

    def _entry(self, word: str) -> _Entry | None:
        """A word's entry, found by halving; None for what is no word."""
        if word in self._own:
            return self._own[word]
        wanted = b"\n" + word.encode() + b" "
        low, high = self._first, len(self._lines)
        while high - low > _NEAR:
            middle = self._lines.find(b"\n", (low + high) // 2)
            low, high = (middle, high) if self._lines[middle : middle + len(wanted)] <= wanted else (low, middle)
        start = self._lines.find(wanted, max(0, low - _NEAR), high + _NEAR + len(wanted)) + 1
        if not start:
            return None
        _, frequency, tag = self._lines[start : self._lines.find(b"\n", start)].split(b" ")
        return _Entry(int(frequency), tag.decode())

    def cut(self, text: str) -> list[tuple[str, str]]:
        """The words of the likeliest cut, as jieba finds it, with their tags; a blank tag where jieba would guess.

        That is where single characters stand side by side: they may be a word that the dictionary does not have.
        """
        words: list[tuple[str, str]] = []
        loose = ""
        for word in [*self._likeliest(text), ""]:
            if len(word) == 1:
                loose += word
                continue
            guessed = len(loose) > 1 and self.entry(loose) is None
            words += [(loose, "")] if guessed else [(char, self._tag(char)) for char in loose]
            words += [(word, self._tag(word))] if word else []
            loose = ""
        return words

    def _tag(self, word: str) -> str:
        """The part of speech of a word; x where the dictionary has none."""
        entry = self.entry(word)
        return entry.tag if entry else "x"

    def _likeliest(self, text: str) -> list[str]:
        """The cut whose words' frequencies have the greatest product; of equals the one with the longer first word."""
        best: list[tuple[float, int]] = [(0.0, 0)] * (len(text) + 1)
        for start in range(len(text) - 1, -1, -1):
            ends = [end for end in range(start + 1, len(text) + 1) if self.entry(text[start:end])] or [start + 1]
            best[start] = max((self._weight(text[start:end]) + best[end][0], end) for end in ends)
        words, start = [], 0
        while start < len(text):
            words.append(text[start : best[start][1]])
            start = best[start][1]
        return words

    def _weight(self, word: str) -> float:
        """The logarithm of a word's share in all that the dictionary counts."""
        entry = self.entry(word)
        return log(entry.frequency if entry else 1) - self._log_total


@functools.cache
def _dictionary(dictionaries: tuple[Path, ...]) -> _Dictionary | None:
    """Jieba's dictionary with the given ones over it; None where only jieba itself can make sense of them."""
    package = importlib.util.find_spec("jieba")
    places = package.submodule_search_locations if package else None
    lexicon = Path(places[0]) / "dict.txt" if places else None
    if lexicon is None or not lexicon.is_file() or lexicon.stat().st_size != _KNOWN_SIZE:
        return None
    own: dict[str, _Entry] = {}
    total = _KNOWN_COUNT
    for line in (line for path in dictionaries for line in path.read_text(encoding="utf-8-sig").splitlines()):
        told = _USER_LINE.match(line.strip())
        if told is None and line.strip():
            return None
        if told is not None:
            own[told["word"]] = _Entry(int(told["frequency"]), told["tag"])
            total += int(told["frequency"])
    with lexicon.open("rb") as file:
        return _Dictionary(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), own, total)


@functools.cache
def _tagger(dictionaries: tuple[Path, ...]) -> Any:
    """Jieba's tagger with these dictionaries loaded; it takes most of a second."""
    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    # As jieba does when first asked, but for its cache: that would lie in the folder for temporary files, where anybody
    # may put one that is then unmarshalled. Reading the dictionary takes no longer.
    jieba.dt.FREQ, jieba.dt.total = jieba.dt.gen_pfdict(jieba.dt.get_dict_file())
    jieba.dt.initialized = True
    for path in dictionaries:
        jieba.load_userdict(str(path))
    return jieba.posseg


def tagged(text: str, dictionaries: Sequence[Path] = ()) -> list[tuple[str, str]]:
    """The words of `text` with their parts of speech (v verb, vn verb used as a noun, n noun…).

    Args:
        text: a clause.
        dictionaries: files of `word frequency tag` lines, UTF-8; they are read once.
    """
    words = _looked_up(text, tuple(dictionaries))
    if words and all(tag for _, tag in words):
        return words
    return [(pair.word, pair.flag) for pair in _tagger(tuple(dictionaries)).cut(text)]


def every(text: str, passes: Callable[[str, str], bool], dictionaries: Sequence[Path] = ()) -> bool:
    """Whether all words of `text` pass, given each with its part of speech; the rest is as for `tagged`."""
    known = _looked_up(text, tuple(dictionaries))
    if not all(passes(word, tag) for word, tag in known if tag):
        return False
    return all(passes(word, tag) for word, tag in tagged(text, dictionaries))


def _looked_up(text: str, dictionaries: tuple[Path, ...]) -> list[tuple[str, str]]:
    """What the dictionary tells of a short Chinese text, blank tags where it does not; nothing of other texts."""
    dictionary = _dictionary(dictionaries) if _CHINESE.fullmatch(text) else None
    return dictionary.cut(text) if dictionary else []
