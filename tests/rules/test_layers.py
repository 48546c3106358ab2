"""Every kind of rule file can be added to, replaced and dropped by a folder of one's own and by a profile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jsextract.rules.file_types import FILES
from jsextract.rules.ruleset import RuleSet, load_rules

TABLE = (Path(__file__).resolve().parents[2] / "patterns" / "tables" / "T9.yaml").read_text(encoding="utf-8")
HEADING = "{topic: livelihood, words: [惠民], reads: [一、惠民支出情况], ignores: [二、收入决算情况]}"
PART = "{kind: overview, words: [本馆简史], reads: [本馆简史], ignores: [第四部分 名词解释]}"
EQUATION = (
    "{id: table.t5_row, says: x, tables: [T5], each: row, equation: 合计 = 基本支出 + 项目支出,"
    " examples: [{status: pass, figures: {合计: '3', 基本支出: '1', 项目支出: '2'}}]}"
)
WORDING = "{id: own.words, pattern: 此处填写, says: x, finds: [此处填写名称], ignores: [名称]}"
PURPOSE = "{id: own.use, items: 甲, own: 乙, foreign: 丙, finds: [[甲, 丙]], ignores: [[甲, 乙]]}"
GUIDE = "{id: text.share, severity: info, means: anew, example: x}"
RULE = (
    "{id: change.rate, pattern: '增速{value:percent}', facts: [{measure: change_rate, basis: 上年}], ignores: [增速快],"
    " reads: [{say: 增速3%。, facts: [{value: '3'}]}, {say: 增速4%。, facts: [{value: '4'}]}]}"
)
# kind of file → (what a layer says, what must hold of the rules with it, and not of those without)
CASES: dict[str, tuple[str, Callable[[RuleSet], bool]]] = {
    "facts/own": (f"{{family: own, drop: [change.count], replace: [{RULE}]}}", lambda r: {x.id: x for x in r.facts}["change.rate"].source == "增速{value:percent}" and "change.count" not in {x.id for x in r.facts}),
    "lexicon/items": ("{items: [{item: 公务接待费, names: [来客招待费]}], drop: [绩效跟踪项目]}", lambda r: r.lexicon.names["来客招待费"].topic == "three_public" and "绩效跟踪项目" not in r.lexicon.items),
    "lexicon/units": ("{money: [文], drop: [辆]}", lambda r: r.lexicon.units["文"] == "money" and "辆" not in r.lexicon.units),
    "lexicon/slots": ("{words: {direction: {'+': [见长]}}, replace: {opener: 如下}}", lambda r: r.lexicon.words["direction"]["见长"] == "+" and bool(r.lexicon.opener.fullmatch("如下"))),
    "lexicon/standing": (
        "{follows: 若干, never: [行政运行]}",
        lambda r: r.lexicon.standing.follows.pattern == "若干" and "行政运行" not in r.lexicon.standing.items,
    ),
    "lexicon/misprints": ("{names: [公务接待费], drop: [机关运行经费]}", lambda r: "公务接待费" in r.lexicon.misprinted and "机关运行经费" not in r.lexicon.misprinted),
    "lexicon/reasons": ("{keywords: {赛事: [运动会]}, drop: [疫情]}", lambda r: "赛事" in dict(r.keywords) and "疫情" not in dict(r.keywords)),
    "lexicon/metrics": ("{done: [栽种], drop: [完成]}", lambda r: "栽种" in r.metrics.done and "完成" not in r.metrics.done),
    "sections/topics": (f"{{first: [{HEADING}], drop: [general]}}", lambda r: r.sections.topics[0].topic == "livelihood" and "general" not in r.sections.topic_names),
    "sections/parts": (f"{{replace: [{PART}], drop: [attachment, 表], endings: [简史]}}", lambda r: r.sections.kind_of("本馆简史") == "overview" and "表" not in r.sections.endings and r.sections.endings[-1] == "简史"),
    "sections/projects": ("{title: '(?P<name>.+)专题', labels: {problems: [不足]}}", lambda r: bool(r.sections.evaluations.title.fullmatch("某专题")) and bool(r.sections.evaluations.label.match("不足："))),
    "tables/T9": (TABLE.replace("need: ", "replaces: true\nneed: 1 # "), lambda r: r.tables[-1].need == 1),
    "checks/own": (f"{{replace: [{EQUATION}], drop: [text.total]}}", lambda r: {x.id: x for x in r.equations}["table.t5_row"].says == "x" and "text.total" not in {x.id for x in r.equations}),
    "checks/bases": ("{bases: {某基数: [收入总计]}, drop: [总收入]}", lambda r: r.denominators.meanings("某基数") == ("收入总计",) and "总收入" not in r.denominators.bases),
    **{
        f"checks/words/{name}": (f"{{wordings: [{WORDING}]}}", lambda r, name=name: "own.words" in {x.id for x in getattr(r.wordings, name)})
        for name in ("years", "residue", "punctuation", "topics", "tables")
    },
    "checks/words/listed": ("{complete: [计有], open: 等等$, drop: [listed.parts]}", lambda r: "计有" in r.wordings.list_complete and r.wordings.list_open.pattern == "等等$" and not r.wordings.listed),
    "checks/words/purposes": (f"{{items: [{PURPOSE}], drop: [purpose.housing]}}", lambda r: r.wordings.purposes[-1].id == "own.use" and r.wordings.purposes[0].id != "purpose.housing"),
    "checks/words/item_names": ("{renamed: [{code: '2019999', name: 甲}], drop: ['220']}", lambda r: r.wordings.renamed[-1].name == "甲" and "220" not in {x.code for x in r.wordings.renamed}),
    "checks/words/guide": (f"{{figures: [{GUIDE}], drop: [text.rate]}}", lambda r: r.wordings.guide["figures"][0].means == "anew" and "text.rate" not in {x.id for x in r.wordings.guide["figures"]}),
}  # fmt: skip


@pytest.mark.parametrize("by", ["folder", "profile"])
@pytest.mark.parametrize("kind", CASES)
def test_a_layer_changes_the_rules(kind: str, by: str, tmp_path: Path) -> None:
    text, holds = CASES[kind]
    place = tmp_path if by == "folder" else tmp_path / "profiles" / "own"
    path = place / f"{kind}.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    if by == "profile":
        (tmp_path / "profiles" / "own.yaml").write_text("{id: own, applies: {cover: [某省]}}", encoding="utf-8")
    general = load_rules([tmp_path])
    rules = general if by == "folder" else general.for_document("某省某局", "")
    assert holds(rules)
    assert by == "folder" or rules.profile == "own"
    assert not _holds(holds, load_rules()), "without the layer nothing is changed"


@pytest.mark.parametrize("by", ["folder", "profile"])
def test_a_layer_names_codes(by: str, tmp_path: Path) -> None:
    place = tmp_path if by == "folder" else tmp_path / "profiles" / "own"
    (place / "lexicon").mkdir(parents=True)
    rows = "code,name,since,until,seen\n2999999,别的,,,seen\n201,公共服务支出,2030,,\n"
    (place / "lexicon" / "function_codes.csv").write_text(rows, encoding="utf-8")
    if by == "profile":
        (tmp_path / "profiles" / "own.yaml").write_text("{id: own}", encoding="utf-8")
    lexicon = load_rules([tmp_path], "" if by == "folder" else "own").lexicon
    assert (lexicon.functions["2999999"], lexicon.functions["201"]) == ("别的", "公共服务支出")
    assert "2999999" not in load_rules().lexicon.functions


def _holds(holds: Callable[[RuleSet], bool], rules: RuleSet) -> bool:
    try:
        return holds(rules)
    except KeyError:
        return False


def test_every_kind_of_file_is_tried() -> None:
    kinds = {f"{kind.rpartition('/')[0]}/*" if kind not in FILES else kind for kind in CASES}
    assert kinds == set(FILES) - {"sentences/*", "profiles/*"}
