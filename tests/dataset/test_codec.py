from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jsextract.dataset.codec import from_json, to_text
from tests import made


def test_a_report_survives_json() -> None:
    report = made.report(cells=(made.cell(), made.cell(value=None, box=None)))
    back = from_json(json.loads(to_text(report)))
    assert back == made.report(cells=(made.cell(box=back.cells[0].box), made.cell(value=None, box=None)))
    assert str(back.cells[0].value) == "1200.50"
    assert back.cells[0].box is not None
    assert back.cells[0].box.x1 == 30.126


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_numbers_keep_every_digit_and_trailing_zeros(value: Decimal) -> None:
    back = from_json(json.loads(to_text(made.report(cells=(made.cell(value=value),)))))
    assert str(back.cells[0].value) == str(value)


def test_a_result_of_another_version_is_still_read() -> None:
    data = json.loads(to_text(made.report()))
    data["a later field"] = 1
    del data["unread_amounts"]
    cells = data["cells"]
    at = cells["columns"].index("reader")
    cells["columns"][at] = "a later column"
    back = from_json(data)
    assert back.unread_amounts == 0
    assert back.cells[0].reader == ""
    assert back.cells[0].value == Decimal("1200.50")


def test_half_a_surrogate_pair_is_kept() -> None:
    report = made.report(cells=(made.cell(item_text="决\ud800算"),))
    assert from_json(json.loads(to_text(report))) == report


def test_what_is_no_report_is_refused() -> None:
    data = json.loads(to_text(made.report()))
    for spoilt in ({"rows": [["T3"]]}, {"rows": 3}, {"columns": ["table"], "rows": [[3]]}):
        with pytest.raises((KeyError, TypeError, ValueError)):
            from_json(data | {"cells": data["cells"] | spoilt})
