"""The result files of a dataset, opened and held against what the index knows of them (结果文件夹)."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Callable

from jsextract.dataset.folder import HIDDEN, Folder
from jsextract.dataset.index import KnownResult
from jsextract.dataset.keys import is_key
from jsextract.dataset.rendered import Rendered, render_rows
from jsextract.dataset.result_file import LINES, Head, head_of, is_whole, report_of, rows_of
from jsextract.errors import DatasetDamaged
from jsextract.language.phrase import Phrase, noted, phrase
from jsextract.model.report import Report

_OWN_TROUBLE = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM})
"""What ails this process, and not the file that it opens."""
_REMEDY = noted("Run jsextract over its source again.")


class ResultDamaged(DatasetDamaged):
    """A result that cannot be used.

    Attributes:
        key: its name.
    """

    def __init__(self, key: str, message: Phrase) -> None:
        super().__init__(message, phrase(_REMEDY))
        self.key = key


class ResultFiles:
    """The files under OUT/.jsextract/results; all methods but `is_whole` and `text` raise ResultDamaged."""

    def __init__(self, out: Folder, known: Callable[[str], KnownResult | None]) -> None:
        """The files of one dataset.

        Args:
            out: its folder.
            known: what the index knows of a result.
        """
        self._out = out
        self._known = known

    def head(self, key: str) -> Head:
        """The first line of a result file: what read it, what is kept beside its rows."""
        return self._parsed(key, self._lines(key, 1)[0])

    def _lines(self, key: str, count: int) -> list[str]:
        """The first `count` lines of a result file; ResultDamaged where it is missing or no text."""
        try:
            return self._out.read_lines(result_name(key), count)
        except FileNotFoundError as error:
            raise ResultDamaged(key, phrase("{called} is missing.", called=self._called(key))) from error
        except ValueError as error:
            raise self._unusable(key) from error
        except OSError as error:
            if error.errno in _OWN_TROUBLE:
                raise
            raise self._unusable(key) from error

    def _parsed(self, key: str, line: str) -> Head:
        """The head as data; ResultDamaged where it is none, or an earlier one than the index knows."""
        try:
            head = head_of(line, key)
        except ValueError as error:
            raise self._unusable(key) from error
        known = self._known(key)
        # a run that was killed may have written a later one than it could say
        if known and known.seal and head.seal != known.seal and head.run <= known.run:
            raise self._unusable(key)
        return head

    def is_whole(self, key: str) -> bool:
        """Whether a result file is all that its first line says."""
        try:
            first, *rest = self._lines(key, LINES)
            head = self._parsed(key, first)
            has_its_size = head.rest < 0 or self._out.size(result_name(key)) == head.size
            return has_its_size and is_whole(head, rest, key)
        except ResultDamaged:
            return False

    def _called(self, key: str) -> str:
        return f"{self._out.name}/{result_name(key)}"

    def _unusable(self, key: str) -> ResultDamaged:
        return ResultDamaged(key, phrase("{path} cannot be understood.", path=self._called(key)))

    def text(self, key: str) -> str:
        """The whole text of a result; blank for none whose first line is sound."""
        try:
            text = self._out.read_text(result_name(key))
            return text if head_of(text.partition("\n")[0], key).sums else ""
        except (OSError, ValueError):
            return ""

    def note(self, key: str, form: str) -> str | None:
        """The note that was kept with a result; None if something other than `form` made it."""
        head = self.head(key)
        return head.note if head.form == form else None

    def rendered(self, key: str, form: str) -> Rendered:
        """The rows of a result, made anew if something other than `form` made them, or if they are damaged."""
        first, rows = self._lines(key, 2)
        head = self._parsed(key, first)
        if head.form == form:
            with contextlib.suppress(ValueError):
                return rows_of(head, rows, key)
        return render_rows(self.report(key))

    def report(self, key: str) -> Report:
        """One result."""
        first, _, whole = self._lines(key, LINES)
        try:
            return report_of(self._parsed(key, first), whole, key)
        except ValueError as error:
            raise self._unusable(key) from error


def result_name(key: str) -> str:
    """Where a result is; DatasetDamaged for what is no name of one, so that nothing else becomes a path."""
    if not is_key(key):
        raise DatasetDamaged(phrase("{key} is no name of a result.", key=key), phrase(_REMEDY))
    return f"{HIDDEN}/results/{key[:2]}/{key}.json"
