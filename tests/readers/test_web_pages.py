"""What a browser shows of a web page is read, and nothing else of it."""

from __future__ import annotations

import base64
import time

import pytest

from fixtures.draw.web import MANNERS, draw_page
from jsextract import extract
from jsextract.errors import DocumentError
from jsextract.pipeline import read
from tests.readers.pages import ACCOUNTS, CELL, FACT, grid, lines, page, rows

PROSE = "<p>2023年度收入总计12.00万元，比上年增加2.00万元，主要原因是项目增加。</p>" * 5
TABLE = "<table><tr><td>项目<td>决算数<tr><td>收入<td>10.00<tr><td>支出<td>9.00</table>"


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("name", ACCOUNTS)
def test_an_account_as_a_page_gives_the_rows_of_its_pdf(name: str, manner: str) -> None:
    data, expected = draw_page(*ACCOUNTS[name], manner)
    report = extract(data, file="决算.html")
    assert rows((c for c in report.cells if c.table.startswith("T")), CELL) == rows(expected.cells, CELL)
    assert rows(report.facts, FACT) == rows(expected.facts, FACT)
    told = expected.document
    assert (report.kind, report.entity, report.year, report.unit) == (told.kind, told.entity, told.year, told.unit)
    assert (report.status, report.pages, report.unread_cells, report.format) == ("ok", 1, 0, "html")
    assert {(cell.page, cell.box) for cell in report.cells} == {(1, None)}
    assert len(report.projects) == len(expected.projects or ())
    assert len(report.glossary) == len(expected.glossary or ())


def test_the_encoding_is_what_the_bytes_are_in_whatever_they_declare() -> None:
    for encoding, says in (("gb18030", "utf-8"), ("utf-8", "gb2312"), ("gb18030", "gbk"), ("utf-8", "no-such-one")):
        found = page(PROSE, f'<meta charset="{says}"><script>{"var a = 1; " * 500}</script>', encoding=encoding)
        assert lines(found)[0].startswith("2023年度收入总计12.00万元")
        assert found.encoding == encoding
    assert page(PROSE, encoding="utf-16").encoding == "utf-16-le"
    broken = f"<html><body>{PROSE}".encode("gb18030").replace("项目".encode("gb18030"), b"\xff", 1)
    assert lines(read(broken, file="a.html"))[0].endswith("主要原因是\ufffd增加。")


def test_what_is_hidden_is_left_out_and_counted() -> None:
    for told in ("style='color:red; DISPLAY : none'", "hidden", "style='visibility:hidden'", "style=mso-hide:all"):
        old = TABLE.replace("<tr>", f"<tr {told}><td>旧<td>8.00<tr>", 1)
        found = page(f"{PROSE}<p {told}>旧稿：收入<b>99.00</b>万元</p>{old}")
        assert not any("99" in line for line in lines(found))
        assert grid(found) == [["项目", "决算数"], ["收入", "10.00"], ["支出", "9.00"]]
        assert found.pages[0].dropped == {"invisible": 17}
    assert page("<p style='text-decoration:none'>收入1.00万元</p>").pages[0].dropped == {}


@pytest.mark.parametrize(
    ("rules", "hidden"),
    [
        (".old{display:none}", True),
        ("/* .a{} */ p#o , .x { visibility : hidden }", True),
        ("p.old.more{display:none}", False),
        ("div.old{display:none}", False),
        ("@media print{.old{display:none}}", False),
        (".tab .old{display:none}", False),
        (".old{display:none} .on .old{display:block}", False),
    ],
)
def test_what_a_rule_of_the_page_hides_is_left_out_where_that_is_sure(rules: str, hidden: bool) -> None:
    found = page(f"{PROSE}<p class='old' id=o>旧稿：收入99.00万元</p>", f"<style>{rules}</style>")
    assert any("99" in line for line in lines(found)) != hidden
    assert found.pages[0].dropped == ({"invisible": 12} if hidden else {})


@pytest.mark.parametrize("piece", ["{", ".a{", "@media ", "/*", ".a,", "}", "@a{b{}", ".a-", "display:"])
def test_a_hostile_style_sheet_costs_nothing(piece: str) -> None:
    started = time.process_time()
    assert lines(page(PROSE, f"<style>{piece * 100_000}{{display:none}}</style>"))
    assert time.process_time() - started < 5


def test_a_page_whose_text_waits_for_a_program_is_read() -> None:
    found = page(f"<div class=all>{PROSE}</div>", "<style>.all{display:none}</style>")
    assert lines(found)


def test_a_picture_in_the_place_of_a_table_is_told() -> None:
    image, icon = "<img src=t.png width=600 height=400>", "<img src=/icon_xls.png>"
    title = "<p>收入决算表</p><p>单位：万元</p>"
    assert page(f"{PROSE}{title}<p>{image}</p>").health.problem == "needs-ocr"
    for other in (
        f"{title}<p>{icon}</p>",
        f"{title}<p><a href=b.html>{image}</a></p>",
        f"<p>{image}</p>",
        title + TABLE + image,
    ):
        assert page(PROSE + other).health.problem == ""


def test_headings_tell_their_level() -> None:
    (one, two) = page("<h2>部门概况</h2><p>负责粮食收储，收入1.00万元。</p>").pages[0].lines
    assert (one.text, one.level, two.level) == ("部门概况", 2, 0)


def test_menus_and_footers_go_and_titles_and_tables_stay() -> None:
    menu = "".join(f"<li><a href=/{i}.html>栏目{i}的名称</a></li>" for i in range(12))
    around = f"<div><ul>{menu}</ul></div><div class=t>青溪县粮食局2023年度部门决算</div>"
    related = f"<div>相关阅读<ul>{menu}</ul></div>"
    for body in (f"<div><div>{PROSE}</div></div>", f"<div>{PROSE}{related}{TABLE}</div>", f"<div>{TABLE}{PROSE}</div>"):
        found = page(f"{around}{body}<div>版权所有</div>", "<title>青溪县粮食局2023年度部门决算-政务公开</title>")
        assert lines(found)[0] == "青溪县粮食局2023年度部门决算"
        assert not any("栏目" in line or "版权" in line for line in lines(found))
        assert len(found.pages[0].grids) == body.count("<table>")
        assert found.pages[0].dropped["navigation"] >= 12 * 6
    listed = page(f"<ul>{menu}</ul>")
    assert len(lines(listed)) == 12


def test_a_table_of_contents_is_no_menu() -> None:
    contents = "".join(f"<li><a href='#n{i}'>第{i}部分</a></li>" for i in range(8))
    assert lines(page(f"<div><ul>{contents}</ul>{PROSE}</div>"))[0] == "第0部分"


def test_merged_cells_stand_where_a_browser_puts_them() -> None:
    head = "<thead><tr><th rowspan=2>项目<th colspan=2>决算数</tr><tr><th>基本<th>项目</tr></thead>"
    foot = "<tfoot><tr><td>合计<td>4<td>6</tr></tfoot>"
    body = "<tbody><tr><td rowspan=9>甲<td colspan=3>1<tr><td>2<td>3</tbody>"
    assert grid(page(f"<table>{head}{foot}{body}</table>")) == [
        ["项目", "决算数", "决算数"],
        ["项目", "基本", "项目"],
        ["甲", "1", "1"],
        ["甲", "2", "3"],
        ["合计", "4", "6"],
    ]


def test_figures_under_each_other_in_a_cell_are_not_joined() -> None:
    found = grid(page("<table><tr><td>公务<br>接待费<td>12<p>34</p><tr><td>办 公 费<td>1,234.50</table>"))
    assert found == [["公务接待费", "12\n34"], ["办公费", "1,234.50"]]


def test_a_table_that_arranges_the_page_is_no_table() -> None:
    found = page(
        f"<table><tr><td>收入决算表</td></tr><tr><td>部门：粮食局<td>单位：万元<tr><td colspan=2>{TABLE}</table>"
    )
    assert lines(found) == ["收入决算表", "部门：粮食局 单位：万元"]
    assert found.pages[0].grids[0].after == 2
    assert len(grid(found)) == 3


def test_breaks_indents_and_lists_are_as_they_are_seen() -> None:
    found = page(
        "<p>　　第一段&nbsp;完。<br>　　第二段\n没有完</p><div>收入<br>合计</div>"
        "<ol start=3><li>甲<li>乙</ol><ol style='list-style-type:cjk-ideographic'><li>丙</ol><ul><li>丁</ul><pre>一\n二</pre>"
    )
    assert [(line.text, line.whole) for line in found.pages[0].lines] == [
        ("第一段 完。", True), ("第二段没有完", True), ("收入", False), ("合计", False), ("3.甲", True), ("4.乙", True),
        ("一、丙", True), ("丁", True), ("一", False), ("二", False),
    ]  # fmt: skip


def test_attachments_are_named_and_never_fetched() -> None:
    report = extract(
        f"<html><body>{PROSE}<p><a href='/a/%E8%A1%A8.xls'>附件1;表</a><a href='down?id=7'>附表.docx</a>"
        "<a href='http://192.0.2.1/x.pdf'></a><a href='b.html'>下一页</a></p><iframe src='c.pdf'></iframe>".encode(),
        file="a.html",
    )
    assert report.links == ("附件1；表 (/a/表.xls)", "附表.docx (down?id=7)", "http://192.0.2.1/x.pdf", "c.pdf")


def saved(*parts: tuple[str, bytes]) -> bytes:
    head = b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    each = b"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    body = (b"--x\r\nContent-Type: " + kind.encode() + each + base64.encodebytes(data) for kind, data in parts)
    return head + b"".join(body) + b"--x--\r\n"


def test_a_saved_page_is_read_with_the_pages_within_it() -> None:
    first = f"<html><body>{PROSE}{TABLE}".encode("gbk")
    second = f"<html><body><p>支出决算表</p>{TABLE}".encode("gbk")
    data = saved(("text/html; charset=gb2312", first), ("image/png", b"x"), ("text/html; charset=gb2312", second))
    found = read(data, file="a.mht")
    assert (found.format, found.encoding, lines(found)[-1]) == ("mht", "gb18030", "支出决算表")
    assert [table.after for table in found.pages[0].grids] == [5, 6]


def test_content_decides_whatever_a_page_is_called() -> None:
    assert page(PROSE, file="a.xls").flags == ("wrong_suffix",)
    assert read(f"<table border=1><tr><td>{PROSE}</table>".encode(), file="b.xls").format == "html"
    assert read("2023年度部门决算，收入总计12.00万元。".encode(), file="c.html").format == "txt"


BODY = "<html><body>"
HOSTILE = {
    "an entity that grows": (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><html><body>决算&b;',
        "",
    ),
    "an entity from outside": (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY b SYSTEM "file:///etc/passwd">]><html><body>决算&b;',
        "",
    ),
    "a million cells": (BODY + "<table>" + ("<tr>" + "<td>1" * 1000) * 1000, "too-large"),
    "spans": (BODY + "<table>" + "<tr><td rowspan=1000 colspan=1000>1<td>2</tr>" * 500, "too-large"),
    "depth": (BODY + "<div>" * 100_000 + "决算", "too-large"),
    "tables in tables": (BODY + "<table><tr><td>" * 300 + "决算", "too-large"),
    "elements": (BODY + "<b>" * 1_000_001, "too-large"),
    "an endless text": (BODY + "<p>" + "甲" * 4_000_000, "too-large"),
    "links without end": (BODY + "<p>决算</p>" + "<div><a href=/x>链接</a></div>" * 20_000, ""),
    "NUL bytes": (BODY + "<p>决\0算</p>", ""),
    "cut off": (BODY + "<table><tr><td>决算<td>1.0", ""),
    "nothing": (BODY, "empty"),
    "frames": ("<html><frameset><frame src=a.htm></frameset></html>", "empty"),
    "a comment without end": ("<html><!--" + "-" * 100_000, "empty"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_values(name: str) -> None:
    text, problem = HOSTILE[name]
    report = extract(text.encode(), file="a.html")
    assert (report.format, report.problem or "") in {("html", problem), ("html", problem or "not-final-account")}
    assert not any("root:" in section.text or "aaaa" in section.text for section in report.sections)


@pytest.mark.parametrize(
    "data",
    [
        saved(("image/png", b"x")),
        saved(("text/html", "决算".encode() + b"\xff\xfe\x81" * 40)),
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x0\r\n\r\n"
        + b"--x0\r\n"
        + b"Content-Type: message/rfc822\r\n\r\n" * 2000,
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x0\r\n\r\n"
        + b"".join(b"--x%d\r\nContent-Type: multipart/related; boundary=x%d\r\n\r\n" % (i, i + 1) for i in range(3000)),
    ],
)
def test_hostile_saved_pages_are_told(data: bytes) -> None:
    with pytest.raises(DocumentError):
        read(data, file="a.mht")


@pytest.mark.parametrize("strange", ["\x0c", "&#12;", "&#x0C;", "&#31;", "&#x1f;", "&#0;", "&#7;"])
def test_control_characters_however_written_are_no_text(strange: str) -> None:
    found = page(f"<p>收入总计{strange}12.00万元。</p><ol><li>{strange}甲</ol><p>&#12295;&#x3007;&#123;&#x1F600;</p>")
    assert lines(found)[0].replace(" ", "") == "收入总计12.00万元。"
    assert lines(found)[-1] == "〇〇{😀"
