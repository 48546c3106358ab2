"""Whole invented narratives with self-evaluations: every number, and every project with its parts.

Beside each text stand its numbers and its projects, both written by hand.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from jsextract import extract

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in HERE.glob("*.txt"))


def expected(name: str, kind: str) -> list[tuple[str, ...]]:
    with (HERE / f"{name}.{kind}.csv").open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in list(csv.reader(file))[1:]]


@pytest.mark.parametrize("name", NAMES)
def test_every_number_of_the_narrative_and_no_other(name):
    facts = Counter(
        (f.topic, f.item, f.project, f.measure, f.basis, f"{f.value:f}", f.unit, str(f.year))
        for f in extract(HERE / f"{name}.txt").facts
        if f.value is not None
    )
    wanted = Counter(expected(name, "facts"))
    assert (sorted((wanted - facts).elements()), sorted((facts - wanted).elements())) == ([], [])


@pytest.mark.parametrize("name", NAMES)
def test_every_project_with_its_parts(name):
    found = [
        (
            p.project, *("" if v is None else f"{v:f}" for v in (p.full_year_budget, p.executed, p.completion_rate, p.score)),
            p.unit, "；".join(p.outputs), "；".join(p.problems), "；".join(p.improvements),
        )
        for p in extract(HERE / f"{name}.txt").projects
    ]  # fmt: skip
    assert found == expected(name, "projects")


@pytest.mark.parametrize("name", NAMES)
def test_no_amount_of_the_narrative_stays_unread(name):
    assert extract(HERE / f"{name}.txt").unread_amounts == 0
