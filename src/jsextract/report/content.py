"""The accounts of the findings page, one after the other, with their pictures."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct

from jsextract.batch.limited import limited
from jsextract.batch.run_settings import Settings
from jsextract.errors import DocumentError
from jsextract.language.phrase import Phrase, listed, phrase, phrases
from jsextract.readers.present import is_there
from jsextract.report import labels
from jsextract.report.crops import SCALE, Crop
from jsextract.report.drawing import Sheet, draw
from jsextract.report.evidence import Plan, alt, as_text, caption, compared, planned
from jsextract.report.found import AccountFindings, DocumentEntry, Finding
from jsextract.report.places import Evidence
from jsextract.report.results import Results
from jsextract.report.view import AccountView, FindingView, Picture
from jsextract.vocabulary import SEVERITIES, Format

LISTED = 300
"""Findings of one account that are shown; what is more is counted."""
_READABLE = 15.0  # pixels that print is high on the screen
_ZOOM = (0.9, 1.6)  # within which a point is made larger or smaller for that
_Drawn = dict[tuple[str, int], Crop | Phrase | None]


class Wanted(Struct, frozen=True):
    """What the page is asked to show.

    Attributes:
        pictured: findings of each account that get pictures, the worst first.
        budget: bytes of all pictures; when they are used up the rest is told in words.
        folders: where sources may be that are not where they were read.
    """

    pictured: int = 40
    budget: int = 60 << 20
    folders: tuple[Path, ...] = ()


class _Account(Struct, frozen=True):
    """An account with what it rests on, before its pictures are there.

    Attributes:
        views: of its findings, made when the pictures are.
        without: how many findings have places that are not pictured.
        sheets: the files that are to be opened.
    """

    account: AccountFindings
    views: Sequence[Callable[[_Drawn], FindingView]]
    sheets: Sequence[tuple[str, Sheet]]
    without: int


def views(
    accounts: Sequence[AccountFindings], results: Results, settings: Settings, wanted: Wanted
) -> Iterator[AccountView]:
    """Each account as the page shows it; one is in memory at a time, and few documents are open ahead of it.

    Args:
        accounts: in the order of the page.
        results: what was read of their documents.
        settings: workers, limits and the password of those that open documents.
        wanted: how much is shown.
    """
    numbers = itertools.count(1)
    prepared = (_prepared(account, results, settings, wanted, numbers) for account in accounts)
    ours, theirs = itertools.tee(prepared)
    answers = limited(draw, (sheet for account in theirs for _, sheet in account.sheets), settings)
    left = wanted.budget
    for account in ours:
        drawn: _Drawn = {}
        for document_id, sheet in account.sheets:
            for at, crop in enumerate(_crops(next(answers), sheet)):
                size = len(crop.png) if isinstance(crop, Crop) else 0
                drawn[document_id, at] = crop if size <= left else phrase("no room is left for pictures")
                left -= size if size <= left else 0
        yield _view(account, drawn, wanted)


def _crops(answer: list[Crop | None] | DocumentError | None, sheet: Sheet) -> Sequence[Crop | Phrase | None]:
    """A picture for each cut, or the reason why there is none."""
    if isinstance(answer, DocumentError):
        error = Phrase(answer.message.en.rstrip("."), answer.message.zh.rstrip("。"))
        return [phrase("the file cannot be opened: {error}", error=error)] * len(sheet.cuts)
    if answer is None:
        there = any(is_there(Path(path)) for path in sheet.paths)
        changed = phrase("the file has changed since it was read")
        lost = phrase("the file is not where it was read; --sources names another folder")
        return [changed if there else lost] * len(sheet.cuts)
    return answer


# ---- before the pictures


def _prepared(
    account: AccountFindings, results: Results, settings: Settings, wanted: Wanted, numbers: Iterator[int]
) -> _Account:
    results.forget()
    entries = {entry.document_id: entry for entry in account.documents}
    plans = [planned(finding, results.places) for finding in account.findings[:LISTED]]
    cuts: dict[str, list[Evidence]] = {}
    made = []
    left = wanted.pictured
    for plan in plans:
        places = []
        for evidence in plan.wanted if left > 0 else ():
            own = cuts.setdefault(evidence.document_id, [])
            places.append((evidence, len(own)))
            own.append(evidence)
        left -= bool(plan.wanted)
        made.append(_later(plan, places, entries, results, next(numbers)))
    sheets = [
        (document_id, Sheet(results.paths(document_id, wanted.folders), results.sha256(document_id),
                            tuple(evidence.cut for evidence in own), settings.password))
        for document_id, own in cuts.items()
    ]  # fmt: skip
    return _Account(account, made, sheets, max(0, -left))


def _later(
    plan: Plan,
    places: Sequence[tuple[Evidence, int]],
    entries: dict[str, DocumentEntry],
    results: Results,
    number: int,
) -> Callable[[_Drawn], FindingView]:
    """What makes the view of a finding once its pictures are there; what it says in words is made now."""
    name = partial(_file, entries, results)
    captions = [(alt(evidence), caption(evidence, name(evidence.document_id))) for evidence, _ in places]
    quotes, rows = as_text(plan, results.places, name)
    figures = compared(plan)
    file = name(plan.finding.document_id)
    own = entries.get(plan.finding.document_id)
    has_pages = own is None or own.format == Format.PDF

    def make(drawn: _Drawn) -> FindingView:
        found = [drawn.get((evidence.document_id, at)) for evidence, at in places]
        pictures = [
            _picture(crop, *texts) for crop, texts in zip(found, captions, strict=True) if isinstance(crop, Crop)
        ]
        check, texts_too = plan.finding.check, len(pictures) < len(plan.wanted) or not pictures
        return FindingView(
            anchor=f"f{number}",
            name=plan.finding.name,
            severity=check.severity,
            severity_label=str(labels.severity(check.severity)),
            status_label=str(labels.status(check.status)),
            origin_label=str(labels.origin(check.origin)),
            message=str(check.told),
            figures=_figures(plan.finding),
            compared=figures,
            pictures=pictures,
            quotes=quotes if texts_too else (),
            rows=rows if texts_too else (),
            reason=str(_reason(found, pictures, plan, has_pages=has_pages)),
            file=file,
        )

    return make


def _file(entries: Mapping[str, DocumentEntry], results: Results, document_id: str) -> str:
    return entries[document_id].file if document_id in entries else results.file(document_id)


def _reason(
    found: Sequence[Crop | Phrase | None], pictures: Sequence[Picture], plan: Plan, *, has_pages: bool
) -> Phrase:
    """Why a finding has no picture, or fewer than it might."""
    reasons = [reason for reason in found if isinstance(reason, Phrase)]
    if reasons:
        return phrase("No picture: {reason}.", reason=reasons[0])
    if pictures:
        return Phrase("", "")
    if not has_pages:
        return phrase("No picture: nothing draws files of this kind.")
    if not plan.wanted:
        return phrase("No picture: it rests on no place of a page.")
    return phrase("No picture: only the first of an account have one.") if not found else phrase(
        "No picture: the words are not found on the page again.")  # fmt: skip


def _figures(finding: Finding) -> list[tuple[str, str]]:
    """What is stated, what follows, and how far they are apart; a quote is in the message already."""
    check = finding.check
    if not check.computed:
        return []
    named = (
        (phrase("stated"), check.stated), (phrase("computed"), check.computed),
        (phrase("difference"), check.difference), (phrase("tolerance"), check.tolerance),
    )  # fmt: skip
    return [(str(label), f"{value} {check.unit}".strip()) for label, value in named if value]


# ---- with them


def _view(prepared: _Account, drawn: _Drawn, wanted: Wanted) -> AccountView:
    account = prepared.account
    first = account.documents[0]
    counts = account.severities
    told = listed(
        (phrase("{number} {severity}", number=counts[word], severity=labels.severity(word))
         for word in SEVERITIES.words if counts[word]), ", ", "，",
    )  # fmt: skip
    return AccountView(
        anchor=f"a-{account.id}",
        title=title(account),
        kind="" if account.is_rest else first.kind,
        files=[] if account.is_rest else [document.path or document.file for document in account.documents],
        counts=str(told) or str(phrase("no findings")),
        unread=_unread(account.documents),
        findings=[make(drawn) for make in prepared.views],
        left_out=str(_left_out(len(account.findings), prepared.without, wanted)),
    )


def _unread(documents: Sequence[DocumentEntry]) -> list[tuple[str, str]]:
    """What of each file was not read; of many files the first."""
    lacking = [document for document in documents if document.lacks]
    told = [(document.path or document.file, str(labels.not_read(document))) for document in lacking[:LISTED]]
    more = phrases("{number} more file", "{number} more files", len(lacking) - LISTED)
    return [*told, (str(more), str(phrase("see documents.csv")))] if len(lacking) > LISTED else told


def title(account: AccountFindings) -> str:
    """Entity and year; the file where neither is known."""
    first = account.documents[0]
    if account.is_rest:
        return str(phrase("Files that gave no account"))
    return f"{first.entity} {first.year}".strip() if first.entity else first.file


def _left_out(number: int, without: int, wanted: Wanted) -> Phrase:
    """How many of an account's findings have no pictures by its limit, and how many are not shown."""
    pictured = phrases(
        "{number} finding is told without a picture: each account has {most} with pictures.",
        "{number} findings are told without pictures: each account has {most} with pictures.",
        without, most=wanted.pictured,
    )  # fmt: skip
    counted = phrases(
        "{number} more finding is in checks.csv.", "{number} more findings are in checks.csv.", number - LISTED
    )
    return listed((pictured if without else "", counted if number > LISTED else ""), " ", "")


def _picture(crop: Crop, described: Phrase, captioned: Phrase) -> Picture:
    data = base64.b64encode(crop.png).decode()
    scale = min(max(_READABLE / (crop.print_size or 10.0), _ZOOM[0]), _ZOOM[1]) / SCALE
    return Picture(
        source=f"data:image/png;base64,{data}",
        width=round(crop.width * scale),
        height=round(crop.height * scale),
        focus=crop.focus,
        alt=str(described),
        caption=str(captioned),
    )
