"""No fact that a fault in the reading makes wrong is said to be confirmed."""

from __future__ import annotations

import pytest

from fixtures.draw.draw import draw_account
from fixtures.draw.style import STYLES
from jsextract.vocabulary import Evidence
from tests.faults.reading import analysed, faults, is_wrong, numbers


@pytest.mark.parametrize("name", ["shanghai", "links", "yuan"])
def test_nothing_wrong_is_confirmed(name: str):
    account = analysed(*draw_account(11, STYLES[name].with_(producer="reportlab")))
    confirmed = 0
    for kind, what, report, known, renamed in faults(account, 11, 16):
        for fact in numbers(report):
            if fact.evidence == Evidence.CONFIRMED:
                confirmed += 1
                assert not is_wrong(fact, known, renamed), (kind, what, fact)
    assert confirmed > 500  # and much is
