"""Habits of the project that no linter knows."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def imports(path: Path) -> Iterator[str]:
    """The modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_bench_measures_and_is_imported_by_nothing_else() -> None:
    others = [path for folder in ("src", "tests", "fixtures") for path in (ROOT / folder).rglob("*.py")]
    assert len(others) > 200
    guilty = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in others
        for name in imports(path)
        if name.split(".")[0] == "bench"
    ]
    assert guilty == []


def test_the_package_imports_neither_tests_nor_fixtures() -> None:
    guilty = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / "src").rglob("*.py")
        for name in imports(path)
        if name.split(".")[0] in {"tests", "fixtures"}
    ]
    assert guilty == []


def canonical(requirement: str) -> str:
    """The name of a requirement as lock files write it."""
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def test_ci_installs_every_dependency_by_hash_and_names_no_host() -> None:
    text = (ROOT / "requirements" / "ci.txt").read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if not entry.startswith("#")]
    assert all(re.match(r"\S+==\S+ \\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\\n)?)+\n?$", entry) for entry in entries)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["dev"],
    ]
    missing = {canonical(one) for one in wanted} - {canonical(entry) for entry in entries}
    assert missing == set(), "python3 dev.py lock"
