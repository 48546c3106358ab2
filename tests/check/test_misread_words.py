"""Words that were recognised in pictures: what misread characters make is no difference of the document (误识不作差错)."""

from __future__ import annotations

from jsextract.check.text_rules import check_words
from jsextract.check.text_rules.finding import Finding
from jsextract.check.text_rules.misreadings import fair
from jsextract.check.text_rules.passages import Printed
from jsextract.language.phrase import phrase
from jsextract.vocabulary import CheckStatus, Origin
from tests.check.test_words_and_tables import IN_FORCE, prose, report

NAME = "机关事业单位基本养老保险缴费支出"


def printed(*recognised: int) -> Printed:
    return Printed(report(), prose(), IN_FORCE, recognised=frozenset(recognised))


def finding(stated: str, computed: str = "", page: int = 3) -> Finding:
    return Finding("名称", phrase("{name} is another.", name=stated), (page,), stated, computed)


def test_a_name_with_two_misread_characters_accuses_nobody() -> None:
    made = fair(finding("机关事业单位基本养老保验激费支出", NAME), printed(3), of_words=True)
    assert (made.status, made.stated) == (CheckStatus.NOT_CHECKABLE, "机关事业单位基本养老保验激费支出")


def test_the_same_on_a_page_with_text_does() -> None:
    found = finding("机关事业单位基本养老保验激费支出", NAME)
    assert fair(found, printed(), of_words=True) is fair(found, printed(4), of_words=True) is found


def test_another_bodys_name_and_another_year_do_on_a_scan_too() -> None:
    for found in (finding("临江市梧桐区水务局", "临江市梧桐区民政局"), finding("2023", "2024")):
        assert fair(found, printed(3), of_words=True) is found


def test_what_seems_to_be_missing_may_stand_misread_on_any_page() -> None:
    absent = finding("国有资本经营预算财政拨款支出决算表")
    assert fair(absent, printed(7), of_words=False).status == CheckStatus.NOT_CHECKABLE
    assert fair(absent, printed(), of_words=False) is absent


def test_the_rows_of_a_scan_are_not_said_to_be_the_documents_own() -> None:
    body = prose("第一部分 概况", "本部门主要职责是XX。", "第二部分 2021年度部门决算表")
    seen = Printed(report(), body, IN_FORCE, recognised=frozenset({3}))
    origins = {each.origin for each in check_words(seen) if each.status in (CheckStatus.FAIL, CheckStatus.MINOR)}
    assert origins == {Origin.UNKNOWN}
