"""Worker processes that share nothing: each has a pool of its own, which is replaced when it breaks.

The workers of one pebble pool share two pipes and their locks. A worker that is killed while it holds a lock, or that
writes rubbish into the pipe, would take the whole pool with it. In a pool of one it takes nothing but itself.
"""

from __future__ import annotations

import contextlib
import logging
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures import TimeoutError as Late
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from pebble import ProcessExpired, ProcessPool

from jsextract.batch import awake
from jsextract.batch.sources import SourceFile

_DEPTH = 2  # documents in one slot: the next lies ready while one is read
_GRACE = 15.0  # seconds beyond the limit after which a pool that says nothing is stuck
_SLOW = 1.0  # seconds after which what waits behind a document need not wait longer
_PATIENCE = 10.0  # seconds for all workers to end

Task = tuple[Any, SourceFile]


class WornOutError(Exception):
    """A worker that has read other documents has too little memory left for this one."""


class _Slot:
    """One worker and what it has been given.

    Attributes:
        pool: of the one worker.
        tasks: what its pool holds, by the futures of the answers.
        behind: what the pool is given when a document that it reads alone is finished.
        since: when it was given something after it had nothing, or gave its last answer; in waking seconds.
    """

    def __init__(self, make_pool: Callable[[], ProcessPool], hand: Callable[[ProcessPool, SourceFile], Any]) -> None:
        self._make_pool = make_pool
        self._hand = hand
        self._alone = False
        self.pool = make_pool()
        self.tasks: dict[Any, SourceFile] = {}
        self.behind: list[SourceFile] = []
        self.since = awake.time()

    def __len__(self) -> int:
        return len(self.tasks) + len(self.behind)

    def give(self, source: SourceFile) -> None:
        """Gives the worker a document."""
        if self._alone:
            self.behind.append(source)
            return
        if not self.tasks:
            self.since = awake.time()
        try:
            future = self._hand(self.pool, source)
        except RuntimeError:  # it broke since it was last looked at, and will not answer for what it holds
            held = [(future, waiting) for future, waiting in self.tasks.items() if not future.done()]
            self.renew()
            for future, waiting in held:
                del self.tasks[future]
                self.tasks[self._hand(self.pool, waiting)] = waiting
            future = self._hand(self.pool, source)
        self.tasks[future] = source

    def give_alone(self, source: SourceFile) -> None:
        """Gives a new worker a document; what is given later waits behind it."""
        self.give(source)
        self._alone = True

    def take_finished(self) -> list[Task]:
        """Takes what is done: has an answer or failed."""
        finished = [(future, source) for future, source in self.tasks.items() if future.done()]
        for future, _ in finished:
            del self.tasks[future]
            self.since = awake.time()
        return finished

    def take_waiting(self) -> list[SourceFile]:
        """Takes back what the worker has not begun; a document that it reads alone stays."""
        waiting = [
            future
            for future in self.tasks
            if not self._alone and not future.running() and not future.done() and future.cancel()
        ]
        taken = [self.tasks.pop(future) for future in waiting] + self.behind
        self.behind = []
        return taken

    def take_all(self) -> list[Task]:
        """Takes back everything, done or not; what waits behind has no future."""
        held: list[Task] = [*self.tasks.items(), *((None, source) for source in self.behind)]
        self.tasks, self.behind, self._alone = {}, [], False
        return held

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
        self._slots = [_Slot(make_pool, hand) for _ in range(count)]
        self._seconds = seconds
        self._suspects: set[SourceFile] = set()

    def __len__(self) -> int:
        return sum(map(len, self._slots))

    def room(self) -> bool:
        """Whether another document can be given."""
        return len(self) < _DEPTH * len(self._slots)

    def give(self, source: SourceFile) -> None:
        """Hands a document to the worker with the least to do."""
        min(self._slots, key=len).give(source)

    def finished(self, timeout: float) -> list[Task]:
        """What is finished, waiting at most `timeout` for the first; what lost its worker is handed out again."""
        self._share()
        wait([future for slot in self._slots for future in slot.tasks], timeout, FIRST_COMPLETED)
        return [task for slot in self._slots for task in self._finished_in(slot)]

    def _finished_in(self, slot: _Slot) -> list[Task]:
        """What a slot has finished; what a worker that ended left unanswered is handed to a new one."""
        done = slot.take_finished()
        stuck = not done and slot.broken(self._seconds)
        end = next((n for n, (future, _) in enumerate(done) if _worker_ended(future)), len(done))
        # A worker that was ended may have left rubbish in the pipe: what its pool says afterwards is not believed.
        unread = [task for n, task in enumerate(done) if _is_worn_out(task[0]) or (n > end and _failed(task[0]))]
        answered = [task for task in done if task not in unread]
        if stuck or unread or end < len(done):
            waiting = slot.take_all()
            slot.renew()
            suspect = waiting.pop(0) if stuck else next((task for task in answered if died(task[0])), None)
            answered = [task for task in answered if task != suspect] + self._tried_alone(slot, suspect)
            for _, source in (*unread, *waiting):
                slot.give(source)
        elif not slot.tasks:
            for _, source in slot.take_all():
                slot.give(source)
        return answered

    def _tried_alone(self, slot: _Slot, suspect: Task | None) -> list[Task]:
        """Hands over once more, alone, what seems to have ended its worker; gives it where it was alone already.

        Which of its documents ended a worker is not certain: the answer of one may be on its way when the next kills
        the worker, and the pool blames the one whose answer it has not seen.
        """
        if suspect is None:
            return []
        future, source = suspect
        if source in self._suspects:
            self._suspects.discard(source)
            future.cancel()
            return [suspect]
        self._suspects.add(source)
        slot.give_alone(source)
        return []

    def _share(self) -> None:
        """What waits behind a slow document goes to a worker that has nothing to do."""
        for slot in self._slots:
            if len(slot) > 1 and awake.time() - slot.since > _SLOW and not all(map(len, self._slots)):
                for source in slot.take_waiting():
                    self.give(source)

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


def died(future: Any) -> bool:
    """Whether the worker or its pool ended without an answer, which may be no fault of this document's.

    A worker that was ended for its processor time had one document for all of it.
    """
    fault = None if future.cancelled() else future.exception()
    if isinstance(fault, ProcessExpired):
        return bool(fault.exitcode != -getattr(signal, "SIGXCPU", 0))
    return isinstance(fault, BrokenProcessPool)


def _is_worn_out(future: Any) -> bool:
    """Whether another worker is to read it."""
    return not future.cancelled() and isinstance(future.exception(), WornOutError)


def _worker_ended(future: Any) -> bool:
    """Whether the worker ended over the document, or was ended because of it."""
    return not future.cancelled() and isinstance(future.exception(), ProcessExpired | BrokenProcessPool | Late)


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
