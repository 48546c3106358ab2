"""Words about checks."""

from __future__ import annotations

from jsextract.vocabulary.word import Vocabulary, Word


class CheckStatus(Word):
    """What a check found (核对结果), the best first."""

    PASS = "pass", "The figures agree.", "数字相符。"
    ROUNDING = "rounding", "They agree within what the printed decimals allow.", "在所印小数位允许的范围内相符。"
    MINOR = "minor", "Off by one in the last printed digit, as truncation leaves it.", "末位差一（截尾所致）。"
    FAIL = "fail", "Beyond both.", "超出上述两者。"
    NOT_CHECKABLE = "not_checkable", "A part was not read.", "有部分未读出，无法核对。"


AGREES = frozenset({CheckStatus.PASS, CheckStatus.ROUNDING})
DIFFERS = frozenset({CheckStatus.MINOR, CheckStatus.FAIL})


class Severity(Word):
    """How serious a failing check is (严重程度), the worst first."""

    ERROR = "error", "The figures contradict each other.", "数字相互矛盾。"
    WARNING = "warning", "Probably wrong; worth a look.", "很可能有误，值得查看。"
    INFO = "info", "A matter of form.", "形式问题。"


class Origin(Word):
    """Where an inconsistency comes from (差异来源)."""

    DOCUMENT = "document", "Every reading of the page gives these figures.", "各种读法所得数字相同，出自文件。"
    READING = "reading", "Another reading of the page gives figures that agree.", "另一种读法所得数字相符，出自读取。"
    UNKNOWN = "unknown", "Not known; the page was read once.", "未知；该页只读过一次。"


class Verdict(Word):
    """What somebody who compared a value with the page says of it (人工核对结论)."""

    DOCUMENT = (
        "document",
        "It is printed so: what its checks find is the document's.",
        "原文如此印：所查出的问题出自文件。",
    )
    READING = "reading", "It was read wrongly; the right one is given.", "读取有误，另给正确值。"
    FINE = "fine", "What its checks find is no error; it is kept for information.", "所查出的并非差错，仅作提示。"


CHECK_STATUSES = Vocabulary("statuses of checks", "What a check found.", "核对结果。", tuple(CheckStatus))
SEVERITIES = Vocabulary("severities", "How serious a failing check is.", "不通过时的严重程度。", tuple(Severity))
ORIGINS = Vocabulary("origins", "Where an inconsistency comes from.", "不一致的来源。", tuple(Origin))
VERDICTS = Vocabulary("verdicts", "What a row of corrections.csv says.", "corrections.csv 各行的结论。", tuple(Verdict))
