"""What the READMEs show is what the program does."""

from __future__ import annotations

import contextlib
import csv
import io
import re
import shlex
import sys
import zipfile
from pathlib import Path

import pytest

from jsextract.cli.main import run_cli

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
import dev  # noqa: E402 (a script beside the package)

PAGES = ("README.md", "README.zh-CN.md")


def fences(page: str, language: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)


def shown_rows(page: str) -> list[tuple[str, dict[str, str]]]:
    """(file, row) for each line of the tables that are announced as rows of a file."""
    found = []
    for file, table in re.findall(
        r"<!-- rows of (\S+) -->\n\n((?:\|.*\n)+)", (ROOT / page).read_text(encoding="utf-8")
    ):
        header, _, *lines = [[part.strip() for part in line.strip("|").split("|")] for line in table.splitlines()]
        found += [(file, dict(zip(header, line, strict=True))) for line in lines]
    return found


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the demo's command was run; what it printed is in the file `printed`."""
    folder = tmp_path_factory.mktemp("demo")
    (command,) = dev.TASKS["demo"][1]
    assert command[:2] == ["-m", "jsextract"]
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(io.StringIO()) as printed:
        patch.chdir(folder)
        (folder / "fixtures").symlink_to(ROOT / "fixtures")
        assert run_cli(command[2:]) == 0
    (folder / "printed").write_text(printed.getvalue(), encoding="utf-8")
    return folder


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_that_set_up_exist(page: str) -> None:
    commands = [shlex.split(line, comments=True) for fence in fences(page, "console") for line in fence.splitlines()]
    tasks = [c[2] for c in commands if c[:2] == ["python3", "dev.py"]]
    assert tasks == ["demo", "test"]
    assert set(tasks) <= set(dev.TASKS)
    assert dev.TASKS["test"][1][0][:2] == ["-m", "pytest"]
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert '"$python" dev.py --locked test' in ci
    assert '"$python" dev.py --locked demo' in ci


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_shown_are_understood(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    pdf = (ROOT / dev.DEMO).read_bytes()
    for place in ("决算.pdf", "accounts/a.pdf", "2024/b.pdf", "2025/c.pdf"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_bytes(pdf)
    lines = [line for fence in fences(page, "console") for line in fence.splitlines() if line.startswith("jsextract")]
    assert len(lines) == 8
    for line in lines:
        assert run_cli(shlex.split(line, comments=True)[1:]) == 0, line


@pytest.mark.parametrize("page", PAGES)
def test_the_table_printed_is_the_one_shown(page: str, demo: Path) -> None:
    assert fences(page, "text")[0] == (demo / "printed").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_the_rows_shown_are_in_the_files(page: str, demo: Path) -> None:
    rows = shown_rows(page)
    assert len(rows) == 8
    for file, wanted in rows:
        with (demo / "output" / file).open(encoding="utf-8-sig", newline="") as handle:
            assert any(wanted.items() <= row.items() for row in csv.DictReader(handle)), wanted


@pytest.mark.parametrize("page", PAGES)
def test_the_files_named_are_those_written(page: str, demo: Path) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    written = {path.name for path in (demo / "output").iterdir() if path.is_file()}
    named = set(re.findall(r"`([a-z_.]+\.(?:csv|json|jsonl))`", text))
    assert named == written


@pytest.mark.parametrize("page", PAGES)
def test_the_python_shown_runs(page: str, demo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = fences(page, "python")
    names: dict[str, object] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(demo)
        exec(compile(code, page, "exec"), names)
    assert names["totals"]
    assert "部门决算" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "page",
    [
        *PAGES,
        "CONTRIBUTING.md",
        "docs/architecture.md",
        "docs/design-notes.md",
        "docs/checks.md",
        "docs/findings.md",
        "docs/zh/findings.md",
    ],
)
def test_links_lead_somewhere(page: str) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / page).read_text(encoding="utf-8"))
    missing = [t for t in targets if not ((ROOT / page).parent / t).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES)
def test_a_mixed_folder_is_one_dataset(page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "决算"
    folder.mkdir()
    fixtures = ROOT / "fixtures"
    (folder / "云岭.pdf").write_bytes((fixtures / "account_yunnan.pdf").read_bytes())
    (folder / "account_text.txt").write_bytes((fixtures / "account_text.txt").read_bytes())
    with zipfile.ZipFile(folder / "打包.zip", "w") as archive:
        archive.write(fixtures / "account_hubei.pdf", "湖北/决算.pdf")
        archive.write(fixtures / "book_hubei.xlsx", "湖北/附表.xlsx")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        assert run_cli(["决算", "-o", "data"]) == 0
    shown = [line.rstrip() for line in capsys.readouterr().out.splitlines() if line]
    assert any(fence.splitlines() == shown[-6:] for fence in fences(page, "text"))
    with (tmp_path / "data" / "accounts.csv").open(encoding="utf-8-sig", newline="") as handle:
        assert sorted(row["documents"].count(";") for row in csv.DictReader(handle)) == [0, 0, 1]
