"""Characters to lines: what a reader sees, in the order of the page."""

from __future__ import annotations

import io

import pikepdf
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from jsextract.errors import Corrupt, EmptyFile, Encrypted, NotPdf, TooLarge, Unreadable
from jsextract.readers.pdf import pdfium
from jsextract.readers.pdf.pdfium import read_pdf
from tests.readers.drawn import HEIGHT, WIDTH, pdf


def texts(data: bytes, page: int = 0) -> list[str]:
    return [line.text for line in read_pdf(data).pages[page].lines]


def test_point_stays_in_its_number():
    def draw(sheet):
        sheet.text(50, 100, "合计 9,746.50万元")

    assert texts(pdf(draw)) == ["合计 9,746.50万元"]


def test_lines_come_by_position_whatever_the_order_in_the_file():
    def draw(sheet):
        sheet.text(50, 140, "第三行")
        sheet.text(300, 100, "右")
        sheet.text(50, 120, "第二行")
        sheet.text(50, 100, "左")

    assert texts(pdf(draw)) == ["左 右", "第二行", "第三行"]


def test_characters_drawn_two_and_three_times_count_once():
    def draw(sheet):
        for shift in (0, 0.3, 0.5):
            sheet.text(50 + shift, 100, "1122.55总计")

    assert texts(pdf(draw)) == ["1122.55总计"]


def test_spread_words_have_one_space_between_characters():
    def draw(sheet):
        for i, char in enumerate("本年收入"):
            sheet.text(50 + 30 * i, 100, char)

    assert texts(pdf(draw)) == ["本 年 收 入"]


def test_edges_follow_the_characters():
    def draw(sheet):
        sheet.text(50, 100, "收入12")

    line = read_pdf(pdf(draw)).pages[0].lines[0]
    assert len(line.edges) == len(line.text)
    assert line.edges[0] == pytest.approx((50, 60), abs=0.5)
    assert line.box.y0 < 100 < line.box.y1
    assert line.span_box(2, 4).x0 == pytest.approx(70, abs=0.5)


def test_what_a_reader_does_not_see_is_left_out_and_counted():
    def draw(sheet):
        sheet.text(50, 100, "看得见")
        canvas = sheet.canvas
        canvas.setFillGray(1)
        sheet.text(50, 120, "白")
        canvas.setFillGray(0)
        sheet.text(50, 140, "小", size=0.4)
        sheet.text(-200, 160, "页外")
        hidden = canvas.beginText(50, HEIGHT - 180)
        hidden.setFont("STSong-Light", 10)
        hidden.setTextRenderMode(3)
        hidden.textOut("隐藏字")
        canvas.drawText(hidden)

    page = read_pdf(pdf(draw)).pages[0]
    assert [line.text for line in page.lines] == ["看得见"]
    assert page.dropped == {"invisible": 5, "off_page": 2}


def test_white_words_on_a_coloured_header_are_seen():
    def draw(sheet):
        sheet.bar(40, 85, 300, 110, grey=0.2)
        sheet.canvas.setFillGray(1)
        sheet.text(50, 100, "项目")

    assert texts(pdf(draw)) == ["项目"]


def test_slanted_words_are_a_watermark():
    def draw(sheet):
        sheet.text(50, 100, "正文")
        sheet.canvas.saveState()
        sheet.canvas.translate(200, 400)
        sheet.canvas.rotate(35)
        sheet.canvas.drawString(0, 0, "999.99")
        sheet.canvas.restoreState()

    page = read_pdf(pdf(draw)).pages[0]
    assert [line.text for line in page.lines] == ["正文"]
    assert page.dropped == {"watermark": 6}


def upright(sheet):
    sheet.text(50, 100, "收入支出决算总表")
    sheet.text(50, 120, "合计 12.50")
    sheet.grid((40, 200, 300), (85, 105, 125))


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_rotation_by_the_page_gives_the_upright_page(turn):
    plain = pdf(upright)
    with pikepdf.open(io.BytesIO(plain)) as document:
        page = document.pages[0]
        turned = {90: [0, 1, -1, 0, HEIGHT, 0], 180: [-1, 0, 0, -1, WIDTH, HEIGHT], 270: [0, -1, 1, 0, 0, WIDTH]}
        page.contents_add(pikepdf.unparse_content_stream([(turned[turn], pikepdf.Operator("cm"))]), prepend=True)
        width, height = (HEIGHT, WIDTH) if turn != 180 else (WIDTH, HEIGHT)
        page.MediaBox = [0, 0, width, height]
        page.Rotate = turn
        out = io.BytesIO()
        document.save(out)
    first, second = read_pdf(plain).pages[0], read_pdf(out.getvalue()).pages[0]
    assert second.rotation == turn
    assert [line.text for line in second.lines] == [line.text for line in first.lines]
    assert (second.width, second.height) == pytest.approx((first.width, first.height), abs=0.1)
    for a, b in zip(first.lines, second.lines, strict=True):
        assert (a.box.x0, a.box.y0, a.box.x1, a.box.y1) == pytest.approx(
            (b.box.x0, b.box.y0, b.box.x1, b.box.y1), abs=0.6
        )
    boxes = [sorted((round(r.x0), round(r.y0), round(r.x1), round(r.y1)) for r in p.rulings) for p in (first, second)]
    assert boxes[0] == boxes[1]


def test_text_turned_by_its_own_matrix_is_turned_upright():
    def draw(sheet):
        sheet.canvas.translate(WIDTH, 0)
        sheet.canvas.rotate(90)
        sheet.canvas.setFont("STSong-Light", 10)
        sheet.canvas.drawString(100, 300, "横表 1,234.50")
        # two text objects that touch: pdfium sets a space between them that nobody printed
        sheet.canvas.setFont("Times-Roman", 10)
        sheet.canvas.drawString(100, 280, "2")
        sheet.canvas.drawString(105, 280, "2,395.50")

    page = read_pdf(pdf(draw)).pages[0]
    assert page.rotation == 90
    assert (page.width, page.height) == pytest.approx((HEIGHT, WIDTH), abs=0.1)
    assert [line.text for line in page.lines] == ["横表 1,234.50", "22,395.50"]
    assert page.lines[0].box.x0 == pytest.approx(100, abs=1)


def test_a_few_turned_words_do_not_turn_the_page():
    def draw(sheet):
        sheet.text(50, 100, "这是正文的一整行文字")
        sheet.canvas.translate(500, 400)
        sheet.canvas.rotate(90)
        sheet.canvas.drawString(0, 0, "12")

    page = read_pdf(pdf(draw)).pages[0]
    assert page.rotation == 0
    assert [line.text for line in page.lines] == ["这是正文的一整行文字", "12"]
    assert page.lines[1].box.x0 == pytest.approx(490, abs=6)


def test_page_without_a_text_layer():
    def draw(sheet):
        sheet.bar(50, 50, 100, 100)

    source = read_pdf(pdf(draw))
    assert source.pages[0].source == "none"
    assert all(page.source != "native" for page in source.pages)


def test_rulings_from_strokes_thin_bars_edges_and_forms():
    def draw(sheet):
        sheet.line(50, 100, 200, 100)
        sheet.bar(50, 119.7, 200, 120.3)
        sheet.bar(300, 200, 400, 240, grey=0.8)
        sheet.bar(300, 300, 400, 340, grey=1.0)
        canvas = sheet.canvas
        canvas.beginForm("lines")
        canvas.line(0, 0, 0, 50)
        canvas.endForm()
        canvas.translate(450, 500)
        canvas.doForm("lines")

    found = {(round(r.x0), round(r.y0), round(r.x1), round(r.y1)) for r in read_pdf(pdf(draw)).pages[0].rulings}
    assert {(50, 100, 200, 100), (50, 120, 200, 120)} <= found
    assert {(300, 200, 400, 200), (300, 240, 400, 240), (300, 200, 300, 240), (400, 200, 400, 240)} <= found
    assert (450, 292, 450, 342) in found
    assert not any(300 <= y0 <= 340 for _, y0, _, _ in found - {(450, 292, 450, 342)})


def test_owner_password_only_reads_with_a_flag():
    def draw(sheet):
        sheet.text(50, 100, "限制复制")

    lock = StandardEncryption("", ownerPassword="owner", canPrint=0, canCopy=0)
    source = read_pdf(pdf(draw, encrypt=lock))
    assert "copy-restricted" in source.flags
    assert source.pages[0].lines[0].text == "限制复制"


def test_user_password():
    def draw(sheet):
        sheet.text(50, 100, "加密")

    data = pdf(draw, encrypt=StandardEncryption("open", ownerPassword="owner"))
    with pytest.raises(Encrypted, match="password"):
        read_pdf(data)
    assert read_pdf(data, password="open").pages[0].lines[0].text == "加密"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"<!DOCTYPE html><html><body>404</body></html>", "web page"),
        (b"PK\x03\x04" + b"\x00" * 26 + b"word/document.xml", "docx"),
        (b"PK\x03\x04" + b"\x00" * 26 + b"OFD.xml", "OFD"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500, "Office"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 100, "JPEG"),
        (b"just some words", "no PDF"),
    ],
)
def test_other_files_are_named(data, what):
    with pytest.raises(NotPdf, match=what):
        read_pdf(data)


def test_errors_of_files(tmp_path, monkeypatch):
    with pytest.raises(EmptyFile):
        read_pdf(b"")
    with pytest.raises(Corrupt):
        read_pdf(b"%PDF-1.7\n" + b"\x00" * 400)
    with pytest.raises(Unreadable):
        read_pdf(tmp_path)
    monkeypatch.setattr(pdfium, "MAX_PAGES", 1)
    with pytest.raises(TooLarge, match="pages"):
        read_pdf(pdf(upright, upright))
    monkeypatch.setattr(pdfium, "MAX_BYTES", 100)
    with pytest.raises(TooLarge, match="bytes"):
        read_pdf(pdf(upright))


def test_text_on_a_layer_that_is_off_is_left_out():
    def draw(sheet):
        sheet.text(50, 100, "合计 1,234.56")
        sheet.text(50, 120, "合计 5,555.55")

    with pikepdf.open(io.BytesIO(pdf(draw))) as document:
        names = [pikepdf.String("数据"), pikepdf.String("旧数据")]
        layers = [document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=name)) for name in names]
        document.Root.OCProperties = pikepdf.Dictionary(
            OCGs=layers, D=pikepdf.Dictionary(ON=[layers[0]], OFF=[layers[1]])
        )
        page = document.pages[0]
        page.Resources.Properties = pikepdf.Dictionary(L0=layers[0], L1=layers[1])
        marked, number = [], 0
        for instruction in pikepdf.parse_content_stream(page):
            if instruction.operator == pikepdf.Operator("Tj"):
                marked.append(([pikepdf.Name.OC, pikepdf.Name(f"/L{number}")], pikepdf.Operator("BDC")))
                number += 1
            marked.append(instruction)
            if instruction.operator == pikepdf.Operator("Tj"):
                marked.append(([], pikepdf.Operator("EMC")))
        page.Contents = document.make_stream(pikepdf.unparse_content_stream(marked))
        out = io.BytesIO()
        document.save(out)
    page = read_pdf(out.getvalue()).pages[0]
    assert [line.text for line in page.lines] == ["合计 1,234.56"]
    assert page.dropped == {"invisible": 10}
