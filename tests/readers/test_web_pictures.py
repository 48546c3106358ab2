"""Tables and pages that stand in web pages as pictures."""

from __future__ import annotations

import base64
import io
import time
from email.message import EmailMessage
from pathlib import Path

import pytest

from jsextract.model.document import Document
from jsextract.pipeline import extract
from jsextract.readers import raster
from jsextract.readers.registry import load_stream, read_document
from tests.readers.recognisers import HEAD, ROWS, TITLE, UNIT, TableReader, use
from tests.readers.test_word_pictures import png

SEEN = {text for row in (HEAD, *ROWS) for text in row}
TITLED = f"<p>{TITLE}</p><p>{UNIT}</p>"
AS_PDF = "It would need OCR: export it to PDF, whose pages are read as pictures."


def data_of(picture: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(picture).decode()}"


def image(picture: bytes | None = None, how: str = "") -> str:
    return f'<img src="{data_of(png() if picture is None else picture)}" {how}>'


def opened(data: str | bytes, ocr: str = "auto", name: str = "a.html") -> Document:
    content = f"<html><body>{data}</body></html>".encode() if isinstance(data, str) else data
    return read_document(load_stream(io.BytesIO(content), name=name, ocr=ocr))


def shape(document: Document) -> list[tuple[str, list[str]]]:
    return [(page.source, [line.text for line in page.lines if line.text not in SEEN]) for page in document.pages]


def test_a_table_within_the_page_stands_among_its_text(reader: TableReader) -> None:
    page = f"<p>第一部分 概况</p>{TITLED}<div><p>{image()}</p></div><p>注：本表反映收入。</p><p>文字。</p>"
    document = opened(page)
    assert shape(document) == [
        ("native", ["第一部分 概况"]),
        ("ocr", [TITLE, UNIT, "注：本表反映收入。"]),
        ("native", ["文字。"]),
    ]
    assert {page.of_file for page in document.pages} == {1}
    assert (document.health.text_source, document.health.problem) == ("mixed", "")
    report = extract(page.encode(), file="a.html")
    assert [str(cell.value) for cell in report.cells] == [amount for _, amount in ROWS]
    assert {(cell.title, cell.unit, cell.page, cell.box, cell.reader) for cell in report.cells} == {
        (TITLE, "万元", 1, None, "ocr")
    }


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{TITLE}{image()}</p>",
        f"<p>{TITLE}<br>{image()}</p>",
        f"<p>{TITLE}</p><a href=big.jpg target=_blank>{image()}</a>",
        f"<p>{TITLE}</p><p>{image(how='width=100%')}</p>",
        f"<p>{TITLE}</p><p>{image(how='style=width:700px;height:auto')}</p>",
        f"<p>{TITLE}</p><p><img width=860 src={data_of(png())} height=500></p>",
        f"<p>{TITLE}</p><table><tr><td>{image()}</td></tr></table>",
        f"<p>{TITLE}</p>{image()}{image(png('ivory', (860, 30)))}",
    ],
)
def test_however_a_page_shows_it_the_picture_is_seen(body: str, reader: TableReader) -> None:
    sources = {source for source, _ in shape(opened(f"<p>文字。</p>{body}"))}
    assert (sources, shape(opened(f"<p>文字。</p>{body}"))[1][1][0]) == ({"native", "ocr"}, TITLE)


def test_letters_of_data_make_no_icon(reader: TableReader) -> None:
    named = image(png() + bytes(-len(png()) % 3) + base64.b64decode("/logo+icon/A="))
    assert "logo" in named
    assert shape(opened(TITLED + named))[0][0] == "ocr"


def test_pictures_saved_beside_a_page_are_those_of_its_own_file(reader: TableReader) -> None:
    def saved(address: str, **named: str) -> bytes:
        message = EmailMessage()
        message["Content-Type"] = "multipart/related"
        page = EmailMessage()
        page.set_content(f"<p>文字。</p>{TITLED}<img src='{address}'>", subtype="html", charset="utf-8")
        page["Content-Location"] = "http://a.gov.cn/zw/page.html"
        part = EmailMessage()
        part.set_content(png(), "image", "png")
        for name, value in named.items():
            part[f"Content-{name}"] = value
        message.make_mixed()
        message.attach(page)
        message.attach(part)
        return message.as_bytes()

    for address, named in (
        ("cid:p1@x", {"ID": "<p1@x>"}),
        ("img/t.png", {"Location": "http://a.gov.cn/zw/img/t.png"}),
        ("http://a.gov.cn/t%20a.png", {"Location": "http://a.gov.cn/t a.png".replace(" ", "%20")}),
    ):
        document = opened(saved(address, **named), name="a.mht")
        assert [page.source for page in document.pages] == ["native", "ocr"]
    for address in ("img/other.png", "file:///etc/hostname", "http://[bad/t.png", ""):
        document = opened(saved(address, ID="<p1@x>"), name="a.mht")
        assert str(document.health.message) == f"A picture stands where a table would. {AS_PDF}"


def test_no_file_beside_a_page_is_opened(reader: TableReader, tmp_path: Path) -> None:
    (tmp_path / "t.png").write_bytes(png())
    for address in ("t.png", str(tmp_path / "t.png"), (tmp_path / "t.png").as_uri(), "jsextract-picture:7"):
        page = tmp_path / "a.html"
        page.write_text(f"<p>文字。</p>{TITLED}<img src='{address}'>", encoding="utf-8")
        report = extract(page)
        assert (report.problem, report.cells) == ("needs-ocr", ())
        assert AS_PDF in str(report.message)
    assert not reader.seen


def test_what_is_missed_is_told_with_a_remedy_that_helps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    within, beside = TITLED + image(), "<p>支出决算表</p><img src=t.png>"
    use(TableReader(), monkeypatch, tmp_path)
    assert str(opened(within, "never").health.message).endswith("It would need OCR: --ocr auto.")
    assert str(opened(within + beside).health.message) == f"A picture stands where a table would. {AS_PDF}"
    use(None, monkeypatch, tmp_path)
    assert str(opened(within + beside).health.message) == (
        f"2 pictures stand where tables would. It would need OCR: pip install 'jsextract[ocr]'. {AS_PDF}"
    )
    for broken in ("data:image/png;base64,@@", "data:image/svg+xml,<svg/>", "data:image/png;base64,"):
        assert AS_PDF in str(opened(f"{TITLED}<img src='{broken}'>").health.message)


def test_pages_of_an_account_that_are_pictures_alone_are_missed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use(TableReader(ruled=False), monkeypatch, tmp_path)
    scan, small = image(png(size=(800, 1100))), image(png(size=(400, 300)))
    words, other = "<p>粮食局2023年度部门决算</p>", "<p>本局新楼落成。</p>"
    figures = "<p>2023年度部门决算收入1.00万元。</p>"
    problems = [
        opened(text + shown, "never").health.problem for text in (words, other, figures) for shown in (scan, small)
    ]
    assert problems == ["needs-ocr", "", "", "", "", ""]
    attached = f"{words}<p><a href=决算.pdf>决算.pdf</a></p>{scan}"
    assert opened(attached, "never").health.problem == ""
    assert [opened(shown, "never").health.problem for shown in (scan, small)] == ["needs-ocr", "needs-ocr"]
    assert [page.source for page in opened(scan + scan).pages] == ["ocr", "ocr"]


def test_large_and_many_pictures_cost_little_where_they_are_not_read() -> None:
    started = time.process_time()
    huge = base64.b64encode(bytes(11 << 20)).decode()
    document = opened(f"<p>文字。</p><img src='data:image/png;base64,{huge}'>" + image() * 400, "never")
    assert document.health.status == "ok"
    assert time.process_time() - started < 5
    assert raster.MAX_PIXELS < 50_000_000
    bomb = png(size=(1, 1)).replace(b"\0\0\0\1\0\0\0\1", b"\0\0\xff\xff\0\0\xff\xff", 1)
    assert AS_PDF in str(opened(TITLED + image(bomb), "never").health.message)
