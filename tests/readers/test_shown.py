"""What a viewer does not show is no figure, whatever hides it."""

from __future__ import annotations

import io

import pikepdf
import pytest

from jsextract.readers.pdf.pdfium import read_pdf
from jsextract.readers.pdf.shown import MOST_PIXELS, frame
from tests.readers.drawn import HEIGHT, pdf

HIDDEN = "871.25"


def texts(data: bytes) -> list[str]:
    return [line.text for line in read_pdf(data).pages[0].lines]


def flags(data: bytes) -> set[str]:
    return {mark.flag for mark in read_pdf(data).pages[0].marks}


def beside(draw) -> bytes:
    """A row with a name and a figure that is seen; `draw` adds the other."""

    def page(sheet):
        sheet.text(50, 100, "合计")
        sheet.right(120, 100, "12.50")
        sheet.canvas.saveState()
        draw(sheet)
        sheet.canvas.restoreState()

    return pdf(page)


def figure(sheet):
    sheet.right(200, 100, HIDDEN)


def grey(tone: float):
    def draw(sheet):
        sheet.canvas.setFillGray(tone)
        figure(sheet)

    return draw


def alpha(share: float):
    def draw(sheet):
        sheet.canvas.setFillAlpha(share)
        figure(sheet)

    return draw


def white_on_a_shade(sheet):
    sheet.bar(150, 88, 220, 104, grey=0.96)
    grey(1.0)(sheet)


def dark_on_dark(sheet):
    sheet.bar(150, 88, 220, 104, grey=0.25)
    grey(0.25)(sheet)


def speck(sheet):
    sheet.right(200, 100, HIDDEN, 1.6)


def out_of_its_clip(sheet):
    area = sheet.canvas.beginPath()
    area.rect(300, 300, 50, 50)
    sheet.canvas.clipPath(area, stroke=0)
    figure(sheet)


def within_a_form(inner):
    def draw(sheet):
        sheet.canvas.beginForm("form")
        inner(sheet)
        sheet.canvas.endForm()
        sheet.canvas.doForm("form")

    return draw


def under_a_rounded_patch(sheet):
    figure(sheet)
    sheet.canvas.setFillGray(1)
    sheet.canvas.roundRect(150, HEIGHT - 104, 70, 18, 4, stroke=0, fill=1)


def under_a_patch_in_a_form(sheet):
    figure(sheet)
    within_a_form(lambda s: s.bar(150, 88, 220, 104, grey=1.0))(sheet)


def under_a_broad_stroke(sheet):
    figure(sheet)
    sheet.canvas.setStrokeGray(1)
    sheet.line(150, 96, 220, 96, width=16)


def under_a_picture(sheet):
    from PIL import Image

    figure(sheet)
    sheet.canvas.drawInlineImage(Image.new("RGB", (8, 8), "white"), 150, HEIGHT - 104, 70, 18)


@pytest.mark.parametrize(
    "draw",
    [
        grey(0.98), grey(0.96), alpha(0.02), white_on_a_shade, dark_on_dark, speck, out_of_its_clip,
        within_a_form(out_of_its_clip), within_a_form(grey(1.0)), under_a_rounded_patch, under_a_patch_in_a_form,
        under_a_broad_stroke, under_a_picture,
    ],
)  # fmt: skip
def test_what_leaves_no_ink_is_not_read(draw):
    assert texts(beside(draw)) == ["合计 12.50"]


def white_on_a_bar(sheet):
    sheet.bar(150, 88, 220, 104, grey=0.3)
    grey(1.0)(sheet)


def under_a_veil(sheet):
    figure(sheet)
    sheet.canvas.setFillAlpha(0.3)
    sheet.canvas.roundRect(150, HEIGHT - 104, 70, 18, 4, stroke=0, fill=1)


@pytest.mark.parametrize("draw", [grey(0.6), alpha(0.5), white_on_a_bar, under_a_veil, within_a_form(figure)])
def test_what_is_pale_and_seen_is_read(draw):
    assert texts(beside(draw)) == ["合计 12.50 871.25"]


def test_a_figure_half_cut_off_is_read_whole_and_says_so():
    def draw(sheet):
        area = sheet.canvas.beginPath()
        area.rect(185, HEIGHT - 110, 50, 30)
        sheet.canvas.clipPath(area, stroke=0)
        figure(sheet)

    data = beside(draw)
    assert (texts(data), flags(data)) == (["合计 12.50 871.25"], {"clipped"})


def test_a_figure_typed_over_another_says_so():
    def draw(sheet):
        sheet.right(200, 100, "318.90")
        figure(sheet)

    assert flags(beside(draw)) == {"overprinted"}


def test_doubled_figures_are_one():
    def draw(sheet):
        figure(sheet)
        figure(sheet)

    data = beside(draw)
    assert (texts(data), flags(data)) == (["合计 12.50 871.25"], set())


def test_red_among_black_is_told_and_red_alone_is_not():
    def red(sheet):
        sheet.canvas.setFillColorRGB(0.8, 0, 0)
        sheet.right(200, 100, "1.25")

    assert flags(beside(red)) == {"colour_negative"}
    assert flags(pdf(red)) == set()


def layered(how: str) -> bytes:
    """A figure on a layer that is off; a visible layer has the same name, and objects are in compressed streams."""
    with pikepdf.open(io.BytesIO(beside(lambda sheet: None))) as document:
        page, root = document.pages[0], document.Root
        off, on = (
            document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("草稿"))) for _ in "ab"
        )
        state = {"OFF": pikepdf.Array([off])}
        if how == "base":
            state = {"BaseState": pikepdf.Name.OFF, "ON": pikepdf.Array([on])}
        root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([off, on]), D=pikepdf.Dictionary(**state))
        layer = off
        if how.endswith("members"):
            layer = pikepdf.Dictionary(
                Type=pikepdf.Name.OCMD, OCGs=pikepdf.Array([off, on]), P=pikepdf.Name("/AllOn" if how == "members" else "/AnyOn")
            )  # fmt: skip
        elif how == "expression":
            layer = pikepdf.Dictionary(Type=pikepdf.Name.OCMD, VE=pikepdf.Array([pikepdf.Name.Not, on]))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Courier)
        page.Resources.Font.Layer = font
        shown = f"BT /Layer 10 Tf 160 {HEIGHT - 100} Td ({HIDDEN}) Tj ET"
        if how == "form":
            form = document.make_stream(shown.encode(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, OC=layer)
            form.BBox = pikepdf.Array([0, 0, 595, 842])
            form.Resources = pikepdf.Dictionary(Font=page.Resources.Font)
            page.Resources.XObject = pikepdf.Dictionary(Form=form)
            shown = "/Form Do"
        else:
            page.Resources.Properties = pikepdf.Dictionary(Layer=layer)
            shown = f"/OC /Layer BDC {shown} EMC"
        page.contents_add(document.make_stream(f"\n{shown}\n".encode()))
        out = io.BytesIO()
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


@pytest.mark.parametrize("how", ["group", "base", "members", "expression", "form"])
def test_what_stands_on_a_layer_that_is_off_is_not_read(how):
    assert texts(layered(how)) == ["合计 12.50"]


def test_what_stands_on_a_layer_that_is_on_is_read():
    assert texts(layered("visible_members")) == ["合计 12.50 871.25"]


@pytest.mark.parametrize("side", [200.0, 842.0, 3000.0, 14_400.0])
def test_a_picture_has_no_more_pixels_than_its_limit_however_large_the_page(side):
    bounds = (0.0, 0.0, side, side)
    corners = [(0.0, 0.0, 20.0, 12.0), (side - 20, side - 12, side, side)]
    drawn = frame(corners, bounds)
    if drawn is not None:
        assert (drawn.right - drawn.left) * (drawn.bottom - drawn.top) <= MOST_PIXELS * 1.01
    assert (drawn is None) == (side > 3062)  # at 0.8 pixels a point


def test_on_a_huge_page_only_the_place_in_doubt_is_drawn():
    drawn = frame([(7000.0, 7000.0, 7050.0, 7012.0)], (0.0, 0.0, 14_400.0, 14_400.0))
    assert drawn is not None
    assert (drawn.right - drawn.left) * (drawn.bottom - drawn.top) < 5000


@pytest.mark.parametrize("side", [842, 14_000])
def test_what_leaves_no_ink_is_not_read_on_a_huge_page_either(side):
    made = pikepdf.open(io.BytesIO(beside(grey(0.97))))
    made.pages[0].MediaBox = [0, 0, side, side]
    written = io.BytesIO()
    made.save(written)
    assert texts(written.getvalue()) == ["合计 12.50"]
