from __future__ import annotations

import pytest

from jsextract.check.equation_rules import Rule, rules
from jsextract.check.evaluate import example_figures, example_status


@pytest.mark.parametrize("rule", [rule for rule in rules() if rule.examples], ids=lambda rule: rule.id)
def test_examples_of_an_equation(rule: Rule) -> None:
    for example in rule.examples:
        figures = example_figures(example.figures, example.unit)
        assert example_status(rule, figures) == example.status, dict(example.figures)
    assert {"pass", "fail", "not_checkable"} <= {example.status for example in rule.examples}
