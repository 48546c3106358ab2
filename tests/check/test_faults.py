"""A small version of bench/faults.py on the accounts that ship with the project."""

from __future__ import annotations

import functools
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from jsextract.check.equations import equations
from jsextract.model.document import Document
from jsextract.model.report import Report
from jsextract.pipeline import extract, read, understand
from jsextract.rules.ruleset import load_rules
from tests.faults.figures import FOUND, KINDS, faults, hidden, state, tolerances, unheld, verdict
from tests.faults.planted import KINDS as TEXT_KINDS
from tests.faults.planted import new_findings

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
ACCOUNTS = ("account_shanghai.pdf", "account_hubei.pdf", "account_sichuan.pdf", "account_yuan.pdf")


@functools.cache
def accounts() -> tuple[Report, ...]:
    return tuple(extract(FIXTURES / name) for name in (*ACCOUNTS, "account_institution.pdf", "account_links.pdf"))


@pytest.mark.parametrize("number", range(6))
def test_an_account_that_is_right_has_no_finding(number: int) -> None:
    results = equations(accounts()[number], load_rules())
    assert len(results) > 30
    assert not [r.message for r in results if r.status in FOUND]


@pytest.mark.parametrize("kind", KINDS)
def test_faults_in_cells_that_an_identity_holds_are_found(kind: str) -> None:
    reports = accounts()[: len(ACCOUNTS)]
    clean = [state(report) for report in reports]
    known = [tolerances(report) for report in reports]
    found: Counter[str] = Counter()
    for made, fault in enumerate(faults(reports, 12 * len(KINDS), seed=7)):
        number = (made // len(KINDS)) % len(reports)
        told = fault.where in known[number] and not unheld(fault)
        if fault.kind == kind and told and not hidden(fault, known[number]):
            found[verdict(fault, clean[number])] += 1
    assert found.total() >= 5
    assert found["silent"] <= 2
    # Columns of T2 and T3 that are blank or strange leave some checks unmade, which is told.
    assert found["found"] >= (0.6 if kind == "columns swapped" else 0.75) * found.total()


@functools.cache
def as_printed(name: str) -> tuple[Document, Report]:
    document = read(FIXTURES / name)
    return document, understand(document, load_rules())


@pytest.mark.parametrize("kind", list(TEXT_KINDS))
def test_an_error_in_the_text_is_told_once(kind: str) -> None:
    rng, rules = Random(11), load_rules()
    told: Counter[int] = Counter()
    for name in ACCOUNTS:
        document, report = as_printed(name)
        fault = next((f for _ in range(20) if (f := TEXT_KINDS[kind](rng, document, report))), None)
        if fault is not None:
            told[len(new_findings(fault, report, rules))] += 1
    assert told.total() >= 3
    assert told[1] >= told.total() - 1
