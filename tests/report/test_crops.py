"""Cuts out of pages: frames are where the figures are, on turned pages and continued tables, too."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from jsextract.check.figure import cell_ref
from jsextract.model.document import Document
from jsextract.model.report import Report
from jsextract.pipeline import read, understand
from jsextract.report import labels
from jsextract.report.crops import SCALE, Crop, crops
from jsextract.report.places import Places
from jsextract.rules.ruleset import load_rules
from tests import made
from tests.report.made import FIXTURES

FRAME = (176, 0, 32)


def opened(name: str) -> tuple[Places, Document, Report]:
    document = read(FIXTURES / name)
    report = understand(document, load_rules())
    return Places(report), document, report


def framed(crop: Crop) -> tuple[int, int, int, int]:
    """The box of all frames in a picture, in pixels."""
    image = Image.open(BytesIO(crop.png)).convert("RGB")
    spots = [(x, y) for x in range(image.width) for y in range(image.height) if image.getpixel((x, y)) == FRAME]
    assert spots
    across, down = zip(*spots, strict=True)
    return min(across), min(down), max(across) + 1, max(down) + 1


@pytest.mark.parametrize("name", ["account_shanghai.pdf", "trap_rotate_90.pdf", "trap_landscape_between.pdf"])
def test_the_frame_is_as_large_as_the_figure_and_has_ink_in_it(name: str) -> None:
    places, document, report = opened(name)
    for cell in [c for c in report.cells if c.value_text and c.is_standard][::40]:
        (evidence,) = places.evidence([cell])
        (crop,) = crops(document, [evidence.cut])
        assert crop is not None
        x0, y0, x1, y1 = framed(crop)
        assert abs((x1 - x0) - cell.box.width * SCALE) < 12, cell_ref(cell)
        inside = Image.open(BytesIO(crop.png)).convert("L").crop((x0 + 5, y0 + 5, x1 - 5, y1 - 5))
        assert inside.getextrema()[0] < 120, f"{cell_ref(cell)}: nothing is printed in the frame"


def test_a_row_of_a_later_page_stands_under_the_header_of_the_first() -> None:
    places, document, report = opened("trap_repeated_header.pdf")
    pages: dict[str, set[int]] = {}
    for cell in report.cells:
        pages.setdefault(cell.table, set()).add(cell.page)
    table = next(name for name, found in sorted(pages.items()) if len(found) > 1)
    later = next(c for c in report.cells if c.table == table and c.page == max(pages[table]) and c.value_text)
    (evidence,) = places.evidence([later])
    assert evidence.cut.table is not None
    assert evidence.cut.table.head_page == min(pages[table]) < later.page
    (crop,) = crops(document, [evidence.cut])
    assert crop is not None
    assert framed(crop)[1] > 40, "title and header stand above the row"


def test_facts_near_each_other_share_a_picture_and_others_do_not() -> None:
    places, _, report = opened("account_shanghai.pdf")
    facts = [fact for fact in report.facts if fact.box and fact.value is not None]
    rate = next(fact for fact in facts if fact.measure == "change_rate")
    near = [fact for fact in facts if fact.sentence == rate.sentence]
    far = next(fact for fact in facts if fact.page != rate.page)
    assert len(near) > 1
    assert [len(evidence.rows) for evidence in places.evidence([*near, far])] == [len(near), 1]


def test_what_has_no_page_has_no_picture_and_its_quote_stands_among_its_words() -> None:
    places, _, report = opened("account_text.txt")
    assert places.evidence(report.facts) == []
    found = places.passage("财政拨款收入2832.85万元")
    assert found is not None
    before, quote, after, heading = found
    assert quote == "财政拨款收入2832.85万元"
    assert (before.endswith("其中，"), after.startswith("，占")) == (True, True)
    assert heading


def test_a_file_that_was_repaired_is_drawn_from_its_repaired_copy(tmp_path: Path) -> None:
    """More junk stands before its header than the reader passes over."""
    damaged = tmp_path / "damaged.pdf"
    damaged.write_bytes(b"\x01junk\n" * 1000 + (FIXTURES / "trap_repeated_header.pdf").read_bytes())
    document = read(damaged)
    assert "repaired" in document.flags
    report = understand(document, load_rules())
    cell = next(cell for cell in report.cells if cell.value_text)
    (evidence,) = Places(report).evidence([cell])
    (crop,) = crops(document, [evidence.cut])
    assert crop is not None
    assert framed(crop)


def test_a_cell_of_a_workbook_is_told_by_its_sheet_and_place() -> None:
    assert labels.spot(made.cell(sheet="表3", cell_ref="B7", page=1)).zh == "表3!B7"
    assert labels.spot(made.cell(page=7)).en == "p. 7"
