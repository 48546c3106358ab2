"""What a broken pool held goes on in the next one."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

from jsextract.batch.sources import SourceFile
from jsextract.batch.workers import Workers


class FakePool:
    """A pool that answers when told to; `hand` as pebble does refuses a broken one."""

    def __init__(self) -> None:
        self.active = True
        self.given: dict[str, Future[str]] = {}

    def hand(self, source: SourceFile) -> Future[str]:
        if not self.active:
            raise RuntimeError("broken")
        return self.given.setdefault(source.file, Future())

    def stop(self) -> None:
        self.active = False

    def join(self) -> None:
        assert not self.active


def test_what_waited_in_a_pool_that_broke_unseen_is_handed_out_again() -> None:
    pools: list[FakePool] = []

    def make_pool() -> FakePool:
        pools.append(FakePool())
        return pools[-1]

    workers = Workers(1, make_pool, lambda pool, source: pool.hand(source), seconds=60.0)  # type: ignore[arg-type, return-value]
    one, other = (SourceFile(Path(name), name) for name in ("1.pdf", "2.pdf"))
    workers.give(one)
    pools[0].active = False  # its worker was killed while idle; nobody will answer for 1.pdf
    workers.give(other)
    assert set(pools[1].given) == {"1.pdf", "2.pdf"}
    for name, future in pools[1].given.items():
        future.set_result(name)
    assert {source.file for _, source in workers.finished(1.0)} == {"1.pdf", "2.pdf"}
    assert len(workers) == 0
    workers.stop()
