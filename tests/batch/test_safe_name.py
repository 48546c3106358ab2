"""Two names never become one."""

from __future__ import annotations

import itertools
import os

import pytest

from jsextract.batch.safe_name import safe_name
from jsextract.dataset.csvtext import field_text

PIECES = ["%", "2", "5", "0", "A", "E5", "\n", os.fsdecode(b"\xe5"), "\x85", "决", "'", "="]


def test_no_two_names_become_one_in_the_dataset() -> None:
    names = {"".join(pieces) for length in range(1, 5) for pieces in itertools.product(PIECES, repeat=length)}
    assert len({field_text(safe_name(name)) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("%E5%86%B3%E7%AE%97.pdf", "%E5%86%B3%E7%AE%97.pdf"),  # what a browser made of a Chinese name
        ("a%0Ab.pdf", "a%250Ab.pdf"),
        ("a%250Ab.pdf", "a%25250Ab.pdf"),
        ("a\x9b31m.pdf", "a%C2%9B31m.pdf"),
        ("增长12%的说明.pdf", "增长12%的说明.pdf"),
    ],
)
def test_names_stay_as_they_are_where_nothing_is_amiss(name: str, written: str) -> None:
    assert safe_name(name) == written
