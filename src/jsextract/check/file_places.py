"""Places as the file has them: what a picture among text shows stands on the page of that, without a box (出处)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from jsextract.model.document import Page
from jsextract.model.report import CheckResult, Report
from jsextract.tables.lost import LostTable

Numbers = Mapping[int, int]
"""The file's page for each that is only a part of one; blank where pages are those of the file."""


def numbers_of(pages: Iterable[Page]) -> Numbers:
    """The file's page for each that is a part of one."""
    return {page.number: page.inside for page in pages if page.inside}


def report_in_file(report: Report, at: Numbers) -> Report:
    """The report with the file's pages for those of its pictures."""
    if not at:
        return report
    return replace(
        report,
        cells=tuple(replace(cell, page=at.get(cell.page, cell.page), box=None) for cell in report.cells),
        facts=tuple(replace(fact, page=at.get(fact.page, fact.page), box=None) for fact in report.facts),
        projects=tuple(replace(project, page=at.get(project.page, project.page)) for project in report.projects),
        glossary=tuple(replace(term, page=at.get(term.page, term.page)) for term in report.glossary),
        sections=tuple(
            replace(part, page_from=at.get(part.page_from, part.page_from), page_to=at.get(part.page_to, part.page_to))
            for part in report.sections
        ),
        opinions=tuple(replace(one, pages=_pages(one.pages, at)) for one in report.opinions),
    )


def checks_in_file(checks: Iterable[CheckResult], at: Numbers) -> tuple[CheckResult, ...]:
    """The checks with the file's pages."""
    return tuple(replace(check, pages=_pages(check.pages, at)) if at else check for check in checks)


def lost_in_file(lost: Sequence[LostTable], at: Numbers) -> tuple[LostTable, ...]:
    """Tables that were not read, with the file's pages of their titles."""
    return tuple(replace(table, page=at.get(table.page, table.page)) for table in lost)


def _pages(pages: Iterable[int], at: Numbers) -> tuple[int, ...]:
    return tuple(dict.fromkeys(at.get(page, page) for page in pages))
