from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(sys.platform != "linux", reason="a cluster of several nodes on one machine needs Linux")
def test_a_cluster_of_two_nodes_gives_what_this_machine_gives() -> None:
    pytest.importorskip("ray", reason="pip install 'jsextract[ray]'")
    cases = Path(__file__).with_name("on_cluster.py")
    command = [sys.executable, "-m", "pytest", "-p", "no:xdist", "-p", "no:cacheprovider", "-rA", str(cases)]
    own = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"}  # its folder is this one's
    done = subprocess.run(command, cwd=cases.parents[2], env=own, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    passed = [line for line in done.stdout.splitlines() if line.startswith("PASSED")]
    assert len(passed) == cases.read_text(encoding="utf-8").count("\ndef test_") >= 6
