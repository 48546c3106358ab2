from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FIXTURES = Path(__file__).parents[2] / "fixtures"


def run(out: Path, **surroundings: str) -> dict[str, bytes]:
    files = sorted(FIXTURES.glob("*.pdf"))
    jobs = surroundings.pop("jobs")
    command = [sys.executable, "-m", "jsextract", *map(str, files), "-o", str(out), "--jobs", jobs]
    done = subprocess.run(command, env={**os.environ, **surroundings}, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return {p.name: p.read_bytes() for p in out.iterdir() if p.is_file() and p.name != "run.log.jsonl"}


def test_hash_seed_time_zone_locale_and_workers_leave_no_trace(tmp_path: Path) -> None:
    one = run(tmp_path / "one", jobs="1", PYTHONHASHSEED="1", TZ="Asia/Shanghai", LC_ALL="C.UTF-8")
    two = run(tmp_path / "two", jobs="2", PYTHONHASHSEED="2", TZ="America/New_York", LC_ALL="C")
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []
    assert len(one["cells.csv"]) > 100_000
