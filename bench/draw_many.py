"""Accounts in mixed manners, drawn from seeds, some with a fault: what two builds of jsextract are held against.

    PYTHONPATH=CHECKOUT/src:CHECKOUT python bench/draw_many.py FOLDER --first SEED --count N

The checkout's own fixtures.draw draws (ReportLab only). A seed tells everything: the manner and which of its traits are
another's, the body, place and year, and the fault. Two of five accounts are wrong in one way: rulings gone or broken,
text shifted, one figure a page misprinted; so failing checks and the second readers are compared, too.
Every fifth account is of the body of the one before, a year later or of the same year.
"""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from fixtures.draw.compose import blocks_of
from fixtures.draw.draw import set_blocks
from fixtures.draw.invent import draw_year
from fixtures.draw.marks import PageMarks, TextMark
from fixtures.draw.profiles import COLLEGE, LIBRARY, PLACES, PROFILES, Profile
from fixtures.draw.reportlab_pages import write
from fixtures.draw.spoil import SPOILS
from fixtures.draw.style import STYLES, Style

YEARS = (2020, 2021, 2022, 2023, 2024)
TRAITS: dict[str, tuple[object, ...]] = {
    "separators": (True, False),
    "text_separators": (True, False),
    "zero": ("", "0.00", "0"),
    "trimmed": (True, False),
    "row_numbers": (True, False),
    "split_codes": (True, False),
    "short_list": (True, False),
    "t5_total_last": (True, False),
    "blocks": (2, 3),
    "t7_paired": (True, False),
    "t9_spent_only": (True, False),
    "form": (True, False),
    "subtotal": ("合计", "小计"),
    "rulings": ("strokes", "bars", "boxes"),
    "repeat_header": (True, False),
    "used_classes": (True, False),
    "table_size": (7.5, 8.0, 9.0),
    "body_size": (10.5, 11.0, 12.0),
    "font": ("zenhei", "uming"),
}
"""What may be another manner's; nearly all combinations are drawn."""
SHARE = 0.2  # of the traits of an account that are drawn anew
WRONG = 0.4  # of the accounts have a fault
REPEATS = 5  # every so many accounts one is of the body of that before
FAULTS = ("figures misprinted", *SPOILS)
FIGURE = re.compile(r"-?[\d,]+\.\d\d")


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose account it is, of which year, in which manner."""

    style: Style
    body: Profile
    place: tuple[str, str, str]
    year: int


def mixed(style: Style, rng: Random) -> Style:
    """The manner with some traits drawn anew."""
    changes = {name: rng.choice(values) for name, values in TRAITS.items() if rng.random() < SHARE}
    return style.with_(producer="reportlab", **changes)


def subject(seed: int) -> Subject:
    """What the seed tells of an account; every fifth is of the body of the seed before."""
    rng = Random(f"subject {seed}")
    style = mixed(rng.choice(list(STYLES.values())), rng)
    bodies = {"university": (COLLEGE,), "shanghai": (*PROFILES, LIBRARY)}.get(style.narrative, PROFILES)
    own = Subject(style, rng.choice(bodies), rng.choice(PLACES), rng.choice(YEARS))
    if seed % REPEATS:
        return own
    before = subject(seed - 1)
    return replace(before, year=before.year + rng.choice((0, 1)))


def misprint(pages: list[PageMarks], rng: Random) -> None:
    """One figure of each page of figures has another last digit or another first."""
    for page in pages:
        places = [i for i, m in enumerate(page.marks) if isinstance(m, TextMark) and FIGURE.fullmatch(m.text)]
        if places:
            at = rng.choice(places)
            mark = page.marks[at]
            assert isinstance(mark, TextMark)
            page.marks[at] = replace(mark, text=misread(mark.text, rng))


def misread(text: str, rng: Random) -> str:
    """The figure with its last digit, or its first, another one."""
    at = rng.choice((len(text) - 1, 1 if text.startswith("-") else 0))
    return text[:at] + rng.choice([d for d in "123456789" if d != text[at]]) + text[at + 1 :]


def draw(seed: int) -> tuple[str, bytes]:
    """The name and the bytes of an account."""
    what, rng = subject(seed), Random(f"fault {seed}")
    account = draw_year(seed, what.body, what.style.unit, what.year, what.place)
    blocks, _ = blocks_of(account, what.style)
    pages = set_blocks(blocks, what.style).pages
    fault = rng.choice(FAULTS) if rng.random() < WRONG else ""
    if fault:
        SPOILS.get(fault, misprint)(pages, rng)
    title = f"{account.entity}{account.year}年度{account.kind}"
    name = "_".join(filter(None, (str(seed), what.style.name, fault.replace(" ", "-"))))
    return f"{name}.pdf", write(pages, what.style.font, title)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--count", type=int, default=20)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for seed in range(options.first, options.first + options.count):
        name, pdf = draw(seed)
        (options.folder / name).write_bytes(pdf)


if __name__ == "__main__":
    main()
