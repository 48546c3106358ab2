"""Misprinted names (错字): long names with a character wrong, missing or too many, found before figures."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

import regex
from msgspec import Struct

from jsextract.rules.kept import pattern
from jsextract.rules.lexicon import Lexicon, Name

_LONG = 9
"""Names of as many characters may have two faults."""
_SHORTEST, _LONGEST = 5, 40
_TIMEOUT = 0.2
_BREAKS = ("，", "。", "；", "：", "、", "其中", "包括")


class _Candidate(Struct, frozen=True):
    name: Name
    printed: str
    chars: frozenset[str]
    faults: int
    pattern: regex.Pattern[str]


class Misprint(Struct, frozen=True):
    """A misprinted name in normal text."""

    start: int
    end: int
    name: Name


def _ends_alike(match: regex.Match[str], printed: str) -> bool:
    """The first character is right; the last is, too, unless another stands in its place."""
    deleted = match.fuzzy_counts[2]
    return match[0][0] == printed[0] and (match[0][-1] == printed[-1] or not deleted)


class KnownSpan(Struct, frozen=True):
    """What is coded already: a figure, or a name with its canonical one."""

    start: int
    end: int
    figure: bool
    item: str = ""


@functools.lru_cache(maxsize=8)
def _candidates(lexicon: Lexicon) -> tuple[_Candidate, ...]:
    found: list[_Candidate] = []
    for printed in lexicon.misprinted:
        faults = 2 if len(printed) >= _LONG else 1
        escaped = regex.escape(printed, special_only=True)
        fuzzy = pattern(f"(?b)(?:{escaped}){{s<=1,i<=1,d<=1,e<={faults}}}")
        found.append(_Candidate(lexicon.names[printed], printed, frozenset(printed), faults, fuzzy))
    return tuple(found)


def prepare(lexicon: Lexicon) -> None:
    """Compiles what misprinted names are found by."""
    _candidates(lexicon)


def misprint(words: str, lexicon: Lexicon) -> Misprint | None:
    """The one long name that is misprinted in `words`; None where there is none, or two are as near.

    Args:
        words: normal text in which no name of the lexicon stands.
        lexicon: the names.

    Raises:
        TimeoutError: if the comparison takes too long.
    """
    if not _SHORTEST <= len(words) <= _LONGEST:
        return None
    there = set(words)
    best: list[tuple[int, Misprint]] = []
    for candidate in _candidates(lexicon):
        if len(candidate.chars - there) > candidate.faults or candidate.printed[0] not in there:
            continue
        match = candidate.pattern.search(words, timeout=_TIMEOUT)
        if match and _ends_alike(match, candidate.printed):
            best.append((sum(match.fuzzy_counts), Misprint(match.start(), match.end(), candidate.name)))
    if not best or any(name in words for name in lexicon.real):
        return None
    least = min(faults for faults, _ in best)
    nearest = [found for faults, found in best if faults == least]
    return nearest[0] if least and len({found.name.item for found in nearest}) == 1 else None


def _after(text: str, mark: str, start: int, end: int) -> int:
    at = text.rfind(mark, start, end)
    return at + len(mark) if at >= 0 else 0


def before_figures(text: str, spans: Sequence[KnownSpan], lexicon: Lexicon) -> Iterator[Misprint]:
    """Misprinted names in the words right before figures; a name inside one is swallowed (政府釆购 + 支出总额).

    Args:
        text: normal text.
        spans: what is coded already, in order.
        lexicon: the names.
    """
    for index, span in enumerate(spans):
        if not span.figure:
            continue
        least = max(0, span.start - _LONGEST)
        begin = max(least, *(_after(text, mark, least, span.start) for mark in _BREAKS))
        inside: list[KnownSpan] = []
        for before in map(spans.__getitem__, range(index - 1, -1, -1)):
            if before.end <= begin:
                break
            if before.item and before.start > begin:
                inside.append(before)
                continue
            begin = before.end
            break
        found = misprint(text[begin : span.start], lexicon)
        if found is None:
            continue
        start, end = begin + found.start, begin + found.end
        covered = [name for name in inside if name.start < end and start < name.end]
        if all(start < name.start and name.end <= end and name.item != found.name.item for name in covered):
            yield Misprint(start, end, found.name)
