"""`jsextract check`, `--strict` and `show --check`."""

from __future__ import annotations

import csv
import json
import re
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image
from rich.cells import cell_len

from jsextract.check.figure import cell_ref
from jsextract.check.findings import fitting
from jsextract.cli.main import run_cli
from jsextract.cli.summary import cut
from jsextract.errors import ChecksFailed
from jsextract.model.document import Line, Page
from jsextract.model.geometry import Box
from jsextract.model.report import CheckResult, Report
from jsextract.pipeline import extract, read
from jsextract.readers.pdf.draw import draw_boxes
from jsextract.report import shown
from jsextract.report.captions import with_caption
from jsextract.report.pictures import quotes
from jsextract.report.places import Places
from tests.check.told import account

FIXTURE = Path(__file__).parents[2] / "fixtures" / "account_shanghai.pdf"
WRONG = {
    "state_capital": "本单位无政府性基金支出。",
    "income": "本年收入合计120.50万元（不涉及的不列），其中：财政拨款收入120.50万元，占100.00%；",
}


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "right.txt").write_text(account(), encoding="utf-8")
    (tmp_path / "in" / "wrong.txt").write_text(account(**WRONG).replace("青禾区", "青苗区"), encoding="utf-8")
    assert run_cli([str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--jobs", "0"]) == 0
    return tmp_path / "out"


def test_check_prints_findings_by_document_and_severity(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run_cli(["check", str(dataset)]) == 0
    shown = capsys.readouterr().out
    assert "right.txt" not in shown
    heads = [line.split()[0] for line in shown.splitlines() if line.startswith("  ")]
    assert heads == ["error", "fail", "warning", "fail", "info", "minor"]
    assert shown.splitlines()[0].startswith("wrong.txt  北原市青苗区水务局 2023: 2 fail, 1 minor")
    assert "text.wrong_topic" in shown.splitlines()[2]
    assert shown.splitlines()[-1].startswith(f"{dataset}: 2 documents checked, 2 fail, 1 minor")


def test_codes_have_their_names_in_chinese(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run_cli(["check", str(dataset), "--lang", "zh"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].startswith("wrong.txt  北原市青苗区水务局 2023: 不符（fail）2项、细微差异（minor）1项")
    heads = [line.split()[0] for line in shown if line.startswith("  ")]
    assert heads == ["错误（error）", "不符", "警告（warning）", "不符", "提示（info）", "细微差异"]
    assert shown[-1].startswith(f"{dataset}: 核对了 2 个文件，不符（fail）2项、细微差异（minor）1项")


def test_strict_makes_failing_checks_an_exit_code(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_cli(["check", str(dataset), "--strict"]) == ChecksFailed.exit_code
    assert "2 checks fail in 1 document." in capsys.readouterr().err


def test_strict_on_a_run_looks_at_its_own_documents_alone(dataset: Path) -> None:
    sources = dataset.parent / "in"
    options = ["-o", str(dataset), "--strict", "--jobs", "0"]
    assert run_cli([str(sources / "right.txt"), *options]) == 0
    assert run_cli([str(sources / "wrong.txt"), *options]) == ChecksFailed.exit_code
    assert run_cli([str(sources), *options]) == ChecksFailed.exit_code


def test_check_shows_what_is_asked_for(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run_cli(["check", str(dataset), "--severity", "info"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines() if line.startswith("  ")] == [
        "info",
        "minor",
    ]
    assert run_cli(["check", str(dataset), "--check", "text.wrong_*", "--status", "fail"]) == 0
    shown = capsys.readouterr().out
    assert "text.wrong_topic" in shown
    assert shown.splitlines()[-1].startswith(f"{dataset}: 2 documents checked, 1 fail")
    assert run_cli(["check", str(dataset), "--document", "right"]) == 0
    assert capsys.readouterr().out.startswith(f"{dataset}: 1 document checked")


def test_check_suggests_names_that_are_near(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_cli(["check", str(dataset), "--check", "text.wrong_topc"]) == 3
    assert "Did you mean text.wrong_topic?" in capsys.readouterr().err
    assert run_cli(["check", str(dataset), "--document", "rihgt.txt"]) == 3
    assert "Did you mean right.txt?" in capsys.readouterr().err


def test_check_counts_what_does_not_fit_a_screen(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run_cli(["check", str(dataset), "--lines", "3"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].split() == ["error", "text.wrong_topic", "1", "fail"]
    assert "--lines 0" in shown[-1]
    assert len(shown) <= 3 + 2
    assert run_cli(["check", str(dataset), "--lines", "0", "--all", "--status", "pass"]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 40


def test_check_writes_for_programs(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run_cli(["check", str(dataset), "--format", "csv"]) == 0
    rows = list(csv.DictReader(StringIO(capsys.readouterr().out)))
    assert run_cli(["check", str(dataset), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(row["file"], row["check_id"], row["status"]) for row in rows] == [
        (row["file"], row["check_id"], row["status"]) for row in told
    ]
    assert {row["status"] for row in told} == {"fail", "minor"}
    assert {row["entity"] for row in told} == {"北原市青苗区水务局"}
    assert run_cli(["check", str(dataset), "--format", "json", "--severity", "info", "--status", "rounding"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_check_without_a_dataset_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_cli(["check", str(tmp_path)]) == 3
    assert capsys.readouterr().err.count("\n") == 1


def test_the_summary_names_the_worst_three(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = account(**WRONG, totals="XX局2023年度收入支出总计120.50万元（不涉及的不列）。")
    (tmp_path / "a.txt").write_text(wrong, encoding="utf-8")
    assert run_cli([str(tmp_path / "a.txt"), "-o", str(tmp_path / "out"), "--jobs", "0"]) == 0
    lines = capsys.readouterr().out.splitlines()
    at = lines.index("a.txt:")
    named = [line.split()[:2] for line in lines[at + 1 :] if line.startswith("  ")]
    assert named == [["fail", "text.wrong_topic"], ["fail", "text.template_residue"], ["fail", "text.template_residue"]]


def test_lines_are_cut_to_their_places_not_to_their_characters() -> None:
    assert cut("收入支出", 8) == "收入支出"
    assert cut("收入支出总计", 8) == "收入支…"
    assert cell_len(cut("决算" * 200, 160)) <= 160


def fixture_report() -> Report:
    return extract(FIXTURE)


def first(name: str) -> tuple[str, CheckResult]:
    return fitting(fixture_report().checks, name)[0]


def colours(path: Path) -> set[tuple[int, int, int]]:
    drawn = Image.open(path).convert("RGB")
    return {colour for _, colour in drawn.crop((0, 80, *drawn.size)).getcolors(1 << 24)}


def test_show_draws_the_cells_of_a_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    label, check = first("table.t1_total")
    assert len(check.pages) == 1
    target = tmp_path / "check.png"
    assert run_cli(["show", str(FIXTURE), "--check", label, "-o", str(target)]) == 0
    assert str(target) in capsys.readouterr().out
    assert (30, 150, 70) in colours(target)


def test_show_draws_several_checks_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labels = [name for name, check in fitting(fixture_report().checks, "table.t1_total")][:2]
    options = [part for label in labels for part in ("--check", label)]
    assert run_cli(["show", str(FIXTURE), *options, "-o", str(tmp_path / "a.png")]) == 0
    made = sorted(path.name for path in tmp_path.iterdir())
    assert len(made) == 2
    assert all(label.replace("/", "-") in "".join(made) for label in labels)


@pytest.mark.parametrize(
    ("name", "magic"), [("a.jpg", b"\xff\xd8\xff"), ("a.JPEG", b"\xff\xd8\xff"), ("a.png", b"\x89PNG")]
)
def test_a_picture_is_what_its_name_says(tmp_path: Path, name: str, magic: bytes) -> None:
    assert run_cli(["show", str(FIXTURE), "--page", "3", "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / name).read_bytes().startswith(magic)


@pytest.mark.parametrize("name", ["a.pdf", "a", "a.xlsx"])
def test_what_is_no_name_of_a_picture_is_refused(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_cli(["show", str(FIXTURE), "--page", "3", "-o", str(tmp_path / name)]) == 2
    assert ".png or .jpg" in capsys.readouterr().err
    assert not (tmp_path / name).exists()


def test_show_lists_the_checks_that_a_name_fits(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_cli(["show", str(FIXTURE), "--check", "table.t1_total"]) == 22
    shown = capsys.readouterr()
    assert re.match(r"table\.t1_total/1 +pass", shown.out)
    assert shown.err.count("\n") == 1


def test_show_says_what_is_near_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_cli(["show", str(FIXTURE), "--check", "text.stale_yaer"]) == 3
    assert "text.stale_year" in capsys.readouterr().err
    assert run_cli(["show", str(FIXTURE), "--check", "table.t1_total/nowhere"]) == 3


def test_a_check_without_a_page_is_told_in_words(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = dataset.parent / "in" / "wrong.txt"
    assert run_cli(["show", str(wrong), "--check", "text.wrong_topic"]) == 0
    assert "【本单位无政府性基金支出。】" in capsys.readouterr().out


def test_checks_of_a_dataset_are_shown_by_the_names_that_it_prints(
    tmp_path: Path, dataset: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run_cli(["show", str(dataset), "--check", "text.wrong_topic"]) == 0
    assert "本单位无政府性基金支出。" in capsys.readouterr().out
    assert run_cli([str(FIXTURE), "-o", str(dataset), "--jobs", "0"]) == 0
    label = first("table.t1_total")[0]
    assert run_cli(["show", str(dataset), "--check", label, "--document", "shanghai"]) == 0
    (made,) = tmp_path.glob("*.png")
    assert (30, 150, 70) in colours(made)
    assert run_cli(["show", str(dataset), "--check", "dataset.nothing"]) == 3
    assert run_cli(["show", str(dataset), "--page", "1"]) == 2


def test_a_file_that_changed_is_not_drawn_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.pdf").write_bytes(FIXTURE.read_bytes())
    assert run_cli(["a.pdf", "-o", "data", "--jobs", "0"]) == 0
    (tmp_path / "a.pdf").write_bytes(FIXTURE.read_bytes() + b"\n")
    assert run_cli(["show", "data", "--check", first("table.t1_total")[0]]) == 3
    assert "a.pdf is not where it was read" in capsys.readouterr().err


def test_errors_of_show_name_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 cut")
    assert run_cli(["show", str(tmp_path / "a.pdf"), "--page", "1"]) == 14
    assert "a.pdf" in capsys.readouterr().err
    assert run_cli(["show", str(tmp_path / "none.pdf"), "--page", "1"]) == 3


def test_a_page_that_continues_a_table_stands_below_its_header() -> None:
    fixture = FIXTURE.with_name("account_hubei.pdf")
    report = extract(fixture)
    later = next(c for c in report.cells if c.page > min(o.page for o in report.cells if o.place == c.place))
    check = replace(report.checks[0], pages=(later.page,), refs=(cell_ref(later),), stated="")
    document = read(fixture)
    page = next(p for p in document.pages if p.number == later.page)
    (drawn,) = shown._drawn(document, Places(report), "x", check, "PNG")
    height = Image.open(BytesIO(drawn.image)).height
    plain = Image.open(BytesIO(draw_boxes(document.data, page, {}, ""))).height
    caption = with_caption(Image.new("RGB", (int(page.width * 2), 10)), f"{check.status}: {check.message}").height - 10
    assert height > plain + caption + 60, "title and header of the page before are above it"


def test_a_caption_is_wrapped_and_words_stay_whole() -> None:
    plain = Image.new("RGB", (300, 10))
    one, many = with_caption(plain, "决算"), with_caption(plain, "决算 2024 " * 30)
    assert one.width == many.width == 300
    assert many.height > one.height + 100


def printed(*texts: str) -> Page:
    lines = []
    for at, text in enumerate(texts):
        edges = tuple((10.0 * i, 10.0 * i + 10) for i in range(len(text)))
        lines.append(Line(1, text, Box(0, 20 * at, 10 * len(text), 20 * at + 12), edges, 12))
    return Page(number=1, width=500, height=500, lines=tuple(lines))


def test_a_quote_over_two_lines_has_a_box_in_each() -> None:
    page = printed("本单位 2023年度无政府", "性基金支出。其他")
    assert quotes(page, "无政府性基金支出。") == [Box(100, 0, 130, 12), Box(0, 20, 60, 32)]


@pytest.mark.parametrize("quote", ["12345.67", "无", "不在此页的话"])
def test_figures_and_words_of_other_pages_have_no_box(quote: str) -> None:
    assert quotes(printed("本单位12345.67无"), quote) == []
