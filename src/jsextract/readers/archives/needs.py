"""Libraries that only archives of one kind need."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from jsextract.errors import Unsupported
from jsextract.language.phrase import phrase


def needed(module: str, kind: str) -> Any:
    """A module, imported when the first such archive is opened.

    Raises:
        Unsupported: if it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise Unsupported(
            phrase("A {kind} archive is opened by {module}, which is not installed.", kind=kind, module=module),
            phrase("pip install 'jsextract[archives]', or unpack it and give the folder."),
        ) from error
