"""What tests of several readers share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.readers.recognisers import TableReader, use


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> TableReader:
    """Who reads pictures in a test that asks for it: a table in each that is not dark."""
    made = TableReader()
    use(made, monkeypatch, tmp_path)
    return made
