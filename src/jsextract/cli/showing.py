"""Pictures of pages and of checks, and the amounts that were missed; files are opened in a worker under limits."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import click

from jsextract.batch.limited import limited
from jsextract.batch.limits import limits_of
from jsextract.batch.run_settings import Settings
from jsextract.check.findings import fitting, is_finding
from jsextract.cli import render
from jsextract.cli.selection import Selection
from jsextract.cli.unread import print_unread
from jsextract.dataset.atomic import beside
from jsextract.dataset.folder import HIDDEN, folder_at
from jsextract.dataset.read_checks import Checked, read_checks
from jsextract.dataset.replaceable import not_writable
from jsextract.errors import AmbiguousCheck, JsextractError, of_file
from jsextract.language import chosen
from jsextract.language.phrase import phrase
from jsextract.model.report import CheckResult
from jsextract.readers.page_work import page_work
from jsextract.report import shown, words
from jsextract.report.results import Results
from jsextract.report.shown import Choice, OfDataset, Opened, Shown, Wanted
from jsextract.rules.pattern_format import printable

FORMS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}
"""Suffixes of pictures, and what they are made as."""
Task = TypeVar("Task")
Answer = TypeVar("Answer")


def form_of(target: Path | None) -> str:
    """What to draw for a file of this name.

    Raises:
        click.BadParameter: if there are no such pictures.
    """
    if target is None:
        return FORMS[".png"]
    form = FORMS.get(target.suffix.lower())
    if form is None:
        text = phrase("{name} is no name of a picture; pictures are .png or .jpg.", name=target)
        raise click.BadParameter(str(text), param_hint="-o")
    return form


def opened(path: Path, password: str | None, folders: Sequence[Path], profile: str) -> Opened:
    """The file that is named; whoever opens it says whether there is one."""
    return Opened((str(path),), path.name, "", password, tuple(folders), profile, chosen.in_force())


def show_page(file: Opened, number: int, target: Path | None) -> None:
    """Writes the picture of a page, to FILE-pN.png unless its file is given; prints rows where a page has no picture.

    Raises:
        JsextractError: if the file cannot be read, has no such page, or the picture cannot be written.
    """
    page = _done(shown.page_of, Wanted(file, form_of(target), page=number), file.name)
    for row in page.rows:
        click.echo(printable(row))
    if page.image:
        click.echo(f"{_write(target or Path(f'{Path(file.paths[0]).stem}-p{number}.png'), page.image)}")


def show_unread(file: Opened) -> None:
    """Lists the amounts of money that no fact carries, with the words around them.

    Raises:
        DocumentError: if the file cannot be read.
    """
    print_unread(Path(file.paths[0]), _done(shown.missed_of, Wanted(file), file.name))


def show_checks(file: Opened, names: Sequence[str], target: Path | None) -> None:
    """Writes a picture of each page that checks of a file rest on; names the choice where one is open.

    Args:
        file: the PDF or text.
        names: of checks: ID, ID/NUMBER, or ID/words of its item.
        target: the file, to which check and page are added where there are several; FILE-ID-pN.png unless given.

    Raises:
        SourceNotFound: if there is no such file or check.
        AmbiguousCheck: if several checks fit a name.
        JsextractError: if the file cannot be read, or a picture cannot be written.
    """
    found = _done(shown.checks_of, Wanted(file, form_of(target), checks=tuple(names)), file.name)
    if found.choice:
        raise _ambiguous(found.choice)
    _tell(found.shown, target, Path(file.paths[0]).stem)


def show_of_dataset(
    out: Path, names: Sequence[str], documents: Sequence[str], target: Path | None, password: str | None
) -> None:
    """Writes a picture of each page that checks of a dataset rest on, in whichever of its files these are.

    Args:
        out: the dataset's folder.
        names: of checks, as `jsextract check` prints them.
        documents: ids, or words of file names or entities; blank for all.
        target: as for `show_checks`.
        password: for PDFs that need one.

    Raises:
        SourceNotFound: if there is no such check, or a file is gone.
        AmbiguousCheck: if several checks fit a name.
    """
    form = form_of(target)
    with contextlib.closing(Results(folder_at(out))) as results:
        for document, name, check in _chosen(out, names, Selection(documents)):
            found = _of_dataset(results, document.document_id, name, check, password, form)
            _tell([found], target, Path(document.file).stem)


def _chosen(out: Path, names: Sequence[str], wanted: Selection) -> Iterator[tuple[Checked, str, CheckResult]]:
    """The check that each name means: its document, and what it is called there."""
    every: set[str] = set()
    found: dict[str, list[tuple[Checked, str, CheckResult]]] = {name: [] for name in names}
    for document in filter(wanted.holds, read_checks(out)):
        every.update(check.check_id for check in document.checks)
        for name in names:
            found[name] += [(document, called, check) for called, check in fitting(document.checks, name)]
    for name, fits in found.items():
        these = [one for one in fits if is_finding(one[2])] or fits
        if not these:
            raise shown.unknown(str(out), name, every)
        if len(these) > 1:
            raise _ambiguous(Choice(name, tuple((f"{document.file}  {n}", check) for document, n, check in these)))
        yield these[0]


def _of_dataset(
    results: Results, document: str, name: str, check: CheckResult, password: str | None, form: str
) -> Shown:
    """A check of one document with the pages of all the files that it rests on."""
    drawn: list[shown.Drawn] = []
    rows: list[str] = []
    for owner in dict.fromkeys((document, *shown.owners(check))):
        places = results.places(owner)
        if places is None:
            continue
        own = shown.of_document(check, owner, document)
        named, sha256 = results.file(owner), results.sha256(owner)
        file = Opened(results.paths(owner, ()), named, sha256, password, language=chosen.in_force())
        for one in _done(shown.pages_of, OfDataset(file, places.report, ((name, own),), form), named):
            drawn += one.drawn
            rows += one.rows
    return Shown(name, check, tuple(drawn), tuple(rows))


def _tell(found: Sequence[Shown], target: Path | None, stem: str) -> None:
    """Says what each check found, and writes its pictures."""
    many = sum(len(one.drawn) for one in found) > 1
    for one in found:
        click.echo(f"{words.status(one.check.status)}: {printable(str(one.check.told))}")
        for row in one.rows:
            click.echo(f"  {printable(row)}")
        if not one.drawn and not one.rows:
            nowhere = phrase("It rests on no page and no row.")
            click.echo(f"  {nowhere}")
        name = one.name.replace("/", "-")
        base = target or Path(f"{stem}-{name}.png")
        for drawn in one.drawn:
            several = f"-{name}" if target and len(found) > 1 else ""
            place = base.with_name(f"{base.stem}{several}-p{drawn.page}{base.suffix}") if many or not target else base
            click.echo(f"{_write(place, drawn.image)}")


def _ambiguous(choice: Choice) -> AmbiguousCheck:
    """The error for a name that fits several checks, which are listed."""
    render.print_choices(choice.fitting)
    text = phrase("{name} fits {number} checks.", name=choice.name, number=len(choice.fitting))
    return AmbiguousCheck(text, phrase("Name one of those that are listed."))


def _done(work: Callable[[Task], Answer | JsextractError], task: Task, file: str) -> Answer:
    """What `work` gives, done in a worker under limits; its error is raised here, with the name of its file."""
    (answer,) = limited(work, [task], Settings(jobs=1, limits=limits_of(None, None, pictures=page_work() is not None)))
    if isinstance(answer, JsextractError):
        raise of_file(answer, file)
    return answer


def _write(target: Path, data: bytes) -> Path:
    """Writes a picture; OutputNotWritable where that cannot be done."""
    try:
        with beside(target) as temp:
            temp.write_bytes(data)
    except OSError as error:
        raise not_writable(error, target, phrase("Give another file with -o.")) from error
    return target


def is_dataset(path: Path) -> bool:
    """Whether a folder is that of a dataset."""
    return os.path.isdir(path / HIDDEN)  # noqa: PTH112 (no error where the system does not let us look)
