"""Files of older and other office formats: LibreOffice makes newer ones of them, in a folder that goes (旧格式)."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from jsextract.errors import Corrupt, Crashed, TimedOut, TooLarge, Unreadable, Unsupported
from jsextract.language.phrase import noted, phrase
from jsextract.language.system import reason
from jsextract.readers import guard

MAX_BYTES = 60 << 20
"""Larger files are not converted: they stand in a file of their own meanwhile, and a worker may write no larger one."""
SECONDS = 60
"""How long one conversion may take, in seconds: less than a document may."""
_PROGRAMS = ("soffice", "libreoffice")
_MOST_MEMORY = 4 << 30  # bytes of address space: the program maps far more than it uses
_POSIX = os.name == "posix"
_AGAIN = noted("Open it in its own program and save it again as .docx or .xlsx.")


class Target(Struct, frozen=True):
    """A format that files are turned into.

    Attributes:
        ending: of its files.
        filter: what LibreOffice calls it.
        max_bytes: what is made may be no larger.
        missing, install: what is said where LibreOffice is not installed; phrases of the catalogue.
    """

    ending: str
    filter: str
    max_bytes: int
    missing: str
    install: str


def converted(data: bytes, ending: str, target: Target) -> bytes:
    """The file in a newer format, made by LibreOffice.

    Its macros are not run and nothing that it links to is fetched: the program works with a profile of its own, blank
    but for that, in a folder that is removed.

    Args:
        data: the file.
        ending: that its name should have: LibreOffice goes by content, but not always.
        target: what is made of it.

    Raises:
        Unsupported: if LibreOffice is not installed.
        Corrupt: if it makes nothing of the file.
        TimedOut, Crashed: if LibreOffice takes too long, or is ended.
        TooLarge: if it makes too much.
        Unreadable: if there is no room to hand the file over.
    """
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise Unsupported(phrase(target.missing), phrase(target.install))
    with tempfile.TemporaryDirectory(prefix="jsextract-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / f"a{ending}"
        try:
            source.write_bytes(data)
        except OSError as error:
            raise Unreadable(
                phrase("The file cannot be handed to LibreOffice in {folder}: {reason}.",
                       folder=tempfile.gettempdir(), reason=reason(error)),
                phrase("Make room there, or name another folder in TMPDIR."),
            ) from error  # fmt: skip
        return _converted(program, source, target, Path(folder))


def _converted(program: str, source: Path, target: Target, folder: Path) -> bytes:
    """What LibreOffice makes of a file."""
    profile, out = folder / "profile", folder / "out"
    _write_profile(profile)
    command = [
        program, f"-env:UserInstallation={profile.as_uri()}",
        f"-env:UNO_SHARED_PACKAGES_CACHE={(profile / 'shared').as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--convert-to", f"{target.ending}:{target.filter}", "--outdir", str(out), str(source),
    ]  # fmt: skip
    with _run(command, folder, _socket(profile)) as code:
        _refuse(code)
        made = out / f"a.{target.ending}"
        if not made.is_file():
            raise Corrupt(phrase("LibreOffice makes nothing of the file."), phrase(_AGAIN))
        if made.stat().st_size > target.max_bytes:
            raise TooLarge(phrase("The file unpacks to more than any account needs."))
        return made.read_bytes()


def _refuse(code: str) -> None:
    """Raises for what the guard told of a program that did not end well."""
    if code == guard.LATE:
        raise TimedOut(
            phrase("LibreOffice did not convert the file within {seconds} seconds.", seconds=SECONDS), phrase(_AGAIN)
        )
    if code != "0":
        raise Crashed(phrase("LibreOffice was ended while it converted the file."), phrase(_AGAIN))


def _write_profile(profile: Path) -> None:
    """A profile that runs no macro and fetches no link."""
    settings = {
        ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel"): "3",
        ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution"): "true",
        ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks"): "true",
        ("/org.openoffice.Office.Writer/Content/Update", "Link"): "0",
        ("/org.openoffice.Office.Calc/Content/Update", "Link"): "1",
    }
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for (path, name), value in settings.items()
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
    )


def _socket(profile: Path) -> Path:
    """Where LibreOffice listens for others that use a profile; it stays there if the program is killed."""
    digest = hashlib.md5(profile.as_uri().encode("utf-16-le"), usedforsecurity=False).digest()
    name = "".join(f"{byte:x}" for byte in digest)
    return Path(f"/tmp/OSL_PIPE_{os.getuid() if _POSIX else 0}_SingleOfficeIPC_{name}")  # noqa: S108 (its own choice)


@contextlib.contextmanager
def _run(command: list[str], folder: Path, socket: Path) -> Iterator[str]:
    """Runs a program under a guard, which ends all of it, and removes the folder, when this process is ended or done.

    Yields:
        Its exit code, `late` where its time was up, blank where the guard was ended.
    """
    surroundings = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "C.UTF-8", "TMPDIR": str(folder)}
    with subprocess.Popen(  # noqa: S603 (its only argument from outside is a name of our own)
        [sys.executable, "-I", guard.__file__, str(folder), str(socket), str(SECONDS), *command], cwd=folder,
        env=surroundings, start_new_session=True, preexec_fn=_allow if _POSIX else None,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        leader, code = (process.stdout.readline().strip().decode() for _ in range(2))
        if leader and not code:
            guard.end_group(int(leader))
            socket.unlink(missing_ok=True)
        yield code


def _allow() -> None:
    """Raises a worker's limit on address space for the program, and keeps one."""
    import resource

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = _MOST_MEMORY if hard == resource.RLIM_INFINITY else min(hard, _MOST_MEMORY)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
