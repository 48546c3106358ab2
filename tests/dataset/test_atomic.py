from __future__ import annotations

import os
from pathlib import Path

import pytest

from jsextract.dataset import atomic


@pytest.mark.parametrize("at", [0, 1, 2])
def test_all_files_are_replaced_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """The third of three cannot be replaced: it is in use, or immutable."""
    paths = [tmp_path / name for name in ("a", "b", "c")]
    for path in paths:
        path.write_text("old")
    rename = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target == paths[at] and "before" not in self.name:
            raise PermissionError(1, os.strerror(1), str(self), None, str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError) as caught, atomic.replacing(paths, tmp_path) as (one, *_):
        one.write("new")
    assert caught.value.filename2 == str(paths[at])
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "old", "b": "old", "c": "old"}
