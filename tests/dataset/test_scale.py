"""Datasets that grow: memory stays, time goes with the rows."""

from __future__ import annotations

import hashlib
from pathlib import Path

from jsextract.dataset.store import Store
from tests import made
from tests.faults import scale


def test_putting_together_takes_flat_memory_and_linear_time(tmp_path: Path) -> None:
    scale.simulate(tmp_path, 0, 400)
    small = scale.measure(tmp_path, 400)
    scale.simulate(tmp_path, 400, 1600)
    large = scale.measure(tmp_path, 2000)
    assert large.rows == 5 * small.rows > 400 * 100
    assert large.peak_mb < small.peak_mb + 10
    assert large.cpu < 12 * small.cpu  # five times as many; with their square it would be 25


def test_adding_documents_takes_linear_time(tmp_path: Path) -> None:
    """A search through all entries for each new one would be seen here: it was quadratic once."""
    store = Store(tmp_path)
    steps = []
    store._index._db.set_progress_handler(lambda: steps.append(1), 1000)
    counts = []
    for block in range(3):
        steps.clear()
        for i in range(2000):
            key = hashlib.sha256(f"{block}-{i}".encode()).hexdigest()
            store._index.put(key, "r", settled=True)
            store.assign(f"place {key}", f"{key}.pdf", key, "r")
        counts.append(len(steps))
    assert counts[0] > 0
    assert counts[2] < 2 * counts[0]


def test_the_first_of_equal_files_is_known_without_remembering_all(tmp_path: Path) -> None:
    store = Store(tmp_path)
    report = made.report()
    store.put(report.sha256, report, "r")
    for name in ("b.pdf", "a.pdf", "c.pdf"):
        store.assign(name, name, report.sha256, "r")
    assert [(known.file, known.first) for known in store.files()] == [
        ("a.pdf", True),
        ("b.pdf", False),
        ("c.pdf", False),
    ]
