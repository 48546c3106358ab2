"""Every rule holds by its own examples, and no rule file hides a fault."""

from __future__ import annotations

import pytest

from jsextract.extract.examples import faults
from jsextract.patterns.rules import load_rules

RULES = load_rules()


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_rule_holds_by_its_examples(rule):
    assert list(faults(rule)) == []
