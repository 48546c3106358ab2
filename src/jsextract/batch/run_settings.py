"""How a run reads, as the command line or the caller says."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from jsextract.batch.limits import Limits


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run reads.

    Attributes:
        jobs: worker processes; 0 reads in this process, without protection against crashes and hangs.
        password: tried on every encrypted document; never logged.
        verbose: tracebacks of faults go to stderr.
        folders: of the user's own rules.
        profile: the overlay of rules for all documents; blank for each the one that fits its cover.
        force: documents that are known and unchanged are read again, too.
        engine: local, or ray for a cluster.
        address: of the Ray cluster; blank for one that is started on this machine.
        ocr: which pages are read as pictures: auto (those without text), never or always.
    """

    jobs: int = 1
    limits: Limits = field(default_factory=Limits)
    password: str | None = field(default=None, repr=False)
    verbose: bool = False
    folders: tuple[Path, ...] = ()
    profile: str = ""
    force: bool = False
    engine: str = "local"
    address: str = ""
    ocr: str = "auto"
