"""How far a value can be trusted (证据), and how the name of a figure was told (名称来源)."""

from __future__ import annotations

from enum import StrEnum

from jsextract.vocabulary.word import Vocabulary, Word


class Evidence(Word):
    """What speaks for a value (证据), the most first."""

    CONFIRMED = (
        "confirmed",
        "It stands under its own printed name, or a cell of that name holds the same value, and a check passes that "
        "would not if the value were another.",
        "数值印在自己的名称之下，或同名单元格数值相同，并有一项核对通过，数值有误则该核对不会通过。",
    )
    STATED = (
        "stated",
        "Read under its own printed name, column and unit; no check speaks for it.",
        "按所印名称、列和单位读取；没有核对可以佐证。",
    )
    INFERRED = (
        "inferred",
        "Its name, column, unit, year or basis was inherited or guessed, and no check speaks for it.",
        "名称、列、单位、年度或对照系承前或推断，且没有核对可以佐证。",
    )
    CONTRADICTED = "contradicted", "A check that fails rests on it.", "有不通过的核对以它为依据。"


class Named(StrEnum):
    """How the name of a figure in prose was told; it decides what can confirm the figure."""

    OWN = "own"
    """By a full name in the same clause."""
    SHORT = "short"
    """By words in the same clause that mean one thing or another by where they stand (基本支出)."""
    HEADED = "headed"
    """By the heading above it, which names it, nothing else having been named since."""
    PARTIAL = "partial"
    """By words in the same clause that may be the end of a longer name."""
    INHERITED = "inherited"
    """By what was said before."""
    ARBITRATED = "arbitrated"
    """By the one cell that holds the same value, or by the figures that it follows from."""


TAKEN_UP = frozenset({Named.HEADED, Named.INHERITED})
"""Told by what stands before the clause: figures that refute such a name may move to another."""

EVIDENCE = Vocabulary("evidence", "How far a value can be trusted.", "数值可信的程度。", tuple(Evidence))
