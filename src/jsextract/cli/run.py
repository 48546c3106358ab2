"""A run from the command line: sources found, documents read, a short table printed."""

from __future__ import annotations

import codecs
import io
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from jsextract import errors
from jsextract.batch.given import STDIN, from_stdin, from_web
from jsextract.batch.limits import limits_of, workers_of
from jsextract.batch.outcome import Outcome
from jsextract.batch.run import run
from jsextract.batch.run_settings import Settings
from jsextract.batch.sources import SourceFile, find_sources
from jsextract.batch.unpack import is_archive_name
from jsextract.batch.writing import Written, lost_results
from jsextract.cli.check import failing
from jsextract.cli.progress import progress
from jsextract.cli.signals import heeding_signals
from jsextract.cli.summary import print_summary
from jsextract.cli.tally import Tally
from jsextract.language.phrase import NOTHING, Phrase, phrase, sentences
from jsextract.model.failures import failure
from jsextract.model.report import Report
from jsextract.readers.address import is_web
from jsextract.readers.health import remedy_of
from jsextract.readers.page_work import Ocr, page_work
from jsextract.remote import is_url, local_path
from jsextract.text.visible import one_line

_LONGEST_PASSWORD = 1 << 12
"""Characters of the first line of a password file that count."""


def run_sources(
    sources: Sequence[str],
    *,
    out: str,
    name: str,
    jobs: int | None,
    timeout: float | None,
    memory: int | None,
    force: bool,
    engine: str,
    address: str,
    password_file: Path | None,
    folders: Sequence[Path],
    profile: str,
    ocr: str,
    quiet: bool,
    verbose: bool,
    strict: bool,
) -> int:
    """Reads `sources` into the dataset at `out` and gives the exit code.

    Raises:
        JsextractError: what ends a run: no such source, nothing to read, a folder that cannot be written.
        DatasetDamaged: if results of the dataset are damaged and could not be read again.
        ChecksFailed: if `strict` and checks of these sources fail.
    """
    work = page_work(ocr)
    if ocr == Ocr.ALWAYS and work is None:  # as without the option, but not in silence
        why = phrase("Nothing recognises the characters of pictures here.")
        remedy = phrase("Install with: pip install 'jsextract[{extra}]'", extra="ocr")
        click.echo(f"jsextract: {sentences(why, remedy)}", err=True)
    given = [_given(source, name) for source in sources]
    names = Counter(map(is_archive_name, find_sources(given, skip=local_path(out))))  # no list: a million would stay
    count = names.total()
    pictures = work is not None
    workers = workers_of(jobs, pictures=pictures)
    settings = Settings(
        jobs=workers if names[True] else min(workers, count),
        limits=limits_of(timeout, memory, pictures=pictures),
        password=read_password(password_file),
        verbose=verbose,
        folders=tuple(folders),
        profile=profile,
        force=force,
        engine=engine,
        address=address,
        ocr=ocr,
    )
    tally, interrupted, written = _tallied(
        given, out, settings, count, archives=names[True], pictures=pictures, quiet=quiet
    )
    remedy = NOTHING if ocr == Ocr.NEVER else remedy_of(ocr, work)
    code = _conclude(tally, out, remedy=remedy, quiet=quiet)
    if written.lost and not interrupted:
        raise lost_results(written)
    if strict and tally.checks_fail and not code and not interrupted:
        raise failing(tally.checks_fail, tally.documents_fail, out)
    return errors.INTERRUPTED if interrupted else code


def _given(source: str, name: str) -> str | SourceFile:
    """A source of the command line; what is no file is read, or fetched, once."""
    if source == STDIN:
        return from_stdin(sys.stdin.buffer, name)
    return from_web(source) if is_web(source) else source


def _tallied(
    sources: Sequence[str | SourceFile],
    out: str,
    settings: Settings,
    count: int,
    *,
    archives: int,
    pictures: bool,
    quiet: bool,
) -> tuple[Tally, bool, Written]:
    """Runs over the sources: what came out, whether the user ended the run early, and what became of the files."""
    single = count == 1 and not archives and not any(_is_folder(source) for source in sources)
    tally = Tally(single=single)
    with heeding_signals() as asked, progress(count, pictures=pictures, quiet=quiet) as advance:

        def on_done(outcome: Outcome) -> None:
            tally.add(outcome)
            advance(outcome)

        written = run(find_sources(sources, skip=local_path(out)), out, settings, on_done, asked)
    return tally, asked.to_finish, written


def _is_folder(source: str | SourceFile) -> bool:
    return isinstance(source, str) and not is_url(source) and Path(source).is_dir()


def read_password(path: Path | None) -> str | None:
    """The first line of the password file without blanks around it, None without a file.

    It is in UTF-8, or in UTF-16 where it begins with the mark of that: Windows PowerShell writes such files.

    Raises:
        SourceNotFound: if it cannot be read.
    """
    if path is None:
        return None
    try:
        with path.open("rb") as data:
            encoding = "utf-16" if data.peek(2)[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else "utf-8-sig"
            with io.TextIOWrapper(data, encoding) as handle:
                return handle.readline(_LONGEST_PASSWORD).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise errors.SourceNotFound(
            phrase("The password file {path} cannot be read.", path=path), phrase("It is one line of UTF-8.")
        ) from error


def _alone(number: int) -> Phrase:
    """What is said of final accounts that nothing can be put beside."""
    return sentences(
        phrase("{number} tell no year or no body, so nothing is put beside them in accounts.csv.", number=number),
        phrase("A workbook takes both from its name or its folder's, such as 某局2023年度部门决算."),
    )


def _told_in_full(tally: Tally, *, quiet: bool) -> Iterator[Report]:
    """Heads whose message is printed: of failed documents, and of one file that was named, whatever is said of it."""
    yield from tally.bad
    if tally.single and not (quiet or tally.bad):
        yield from (outcome.head for outcome in tally.shown if outcome.head.message)


def _conclude(tally: Tally, out: str, *, remedy: Phrase, quiet: bool) -> int:
    """Prints what came out; a single bad file decides the exit code, in a larger run only a run without any result."""
    tally.sort()
    if not (quiet or (tally.single and tally.bad)):
        print_summary(tally, out)
    for head in _told_in_full(tally, quiet=quiet):
        said = one_line(f"{head.file}: {Phrase(head.message, head.message_zh)}")
        click.echo(f"jsextract: {said}", err=True)
    untold = tally.failed - tally.unsupported.total() - len(tally.bad)
    if untold:
        told = phrase("{number} more failed; see documents.csv.", number=untold)
        click.echo(f"jsextract: {told}", err=True)
    if tally.need_ocr and remedy and not (quiet or tally.single):
        told = phrase("Pages that are pictures are read with: {remedy}.", remedy=remedy)
        click.echo(f"jsextract: {told}", err=True)
    if tally.of_no_account and not (quiet or tally.single):
        click.echo(f"jsextract: {_alone(tally.of_no_account)}", err=True)
    if tally.unsupported.total() == tally.documents:
        told = phrase("{told}; documents.csv says what to do with them.", told=tally.line)
        click.echo(f"jsextract: {told}", err=True)
    if tally.single and tally.bad:
        return failure(tally.bad[0]).exit_code
    return errors.DocumentError.exit_code if tally.documents and tally.failed == tally.documents else 0
