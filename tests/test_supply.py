"""What the project is made of, and what it is built into: licences, bill of materials, the same bytes each time."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from email import message_from_string
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "requirements"))
from parts import BUNDLED, LicenceNotToldError, Part, closure, extras, licence_of, parts, strength, tools  # noqa: E402
from sbom import LOCK, bill, pins  # noqa: E402

BUILT = ["src", "patterns", "docs", "pyproject.toml", "README.md", "README.zh-CN.md", "LICENSE", "CHANGELOG.md"]


@pytest.fixture(scope="module")
def locked() -> dict[str, Part]:
    """The project's packages, where they are those of the lock: newer ones may need others or change a licence."""
    found = {part.name: part for part in parts()}
    pinned = pins(LOCK.read_text(encoding="utf-8"))
    others = [name for name, part in found.items() if pinned.get(name, ("",))[0] != part.version]
    if others:
        pytest.skip(f"not the versions of requirements/ci.txt: {', '.join(others)}")
    return found


@pytest.mark.parametrize(
    ("licence", "expected"),
    [
        ("MIT", 0),
        ("MIT AND CC0-1.0", 0),
        ("LGPL-2.1-or-later", 1),
        ("MPL-2.0", 1),
        ("GPL-2.0-or-later", 2),
        ("AGPL-3.0-only", 2),
        ("Artistic-1.0 OR GPL-1.0-or-later", 0),
        ("MIT AND AGPL-3.0-only", 2),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", 1),
    ],
)
def test_strength_of_a_licence(licence: str, expected: int) -> None:
    assert strength(licence) == expected


def test_a_package_without_a_known_licence_is_named() -> None:
    metadata = message_from_string("Name: mystery\nLicense: ask me\n")
    with pytest.raises(LicenceNotToldError, match="mystery"):
        licence_of(metadata)


def test_nothing_that_is_installed_is_under_gpl_or_agpl() -> None:
    found = [*parts(), *tools()]
    assert len(found) > 60
    assert [part for part in found if strength(part.licence) == 2] == []


def test_every_package_and_licence_stands_on_the_page(locked: dict[str, Part]) -> None:
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    rows = {cells[1].strip(): cells[2].strip() for line in page.splitlines() if len(cells := line.split("|")) == 5}
    told = {name: licence for name, licence in rows.items() if name not in {"package", "---"}}
    assert told == {name: part.licence for name, part in locked.items()}, "python3 dev.py licences"
    weak = [part.name for part in locked.values() if strength(part.licence) == 1]
    named = next(line for line in page.splitlines() if line.startswith("Under a licence"))
    assert all(f"{name} (" in named for name in weak)
    assert {"pebble", "pikepdf"} <= set(weak)
    assert set(BUNDLED) <= set(told)


def test_extras_add_to_what_everybody_has() -> None:
    core = set(closure(""))
    assert {"pypdfium2", "pdfplumber", "camelot-py", "jieba", "pandas", "regex"} <= core
    assert "dev" not in extras()
    assert "httpx" in set(closure("web")) - core
    assert {"duckdb", "xlsxwriter"} <= set(closure("export")), "an extra that asks for other extras"


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two folders with wheel and source archive, built at other places, times, umasks and in other zones."""
    made = []
    for number, (umask, zone, hours) in enumerate([(0o022, "UTC", 0), (0o077, "Asia/Shanghai", -5000)]):
        folder = tmp_path_factory.mktemp(f"build{number}" + "x" * number)
        for name in BUILT:
            source, target = ROOT / name, folder / name
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, target)
        (folder / "fixtures").mkdir()
        (folder / "tests").mkdir()
        for path in folder.rglob("*"):
            path.chmod(path.stat().st_mode & ~umask)
            os.utime(path, (1.7e9 + hours * 3600,) * 2)
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build"],
            cwd=folder,
            env={**os.environ, "TZ": zone},
            check=True,
            capture_output=True,
            umask=umask,
        )
        made.append(folder / "dist")
    return made


def test_two_builds_are_the_same_bytes(builds: list[Path]) -> None:
    first, second = (
        {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in dist.iterdir()} for dist in builds
    )
    assert sorted(name.rpartition(".")[2] for name in first) == ["gz", "whl"]
    assert first == second


def test_the_bill_of_materials(locked: dict[str, Part], builds: list[Path]) -> None:
    wheels = [next(dist.glob("*.whl")) for dist in builds]
    text = bill(wheels[0])
    assert text == bill(wheels[1])
    told = json.loads(text)
    assert told["metadata"]["component"]["hashes"][0]["content"] == hashlib.sha256(wheels[0].read_bytes()).hexdigest()
    components = {one["name"]: one for one in told["components"]}
    assert set(components) == set(locked)
    assert all(one["hashes"] and one["licenses"] for one in components.values())
    assert components["pypdfium2"]["scope"] == "required"
    assert components["httpx"]["scope"] == "optional"
    assert "://" not in json.dumps(told["components"]), "no host is named"
