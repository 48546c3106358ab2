"""What runs through print, or lies below it: streaks and creases, dark fills, watermarks, pale strokes in pieces."""

from __future__ import annotations

from typing import Any

import pytest

np = pytest.importorskip("numpy")
cv2 = pytest.importorskip("cv2")

from jsextract.layout.titles import is_above, is_title  # noqa: E402
from jsextract.readers.ocr.copies import for_search, is_copy  # noqa: E402
from jsextract.readers.ocr.doubt import Piece  # noqa: E402
from jsextract.readers.ocr.engine import Char, Reading, Word  # noqa: E402
from jsextract.readers.ocr.fills import without_fills  # noqa: E402
from jsextract.readers.ocr.picture import find_strokes  # noqa: E402
from jsextract.readers.ocr.sheet import read_sheet  # noqa: E402
from jsextract.readers.ocr.streaks import run_through, without_streaks  # noqa: E402
from jsextract.readers.ocr.watermark import without_watermark  # noqa: E402

WIDTH, HEIGHT = 900, 1200
LEVELS, WALLS = range(200, 681, 60), range(100, 801, 175)
BLUE, WHITE, BLACK = (170, 90, 40), (255, 255, 255), (0, 0, 0)


def table(shade: int = 0) -> Any:
    """A table with a number in each cell; rulings thin and of a shade."""
    image = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    for y in LEVELS:
        cv2.line(image, (WALLS[0], y), (WALLS[-1], y), (shade,) * 3, 1 if shade else 2)
    for x in WALLS:
        cv2.line(image, (x, LEVELS[0]), (x, LEVELS[-1]), (shade,) * 3, 1 if shade else 2)
    for y in LEVELS[:-1]:
        for x in WALLS[:-1]:
            cv2.putText(image, "1,234.56", (x + 20, y + 42), cv2.FONT_HERSHEY_SIMPLEX, 0.8, BLACK, 2)
    return image


def streaked(image: Any, at: int, level: int = 70) -> Any:
    out = image.copy()
    out[:, at : at + 2] = np.minimum(out[:, at : at + 2], level)
    return out


@pytest.mark.parametrize("turned", [False, True])
def test_a_line_from_edge_to_edge_is_taken_off_and_print_below_it_stays(turned: bool) -> None:
    page, seen = table(), streaked(table(), 160)
    page, seen = (np.ascontiguousarray(p.transpose(1, 0, 2)) if turned else p for p in (page, seen))
    clean, ran = without_streaks(seen)
    assert (ran < 128).any(axis=1 if turned else 0)[155:166].sum() <= 4
    assert (ran < 128).sum(axis=0 if turned else 1).max() <= 4
    assert ((clean < 150) != (page < 150)).mean() < 1e-4


def test_walls_that_end_with_the_table_are_no_streaks_though_they_reach_from_edge_to_edge_of_its_picture() -> None:
    alone = np.ascontiguousarray(table()[LEVELS[0] : LEVELS[-1] + 1, WALLS[0] : WALLS[-1] + 1])
    for picture in (table(), alone):
        clean, ran = without_streaks(picture)
        assert clean is picture
        assert ran is None


def test_what_a_streak_ran_through_is_found_on_the_page_that_was_set_straight() -> None:
    askew = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), 1.0, 1.0)
    page = streaked(cv2.warpAffine(table(), askew, (WIDTH, HEIGHT), borderValue=WHITE), 160)
    sheet, _ = read_sheet(page, lambda image: [Word((Char("收", 1.0, 0, 9),), 0, 9)])
    assert len([s for s in find_strokes(sheet.image) if s[0] == s[2]]) == len(WALLS)
    through, beside = (Piece((Char("1", 1.0, x, x + 110),), 690, 720, (Reading("1", (1.0,)),)) for x in (100, 280))
    assert [number.agreed for number in run_through(through, sheet.streaks)] == [True]
    assert not list(run_through(beside, sheet.streaks))
    assert not list(run_through(through, None))


def header_of(image: Any) -> Any:
    return image[LEVELS[0] + 8 : LEVELS[1] - 8, WALLS[0] + 8 : WALLS[1] - 8]


def test_bright_print_on_a_dark_fill_is_turned_about() -> None:
    page = table()
    cv2.rectangle(page, (WALLS[0], LEVELS[0]), (WALLS[-1], LEVELS[1]), BLUE, -1)
    for x in WALLS[:-1]:
        cv2.putText(page, "1,234.56", (x + 20, LEVELS[0] + 42), cv2.FONT_HERSHEY_SIMPLEX, 0.8, WHITE, 2)
    for x in WALLS[1:-1]:
        cv2.line(page, (x, LEVELS[0]), (x, LEVELS[1]), WHITE, 2)
    turned = without_fills(page)
    assert np.abs(header_of(turned).astype(int) - header_of(table())).mean() < 10
    level = [s[1] for s in find_strokes(turned) if s[1] == s[3]]
    assert sorted(level) == pytest.approx(list(LEVELS), abs=3)
    assert len(find_strokes(turned)) == len(find_strokes(table()))
    assert np.array_equal(turned[LEVELS[1] + 8 :], page[LEVELS[1] + 8 :])


def test_dark_print_on_a_fill_and_fills_without_print_stay() -> None:
    marked = table()
    cv2.rectangle(marked, (WALLS[0], LEVELS[0]), (WALLS[1], LEVELS[1]), (60, 130, 130), -1)
    cv2.putText(marked, "1,234.56", (WALLS[0] + 20, LEVELS[0] + 42), cv2.FONT_HERSHEY_SIMPLEX, 0.8, BLACK, 2)
    empty = table()
    cv2.rectangle(empty, (WALLS[0], LEVELS[0]), (WALLS[1], LEVELS[1]), BLUE, -1)
    bold = table()
    for x in range(300, 600, 42):  # characters of a title, soft and close to each other
        cv2.rectangle(bold, (x, 100), (x + 38, 138), BLACK, -1)
        cv2.line(bold, (x + 8, 112), (x + 30, 112), WHITE, 4)
        cv2.line(bold, (x + 8, 126), (x + 30, 126), WHITE, 4)
    for page in (table(), marked, empty, cv2.GaussianBlur(bold, (0, 0), 1.0)):
        assert np.array_equal(without_fills(page), page)


def crossed(shade: int, thick: int) -> Any:
    """The table on crosses all over the page, as pale as a shade."""
    below = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    for y in range(60, HEIGHT, 170):
        for x in range(50, WIDTH, 160):
            cv2.line(below, (x, y), (x + 70, y + 60), (shade,) * 3, thick)
            cv2.line(below, (x + 70, y), (x, y + 60), (shade,) * 3, thick)
    return np.minimum(below, table())


@pytest.mark.parametrize("shade", [190, 205])
def test_a_watermark_is_as_bright_as_paper_and_print_on_it_stays(shade: int) -> None:
    clean = without_watermark(crossed(shade, 8))
    assert ((clean < 200) != (table() < 200)).mean() < 0.002
    assert (clean[:, :, 0] > 230)[760:].all()


def test_pale_titles_and_soft_rulings_are_no_watermark() -> None:
    title = table()
    cv2.putText(title, "FINAL ACCOUNTS", (60, 120), cv2.FONT_HERSHEY_SIMPLEX, 2.4, (190,) * 3, 12)
    soft = table()
    for y in LEVELS:
        cv2.line(soft, (WALLS[0], y), (WALLS[-1], y), (170,) * 3, 7)
    for page in (table(), title, soft):
        assert without_watermark(page) is page


def test_pale_thin_rulings_are_no_specks_of_a_copy() -> None:
    page = table(140)
    rng = np.random.default_rng(1)
    noisy = (page + rng.normal(0, 12, (HEIGHT, WIDTH, 1))).clip(0, 255).astype(np.uint8)
    assert not is_copy(noisy)
    assert for_search(noisy) is noisy
    assert is_copy(np.where(rng.random((HEIGHT, WIDTH, 1)) < 0.002, 0, page).astype(np.uint8))


@pytest.mark.parametrize("text", ["公开02表", "公开0:2表", "公开O2表"])
def test_the_number_of_a_form_is_no_title_though_it_is_misread(text: str) -> None:
    assert is_above(text)
    assert not is_title(text)
