"""What a document announces and what it has: tables, their order and notes, sections (完整性)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import regex

from jsextract.check.text_rules.finding import Finding, quoted
from jsextract.check.text_rules.passages import Announced, Passage, Printed, PrintedTable
from jsextract.language.phrase import Phrase, phrase
from jsextract.text.normal import squeeze
from jsextract.text.tokens import HAN_BRACKET, HAN_DOT, PART, ordinal_level
from jsextract.vocabulary import CheckStatus, SectionKind, Severity, is_standard

_NUMBER = regex.compile(rf"^(?:{PART}|{HAN_DOT}|{HAN_BRACKET}|\d{{1,2}}[、.])")
_LEADERS = regex.compile(r"[.…·・_]*\d{0,3}$")
_CLOSING = regex.compile(r"(?:有关|的)?(?:情况|说明|情况说明)+$")
_NARRATIVE = regex.compile(r"情况说明|编制说明|决算说明")
_SAME = 0.6


def _standard(printed: Printed) -> dict[str, PrintedTable]:
    return {table.table_id: table for table in printed.tables if is_standard(table.table_id)}


def _says(role: str, texts: Sequence[str], printed: Printed) -> str:
    """The first text that says it (empty, surely_empty, elsewhere); blank where none does."""
    asked = [wording for wording in printed.rules.wordings.tables if wording.role == role]
    return next((text for text in texts if any(w.search(squeeze(text)) for w in asked)), "")


def missing_tables(printed: Printed) -> Iterator[Finding]:
    """Standard tables that contents or lists announce and that are nowhere; those that were not read, if anything."""
    if not _standard(printed) and not printed.lost:
        if printed.announced:
            yield _elsewhere(printed)
        return
    announced: dict[str, Announced] = {}
    for entry in printed.announced:
        announced.setdefault(entry.table_id, entry)
    for lost in printed.lost:
        told_of = announced.get(lost.table)
        title = _plain(told_of.text if told_of else lost.title)
        page = lost.page or _printed_on(printed, title)
        if told_of and page is None and printed.whole:
            yield Finding(
                item=title, pages=(told_of.page,), stated=title,
                message=phrase(
                    "{title} is announced on page {page} and is nowhere in the document.",
                    title=title, page=printed.in_file(told_of.page),
                ),
            )  # fmt: skip
            continue
        yield Finding(
            item=title, pages=(told_of.page if told_of else page or 1,), stated=title,
            status=CheckStatus.NOT_CHECKABLE, severity=Severity.WARNING,
            message=_unread(title, page and printed.in_file(page), announced=bool(told_of)),
        )  # fmt: skip


def _unread(title: str, page: int | None, *, announced: bool) -> Phrase:
    """What is known of a table that was not read."""
    if page:
        return phrase("{title} has its title on page {page}, and no such table was read.", title=title, page=page)
    if announced:
        return phrase("{title} is announced and was not read; some pages could not be read.", title=title)
    return phrase("{title} is neither announced nor was it read.", title=title)


def _elsewhere(printed: Printed) -> Finding:
    texts = [passage.normal.raw for passage in printed.texts() if passage.kind == SectionKind.TABLES]
    said = _says("elsewhere", texts, printed)
    message = (
        phrase("The document announces its tables and holds none of them: {quote}.", quote=quoted(said))
        if said
        else phrase("The document announces its tables and holds none of them; they may stand in another file.")
    )
    return Finding(
        item="tables", pages=tuple(sorted({entry.page for entry in printed.announced})),
        status=CheckStatus.NOT_CHECKABLE, severity=Severity.INFO,
        message=message,
    )  # fmt: skip


def _printed_on(printed: Printed, title: str) -> int | None:
    """The page where the title stands in the body, though no table under it was read."""
    for passage in printed.passages:
        if passage.place in {"text", "heading", "title"} and title and title in passage.text:
            return passage.page
    return None


def _plain(text: str) -> str:
    return _LEADERS.sub("", _NUMBER.sub("", squeeze(text))).strip(".…·")


def table_order(printed: Printed) -> Iterator[Finding]:
    """Standard tables in another order than announced."""
    have = list(_standard(printed))
    told = list(dict.fromkeys(entry.table_id for entry in printed.announced if entry.table_id in have))
    found = [table_id for table_id in have if table_id in told]
    if found != told and len(told) > 1:
        pages = [table.pages[0] for table in printed.tables if table.table_id in told]
        yield Finding(
            item="tables", stated=" ".join(told), computed=" ".join(found), pages=tuple(pages),
            status=CheckStatus.MINOR, severity=Severity.INFO,
            message=phrase(
                "The tables are announced in the order {told} and stand in the order {found}.",
                told=" ".join(told), found=" ".join(found),
            ),
        )  # fmt: skip


def table_notes(printed: Printed) -> Iterator[Finding]:
    """Empty tables without a note, and notes of no data under tables with amounts."""
    notes = {
        passage.topic
        for passage in printed.passages
        if passage.place == "note" and _says("empty", [passage.text], printed)
    }
    in_cells = {
        cell.table for cell in printed.report.cells if cell.value is None and _says("empty", [cell.value_text], printed)
    }
    said = "".join(
        passage.text for passage in printed.texts() if passage.kind in {SectionKind.NARRATIVE, SectionKind.OTHER}
    )
    for table_id, table in _standard(printed).items():
        name = table.title or table.name
        sure = _says("surely_empty", table.notes, printed)
        if table.filled and sure:
            yield Finding(
                item=name, stated=sure, pages=table.pages,
                status=CheckStatus.NOT_CHECKABLE if table.guessed else CheckStatus.FAIL,
                message=phrase("{table} has amounts; under it stands {quote}.", table=name, quote=quoted(sure)),
            )  # fmt: skip
        elif table.blank and table_id not in notes and table_id not in in_cells:
            told = _told_in_text(table_id, said, printed)
            found = CheckStatus.MINOR if told else CheckStatus.FAIL
            yield Finding(
                item=name, pages=table.pages[:1], status=CheckStatus.NOT_CHECKABLE if table.guessed else found,
                severity=Severity.INFO if told else Severity.WARNING,
                message=phrase("{table} is empty without a note; the text: {quote}.", table=name, quote=quoted(told))
                if told
                else phrase("{table} is empty without a note.", table=name),
            )  # fmt: skip


def _told_in_text(table_id: str, said: str, printed: Printed) -> str:
    topic = printed.topic_of(table_id)
    for wording in printed.rules.wordings.topics:
        found = wording.search(said) if wording.topic == topic else None
        if found:
            return found[0]
    return ""


def missing_sections(printed: Printed) -> Iterator[Finding]:
    """Sections of the narrative that the contents announce and that are nowhere."""
    body = [passage for passage in printed.passages if passage.place in {"heading", "text"}]
    if not any(passage.kind == SectionKind.NARRATIVE for passage in body):
        return
    headings = [_key(_plain(passage.text)) for passage in body if passage.place == "heading"]
    for entry in _announced_sections(printed):
        words = _plain(entry.text)
        key = _key(words)
        if len(words) < 4 or any(_alike(key, heading) for heading in headings):
            continue
        if any(key in passage.text for passage in body):
            continue
        status = CheckStatus.FAIL if printed.whole else CheckStatus.NOT_CHECKABLE
        yield Finding(
            item=words, stated=words, pages=(entry.page,), severity=Severity.WARNING, status=status,
            message=phrase(
                "The section {words} is announced on page {page} and is nowhere in the document.",
                words=quoted(words), page=printed.in_file(entry.page),
            ),
        )  # fmt: skip


def _announced_sections(printed: Printed) -> Iterator[Passage]:
    """The entries of the contents between the narrative and the next part."""
    inside = False
    for passage in printed.passages:
        if passage.place != "contents":
            continue
        if ordinal_level(passage.text) == 0:
            inside = bool(_NARRATIVE.search(passage.text))
        elif inside and ordinal_level(passage.text) in {1, 2}:
            yield passage


def _key(words: str) -> str:
    return _CLOSING.sub("", words)


def _alike(a: str, b: str) -> bool:
    return bool(a and b) and (
        a in b or (b in a and len(b) >= 4) or SequenceMatcher(None, a, b, autojunk=False).ratio() >= _SAME
    )
