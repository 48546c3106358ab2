"""Names in archives: bytes in UTF-8 or GBK, marked or not, and paths that lead only into the archive (成员名)."""

from __future__ import annotations

from collections.abc import Iterable


def encoding_of(names: Iterable[bytes]) -> str:
    """The encoding of all names of one archive that do not say theirs: UTF-8 if all are, else GBK (GB18030)."""
    for name in names:
        try:
            name.decode("utf-8")
        except UnicodeDecodeError:
            return "gb18030"
    return "utf-8"


def decoded(name: bytes, encoding: str) -> str:
    """A name as text; bytes that the encoding does not have are shown as what they would be in cp437 (the standard)."""
    try:
        return name.decode(encoding)
    except UnicodeDecodeError:
        return name.decode("cp437")


def inner_path(name: str) -> str:
    r"""A name as a path below the archive: no root, no step upwards, `/` between folders.

    >>> inner_path("/a\\..\\b.pdf"), inner_path("../../etc/passwd")
    ('a/%2E%2E/b.pdf', '%2E%2E/%2E%2E/etc/passwd')
    """
    parts = (part for part in name.replace("\\", "/").split("/") if part not in {"", "."})
    return "/".join("%2E%2E" if part == ".." else part for part in parts)
