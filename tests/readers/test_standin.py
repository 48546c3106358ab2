"""Fonts that are named and not embedded: nothing is lost, and pictures still show the system's fonts."""

from __future__ import annotations

import subprocess
import sys

from fixtures.draw.standin import font
from jsextract.readers.pdf import font_fallback
from jsextract.readers.pdf.pdfium import read_pdf
from tests.readers.drawn import pdf


def test_the_committed_font_is_the_one_that_is_made():
    assert font_fallback.FONT.read_bytes() == font()


def test_single_characters_of_a_font_that_is_not_embedded_are_not_lost():
    def draw(sheet):
        for at, char in enumerate("本年收入合计"):
            sheet.text(50 + 10 * at, 100 + 20 * (at % 2), char)

    assert [line.text for line in read_pdf(pdf(draw)).pages[0].lines] == ["本 收 合", "年 入 计"]


def test_reading_and_drawing_may_alternate():
    script = """
import sys
from jsextract.readers.pdf.pdfium import read_pdf
from jsextract.readers.pdf.draw import draw_page
data = sys.stdin.buffer.read()
first = read_pdf(data).pages[0]
assert draw_page(data, first, [], [])[:4] == b"\\x89PNG"
second = read_pdf(data).pages[0]
assert first == second and first.lines, (first.lines, second.lines)
print("same")
"""
    data = pdf(lambda sheet: sheet.text(50, 100, "合"))
    done = subprocess.run([sys.executable, "-c", script], input=data, capture_output=True, check=False)
    assert done.stdout.strip() == b"same", done.stderr.decode()
