"""Tables and pages that stand in Word files as pictures."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from fixtures.draw.word import WIDE
from jsextract.model.document import Document
from jsextract.pipeline import extract, unread
from jsextract.readers import package, page_work, picture_pages
from jsextract.readers.ocr import engine
from jsextract.readers.page_work import Picture, Recognised
from jsextract.readers.registry import load_stream, read_document
from jsextract.report.shown import Opened, Wanted, page_of
from jsextract.rules.ruleset import load_rules
from tests.readers.recognisers import HEAD, ROWS, TITLE, UNIT, TableReader, line, use
from tests.readers.word_files import cell, para, picture, run, table, with_pictures

FIXTURE = Path(__file__).parents[2] / "fixtures" / "account_hubei.pdf"
FIGURES = [amount for _, amount in ROWS]


def png(colour: str = "white", size: tuple[int, int] = (860, 500), form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, form)
    return out.getvalue()


def opened(data: bytes, ocr: str = "auto") -> Document:
    return read_document(load_stream(io.BytesIO(data), name="a.docx", ocr=ocr))


def shape(document: Document) -> list[tuple[str, list[str], int]]:
    """Source, typed lines and grids of each page."""
    seen = {"项目", *(text for row in (HEAD, *ROWS) for text in row)}
    return [
        (page.source, [own.text for own in page.lines if own.text and own.text not in seen], len(page.grids))
        for page in document.pages
    ]


def test_a_table_as_a_picture_stands_among_the_text_under_its_title(reader: TableReader) -> None:
    typed = table([cell("科目"), cell("金额")], [cell("一"), cell("1.00")])
    body = [
        para("第一部分 概况"), typed, para("第二部分 收支"), para(TITLE), para(UNIT), para(picture("r0")),
        para("注：本表反映收入。"), para("文字。"), typed, para("末行。"),
    ]  # fmt: skip
    document = opened(with_pictures("".join(body), png()))
    assert shape(document) == [
        ("native", ["第一部分 概况", "第二部分 收支"], 1),
        ("ocr", [TITLE, UNIT, "注：本表反映收入。"], 0),
        ("native", ["文字。", "末行。"], 1),
    ]
    assert [(page.number, page.of_file, {own.page for own in page.lines}) for page in document.pages] == [
        (n, 1, {n}) for n in (1, 2, 3)
    ]
    assert [grid.after for page in document.pages for grid in page.grids] == [1, 1]
    assert (document.health.text_source, document.health.problem) == ("mixed", "")


def test_its_cells_are_those_of_a_recognised_table_without_places(reader: TableReader) -> None:
    report = extract(with_pictures(para(TITLE) + para(UNIT) + para(picture("r0")), png()), file="a.docx")
    assert [str(cell.value) for cell in report.cells] == FIGURES
    assert {(cell.title, cell.unit, cell.page, cell.box, cell.reader) for cell in report.cells} == {
        (TITLE, "万元", 1, None, "ocr")
    }
    assert all("ocr:0.90" in cell.flags for cell in report.cells)
    assert (report.pages, report.ocr_pages, report.page_sizes) == (1, 1, ())


def test_all_that_is_said_of_it_stands_on_the_one_page_of_the_file(reader: TableReader) -> None:
    body = [
        para("江州市民政局2023年度部门决算"), para("第一部分 收支"), para(TITLE), para(UNIT), para(picture("r0")),
        para("第二部分 情况说明"), para("一、收入决算情况说明"), para("2023年度收入合计9.00万元。"), para("另有怪款7.00万元，支出XX万元。"),
    ]  # fmt: skip
    data = with_pictures("".join(body), png())
    assert len(opened(data).pages) == 3
    report = extract(data, file="a.docx")
    assert report.is_final_account
    assert {page for check in report.checks for page in check.pages} == {1}
    assert {(fact.page, fact.box) for fact in report.facts} == {(1, None)}
    assert {page for part in report.sections for page in (part.page_from, part.page_to)} == {1}
    assert {one.page for one in unread(opened(data), load_rules()).sentences} == {1}


def test_units_that_return_over_each_picture_are_no_running_heads(reader: TableReader) -> None:
    names = ["收入决算表", "支出决算表", "财政拨款收入支出决算总表", "基本支出决算表"]
    body = "".join(para(name) + para(UNIT) + para(picture(f"r{n}")) for n, name in enumerate(names))
    report = extract(with_pictures(body, *map(png, ("white", "ivory", "snow", "azure"))), file="a.docx")
    assert {cell.title for cell in report.cells} == set(names)
    assert {cell.unit for cell in report.cells} == {"万元"}
    assert not any("unit_inferred" in cell.flags for cell in report.cells)


def test_a_low_picture_right_below_may_have_the_last_rows(reader: TableReader) -> None:
    low = picture("r1", 430, 20)
    for between, sources in (("", ["ocr", "ocr"]), (para("文字。"), ["ocr", "native"])):
        body = para(TITLE) + para(picture("r0")) + between + para(low)
        assert [page.source for page in opened(with_pictures(body, png(), png("ivory"))).pages] == sources


def test_a_damaged_list_of_parts_costs_the_pictures_alone(reader: TableReader) -> None:
    whole = with_pictures(para(TITLE) + para(picture("r0")), png())
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as found, zipfile.ZipFile(out, "w") as damaged:
        for name in found.namelist():
            damaged.writestr(name, b"<" if name.endswith(".rels") else found.read(name))
    document = opened(out.getvalue())
    assert ([line.text for line in document.pages[0].lines], document.health.problem) == ([TITLE, ""], "needs-ocr")
    assert not reader.seen


def test_what_is_no_table_changes_nothing_and_small_pictures_are_not_looked_at(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    reader = TableReader(ruled=False)
    use(reader, monkeypatch, tmp_path)
    body = para("办公楼如图。") + para(picture("r0")) + para(picture("r0", 60, 60)) + para("文字。")
    document = opened(with_pictures(body, png()))
    assert document.pages == opened(with_pictures(body, png()), "never").pages
    assert (len(reader.seen), document.health.status, document.health.text_source) == (1, "ok", "native")


def test_a_picture_that_is_not_read_is_counted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    reader = TableReader()
    use(reader, monkeypatch, tmp_path)
    titled = para(TITLE) + para(picture("r0"))
    bomb = png(size=(1, 1)).replace(b"\0\0\0\1\0\0\0\1", b"\0\0\xff\xff\0\0\xff\xff", 1)
    for data in (png()[:300], bomb, png("black"), b"\xd7\xcd\xc6\x9a" + bytes(40), png(size=(40, 24))):
        document = opened(with_pictures(titled, data))
        assert (len(document.pages), document.health.problem) == (1, "needs-ocr")
    assert len(reader.seen) == 1
    for fill, turn in (('<a:srcRect l="1e3"/>', ""), ("", 'rot="900000"'), ("", 'flipH="1"')):
        shown = para(TITLE) + para(picture("r0", fill=fill, turn=turn))
        assert opened(with_pictures(shown, png())).health.problem == "needs-ocr"
    assert opened(with_pictures(titled, r0="https://example.org/a.png")).health.problem == "needs-ocr"
    hidden = para(run("", "<w:vanish/>").replace('<w:t xml:space="preserve"></w:t>', picture("r0")[5:-6]))
    assert opened(with_pictures(para(TITLE) + hidden, png())).health.status == "ok"
    assert len(reader.seen) == 1


def test_the_message_counts_them_and_says_what_reads_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use(TableReader(), monkeypatch, tmp_path)
    two = para(TITLE) + para(picture("r0")) + para("支出决算表") + para(picture("r1"))
    data = with_pictures(two, png()[:300], png("ivory"))
    assert str(opened(data, "never").health.message) == (
        "2 pictures stand where tables would. It would need OCR: --ocr auto."
    )
    assert str(opened(data).health.message).startswith("A picture stands where a table would. OCR was tried")
    use(None, monkeypatch, tmp_path)
    assert "pip install 'jsextract[ocr]'" in str(opened(data).health.message)


def test_a_document_has_a_budget_of_pictures(reader: TableReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_work, "MAX_PAGES", 1)
    two = para(TITLE) + para(picture("r0")) + para("支出决算表") + para(picture("r1"))
    document = opened(with_pictures(two, png(), png("ivory")))
    assert [page.source for page in document.pages] == ["ocr", "native"]
    assert (len(reader.seen), document.health.problem) == (1, "needs-ocr")


class LetterReader(TableReader):
    """Sees a page of a letter in every picture."""

    name = "letter"

    def read(self, picture: Picture) -> Recognised:
        self.seen.append(picture)
        return Recognised(tuple(line(f"第{n}行文字", 40, 40 + 20 * n) for n in range(12)))


def test_scanned_pages_give_their_text(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use(LetterReader(), monkeypatch, tmp_path)
    page, part = picture("r0", 430, 600), picture("r1", 430, 100)
    alone = opened(with_pictures(para(page) + para(part), png(), png("ivory")))
    assert [(p.source, len(p.lines), p.of_file) for p in alone.pages] == [("ocr", 12, 1), ("ocr", 12, 1)]
    assert (alone.health.text_source, alone.health.status) == ("ocr", "ok")
    beside = opened(with_pictures(para("文字。") + para(page) + para(part), png(), png("ivory")))
    assert [(p.source, len(p.lines)) for p in beside.pages] == [("native", 2), ("ocr", 12)]


def test_only_what_is_shown_of_a_picture_is_read(reader: TableReader) -> None:
    image = Image.new("RGB", (1600, 1600), "white")
    ImageDraw.Draw(image).rectangle((800, 0, 1600, 800), fill="gold")
    out = io.BytesIO()
    image.save(out, "PNG")
    cut = picture("r0", 430, 430, fill='<a:srcRect l="50000" t="-9" b="50000"/>', turn='rot="16200000"')
    opened(with_pictures(para(cut), out.getvalue()))
    (seen,) = reader.seen
    assert {seen.image.getpixel((x, y)) for x in (9, seen.image.width - 9) for y in (9, seen.image.height - 9)} == {
        (255, 215, 0)
    }


def test_a_page_of_it_is_shown_as_rows(reader: TableReader, tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(with_pictures(para(picture("r0")) + para("文字。"), png()))
    shown = page_of(Wanted(Opened((str(file),), "a.docx"), page=1))
    assert not shown.image
    assert "6.00" in "".join(shown.rows)


@pytest.mark.skipif(not engine.installed(), reason="jsextract[ocr] is not installed")
def test_a_table_of_an_account_in_a_word_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    printed = pypdfium2.PdfDocument(FIXTURE)[4].render(scale=150 / 72).to_pil().convert("RGB")
    image = printed.crop((0, round(printed.height * 0.12), printed.width, round(printed.height * 0.95)))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    native = {(c.item, c.column): c.value for c in extract(FIXTURE).cells if c.table == "T1" and c.value is not None}
    shown = picture("r0", WIDE, WIDE * image.height // image.width)
    report = extract(with_pictures(para("收入支出决算总表") + para(shown), out.getvalue()), file="a.docx")
    read = {(c.item, c.column): c.value for c in report.cells if c.value is not None}
    assert read
    assert read.items() <= native.items()
    assert len(read) == len(native)


def test_of_more_pictures_than_are_looked_at_the_rest_is_told(
    reader: TableReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture_pages, "MAX_PAGES", 2)
    body = para("第二部分 决算") + "".join(para(picture(f"r{n}")) + para(f"其{n}") for n in range(4))
    document = opened(with_pictures(body, *map(png, ("white", "ivory", "snow", "azure"))))
    assert (document.health.status, document.health.problem) == ("partial", "needs-ocr")
    assert "2 pictures stand where tables would" in str(document.health.message)


def test_slivers_cost_no_document(reader: TableReader) -> None:
    body = para(TITLE) + para(picture("r0")) + para(picture("r1"))
    document = opened(with_pictures(body, png(size=(60_000, 1)), png(size=(1, 60_000))))
    assert document.pages[0].lines[0].text == TITLE


def test_a_package_is_opened_once_for_all_its_pictures(reader: TableReader, monkeypatch: pytest.MonkeyPatch) -> None:
    data = with_pictures("".join(para(picture(f"r{n}")) for n in range(20)), *[png()] * 20)
    times: list[int] = []
    monkeypatch.setattr(package.zipfile, "ZipFile", lambda *a, kept=zipfile.ZipFile: times.append(1) or kept(*a))
    opened(data)
    assert len(times) <= 3, "to tell what it is, for its text, and for all pictures"
