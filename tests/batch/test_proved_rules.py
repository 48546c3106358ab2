"""Rules of one's own are loaded in a worker first: what they cost it is an error of theirs."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jsextract.batch import proved_rules as module
from jsextract.batch.limits import Limits
from jsextract.batch.proved_rules import proved_rules
from jsextract.errors import PatternError

PROCESS = os.getpid()


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    module._prove.cache_clear()
    yield
    module._prove.cache_clear()


def costs_time(folders: object, profile: str) -> str:
    return "loaded" if os.getpid() == PROCESS else time.sleep(60) or ""


def costs_memory(folders: object, profile: str) -> str:
    return "loaded" if os.getpid() == PROCESS else "一" * (1 << 31)


@pytest.mark.parametrize(
    ("cost", "says"), [(costs_time, "they take more than 1 s."), (costs_memory, "they need more than 512 MiB.")]
)
def test_what_costs_too_much_is_never_loaded_here(
    cost: object, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LIMITS", Limits(seconds=1.0, memory_mb=512))
    monkeypatch.setattr(module, "load_rules", cost)
    with pytest.raises(PatternError, match=says):
        proved_rules([tmp_path])
    assert proved_rules() == "loaded"  # the shipped ones need no proof


def test_a_fault_of_the_rules_is_told_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "own.yaml").write_text("family: [", encoding="utf-8")
    with pytest.raises(PatternError, match=r"own\.yaml, line 2"):
        proved_rules([tmp_path])
