"""Old Word files (.doc, .wps, .rtf, .odt): LibreOffice makes a .docx of them, in a folder that is removed (旧格式)."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from jsextract.errors import Corrupt, Crashed, TimedOut, TooLarge, Unsupported
from jsextract.language.phrase import noted, phrase
from jsextract.model.document import Document
from jsextract.readers.word import guard
from jsextract.readers.word.reader import MAX_BYTES, read_docx

SECONDS = 60
"""How long one conversion may take, in seconds: less than a document may."""
_PROGRAMS = ("soffice", "libreoffice")
_NAMED = {b"{\\rtf": ".rtf", b"PK\x03\x04": ".odt"}
_MOST_MEMORY = 4 << 30  # bytes of address space: the program maps far more than it uses
_OLE, _STREAM = b"\xd0\xcf\x11\xe0", "WordDocument\0".encode("utf-16-le")
_POSIX = os.name == "posix"
_AGAIN = noted("Open it in Word or WPS and save it again as .docx.")


def read_old_word(data: bytes, password: str | None = None) -> Document:
    """What `read_docx` gives of a file of an older or other format, turned into .docx by LibreOffice.

    Its macros are not run and nothing that it links to is fetched: it works with a profile of its own, blank but for
    that, in a folder that is removed.

    Raises:
        Unsupported: if LibreOffice is not installed.
        Corrupt: if it makes nothing of the file.
        TimedOut, Crashed: if LibreOffice takes too long, or is ended.
        Encrypted: as `read_docx`.
    """
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise Unsupported(
            phrase("The file is of an older Word format, which LibreOffice has to convert; it is not installed."),
            phrase("Install LibreOffice (soffice), or save the file as .docx."),
        )
    if data.startswith(_OLE) and _STREAM not in data:  # LibreOffice would take the ruin for a text
        raise Corrupt(phrase("The file holds no text of Word."), phrase(_AGAIN))
    with tempfile.TemporaryDirectory(prefix="jsextract-", ignore_cleanup_errors=True) as folder:
        converted = _converted(program, data, Path(folder))
    return read_docx(converted)


def _converted(program: str, data: bytes, folder: Path) -> bytes:
    """The .docx that LibreOffice makes of a file."""
    source, profile, target = folder / f"a{_ending(data)}", folder / "profile", folder / "out"
    source.write_bytes(data)
    _write_profile(profile)
    command = [
        program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(target), str(source),
    ]  # fmt: skip
    with _run(command, folder) as code:
        _refuse(code)
        made = target / "a.docx"
        if not made.is_file():
            raise Corrupt(phrase("LibreOffice makes nothing of the file."), phrase(_AGAIN))
        if made.stat().st_size > MAX_BYTES:
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


def _ending(data: bytes) -> str:
    return next((ending for head, ending in _NAMED.items() if data.startswith(head)), ".doc")


def _write_profile(profile: Path) -> None:
    """A profile that runs no macro and fetches no link."""
    settings = {
        ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel"): "3",
        ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution"): "true",
        ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks"): "true",
        ("/org.openoffice.Office.Writer/Content/Update", "Link"): "0",
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


@contextlib.contextmanager
def _run(command: list[str], folder: Path) -> Iterator[str]:
    """Runs a program under a guard, which ends all of it, and removes the folder, when this process is ended or done.

    Yields:
        Its exit code, `late` where its time was up, blank where the guard was ended.
    """
    surroundings = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "C.UTF-8", "TMPDIR": str(folder)}
    with subprocess.Popen(  # noqa: S603 (its only argument from outside is a name of our own)
        [sys.executable, "-I", guard.__file__, str(folder), str(SECONDS), *command], cwd=folder, env=surroundings,
        start_new_session=True, preexec_fn=_allow if _POSIX else None,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        leader, code = (process.stdout.readline().strip().decode() for _ in range(2))
        if leader and not code:
            guard.end_group(int(leader))
        yield code


def _allow() -> None:
    """Raises a worker's limit on address space for the program, and keeps one."""
    import resource

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = _MOST_MEMORY if hard == resource.RLIM_INFINITY else min(hard, _MOST_MEMORY)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
