"""Texts in the encodings that publishers use, and bytes that are no text."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from jsextract.errors import Corrupt, Garbled
from jsextract.pipeline import extract
from jsextract.readers.encoding import decode, decode_head
from tests.pdfs import LINES, write

TEXT = "\n".join(LINES)
FIXTURES = Path(__file__).parents[2] / "fixtures"
ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", [TEXT, "第三部分 2024年度部门决算", "（一）收入决算"])
def test_a_text_is_read_in_its_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, encoding)
    marked = {"utf-8": "utf-8-sig", "utf-16-le": "utf-16"}.get(encoding, encoding)
    assert decode(text.encode(marked)) == (text, encoding)


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.txt")), ids=lambda path: path.stem)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_fixtures_are_read_in_each_encoding(path: Path, encoding: str) -> None:
    text = path.read_text(encoding="utf-8-sig")
    assert decode(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_a_text_that_ends_inside_a_character_is_refused(encoding: str) -> None:
    with pytest.raises(Corrupt, match="no encoding"):
        decode(TEXT.encode(encoding)[:-1])
    assert decode_head(TEXT.encode(encoding)[:-1]).startswith("某某市某某局")


def test_random_bytes_are_no_text() -> None:
    random = Random(1)
    for length in (64, 200, 1000, 5000):
        for _ in range(50):
            with pytest.raises(Corrupt, match="no encoding"):
                decode(random.randbytes(length))


@pytest.mark.parametrize("text", ["\ufffd" * 20 + "决算", "\ue000\ue001\ue002\ue003决算收入\ue004\ue005\ue006\ue007"])
def test_characters_without_meaning_are_refused(text: str) -> None:
    with pytest.raises(Garbled, match="no Unicode"):
        decode(text.encode())


@pytest.mark.parametrize(("encoding", "flags"), [("utf-8", ()), ("gb18030", ("encoding:gb18030",))])
def test_the_encoding_is_noted(tmp_path: Path, encoding: str, flags: tuple[str, ...]) -> None:
    report = extract(write(tmp_path / "a.txt", TEXT.encode(encoding)))
    assert (report.status, report.format, report.flags, report.entity) == ("ok", "txt", flags, "某某市某某局")


def test_binary_junk_named_txt_is_refused(tmp_path: Path) -> None:
    report = extract(write(tmp_path / "a.txt", Random(2).randbytes(3000)))
    assert (report.status, report.problem) == ("failed", "corrupt")
    assert "UTF-8, GB18030, UTF-16" in report.message
