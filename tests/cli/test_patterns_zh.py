"""What `jsextract patterns` and `show --unread` print, and what is wrong with a rule file, in Chinese."""

from __future__ import annotations

from pathlib import Path

import pytest

from jsextract.cli.main import run_cli

FIXTURE = Path(__file__).parents[2] / "fixtures" / "account_text.txt"


def said(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    capsys.readouterr()
    run_cli([*args, "--lang", "zh"])
    shown = capsys.readouterr()
    return shown.out + shown.err


@pytest.mark.parametrize(
    ("args", "shown"),
    [
        (("list", "three_public"), "条规则"),
        (("test", "change.amount"), "1 条规则、"),
        (("explain", "change.amount", str(FIXTURE)), "其余句子中没有该模式的内容"),
        (("explain", "change.amount", "--sentence", "收支比上年增加3万元。", "--in", "totals"), "这些文字归于 change.of_item"),
        (("explain", "--sentence", "公务接待12批次80人。", "--in", "three_public"), "事实\n"),
        (("explain", "--sentence", "年末无事。", "--in", "nowhere"), "没有主题为 nowhere 的章节。可用主题："),
        (("explain", "change.amont", "--sentence", "x"), "没有规则 change.amont。是否指 change.amount？"),
        (("explain",), "请给出 RULE 和 FILE，或 --sentence TEXT。"),
        (("explain", "change.amount", str(FIXTURE), "--in", "totals"), "--in 只与 --sentence 同用"),
        (("new", "资产出租收入上缴国库45.60万元。", "--in", "assets"), "没有规则读出：45.60万元"),
        (("list", "--patterns", "nowhere"), "请检查 --patterns。"),
        (("list", "--profile", "yunan"), "没有方案 yunan。是否指 yunnan？现有：yunnan。"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_patterns(args: tuple[str, ...], shown: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown in said(capsys, "patterns", *args)


def test_what_no_fact_carries(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "show", str(FIXTURE), "--unread") == "account_text.txt：没有遗漏的金额\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("family: own\nrules:\n  - id: own.a\n    patern: x\n", "own.yaml 第 4 行：own.a：未知的键 patern。是否指 pattern？"),
        ("family: own\nrules: [\n", "own.yaml 第 3 行："),
        ("family: own\ndrop: [nothing.such]\n", "own.yaml 第 2 行：没有可删除的 nothing.such。"),
    ],
)  # fmt: skip
def test_a_rule_file_that_does_not_load(
    text: str, shown: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "own.yaml").write_text(text, encoding="utf-8")
    told = said(capsys, "patterns", "test", "--patterns", str(tmp_path))
    assert shown in told
    assert told.count("\n") == 1
