"""The Python of the guides runs as it stands there, in order, over the fixtures."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

from jsextract.cli.main import run_cli

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
GUIDES = ("api.md", "tutorial.md", "zh/tutorial.md")


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the fixtures, and a dataset of two of them."""
    place = tmp_path_factory.mktemp("guides")
    (place / "fixtures").symlink_to(ROOT / "fixtures")
    names = ("account_shanghai.pdf", "account_hubei.pdf")
    sources = [str(ROOT / "fixtures" / name) for name in names]
    assert run_cli([*sources, "-o", str(place / "data"), "--jobs", "0", "-q"]) == 0
    return place


@pytest.mark.parametrize("guide", GUIDES)
def test_the_code_of_a_guide_runs(guide: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    code = "\n".join(blocks(DOCS / guide, "python"))
    assert code
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(code, guide, "exec"), {"__name__": guide})
    told = printed.getvalue()
    assert "临江市梧桐区水务局" in told or "account_hubei.pdf" in told


def test_both_languages_show_the_same_code() -> None:
    for language in ("r", "stata"):
        assert blocks(DOCS / "tutorial.md", language) == blocks(DOCS / "zh" / "tutorial.md", language)
    english, chinese = (
        "\n".join(
            line for block in blocks(DOCS / page, "python") for line in block.splitlines() if "print(f" not in line
        )
        for page in ("tutorial.md", "zh/tutorial.md")
    )
    assert english == chinese


def test_the_reference_has_every_public_name() -> None:
    import jsextract

    told = set(re.findall(r"^::: ([\w.]+)$", (DOCS / "api.md").read_text(encoding="utf-8"), re.M))
    names = {f"jsextract.{name}" for name in jsextract.__all__ if name[0].islower() and not name.startswith("_")}
    assert names <= told
