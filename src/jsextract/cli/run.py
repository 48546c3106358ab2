"""A run from the command line: sources found, documents read, a short table printed."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType

import click

from jsextract import errors
from jsextract.batch.limits import MEMORY_MB, SECONDS, Limits
from jsextract.batch.pool import Settings, processors
from jsextract.batch.run import Outcome, run
from jsextract.batch.sources import SourceFile, find_sources
from jsextract.cli.summary import print_summary
from jsextract.model.report import Report
from jsextract.patterns import store

TERMINATED = 143


def run_sources(
    sources: Sequence[Path],
    *,
    out: Path,
    jobs: int | None,
    seconds: float | None,
    memory: int | None,
    password_file: Path | None,
    patterns: Sequence[Path],
    profile: str,
    verbose: bool,
) -> int:
    """Reads `sources` into the dataset at `out` and gives the exit code.

    Raises:
        JsextractError: what ends a run: no such source, nothing to read, a folder that cannot be written.
    """
    found = list(find_sources(sources, skip=out))
    settings = Settings(
        jobs=min(processors() if jobs is None else jobs, len(found)),
        limits=Limits(seconds or SECONDS, memory or MEMORY_MB),
        password=read_password(password_file),
        verbose=verbose,
        profile=profile,
    )
    outcomes: list[Outcome] = []
    with store.searching(patterns), _terminable(), _progress(len(found)) as advance:

        def on_done(outcome: Outcome) -> None:
            outcomes.append(outcome)
            advance()

        run(found, out, settings, on_done)
    return _conclude(found, outcomes, out, [source for source in sources if not source.is_dir()])


def read_password(path: Path | None) -> str | None:
    """The first line of the password file, None without one.

    Raises:
        SourceNotFound: if it cannot be read.
    """
    if path is None:
        return None
    try:
        return path.read_text(encoding="utf-8").split("\n", 1)[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise errors.SourceNotFound(f"The password file {path} cannot be read.", "It is one line of UTF-8.") from error


def _conclude(found: list[SourceFile], outcomes: list[Outcome], out: Path, files: list[Path]) -> int:
    """Prints what came out; a single bad file decides the exit code, in a larger run only a run without any result."""
    outcomes.sort(key=lambda outcome: (outcome.head.file, outcome.head.document_id))
    bad = [outcome.head for outcome in outcomes if outcome.head.status == "failed"]
    single = len(found) == 1 and len(files) == 1
    if not (single and bad):
        print_summary(outcomes, out)
    for head in bad:
        click.echo(f"jsextract: {head.file}: {head.message}", err=True)
    if single and bad:
        return exit_code(bad[0])
    return errors.DocumentError.exit_code if len(bad) == len(outcomes) else 0


def exit_code(head: Report) -> int:
    """The exit code of the error that a failed report stands for."""
    if head.problem == errors.EmptyFile.problem and head.bytes == 0:
        return errors.EmptyFile.exit_code
    codes = {kind.problem: kind.exit_code for kind in reversed(errors.DocumentError.__subclasses__())}
    return codes.get(head.problem, errors.DocumentError.exit_code)


@contextlib.contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """A bar on stderr for more than one document on a terminal, nothing otherwise."""
    if total < 2 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=total)
        yield lambda: bar.advance(task)


@contextlib.contextmanager
def _terminable() -> Iterator[None]:
    """SIGTERM ends the run as an interrupt does: workers stopped, finished documents kept."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise SystemExit(TERMINATED)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
