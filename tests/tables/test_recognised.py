"""What is said of figures that were recognised in pictures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from jsextract.model.report import Project
from jsextract.tables.recognised import with_confidence
from tests import made

SURE, UNSURE = ("ocr:0.99",), ("ocr:0.62", "low_confidence")
TOLD = made.report().projects[0]
LISTED = replace(TOLD, flags=("from_table",), executed=Decimal("7.5"))


@pytest.mark.parametrize(
    ("project", "flags"),
    [
        (TOLD, ("ocr:0.62", "low_confidence")),
        (LISTED, ("from_table", "ocr:0.99")),
        (replace(LISTED, page=LISTED.page + 1), ("from_table",)),
    ],
)
def test_a_project_has_the_doubt_of_what_it_was_put_together_from(project: Project, flags: tuple[str, ...]) -> None:
    facts = (made.fact(project=TOLD.project, flags=SURE), made.fact(project=TOLD.project, flags=UNSURE))
    cells = (
        made.cell(page=TOLD.page, value=Decimal("7.5"), flags=SURE),
        made.cell(page=TOLD.page, value=Decimal("7.6"), flags=UNSURE),
    )
    (found,) = with_confidence([project], facts, cells)
    assert found.flags == flags
