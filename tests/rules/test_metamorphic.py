"""The suite's sentences typed in other ways: what is told does not change, but for the way that was changed.

JSEXTRACT_EXAMPLES=5000 tries so many of each kind instead of the usual few.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from random import Random

import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jsextract.authoring.examples import read_paragraphs
from jsextract.authoring.suite import Sentence, load_sentences
from jsextract.model.document import Line
from jsextract.model.report import Fact
from jsextract.outline.flow import join
from jsextract.rules.ruleset import load_rules
from jsextract.text.normal import squeeze

RULES = load_rules()
SENTENCES = tuple(load_sentences(RULES.folders))
EXAMPLES = int(os.environ.get("JSEXTRACT_EXAMPLES", "120"))
TRIED = settings(
    max_examples=EXAMPLES, derandomize=True, deadline=None, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip
# an amount with its unit right behind, however it is typed; names with an amount in them (单价100万元以上设备) are none
MONEY = regex.compile(
    r"(?<![\d.,，A-Za-z])(\d{1,3}(?:[,，]\d{3})+|\d+)(\.\d+)?(?=\s*(?:万元|亿元|元))(?!\s*万?元(?:（含）)?以上)"
)
WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
NARROW = str.maketrans("０１２３４５６７８９．", "0123456789.")
SPACES = (" ", "  ", "\u3000", "\n", "\u00a0")

Told = tuple[str, str, str, str, Decimal | None, str, int | None, str]


def told(fact: Fact, text: str = "") -> Told:
    """A fact without the way in which it was typed."""
    said = "" if fact.value is not None else squeeze(fact.value_text)
    unit = squeeze(text or fact.unit)
    return fact.topic, squeeze(fact.item), fact.measure, squeeze(fact.basis), fact.value, unit, fact.year, said


def read(sentence: Sentence, change: Callable[[str], str] = str) -> list[Fact]:
    return read_paragraphs([change(p) for p in sentence.paragraphs], RULES, sentence.within, sentence.year)


def same(sentence: Sentence, change: Callable[[str], str]) -> None:
    changed = [change(p) for p in sentence.paragraphs]
    before, after = read(sentence), read_paragraphs(changed, RULES, sentence.within, sentence.year)
    assert list(map(told, after)) == list(map(told, before)), changed


@TRIED
@given(st.sampled_from(SENTENCES), st.randoms(use_true_random=False), st.sampled_from((0.05, 0.3, 1.0)))
def test_spaces_and_line_ends_between_any_characters(sentence: Sentence, random: Random, often: float):
    def spaced(text: str) -> str:
        return "".join(char + (random.choice(SPACES) if random.random() < often else "") for char in text)

    same(sentence, spaced)


@TRIED
@given(st.sampled_from(SENTENCES), st.randoms(use_true_random=False), st.integers(2, 12))
def test_lines_broken_anywhere(sentence: Sentence, random: Random, width: int):
    def broken(text: str) -> str:
        cuts = sorted({0, len(text), *(random.randrange(len(text) + 1) for _ in range(width))})
        return join([Line(0, text[a:b]) for a, b in pairwise(cuts)]).text

    same(sentence, broken)


@TRIED
@given(st.sampled_from(SENTENCES), st.randoms(use_true_random=False), st.sampled_from((0.3, 1.0)))
def test_full_width_figures(sentence: Sentence, random: Random, often: float):
    same(sentence, lambda text: "".join(c.translate(WIDE) if random.random() < often else c for c in text))


@TRIED
@given(st.sampled_from(SENTENCES), st.sampled_from((",", "，", "")))
def test_thousands_separators_added_and_removed(sentence: Sentence, separator: str):
    def grouped(match: regex.Match[str]) -> str:
        whole = regex.sub("[,，]", "", match[1])
        groups = f"{int(whole):,}" if separator and whole.lstrip("0") == whole else whole
        return groups.replace(",", separator) + (match[2] or "")

    same(sentence, lambda text: MONEY.sub(grouped, text.translate(NARROW)))


def has_only_whole_units(sentence: Sentence) -> bool:
    """Every amount prints its own 万元, and no name holds one."""
    facts = read(sentence)
    figures = [f for f in facts if f.unit in {"万元", "元", "亿元"}]
    return bool(figures) and all(
        f.unit == "万元" and not {"unit_inferred", "minus_printed"} & set(f.flags) for f in figures
    ) and not regex.search(r"以上|每|\d[,，]?\s+[\d.万]|\.\s+\d", sentence.say)  # fmt: skip


IN_WAN = tuple(filter(has_only_whole_units, SENTENCES))


def test_many_sentences_can_be_rewritten_in_yuan():
    assert len(IN_WAN) > 150


@TRIED
@given(st.sampled_from(IN_WAN), st.booleans())
def test_the_same_in_yuan(sentence: Sentence, grouped: bool):
    def in_yuan(match: regex.Match[str]) -> str:
        value = Decimal(match[1].replace(",", "").replace("，", "") + (match[2] or "")) * 10000
        return f"{value:,.2f}" if grouped else f"{value:.2f}"

    def rewritten(text: str) -> str:
        return MONEY.sub(in_yuan, text.translate(NARROW)).replace("万元", "元")

    before, after = read(sentence), read(sentence, rewritten)
    assert [f.amount_yuan for f in after] == [f.amount_yuan for f in before], rewritten(sentence.say)
    scaled = [(*t[:4], t[4] and t[4].scaleb(4), "元", *t[6:]) if t[5] == "万元" else t for t in map(told, before)]
    assert [without_amounts(t) for t in map(told, after)] == [without_amounts(t) for t in scaled]


def without_amounts(fact: Told) -> Told:
    """Texts quote amounts as they are typed."""
    return (*fact[:7], regex.sub(r"[\d，.]+万?元", "X元", fact[7]))


@pytest.mark.parametrize(
    "change",
    [" ".join, "\n".join, lambda text: text.translate(WIDE)],
    ids=["a space after every character", "a line for every character", "every figure full-width"],
)
def test_every_sentence_typed_another_way_throughout(change: Callable[[str], str]):
    for sentence in SENTENCES:
        same(sentence, change)
