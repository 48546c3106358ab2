"""Errors that end a run or a document: each has an exit code and says what to do.

Bad documents become rows with a problem code; bad rules and broken surroundings raise.
"""

# ruff: noqa: N818 (the names say what is the matter: SourceNotFound, Encrypted)
from __future__ import annotations

from typing import ClassVar

from jsextract.language.phrase import NOTHING, Phrase, listed, phrase, sentences, verbatim
from jsextract.vocabulary import Problem

INTERRUPTED = 130
"""The exit code of a run that the user interrupted (SIGINT)."""
TERMINATED = 143
"""The exit code of a run that was told to end (SIGTERM)."""
HUNG_UP = 129
"""The exit code of a run whose terminal was closed (SIGHUP)."""


class JsextractError(Exception):
    """Something went wrong that the user can mend.

    Attributes:
        exit_code: what the command exits with when this ends the run.
        problem: the code that documents.csv carries; blank where no document is at fault.
        message, remedy: what is the matter, and what to do.
    """

    exit_code: ClassVar[int] = 1
    problem: ClassVar[str] = ""

    def __init__(self, message: Phrase | str, remedy: Phrase | str = NOTHING) -> None:
        super().__init__(message)
        self.message = verbatim(message) if isinstance(message, str) else message
        self.remedy = verbatim(remedy) if isinstance(remedy, str) else remedy

    def __reduce__(self) -> tuple[type[JsextractError], tuple[Phrase, Phrase]]:
        """Its remedy comes through a pipe, too."""
        return type(self), (self.message, self.remedy)

    def __str__(self) -> str:
        return str(self.told)

    @property
    def told(self) -> Phrase:
        """What is the matter and what to do, in both languages."""
        return sentences(self.message, self.remedy)


class SourceNotFound(JsextractError):
    """A source that does not exist."""

    exit_code = 3


def no_dataset(place: object) -> SourceNotFound:
    """The error for a folder that is no dataset's."""
    return SourceNotFound(
        phrase("There is no dataset in {place}.", place=place), phrase("Make one with: jsextract SOURCE -o FOLDER")
    )


class NothingToRead(JsextractError):
    """A folder without any file."""

    exit_code = 4


class OutputNotWritable(JsextractError):
    """The dataset's folder cannot be written."""

    exit_code = 5


class PatternError(JsextractError):
    """A rule file that does not load, or whose examples do not hold."""

    exit_code = 6


class RulesFail(JsextractError):
    """Rules load, but an example of theirs, or a sentence of the suite, does not hold."""

    exit_code = 9


class ClusterUnavailable(JsextractError):
    """The Ray cluster cannot be reached, or it is not fit for the run."""

    exit_code = 20


class ChecksFailed(JsextractError):
    """Checks fail, and `--strict` asks to be told."""

    exit_code = 21


class ExtraMissing(JsextractError):
    """A library that is installed only where it is asked for."""

    exit_code = 25


class WorkersUnavailable(JsextractError):
    """The system starts no worker process: too many files, processes or too little memory for one."""

    exit_code = 27


class AmbiguousCheck(JsextractError):
    """A name that fits several checks of a document."""

    exit_code = 22


class DocumentError(JsextractError):
    """A file that gives no data; the subclass names the problem."""

    exit_code = 10
    problem = Problem.CORRUPT


def of_file(error: JsextractError, name: str) -> JsextractError:
    """The error with the name of its file before it, if it is about a document: a row has both."""
    if not isinstance(error, DocumentError):
        return error
    return type(error)(listed((name, error.message), ": ", "："), error.remedy)


class NotPdf(DocumentError):
    """The bytes are something else than a PDF."""

    exit_code = 11
    problem = Problem.NOT_PDF


class EmptyFile(NotPdf):
    """Zero bytes that should be a PDF, or nobody says what."""

    exit_code = 12
    problem = Problem.NOT_PDF


class BlankFile(DocumentError):
    """Zero bytes that should be anything else."""

    exit_code = 26
    problem = Problem.EMPTY


class Encrypted(DocumentError):
    """A password is needed."""

    exit_code = 13
    problem = Problem.ENCRYPTED


class Corrupt(DocumentError):
    """A PDF that cannot be opened."""

    exit_code = 14
    problem = Problem.CORRUPT


class Garbled(DocumentError):
    """A text whose characters are no Unicode."""

    exit_code = 24
    problem = Problem.GARBLED_TEXT


class Unsupported(DocumentError):
    """A kind of file that no reader takes."""

    exit_code = 23
    problem = Problem.UNSUPPORTED


class TooLarge(DocumentError):
    """Beyond the limits on size or pages."""

    exit_code = 15
    problem = Problem.TOO_LARGE


class Unreadable(DocumentError):
    """The operating system refuses to give the bytes."""

    exit_code = 16
    problem = Problem.IO


class DatasetBusy(JsextractError):
    """Another run is writing to the same dataset."""

    exit_code = 7


class DatasetDamaged(JsextractError):
    """A file under OUT/.jsextract/ that cannot be understood."""

    exit_code = 8
    problem = Problem.RESULT_DAMAGED


class Crashed(DocumentError):
    """A worker process that died, or a fault in the program."""

    exit_code = 17
    problem = Problem.CRASHED


class TimedOut(DocumentError):
    """Reading took longer than the limit."""

    exit_code = 18
    problem = Problem.TIMEOUT


def slow_search() -> TimedOut:
    """The error for a paragraph in which looking for a pattern took too long."""
    return TimedOut(
        phrase("Looking for a pattern in one paragraph took too long."),
        phrase("Part the paragraph; of rules of your own: jsextract patterns test."),
    )


class OutOfMemory(DocumentError):
    """Reading needed more memory than the limit."""

    exit_code = 19
    problem = Problem.OUT_OF_MEMORY
