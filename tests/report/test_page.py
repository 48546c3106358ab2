"""The findings page as a file: what stands in it, what it needs, what it escapes."""

from __future__ import annotations

import base64
import re
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from jsextract.errors import ExtraMissing, OutputNotWritable, SourceNotFound
from jsextract.report import page as page_module
from tests.report import made

PICTURE = re.compile(r'<img src="data:image/png;base64,([^"]+)" width="(\d+)" height="(\d+)"[^>]* alt="([^"]*)">')
FRAME = (176, 0, 32)


def articles(text: str) -> list[str]:
    return re.findall(r'<article class="finding.*?</article>', text, re.DOTALL)


@pytest.fixture(scope="module")
def english(pages: dict[str, Path]) -> str:
    return pages["en"].read_text(encoding="utf-8")


def test_every_finding_of_the_dataset_is_on_the_page(out: Path, english: str) -> None:
    found = [row for row in made.rows(out, "checks") if row["status"] in ("fail", "minor") and not row["follows"]]
    assert len(found) > 3
    assert len(articles(english)) == len(found)


def test_the_page_needs_nothing_beside_it(english: str) -> None:
    addresses = re.findall(r'(?:src|href|srcset|action|poster|xlink:href)\s*=\s*"([^"]*)"', english)
    assert len(addresses) > 10
    assert [a for a in addresses if not a.startswith(("#", "data:"))] == []
    assert "@import" not in english
    assert [u for u in re.findall(r"url\(([^)]*)\)", english) if not u.startswith(("#", '"#'))] == []
    assert "default-src 'none'" in english


def test_each_picture_has_a_frame_and_says_what_is_in_it(english: str) -> None:
    pictures = PICTURE.findall(english)
    assert len(pictures) > 4
    for data, width, height, alt in pictures:
        image = Image.open(BytesIO(base64.b64decode(data)))
        assert FRAME in {colour for _, colour in image.convert("RGB").getcolors(1 << 16)}
        assert (int(width), int(height)) > (40, 10)
        assert "framed" in alt


def test_both_places_of_a_finding_stand_side_by_side(english: str) -> None:
    """The planted total of a table contradicts another table: one picture of each page."""
    (shown, *_) = [a for a in articles(english) if a.count("<figure>") > 1 and "T3 " in a]
    captions = re.findall(r"<figcaption>(.*?)</figcaption>", shown)
    assert len(set(captions)) > 1
    assert all(re.search(r"\.pdf, p\. \d+", caption) for caption in captions)


def test_what_documents_say_is_escaped(english: str) -> None:
    assert made.HOSTILE not in english
    assert "&lt;img src=x onerror=alert(1)&gt;" in english


def test_a_text_has_its_sentence_with_the_figure_marked(english: str) -> None:
    shown = [article for article in articles(english) if "hostile.txt" in article]
    assert any("<mark>120.50</mark>" in article for article in shown)
    assert all("<img" not in article for article in shown)
    assert any("nothing draws files of this kind" in article for article in shown)


def test_what_was_not_read_is_told(english: str) -> None:
    assert re.search(r"broken_picture\.pdf</b>: .*OCR", english)
    assert re.search(r"broken_truncated\.pdf</b>: Could not be read\.", english)


def test_the_page_is_chinese_where_that_is_asked_for(pages: dict[str, Path]) -> None:
    text = pages["zh"].read_text(encoding="utf-8")
    assert '<html lang="zh-CN">' in text
    for word in ("核对结果", "错误", "所述", "算得", "相差", "未读出的内容", "数据集图表"):
        assert word in text
    assert "What was compared" not in text


def test_charts_are_text_and_bars(english: str) -> None:
    charts = re.findall(r"<svg .*?</svg>", english, re.DOTALL)
    assert len(charts) == 4
    for chart in charts:
        assert chart.count("<text") > 3
        assert 'role="img" aria-label="' in chart
    assert len("".join(charts)) < 300_000
    assert "2,912.99" in english, "an amount of the dataset, beside its bar"


def test_two_pages_of_one_dataset_are_equal(out: Path, pages: dict[str, Path], tmp_path: Path) -> None:
    made.page(out, tmp_path / "again.html", jobs=2)
    assert (tmp_path / "again.html").read_bytes() == pages["en"].read_bytes()


def test_one_document_is_chosen_by_words_of_its_name(out: Path, tmp_path: Path) -> None:
    done = made.page(out, tmp_path / "one.html", documents=("hostile",))
    text = (tmp_path / "one.html").read_text(encoding="utf-8")
    assert done.accounts == 1
    assert "account_shanghai.pdf" not in text
    with pytest.raises(SourceNotFound, match="nowhere"):
        made.page(out, tmp_path / "none.html", documents=("nowhere",))


def test_findings_beyond_the_limit_have_no_picture_and_are_told(out: Path, tmp_path: Path) -> None:
    made.page(out, tmp_path / "few.html", documents=("shanghai",), pictured=1)
    text = (tmp_path / "few.html").read_text(encoding="utf-8")
    assert sum("<img" in article for article in articles(text)) == 1
    assert re.search(r"\d findings? (is|are) told without (a )?pictures?: each account has 1 with pictures", text)
    assert "<mark>" in text, "the row stands there instead"


def test_pictures_end_where_their_room_does(out: Path, tmp_path: Path) -> None:
    done = made.page(out, tmp_path / "small.html", budget=3000)
    text = (tmp_path / "small.html").read_text(encoding="utf-8")
    assert "no room is left for pictures" in text
    assert done.bytes < 500_000


def test_a_file_that_changed_or_went_away_has_its_rows(out: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    shutil.copytree(out.parent, moved)
    source = moved / "in" / "account_shanghai.pdf"
    source.write_bytes(source.read_bytes() + b"\n")
    made.page(moved / "out", tmp_path / "changed.html", documents=("shanghai",))
    text = (tmp_path / "changed.html").read_text(encoding="utf-8")
    assert "the file has changed since it was read" in text
    assert "<img" not in text
    assert '<table class="row">' in text

    source.unlink()
    made.page(moved / "out", tmp_path / "gone.html", documents=("shanghai",))
    assert "the file is not where it was read" in (tmp_path / "gone.html").read_text(encoding="utf-8")
    made.page(moved / "out", tmp_path / "found.html", documents=("shanghai",), folders=(made.FIXTURES,))
    assert "<img" in (tmp_path / "found.html").read_text(encoding="utf-8")


def test_a_missing_library_is_named_with_its_extra(out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "find_spec", lambda name: None)
    with pytest.raises(ExtraMissing, match=r"jinja2 and matplotlib.*jsextract\[report\]"):
        made.page(out, tmp_path / "page.html")


def test_a_page_that_cannot_be_written_leaves_nothing(out: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputNotWritable):
        made.page(out, tmp_path / "missing" / "page.html")
    assert list(tmp_path.iterdir()) == []
