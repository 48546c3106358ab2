"""An OFD file says what its pages show, with boxes and rulings."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import astuple

from fixtures.draw.marks import LineMark, PageMarks
from fixtures.draw.ofd import SPACE, draw_ofd, to_ofd
from fixtures.draw.profiles import JUSTICE, PLACES, WATER
from fixtures.draw.style import SHANGHAI, YUAN
from jsextract import extract
from jsextract.model.document import Document
from jsextract.pipeline import read
from tests.readers.test_workbooks import claimed

FIXTURES = Path(__file__).parents[2] / "fixtures"
AREA = "<ofd:Area><ofd:PhysicalBox>0 0 200 100</ofd:PhysicalBox></ofd:Area>"
WIDE = 4.0  # millimetres


def ofd(objects: str, template: str = "", res: str = "", **parts: str) -> bytes:
    """An OFD file of one page."""
    use = '<ofd:Template TemplateID="7"/>' if template else ""
    parts = {
        "OFD": f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document": f"<ofd:Document {SPACE}><ofd:CommonData><ofd:DocumentRes>Res.xml</ofd:DocumentRes>"
        '<ofd:TemplatePage ID="7" BaseLoc="Tpl.xml"/></ofd:CommonData>'
        '<ofd:Pages><ofd:Page BaseLoc="Page.xml"/></ofd:Pages></ofd:Document>',
        "Doc_0/Page": f"<ofd:Page {SPACE}>{AREA}{use}<ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>",
        "Doc_0/Tpl": f"<ofd:Page {SPACE}><ofd:Content><ofd:Layer>{template}</ofd:Layer></ofd:Content></ofd:Page>",
        "Doc_0/Res": f"<ofd:Res {SPACE}>{res}</ofd:Res>",
        **parts,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            archive.writestr(f"{name}.xml", xml)
    return out.getvalue()


def text(words: str, code: str = 'DeltaX="g 99 4"', how: str = "", inner: str = "", at: str = "10 20 90 6") -> str:
    return (
        f'<ofd:TextObject Boundary="{at}" Size="{WIDE}" {how}>{inner}'
        f'<ofd:TextCode X="0" Y="4" {code}>{words}</ofd:TextCode></ofd:TextObject>'
    )


def opened(data: bytes) -> Document:
    return read(data, file="a.ofd")


def lines(data: bytes) -> list[str]:
    return [line.text for line in opened(data).pages[0].lines]


@pytest.mark.parametrize(
    ("pdf", "drawn"),
    [
        ("account_shanghai", draw_ofd(seed=2024, style=SHANGHAI, profile=WATER, year=2024, place=PLACES[0])),
        ("account_yuan", draw_ofd(seed=2021, style=YUAN, profile=JUSTICE, year=2021, place=PLACES[2])),
    ],
    ids=["shanghai", "yuan"],
)
def test_an_account_as_ofd_claims_what_it_claims_as_a_pdf(pdf: str, drawn: tuple[bytes, object]) -> None:
    report, printed = extract(drawn[0], file="a.ofd"), extract(FIXTURES / f"{pdf}.pdf")
    assert claimed(report) == claimed(printed)
    assert [cell.page for cell in report.cells] == [cell.page for cell in printed.cells]
    for one, other in zip(report.cells, printed.cells, strict=True):
        assert one.box is not None
        assert other.box is not None
        assert max(abs(a - b) for a, b in zip(astuple(one.box), astuple(other.box), strict=True)) < 2


def test_steps_place_each_character() -> None:
    (line,) = opened(ofd(text("收入3.5", 'DeltaX="g 2 4 2 2"'))).pages[0].lines
    assert line.text == "收入3.5"
    assert [round(x0 * 25.4 / 72) for x0, _ in line.edges] == [10, 14, 18, 20, 22]
    assert lines(ofd(text("收入支出", 'DeltaX="4 40 4"'))) == ["收入 支出"]
    assert lines(ofd(text("收入支出", 'DeltaX="4 -4 4" DeltaY="0 8 0"'))) == ["收入", "支出"]
    assert lines(ofd(text("收入", ""))) == ["收入"]


def test_matrices_scale_and_turn() -> None:
    small = text("收入", 'DeltaX="8"', 'CTM="0.5 0 0 0.5 0 0"')
    (line,) = opened(ofd(small)).pages[0].lines
    assert line.size == pytest.approx(WIDE / 2 / 25.4 * 72)
    page = opened(ofd(text("本年收入合计", how='CTM="0 1 -1 0 0 0"', at="50 10 9 90"))).pages[0]
    assert (page.rotation, [line.text for line in page.lines]) == (270, ["本年收入合计"])
    assert page.width < page.height


def test_what_is_not_seen_is_left_out_and_counted() -> None:
    white = '<ofd:FillColor Value="255 255 255"/>'
    objects = [
        text("甲"), text("乙", how='Visible="false"'), text("丙", inner=white), text("丁", how='Alpha="0"'),
        text("戊", inner=white, at="10 60 9 9"),
        '<ofd:PathObject Boundary="5 55 40 20" Fill="true" Stroke="false"><ofd:FillColor Value="0 0 90"/>'
        "<ofd:AbbreviatedData>M 0 0 L 40 0 L 40 20 L 0 20 C</ofd:AbbreviatedData></ofd:PathObject>",
    ]  # fmt: skip
    page = opened(ofd("".join(objects))).pages[0]
    assert [line.text for line in page.lines] == ["甲", "戊"]
    assert page.dropped == {"invisible": 3}


def test_templates_and_composites_are_drawn() -> None:
    unit = f'<ofd:CompositeGraphicUnit ID="9"><ofd:Content>{text("合成")}</ofd:Content></ofd:CompositeGraphicUnit>'
    objects = '<ofd:CompositeObject ResourceID="9" Boundary="0 30 9 9"/><ofd:CompositeObject ResourceID="8"/>'
    assert lines(ofd(objects, text("模板"), unit)) == ["模板", "合成"]
    endless = unit.replace(text("合成"), objects)
    assert opened(ofd(objects, res=endless)).flags == ("page-too-large",)


WHITE = (
    '<ofd:PathObject Boundary="5 10 40 20" Fill="true" Stroke="false" {how}><ofd:FillColor Value="255 255 255"/>'
    "<ofd:AbbreviatedData>M 0 0 L 40 0 L 40 20 L 0 20 C</ofd:AbbreviatedData></ofd:PathObject>"
)


def test_text_under_an_area_that_was_painted_over_it_is_left_out_and_told() -> None:
    old, new = text("旧支出"), text("新支出", at="10 21 90 6")
    page = opened(ofd(old + WHITE.format(how="") + new)).pages[0]
    assert [line.text for line in page.lines] == ["新支出"]
    assert (page.dropped, {mark.flag for mark in page.marks}) == ({"covered": 3}, {"patched"})
    assert lines(ofd(WHITE.format(how="") + old)) == ["旧支出"]
    assert lines(ofd(old + WHITE.format(how='Alpha="90"'))) == ["旧支出"]


def test_annotations_and_templates_lie_over_a_page_where_they_say_so() -> None:
    notes = f'<ofd:PageAnnot {SPACE}><ofd:Annot Type="Path"><ofd:Appearance Boundary="0 0 200 100">%s</ofd:Appearance>'
    places = {
        "Doc_0/Document": f"<ofd:Document {SPACE}><ofd:CommonData><ofd:TemplatePage ID='7' BaseLoc='Tpl.xml'/></ofd:CommonData>"
        "<ofd:Pages><ofd:Page ID='3' BaseLoc='Page.xml'/></ofd:Pages>"
        "<ofd:Annotations>Annots/All.xml</ofd:Annotations></ofd:Document>",
        "Doc_0/Annots/All": f"<ofd:Annotations {SPACE}><ofd:Page PageID='3'><ofd:FileLoc>One.xml</ofd:FileLoc></ofd:Page>"
        "</ofd:Annotations>",
        "Doc_0/Annots/One": notes % (WHITE.format(how="") + text("新支出")) + "</ofd:Annot></ofd:PageAnnot>",
    }
    page = opened(ofd(text("旧支出"), **places)).pages[0]
    assert [line.text for line in page.lines] == ["新支出"]
    assert {mark.flag for mark in page.marks} == {"patched", "annotation"}
    watermark = {**places, "Doc_0/Annots/One": places["Doc_0/Annots/One"].replace('"Path"', '"Watermark"')}
    assert lines(ofd(text("旧支出"), **watermark)) == ["旧支出"]
    page_xml = (
        f'<ofd:Page {SPACE}>{AREA}<ofd:Template TemplateID="7" %s/>'
        f"<ofd:Content><ofd:Layer>{text('旧支出')}</ofd:Layer></ofd:Content></ofd:Page>"
    )
    for order, seen in (("", ["旧支出"]), ('ZOrder="Foreground"', [])):
        assert lines(ofd("", WHITE.format(how=""), **{"Doc_0/Page": page_xml % order})) == seen


def test_paths_are_rulings_and_curves_are_none() -> None:
    curve = '<ofd:PathObject Boundary="0 0 9 9"><ofd:AbbreviatedData>M 0 0 B 1 1 2 2 9 0</ofd:AbbreviatedData></ofd:PathObject>'
    assert not opened(ofd(text("甲") + curve)).pages[0].rulings
    (ruling,) = opened(to_ofd([PageMarks(500, 300, [LineMark(10, 50, 90, 50)])], "")).pages[0].rulings
    assert [round(v) for v in (ruling.x0, ruling.y0, ruling.x1, ruling.y1)] == [10, 250, 90, 250]


def test_a_page_of_a_picture_needs_ocr_and_a_damaged_one_is_told() -> None:
    picture = '<ofd:ImageObject Boundary="0 0 200 100" CTM="200 0 0 100 0 0" ResourceID="1"/>'
    assert opened(ofd(picture)).health.problem == "needs-ocr"
    for broken in (ofd("", **{"Doc_0/Page": "<"}), ofd("", OFD="<a/>"), ofd(text("甲"))[:-300]):
        assert extract(broken, file="a.ofd").problem == "corrupt"
    assert extract(ofd(text("甲"), Encryptions="<a/>"), file="a.ofd").problem == "encrypted"
    outside = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    assert extract(ofd(text("甲"), **{"Doc_0/Document": outside}), file="a.ofd").problem == "corrupt"
