"""The thresholds of layout: one frozen value, each threshold with its unit and what it decides."""

from __future__ import annotations

import re

import pytest

from jsextract.model.settings import LAYOUT

GROUPS = [getattr(LAYOUT, name) for name in LAYOUT.__struct_fields__]


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: type(group).__name__)
def test_every_threshold_is_explained_and_none_can_be_changed(group):
    said = re.findall(r"^ {8}([a-z_, ]+): ", type(group).__doc__ or "", flags=re.MULTILINE)
    assert {name for names in said for name in names.split(", ")} == set(group.__struct_fields__)
    with pytest.raises(AttributeError):
        setattr(group, group.__struct_fields__[0], 0)


def test_thresholds_are_positive_and_shares_below_one():
    for group in GROUPS:
        assert all(getattr(group, name) > 0 for name in group.__struct_fields__)
        for name, text in re.findall(r"^ {8}([a-z_]+): (share)\b", type(group).__doc__ or "", flags=re.MULTILINE):
            assert getattr(group, name) < 1, (name, text)
