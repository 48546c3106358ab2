"""Pictures of pages made flat, upright and white; what is drawn here stands for scans, photographs and copies."""

from __future__ import annotations

from typing import Any

import pytest

np = pytest.importorskip("numpy")
cv2 = pytest.importorskip("cv2")

from PIL import Image  # noqa: E402

from jsextract.readers.ocr.copies import for_search, is_copy  # noqa: E402
from jsextract.readers.ocr.doubt import Piece  # noqa: E402
from jsextract.readers.ocr.engine import Char, Word  # noqa: E402
from jsextract.readers.ocr.faint import is_illegible  # noqa: E402
from jsextract.readers.ocr.paper import levelled, positive  # noqa: E402
from jsextract.readers.ocr.picture import find_strokes, ink, is_blank  # noqa: E402
from jsextract.readers.ocr.seal import without_seals  # noqa: E402
from jsextract.readers.ocr.sheet import read_sheet  # noqa: E402
from jsextract.readers.ocr.skew import skew  # noqa: E402
from jsextract.readers.ocr.turn import legibility, lies_sideways, runs_down  # noqa: E402
from jsextract.readers.ocr.warp import flattened, mesh_of  # noqa: E402
from jsextract.readers.pdf.draw import laid_flat  # noqa: E402

WIDTH, HEIGHT = 900, 1200
LEVELS, WALLS = range(200, 1001, 80), range(100, 801, 175)
RED, BLACK = (60, 50, 215), (0, 0, 0)


def blank() -> Any:
    return np.full((HEIGHT, WIDTH, 3), 255, np.uint8)


def lines_of_type(image: Any) -> Any:
    for y in range(120, HEIGHT - 100, 45):
        cv2.putText(image, "1,234.56 of 7,890.12 and so on", (90, y), cv2.FONT_HERSHEY_SIMPLEX, 1.0, BLACK, 2)
    return image


def table() -> Any:
    image = blank()
    for y in LEVELS:
        cv2.line(image, (WALLS[0], y), (WALLS[-1], y), BLACK, 2)
    for x in WALLS:
        cv2.line(image, (x, LEVELS[0]), (x, LEVELS[-1]), BLACK, 2)
    for y in LEVELS[:-1]:
        for x in WALLS[:-1]:
            cv2.putText(image, "1,234.56", (x + 20, y + 50), cv2.FONT_HERSHEY_SIMPLEX, 0.8, BLACK, 2)
    return image


def askew(image: Any, degrees: float) -> Any:
    turn = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), -degrees, 1)
    return cv2.warpAffine(image, turn, (WIDTH, HEIGHT), borderValue=(255,) * 3)


def from_the_side(image: Any) -> Any:
    corners = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], np.float32)
    seen = np.array([[20, 30], [WIDTH - 5, 0], [WIDTH - 30, HEIGHT - 25], [0, HEIGHT - 5]], np.float32)
    return cv2.warpPerspective(
        image, cv2.getPerspectiveTransform(corners, seen), (WIDTH, HEIGHT), borderValue=(255,) * 3
    )


def bent(image: Any) -> Any:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    return cv2.remap(image, x, y + 25 * np.exp(-x / WIDTH / 0.2), cv2.INTER_CUBIC, borderValue=(255,) * 3)


@pytest.mark.parametrize("degrees", [-2.0, -0.7, 0.0, 1.6])
@pytest.mark.parametrize("page", [table, lambda: lines_of_type(blank())])
def test_a_page_tells_how_far_it_lies_askew(page: Any, degrees: float) -> None:
    assert skew(ink(askew(page(), degrees))) == pytest.approx(degrees, abs=0.1)


def test_a_blank_page_lies_as_it_lies() -> None:
    assert skew(ink(blank())) == 0
    assert mesh_of(blank()) is None


@pytest.mark.parametrize("distort", [lambda page: askew(page, 1.5), from_the_side, bent, lambda p: bent(askew(p, -1))])
def test_rulings_are_straight_when_the_page_is_flat(distort: Any) -> None:
    image = distort(table())
    mesh = mesh_of(image)
    assert mesh is not None
    strokes = find_strokes(flattened(image, mesh))
    assert len([s for s in strokes if s[1] == s[3] and s[2] - s[0] > 600]) == len(LEVELS)
    assert len([s for s in strokes if s[0] == s[2] and s[3] - s[1] > 700]) == len(WALLS)


def worn(image: Any) -> Any:
    """A third of the dots of print lost, as in a bad copy."""
    image[np.random.default_rng(1).random((HEIGHT, WIDTH)) < 0.33] = 255
    return image


def walls_of(image: Any) -> dict[int, tuple[int, int]]:
    """The upright rulings, each with the top and bottom of all its pieces, to the nearest ten."""
    found: dict[int, tuple[int, int]] = {}
    for x0, y0, x1, y1 in find_strokes(image):
        if x0 == x1:
            at = next((wall for wall in WALLS if abs(wall - x0) <= 3), round(x0))
            low, high = found.get(at, (HEIGHT, 0))
            found[at] = (min(low, round(y0, -1)), max(high, round(y1, -1)))
    return found


def low_table(rows: int = 3) -> Any:
    """A table of so few rows that its walls are no longer than strokes of a headline."""
    image, levels = blank(), range(200, 200 + 44 * rows + 1, 44)
    for y in levels:
        cv2.line(image, (WALLS[0], y), (WALLS[-1], y), BLACK, 2)
    for x in WALLS:
        cv2.line(image, (x, levels[0]), (x, levels[-1]), BLACK, 2)
    return image


def test_worn_walls_of_a_low_table_are_found() -> None:
    assert walls_of(worn(low_table())) == dict.fromkeys(WALLS, (200, 330))


def test_strokes_of_type_between_worn_rulings_are_no_walls() -> None:
    image = low_table()
    for y in (230, 274, 318):
        cv2.putText(image, "HIlI", (320, y), cv2.FONT_HERSHEY_SIMPLEX, 0.8, BLACK, 2)
    assert set(walls_of(worn(image))) == {*WALLS}


def test_a_wall_is_not_prolonged_by_a_stroke_of_type_in_line_with_it() -> None:
    image = low_table(8)
    cv2.rectangle(image, (WALLS[1] - 3, 203), (WALLS[1] + 3, 241), (255,) * 3, -1)  # one cell over two columns
    cv2.line(image, (WALLS[1], 213), (WALLS[1], 244), BLACK, 2)
    assert walls_of(image)[WALLS[1]] == (240, 550)


def test_a_flat_table_is_left_as_it_is() -> None:
    assert mesh_of(table()) is None


def test_a_page_is_drawn_as_it_was_laid_flat_to_be_read() -> None:
    image = bent(askew(table(), 1.0))
    mesh = mesh_of(image)
    assert mesh is not None
    drawn = np.asarray(laid_flat(Image.fromarray(image), mesh.bend(0.5), 2.0))
    apart = np.abs(drawn.astype(int) - flattened(image, mesh).astype(int))[50:-50, 50:-50]
    assert apart.mean() < 4


def rulings(image: Any) -> tuple[int, int]:
    """How many level and upright ones run over most of the table."""
    strokes = find_strokes(image)
    level = [s for s in strokes if s[1] == s[3] and s[2] - s[0] > 690]
    return len(level), len([s for s in strokes if s[0] == s[2] and s[3] - s[1] > 790])


def test_rulings_of_a_bad_copy_are_whole() -> None:
    rng = np.random.default_rng(7)
    page = table()
    page[rng.random((HEIGHT, WIDTH)) < 0.25] = 255
    assert rulings(page) == (len(LEVELS), len(WALLS))


def test_characters_below_each_other_are_no_wall_and_those_of_a_word_no_row() -> None:
    page = table()
    for y in LEVELS[:-1]:
        for dy in (12, 40):
            cv2.line(page, (250, y + dy), (250, y + dy + 24), BLACK, 3)  # as in 十, in rows set close
    for x in range(290, 410, 27):
        cv2.line(page, (x, 230), (x + 22, 230), BLACK, 2)  # as in 上
    strokes = find_strokes(page)
    assert len({s[1] for s in strokes if s[1] == s[3]}) == len(LEVELS)
    assert len({s[0] for s in strokes if s[0] == s[2]}) == len(WALLS)


def test_a_wall_ends_below_the_words_that_head_its_columns() -> None:
    page = table()
    page[202:278, WALLS[1] - 5 : WALLS[1] + 5] = 255  # a cell over two columns
    cv2.putText(page, "HEAD HEAD", (WALLS[1] - 80, 250), cv2.FONT_HERSHEY_SIMPLEX, 1, BLACK, 3)
    (wall,) = [s for s in find_strokes(page) if s[0] == s[2] and abs(s[0] - WALLS[1]) < 4]
    assert wall[1] == pytest.approx(LEVELS[1], abs=4)


def seal(image: Any, x: int, y: int) -> Any:
    stamp = np.full_like(image, 255)
    cv2.circle(stamp, (x, y), 120, RED, 9)
    cv2.putText(stamp, "*", (x - 30, y + 30), cv2.FONT_HERSHEY_SIMPLEX, 4, RED, 12)
    return (image.astype(int) * stamp // 255).astype(np.uint8)


def test_a_seal_goes_and_the_ink_below_it_stays() -> None:
    page = table()
    found = without_seals(seal(page, 420, 500))
    assert (np.abs(found.astype(int) - page.astype(int)).max(axis=2) < 60).mean() > 0.999


def test_red_figures_are_no_seal() -> None:
    page = table()
    cv2.putText(page, "-1,234.56", (300, 1100), cv2.FONT_HERSHEY_SIMPLEX, 1, RED, 2)
    assert without_seals(page) is page


def test_shade_and_what_lies_around_the_paper_go_and_points_stay() -> None:
    page = table()
    light = np.linspace(1, 0.55, WIDTH)[None, :, None]
    photographed = (page * light).astype(np.uint8)
    photographed[:, :25] = photographed[-30:] = 30
    lit = levelled(photographed)
    assert lit[206:222, 110:790].max(axis=2).min(axis=0)[[50, 300, 600]].min() > 235
    assert lit[:, :20].min() > 240
    dots = page[200:1000, 100:800].max(axis=2) < 50
    assert lit[200:1000, 100:800].max(axis=2)[dots].max() < 90


def test_a_negative_is_turned_about_and_a_page_on_a_dark_table_is_not() -> None:
    page = table()
    assert (positive(255 - page) == page).all()
    assert positive(page) is page
    dark = np.full((1600, 1600, 3), 60, np.uint8)
    dark[100:1300, 100:1000] = page[:1200, :900]
    assert positive(dark) is dark


def test_even_paper_is_left_as_it_is() -> None:
    page = table()
    assert levelled(page) is page


@pytest.mark.parametrize("page", [table, lambda: lines_of_type(blank())])
def test_type_that_runs_up_or_down_is_told(page: Any) -> None:
    upright = ink(page())
    assert not lies_sideways(upright)
    assert not lies_sideways(np.ascontiguousarray(np.rot90(upright, 2)))
    assert lies_sideways(np.ascontiguousarray(np.rot90(upright)))


def word(text: str, confidence: float, wide: float = 100, high: float = 20) -> Word:
    step = wide / len(text)
    return Word(tuple(Char(c, confidence, i * step, i * step + step) for i, c in enumerate(text)), 0, high)


def test_words_tell_how_a_page_lies() -> None:
    assert runs_down([word("收入决算表", 0.9, 20, 100), word("合计", 0.9)])
    assert not runs_down([word("收入决算表", 0.9), word("表", 0.9, 20, 100)])
    assert legibility([word("收入", 0.5), word("支出", 0.9), word("12.5", 0.1), word("支", 0.9)]) == 0.9
    assert legibility([]) == 1


@pytest.mark.parametrize("quarters", range(4))
def test_a_page_is_read_upright_however_it_lies(quarters: int) -> None:
    page = lines_of_type(blank())
    cv2.rectangle(page, (100, 20), (200, 60), BLACK, -1)  # the recogniser below sees where this is

    def find_words(image: Any) -> list[Word]:
        upright = image[:80, :300].min() == 0 and image.shape == page.shape
        return [word("收入支出", 0.95 if upright else 0.4)]

    sheet, words = read_sheet(np.ascontiguousarray(np.rot90(page, quarters)), find_words)
    assert legibility(words) == 0.95
    assert sheet.image.shape == page.shape
    assert sheet.quarters == quarters


def test_a_page_is_blank_but_for_specks_and_the_shadow_at_its_edge() -> None:
    paper = np.full((800, 600, 3), 250, np.uint8)
    for at in range(40, 560, 37):
        paper[at : at + 4, at : at + 4] = 60
    paper[:, :12] = 40
    assert is_blank(paper)
    cv2.putText(paper, "1", (300, 400), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 0, 0), 1)
    assert not is_blank(paper)


def test_a_page_of_type_is_not_bent_by_what_looks_like_rulings() -> None:
    page = lines_of_type(blank())
    for y in (140, 500, 860):  # bold strokes and underlines of single words, none in line with another
        cv2.line(page, (200, y), (390, y + 9), BLACK, 3)
    assert mesh_of(page) is None


def test_only_a_copy_full_of_specks_is_searched_without_them() -> None:
    page = lines_of_type(blank())
    specked = page.copy()
    specked[20:HEIGHT:40, 20:WIDTH:23] = 0
    assert for_search(page) is page
    found = for_search(specked)
    off = np.abs(found.astype(int) - cv2.GaussianBlur(page, (0, 0), 0.8))
    assert (found[20, 20] == 255).all()
    assert off.max() < 128  # where a speck touches a stroke
    assert off.mean() < 0.1


def test_a_page_of_strokes_in_pieces_is_illegible_and_one_of_specks_is_not() -> None:
    drawn = np.random.default_rng(1)
    faint = np.where(drawn.random((HEIGHT, WIDTH, 1)) < 0.3, lines_of_type(blank()), 255).astype(np.uint8)
    specked = np.where(drawn.random((HEIGHT, WIDTH, 1)) < 0.002, 0, lines_of_type(blank())).astype(np.uint8)
    whole = Piece((Char("1", 1.0, 0, WIDTH),), 0, HEIGHT)
    remnant = blank()
    remnant[300:560, 300:560] = faint[300:560, 300:560]
    assert is_illegible(faint, [])
    assert not is_illegible(faint, [whole])
    assert not is_illegible(remnant, [])  # such is left where a seal was taken off a cover
    assert not is_illegible(specked, [])
    assert not is_illegible(blank(), [])


def test_the_dots_of_a_contents_page_are_no_type_in_pieces() -> None:
    drawn = np.random.default_rng(1)
    page = blank()
    for y in range(200, HEIGHT - 40, 40):
        for x in range(100, WIDTH - 100, 12):
            page[y : y + 4, x : x + 4] = 0
    copied = np.where(drawn.random((HEIGHT, WIDTH, 1)) < 0.002, 0, page).astype(np.uint8)
    assert is_copy(copied)
    assert not is_illegible(copied, [])
    assert not is_illegible(page, [])
