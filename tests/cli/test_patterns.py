"""`jsextract patterns` and `show --unread`: what they print is for people, and true."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from jsextract import extract
from jsextract.authoring.catalogue import catalogue
from jsextract.authoring.explain import explain_all, explain_sentence
from jsextract.authoring.scaffold import scaffold
from jsextract.authoring.selftest import find_rule
from jsextract.cli.main import run_cli
from jsextract.rules.pattern_format import alternatives, described_piece, legible
from jsextract.rules.ruleset import load_rules
from tests.pdfs import account, write

ACCOUNT = Path(__file__).parents[2] / "fixtures" / "account_shanghai.pdf"
UNREAD = "镇属林场退耕补植折合人民币45.60万元。"
PRIVATE = re.compile(r"[\ue000-\uf8ff]|\\ue")


def out(capsys: pytest.CaptureFixture[str], *args: object, code: int = 0) -> str:
    assert run_cli(list(map(str, args))) == code
    shown = capsys.readouterr()
    assert not PRIVATE.search(shown.out + shown.err)
    return shown.out


def own_rules(folder: Path, text: str) -> Path:
    (folder / "facts").mkdir(parents=True)
    (folder / "facts" / "own.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("rule", load_rules().facts, ids=lambda rule: rule.id)
def test_a_pattern_falls_into_pieces_without_loss(rule):
    assert "|".join("".join(pieces) for pieces in alternatives(rule.source)) == rule.source
    assert not PRIVATE.search(legible(rule.source))


@pytest.mark.parametrize(
    ("source", "pieces"),
    [
        ("共有?{value:money}", [["共", "有?", "{value:money}"]]),
        ("a{0,2}?(?:b|(c))+[|(]\\|d|e", [["a{0,2}?", "(?:b|(c))+", "[|(]", "\\|", "d"], ["e"]]),
        ("(?<=[，\\]])\\ue001{item.totals}", [["(?<=[，\\]])", "\\ue001", "{item.totals}"]]),
    ],
)
def test_pieces(source, pieces):
    assert alternatives(source) == pieces


def test_slots_are_described_in_words():
    lexicon = load_rules().lexicon
    assert described_piece("{direction}", lexicon).startswith("{direction} (one of 增加、增长、")
    assert "a count, as 3个, of the kind batches or persons" in described_piece("{n:count.batches.persons}", lexicon)
    assert described_piece("[\\ue100-\\ue1ff]", lexicon) == "[‹item›]"


def test_list_shows_every_rule_and_what_else_there_is(capsys):
    shown = out(capsys, "patterns", "list")
    assert all(f"\n{rule.id} " in shown for rule in load_rules().facts)
    assert re.search(r"^  T9 +国有资本", shown, re.M)
    assert re.search(r"^lexicon: \d+ items", shown, re.M)


def test_list_takes_a_family_or_a_word(capsys):
    rules = json.loads(out(capsys, "patterns", "list", "staffing", "--json"))["rules"]
    assert {rule["family"] for rule in rules} == {"staffing"}
    shown = out(capsys, "patterns", "list", "持平")
    assert "compare.flat" in shown
    assert "staff.quota" not in shown


def test_the_list_counts_what_the_files_hold():
    data = catalogue(load_rules())
    assert [rule["id"] for rule in data["rules"]] == [rule.id for rule in load_rules().facts]
    assert all(rule["reads"] >= 2 and rule["ignores"] >= 1 for rule in data["rules"])


def test_shipped_rules_pass(capsys):
    last = out(capsys, "patterns", "test").splitlines()[-1]
    assert re.fullmatch(
        r"\d+ rules, \d+ examples, \d+ sentences of the suite, \d+ examples of tables, headings, equations and wordings: none failed, \d+ known gaps",
        last,
    )


RULE = """\
family: own
rules:
  - id: own.works
    pattern: '补植{is}{value:money}'
    facts: [{measure: final, item: 补植}]
    reads:
      - {say: 补植12.00万元。, facts: [{item: 补植, value: '12.00'}]}
      - {say: 补植为３万元。, facts: [{item: 补植, value: '3', quote: ３}]}
      - {say: 补植费13.00万元。, facts: [{item: 补植, value: '13.00'}], known_gap: 费 is not foreseen}
    ignores: [补植另计。]
"""


def test_rules_of_ones_own_are_tested_with_the_shipped_ones(capsys, tmp_path):
    mine = own_rules(tmp_path, RULE)
    shown = out(capsys, "patterns", "test", "own.works", "--patterns", mine)
    assert "1 rule, 4 examples" in shown
    assert "none failed, 1 known gaps" in shown
    assert "known gap  own.works: 「补植费13.00万元。」\n           费 is not foreseen" in shown


def test_a_failing_example_is_shown_with_what_was_read(capsys, tmp_path):
    mine = own_rules(tmp_path, RULE.replace("value: '12.00'", "value: '21.00'"))
    shown = out(capsys, "patterns", "test", "own", "--patterns", mine, code=9)
    assert (
        "sentence  补植12.00万元。\n  expected  item: 补植, value: 21.00\n  read      补植 | final | 12.00 万元"
        in shown
    )


def test_a_rule_that_spoils_the_suite_is_found_out(capsys, tmp_path):
    greedy = RULE.replace("'补植{is}{value:money}'", "'，完成预算的{value:percent}'")
    greedy = greedy.replace("补植12.00万元", "补植，完成预算的12.00%").replace("补植为３万元", "补植，完成预算的３%")
    shown = out(capsys, "patterns", "test", "own.works", "--patterns", own_rules(tmp_path, greedy), code=9)
    assert "sentences/three_public.yaml" in shown
    assert "nothing like: 补植 | final | 79.17 %" in shown


def test_a_rule_that_does_not_exist_is_named_with_the_closest(capsys):
    assert run_cli(["patterns", "test", "change.amuont"]) == 6
    assert "Was change.amount meant?" in capsys.readouterr().err


def test_explain_shows_what_was_read_and_where_a_rule_stopped(capsys):
    shown = out(capsys, "patterns", "explain", "change.amount", ACCOUNT)
    facts = [fact for fact in extract(ACCOUNT).facts if fact.pattern == "change.amount"]
    assert facts
    assert shown.count("            → ") == len(facts)
    assert re.search(r"stopped   .*【下降】2.24%。\n            then it wants \{value:money\} \(an amount", shown)
    assert re.search(
        r"taken .*\n(            \w+ = .*\n)+            these characters went to change\.of_item: ", shown
    )


def test_explain_says_that_no_section_is_about_it(capsys, tmp_path):
    path = write(tmp_path / "a.pdf", account())
    shown = out(capsys, "patterns", "explain", "assets.vehicles", path)
    assert "a.pdf: 0 read, 0 taken, 0 stopped" in shown
    assert "No section is about assets; there are: totals." in shown


def test_explain_follows_self_evaluations(capsys):
    facts = [f for f in extract(ACCOUNT.with_name("account_hubei.pdf")).facts if f.topic == "project"]
    rule = next(f.pattern for f in facts if f.pattern.startswith("figure."))
    shown = out(capsys, "patterns", "explain", rule, ACCOUNT.with_name("account_hubei.pdf"))
    assert all(f"→ {f.item} | {f.measure}" in shown for f in facts if f.pattern == rule)


def test_explain_a_sentence_by_one_rule(capsys):
    shown = out(capsys, "patterns", "explain", "three_public.count", "--sentence", "公务接待14批次103人。")
    assert "as if in a section about assets" in shown
    shown = out(
        capsys,
        "patterns",
        "explain",
        "three_public.count",
        "--in",
        "three_public",
        "--sentence",
        "公务接待14批次103人。",
    )
    assert "read      【公务接待14批次】103人。\n" in shown
    assert "→ 国内公务接待 | count | 14 批次" in shown
    shown = out(capsys, "patterns", "explain", "assets.vehicles", "--in", "totals", "--sentence", "共有车辆3辆。")
    assert "does not look at sections about totals: assets." in shown


def test_explain_a_sentence_by_all_rules(capsys):
    shown = out(
        capsys, "patterns", "explain", "--sentence", "公务接待14批次103人，另付3.00万元。", "--in", "three_public"
    )
    assert "three_public.more" in shown
    assert "  国内公务接待 | count | 103 人" in shown
    shown = out(capsys, "patterns", "explain", "--sentence", "平均得分95分。")
    assert "In a section about project it gives 1 (--in project); here 0." in shown


def test_a_beginning_that_another_rule_goes_on_from_is_taken():
    (look,) = explain_sentence(
        "公务接待费支出决算为1.20万元。", "three_public", find_rule("figure.after_name", load_rules()), load_rules()
    ) or [None]
    assert look is None or look.outcome != "read"


def test_figures_that_no_fact_holds_are_named():
    found = explain_all(UNREAD, "", load_rules())
    assert (found.facts, found.unread) == ((), ("45.60万元",))


@pytest.mark.parametrize(
    "args",
    [
        ("explain",),
        ("explain", "change.amount"),
        ("explain", "change.amount", ACCOUNT, "--sentence", "x"),
        ("explain", "change.amount", ACCOUNT, "--in", "totals"),
    ],
)
def test_explain_needs_a_rule_and_a_file_or_a_sentence(args, capsys):
    assert run_cli(["patterns", *map(str, args)]) == 2


def test_an_unknown_topic_is_answered_with_those_that_there_are(capsys):
    assert run_cli(["patterns", "new", UNREAD, "--in", "weather"]) == 6
    assert "three_public" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("sentence", "topic"),
    [
        (UNREAD, ""),
        ("2022年度林场抚育投入共计150.00万元，惠及护林点3个，参与群众1,200人次。", ""),
        ("资产拍卖溢价返还45.60万元，比上年增加3.20万元，增长7.55%。", "assets"),
        ("公务接待12批次80人，折合3.20万元。", ""),
        ("补植面积３２０亩，成活率达到95.5%。", ""),
    ],
)
def test_a_skeleton_loads_and_holds_once_its_todo_is_filled_in(sentence, topic, tmp_path, capsys):
    mine = tmp_path / "mine"
    target = mine / "facts" / "own.yaml"
    within = ["--in", topic] if topic else []
    assert out(capsys, "patterns", "new", sentence, *within, "-o", target) == f"{target}\n"
    assert run_cli(["patterns", "test", "own", "--patterns", str(mine)]) == 6
    assert "still says TODO" in capsys.readouterr().err
    text = target.read_text(encoding="utf-8")
    target.write_text(re.sub(r"'TODO .*'", "这里没有数字。", text), encoding="utf-8")
    assert "none failed" in out(capsys, "patterns", "test", "own", "--patterns", mine)
    shown = out(capsys, "patterns", "explain", "--sentence", sentence, *within, "--patterns", mine)
    assert "figures that no fact holds" not in shown


def test_a_skeleton_never_overwrites(tmp_path, capsys):
    target = tmp_path / "own.yaml"
    target.write_text("mine", encoding="utf-8")
    assert run_cli(["patterns", "new", UNREAD, "-o", str(target)]) == 5
    assert target.read_text(encoding="utf-8") == "mine"


def test_no_skeleton_for_what_is_read(capsys):
    shown = out(capsys, "patterns", "new", "公务接待14批次103人。", "--in", "three_public")
    assert "# read already by three_public.count: 国内公务接待 | count | 14 批次" in shown
    assert shown.endswith("No rule is needed.\n")
    assert "No rule is needed" in out(capsys, "patterns", "new", "加强管理。")


def test_a_figure_without_any_name_asks_for_one():
    found = scaffold("增加了5.00万元。", "", load_rules())
    assert found.yaml.count("TODO the name of what the figure is about") == 3


def test_show_unread_lists_what_no_fact_holds(tmp_path, capsys):
    path = write(tmp_path / "a.pdf", account("林场退耕补植折合人民币45.60万元。"))
    shown = out(capsys, "show", path, "--unread")
    assert shown.startswith("page 1  ")
    assert "\n  林场退耕补植折合人民币【45.60万元】。\n" in shown
    assert shown.endswith("a.pdf: 1 amount of money in 1 sentence that no fact carries\n")
    assert extract(path).unread_amounts == 1
    assert out(capsys, "show", ACCOUNT, "--unread").endswith(": no amount of money was missed\n")


def test_show_unread_marks_what_is_missing_beside_what_was_read(tmp_path, capsys):
    path = write(tmp_path / "a.pdf", account("收入支出总计7.00万元，林场退耕补植折合人民币7.00万元。"))
    assert "\n  收入支出总计7.00万元，林场退耕补植折合人民币【7.00万元】。\n" in out(capsys, "show", path, "--unread")


def test_show_unread_leaves_out_what_is_far_from_every_amount(tmp_path, capsys):
    far = "苗木" * 60
    path = tmp_path / "a.txt"
    path.write_text(
        f"林场2023年度单位决算\n第三部分 决算情况说明\n{far}折合人民币45.60万元，{far}，又折合3.40万元，{far}。\n",
        encoding="utf-8",
    )
    shown = out(capsys, "show", path, "--unread").splitlines()[1]
    assert shown.startswith("  …木苗木")
    assert shown.endswith("苗…")
    assert shown.count("…") == 3
    assert "折合人民币【45.60万元】，苗木" in shown
    assert "，又折合【3.40万元】，苗木" in shown


@pytest.mark.parametrize(("title", "kind"), [("林场2023年单位预算", "单位预算"), ("林场植树通知", "其他")])
def test_show_unread_says_that_a_text_is_not_read(tmp_path, capsys, title, kind):
    path = tmp_path / "a.txt"
    path.write_text(f"{title}\n第三部分 情况说明\n收入9.00万元。\n", encoding="utf-8")
    assert out(capsys, "show", path, "--unread").startswith(f"a.txt: {kind}: its text is not read")


def test_show_needs_a_page_or_unread(capsys):
    assert run_cli(["show", str(ACCOUNT)]) == 2
    assert run_cli(["show", str(ACCOUNT), "--unread", "--page", "1"]) == 2


@pytest.mark.parametrize("command", ["list", "test", "explain", "new"])
def test_every_command_has_an_example(command, capsys):
    assert f"jsextract patterns {command}" in out(capsys, "patterns", command, "--help")


def test_a_folder_that_does_not_exist_is_named(capsys):
    assert run_cli(["patterns", "list", "--patterns", "nowhere"]) == 6
    assert "nowhere" in capsys.readouterr().err
