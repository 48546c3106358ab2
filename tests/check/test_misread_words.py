"""Words that were recognised in pictures: what misread characters make is no difference of the document (误识不作差错)."""

from __future__ import annotations

from msgspec.structs import replace

from jsextract.check.text_rules import check_words
from jsextract.check.text_rules.finding import Finding
from jsextract.check.text_rules.misreadings import fair
from jsextract.check.text_rules.passages import Printed
from jsextract.language.phrase import phrase
from jsextract.model.report import TableCell
from jsextract.vocabulary import CheckStatus, Flag, Origin, Reader
from tests.check.test_words_and_tables import IN_FORCE, prose, report
from tests.made import cell

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


def row_of(code: str, name: str, *flags: str, item: str = "") -> TableCell:
    return cell(table="T5", code=code, item=item or name, item_text=name, reader=Reader.OCR, page=3, flags=flags)


def names_told(*cells: TableCell, recognised: int = 3) -> set[str]:
    seen = Printed(report(*cells), prose(), IN_FORCE, recognised=frozenset({recognised}))
    return {each.status for each in check_words(seen) if each.check_id == "text.item_name"}


def test_a_recognised_row_under_a_misread_name_or_code_is_not_checkable() -> None:
    assert names_told(row_of("2210201", "住房公积全")) == {CheckStatus.NOT_CHECKABLE}
    # 2210201 with one digit misread, the name its own: the row is in doubt since it is not that of the code
    assert names_told(row_of("2210203", "住房公积金", Flag.LOW_CONFIDENCE)) == {CheckStatus.NOT_CHECKABLE}
    corrected = row_of("2080505", "机关事业单位基本养者俣脸缴费支出", Flag.NAME_CORRECTED, item=NAME)
    assert names_told(corrected) == {CheckStatus.NOT_CHECKABLE}


def test_a_blank_figure_of_a_doubted_row_is_in_doubt_as_its_row_is() -> None:
    blank = replace(row_of("2210203", "住房公积金"), column="合计", value=None, value_text="")
    assert names_told(blank, row_of("2210203", "住房公积金", Flag.LOW_CONFIDENCE)) == {CheckStatus.NOT_CHECKABLE}


def test_a_row_that_was_recognised_for_sure_is_held_to_its_code_as_a_printed_one_is() -> None:
    assert names_told(row_of("2210201", "购房补贴")) == {CheckStatus.FAIL}
    assert names_told(row_of("2210201", "住房公积金")) == {CheckStatus.PASS}


def test_doubt_of_a_row_in_a_document_with_text_spares_no_finding() -> None:
    assert names_told(row_of("2210201", "购房补贴", Flag.LOW_CONFIDENCE), recognised=9) == {CheckStatus.FAIL}
