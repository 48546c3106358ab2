from __future__ import annotations

import pytest

from jsextract.check.evaluate import example_figures, example_status
from jsextract.rules.equation_rules import EquationRule
from jsextract.rules.ruleset import load_rules


@pytest.mark.parametrize("rule", [rule for rule in load_rules().equations if rule.examples], ids=lambda rule: rule.id)
def test_examples_of_an_equation(rule: EquationRule) -> None:
    for example in rule.examples:
        figures = example_figures(example.figures, example.unit)
        assert example_status(rule, figures) == example.status, dict(example.figures)
    assert {"pass", "fail", "not_checkable"} <= {example.status for example in rule.examples}
