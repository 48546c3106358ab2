"""`jsextract SOURCE...`: parses, calls, prints; what goes wrong is one line and an exit code."""

from __future__ import annotations

import contextlib
import gc
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from jsextract._version import __version__
from jsextract.cli import config
from jsextract.cli.amounts import Seconds, Size, Whole
from jsextract.cli.commands import READ, DefaultCommand
from jsextract.cli.completion import PROGRAM, answer_shell, completion
from jsextract.cli.ending import ending_by, raised
from jsextract.cli.export import export_dataset
from jsextract.cli.localised import asked, option, use
from jsextract.cli.patterns import patterns
from jsextract.cli.places import OutPlace, Place
from jsextract.cli.remove import remove_documents
from jsextract.cli.report import report_findings
from jsextract.cli.show import show
from jsextract.cli.suggest import elsewhere, harmless
from jsextract.cli.terminal import guard_streams
from jsextract.errors import INTERRUPTED, JsextractError, OutOfMemory, OutputNotWritable
from jsextract.language import chosen
from jsextract.language.phrase import phrase, sentences
from jsextract.language.system import reason
from jsextract.room import require_room
from jsextract.text.visible import one_line
from jsextract.vocabulary import CHECK_STATUSES, SEVERITIES

_GARBAGE = 1_000_000
"""New objects between two searches for garbage: modules and rules make some hundred thousand, and all of them stay."""
_STDERR = 2
_BEHIND_WIDE = re.compile("(?<=[，。：？]) ")
_ENDS = (".", "。", "?", "？", "…")
EXAMPLES = """\b
Examples:
  jsextract 决算.pdf                     one file into output/
  jsextract accounts/ -o data --jobs 4   a folder, searched to the bottom
  jsextract 2024/ 2025/ more.pdf -o data add to a dataset
  jsextract show 决算.pdf --page 7       a picture of what was seen
  jsextract show 决算.pdf --unread       the amounts that no rule read
  jsextract check data                   what its checks found
  jsextract doctor                       what is missing for what
  jsextract patterns --help              rules for the wordings of another place

\b
A wording that is not read yet: docs/adding-a-template.md
"""
CHECK_EXAMPLE = """\b
Examples:
  jsextract check data
  jsextract check data --document 水务局 --severity error
  jsextract check data --check text.share --lines 0
  jsextract check data --status fail --format csv > fails.csv
  jsextract check data --strict && echo "every check holds"

\b
What each check means: docs/checks.md
"""


@click.group(cls=DefaultCommand, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="jsextract %(version)s")
def cli() -> None:
    """The command group."""


@cli.command(name="extract", hidden=True, epilog=EXAMPLES)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=Place())
@option(
    "-o",
    "--output",
    "out",
    default="output",
    show_default=True,
    metavar="OUT",
    type=OutPlace(),
    help="The dataset's folder.",
)
@option(
    "-j",
    "--jobs",
    type=Whole(0),
    metavar="N",
    help="Worker processes, 0 for none; unless given, one a processor, fewer where memory is short.",
)
@option(
    "--timeout",
    type=Seconds(),
    metavar="S",
    help="Seconds one document may take.  [default: 120, and 20 more a picture of a page]",
)
@option(
    "--memory",
    type=Size(),
    metavar="SIZE",
    help="Memory one document may take.  [default: 1.5GiB; with jsextract[ocr] 3GiB]",
)
@option("--force", is_flag=True, help="Read unchanged documents again, and overwrite CSV files changed by hand.")
@option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    help="Where to read: this machine, or a Ray cluster (jsextract[ray]).",
)
@option("--address", default="", metavar="HOST:PORT", help="The Ray cluster; one is started here unless given.")
@option(
    "--password-file",
    type=Place(path_type=Path),
    metavar="FILE",
    help="Its first line opens encrypted PDFs and archives.",
)
@option(
    "--patterns",
    "folders",
    multiple=True,
    type=Place(path_type=Path),
    metavar="DIR",
    help="A folder of your own rules, beside the shipped ones.",
)
@option(
    "--profile",
    default="",
    metavar="NAME",
    help="Read by this profile's rules (none: by the general ones), whatever the cover says.",
)
@option("--name", default="", metavar="NAME", help="What standard input (SOURCE -) is called in the dataset.")
@option(
    "--ocr",
    type=click.Choice(["auto", "never", "always"]),
    default="auto",
    help="Read pages as pictures (jsextract[ocr]): auto, those without text; always, typed ones, too.",
)
@option("--dry-run", is_flag=True, help="Say what would be read, and read nothing.")
@option("--strict", is_flag=True, help="Exit with 21 when checks of these sources fail.")
@option("-q", "--quiet", is_flag=True, help="Print errors only: no bar, no table.")
@option("-v", "--verbose", is_flag=True, help="Show tracebacks of faults.")
def extract_sources(sources: tuple[str, ...], **options: Any) -> int:
    """Turn final accounts (部门决算, 单位决算) into a dataset.

    SOURCE is a file (a PDF or OFD, a workbook or text table, a Word file, a web page, a text), a folder or an archive
    of such files, an http(s) address, or - for standard input. OUT accumulates: running again adds documents, replaces
    those that changed and leaves the rest alone.
    """
    gc.set_threshold(_GARBAGE)
    if options.pop("dry_run"):
        from jsextract.cli.dry_run import print_plan

        print_plan(
            sources, options["out"], options["folders"], options["profile"], ocr=options["ocr"], force=options["force"]
        )
        return 0
    from jsextract.cli.run import run_sources

    return run_sources(sources, **options)


@cli.command(name="check", epilog=CHECK_EXAMPLE)
@click.argument("out", default="output", type=OutPlace(path_type=Path))
@option("--document", "documents", multiple=True, metavar="NAME", help="Words of its file or entity, or its id.")
@option("--check", "checks", multiple=True, metavar="ID", help="An id, a family (text) or a pattern (table.*).")
@option(
    "--status", "statuses", multiple=True, type=click.Choice([*map(str, CHECK_STATUSES.words)]), help="Of the checks."
)
@option(
    "--severity", "severities", multiple=True, type=click.Choice([*map(str, SEVERITIES.words)]), help="Of the checks."
)
@option("--all", "everything", is_flag=True, help="Also what agrees but for rounding or could not be checked.")
@option(
    "--lines",
    type=Whole(0),
    metavar="N",
    help="Print at most so many, and count the rest; 0 for all.  [default: a screen]",
)
@option(
    "--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", help="For people or for programs."
)
@option("--strict", is_flag=True, help="Exit with 21 when checks fail.")
def check_dataset(
    out: Path, documents: tuple[str, ...], checks: tuple[str, ...], statuses: tuple[str, ...],
    severities: tuple[str, ...], lines: int | None, form: str, *, everything: bool, strict: bool,
) -> None:  # fmt: skip
    """Print what the checks of the dataset OUT found, by document and severity.

    OUT is output/ unless given. A check fails when figures differ by more than their printed digits allow, or when
    words contradict each other; minor ones are off by one in the last digit, or slips of form. Options that may be
    repeated choose what is shown and counted.
    """
    from jsextract.cli.check import Form, print_checks
    from jsextract.cli.selection import Selection

    wanted = Selection(documents, checks, statuses, severities, everything)
    print_checks(out, wanted, form=Form(form), lines_at_most=lines, strict=strict)


@cli.command()
def doctor() -> int:
    """Say what this installation has, and what is missing for what."""
    from jsextract.cli.doctor import print_doctor

    return print_doctor()


cli.add_command(completion)
cli.add_command(patterns)
cli.add_command(export_dataset)
cli.add_command(remove_documents)
cli.add_command(show)
cli.add_command(report_findings)


def run_cli(args: Sequence[str]) -> int:
    """Runs one command line and gives its exit code; errors are one line on stderr."""
    verbose = "-v" in args or "--verbose" in args
    try:
        told, args = asked(args)
        use(told or chosen.of_surroundings(os.environ))
        require_room()  # before libraries are loaded, which end in as many ways as there are libraries
        settings = config.read_config(Path(config.NAME))
        use(told or config.language(settings, os.environ))
        # Not cli.main(): it would turn a reader that left into a failure of ours.
        with cli.make_context(PROGRAM, list(args), default_map=config.defaults(cli, settings)) as context:
            result = cli.invoke(context)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except JsextractError as error:
        _complain(str(error), verbose=verbose)
        return error.exit_code
    except click.ClickException as error:
        _complain(_of_usage(error), verbose=False)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        said = phrase("Interrupted; what was finished is kept, and the same command goes on from there.")
        _complain(str(said), verbose=False)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output left; what was asked for is done. Python must not complain on its way out.
        _hush()
        return 0
    except OSError as error:
        return _refused(error, verbose=verbose)
    except MemoryError:
        _complain(str(phrase("There is not enough memory; see ulimit -v.")), verbose=verbose)
        return OutOfMemory.exit_code


def _refused(error: OSError, *, verbose: bool) -> int:
    """Says what the system refuses, and gives the exit code; it may be our own output that it does not take."""
    from jsextract.batch.safe_name import safe_name

    if error.filename is None and not _is_heard():
        _hush()
        _complain(str(phrase("The output cannot be written: {reason}.", reason=reason(error))), verbose=verbose)
        return OutputNotWritable.exit_code
    name = safe_name(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else PROGRAM
    _complain(str(phrase("{name}: {reason}.", name=name, reason=reason(error))), verbose=verbose)
    return JsextractError.exit_code


def _is_heard() -> bool:
    """Whether our output goes anywhere."""
    try:
        sys.stdout.write("\n")
        sys.stdout.flush()
    except OSError:
        return False
    return True


def _hush() -> None:
    """What is left of our output goes nowhere: Python would complain of it on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _of_usage(error: click.ClickException) -> str:
    """What is wrong with a command line, and where its options are explained."""
    context = getattr(error, "ctx", None)
    command = (context.command_path if context else PROGRAM).removesuffix(f" {READ}")
    hint: object = phrase("See: {command} --help", command=command)
    if isinstance(error, click.NoSuchOption):
        name = error.option_name
        place = elsewhere(name) if command == PROGRAM else None
        near = [] if place else harmless(error.possibilities or ())
        error = click.NoSuchOption(name, possibilities=near, ctx=context)
        hint = place or hint
    said = " ".join(error.format_message().split())  # the library breaks lines between choices
    said = _BEHIND_WIDE.sub("", said)
    return str(sentences(said if said.endswith(_ENDS) else phrase("{said}.", said=said), hint))


def _complain(message: str, *, verbose: bool) -> None:
    """One line on stderr; with `verbose` the traceback of what is being handled before it."""
    if verbose:
        import traceback

        traceback.print_exc()
    click.echo(f"jsextract: {one_line(message)}", err=True)


def _open_standard_streams() -> None:
    """What the caller closed leads nowhere: the next file that is opened would bear its number."""
    with contextlib.suppress(OSError):
        while (number := os.open(os.devnull, os.O_RDWR)) <= _STDERR:
            os.set_inheritable(number, True)
        os.close(number)
    sys.stdin = sys.stdin or open(os.devnull)  # noqa: PTH123, SIM115 (for as long as the program runs)
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: PTH123, SIM115 (for as long as the program runs)
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: PTH123, SIM115


def main() -> None:
    """The console script."""
    _open_standard_streams()
    guard_streams()
    ending_by(raised)
    answer_shell(cli)
    code = run_cli(sys.argv[1:])
    gc.freeze()  # what ends with the process need not be searched for garbage first
    sys.exit(code)


if __name__ == "__main__":
    main()
