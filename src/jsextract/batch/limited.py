"""Any work on documents, done in worker processes under the limits that reading has (受限进程)."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import wait
from dataclasses import replace
from typing import Any, TypeVar

from pebble import ProcessPool

from jsextract.batch import awake
from jsextract.batch.child import new_pool, starting
from jsextract.batch.limits import Limits, allow_one_more
from jsextract.batch.losses import lost_answer
from jsextract.batch.run_settings import Settings
from jsextract.batch.workers import died, quiet_threads, retire, wait_for
from jsextract.errors import DocumentError, slow_search

_AHEAD = 2  # pieces of work for each worker that are handed out before their answers are asked for
_GRACE = 15.0  # seconds beyond the limit after which a worker that says nothing is lost
_GLANCE = 0.5  # seconds between two looks at the clock

Task = TypeVar("Task")
Answer = TypeVar("Answer")


def limited(
    work: Callable[[Task], Answer], tasks: Iterable[Task], settings: Settings
) -> Iterator[Answer | DocumentError]:
    """What `work` gives of each task, in their order; the error where it raised one or cost its worker's life.

    Args:
        work: a function of a module, so that it can be named to another process.
        tasks: taken as there is room.
        settings: how many workers, under which limits; without workers it is done here.
    """
    if not settings.jobs:
        yield from (_here(work, task) for task in tasks)
        return
    waiting: deque[tuple[Any, Task]] = deque()
    handed = 0
    with quiet_threads():
        pool = _pool(settings)
        try:
            for task in tasks:
                pool, future = _given(pool, work, task, settings)
                waiting.append((future, task))
                handed += 1
                if len(waiting) > settings.jobs * _AHEAD:
                    yield _answer(*waiting.popleft(), work, settings)
            while waiting:
                yield _answer(*waiting.popleft(), work, settings, alone=handed == 1)
        finally:
            wait_for([retire(pool)])


def _pool(settings: Settings) -> ProcessPool:
    """Workers that need no rules."""
    return new_pool(replace(settings, folders=(), profile=""))


def _given(
    pool: ProcessPool, work: Callable[[Task], Answer], task: Task, settings: Settings
) -> tuple[ProcessPool, Any]:
    """The pool, another one where it broke, and the future of the task."""
    arguments = (work, task, settings.limits)
    try:
        with starting():
            return pool, pool.schedule(_restrained, arguments, timeout=settings.limits.seconds)
    except RuntimeError:
        retire(pool)
        pool = _pool(settings)
        return pool, pool.schedule(_restrained, arguments, timeout=settings.limits.seconds)


def _restrained(work: Callable[[Task], Answer], task: Task, limits: Limits) -> Answer:
    allow_one_more(limits)
    return _searched(work, task)


def _searched(work: Callable[[Task], Answer], task: Task) -> Answer:
    """The answer; a search for a pattern that took too long is told apart from work that did."""
    try:
        return work(task)
    except TimeoutError as error:
        raise slow_search() from error


def _here(work: Callable[[Task], Answer], task: Task) -> Answer | DocumentError:
    try:
        return _searched(work, task)
    except DocumentError as error:
        return error


def _answer(future: Any, task: Task, work: Callable[[Task], Answer], settings: Settings, *, alone: bool = False) -> Any:
    """The answer or the error; what may have died of another task is done once more, alone."""
    limits = settings.limits
    until = awake.time() + (limits.seconds + _GRACE) * (_AHEAD + 1)  # of a pool that broke nobody answers
    while awake.time() < until and not wait((future,), _GLANCE).done:
        pass
    if not alone and future.done() and died(future):
        (answer,) = limited(work, [task], replace(settings, jobs=1))
        return answer
    try:
        return future.result(0)
    except DocumentError as error:
        return error
    except Exception as fault:  # whatever ended the worker is the trouble of one document
        logging.getLogger(__name__).debug("a worker was lost", exc_info=True)
        return lost_answer(fault, limits)
