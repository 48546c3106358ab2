"""Names that a picture gave with a wrong character: the one name of the lists that they can be, or as they are read."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from jsextract.model.document import Cell, Line, Table
from jsextract.model.geometry import Box
from jsextract.rules.ruleset import load_rules
from jsextract.tables import read_tables
from jsextract.tables.header import first_body_row, slots_of
from jsextract.tables.listed_names import corrected, known_names
from jsextract.tables.misread_names import with_known_names
from jsextract.tables.recognised import with_doubts
from tests.made import cell as table_cell
from tests.tables.made import table as made_table

RULES = load_rules()
KNOWN = known_names(RULES.lexicon, RULES.tables)
BOX = Box(0, 0, 10, 10)


def cell(text: str, row: int = 0, col: int = 0, unsure: str = "") -> Cell:
    sure = tuple(0.6 if char in unsure else 1.0 for char in text)
    lines = (Line(1, text, BOX, confidence=sure),)
    return Cell(row=row, col=col, row_span=1, col_span=1, page=1, box=BOX, text=text, lines=lines)


@pytest.mark.parametrize(
    ("text", "unsure", "code", "right"),
    [
        ("五、率业收入", "率", "", "五、事业收入"),
        ("十七.缓助其他地区支出", "缓助", "", "十七.援助其他地区支出"),
        ("十八，自然资源海洋气象等支出", "", "", "十八、自然资源海洋气象等支出"),
        ("十·节能环保支出", "十·", "", "十、节能环保支出"),
        ("十三交通运输支出", "十三", "", "十三、交通运输支出"),
        ("八、社会会保障和就业支出", "会", "", "八、社会保障和就业支出"),
        ("八、社会障和就业支出", "障", "", "八、社会保障和就业支出"),
        ("八、社会障和就业支出", "", "", ""),
        ("二科学技术支出", "", "", "二、科学技术支出"),
        ("正政府性基金预算财政拨款收入", "正", "", "政府性基金预算财政拨款收入"),
        ("、一般公共预算财政拨款收入", "", "", "一般公共预算财政拨款收入"),
        ("般公共服务支出", "", "201", "一般公共服务支出"),
        ("机关事业单位基本养老保险激费支出", "激", "2080505", "机关事业单位基本养老保险缴费支出"),
        ("2080505机关事业单位基本养老保险激费支出", "激", "", "2080505机关事业单位基本养老保险缴费支出"),
        ("本年收人合计", "", "", "本年收入合计"),
        # sure of every character: another name
        ("机关事业单位基本养老保险激费支出", "", "", ""),
        # as near to two names
        ("切中教育", "切", "", ""),
        ("切中教育", "切", "2050203", "初中教育"),
        ("事业收入", "事", "", ""),
        ("合汁", "汁", "", ""),
        ("某某工程", "某", "", ""),
    ],
)
def test_a_name_is_mended_where_one_name_alone_fits(text: str, unsure: str, code: str, right: str) -> None:
    assert corrected(cell(text, unsure=unsure), KNOWN, code) == right


def test_cells_beside_a_mended_name_say_so_and_keep_it_as_read() -> None:
    cells = (
        cell("项目", 0, 0), cell("决算数", 0, 1),
        cell("五、率业收入", 1, 0, "率"), cell("9.00", 1, 1),
        cell("六、经营收入", 2, 0), cell("1.00", 2, 1),
    )  # fmt: skip
    table = Table(title="", unit="", notes=(), cells=cells, n_rows=3, n_cols=2, pages=(1,), box=BOX, reader="ocr")
    (mended,) = with_known_names([table], RULES)
    assert [c.text for c in mended.cells] == ["项目", "决算数", "五、事业收入", "9.00", "六、经营收入", "1.00"]
    assert [c.flags for c in mended.cells if c.flags] == [("ocr_corrected:五、率业收入",)]
    (said,) = with_doubts(
        [table_cell(reader="ocr", item="事业收入", item_text="五、事业收入", code="", flags=("ocr_corrected:五、率业收入", "ocr:1.00"))],
        RULES,
    )  # fmt: skip
    assert (said.item, said.item_text, said.flags) == ("事业收入", "五、率业收入", ("ocr_corrected", "ocr:1.00"))


def test_native_tables_stay_as_printed() -> None:
    table = Table(
        title="", unit="", notes=(), cells=(cell("五、率业收入", unsure="率"),), n_rows=1, n_cols=1, pages=(1,), box=BOX
    )
    assert with_known_names([table], RULES) == (table,)


def test_a_stray_character_is_left_out_only_where_the_name_is_no_end_of_another() -> None:
    assert corrected(cell("正政府性基金预算财政拨款收入", unsure="正"), KNOWN) == "政府性基金预算财政拨款收入"
    assert corrected(cell("股公共预算财政拨款收入", unsure="股"), KNOWN) == ""
    rows = TOTALS.format("股公共预算财政拨款收入", "股公共服务支出", "年初结转和结余", "总计")
    assert {("收入", "一般公共预算财政拨款收入"), ("支出", "一般公共服务支出")} <= {*rows_of(rows, "收入支出决算总表")}


def test_short_words_of_a_header_are_mended_there_alone() -> None:
    cells = (
        cell("项目", 0, 0), cell("金發", 0, 1, "發"),
        cell("金發", 1, 0, "發"), cell("9.00", 1, 1),
    )  # fmt: skip
    table = Table(title="", unit="", notes=(), cells=cells, n_rows=2, n_cols=2, pages=(1,), box=BOX, reader="ocr")
    (mended,) = with_known_names([table], RULES)
    assert [c.text for c in mended.cells] == ["项目", "金额", "金發", "9.00"]
    assert mended.cells[3].flags == ("ocr_corrected",)


@pytest.mark.parametrize(
    ("code", "name", "right"),
    [
        ("2210208", "购房补贴", "2210203"),
        ("\N{REPLACEMENT CHARACTER}" * 7, "购房补贴", "2210203"),
        ("2210203", "购房补贴", "2210203"),
        ("2080505", "购房补贴", "2080505"),
        ("2999908", "购房补贴", "2999908"),
        ("\N{REPLACEMENT CHARACTER}" * 7, "行政运行", "\N{REPLACEMENT CHARACTER}" * 7),
    ],
)
def test_a_code_of_no_list_is_the_one_of_the_name_beside_it(code: str, name: str, right: str) -> None:
    cells = (cell("科目编码", 0, 0), cell("科目名称", 0, 1), cell("合计", 0, 2))
    cells += (cell(code, 1, 0), cell(name, 1, 1), cell("9.00", 1, 2))
    cells += (cell("229", 2, 0), cell("其他支出", 2, 1), cell("9.00", 2, 2))
    table = Table(title="", unit="", notes=(), cells=cells, n_rows=3, n_cols=3, pages=(1,), box=BOX, reader="ocr")
    (mended,) = with_known_names([table], RULES)
    assert mended.cells[3].text == right
    assert mended.cells[5].flags == ((f"ocr_corrected:{code}{name}",) if right != code else ())


def rows_of(drawing: str, title: str) -> list[tuple[str, str]]:
    """Side and item of each row of a made table that was recognised in a picture."""
    (mended,) = with_known_names([replace(made_table(drawing, title=title), reader="ocr")], RULES)
    return list(dict.fromkeys((c.side, c.item) for c in read_tables([mended], RULES.tables)[0].cells))


TOTALS = """
    收入 | < | 支出 | <
    项目 | 金额 | 项目 | 金额
    一、{} | 9.00 | 八、{} | 9.00
    二、事业收入 | 0.00 | 九、卫生健康支出 | 0.00
    三、其他收入 | 0.00 | 十、节能环保支出 | 0.00
    本年收入合计 | 9.00 | 本年支出合计 | 9.00
    {} | 0.00 | 年末结转和结余 | 0.00
    总计 | 9.00 | {} | 9.00
    """


@pytest.mark.parametrize(
    ("income", "spent", "left", "total"),
    [
        ("附属单位上数收入", "社会障和就业支出", "年机结转和结余", "计"),
        ("附属单位上缴收人", "社会保璋和就业支山", "年朝结转和结余", "总it"),
    ],
)
def test_rows_of_a_form_without_codes_are_those_that_it_has(income: str, spent: str, left: str, total: str) -> None:
    assert rows_of(TOTALS.format(income, spent, left, total), "收入支出决算总表") == rows_of(
        TOTALS.format("附属单位上缴收入", "社会保障和就业支出", "年初结转和结余", "总计"), "收入支出决算总表"
    )


def test_a_misread_mark_behind_an_ordinal_is_no_part_of_the_name() -> None:
    rows = TOTALS.format("附属单位上缴收入", "社会保障和就业支出", "年初结转和结余", "总计")
    misread = rows.replace("一、附属单位上缴收入", "一，附駕单位上数收入")
    assert rows_of(misread, "收入支出决算总表") == rows_of(rows, "收入支出决算总表")


@pytest.mark.parametrize("name", ["外联支出", "其地区支出", "卫生健庄支出", "服公共支出"])
def test_a_row_that_is_short_or_near_to_several_or_to_one_that_stands_elsewhere_stays(name: str) -> None:
    found = rows_of(TOTALS.format("上级补助收入", name, "年初结转和结余", "总计"), "收入支出决算总表")
    assert ("支出", name) in found


@pytest.mark.parametrize("total", ["命计", "含计", "合", "合许"])
def test_a_misread_total_is_the_one_that_no_other_row_is(total: str) -> None:
    rows = f"科目编码 | 科目名称 | 合计 | 基本支出\n{total} | < | 9.00 | 9.00\n205 | 教育支出 | 9.00 | 9.00"
    assert rows_of(rows, "支出决算表")[0] == ("", "合计")
    assert rows_of(f"{rows}\n合计 | < | 9.00 | 9.00", "支出决算表")[0] == ("", total)


def test_a_total_that_may_be_either_stays() -> None:
    rows = "科目编码 | 科目名称 | 本年支出合计 | 基本支出\n付计 | < | 9.00 | 9.00\n205 | 教育支出 | 9.00 | 9.00"
    assert rows_of(rows, "支出决算表")[0] == ("", "付计")


def test_a_code_says_which_name_was_misread_though_the_recogniser_was_sure() -> None:
    rows = "科目编码 | 科目名称 | 合计 | 基本支出\n{} | {} | 9.00 | 9.00\n205 | 教育支出 | 9.00 | 9.00"
    assert rows_of(rows.format("2101101", "行政单位医行"), "支出决算表")[0] == ("", "行政单位医疗")
    # a name of the lists, or one that is another in more than a character, stays
    assert rows_of(rows.format("2101101", "事业单位医疗"), "支出决算表")[0] == ("", "事业单位医疗")
    assert rows_of(rows.format("2101101", "离休人员医疗"), "支出决算表")[0] == ("", "离休人员医疗")


def test_a_first_row_whose_amount_could_not_be_told_is_none_of_the_header() -> None:
    unknown = "\N{REPLACEMENT CHARACTER}" * 6
    texts = [["收入", "支出", "", ""], ["项目", "决算数", "项目", "决算数"]]
    texts += [["事业收入", unknown, "外交支出", ""], ["经营收入", "2.00", "国防支出", "1.00"]]
    cells = tuple(cell(text, r, c) for r, row in enumerate(texts) for c, text in enumerate(row))
    table = Table(title="", unit="", notes=(), cells=cells, n_rows=4, n_cols=4, pages=(1,), box=BOX, reader="ocr")
    assert first_body_row(slots_of(table)) == 2
    typed = replace(table, cells=tuple(replace(c, lines=()) for c in cells))
    assert first_body_row(slots_of(typed)) == 3
