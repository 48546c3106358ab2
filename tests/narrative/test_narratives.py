"""Whole invented narratives in the manner of several provinces and years, with every fact that a reader finds in them.

Beside each text stand its facts (numbers and texts, in any order) and its sections, both written by hand.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from jsextract import extract
from jsextract.model.report import Fact
from jsextract.text.normal import squeeze

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in HERE.glob("*.txt"))


def expected(name: str, kind: str) -> list[tuple[str, ...]]:
    with (HERE / f"{name}.{kind}.csv").open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in list(csv.reader(file))[1:]]


def told(fact: Fact) -> tuple[str, ...]:
    value = squeeze(fact.value_text) if fact.value is None else f"{fact.value:f}"
    repeat = "repeat" if "repeat" in fact.flags else ""
    return (fact.topic, fact.item, fact.code, fact.measure, fact.basis, value, fact.unit, str(fact.year), repeat)


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_of_the_narrative_and_no_other(name):
    facts = Counter(map(told, extract(HERE / f"{name}.txt").facts))
    wanted = Counter(expected(name, "facts"))
    assert (sorted((wanted - facts).elements()), sorted((facts - wanted).elements())) == ([], [])


@pytest.mark.parametrize("name", NAMES)
def test_sections_are_told_by_their_headings(name):
    found = [(s.kind, s.topic, s.heading) for s in extract(HERE / f"{name}.txt").sections]
    assert found == expected(name, "sections")


@pytest.mark.parametrize("name", NAMES)
def test_no_amount_of_the_narrative_stays_unread(name):
    assert extract(HERE / f"{name}.txt").unread_amounts == 0


@pytest.mark.parametrize("name", NAMES)
def test_each_value_stands_in_the_sentence_where_the_fact_points(name):
    for fact in extract(HERE / f"{name}.txt").facts:
        assert fact.sentence[fact.start : fact.end] == fact.value_text or fact.measure == "comparison", fact
