"""One command parses a file once, whatever it shows of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from jsextract import extract, load_rules, read, understand
from jsextract.cli import confined, showing
from jsextract.cli.main import run_cli
from jsextract.readers.pdf import repair
from jsextract.readers.pdf.pdfium import read_pdf

FIXTURE = Path(__file__).parents[2] / "fixtures" / "account_shanghai.pdf"


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A number for each time that a PDF is parsed."""
    seen: list[int] = []

    def counted(source: bytes, **options: object) -> object:
        seen.append(len(source))
        return read_pdf(source, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(repair, "read_pdf", counted)
    # what is done in a worker is done here, where it can be counted
    for module in (showing, confined):
        monkeypatch.setattr(module, "limited", lambda work, tasks, settings: map(work, tasks))
    return seen


@pytest.mark.parametrize(
    "command",
    [
        [str(FIXTURE), "--jobs", "0"],
        ["show", str(FIXTURE), "--page", "7"],
        ["show", str(FIXTURE), "--unread"],
        ["show", str(FIXTURE), "--check", "table.t1_total/1"],
        ["patterns", "explain", "figure.named", str(FIXTURE)],
    ],
    ids=lambda command: " ".join(command[:1] + command[2:3]) if command[0] != str(FIXTURE) else "run",
)
def test_a_file_is_parsed_once(
    command: list[str], parses: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run_cli(command) == 0
    assert parses == [FIXTURE.stat().st_size]


def test_extract_is_read_and_understand(parses: list[int]) -> None:
    document = read(FIXTURE)
    assert (document.name, document.format, document.size) == (FIXTURE.name, "pdf", FIXTURE.stat().st_size)
    report = understand(document, load_rules())
    assert len(parses) == 1
    assert report == extract(FIXTURE)
    assert len(report.page_sizes) == report.pages
    assert report.page_sizes[0] == (document.pages[0].width, document.pages[0].height)


def test_a_document_does_not_show_its_password() -> None:
    assert "geheim" not in repr(read(FIXTURE, password="geheim"))
