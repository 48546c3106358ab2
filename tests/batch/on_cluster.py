"""A real Ray cluster of two nodes on this machine; one of them dies in the middle of a run.

Run by test_cluster.py in a process of its own: other tests fork, and a Ray driver has threads.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jsextract.batch import cluster
from jsextract.batch.limits import Limits
from jsextract.batch.outcome import Outcome
from jsextract.batch.pool import whole
from jsextract.batch.run import run
from jsextract.batch.run_settings import Settings
from jsextract.batch.sources import SourceFile, find_sources
from jsextract.errors import ClusterUnavailable
from jsextract.model.report import Report
from tests.pdfs import account, write

ray = pytest.importorskip("ray", reason="pip install 'jsextract[ray]'")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a cluster of several nodes on one machine needs Linux")

DOCUMENTS = 60


@pytest.fixture(scope="module")
def nodes() -> Iterator[Any]:
    """A cluster of two nodes: a head that reads nothing more than the other does."""
    from ray.cluster_utils import Cluster

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("RAY_AUTH_MODE", "disabled")
        root = Path(__file__).parents[2]
        patch.setenv("PYTHONPATH", os.pathsep.join([str(root / "src"), str(root), os.environ.get("PYTHONPATH", "")]))
        made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
        made.add_node(num_cpus=1)
        yield made
        ray.shutdown()
        made.shutdown()


def settings(nodes: Any, **changes: Any) -> Settings:
    return Settings(engine="ray", address=nodes.address, jobs=2, **changes)


def contents(out: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in out.iterdir() if p.is_file() and p.name != "run.log.jsonl"}


def faulty(report: Report) -> Report:
    """What is wanted of a report in these tests: trouble, if the file's name says so and it was read."""
    if report.status == "failed":
        return report
    if report.file.startswith("crash"):
        os.abort()
    if report.file.startswith("hang"):
        time.sleep(600)
    if report.file.startswith("memory"):
        bytearray(8 << 30)
    if report.file.startswith("lost"):
        os.kill(os.getppid(), signal.SIGKILL)  # the Ray worker itself, not the child that reads
        time.sleep(600)
    return report


def test_what_kills_a_child_or_a_worker_costs_its_document_only(nodes: Any, tmp_path: Path) -> None:
    names = ["a.pdf", "crash.pdf", "hang.pdf", "b.pdf", "memory.pdf", "lost.pdf", "c.pdf"]
    sources = [SourceFile(write(tmp_path / name, account(name)), name) for name in names]
    limited = settings(nodes, limits=Limits(seconds=15.0))
    done = list(cluster.read_all(sources, limited, faulty, lambda: False))
    problems = {d.source.file: d.report.problem for d in done}
    assert problems == {
        "a.pdf": "",
        "b.pdf": "",
        "c.pdf": "",
        "crash.pdf": "crashed",
        "hang.pdf": "timeout",
        "memory.pdf": "out-of-memory",
        "lost.pdf": "crashed",
    }
    (lost,) = [d.report for d in done if d.source.file == "lost.pdf"]
    assert "lost 2 workers" in lost.message
    assert lost.sha256


def test_a_node_that_dies_loses_nothing(nodes: Any, tmp_path: Path) -> None:
    for i in range(DOCUMENTS):
        write(tmp_path / "in" / f"{i:03}.pdf", account(f"第{i}份"))
    run(find_sources([tmp_path / "in"]), tmp_path / "local", Settings(jobs=1), lambda outcome: None)
    doomed = nodes.add_node(num_cpus=1)
    outcomes: list[Outcome] = []

    def kill_in_the_middle(outcome: Outcome) -> None:
        outcomes.append(outcome)
        if len(outcomes) == DOCUMENTS // 3:
            threading.Thread(target=nodes.remove_node, args=(doomed, False)).start()

    run(find_sources([tmp_path / "in"]), tmp_path / "ray", settings(nodes), kill_in_the_middle)
    assert len(outcomes) == DOCUMENTS
    assert {o.head.status for o in outcomes} == {"ok"}
    assert contents(tmp_path / "ray") == contents(tmp_path / "local")
    assert doomed not in nodes.list_all_nodes()
    last = json.loads((tmp_path / "ray" / "run.log.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (last["read"], last["failed"], last["interrupted"]) == (DOCUMENTS, 0, False)


def test_no_more_documents_are_under_way_than_the_cluster_can_take(nodes: Any, tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", account())
    taken = 0

    def endless() -> Iterator[SourceFile]:
        nonlocal taken
        while True:
            taken += 1
            yield SourceFile(path, f"{taken}.pdf")

    reading = cluster.read_all(endless(), settings(nodes), whole, lambda: False)
    for finished in range(1, 15):
        next(reading)
        assert taken - finished < 3 * 2 * cluster._AHEAD
    reading.close()


def test_a_run_asked_to_finish_takes_no_more(nodes: Any, tmp_path: Path) -> None:
    sources = [SourceFile(write(tmp_path / f"{i}.pdf", account(str(i))), f"{i}.pdf") for i in range(40)]
    finished: list[str] = []
    for done in cluster.read_all(sources, settings(nodes), whole, lambda: bool(finished)):
        finished.append(done.source.file)
    assert 1 <= len(finished) < 20


def test_another_version_on_the_cluster_ends_the_run(
    nodes: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "reader_id", lambda *_: "another")
    sources = [SourceFile(write(tmp_path / "a.pdf", account()), "a.pdf")]
    with pytest.raises(ClusterUnavailable, match="another version"):
        list(cluster.read_all(sources, settings(nodes), whole, lambda: False))


def test_a_cluster_that_is_not_there_is_named(tmp_path: Path) -> None:
    nowhere = Settings(engine="ray", address="127.0.0.1:9")
    with pytest.raises(ClusterUnavailable, match="cannot be reached"):
        list(cluster.read_all([], nowhere, whole, lambda: False))
