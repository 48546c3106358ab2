"""Links within a dataset, which are not followed (数据集中的链接): which one it is, for people."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from jsextract.language.phrase import Phrase, phrase


def link_met(root: Path, error: OSError) -> Path | None:
    """The link below a dataset's folder, which may be one itself, that an error is about; None for other errors."""
    name = error.filename
    if error.errno != errno.ELOOP or not isinstance(name, str) or not Path(name).is_relative_to(root):
        return None
    steps = Path(name).relative_to(root).parts
    ways = (root.joinpath(*steps[:at]) for at in range(1, len(steps) + 1))
    return next((way for way in ways if os.path.islink(way)), None)  # noqa: PTH114 (no error where that is not told)


def told_of(link: Path) -> Phrase:
    """That something is a link where none is followed."""
    return phrase("{path} is a link; within a dataset, none is followed.", path=link)
