"""A bar on stderr while documents are read: how many, how fast, failures so far, time left."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator

from jsextract.batch.child import starting
from jsextract.batch.outcome import Outcome
from jsextract.cli.terminal import unguarded
from jsextract.language.phrase import phrase, phrases
from jsextract.readers import page_work
from jsextract.vocabulary import DocumentStatus


@contextlib.contextmanager
def progress(total: int, *, pictures: bool, quiet: bool) -> Iterator[Callable[[Outcome], None]]:
    """A bar on a terminal for more than one document, or where one may have pages that are pictures.

    Args:
        total: documents.
        pictures: whether pages that are pictures are read, each of which takes seconds; they are counted, too.
        quiet: show nothing.

    Yields:
        What is to be called once for each document.
    """
    if quiet or (total < 2 and not pictures) or not sys.stderr.isatty():
        yield lambda outcome: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    recognised = _counter() if pictures else lambda: 0

    class Recognised(ProgressColumn):
        """Pages that are pictures."""

        def render(self, task: Task) -> Text:
            pages = recognised()
            return Text(str(phrases("{number} page recognised", "{number} pages recognised", pages)) if pages else "")

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), Recognised(), TimeRemainingColumn())
    with contextlib.ExitStack() as stack:
        console = Console(file=unguarded(sys.stderr))
        # What else is written meanwhile stays guarded: rich would show escapes in it as colours and links.
        bar = Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
        stack.callback(bar.stop)
        with starting():  # it draws itself in a thread of its own
            bar.start()
        task = bar.add_task("", total=total)
        pace = Pace()

        def advance(outcome: Outcome) -> None:
            pace.add(outcome)
            most = max(total, pace.documents)  # archives hold more than one
            bar.update(task, advance=1, total=most, description=pace.text())

        yield advance


def _counter() -> Callable[[], int]:
    """Counts pages that are recognised from now on, by this process and by those that it forks, without a lock.

    A worker that is killed would take a lock along; that one of two pages at once is not counted does no harm.
    """
    from multiprocessing import RawValue

    seen = RawValue("L", 0)

    def one_more() -> None:
        seen.value += 1

    page_work.ON_PAGE = one_more
    return lambda: int(seen.value)


class Pace:
    """Documents and pages read, and failures, since it was made."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self.documents = self._read = self._pages = self._failed = 0

    def add(self, outcome: Outcome) -> None:
        """Counts one document; one that was known already took no time and tells nothing about the pace."""
        self.documents += 1
        self._failed += outcome.head.status == DocumentStatus.FAILED
        if not outcome.reused:
            self._read += 1
            self._pages += outcome.head.pages

    def text(self) -> str:
        """For the bar: `3.1 docs/s 70 pages/s 2 failed`."""
        seconds = max(self._clock() - self._began, 0.001)
        documents, pages = f"{self._read / seconds:.1f}", f"{self._pages / seconds:.0f}"
        told = phrase("{documents} docs/s {pages} pages/s {failed} failed",
                      documents=documents, pages=pages, failed=self._failed)  # fmt: skip
        return str(told)
