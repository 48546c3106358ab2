"""What docs/architecture.md tells newcomers is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from jsextract.check.text_rules import RULES
from jsextract.dataset.schema import RESOURCES
from jsextract.readers.formats import FORMATS
from jsextract.readers.registry import FORMAT_READERS
from jsextract.rules.ruleset import load_rules
from jsextract.tables.arbitration import reread
from jsextract.vocabulary import Format, Reader

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "jsextract"
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
TASKS = dict(re.findall(r"\*\*(.+?)\.\*\* (.*?)(?=\n\n\*\*|\Z)", PAGE.partition("## Where to add what")[2], re.DOTALL))
FILE = re.compile(r"`([\w/.]+\.(?:py|yaml|md))`(?:\s\(((?:`\w+`,?\s?)+))?")


def found(path: str) -> Path:
    own = path.startswith(("patterns/", "fixtures/", "docs/", "bench/", "tests/"))
    return (ROOT if own else PACKAGE) / path


def defined(path: Path) -> set[str]:
    """What a module names at its top."""
    names = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        targets = node.targets if isinstance(node, ast.Assign) else [node]
        names |= {
            getattr(t, "name", None) or getattr(t, "id", "") or getattr(getattr(t, "target", t), "id", "")
            for t in targets
        }
    return names


def test_eleven_tasks_are_told() -> None:
    assert list(TASKS) == [
        "An input format",
        "An output column",
        "An output format",
        "An identity between figures",
        "A wording",
        "A province",
        "A reader of tables",
        "A flag",
        "A check in words",
        "A message",
        "A text for people, in both languages",
    ]


@pytest.mark.parametrize("task", TASKS)
def test_the_files_that_a_task_names_are_there_and_hold_what_it_names(task: str) -> None:
    files = FILE.findall(TASKS[task])
    assert files
    for path, names in files:
        assert found(path).is_file(), path
        wanted = set(re.findall(r"\w+", names))
        assert wanted <= (defined(found(path)) if wanted else set()), path


def test_every_floor_of_the_table_is_there() -> None:
    table = PAGE.partition("## Floors")[2].partition("\n\n`")[0]
    floors = re.findall(r"^\| (.+?) \|", table, re.MULTILINE)
    named = {name for row in floors for name in re.findall(r"`([\w./]+)`", row)}
    assert named >= {f"{path.name}/" for path in PACKAGE.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert all((PACKAGE / name).exists() for name in named)


def test_what_has_a_registry_has_its_word() -> None:
    assert set(FORMAT_READERS) <= set(FORMATS)
    assert set(FORMAT_READERS) <= {str(word) for word in Format}
    assert {name for name, _ in reread.READERS} <= {str(word) for word in Reader}


def test_every_rule_about_words_is_explained() -> None:
    explained = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    assert [rule.check_id for rule in RULES if f"`{rule.check_id}`" not in explained] == []
    assert [rule.id for rule in load_rules().equations if f"`{rule.id}`" not in explained] == []


def test_every_column_stands_in_the_codebook() -> None:
    codebook = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    missing = [f"{r.file}: {c.name}" for r in RESOURCES for c in r.fields if f"`{c.name}`" not in codebook]
    assert missing == []


@pytest.mark.parametrize(
    ("steps", "folder"),
    [
        ("From a page to its tables", "layout"),
        ("From a table to its cells", "tables"),
        ("From a sentence to its facts", "narrative"),
    ],
)
def test_every_module_has_its_place_in_the_steps(steps: str, folder: str) -> None:
    told = PAGE.partition(f"## {steps}\n")[2].partition("\n## ")[0]
    modules = {path.name for path in (PACKAGE / folder).rglob("*.py")} - {"__init__.py"}
    assert modules <= set(re.findall(r"\w+\.py", told))


@pytest.mark.parametrize("page", ["architecture", "design-notes", "scans"])
def test_the_modules_that_a_page_names_are_there(page: str) -> None:
    text = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    named = {path for path, _ in FILE.findall(text) if path.endswith(".py")}
    assert named
    there = [
        f"/{path.relative_to(ROOT)}"
        for folder in ("src", "bench", "fixtures")
        for path in (ROOT / folder).rglob("*.py")
    ]
    assert [path for path in sorted(named) if not any(one.endswith(f"/{path}") for one in there)] == []
