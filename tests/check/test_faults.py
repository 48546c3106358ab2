"""A small version of bench/faults.py on the accounts that ship with the project."""

from __future__ import annotations

import functools
from collections import Counter
from pathlib import Path

import pytest

from jsextract.check.equations import equations
from jsextract.model.report import Report
from jsextract.pipeline import extract
from jsextract.rules.ruleset import load_rules
from tests.faults.figures import FOUND, KINDS, faults, hidden, state, tolerances, verdict

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
        if fault.kind == kind and fault.where in known[number] and not hidden(fault, known[number]):
            found[verdict(fault, clean[number])] += 1
    assert found.total() >= 5
    assert found["silent"] <= 2
    assert found["found"] >= 0.75 * found.total()
