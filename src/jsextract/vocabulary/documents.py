"""Words about whole documents."""

from __future__ import annotations

from jsextract.vocabulary.word import Vocabulary, Word


class Kind(Word):
    """What a document is (文件种类)."""

    DEPARTMENT_ACCOUNT = "部门决算", "Final account of a department with its units.", "部门及所属单位的决算。"
    UNIT_ACCOUNT = "单位决算", "Final account of one unit.", "单个单位的决算。"
    DEPARTMENT_BUDGET = "部门预算", "Budget of a department with its units.", "部门及所属单位的预算。"
    UNIT_BUDGET = "单位预算", "Budget of one unit.", "单个单位的预算。"
    GOVERNMENT_ACCOUNT = "政府决算", "Final account of a government as a whole.", "一级政府的决算。"
    GOVERNMENT_BUDGET = "政府预算", "Budget of a government as a whole.", "一级政府的预算。"
    OTHER = "其他", "Anything else.", "其他文件。"


FINAL_ACCOUNTS = frozenset({Kind.DEPARTMENT_ACCOUNT, Kind.UNIT_ACCOUNT})
"""The kinds whose figures are read as finals."""


class Format(Word):
    """What the bytes of a file are (文件格式), whatever its name ends with; of most kinds no data is read."""

    PDF = "pdf", "PDF.", "PDF 文件。"
    HTML = "html", "Web page.", "网页。"
    DOCX = "docx", "Word document.", "Word 文档。"
    DOC = "doc", "Word document of the old format.", "旧格式 Word 文档。"
    XLSX = "xlsx", "Excel workbook.", "Excel 工作簿。"
    XLS = "xls", "Excel workbook of the old format.", "旧格式 Excel 工作簿。"
    XLSB = "xlsb", "Binary Excel workbook.", "二进制 Excel 工作簿。"
    XML_SHEETS = "xmlss", "Excel workbook in XML (2003).", "XML 格式的 Excel 2003 工作簿。"
    OFD = "ofd", "OFD, the national format for fixed pages.", "OFD 版式文件。"
    TXT = "txt", "Plain text.", "纯文本。"
    PPTX = "pptx", "PowerPoint file.", "PowerPoint 演示文稿。"
    PPT = "ppt", "PowerPoint file of the old format.", "旧格式 PowerPoint 演示文稿。"
    WPS = "wps", "WPS document.", "WPS 文档。"
    ET = "et", "WPS workbook.", "WPS 表格。"
    DPS = "dps", "WPS presentation.", "WPS 演示文稿。"
    OLE = "ole", "Another Office file of the old format.", "其他旧格式 Office 文件。"
    ODT = "odt", "OpenDocument text.", "OpenDocument 文本。"
    ODS = "ods", "OpenDocument spreadsheet.", "OpenDocument 电子表格。"
    RTF = "rtf", "RTF document.", "RTF 文档。"
    EPUB = "epub", "E-book.", "EPUB 电子书。"
    CAJ = "caj", "CAJ file.", "CAJ 文件。"
    MHT = "mht", "Saved web page.", "保存的网页（MHTML）。"
    XML = "xml", "XML.", "XML 文件。"
    JSON = "json", "JSON.", "JSON 文件。"
    CSV = "csv", "Table as text.", "文本表格。"
    MD = "md", "Text with Markdown.", "Markdown 文本。"
    LOG = "log", "Log or settings.", "日志或配置文件。"
    CODE = "code", "Text of a program.", "程序文本。"
    ZIP = "zip", "Zip archive.", "zip 压缩包。"
    RAR = "rar", "RAR archive.", "RAR 压缩包。"
    SEVEN_ZIP = "7z", "7z archive.", "7z 压缩包。"
    VOLUME = "volume", "One part of an archive in several volumes.", "分卷压缩包的一卷。"
    GZIP = "gzip", "Gzip archive.", "gzip 压缩包。"
    TAR = "tar", "Tar archive.", "tar 归档。"
    PNG = "png", "PNG image.", "PNG 图像。"
    JPEG = "jpeg", "JPEG image.", "JPEG 图像。"
    GIF = "gif", "GIF image.", "GIF 图像。"
    BMP = "bmp", "BMP image.", "BMP 图像。"
    TIFF = "tiff", "TIFF image.", "TIFF 图像。"
    WEBP = "webp", "WebP image.", "WebP 图像。"
    APPLEDOUBLE = "appledouble", "What macOS keeps beside a file.", "macOS 的附属文件。"
    UNKNOWN = "unknown", "Nothing that is recognised.", "无法识别。"


class TextSource(Word):
    """Where the text of a document comes from (文字来源)."""

    NATIVE = "native", "The file's own text.", "文件自带的文字。"
    OCR = "ocr", "Characters recognised in pictures of the pages.", "由页面图像识别而得。"
    MIXED = (
        "mixed",
        "Some pages have their own text, others recognised characters.",
        "部分页面自带文字，部分由识别而得。",
    )
    NONE = "none", "No page has any text.", "没有文字。"


class DocumentStatus(Word):
    """How far a document was read (读取状态)."""

    OK = "ok", "Read.", "已读。"
    PARTIAL = "partial", "Some pages or tables gave nothing.", "有页面或表格未能读出。"
    FAILED = "failed", "The file gave no data.", "文件没有给出数据。"


class Problem(Word):
    """What is wrong with a document (问题代码)."""

    ENCRYPTED = "encrypted", "A password is needed to open it.", "需要密码才能打开。"
    CORRUPT = "corrupt", "Damaged, in part or as a whole.", "文件部分或全部损坏。"
    UNSUPPORTED = (
        "unsupported",
        "Of a kind that no reader takes; `format` says which.",
        "不支持的文件类型，见 `format`。",
    )
    NOT_PDF = "not-pdf", "Named .pdf, but its content is nothing that is recognised.", "名为 .pdf，内容却无法识别。"
    TOO_LARGE = (
        "too-large",
        "Beyond the limits on size, pages or what a page holds.",
        "超出大小、页数或单页内容的上限。",
    )
    TIMEOUT = "timeout", "Reading took longer than the limit.", "读取超过时限。"
    OUT_OF_MEMORY = "out-of-memory", "Reading needed more memory than the limit.", "读取所需内存超过上限。"
    CRASHED = "crashed", "The program failed on it.", "程序在读取时出错。"
    IO = "io", "The operating system refuses to give its bytes.", "操作系统无法读出文件。"
    RESULT_DAMAGED = (
        "result-damaged",
        "What the dataset kept of it is damaged, and its source could not be read again.",
        "数据集保存的结果已损坏，且无法重新读取其来源文件。",
    )
    EMPTY = "empty", "It holds no text and no picture of any.", "没有文字，也没有含文字的图像。"
    NEEDS_OCR = "needs-ocr", "Pages are pictures: their text would have to be recognised.", "页面为图像，需要文字识别。"
    GARBLED_TEXT = "garbled-text", "The text of some pages is no Unicode.", "部分页面的文字不是有效的 Unicode。"
    NOT_FINAL_ACCOUNT = (
        "not-final-account",
        "Read, but no final account of a department or unit.",
        "已读，但不是部门或单位决算。",
    )


class Dropped(Word):
    """Why characters were left out (略去原因)."""

    DOUBLED = "doubled", "Printed twice at one place, as bold is imitated.", "同一处重复印出（仿粗体）。"
    INVISIBLE = "invisible", "In the file, but not to be seen on the page.", "文件中有而页面上不可见。"
    OFF_PAGE = "off_page", "Outside the visible page.", "在可见页面之外。"
    WATERMARK = "watermark", "Part of a watermark.", "水印文字。"
    CLIPPED = "clipped", "Cut off: the rest of words too long for their cell.", "文字过长，超出单元格部分被裁去。"
    HIDDEN = (
        "hidden",
        "Hidden words of a Word file; in a hidden row, column or sheet of a workbook.",
        "Word 文档的隐藏文字，或工作簿的隐藏行、列、工作表。",
    )
    NAVIGATION = (
        "navigation",
        "Menus, links and footers around the text of a web page.",
        "网页正文之外的导航、链接和页脚。",
    )
    COVERED = "covered", "Under an opaque area that was painted over it.", "被后绘的不透明色块遮盖。"


KINDS = Vocabulary("kinds", "What a document is.", "文件种类。", tuple(Kind))
FORMATS = Vocabulary("formats", "What the bytes of a source are.", "文件格式。", tuple(Format))
TEXT_SOURCES = Vocabulary("text sources", "Where the text of a document comes from.", "文字来源。", tuple(TextSource))
DOCUMENT_STATUSES = Vocabulary(
    "statuses of documents", "How far a document was read.", "文件的读取状态。", tuple(DocumentStatus)
)
PROBLEMS = Vocabulary("problems", "What is wrong with a document.", "问题代码。", tuple(Problem))
DROPPED = Vocabulary("causes of dropping", "Why characters were left out.", "略去字符的原因。", tuple(Dropped))
