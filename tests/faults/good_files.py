"""Sound files of every format but PDF, to be broken."""

from __future__ import annotations

from pathlib import Path

from fixtures.draw.ofd import draw_ofd
from fixtures.draw.profiles import JUSTICE, PLACES
from fixtures.draw.style import YUAN
from fixtures.draw.web import MANNERS, draw_page
from fixtures.draw.word import draw_word
from tests.readers import books, word_files

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
DRAWN = {"seed": 2021, "style": YUAN, "profile": JUSTICE, "year": 2021, "place": PLACES[2]}


def good_formats() -> dict[str, bytes]:
    """Sound files of each kind."""
    drawn = {"a.docx": draw_word(**DRAWN)[0], "a.ofd": draw_ofd(**DRAWN)[0], **small()}
    pages = {f"{at}.html": draw_page(**DRAWN, manner=manner)[0] for at, manner in enumerate(MANNERS)}
    return drawn | pages | {path.name: path.read_bytes() for path in FIXTURES.glob("book_*.xls*")}


def small() -> dict[str, bytes]:
    """A table of each kind of file: many a second can be tried."""
    body = word_files.table(*([word_files.cell(str(text or "")) for text in row] for row in books.ROWS))
    rows = "".join(f"<tr>{''.join(f'<td>{text or str()}</td>' for text in row)}</tr>" for row in books.ROWS)
    return {
        "s.xlsx": books.workbook(books.ROWS),
        "s.docx": word_files.word(word_files.para("第三部分 决算情况说明") + body),
        "s.html": f"<html><body><p>2023年度决算</p><table>{rows}</table></body></html>".encode(),
        "s.txt": "2023年度部门决算\n收入总计12.5万元，比上年增加1万元。\n".encode(),
    }
