"""The columns of projects.csv, checks.csv, sections.csv and glossary.csv."""

from __future__ import annotations

from jsextract.dataset.column import PAGE, Column, Resource, count, flags, number, text
from jsextract.dataset.column_account import ACCOUNT_ID
from jsextract.vocabulary import CHECK_STATUSES, ORIGINS, PROJECT_FLAGS, SECTION_KINDS, SECTION_TOPICS, SEVERITIES


def _joined(name: str, en: str, zh: str) -> Column:
    """A column of several texts, `；` between them: they hold `;` themselves."""
    return text(
        name, f"{en}, joined with `；`.", f"{zh}，以 `；` 连接。", take=lambda row: "；".join(getattr(row, name))
    )


def _many(name: str, of: str, en: str, zh: str) -> Column:
    """A column that counts the values of the field `of`."""
    return count(name, en, zh, take=lambda row: len(getattr(row, of)))


PROJECTS = Resource(
    "projects",
    "One row a project whose self-evaluation the text or a table reports.",
    "正文或表格报告了自评的每个项目一行。",
    (
        text("project", "Name of the project.", "项目名称。"),
        number("full_year_budget", "Full-year budget.", "全年预算数。"),
        number("executed", "Amount executed.", "执行数。"),
        number("completion_rate", "Share of the budget executed.", "执行率。", unit="%"),
        number("score", "Score of the self-evaluation.", "自评得分。", unit="分"),
        text("unit", "Unit of the amounts.", "金额的单位。"),
        _joined("outputs", "Outputs and results", "产出和效益"),
        _joined("problems", "Problems found", "发现的问题"),
        _joined("improvements", "Improvements planned", "改进措施"),
        _many("n_outputs", "outputs", "Number of outputs.", "产出和效益的条数。"),
        _many("n_problems", "problems", "Number of problems.", "问题的条数。"),
        _many("n_improvements", "improvements", "Number of improvements.", "改进措施的条数。"),
        PAGE,
        flags(PROJECT_FLAGS),
    ),
    lambda report: report.projects,
)

CHECKS = Resource(
    "checks",
    "One row a check that was made, passed ones included.",
    "每次核对一行，通过的也在内。",
    (
        text("check_id", "Family and rule of the check.", "核对的类别和规则。"),
        text(
            "status",
            "What it found.",
            "核对结果。",
            words=CHECK_STATUSES,
            required=True,
        ),
        text("severity", "How serious a failure is.", "不通过时的严重程度。", words=SEVERITIES, required=True),
        text("item", "What was checked.", "核对的事项。"),
        text("stated", "What the document states.", "文件所述。"),
        text("computed", "What follows from its parts.", "由各部分得出。"),
        text("difference", "Stated less computed.", "所述减得出。"),
        text("tolerance", "What the printed decimals allow.", "所印小数位允许的差。"),
        text("unit", "Unit of the figures.", "数值的单位。"),
        text("pages", "Pages it rests on, `;` between several.", "所依据的页码，多个以 `;` 分隔。"),
        text(
            "refs",
            "Cells and facts it rests on, `;` between several; those of another file of the account begin with its id "
            "and a colon.",
            "所依据的单元格和事实，多个以 `;` 分隔；出自同一决算另一文件者前加其编号和冒号。",
        ),
        text("message", "One sentence with the figures.", "一句话说明，含数字。"),
        text(
            "origin",
            "Where an inconsistency comes from.",
            "不一致的来源。",
            words=ORIGINS,
        ),
        ACCOUNT_ID,
        text(
            "follows",
            "The check (id and item) that this one fails with, as both rest on one error; blank for that one.",
            "与之同源的核对（编号和事项）：两者出于同一差错；为该项本身时为空。",
        ),
        text("message_zh", "The sentence of `message` in Chinese.", "`message` 的中文。"),
    ),
    lambda report: report.checks,
)

SECTIONS = Resource(
    "sections",
    "One row a part or section of the document.",
    "文件的每个部分或章节一行。",
    (
        count("order", "Its place in reading order.", "阅读顺序中的位置。"),
        count("level", "Depth of the heading: 1 for a part.", "标题层级：部分为 1。"),
        text("kind", "What the part is.", "部分的种类。", words=SECTION_KINDS),
        text("heading", "Heading as printed.", "标题，照原文。"),
        text("path", "Headings from the part down, joined with `/`.", "自部分起的各级标题，以 `/` 连接。"),
        count("page_from", "First page; 0 for plain text.", "起始页；纯文本为 0。"),
        count("page_to", "Last page; 0 for plain text.", "终止页；纯文本为 0。"),
        text("text", "Its text without tables and page furniture.", "正文，不含表格和页眉页脚。"),
        text(
            "topic",
            "What its heading is about; blank when it tells nothing.",
            "标题所关主题；无法得知时为空。",
            words=SECTION_TOPICS,
        ),
    ),
    lambda report: report.sections,
)

GLOSSARY = Resource(
    "glossary",
    "One row a term that the document explains.",
    "文件解释的每个名词一行。",
    (
        text("term", "The term.", "名词。"),
        text("definition", "Its explanation, lines joined.", "解释，折行已合并。"),
        PAGE,
    ),
    lambda report: report.glossary,
)
