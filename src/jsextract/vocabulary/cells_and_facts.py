"""Words in the rows of cells.csv, facts.csv and sections.csv."""

from __future__ import annotations

from jsextract.vocabulary.word import Vocabulary, Word


class Side(Word):
    """A side of a table whose rows stand side by side (栏)."""

    INCOME = "收入", "Income.", "收入栏。"
    EXPENDITURE = "支出", "Expenditure.", "支出栏。"
    NATURE = (
        "支出按性质和经济分类",
        "The same expenditure again, by nature and by economic class.",
        "同一支出按性质和经济分类再列一次。",
    )
    STAFF = "人员经费", "Expenditure on staff.", "人员经费栏。"
    OPERATING = "公用经费", "Expenditure on running the office.", "公用经费栏。"


class Reader(Word):
    """How a table was read (表格读法)."""

    LATTICE = "lattice", "By its rulings.", "按表格线。"
    STREAM = "stream", "By the gaps between columns, where no rulings are printed.", "无表格线，按各列间的空白。"
    PDFPLUMBER = (
        "pdfplumber",
        "By pdfplumber, asked where the first reading was in doubt.",
        "存疑时由 pdfplumber 读取。",
    )
    CAMELOT = "camelot", "By camelot, asked where the first reading was in doubt.", "存疑时由 camelot 读取。"
    OCR = "ocr", "Recognised in a picture of the page.", "由页面图像识别。"
    STATED = (
        "stated",
        "As the format states it: a sheet, a web page, a Word file.",
        "按文件格式自带的表格（工作表、网页、Word）。",
    )
    FLOWED = (
        "flowed",
        "From lines of text, one cell a line or parted by tabs or spaces, where its identities choose one reading.",
        "表格散为逐行文字（一行一格，或以制表符、空格分隔），按勾稽关系只有一种读法时读取。",
    )


class Topic(Word):
    """What a fact is about (主题)."""

    TOTALS = "totals", "Total income and expenditure.", "收入支出总体情况。"
    INCOME = "income", "Income by source.", "收入情况。"
    EXPENDITURE = "expenditure", "Expenditure by kind.", "支出情况。"
    FUNCTION = "function", "Expenditure by function (类, 款, 项).", "按功能分类（类、款、项）的支出。"
    BASIC = "basic", "Basic expenditure: staff and office.", "基本支出：人员经费和公用经费。"
    THREE_PUBLIC = "three_public", "Travel abroad, official cars, receptions.", "“三公”经费。"
    OPERATING = "operating", "Operating expenses of the office.", "机关运行经费。"
    PROCUREMENT = "procurement", "Government procurement.", "政府采购。"
    ASSETS = "assets", "State assets: vehicles, equipment.", "国有资产占用：车辆、设备。"
    PERFORMANCE = "performance", "Evaluation of performance as a whole.", "预算绩效管理总体情况。"
    PROJECT = "project", "One project that was evaluated.", "单个自评项目。"
    STAFFING = "staffing", "Posts and persons.", "人员编制和实有人数。"
    UNITS = "units", "Units that the account covers.", "纳入决算的单位。"
    FUND = "fund", "Government funds.", "政府性基金预算财政拨款。"
    STATE_CAPITAL = "state_capital", "State capital operations.", "国有资本经营预算财政拨款。"
    POVERTY = "poverty", "Poverty relief and rural revitalisation.", "扶贫和乡村振兴。"
    SATISFACTION = "satisfaction", "Satisfaction of those served.", "服务对象满意度。"
    GLOSSARY = "glossary", "Explanation of terms.", "名词解释。"
    OTHER = "other", "Anything else.", "其他。"


class SectionTopic(Word):
    """Topics that a section's heading may have beside those of facts (章节主题)."""

    DUTY = "duty", "Duties and work of the year.", "职能和年度工作。"
    CONFERENCE = "conference", "Conferences and training.", "会议费和培训费。"
    FISCAL_TOTALS = "fiscal_totals", "Total income and expenditure of appropriations.", "财政拨款收入支出总体情况。"
    FISCAL_BASIC = "fiscal_basic", "Basic expenditure out of appropriations.", "财政拨款基本支出。"
    GENERAL = "general", "General expenses to be kept low.", "一般性支出。"
    LIVELIHOOD = "livelihood", "Expenditure on the people's livelihood.", "民生支出。"
    NON_FISCAL = "non_fiscal", "Money that is no appropriation.", "非财政拨款资金。"


class Measure(Word):
    """What a fact measures of its item (度量)."""

    FINAL = "final", "Final figure: spent, received, executed.", "决算数、执行数、采购金额。"
    INITIAL_BUDGET = "initial_budget", "Budget at the beginning of the year.", "年初预算。"
    FULL_YEAR_BUDGET = "full_year_budget", "Budget of the full year, adjusted.", "全年预算、调整预算。"
    BUDGET = "budget", "Budget, where the text does not say which.", "预算数（原文未说明为何种预算）。"
    PRIOR_YEAR = "prior_year", "Figure of the year before.", "上年数。"
    CHANGE = "change", "Difference, signed; `basis` says from what.", "增减额，带符号；对照见 `basis`。"
    CHANGE_RATE = (
        "change_rate",
        "Difference in percent, signed; `basis` says from what.",
        "增减率，带符号；对照见 `basis`。",
    )
    SHARE = "share", "Share in percent; `basis` is the whole.", "占比；`basis` 为分母。"
    COMPLETION_RATE = "completion_rate", "Share of a budget that was executed.", "完成率、执行率。"
    COUNT = "count", "A number of things or persons.", "数量（批次、人次、车辆、项目等）。"
    QUOTA = "quota", "Posts allowed.", "编制数。"
    HEADCOUNT = "headcount", "Persons there are.", "实有人数。"
    SCORE = "score", "Score of an evaluation.", "评价得分。"
    ACTUAL = "actual", "Value reached by a metric.", "指标实际值。"
    TARGET = "target", "Value that a metric was to reach.", "指标目标值。"
    COMPARISON = "comparison", "Larger, smaller or equal, without a figure.", "大于、小于或持平（无数字）。"
    REASON = "reason", "Why a figure is as it is.", "原因。"
    PURPOSE = "purpose", "What money was used for.", "用途。"
    OUTPUT = "output", "What a project brought about.", "产出和效益。"
    PROBLEM = "problem", "What an evaluation found wrong.", "发现的问题。"
    IMPROVEMENT = "improvement", "What is to be improved.", "改进措施。"
    DEFINITION = "definition", "Explanation of a term.", "名词解释。"
    NONE = "none", "The text says that there is none.", "原文称没有。"


TEXT_MEASURES = frozenset(
    {
        Measure.COMPARISON,
        Measure.REASON,
        Measure.PURPOSE,
        Measure.OUTPUT,
        Measure.PROBLEM,
        Measure.IMPROVEMENT,
        Measure.DEFINITION,
        Measure.NONE,
    }
)
"""Measures that are words: `value` is blank and `value_text` holds them."""


class Direction(Word):
    """Which way a change goes (增减方向)."""

    UP = "增加", "More than what it is compared with.", "多于对照。"
    DOWN = "减少", "Less.", "少于对照。"
    EQUAL = "持平", "The same.", "与对照相同。"


class IndicatorStatus(Word):
    """Where an indicator's value comes from, or why it has none (指标来源); where files differ, the first counts."""

    CELL = "cell", "A cell of a table.", "表格的单元格。"
    FACT = "fact", "A sentence.", "正文的语句。"
    STATED_NONE = "stated_none", "The text says that there is none: 0.", "正文说明没有：为 0。"
    NOT_READ = (
        "not_read",
        "None, though its table or its section is there: a blank cell, no row of that name, or a wording that no rule "
        "knows; also where the file could not be read whole.",
        "没有数值，但有其表或章节：单元格为空、没有该行，或措辞未能识别；文件未能全部读出时亦同。",
    )
    NOT_PRINTED = (
        "not_printed",
        "None: the account has neither its table nor its section.",
        "没有数值：决算中没有其表，也没有其章节。",
    )


class SectionKind(Word):
    """What a part of a document is (部分种类)."""

    OVERVIEW = "overview", "What the entity does and how it is made up.", "概况：职能和机构。"
    TABLES = "tables", "The tables.", "决算表。"
    NARRATIVE = "narrative", "What is said about the figures.", "情况说明。"
    OTHER = "other", "Other important matters.", "其他重要事项。"
    GLOSSARY = "glossary", "Explanation of terms.", "名词解释。"
    ATTACHMENT = "attachment", "What is attached.", "附件。"


SIDES = Vocabulary("sides", "A side of a table whose rows stand side by side.", "表格的栏。", tuple(Side))
READERS = Vocabulary("readers", "How a table was read.", "表格读法。", tuple(Reader))
TOPICS = Vocabulary("topics", "What a fact is about.", "事实的主题。", tuple(Topic))
SECTION_TOPICS = Vocabulary(
    "topics of sections",
    "What a section's heading is about: a topic of facts or one of these.",
    "章节标题所关主题：事实的主题，或以下之一。",
    (*Topic, *SectionTopic),
)
MEASURES = Vocabulary("measures", "What a fact measures of its item.", "度量。", tuple(Measure))
DIRECTIONS = Vocabulary("directions", "Which way a change goes.", "增减方向。", tuple(Direction))
INDICATOR_STATUSES = Vocabulary(
    "statuses of indicators",
    "Where an indicator's value comes from, or why it has none.",
    "指标数值的来源，或没有数值的原因。",
    tuple(IndicatorStatus),
)
SECTION_KINDS = Vocabulary("kinds of sections", "What a part of a document is.", "部分的种类。", tuple(SectionKind))
