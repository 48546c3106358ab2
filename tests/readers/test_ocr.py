"""Scanned pages: numbers are taken where two readings of the picture agree, and nowhere else."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from jsextract.batch.limits import WORKER_MB
from jsextract.pipeline import extract
from jsextract.readers.ocr import doubt, engine
from jsextract.readers.ocr.doubt import Piece, pieces, without_doubt
from jsextract.readers.ocr.engine import Char, Reading, Word
from jsextract.readers.ocr.overlooked import overlooked
from jsextract.readers.ocr.reader import marks, rows
from jsextract.text.amounts import UNKNOWN
from jsextract.vocabulary import Evidence, Flag

FIXTURE = Path(__file__).parents[2] / "fixtures" / "account_hubei.pdf"
needs_ocr = pytest.mark.skipif(not engine.installed(), reason="jsextract[ocr] is not installed")


def chars(text: str, x: float = 0.0, confidence: float = 1.0) -> tuple[Char, ...]:
    return tuple(Char(char, confidence, x + 10 * i, x + 10 * i + 10) for i, char in enumerate(text))


def reading(text: str, confidence: float = 1.0) -> Reading:
    return Reading(text, (confidence,) * len(text))


def piece(text: str, *others: str | None, confidence: float = 1.0) -> Piece:
    return Piece(
        chars(text, confidence=confidence), 0, 20, tuple(reading(other) for other in others if other is not None)
    )


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ("1,234.56", "1234.56", "1,234.56"),
        ("1，234.56", "1,234.56", "1,234.56"),
        ("1.234.56", "1,234.56", "1,234.56"),
        ("1,234,56", "1,234,56", UNKNOWN * 8),
        ("12,34.56", "12,34.56", UNKNOWN * 8),
        ("1,2O4.56", "1,204.56", UNKNOWN * 8),
        ("1,204.56", "1,2O4.56", "1,204.56"),
        ("197:39", "197:39", "197.39"),
        ("0:00", "0.00", "0.00"),
        ("11:14", "11:14", UNKNOWN * 5),
        ("480995,47", "480995.47", "480995.47"),
        ("0,00", "0,00", "0.00"),
        ("47,39", "47,39", UNKNOWN * 5),
        ("2:302.72", "2;302:72", "2,302.72"),
        ("18;748.193.04", "18,748,193.04", "18,748,193.04"),
        ("2:302", "2:302", "2:302"),
        ("249.10", ".249.10", UNKNOWN * 6),
        ("9.10", ".9.10", "9.10"),
        ("行政33人.事业58人,工勤1人", "行政33人.事业58人,工勤1人", "行政33人，事业58人，工勤1人"),
        ("197.39", "197:39", "197.39"),
        ("1,234.56", "1,284.56", UNKNOWN * 8),
        ("1234.56", "123456", UNKNOWN * 7),
        (".56", "56", UNKNOWN * 3),
        ("12.50", "-12.50", UNKNOWN * 5),
        ("12.50", "", UNKNOWN * 5),
        ("支出10.5万元，比上年", "支出10.6万元，比上年", f"支出{UNKNOWN * 4}万元，比上年"),
        ("2024年支出10.5万元", "2024年支出10.6万元", f"2024年支出{UNKNOWN * 4}万元"),
        ("2024年支出10.5万元", "支出10.5万元", f"{UNKNOWN * 4}年支出{UNKNOWN * 4}万元"),
        ("本年收入合计", None, "本年收入合计"),
    ],
)
def test_only_numbers_of_both_readings_are_kept(first: str, second: str | None, kept: str) -> None:
    assert without_doubt(piece(first, second)) == kept


def test_marks_tell_the_confidence_or_both_readings() -> None:
    assert [mark.flag for mark in marks(piece("12.5", "12.5", confidence=0.987), 1)] == ["ocr:0.99"]
    assert [mark.flag for mark in marks(piece("12.5", "12.5", confidence=0.6), 1)] == ["ocr:0.60", Flag.LOW_CONFIDENCE]
    second = piece("12.5")._replace(others=(reading("12.5", 0.6),))
    assert [mark.flag for mark in marks(second, 1)] == ["ocr:0.60", Flag.LOW_CONFIDENCE]
    (mark,) = marks(piece("1,2O4,56", "1204.56", "1,208.56"), 1)
    assert mark.flag == "readings_differ:1204.56|1208.56"
    (mark,) = marks(piece("支出1,312.5万元", "支出1,812.5万元"), 0.5)
    assert mark.flag == "readings_differ:1312.5|1812.5"
    assert (mark.box.x0, mark.box.y0, mark.box.x1, mark.box.y1) == pytest.approx((10, 1, 45, 9))


def test_a_word_over_two_cells_is_two_pieces() -> None:
    word = Word(chars("7.29三、国防支出"), 0, 20)
    found = pieces(word, [(41.0, 0.0, 41.0, 100.0), (0.0, 50.0, 100.0, 50.0), (71.0, 30.0, 71.0, 100.0)])
    assert [piece.text for piece in found] == ["7.29", "三、国防支出"]


@pytest.mark.parametrize(
    ("read", "kept"),
    [
        ("2,318.04.", "2,318.04"),
        (".0.00:", "0.00"),
        (".15:302.72", "15:302.72"),
        (".302.72", ".302.72"),
        (".05", ".05"),
        ("12.", "12."),
        ("：10.00", "：10.00"),
        ("12.30，", "12.30，"),
        ("共12.30.", "共12.30."),
    ],
)
def test_points_that_belong_to_no_number_are_specks(read: str, kept: str) -> None:
    (whole,) = pieces(Word(chars(read), 0, 20), ())
    assert whole.text == kept


def test_what_stands_beside_each_other_is_one_row() -> None:
    left, right = Piece(chars("收入"), 0, 20), Piece(chars("12.5", 100), 3, 23)
    below = Piece(chars("支出"), 30, 50)
    assert rows([right, below, left]) == [[left, right], [below]]


def scan(pages: tuple[int, ...] = (0, 4, 5)) -> bytes:
    document = pypdfium2.PdfDocument(FIXTURE)
    first, *others = [
        document[i].render(scale=150 / 72).to_pil().convert("RGB").rotate(0.7, fillcolor="white") for i in pages
    ]
    out = io.BytesIO()
    first.save(out, "PDF", save_all=True, append_images=others, resolution=150, quality=75)
    return out.getvalue()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))


@needs_ocr
def test_a_scan_gives_the_amounts_of_the_native_file(cache: None) -> None:
    native = {(c.table, c.code, c.item, c.column): c.value for c in extract(FIXTURE).cells if c.value is not None}
    report = extract(scan())
    read = [cell for cell in report.cells if cell.value is not None]
    assert len(read) > 40
    assert all(native[cell.table, cell.code, cell.item, cell.column] == cell.value for cell in read)
    assert all(cell.reader == "ocr" and cell.flags[0].startswith(Flag.RECOGNISED) for cell in read)
    assert any(cell.evidence == Evidence.CONFIRMED for cell in read)
    assert report.text_source == "ocr"


@needs_ocr
def test_an_amount_on_which_the_readings_differ_has_no_value(cache: None, monkeypatch: pytest.MonkeyPatch) -> None:
    strip = doubt.read_strip

    def misread(image: Any) -> Reading:
        seen = strip(image)
        return seen._replace(text=seen.text.replace("3070.48", "3010.48"))

    monkeypatch.setattr(doubt, "read_strip", misread)
    report = extract(scan((0, 4)))
    doubted = [cell for cell in report.cells if any(flag.startswith(Flag.READINGS_DIFFER) for flag in cell.flags)]
    assert doubted
    assert {flag for cell in doubted for flag in cell.flags} - {Flag.ARBITRATED} == {"readings_differ:3070.48|3010.48"}
    assert all((cell.value is None) == (Flag.ARBITRATED not in cell.flags) for cell in doubted)
    assert {cell.value for cell in doubted} <= {None, Decimal("3070.48")}
    assert all(cell.evidence != Evidence.CONFIRMED for cell in doubted)


def drawn(text: str) -> tuple[Any, list[Piece], list[tuple[float, float, float, float]]]:
    """A ruled picture with figures in the upper and lower row of its second column, the words found, the rulings."""
    cv2, np = pytest.importorskip("cv2"), pytest.importorskip("numpy")
    image = np.full((160, 400, 3), 255, np.uint8)
    strokes = [(10.0, y, 390.0, y) for y in (10.0, 80.0, 150.0)] + [(x, 10.0, x, 150.0) for x in (10.0, 200.0, 390.0)]
    for x0, y0, x1, y1 in strokes:
        cv2.line(image, (int(x0), int(y0)), (int(x1), int(y1)), (0, 0, 0), 2)
    cv2.putText(image, "12.50", (220, 55), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (0, 0, 0), 2)
    cv2.putText(image, text, (220, 125), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (0, 0, 0), 2)
    found = [Piece((*chars("12.5", 220)[:3], Char("0", 1.0, 250, 305)), 30, 60)]
    return image, found, strokes


@pytest.mark.parametrize("seen", ["", "7.25"])
def test_ink_in_a_cell_without_a_word_is_read_or_told_of(seen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jsextract.readers.ocr.overlooked.read_strip", lambda image: reading(seen))
    image, found, strokes = drawn("7.25")
    (piece,) = overlooked(image, found, strokes)
    assert piece.text == (seen or UNKNOWN)
    assert 215 < piece.x0 < piece.x1 < 300
    assert 80 < piece.y0 < piece.y1 < 150
    flags = [mark.flag for mark in marks(piece, 1)]
    assert flags == (["ocr:1.00"] if seen else [Flag.UNRECOGNISED])


def test_dashes_specks_and_rulings_are_no_ink_without_a_word() -> None:
    image, found, strokes = drawn("- .")
    assert overlooked(image, found, strokes) == []


@needs_ocr
def test_a_misread_name_is_doubted(cache: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def misread(image: Any) -> list[Word]:
        misprint = str.maketrans("社会保障", "杜鲁傈璋")
        return [
            word._replace(chars=tuple(char._replace(text=char.text.translate(misprint)) for char in word.chars))
            for word in found(image)
        ]

    found = engine.find_words
    monkeypatch.setattr(engine, "find_words", misread)
    report = extract(scan((0, 5)))
    wrong = [cell for cell in report.cells if "杜" in cell.item and cell.value is not None]
    assert wrong
    assert all(Flag.LOW_CONFIDENCE in cell.flags and cell.evidence != Evidence.CONFIRMED for cell in wrong)


@needs_ocr
def test_never_leaves_a_scan_alone(cache: None) -> None:
    report = extract(scan((4,)), ocr="never")
    assert (report.problem, report.text_source, report.cells) == ("needs-ocr", "none", ())


@needs_ocr
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell how much a process took")
def test_a_worker_takes_no_more_memory_than_it_may(tmp_path: Path) -> None:
    """Pages of several sizes, one after the other: what one took is used again for the next."""
    page = pypdfium2.PdfDocument(FIXTURE)[4].render(scale=200 / 72).to_pil().convert("RGB")
    wide = page.rotate(90, expand=True)
    large = Image.new("RGB", (4000, 4000), "white")
    large.paste(page)
    page.save(tmp_path / "scan.pdf", save_all=True, append_images=[wide, large], resolution=200)
    script = (
        "import sys; from pathlib import Path; from jsextract import extract\n"
        "assert extract(sys.argv[1]).text_source == 'ocr'; print(Path('/proc/self/status').read_text())"
    )
    own = os.environ | {"XDG_CACHE_HOME": str(tmp_path)}
    command = [sys.executable, "-c", script, str(tmp_path / "scan.pdf")]
    told = subprocess.run(command, env=own, check=True, capture_output=True, text=True, timeout=300).stdout
    assert int(told.partition("VmHWM:")[2].split()[0]) >> 10 < WORKER_MB


@needs_ocr
def test_recognition_keeps_nothing_of_its_own_and_reports_to_nobody(tmp_path: Path) -> None:
    """The engine's library gives the machine a name in the user's cache, to report by, unless it is told not to."""
    script = (
        "import os, sys; from jsextract import extract; assert extract(sys.argv[1]).text_source == 'ocr';"
        "assert os.environ['ORT_DISABLE_TELEMETRY'] == '1'"
    )
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache"), "LOCALAPPDATA": str(tmp_path / "cache")}
    command = [sys.executable, "-c", script, FIXTURE.with_name("broken_picture.pdf")]
    subprocess.run(command, env=os.environ | home, check=True, timeout=300)
    assert {path.relative_to(tmp_path).parts[:2] for path in tmp_path.rglob("*") if path.is_file()} == {
        ("cache", "jsextract")
    }


@needs_ocr
@pytest.mark.parametrize("shape", [(3, 2340, 3), (2340, 3, 3), (2340, 1000, 3)])
def test_slivers_are_not_enlarged_without_end(shape: tuple[int, int, int]) -> None:
    import numpy as np

    image = np.full(shape, 7, np.uint8)
    padded = engine._no_sliver(image)
    assert (padded[: shape[0], : shape[1]] == 7).all()
    assert min(padded.shape[:2]) >= 30
    assert padded.shape[0] <= 9 * padded.shape[1]
    assert padded.shape == shape or (padded == 255).any()
