"""Many documents on a Ray cluster: the same work in the same child processes, on as many machines as there are.

A task reads one document in a child of its Ray worker, under the limits of `limits.py`: what kills the child costs its
document and nothing else. What kills the Ray worker or its machine is no document's fault at first: the document is
handed out again, and given up when it has lost two.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, Generic, TypeVar

from pebble import ProcessPool

from jsextract.batch.child import failed_report, new_pool, refusal
from jsextract.batch.pool import Done, collected, schedule
from jsextract.batch.proved_rules import proved_rules
from jsextract.batch.run_settings import Settings
from jsextract.batch.sources import SourceFile
from jsextract.batch.usage import Usage
from jsextract.batch.workers import WornOutError, died
from jsextract.dataset.fingerprint import reader_id
from jsextract.errors import ClusterUnavailable, Crashed, JsextractError
from jsextract.language.phrase import phrase
from jsextract.language.system import reason
from jsextract.model.report import Report

T = TypeVar("T")
_LOSSES = 2  # workers that a document may lose before it is given up
_AHEAD = 2  # documents handed out for each processor: results wait in the cluster's memory until they are taken
_GLANCE = 0.2  # seconds between two looks at whether to stop
_ANSWER = 10.0  # seconds for a cluster to answer
_CENSUS = 10.0  # seconds between two counts of the cluster's processors: machines come and go


def read_all(
    sources: Iterable[SourceFile], settings: Settings, make: Callable[[Report], T], stopping: Callable[[], bool]
) -> Iterator[Done[T]]:
    """What `pool.read_all` does, on a cluster; outcomes come as they are ready.

    Raises:
        ClusterUnavailable: if Ray is not installed, does not answer, or has another jsextract on its machines.
        JsextractError: what is no document's fault.
    """
    with _connected(settings) as ray:
        window = _Window(ray, settings, make)
        try:
            yield from window.over(iter(sources), stopping)
        finally:
            window.cancel()


class _Window(Generic[T]):
    """The documents that are under way on the cluster."""

    def __init__(self, ray: Any, settings: Settings, make: Callable[[Report], T]) -> None:
        self.ray = ray
        self.settings = settings
        self.make = make
        # Ray must not rerun a task by itself: it would do so without an end in sight, and without telling.
        self.task = ray.remote(num_cpus=1, max_retries=0)(read_in_child)
        self.shared = ray.put(
            (replace(settings, jobs=1), make, reader_id(settings.folders, settings.profile, settings.ocr))
        )
        self.under_way: dict[Any, SourceFile] = {}
        self.losses: Counter[SourceFile] = Counter()
        self.room = 0
        self.counted = -_CENSUS

    def over(self, sources: Iterator[SourceFile], stopping: Callable[[], bool]) -> Iterator[Done[T]]:
        """The outcomes as they come; `sources` are taken one by one, as the cluster has room."""
        more = True
        while True:
            more = more and not stopping()
            self._count_room()
            while more and len(self.under_way) < self.room:
                source = next(sources, None)
                more = source is not None
                if source is not None:
                    self._submit(source)
            if not self.under_way:
                return
            finished, _ = self.ray.wait(list(self.under_way), num_returns=1, timeout=_GLANCE)
            for reference in finished:
                yield from self._collect(reference, self.under_way.pop(reference))

    def cancel(self) -> None:
        """Takes back what is under way."""
        for reference in self.under_way:
            self.ray.cancel(reference, force=True)
        self.under_way.clear()

    def _submit(self, source: SourceFile) -> None:
        self.under_way[self.task.remote(source, self.shared)] = source

    def _count_room(self) -> None:
        """Now and then asks how many documents the cluster may hold at a time."""
        if time.monotonic() - self.counted >= _CENSUS:
            self.room = max(1, int(self.ray.cluster_resources().get("CPU", 1))) * _AHEAD
            self.counted = time.monotonic()

    def _collect(self, reference: Any, source: SourceFile) -> Iterator[Done[T]]:
        """The outcome; none where the worker was lost and the document is handed out again."""
        try:
            answer = self.ray.get(reference)
        except self.ray.exceptions.RayError as fault:
            self.losses[source] += 1
            if self.losses[source] < _LOSSES:
                self._submit(source)
                return
            message = phrase(
                "The cluster lost {number} workers over it ({fault}).", number=_LOSSES, fault=type(fault).__name__
            )
            answer = Done(source, self.make(failed_report(source, Crashed(message))), Usage())
        self.losses.pop(source, None)
        if isinstance(answer, JsextractError):
            raise answer
        yield answer


@contextlib.contextmanager
def _connected(settings: Settings) -> Iterator[Any]:
    """The ray module, connected to the cluster that was named or to one that lasts as long as the block."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is reported to anybody
    try:
        import ray
    except ImportError as error:
        raise ClusterUnavailable(
            phrase("Ray cannot be imported: {error}.", error=error), phrase("pip install 'jsextract[ray]'")
        ) from error
    ours = not ray.is_initialized()
    if ours:
        _knock(settings.address)
        handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        where: dict[str, Any] = {"address": settings.address} if settings.address else {"num_cpus": settings.jobs or 1}
        try:
            ray.init(**where, log_to_driver=settings.verbose, logging_level=logging.ERROR, include_dashboard=False)
        except (ConnectionError, OSError, RuntimeError, ValueError) as error:
            raise ClusterUnavailable(
                phrase("The Ray cluster cannot be reached: {error}", error=error), phrase("Check --address.")
            ) from error
        finally:
            for number, handler in handlers.items():  # Ray puts its own in their places
                signal.signal(number, handler)
    try:
        yield ray
    finally:
        if ours:
            ray.shutdown()


def _knock(address: str) -> None:
    """Ray itself waits for minutes where nobody answers."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if host and port.isdecimal():
        try:
            socket.create_connection((host, int(port)), _ANSWER).close()
        except OSError as error:
            message = phrase(
                "The Ray cluster cannot be reached: {address}: {reason}.",
                address=address,
                reason=reason(error),
            )
            raise ClusterUnavailable(message, phrase("Check --address.")) from error


class _Child:
    """The child process of this Ray worker; it outlives a task, so that rules are loaded once."""

    pool: ProcessPool | None = None
    settings: Settings | None = None

    @classmethod
    def serving(cls, settings: Settings) -> ProcessPool:
        """The pool of this Ray worker, made anew where the settings are others."""
        if cls.pool is None or cls.settings != settings:
            cls.end()
            proved_rules(settings.folders, settings.profile)
            cls.pool, cls.settings = new_pool(settings, fork=False), settings
        return cls.pool

    @classmethod
    def end(cls) -> None:
        """Lets the child process go."""
        if cls.pool is not None:
            cls.pool.stop()  # type: ignore[no-untyped-call]
            cls.pool = None


def read_in_child(source: SourceFile, shared: tuple[Settings, Callable[[Report], T], str]) -> Done[T] | JsextractError:
    """What a task does: one document, in a child process under the limits.

    Errors that end the run are given, not raised: Ray would wrap them.
    """
    settings, make, reader = shared
    try:
        if reader_id(settings.folders, settings.profile, settings.ocr) != reader:
            message = phrase(
                "A machine of the cluster has another version of jsextract, of its rules or its libraries."
            )
            return ClusterUnavailable(message, phrase("Install the same on all of them."))
        if error := refusal(source):
            return Done(source, make(failed_report(source, error)), Usage())
        future = schedule(_Child.serving(settings), source, settings, make)
        if isinstance(future.exception(), WornOutError) or died(future):
            _Child.end()  # what it read before may be to blame
            future = schedule(_Child.serving(settings), source, settings, make)
        return collected(future, source, settings, make)
    except JsextractError as error:
        return error
