"""Patterns for people: cut into the pieces that must follow each other, and written without coded characters."""

from __future__ import annotations

import regex

from jsextract.rules import tokenize
from jsextract.rules.lexicon import Lexicon
from jsextract.text.visible import one_line

_ATOM = regex.compile(
    r"\\u[0-9a-fA-F]{4}|\\[pP]\{[^}]*\}|\\."  # an escape
    r"|\[\^?\]?(?:\\.|[^\]\\])*\]"  # a class
    r"|\{(?!\d*,?\d*\})[^}]*\}"  # a slot
    r"|(?P<group>\((?:\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?&group)|[^()\\\[])*\))"
    r"|.",
    regex.DOTALL,
)
_QUANTIFIER = regex.compile(r"(?:[?*+]|\{\d*,?\d*\})[?+]?")
_SLOT = regex.compile(r"\{(?:\w+:)?(?P<type>[A-Za-z_][\w.]*)\}")
_RANGES = {
    "\\ue000-\\uf8ff": "‹figure or name›",
    "\\ue001-\\ue017": "‹figure›",
    "\\ue001-\\ue003": "‹money, percent or number›",
    "\\ue010-\\ue017": "‹count›",
    "\\ue100-\\ue1ff": "‹item›",
}
_SINGLE = {
    tokenize.MONEY: "money", tokenize.PERCENT: "percent", tokenize.NUMBER: "number", tokenize.YEAR: "year",
    tokenize.DATE: "date",
} | {char: f"count.{kind}" for kind, char in tokenize.COUNTS.items()} | {
    char: f"item.{topic}" for topic, char in tokenize.ITEM_CODES.items()
}  # fmt: skip
_PRIVATE = regex.compile(r"[\ue000-\uf8ff]")
_HINTS = {
    "money": "an amount of money, as 12.50万元",
    "percent": "a percentage, as 3.20%",
    "number": "a figure without a unit",
    "amount": "an amount of money, with or without its unit",
    "count": "a count, as 3个",
    "item": "a name that the lexicon knows",
    "year": "a year, as 2023年度 or 上年",
    "date": "a date",
    "basis": "a budget by its name, or a year",
}


def alternatives(source: str) -> list[list[str]]:
    """The ways to match a pattern, each as the pieces that must follow each other.

    >>> alternatives("共(?:有|计)?{value:money}|支出：")
    [['共', '(?:有|计)?', '{value:money}'], ['支出：']]
    """
    found: list[list[str]] = [[]]
    at, open_text = 0, False
    while at < len(source):
        atom = _ATOM.match(source, at)
        assert atom is not None, source  # one character always matches
        at = atom.end()
        piece = atom[0]
        if piece == "|":
            found.append([])
            open_text = False
            continue
        plain = len(piece) == 1
        quantifier = _QUANTIFIER.match(source, at)
        if quantifier:
            piece += quantifier[0]
            at = quantifier.end()
        if plain and open_text and not quantifier:
            found[-1][-1] += piece
        else:
            found[-1].append(piece)
        open_text = plain and not quantifier
    return found


def legible(source: str) -> str:
    """Pattern text with ‹money›, ‹item› … for the coded characters."""
    source = _PRIVATE.sub(lambda m: f"\\u{ord(m[0]):04x}", source)
    for written, name in _RANGES.items():
        source = source.replace(written, name)
    for char, name in _SINGLE.items():
        source = source.replace(f"\\u{ord(char):04x}", f"‹{name}›")
    return source


def described_piece(piece: str, lexicon: Lexicon) -> str:
    """A piece of a pattern, with what may stand there where it is a slot.

    >>> from jsextract.rules.ruleset import load_rules
    >>> described_piece("{value:money}", load_rules().lexicon)
    '{value:money} (an amount of money, as 12.50万元)'
    """
    slot = _SLOT.fullmatch(piece)
    if slot is None:
        return legible(piece)
    kind, _, narrower = slot["type"].partition(".")
    if kind in lexicon.words:
        words = list(lexicon.words[kind])
        return f"{piece} (one of {'、'.join(words[:6])}{' …' if len(words) > 6 else ''})"
    hint = _HINTS.get(kind, "")
    if narrower:
        hint += f", of the kind {narrower.replace('.', ' or ')}"
    return f"{piece} ({hint})" if hint else piece


def printable(text: str) -> str:
    """Printed text in one line as a terminal may have it; a character of a private font becomes □."""
    return one_line(_PRIVATE.sub("□", text))
