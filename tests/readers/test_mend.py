"""Damaged files: repaired once, and no figure taken from bytes that are not those that were written."""

from __future__ import annotations

import io
import re
import zlib

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jsextract import extract
from jsextract.errors import Corrupt, TooLarge
from jsextract.readers.pdf.integrity import examine, inflates
from jsextract.readers.pdf.repair import read_sound, transfer_damage
from tests.pdfs import account, scan, write
from tests.readers.drawn import Sheet, pdf

FIGURES = "收入支出总计1234.56万元"


def words(sheet: Sheet) -> None:
    sheet.text(50, 100, FIGURES)


def big(sheet: Sheet) -> None:
    sheet.canvas.setPageSize((20_000, 842))
    sheet.text(50, 100, "大")


def flate(*pages, **options) -> bytes:
    """As office programs write: streams packed with zlib alone."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(*pages, **options))) as document:
        for page in document.pages:
            page.Contents = document.make_stream(page.Contents.read_bytes())
        document.save(out, static_id=True, deterministic_id=False, recompress_flate=True)
    return out.getvalue()


def streams(data: bytes) -> list[tuple[int, int]]:
    return [m.span(1) for m in re.finditer(rb"/FlateDecode[^>]*>>\s*stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)]


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]


def test_a_sound_file_has_no_flags() -> None:
    source = read_sound(flate(words, words))
    assert source.flags == ()
    assert [page.source for page in source.pages] == ["native", "native"]


def test_a_figure_with_a_flipped_bit_is_not_taken(tmp_path) -> None:
    good = account()
    assert extract(write(tmp_path / "good.pdf", good)).facts
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(good)) as document:
        page = document.pages[0]
        page.Contents = document.make_stream(page.Contents.read_bytes())
        document.save(out)
    data = out.getvalue()
    start, end = streams(data)[0]
    packed = data[start:end]
    stored = zlib.compressobj(0)
    plain = bytearray(stored.compress(zlib.decompress(packed)) + stored.flush())
    plain[len(plain) // 2] ^= 1  # any letter of the page
    wrong = data[:start] + bytes(plain) + data[end:]
    report = extract(write(tmp_path / "wrong.pdf", wrong))
    assert (report.status, report.problem) == ("partial", "corrupt")
    assert "page-unreadable" in report.flags
    assert report.facts == report.cells == ()


def test_a_file_without_its_table_of_objects_is_read_and_never_ok(tmp_path) -> None:
    data = flate(words, words)
    cut = data[: data.rindex(b"xref\n", 0, data.rindex(b"startxref"))]
    report = extract(write(tmp_path / "cut.pdf", cut))
    assert (report.status, report.problem, report.pages) == ("partial", "corrupt", 2)
    assert any("1234.56" in section.text for section in report.sections)


def test_junk_before_the_header_is_passed_over() -> None:
    source = read_sound(b"\x01junk\n" * 1000 + flate(words))
    assert source.flags == ("repaired",)
    assert source.pages[0].lines[0].text == FIGURES


def test_a_file_that_announces_more_pages_than_it_has_is_partial(tmp_path) -> None:
    data = flate(words, words)
    report = extract(write(tmp_path / "a.pdf", data.replace(b"/Count 2", b"/Count 9")))
    assert (report.status, report.problem) == ("partial", "corrupt")
    assert {"pages-missing", "page-unreadable"} & set(report.flags)


def test_half_a_file_is_never_an_empty_success() -> None:
    data = flate(*[words] * 5)
    for share in (0.2, 0.5, 0.8, 0.95):
        cut = data[: int(len(data) * share)]
        try:
            source = read_sound(cut)
        except Corrupt:
            continue
        assert {"cut-short", "repaired", "pages-missing", "page-unreadable"} & set(source.flags)


def test_damage_of_a_transfer_is_named() -> None:
    data = flate(words)
    stripped = bytes(byte & 0x7F for byte in data)
    with pytest.raises(Corrupt):
        read_sound(stripped)
    assert "eighth bit" in transfer_damage(stripped)
    assert "took it for text" in transfer_damage(data.decode("utf-8", "replace").encode())
    assert transfer_damage(data) == ""
    assert transfer_damage(pdf(words)) == ""  # ReportLab writes ASCII only, and means it


def test_a_page_beyond_the_largest_size_is_left_out() -> None:
    source = read_sound(pdf(words, big))
    assert source.flags == ("page-too-large",)
    assert [bool(page.lines) for page in source.pages] == [True, False]
    with pytest.raises(TooLarge, match="14400 points"):
        read_sound(pdf(big))


def test_a_scan_is_no_ruin() -> None:
    assert read_sound(scan()).flags == ()


def test_a_font_table_with_a_flipped_bit_damages_its_pages_only() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(flate(words, words))) as document:
        table = document.make_stream(b"/CIDInit /ProcSet findresource begin " * 20)
        first = document.pages[0].Resources
        document.pages[0].Resources = pikepdf.Dictionary(
            Font={key: pikepdf.Dictionary({**first.Font[key], "/ToUnicode": table}) for key in first.Font.keys()}  # noqa: SIM118
        )
        document.save(out)
    data = out.getvalue()
    found = [span for span in streams(data) if b"CIDInit" in zlib.decompress(data[slice(*span)])]
    assert examine(data).damaged == frozenset()
    assert examine(flipped(data, found[0][0] + 8)).damaged == {1}


@given(st.binary(min_size=1, max_size=4000), st.integers(0, 9))
def test_whole_streams_inflate_also_without_their_checksum(data: bytes, level: int) -> None:
    packed = zlib.compress(data, level)
    assert inflates(packed)
    assert inflates(packed + b"\r\n")
    assert inflates(packed[:-4])
    assert inflates(packed[:-4] + b"\r\n")
    assert not inflates(packed[: len(packed) // 2])


@given(st.binary(min_size=20, max_size=400), st.data())
def test_no_flipped_bit_in_stored_data_goes_unseen(content: bytes, data: st.DataObject) -> None:
    packed = bytearray(zlib.compress(content, 0))
    at = data.draw(st.integers(7, len(packed) - 5))
    packed[at] ^= 1 << data.draw(st.integers(0, 7))
    assert not inflates(bytes(packed))


def test_a_bomb_is_not_unpacked_whole() -> None:
    packed = zlib.compress(bytes(200 << 20), 9)
    assert inflates(packed)
