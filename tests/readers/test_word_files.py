"""A Word file says what is seen of it, and nothing that was deleted or hidden."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from fixtures.draw.profiles import CULTURE, JUSTICE, PLACES
from fixtures.draw.style import HUBEI, YUAN
from fixtures.draw.word import draw_word
from jsextract import extract
from jsextract.model.document import Document
from jsextract.pipeline import read
from tests.readers.test_workbooks import claimed
from tests.readers.word_files import cell, packed, para, part, row, run, table, word

FIXTURES = Path(__file__).parents[2] / "fixtures"
PICTURE = '<w:r><w:drawing><wp:inline><wp:extent cx="5000000" cy="3000000"/><pic:pic/></wp:inline></w:drawing></w:r>'


def opened(data: bytes) -> Document:
    return read(data, file="a.docx")


def lines(data: bytes) -> list[str]:
    return [line.text for line in opened(data).pages[0].lines]


def grids(data: bytes) -> list[list[tuple[str, int, int, int, int]]]:
    found = opened(data).pages[0].grids
    return [[(c.text, c.row, c.col, c.row_span, c.col_span) for c in grid.cells] for grid in found]


def locked() -> bytes:
    """What is left of a Word file under a password: an OLE file whose directory names its encrypted package."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    head[30] = 9  # sectors of 512 bytes; the directory is the first one
    return bytes(head) + "EncryptedPackage\0".encode("utf-16-le").ljust(512, b"\0")


@pytest.mark.parametrize(
    ("pdf", "drawn"),
    [
        ("account_hubei", draw_word(seed=2020, style=HUBEI, profile=CULTURE, year=2020, place=PLACES[3])),
        ("account_yuan", draw_word(seed=2021, style=YUAN, profile=JUSTICE, year=2021, place=PLACES[2])),
    ],
    ids=["hubei", "yuan"],
)
def test_an_account_as_a_word_file_claims_what_it_claims_as_a_pdf(pdf: str, drawn: tuple[bytes, object]) -> None:
    report = extract(drawn[0], file="a.docx")
    assert claimed(report) == claimed(extract(FIXTURES / f"{pdf}.pdf"))
    assert not [check for check in report.checks if check.status in ("fail", "minor")]
    assert {cell.page for cell in report.cells} == {1}
    assert report.format == "docx"


def test_numbers_that_word_adds_are_put_in() -> None:
    levels = [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")]
    xml = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        '<w:suff w:val="nothing"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{xml}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    styles = '<w:style w:styleId="S"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'

    def numbered(text: str, level: int, num: int = 1) -> str:
        return para(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')

    body = [
        numbered("收入", 0), numbered("本年", 1), numbered("税", 2), numbered("费", 2), numbered("上年", 1),
        numbered("利", 2), para("支出", '<w:pStyle w:val="S"/>'), numbered("结余", 1),
        para("无号", '<w:pStyle w:val="S"/><w:numPr><w:numId w:val="0"/></w:numPr>'), numbered("其他", 0, 2),
    ]  # fmt: skip
    assert lines(word("".join(body), numbering, styles)) == [
        "一、收入", "（一）本年", "1.税", "2.费", "（二）上年", "1.利", "二、支出", "（一）结余", "无号", "五、其他",
    ]  # fmt: skip


def test_changes_are_read_as_accepted() -> None:
    body = (
        para(f"{run('支出')}<w:del><w:r><w:delText>12</w:delText></w:r></w:del><w:ins>{run('34')}</w:ins>{run('万元')}")
        + para("本年收入", "<w:rPr><w:del/></w:rPr>")
        + para("5万元。")
        + table(
            [cell("甲"), cell("1")], row([cell("乙"), cell("2")], "<w:del/>"), row([cell("丙"), cell("3")], "<w:ins/>")
        )
    )
    assert lines(word(body)) == ["支出34万元", "本年收入5万元。"]
    assert [text for text, *_ in grids(word(body))[0]] == ["甲", "1", "丙", "3"]


def test_hidden_text_is_left_out_and_counted() -> None:
    styles = '<w:style w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = (
        para(run("收入") + run("99", "<w:vanish/>") + run("5", '<w:vanish w:val="0"/>'))
        + para("全隐", '<w:pStyle w:val="H"/>')
        + table([cell("甲"), cell("1")], row([cell("乙"), cell("22")], "<w:hidden/>"))
    )
    document = opened(word(body, styles=styles))
    assert [line.text for line in document.pages[0].lines] == ["收入5"]
    assert document.pages[0].dropped == {"hidden": 2 + 2 + 3}
    assert document.flags == ("hidden",)


def test_white_text_on_the_page_is_hidden_and_on_a_coloured_ground_it_is_seen() -> None:
    white, ground = '<w:color w:val="FFFFFF"/>', '<w:shd w:fill="1F4E79"/>'
    body = para(run("收入") + run("99", white)) + para(run("标签", white), ground) + para(run("签", white + ground))
    document = opened(word(body + table([cell(para(run("项目", white))), cell("金额")], [cell("合计"), cell("1")])))
    assert [line.text for line in document.pages[0].lines] == ["收入", "标签", "签"]
    assert document.pages[0].dropped == {"hidden": 2}
    assert document.pages[0].grids[0].cells[0].text == "项目"


def test_headings_by_style_part_a_text_that_has_no_numbers() -> None:
    def styled(words: str, level: int, how: str) -> str:
        style = f'<w:pStyle w:val="H{level}"/>' if how else f'<w:outlineLvl w:val="{level - 1}"/>'
        return para(words, style)

    styles = "".join(f'<w:style w:styleId="H{n}"><w:name w:val="heading {n}"/></w:style>' for n in (1, 2))
    for how in ("style", ""):
        body = (
            styled("青溪县粮食局2023年度部门决算", 1, how)
            + styled("部门概况", 1, how) + styled("主要职责", 2, how) + para("负责粮食收储和轮换。")
            + styled("部门决算情况说明", 1, how)
            + styled("机关运行经费支出情况", 2, how) + para("2023年度机关运行经费支出20.50万元。")
            + styled("政府采购", 2, how) + para("2023年度政府采购支出总额30.00万元。")
            + styled("名词解释", 1, how) + para("机关运行经费：指日常公用经费。")
        )  # fmt: skip
        report = extract(word(body, styles=styles), file="a.docx")
        assert (report.entity, report.year, report.kind) == ("青溪县粮食局", 2023, "部门决算")
        assert [(s.level, str(s.kind), s.topic, s.heading) for s in report.sections] == [
            (1, "overview", "", "部门概况"), (2, "overview", "duty", "主要职责"),
            (1, "narrative", "", "部门决算情况说明"), (2, "narrative", "operating", "机关运行经费支出情况"),
            (2, "narrative", "procurement", "政府采购"), (1, "glossary", "glossary", "名词解释"),
        ]  # fmt: skip
        assert {(f.topic, str(f.value)) for f in report.facts} == {("operating", "20.50"), ("procurement", "30.00")}


def test_a_style_alone_makes_no_heading() -> None:
    styled = '<w:outlineLvl w:val="0"/>'
    body = para("青溪县粮食局2023年度部门决算") + para(
        "2023年度机关运行经费支出20.50万元，比上年减少1.50万元。", styled
    )
    report = extract(word(body + para("同志们好", styled)), file="a.docx")
    assert [section.heading for section in report.sections] == [""]
    assert {str(fact.value) for fact in report.facts} == {"20.50", "-1.50"}


def test_merged_cells_span_rows_and_columns() -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        [cell("项目", down), cell("支出", '<w:gridSpan w:val="2"/>')],
        [cell("", on), cell("基本"), cell("项目支出")],
        row([cell("3")], '<w:gridBefore w:val="2"/>'),
    )
    assert grids(word(body)) == [
        [
            ("项目", 0, 0, 2, 1),
            ("支出", 0, 1, 1, 2),
            ("基本", 1, 1, 1, 1),
            ("项目支出", 1, 2, 1, 1),
            ("", 2, 0, 1, 1),
            ("", 2, 1, 1, 1),
            ("3", 2, 2, 1, 1),
        ]
    ]


def test_a_table_that_only_arranges_others_is_none() -> None:
    inner = table([cell("合计"), cell("1.5")])
    body = table([cell(para("收入决算表") + inner), cell("")]) + table([cell("一段话")])
    assert grids(word(body)) == [[("合计", 0, 0, 1, 1), ("1.5", 0, 1, 1, 1)]]
    assert lines(word(body)) == ["收入决算表", "", "一段话"]


def test_figures_under_each_other_in_a_cell_are_several_values() -> None:
    inner = table([cell("7"), cell("8")], [cell("9"), cell("6")]) + para("")
    rows = [
        [cell("项目"), cell("本年收入合计"), cell("财政拨款收入")],
        [cell("合计"), cell(para("100") + para("200")), cell(para("<w:r><w:t>30</w:t><w:br/><w:t>400</w:t></w:r>"))],
        [cell("教育支出"), cell(inner), cell("5")], [cell("农林水支出"), cell("1"), cell("2")],
    ]  # fmt: skip
    data = word(para("青溪县粮食局2023年度部门决算") + para("收入决算表") + para("单位：万元") + table(*rows))
    found = {(c.item, c.column): c for c in extract(data, file="a.docx").cells}
    for name in (("合计", "本年收入合计"), ("合计", "财政拨款收入"), ("教育支出", "本年收入合计")):
        assert (found[name].value, found[name].flags) == (None, ("several_values",))
    assert found["教育支出", "财政拨款收入"].value == 5


def test_text_boxes_and_footnotes_follow_what_they_hang_on() -> None:
    box = f"<w:txbxContent>{para('框内')}</w:txbxContent>"
    both = f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    notes = f'<w:footnote w:id="2">{para("注释")}</w:footnote><w:footnote w:type="separator" w:id="0"/>'
    body = para(run("正文") + both) + para(run("支出") + '<w:r><w:footnoteReference w:id="2"/></w:r>') + para("后文")
    assert lines(word(body, footnotes=notes)) == ["正文", "框内", "支出", "注释", "后文"]


def test_a_picture_where_a_table_would_stand_needs_ocr() -> None:
    told = opened(word(para("收入决算表") + para("单位：万元") + para(PICTURE))).health
    assert (told.status, told.problem, told.text_source) == ("partial", "needs-ocr", "native")
    for title in ("附件2：收入决算表（图）", "2023年度收入决算表如下："):
        assert opened(word(para(title) + para(PICTURE))).health.problem == "needs-ocr"
    assert opened(word(para("办公楼如图。") + para(PICTURE))).health.status == "ok"
    assert opened(word(para(PICTURE))).health.problem == "needs-ocr"


def test_what_is_no_sound_word_file_has_its_problem() -> None:
    whole = word(para("收入") * 3000)
    unfolding = "<?xml version='1.0'?><!DOCTYPE w [<!ENTITY a 'aaaa'><!ENTITY b SYSTEM 'file:///etc/passwd'>]>"
    body = part("document", f"<w:body>{para('&a;&b;')}</w:body>").split("?>")[1]
    deep = "<w:sdt><w:sdtContent>" * 3000
    hostile = {
        "corrupt": [
            whole[: len(whole) // 2], packed(document=unfolding + body), packed(document=b"\0\1"),
            packed(document=part("document", "")), packed(document=part("document", f"<w:body>{deep}")),
        ],
        "too-large": [word(table([cell("1", '<w:gridSpan w:val="1000"/>')] * 100, *[[cell("1")]] * 6)),
                      packed(document=b" " * (90 << 20))],
        "encrypted": [locked()],
    }  # fmt: skip
    for problem, files in hostile.items():
        for data in files:
            assert extract(data, file="a.docx").problem == problem


def test_a_word_file_in_one_piece_of_xml_is_read_like_a_zipped_one() -> None:
    body = para("收入支出决算总表") + table([cell("项目"), cell("金额")], [cell("合计"), cell("1.5")])
    zipped = word(body)
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        parts = {name: archive.read(name).decode().partition("?>")[2] for name in archive.namelist()}
    inner = "".join(
        f'<pkg:part pkg:name="/{n}"><pkg:xmlData>{xml}</pkg:xmlData></pkg:part>' for n, xml in parts.items()
    )
    space = 'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"'
    head = "<?xml version='1.0'?><?mso-application progid=\"Word.Document\"?>"
    flat = f"{head}<pkg:package {space}>{inner}</pkg:package>".encode()
    document = read(flat, file="a.doc")
    assert (document.format, document.flags) == ("docx", ("wrong_suffix",))
    assert document.pages[0].grids == opened(zipped).pages[0].grids
    assert lines(flat) == lines(zipped)
    assert extract(flat.replace(b"?><pkg", b"?><!DOCTYPE a [<!ENTITY b 'c'>]><pkg"), file="a.doc").problem == "corrupt"


def test_the_strict_form_of_open_xml_is_read_as_the_usual_one() -> None:
    usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/"
    document = part("document", f"<w:body>{para('收入')}</w:body>").encode()
    strict = document.replace(usual, b"http://purl.oclc.org/ooxml/wordprocessingml/")
    assert lines(packed(document=strict)) == ["收入"]


def test_a_wrong_suffix_is_told_and_the_content_read() -> None:
    report = extract(word(para("青溪县粮食局2023年度部门决算")), file="a.pdf")
    assert (report.format, report.year) == ("docx", 2023)
    assert "wrong_suffix" in report.flags
    out = io.BytesIO()
    zipfile.ZipFile(out, "w").close()
    assert extract(out.getvalue(), file="a.docx").status == "failed"


def test_a_note_that_refers_to_itself_is_read_once() -> None:
    refers = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    note = f'<w:footnote w:id="1">{para(refers + run("注一"))}</w:footnote>'
    assert lines(word(para(run("收入") + refers) + para(refers), footnotes=note)) == ["收入", "注一", ""]
