"""The dataset that all tests of the findings page look at."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.report import made


@pytest.fixture(scope="package")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.dataset(tmp_path_factory.mktemp("findings"))


@pytest.fixture(scope="package")
def pages(out: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page in each language."""
    folder = tmp_path_factory.mktemp("pages")
    found = {lang: folder / f"{lang}.html" for lang in ("en", "zh")}
    for lang, target in found.items():
        made.page(out, target, lang)
    return found
