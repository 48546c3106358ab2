"""Rules of a user's own are loaded in a worker first (规则试装): what stands in them may be a stranger's.

A pattern, a list or a file that takes time or memory without end costs that worker, and is an error of the rules. What
a worker has loaded within the limits costs the process no more.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

from jsextract.batch.limited import limited
from jsextract.batch.limits import Limits
from jsextract.batch.run_settings import Settings
from jsextract.errors import DocumentError, PatternError, TimedOut
from jsextract.language.phrase import listed, phrase
from jsextract.rules.ruleset import RuleSet, load_rules

LIMITS = Limits(seconds=60.0, memory_mb=1024)
"""What loading rules may take: fifty times what the shipped ones do."""


def proved_rules(folders: Sequence[Path] = (), profile: str = "") -> RuleSet:
    """The rules of `load_rules`, those of folders of one's own once a worker has loaded them within the limits.

    Raises:
        PatternError: if they do not load, or not within the limits.
    """
    if folders:
        _prove(tuple(folder.absolute() for folder in folders), profile)
    return load_rules(folders, profile)


@functools.cache
def _prove(folders: tuple[Path, ...], profile: str) -> None:
    (answer,) = limited(_loaded, [(folders, profile)], Settings(jobs=1, limits=LIMITS))
    if isinstance(answer, PatternError):
        raise answer
    if isinstance(answer, DocumentError):
        raise too_costly(answer)


def too_costly(lost: DocumentError) -> PatternError:
    """The error for rules that cost a worker its life."""
    limit = (
        phrase("they take more than {seconds} s.", seconds=f"{LIMITS.seconds:g}")
        if isinstance(lost, TimedOut)
        else phrase("they need more than {memory_mb} MiB.", memory_mb=LIMITS.memory_mb)
    )
    return PatternError(
        listed((phrase("The rules cost too much"), limit), ": ", "："),
        phrase("Look for patterns that repeat what repeats, and for lists without end."),
    )


def _loaded(task: tuple[tuple[Path, ...], str]) -> PatternError | None:
    """Loads rules; the error where they do not load, since only a document's errors come through by themselves."""
    try:
        load_rules(*task)
    except PatternError as error:
        return error
    return None
