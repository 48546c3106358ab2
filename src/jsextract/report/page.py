"""The findings page: one HTML file that needs nothing else (核对结果网页)."""

from __future__ import annotations

import base64
import contextlib
import hashlib
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from jsextract._version import __version__
from jsextract.batch.run_settings import Settings
from jsextract.dataset import atomic
from jsextract.dataset.folder import LocalFolder
from jsextract.dataset.replaceable import not_writable
from jsextract.errors import ExtraMissing
from jsextract.language import chosen
from jsextract.language.phrase import listed, phrase
from jsextract.report import labels
from jsextract.report.content import Wanted, title, views
from jsextract.report.figures import charts
from jsextract.report.found import AccountFindings, accounts
from jsextract.report.results import Results
from jsextract.report.texts import texts
from jsextract.report.view import AccountView, Chart, ContentsLine
from jsextract.vocabulary import SEVERITIES, DocumentStatus

if TYPE_CHECKING:
    from jinja2 import Template

_TEMPLATES = Path(__file__).parent / "templates"
_LIBRARIES = ("jinja2", "matplotlib")
Told = Callable[[int, int], None]


class Written(Struct, frozen=True):
    """What a page came to.

    Attributes:
        accounts, findings: on it.
        bytes: of the file.
    """

    accounts: int
    findings: int
    bytes: int


def write_page(
    out: Path, target: Path, settings: Settings, wanted: Wanted, documents: Sequence[str], told: Told
) -> Written:
    """Writes the findings of a dataset as a page in the language in force.

    Args:
        out: the dataset's folder.
        target: the file.
        settings: workers, limits and the password of those that open documents.
        wanted: how much is shown.
        documents: ids of documents, or words of their files or entities; all unless given.
        told: called with the number of accounts that are done, and of all.

    Raises:
        SourceNotFound: if there is no dataset, or a name means no document.
        ExtraMissing: if a library is not installed that only this needs.
        OutputNotWritable: if the file cannot be written.
        DatasetDamaged: if a file of the dataset cannot be understood.
    """
    _require_libraries()
    template = _template()
    with contextlib.closing(Results(LocalFolder(out))) as results:
        found = accounts(out, documents)
        drawn = list(charts(out, found, whole=not documents))
        shown = [account for account in found if account.findings or _lacks(account)]
        parts = _counted(views(shown, results, settings, wanted), len(shown), told)
        size = _write(target, template.generate(**_context(out, found, drawn, parts)))
    return Written(sum(not account.is_rest for account in found), sum(len(account.findings) for account in found), size)


def _require_libraries() -> None:
    """ExtraMissing where the extra is not installed."""
    missing = [name for name in _LIBRARIES if find_spec(name) is None]
    if missing:
        raise ExtraMissing(
            phrase("The findings page needs {libraries}.", libraries=listed(missing, " and ", "、")),
            phrase("Install with: pip install 'jsextract[{extra}]'", extra="report"),
        )


def _template() -> Template:
    """The page's template; whatever a document says is escaped in it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("page.html")


def _context(
    out: Path, found: Sequence[AccountFindings], drawn: Sequence[Chart], parts: Iterator[AccountView]
) -> dict[str, Any]:
    """What the template is filled with."""
    script = (_TEMPLATES / "page.js").read_text(encoding="utf-8")
    lines = [_line(account) for account in found]
    return {
        "lang": "zh-CN" if chosen.is_chinese() else "en",
        "t": texts(),
        "name": out.resolve().name,
        "version": __version__,
        "style": (_TEMPLATES / "page.css").read_text(encoding="utf-8"),
        "script": script,
        "script_hash": base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        "severities": [(str(word), str(labels.severity(word))) for word in SEVERITIES.words],
        "contents": lines,
        "totals": [sum(line.counts[at] for line in lines) for at in range(len(SEVERITIES.words))],
        "number": sum(not account.is_rest for account in found),
        "documents": sum(len(account.documents) for account in found),
        "charts": drawn,
        "accounts": parts,
    }


def _line(account: AccountFindings) -> ContentsLine:
    counts = account.severities
    return ContentsLine(
        anchor=f"a-{account.id}" if account.findings or _lacks(account) else "",
        title=title(account),
        kind="" if account.is_rest else account.documents[0].kind,
        counts=[counts[word] for word in SEVERITIES.words],
        unread=account.unread,
        failed=any(document.status == DocumentStatus.FAILED for document in account.documents),
    )


def _lacks(account: AccountFindings) -> bool:
    return any(document.lacks for document in account.documents)


def _counted(parts: Iterator[AccountView], number: int, told: Told) -> Iterator[AccountView]:
    for done, part in enumerate(parts, 1):
        yield part
        told(done, number)


def _write(target: Path, pieces: Iterator[str]) -> int:
    """Writes the file piece by piece, and puts it in its place when it is whole; its size in bytes.

    Raises:
        OutputNotWritable: if that cannot be done.
    """
    try:
        with atomic.beside(target) as temp:
            with temp.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
                file.writelines(pieces)
            return temp.stat().st_size
    except OSError as error:
        raise not_writable(error, target, phrase("Give another file with -o.")) from error
