"""What all records promise: they do not change, compare by content, and come through a pipe."""

from __future__ import annotations

import pickle

import pytest
from msgspec.structs import asdict

from jsextract.model.document import Line, Page
from jsextract.model.geometry import Box
from tests import made


def test_a_report_comes_through_a_pipe_unchanged() -> None:
    report = made.report()
    back = pickle.loads(pickle.dumps(report))
    assert back == report
    assert back is not report
    assert repr(asdict(back)) == repr(asdict(report)), "decimals have their digits, too"


def test_records_do_not_change() -> None:
    with pytest.raises(AttributeError, match="immutable"):
        made.cell().page = 3  # type: ignore[misc]


def test_equal_records_are_one_key() -> None:
    box = Box(1, 2, 3, 4)
    assert {Line(1, "决算", box), Line(1, "决算", Box(1, 2, 3, 4))} == {Line(1, "决算", box)}
    assert sorted([Box(2, 0, 3, 1), Box(1, 0, 3, 1)])[0].x0 == 1


def test_no_two_pages_share_their_counts() -> None:
    first, second = (Page(number=number, width=1, height=1) for number in (1, 2))
    first.dropped["doubled"] = 1
    assert not second.dropped


@pytest.mark.parametrize("edges", [(3, 0, 1, 1), (0, 3, 1, 1)])
def test_a_box_is_not_inside_out(edges: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="inside-out"):
        Box(*edges)
