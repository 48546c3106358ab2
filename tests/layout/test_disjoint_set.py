"""Sets that grow together, against the plain definition."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jsextract.model.disjoint_set import DisjointSet

PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20)


@given(PAIRS)
def test_what_was_joined_hangs_together_and_nothing_else_does(pairs):
    sets = DisjointSet(range(10))
    reached = {i: {i} for i in range(10)}
    for a, b in pairs:
        sets.join(a, b)
        whole = reached[a] | reached[b]
        reached |= dict.fromkeys(whole, whole)
    assert sets.groups() == [sorted(own) for i, own in reached.items() if i == min(own)]
    assert all((sets.find(a) == sets.find(b)) == (b in reached[a]) for a in range(10) for b in range(10))


def test_the_first_stands_for_both():
    sets = DisjointSet("abc")
    sets.join("b", "a")
    assert (sets.find("a"), sets.groups()) == ("b", [["a", "b"], ["c"]])
