"""The columns of documents.csv: one row a file."""

from __future__ import annotations

from jsextract.check.text_rules.entity_names import core
from jsextract.dataset.account_row import account_of
from jsextract.dataset.column import Column, Resource, count, flags, text
from jsextract.model.report import Report
from jsextract.vocabulary import (
    DOCUMENT_FLAGS,
    DOCUMENT_STATUSES,
    DROPPED,
    FORMATS,
    KINDS,
    PROBLEMS,
    TEXT_SOURCES,
    CheckStatus,
    Dropped,
)


def _checks(status: CheckStatus, en: str, zh: str) -> Column:
    """The column that counts a document's checks of a status; what only follows from another is not counted."""

    def take(report: Report) -> int:
        return sum(c.status == status and not c.follows for c in report.checks)

    return count(f"checks_{status}", en, zh, take=take)


def _dropped(report: Report) -> tuple[str, ...]:
    """`cause=number` for each cause for which characters were left out."""
    return tuple(f"{cause}={n}" for cause, n in sorted(report.dropped.items()))


_COLUMNS = (
    text(
        "document_id",
        "`d` and the first 16 hexadecimal digits of the file's SHA-256; blank where no byte could be read.",
        "`d` 加文件 SHA-256 的前 16 位十六进制数；一个字节也读不出时为空。",
    ),
    text(
        "file",
        "Name as given, relative to the source folder; bytes that are no UTF-8 and control characters stand as %XX.",
        "文件名，相对于来源文件夹；非 UTF-8 的字节和控制字符写作 %XX。",
    ),
    text("sha256", "SHA-256 of the file.", "文件的 SHA-256。"),
    count("bytes", "Size of the file.", "文件大小。", unit="B"),
    count("pages", "Number of pages; 0 for plain text.", "页数；纯文本为 0。"),
    text("kind", "What the document is.", "文件种类。", words=KINDS),
    text("entity", "The entity whose account it is, as printed.", "单位名称，照原文。"),
    text("region", "Region; blank unless printed.", "地区；未印出则为空。"),
    Column("year", "year", "Fiscal year.", "会计年度。", lambda report: report.year),
    text("text_source", "Where the text comes from.", "文字的来源。", words=TEXT_SOURCES),
    text("unit", "The main unit of its tables.", "表格的主要计量单位。"),
    count("tables", "Tables that gave cells.", "读出单元格的表数。"),
    count("cells", "Rows in cells.csv.", "cells.csv 中的行数。", take=lambda report: len(report.cells)),
    count("facts", "Rows in facts.csv.", "facts.csv 中的行数。", take=lambda report: len(report.facts)),
    count("projects", "Rows in projects.csv.", "projects.csv 中的行数。", take=lambda report: len(report.projects)),
    _checks(
        CheckStatus.FAIL,
        "Checks that fail; those that follow from another are not counted.",
        "不通过的核对数，由他项引起的不计。",
    ),
    _checks(CheckStatus.MINOR, "Checks off by one in the last printed digit.", "末位差一的核对数。"),
    _checks(CheckStatus.ROUNDING, "Checks that agree but for rounding.", "仅因四舍五入而有差的核对数。"),
    text(
        "status",
        "How far it was read.",
        "读取状态。",
        words=DOCUMENT_STATUSES,
        required=True,
    ),
    text("problem", "Code of what is wrong; blank when nothing is.", "问题代码；没有问题则为空。", words=PROBLEMS),
    text("message", "The problem in words, with a remedy.", "问题说明及处理办法。"),
    text("tool_version", "Version of jsextract that read the file.", "读取该文件的 jsextract 版本。"),
    count(
        "unread_amounts",
        "Amounts of money in the text of a final account that no fact carries, and figures that its tables print as "
        "####; thresholds (50万元以上) are none.",
        "决算正文中没有任何事实记载的金额数，另加表中印为 #### 的数；起点金额（50万元以上）不计。",
    ),
    flags(DOCUMENT_FLAGS, "What is unusual about the file", "文件的不寻常之处"),
    Column(
        "dropped",
        "string",
        f"Characters left out, cause=number ({', '.join(Dropped)}), `;` between several.",
        f"略去的字符，原因=个数（{'、'.join(Dropped)}），多个以 `;` 分隔。",
        _dropped,
        words=DROPPED,
        many=True,
        counted=True,
    ),
    text(
        "path",
        "Where the file is below the folder that the run was given, or that holds all its sources; written as `file`.",
        "文件相对于运行时所给文件夹的路径；给出多个来源时，相对于它们共同所在的文件夹；写法同 `file`。",
    ),
    text(
        "format", "What the file's content is, whatever its name says.", "文件内容的格式，不论扩展名。", words=FORMATS
    ),
    text(
        "account_id",
        "The account in accounts.csv that it belongs to; blank where its entity, year or kind is unknown.",
        "所属的 accounts.csv 中的决算；单位、年度或种类不明时为空。",
        take=account_of,
    ),
    text(
        "duplicate_of",
        "The first document with the same content, or of the same account with the same data; blank for that one.",
        "内容相同、或属同一决算且数据相同的首个文件；首个文件本身为空。",
        take=lambda report: "",  # rests on other documents: filled in when the dataset is put together
    ),
    count(
        "unread_cells",
        "Printed figures inside tables that no cell carries, those of tables that were not read and #### among them.",
        "表内印出而没有任何单元格记载的数字个数，含未读出的表和印为 #### 的数。",
    ),
    text("message_zh", "The sentence of `message` in Chinese.", "`message` 的中文。"),
    text(
        "entity_key",
        "One name for the body over all its accounts: with the city above a county whether printed or not, and after a "
        "rename that its account states; blank where the entity is unknown.",
        "同一单位各份决算共用的名称：县级单位补上所属的市，决算说明更名的用新名；单位不明时为空。",
        take=lambda report: core(report.entity),  # rests on other documents, too: filled in when they are put together
    ),
    text(
        "links",
        "Attachments that a web page names, name (address), `;` between several; they are not fetched.",
        "网页所列的附件，名称 (地址)，多个以 `;` 分隔；程序不下载附件。",
    ),
    count(
        "ocr_pages",
        "Pages whose text was recognised in pictures, by this program or by the one that made the file.",
        "文字由图像识别而得的页数，由本程序或制作该文件的程序识别。",
    ),
)

DOCUMENTS = Resource(
    "documents",
    "One row a file, failed ones included.",
    "每个文件一行，读取失败的也在内。",
    _COLUMNS,
    lambda report: (report,),
    parent=False,
)
