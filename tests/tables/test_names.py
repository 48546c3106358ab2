from __future__ import annotations

import pytest

from jsextract.tables.row_names import canonical, is_placeholder, join_code, split_code


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("一、一般公共服务支出", "一般公共服务支出"),
        ("二十四、 债务还本支出", "债务还本支出"),
        ("（一）支出合计", "支出合计"),
        ("1．因公出国(境)费", "因公出国（境）费"),
        ("①办公费", "办公费"),
        ("一般公共预算财政拨款", "一般公共预算财政拨款"),
        ("十二月份支出", "十二月份支出"),
        ("本 年 收 入 合 计", "本年收入合计"),
        ("“三公”经费", "“三公”经费"),
        ("2024年项目", "2024年项目"),
    ],
)
def test_canonical_names(printed, name):
    assert canonical(printed) == (name, False)


def test_part_rows():
    assert canonical("其中：政府性基金预算财政拨款") == ("政府性基金预算财政拨款", True)


@pytest.mark.parametrize(
    ("printed", "split"),
    [
        ("310资本性支出", ("310", "资本性支出")),
        ("2010601 行政运行", ("2010601", "行政运行")),
        ("2024年项目", ("", "2024年项目")),
        ("12345.67", ("", "12345.67")),
        ("资本性支出", ("", "资本性支出")),
    ],
)
def test_codes_glued_to_names(printed, split):
    assert split_code(printed) == split


@pytest.mark.parametrize(
    ("parts", "code"),
    [(["201", "06", "01"], "2010601"), (["201", "20106"], "20106"), (["2010601"], "2010601"), (["", ""], "")],
)
def test_codes_in_columns(parts, code):
    assert join_code(parts) == code


def test_placeholders():
    assert is_placeholder("……")
    assert is_placeholder("XX")
    assert not is_placeholder("XX局")
