"""Regular expressions of rule files, compiled; what would cost without end is refused."""

from __future__ import annotations

import regex

from jsextract.errors import PatternError
from jsextract.language.phrase import noted, phrase
from jsextract.rules import kept

_LONGEST = 20_000
"""Characters that a pattern of a rule file may have."""
_WIDEST = 200_000
"""Characters that it may have with its repetitions written out."""
PROOF = 2.0
"""Seconds that a pattern may take on one example."""
_PIECE = regex.compile(
    r"\\[pP]\{[^}]*\}|\\N\{[^}]*\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<open>\((?:\?(?:P?<[^=!>]\w*>|[^)]))?)|(?P<close>\))|.",
    regex.DOTALL,
)
_REPEAT = regex.compile(r"\{(?:(?P<low>\d+)?(?P<comma>,)?(?P<high>\d+)?)\}")
_RECURSION = regex.compile(r"\(\?(?:R|[+-]?\d+|&\w+|P>\w+)\)")


def compiled(source: str, what: str = noted("the pattern")) -> regex.Pattern[str]:
    """A pattern of a rule file.

    Raises:
        PatternError: if it does not compile, calls itself, or is too long with its repetitions written out.
    """
    try:
        if not kept.holds(source):
            _refuse(source, what)
        return kept.pattern(source)
    except (regex.error, RecursionError, OverflowError, MemoryError, ValueError) as error:
        raise PatternError(phrase("{what} does not compile: {error}", what=phrase(what), error=error)) from error


def _refuse(source: str, what: str) -> None:
    if len(source) > _LONGEST:
        raise PatternError(
            phrase(
                "{what} has {number} characters, more than {most}.",
                what=phrase(what),
                number=len(source),
                most=_LONGEST,
            )
        )
    if _RECURSION.search(source):
        raise PatternError(
            phrase("{what} calls itself.", what=phrase(what)), phrase("Write out how often a piece may come again.")
        )
    if "{" in source and _width(source) > _WIDEST:
        raise PatternError(
            phrase(
                "{what} repeats too much: more than {most} characters when written out.",
                what=phrase(what),
                most=_WIDEST,
            )
        )


def _width(source: str) -> int:
    """How many characters a pattern has with its counted repetitions written out."""
    sums, at = [0], 0
    while at < len(source):
        piece = _PIECE.match(source, at)
        assert piece is not None, source  # one character always matches
        at, width = piece.end(), 1
        if piece["open"]:
            sums.append(0)
            continue
        if piece["close"] and len(sums) > 1:
            width = sums.pop()
        while repeat := _REPEAT.match(source, at):
            width *= max(1, *(int(repeat[name] or 0) for name in ("low", "high")))
            at = repeat.end()
        sums[-1] += width
    return sum(sums)


def alternatives(sources: tuple[str, ...]) -> regex.Pattern[str]:
    """One pattern that finds what any of the patterns finds; each of them must compile by itself.

    Raises:
        PatternError: as for `compiled`.
    """
    try:
        return compiled("|".join(sources))
    except PatternError:
        for source in sources:
            compiled(source)  # names the one that is wrong
        raise
