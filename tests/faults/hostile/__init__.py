"""Hostile files of all kinds but PDF, each with the rows that it must give."""

from __future__ import annotations

import random

from tests.faults.hostile.archives import archives
from tests.faults.hostile.case import Hostile
from tests.faults.hostile.fixed import blank, fixed
from tests.faults.hostile.pages import pages
from tests.faults.hostile.words import words
from tests.faults.hostile.workbooks import workbooks

KINDS = {
    "archives": archives, "workbooks": workbooks, "Word": words, "web pages": pages, "OFD": fixed, "blank": blank,
}  # fmt: skip


def hostile(seed: int) -> dict[str, list[Hostile]]:
    """All of them, by kind; the same ones for the same seed."""
    return {kind: list(make(random.Random(f"{seed} {kind}"))) for kind, make in KINDS.items()}
