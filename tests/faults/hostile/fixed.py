"""Hostile OFD files, and files of no bytes."""

from __future__ import annotations

import random
from collections.abc import Iterator

from fixtures.draw.ofd import SPACE
from tests.faults.hostile.case import NOBODY, READ, SECRET, TEXT, Hostile, cut, one
from tests.faults.hostile.workbooks import locked
from tests.readers.test_ofd_files import AREA, ofd, text

SAID = text(TEXT.decode(), code='DeltaX="g 99 4"', at="0 20 200 6")
_EMPTY = ("pdf", "txt", "xlsx", "xls", "docx", "doc", "html", "mht", "ofd", "zip", "7z", "rar", "rtf", "csv")


def fixed(luck: random.Random) -> Iterator[Hostile]:
    """OFD."""
    yield one("bomb.ofd", ofd(SAID, **{"Doc_0/Big": " " * (310 << 20)}), "too-large")
    yield one("bomb-page.ofd", ofd(" " * (90 << 20)), "too-large corrupt")
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    page = f"<ofd:Page {SPACE}>{AREA}<ofd:Content><ofd:Layer>{text('&l9;&e;')}</ofd:Layer></ofd:Content></ofd:Page>"
    yield one(
        "laughs.ofd",
        ofd("", **{"Doc_0/Page": f'<!DOCTYPE x [<!ENTITY l0 "ha"><!ENTITY e "">{laughs}]>{page}'}),
        "corrupt",
    )
    for name, place in (("secret", SECRET), ("address", NOBODY)):
        dtd = f'<!DOCTYPE x [<!ENTITY l9 ""><!ENTITY e SYSTEM "{place}">]>'
        yield one(f"{name}.ofd", ofd("", **{"Doc_0/Page": dtd + page}), "corrupt")
    for name, place in (("up", "../../../../etc/passwd"), ("web", NOBODY), ("file", SECRET)):
        document = f'<ofd:Document {SPACE}><ofd:Pages><ofd:Page BaseLoc="{place}"/></ofd:Pages></ofd:Document>'
        yield one(f"page-{name}.ofd", ofd("", **{"Doc_0/Document": document}), "corrupt")
    yield from _shapes()
    whole = ofd(SAID + "".join(text(luck.randbytes(8).hex()) for _ in range(300)))
    yield from cut("cut.ofd", whole, "corrupt", luck)
    yield one("members.ofd", locked(whole), "encrypted")
    yield one("encrypted.ofd", ofd(SAID, Encryptions="<a/>"), "encrypted")
    yield one("ofd.pdf", whole, READ, "wrong_suffix")
    yield one("ofd.zip", whole, READ, "wrong_suffix")


def _shapes() -> Iterator[Hostile]:
    """Drawings of no end, or in circles."""
    itself = '<ofd:CompositeObject Boundary="0 0 200 100" ResourceID="9"/>'
    unit = f'<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="9"><ofd:Content>{itself * 3}</ofd:Content></ofd:CompositeGraphicUnit>'
    yield one("composite.ofd", ofd(SAID + itself, res=f"{unit}</ofd:CompositeGraphicUnits>"), f"{READ} too-large")
    yield one(
        "template.ofd",
        ofd(SAID, template='</ofd:Layer></ofd:Content><ofd:Template TemplateID="7"/><ofd:Content><ofd:Layer>'),
        READ,
    )
    yield one("steps.ofd", ofd(text(TEXT.decode(), code='DeltaX="g 999999999 4"', at="0 20 200 6")), READ)
    for name, box in (
        ("nan", "nan nan nan nan"),
        ("inf", "0 0 1e309 6"),
        ("huge", "0 0 1e30 1e30"),
        ("words", "a b c d"),
    ):
        yield one(f"box-{name}.ofd", ofd(text(TEXT.decode(), at=box) + SAID), f"{READ} empty corrupt")
    area = AREA.replace("200 100", "1e9 1e9")
    page = f"<ofd:Page {SPACE}>{area}<ofd:Content><ofd:Layer>{SAID}</ofd:Layer></ofd:Content></ofd:Page>"
    yield one("side.ofd", ofd("", **{"Doc_0/Page": page}), f"{READ} too-large")
    lines = '<ofd:PathObject Boundary="0 0 200 100"><ofd:AbbreviatedData>' + "M 0 0 L 200 0 " * 400_000
    yield one("rulings.ofd", ofd(SAID + lines + "</ofd:AbbreviatedData></ofd:PathObject>"), f"{READ} too-large")
    yield one("letters.ofd", ofd(text("甲" * 300_000)), "too-large")
    pages = '<ofd:Page BaseLoc="Page.xml"/>' * 3000
    document = f"<ofd:Document {SPACE}><ofd:Pages>{pages}</ofd:Pages></ofd:Document>"
    yield one("pages.ofd", ofd(SAID, **{"Doc_0/Document": document}), "too-large")
    yield one("nested.ofd", ofd("<ofd:PageBlock>" * 100_000), "corrupt")


def blank(luck: random.Random) -> Iterator[Hostile]:
    """Files of no bytes, of a few, and of nothing but zeros."""
    for ending in _EMPTY:
        yield one(f"blank.{ending}", b"", "not-pdf" if ending == "pdf" else "empty")
        yield one(
            f"zeros.{ending}", bytes(5000), "not-pdf" if ending == "pdf" else "corrupt unsupported garbled-text empty"
        )
