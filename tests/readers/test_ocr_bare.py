"""Specks that are read as points and dashes; what may be printed there stays in doubt."""

from __future__ import annotations

from typing import Any

import pytest

np = pytest.importorskip("numpy")
cv2 = pytest.importorskip("cv2")

from jsextract.readers.ocr import doubt  # noqa: E402
from jsextract.readers.ocr.bare import Bare, bare_sides  # noqa: E402
from jsextract.readers.ocr.doubt import Piece, read_again  # noqa: E402
from jsextract.readers.ocr.engine import Char, Reading  # noqa: E402

LEFT, RIGHT, TOP, FOOT = 80, 119, 22, 39  # of the digits that are drawn: black bars with gaps

Rectangle = tuple[int, int, int, int]


def picture(*things: Rectangle) -> Any:
    """Four digits, and things beside them as left, top, width and height."""
    image = np.full((60, 200, 3), 255, np.uint8)
    for x in range(LEFT, RIGHT, 10):
        image[TOP:FOOT, x : x + 9] = 0
    for x, y, wide, high in things:
        image[y : y + high, x : x + wide] = 0
    return image


def sides(*things: Rectangle) -> Bare:
    return bare_sides(picture(*things), 26, LEFT - 6, RIGHT + 6)


@pytest.mark.parametrize(
    ("what", "things"),
    [
        ("nothing", []),
        ("a speck above the foot", [(72, 28, 2, 2)]),
        ("a speck further away than points stand", [(60, 37, 2, 2)]),
        ("two specks far from each other", [(70, 24, 2, 2), (50, 37, 2, 2)]),
        ("the rest of a ruling", [(0, 0, 2, 60)]),
    ],
)
def test_specks_are_nothing(what: str, things: list[Rectangle]) -> None:
    assert sides(*things) == (True, True), what


@pytest.mark.parametrize(
    ("what", "things"),
    [
        ("a point", [(74, 36, 3, 3)]),
        ("a comma", [(74, 36, 3, 6)]),
        ("a dash", [(66, 30, 8, 2)]),
        ("a dash in pieces", [(50, 30, 3, 2), (55, 30, 3, 2)]),
        ("a digit", [(60, TOP, 8, 17)]),
        ("a digit at the edge", [(0, TOP, 8, 17)]),
        ("a thin digit in pieces", [(70, 23, 2, 3), (70, 32, 2, 2)]),
    ],
)
def test_what_may_be_printed_is_not_nothing(what: str, things: list[Rectangle]) -> None:
    assert sides(*things) == (False, True), what


@pytest.mark.parametrize(("things", "bare"), [([(74, 36, 3, 3)], True), ([(74, 36, 3, 6)], False)])
def test_a_number_with_a_point_has_no_other_beside_it(things: list[Rectangle], bare: bool) -> None:
    assert bare_sides(picture(*things), 26, LEFT - 6, RIGHT + 6, has_point=True).before is bare


def test_where_no_digit_is_seen_nothing_is_known() -> None:
    assert bare_sides(np.full((60, 200, 3), 255, np.uint8), 26, 74, 125) == (False, False)


@pytest.mark.parametrize(
    ("first", "second", "things", "kept", "agreed"),
    [
        (".11", "11", [(72, 28, 2, 2)], "11", True),
        ("11", "·11.", [(72, 28, 2, 2)], "11", True),
        ("04.", "04", [], "04", True),
        (".11", "11", [(74, 36, 3, 3)], ".11", False),
        ("-11", "11", [(66, 30, 8, 2)], "-11", False),
        ("11", "1", [(72, 28, 2, 2)], "11", False),
    ],
)
def test_readings_are_held_against_each_other_without_specks(
    first: str, second: str, things: list[Rectangle], kept: str, agreed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doubt, "read_strip", lambda strip: Reading(second, (1.0,) * len(second)))
    wide = (RIGHT - LEFT) / len(first.strip(".-"))
    start = LEFT - wide * (not first[0].isdigit())
    chars = tuple(Char(char, 1.0, start + i * wide, start + (i + 1) * wide) for i, char in enumerate(first))
    read = read_again(Piece(chars, TOP - 4, FOOT + 4), picture(*things), ())
    assert (read.text, not read.is_disputed) == (kept, agreed)
