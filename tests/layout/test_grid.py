"""Rulings to grids, step by step."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jsextract.layout.grid import CellSpan, Segment, components, find_grids, join_segments, snap, snapped_segments
from jsextract.model.document import Ruling


def flat(y: float, x0: float = 0, x1: float = 300) -> Ruling:
    return Ruling(x0, y, x1, y)


def tall(x: float, y0: float = 0, y1: float = 60) -> Ruling:
    return Ruling(x, y0, x, y1)


def full(xs: list[float], ys: list[float]) -> list[Ruling]:
    return [flat(y, xs[0], xs[-1]) for y in ys] + [tall(x, ys[0], ys[-1]) for x in xs]


def only(rulings: list[Ruling]):
    grids = find_grids(1, rulings)
    assert len(grids) == 1
    return grids[0]


@given(st.lists(st.floats(0, 800), min_size=1, max_size=40))
def test_snapping_moves_nothing_further_than_its_reach(values):
    common = snap(values)
    assert set(common) == set(values)
    assert all(abs(value - at) <= 3.5 for value, at in common.items())


def test_pieces_of_one_ruling_are_joined_and_dashes_too():
    assert join_segments([Segment(5, 0, 10), Segment(5, 12, 20), Segment(5, 40, 50)]) == [
        Segment(5, 0, 20),
        Segment(5, 40, 50),
    ]
    dashes = [Segment(5, x, x + 4) for x in range(0, 120, 10)]
    assert join_segments(dashes) == [Segment(5, 0, 114)]


def test_a_double_rule_beside_a_single_one_makes_no_row():
    """An underline of two strokes in some columns, level with the single stroke of the others but wider than it."""
    both = [flat(y, 100, 300) for y in (26, 28)]
    grid = only([*full([0, 100, 300], [0, 30, 60]), *both])
    assert (grid.n_rows, grid.n_cols) == (2, 2)
    assert all(span.row_span == 1 for span in grid.spans)


def test_double_rulings_are_one():
    h, v = snapped_segments([flat(10), flat(12), tall(0), tall(1.5), tall(300)])
    assert len(h) == 1
    assert len(v) == 2


def test_rows_of_tables_beside_each_other_are_each_table_s_own():
    """Nearly at one height, but apart: neither table takes the other's rulings for doubles of its own."""
    left, right = full([0, 100, 200], [0, 20, 40]), full([300, 400, 500], [3, 23, 43])
    assert [(g.xs[0], g.ys) for g in find_grids(1, [*left, *right])] == [(0, (0, 20, 40)), (300, (3, 23, 43))]


def test_plain_grid():
    grid = only(full([0, 100, 300], [0, 20, 40, 60]))
    assert (grid.n_rows, grid.n_cols, len(grid.spans)) == (3, 2, 6)


def test_merged_cells_have_their_spans():
    rulings = [flat(0), flat(20, 100, 300), flat(40), flat(60), tall(0), tall(100), tall(200, 20, 60), tall(300)]
    grid = only(rulings)
    assert CellSpan(0, 0, 2, 1) in grid.spans
    assert CellSpan(0, 1, 1, 2) in grid.spans
    assert sum(s.row_span * s.col_span for s in grid.spans) == grid.n_rows * grid.n_cols


def test_joined_slots_that_are_no_rectangle_are_cut_into_rows():
    rulings = [flat(0), flat(20, 0, 100), flat(40), tall(0, 0, 40), tall(100, 20, 40), tall(300, 0, 40)]
    grid = only(rulings)
    assert sum(s.row_span * s.col_span for s in grid.spans) == grid.n_rows * grid.n_cols


def test_missing_outer_verticals_are_drawn():
    grid = only([flat(0), flat(20), flat(40), tall(100, 0, 40), tall(200, 0, 40)])
    assert grid.xs == (0, 100, 200, 300)
    assert len(grid.spans) == 6


def test_missing_top_and_bottom_are_drawn():
    grid = only([flat(20), flat(40), tall(0), tall(150), tall(300)])
    assert grid.ys == (0, 20, 40, 60)


def test_two_tables_on_a_page_are_two_grids():
    assert len(find_grids(1, full([0, 100, 300], [0, 20]) + full([0, 150, 300], [100, 120, 140]))) == 2


def test_lines_that_cross_nothing_are_no_grid():
    assert find_grids(1, [flat(10), flat(30), tall(700, 500, 600)]) == []


def test_a_box_inside_a_cell_is_left_out():
    grids = find_grids(1, full([0, 100, 300], [0, 50, 100]) + full([120, 140, 160], [10, 20, 30]))
    assert [(g.n_rows, g.n_cols) for g in grids] == [(2, 2)]


def test_a_table_inside_a_frame_is_itself():
    frame = full([-20, 320], [-40, 400])
    assert only([*frame, *full([0, 100, 300], [0, 20, 40])]).xs[0] == 0


def test_too_many_crossings_are_given_up():
    many = [Segment(float(i), 0, 4000) for i in range(4000)]
    assert components(many, many) == []


@given(
    st.lists(st.integers(8, 60), min_size=1, max_size=6),
    st.lists(st.integers(8, 60), min_size=1, max_size=6),
    st.floats(-0.8, 0.8),
)
def test_every_slot_belongs_to_one_cell(widths, heights, shake):
    xs, ys = [0.0], [0.0]
    for w in widths:
        xs.append(xs[-1] + w)
    for h in heights:
        ys.append(ys[-1] + h)
    rulings = full(xs, ys)
    rulings = [Ruling(r.x0 + shake, r.y0, r.x1 + shake, r.y1) if i % 2 else r for i, r in enumerate(rulings)]
    grid = only(rulings)
    taken = {
        (r, c) for s in grid.spans for r in range(s.row, s.row + s.row_span) for c in range(s.col, s.col + s.col_span)
    }
    assert len(taken) == grid.n_rows * grid.n_cols == len(widths) * len(heights)
