"""Figures that were typed onto the page as annotations."""

from __future__ import annotations

import io

import pikepdf
import pytest

from jsextract.readers.pdf.pdfium import read_pdf
from tests.readers.drawn import HEIGHT, pdf


def annotated(*notes: tuple[float, float, float, float, str], hidden: bool = False, rotate: int = 0) -> bytes:
    """A page with 合计 and these notes (left, top, right, bottom from the top of the page, text)."""
    with pikepdf.open(io.BytesIO(pdf(lambda sheet: sheet.text(50, 100, "合计", 9)))) as document:
        page = document.pages[0]
        page.Annots = pikepdf.Array(
            [
                document.make_indirect(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.Annot,
                        Subtype=pikepdf.Name.FreeText,
                        Rect=pikepdf.Array([left, HEIGHT - bottom, right, HEIGHT - top]),
                        Contents=pikepdf.String(text),
                        DA=pikepdf.String("/Helv 9 Tf 0 g"),
                        F=2 if hidden else 4,
                    )
                )
                for left, top, right, bottom, text in notes
            ]
        )
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def test_a_figure_typed_onto_the_page_stands_in_its_row_and_is_marked():
    page = read_pdf(annotated((200, 89, 270, 105, "1,870.25"), (300, 89, 370, 105, "12.50"))).pages[0]
    assert [line.text for line in page.lines] == ["合计 1,870.25 12.50"]
    assert {mark.flag for mark in page.marks} == {"annotation"}
    edges = page.lines[0].edges
    assert (edges[3][0], edges[-1][0]) == (pytest.approx(202), pytest.approx(320))
    assert all(200 <= x0 < x1 <= 370 for x0, x1 in edges[3:])


def test_a_hidden_annotation_is_not_read():
    page = read_pdf(annotated((200, 89, 270, 105, "1,870.25"), hidden=True)).pages[0]
    assert ([line.text for line in page.lines], page.marks) == (["合计"], ())


def test_lines_of_one_annotation_stand_under_each_other():
    page = read_pdf(annotated((200, 120, 270, 160, "1.50\r2.50"))).pages[0]
    assert [line.text for line in page.lines] == ["合计", "1.50", "2.50"]


def field(*, kid: bool) -> bytes:
    """A page with 合计 and a text field, whose value stands with it or with its parent."""
    with pikepdf.open(io.BytesIO(pdf(lambda sheet: sheet.text(50, 100, "合计", 9)))) as document:
        told = {"FT": pikepdf.Name.Tx, "T": pikepdf.String("a"), "V": pikepdf.String("318.25")}
        place = {"Rect": pikepdf.Array([200, HEIGHT - 105, 270, HEIGHT - 89]), "DA": pikepdf.String("/Helv 9 Tf 0 g")}
        widget = document.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, F=4, **place)
        )
        top = widget
        if kid:
            top = document.make_indirect(pikepdf.Dictionary(Kids=pikepdf.Array([widget])))
            widget.Parent = top
        for key, value in told.items():
            top[f"/{key}"] = value
        document.pages[0].Annots = pikepdf.Array([widget])
        document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([top]))
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("kid", [False, True])
def test_a_figure_in_a_form_field_is_read_and_marked(kid):
    page = read_pdf(field(kid=kid)).pages[0]
    assert [line.text for line in page.lines] == ["合计 318.25"]
    assert {mark.flag for mark in page.marks} == {"annotation"}


def test_what_an_annotation_covers_is_not_read():
    data = pdf(lambda sheet: sheet.text(50, 100, "合计 777.25", 9))
    with pikepdf.open(io.BytesIO(data)) as document:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Square, F=4, IC=pikepdf.Array([1, 1, 1]),
            Rect=pikepdf.Array([70, HEIGHT - 105, 140, HEIGHT - 89]),
        )  # fmt: skip
        note.AP = pikepdf.Dictionary(
            N=document.make_stream(
                b"1 g 0 0 70 16 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
                BBox=pikepdf.Array([0, 0, 70, 16]),
            )
        )  # fmt: skip
        document.pages[0].Annots = pikepdf.Array([document.make_indirect(note)])
        out = io.BytesIO()
        document.save(out)
    assert [line.text for line in read_pdf(out.getvalue()).pages[0].lines] == ["合计"]
