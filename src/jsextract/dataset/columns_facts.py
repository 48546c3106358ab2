"""The columns of facts.csv: one row a fact that the narrative states."""

from __future__ import annotations

from jsextract.dataset.column import BOX, EVIDENCE, PAGE, SHEET, Column, Resource, count, flags, number, text
from jsextract.vocabulary import DIRECTIONS, FACT_FLAGS, MEASURES, TOPICS

_COLUMNS = (
    text(
        "fact_id",
        "Stable within the document: topic, item, measure and a running number.",
        "文件内稳定的编号：主题、事项、度量和序号。",
    ),
    text("topic", "What the fact is about.", "主题。", words=TOPICS),
    text("item", "Canonical name; a function item is the path 类/款/项.", "事项（规范名）；功能科目为 类/款/项 路径。"),
    text("item_text", "Name as printed, misprints kept.", "事项，照原文，错字保留。"),
    text(
        "code",
        "Code of the budget classification, when the codes or the tables tell it.",
        "科目编码（能由编码表或表格得知时）。",
    ),
    text("project", "Name of the project, for facts about one project.", "项目名称（关于单个项目的事实）。"),
    text("measure", "What is measured of the item.", "度量。", words=MEASURES),
    text(
        "basis",
        "What a change, rate or share is measured against: 上年, 年初预算, 全年预算, 预算, or the denominator's name.",
        "增减、比率或占比的对照：上年、年初预算、全年预算、预算，或分母的名称。",
    ),
    number(
        "value",
        "The number that enters calculations, signed; blank when there is none.",
        "参与计算的数，带符号；没有则为空。",
    ),
    text("value_text", "As printed.", "照原文。"),
    text("unit", "Unit as printed.", "单位，照原文。"),
    number("amount_yuan", "The value in yuan; blank where it is no money.", "折合为元的金额；非金额为空。", unit="元"),
    text(
        "direction",
        "Which way a change goes, where the text says so.",
        "增减方向（原文有此表述时）。",
        words=DIRECTIONS,
    ),
    Column(
        "year",
        "year",
        "Year of the value: the prior year for prior_year.",
        "数值所属年度：prior_year 为上年。",
        lambda fact: fact.year,
    ),
    text("section", "Path of the headings above it.", "所在章节的标题路径。"),
    PAGE,
    *BOX,
    text("sentence", "The sentence as printed, lines joined.", "所在句子，照原文，折行已合并。"),
    count("start", "Where the value begins in `sentence`.", "数值在 `sentence` 中的起点。"),
    count("end", "Where it ends (exclusive).", "终点（不含）。"),
    text("pattern", "The rule that found it.", "读出它的规则。"),
    flags(FACT_FLAGS),
    text(
        "keywords",
        "What a reason names, `;`-separated (人员变动, 厉行节约 …); blank for other measures.",
        "原因的关键词，以 `;` 分隔（人员变动、厉行节约等）；其他度量为空。",
    ),
    text(
        "fund",
        "The source of money that qualifies the item (财政拨款, 一般公共预算财政拨款 …); blank when nothing says.",
        "限定事项的资金来源（财政拨款、一般公共预算财政拨款等）；未说明时为空。",
    ),
    *EVIDENCE,
    *SHEET,
)

FACTS = Resource(
    "facts",
    "One row a fact that the narrative states.",
    "正文所述的每个事实一行。",
    _COLUMNS,
    lambda report: report.facts,
)
