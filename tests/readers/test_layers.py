"""A page's own text beside what is recognised in its picture: neither is believed against the other."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from jsextract.model.document import Line, Mark, Page
from jsextract.model.geometry import Box
from jsextract.readers.layers import beside_layer, beside_picture
from jsextract.tables.recognised import with_doubted_facts
from jsextract.vocabulary import Flag
from tests.made import fact

FIGURES = ("1,200.50", "300.25", "14.00", "7.5", "88.10", "6,100.00")


def page(figures: tuple[str, ...], source: str = "ocr", right: float = 0.0) -> Page:
    """A page with a figure on each line, each of its characters five points wide."""
    lines = []
    for at, text in enumerate(figures):
        edges = tuple((100 + right + 5 * i, 105 + right + 5 * i) for i in range(len(text)))
        y = 100.0 + 20 * at
        lines.append(Line(1, text, Box(edges[0][0], y, edges[-1][1], y + 10), edges, 9.0, at))
    return Page(number=1, width=595, height=842, source=source, lines=tuple(lines))


def doubted(seen: Page) -> list[float]:
    return [mark.box.y0 for mark in seen.marks if mark.flag == Flag.LOW_CONFIDENCE]


def test_a_figure_of_which_the_layer_says_something_else_is_in_doubt() -> None:
    layer = page(("1200.50", "300.25", "14.00", "1.5", "88.10", "6,100.00"))
    seen = beside_layer(page(FIGURES), layer)
    assert doubted(seen) == [160.0]
    assert seen.lines == page(FIGURES).lines


def test_where_readings_differ_the_layer_is_one_more() -> None:
    mark = Mark("readings_differ:300.25|800.25", Box(100, 120, 130, 130))
    layer = page(("1200.50", "500.25", "14.00", "7.5", "88.10", "6100.00"))
    seen = beside_layer(replace(page(FIGURES), marks=(mark,)), layer)
    assert seen.marks[0].flag == "readings_differ:300.25|800.25|500.25"


@pytest.mark.parametrize(
    "layer",
    [page(tuple(figure[::-1] for figure in FIGURES)), page(FIGURES, right=200), page(FIGURES[:3])],
    ids=["bad", "elsewhere", "short"],
)
def test_a_layer_that_cannot_be_compared_says_nothing(layer: Page) -> None:
    assert beside_layer(page(FIGURES), layer) == page(FIGURES)


def test_a_text_whose_digits_are_others_than_the_picture_shows_lies() -> None:
    lying = page(tuple(f.translate(str.maketrans("0123456789", "1234567890")) for f in FIGURES), "native")
    assert beside_picture(lying, page(FIGURES)) == page(FIGURES)


def test_a_text_that_agrees_stays_with_its_doubts() -> None:
    typed = page(FIGURES, "native")
    assert beside_picture(typed, page(FIGURES)) == typed
    other = beside_picture(typed, page((*FIGURES[:5], "6,400.00")))
    assert (other.source, other.lines, doubted(other)) == ("native", typed.lines, [200.0])


def test_a_turned_picture_is_not_compared() -> None:
    typed = page(FIGURES, "native")
    assert beside_picture(typed, replace(page(FIGURES[::-1]), rotation=90)) == typed


def test_facts_of_a_layer_alone_are_of_low_confidence() -> None:
    one = fact(page=1, value=Decimal("7.5"), value_text="7.5", flags=())
    both = replace(one, flags=("ocr:0.99",))
    words = replace(one, value_text="无")
    found = with_doubted_facts([one, both, words, replace(one, page=2)], [page(FIGURES)])
    assert [f.flags for f in found] == [(Flag.LOW_CONFIDENCE,), ("ocr:0.99",), (), ()]
