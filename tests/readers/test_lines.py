"""Characters to lines, without a PDF."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jsextract.readers.garbled import is_garbled
from jsextract.readers.pdf.lines import Glyph, drop_doubled, read_lines
from jsextract.readers.pdf.radicals import RADICALS


def glyphs(text: str, x: float = 50.0, base: float = 100.0, size: float = 10.0) -> list[Glyph]:
    found = []
    for char in text:
        width = size if ord(char) > 0x2E7F else size / 2
        found.append((base, x, x + width, size, char))
        x += width
    return found


def words(found: list[Glyph]) -> list[str]:
    return [line.text for line in read_lines(1, found)[0]]


def test_doubles_go_and_real_repetitions_stay():
    twice = sorted([*glyphs("1100.55"), *glyphs("1100.55", x=50.4, base=100.2)], key=lambda g: g[1])
    assert "".join(g[4] for g in drop_doubled(twice)) == "1100.55"
    lines, doubled, _ = read_lines(1, twice)
    assert ([line.text for line in lines], doubled) == (["1100.55"], 7)


def test_raised_figures_of_another_cell_are_a_line_of_their_own():
    assert words([*glyphs("教育支出"), *glyphs("12.50", x=200, base=94)]) == ["12.50", "教育支出"]


def test_slightly_different_baselines_are_one_line():
    assert words([*glyphs("收入"), *glyphs("12.50", x=70, base=101.1)]) == ["收入12.50"]


def test_figures_that_reach_into_the_next_cell_are_texts_of_their_own():
    name = [*glyphs("二十七、债务支出", x=73), *glyphs("27", x=60)]
    assert words([*name, *glyphs("2,544.40", x=35, base=100.1)]) == ["27二十七、债务支出", "2,544.40"]
    count, amount = glyphs("27", x=40), glyphs("2,854.78", x=50, base=100.4)
    assert words([*count, *glyphs("收入", x=5), *amount]) == ["收入 27", "2,854.78"]
    assert words([*glyphs("314.8"), *glyphs("627.5", x=77.5, base=101)]) == ["314.8", "627.5"]


def test_characters_that_dance_are_one_line():
    dancing = [(100 + i % 7 / 5, 50 + 4.6 * i, 55 + 4.6 * i, 10.0, char) for i, char in enumerate("1234567890123")]
    assert words(dancing) == ["1234567890123"]


def test_spaces_of_the_file_collapse_and_end_spaces_go():
    assert words(glyphs("  合  计  ")) == ["合 计"]


def test_line_without_ink_is_none():
    assert words(glyphs("   ")) == []


@given(st.permutations(glyphs("甲乙丙12.5") + glyphs("第二行", base=130.0)))
def test_order_in_the_file_does_not_matter(shuffled):
    assert words(shuffled) == ["甲乙丙12.5", "第二行"]


@pytest.mark.parametrize(
    ("text", "garbled"),
    [
        ("收入支出决算总表 1,234.56", False),
        ("\ue123\ue124\ue125收入\ue126\ue127\ue128合", True),
        ("\ufffd" * 20, True),
        ("(cid:12)(cid:15)(cid:22)", True),
        ("ÊÕÈëÖ§³ö¾öËã×Ü±í", True),
        ("\uf0b7 第一项内容说明文字很长很长很长", False),
        ("café 100 m² ±5°", False),
        ("\x01\x02\x03\x04\x05\x06\x07\x08abc", True),
    ],
)
def test_text_that_is_no_unicode(text, garbled):
    assert is_garbled(text) is garbled


def test_radicals_stand_for_the_characters_in_use():
    assert "".join(RADICALS.get(c, c) for c in "⽬录⻚⼀") == "目录页一"
