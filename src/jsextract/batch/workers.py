"""Worker processes that share nothing: each has a pool of its own, which is replaced when it breaks.

The workers of one pebble pool share two pipes and their locks. A worker that is killed while it holds a lock, or that
writes rubbish into the pipe, would take the whole pool with it. In a pool of one it takes nothing but itself.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures import TimeoutError as Late
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from pebble import ProcessExpired, ProcessPool

from jsextract.batch import awake
from jsextract.batch.sources import SourceFile

_DEPTH = 2  # documents in one slot: the next lies ready while one is read
_LOSSES = 3  # pools that a document may lose before it is given up
_GRACE = 15.0  # seconds beyond the limit after which a pool that says nothing is stuck
_SLOW = 1.0  # seconds after which what waits behind a document need not wait longer
_PATIENCE = 10.0  # seconds for all workers to end

Task = tuple[Any, SourceFile]


class WornOutError(Exception):
    """A worker that has read other documents has too little memory left for this one."""


class _Slot:
    """One worker and what it has been given."""

    def __init__(self, make_pool: Callable[[], ProcessPool]) -> None:
        self._make_pool = make_pool
        self.pool = make_pool()
        self.tasks: dict[Any, SourceFile] = {}
        self.since = awake.time()

    def give(self, source: SourceFile, hand: Callable[[ProcessPool, SourceFile], Any]) -> None:
        """Hands the worker a document; `hand` gives the future of its answer."""
        if not self.tasks:
            self.since = awake.time()
        try:
            future = hand(self.pool, source)
        except RuntimeError:  # it broke since it was last looked at, and will not answer for what it holds
            held = [(future, waiting) for future, waiting in self.tasks.items() if not future.done()]
            self.renew()
            for future, waiting in held:
                del self.tasks[future]
                self.tasks[hand(self.pool, waiting)] = waiting
            future = hand(self.pool, source)
        self.tasks[future] = source

    def take_finished(self) -> list[Task]:
        """Takes what is done: has an answer or failed."""
        finished = [(future, source) for future, source in self.tasks.items() if future.done()]
        for future, _ in finished:
            del self.tasks[future]
            self.since = awake.time()
        return finished

    def take_waiting(self) -> list[SourceFile]:
        """Takes back what the worker has not begun."""
        waiting = [future for future in self.tasks if not future.running() and not future.done() and future.cancel()]
        return [self.tasks.pop(future) for future in waiting]

    def broken(self, seconds: float) -> bool:
        """Whether no answer will come any more."""
        return bool(self.tasks) and (not self.pool.active or awake.time() - self.since > seconds + _GRACE)

    def renew(self) -> None:
        """Another worker in the place of this one, which is killed."""
        retire(self.pool)
        self.pool = self._make_pool()


class Workers:
    """All workers of a run."""

    def __init__(
        self,
        count: int,
        make_pool: Callable[[], ProcessPool],
        hand: Callable[[ProcessPool, SourceFile], Any],
        seconds: float,
    ) -> None:
        """Makes the workers.

        Args:
            count: how many.
            make_pool: gives a pool of one worker.
            hand: gives a document to a pool; what it gives back is a future.
            seconds: that one document may take.
        """
        self._slots = [_Slot(make_pool) for _ in range(count)]
        self._hand = hand
        self._seconds = seconds
        self._losses: Counter[SourceFile] = Counter()

    def __len__(self) -> int:
        return sum(len(slot.tasks) for slot in self._slots)

    def room(self) -> bool:
        """Whether another document can be given."""
        return len(self) < _DEPTH * len(self._slots)

    def give(self, source: SourceFile) -> None:
        """Hands a document to the worker with the least to do."""
        min(self._slots, key=lambda slot: len(slot.tasks)).give(source, self._hand)

    def finished(self, timeout: float) -> list[Task]:
        """What is finished, waiting no longer than `timeout` for the first; a document that lost its worker goes on."""
        self._share()
        wait([future for slot in self._slots for future in slot.tasks], timeout, FIRST_COMPLETED)
        return [task for slot in self._slots for task in self._finished_in(slot)]

    def _finished_in(self, slot: _Slot) -> list[Task]:
        """What a slot has finished; what a broken pool lost is handed out again, unless it was lost too often."""
        done = slot.take_finished()
        stuck = not done and slot.broken(self._seconds)
        last = next((n for n, (future, _) in enumerate(done) if _worker_ended(future)), len(done))
        # A worker that was ended may have left rubbish in the pipe: what its pool says afterwards is not believed.
        spoilt = [task for task in done[last + 1 :] if _failed(task[0])]
        lost = [task for task in done[: last + 1] if _is_loss(task[0])]
        worn = [task for task in done[: last + 1] if _is_worn_out(task[0])]
        if stuck or lost or worn or last < len(done):
            waiting = list(slot.tasks.items())
            slot.tasks.clear()
            slot.renew()
            if stuck:
                lost, waiting = waiting[:1], waiting[1:]
            for _, source in (*worn, *spoilt, *waiting):
                slot.give(source, self._hand)
        answered = [task for task in done if task not in lost and task not in spoilt and task not in worn]
        return answered + self._again(slot, lost)

    def _share(self) -> None:
        """What waits behind a slow document goes to a worker that has nothing to do."""
        for slot in self._slots:
            if len(slot.tasks) > 1 and awake.time() - slot.since > _SLOW and not all(s.tasks for s in self._slots):
                for source in slot.take_waiting():
                    self.give(source)

    def _again(self, slot: _Slot, lost: list[Task]) -> list[Task]:
        """Hands out again what was lost; gives what was lost too often. What only waited behind it bears no blame."""
        given_up = []
        self._losses.update(source for _, source in lost[:1])
        for future, source in lost:
            if self._losses[source] < _LOSSES:
                slot.give(source, self._hand)
            else:
                future.cancel()
                given_up.append((future, source))
        return given_up

    def take_back(self) -> None:
        """Forgets what no worker has begun."""
        for slot in self._slots:
            slot.take_waiting()

    def stop(self) -> None:
        """Ends all workers, whatever they are doing."""
        wait_for([retire(slot.pool) for slot in self._slots])


def wait_for(ends: Iterable[threading.Thread | None]) -> None:
    """Waits until pools that `retire` lets go have ended, for ten seconds at most."""
    until = time.monotonic() + _PATIENCE
    for end in filter(None, ends):
        end.join(max(0.0, until - time.monotonic()))


def retire(pool: ProcessPool) -> threading.Thread | None:
    """Kills a pool's worker and lets the pool go; a pool that is stuck is not waited for.

    Returns:
        What ends when the pool has; None where the system has no room for another thread.
    """

    def stop() -> None:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()

    thread = threading.Thread(target=stop, daemon=True)
    try:
        thread.start()
    except RuntimeError:  # the system has no room for it
        pool.stop()  # type: ignore[no-untyped-call]
        return None
    return thread


def _is_loss(future: Any) -> bool:
    """Whether the pool broke, which may be no fault of the document's."""
    return not future.cancelled() and isinstance(future.exception(), BrokenProcessPool)


def _is_worn_out(future: Any) -> bool:
    """Whether another worker is to read it."""
    return not future.cancelled() and isinstance(future.exception(), WornOutError)


def _worker_ended(future: Any) -> bool:
    """Whether the document cost its worker's life."""
    return not future.cancelled() and isinstance(future.exception(), ProcessExpired | Late)


def _failed(future: Any) -> bool:
    return future.cancelled() or future.exception() is not None


@contextlib.contextmanager
def quiet_threads() -> Iterator[None]:
    """A pool's thread that dies of what a worker sent tells the log, not the terminal."""
    before = threading.excepthook

    def note(arguments: threading.ExceptHookArgs) -> None:
        frame = arguments.exc_traceback
        while frame is not None and "pebble" not in frame.tb_frame.f_globals.get("__name__", ""):
            frame = frame.tb_next
        if frame is None:
            before(arguments)
        else:
            logging.getLogger(__name__).debug("A pool broke: %s", arguments.exc_value)

    threading.excepthook = note
    try:
        yield
    finally:
        threading.excepthook = before
