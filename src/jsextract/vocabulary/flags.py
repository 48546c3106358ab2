"""What is inferred or unusual about a document, a cell, a fact, a project (标记)."""

from __future__ import annotations

from jsextract.vocabulary.word import Vocabulary, Word


class Flag(Word):
    """Every flag; a word that ends in a colon is followed by a name."""

    # of any row
    CONTROL_CHARACTERS = "control_characters", "Control characters were stripped from the row.", "已去除控制字符。"
    UNIT_INFERRED = (
        "unit_inferred",
        "No unit is printed with the figure; it was taken from its surroundings.",
        "数字未注明单位，据上下文推断。",
    )
    CORRECTED = "corrected", "Somebody compared it with the page and gave this value.", "经人工核对改正。"
    # of documents
    PROFILE = "profile:", "Read with the rules of this profile.", "按该地区的规则读取。"
    COPY_RESTRICTED = "copy-restricted", "The file asks that its text not be copied.", "文件限制复制文字。"
    XREF_REBUILT = "xref-rebuilt", "The file's index was broken and was made anew.", "文件索引损坏，已重建。"
    REPAIRED = "repaired", "Damaged; read from a repaired copy.", "文件损坏，读自修复后的副本。"
    CUT_SHORT = "cut-short", "The file ends early.", "文件不完整，提前结束。"
    PAGES_MISSING = "pages-missing", "The file announces more pages than it has.", "所列页数多于实有页数。"
    PAGE_UNREADABLE = "page-unreadable", "Some pages are damaged.", "部分页面损坏。"
    WRONG_SUFFIX = "wrong_suffix", "The content is of another kind than the suffix says.", "内容与扩展名不符。"
    ENCODING = "encoding:", "A text in this encoding, not in UTF-8.", "文本不是 UTF-8，而是此编码。"
    HIDDEN = (
        "hidden",
        "Hidden sheets, rows or columns of the workbook, or hidden words of the Word file, were left out.",
        "工作簿中隐藏的工作表、行或列，或 Word 文档的隐藏文字，未读。",
    )
    NAMED_BY_PATH = (
        "named_by_path",
        "The workbook does not print whose account it is, or of which year; the names of its file and folder say so.",
        "工作簿未印单位或年度，据文件名或文件夹名确定。",
    )
    ENTITY_CORRECTED = (
        "entity_corrected",
        "A character of the entity's name was misread where it is told; most other places have the one that is given.",
        "单位名称在标明处有误识的字，按其他各处更正。",
    )
    ENTITY_UNSURE = (
        "entity_unsure",
        "The entity's name was read from a picture, a character of it not surely.",
        "单位名称读自图片，有的字不能确定。",
    )
    PAGE_TOO_LARGE = "page-too-large", "Some pages hold more than a real page does.", "部分页面内容异常庞大，未读。"
    # of cells
    CONTINUED = "continued", "On a later page than the table's first.", "位于表格的续页。"
    OF_WHICH = "of_which", "A part of the row above (其中).", "上行的其中项。"
    NO_ITEM = "no_item", "A value in a row without a name or code.", "所在行没有名称和编码。"
    SEVERAL_VALUES = "several_values", "Several numbers stand in one cell.", "一格内有多个数。"
    RULING_INFERRED = "ruling_inferred", "Rulings that are not printed were added.", "补上了未印出的表格线。"
    COLUMN_INFERRED = (
        "column_inferred",
        "The blank cells of its row were lost; sums and other tables tell which column it stands in.",
        "所在行的空格已丢失，据合计关系和其他表确定所在的列。",
    )
    ARBITRATED = (
        "arbitrated",
        "Of a cell: the table was in doubt and was read by several readers. Of a fact: a cell, or the figures "
        "that it follows from, chose its name or what it is a share of.",
        "单元格：表格存疑，经多种读法比较；事实：名称或分母据单元格或勾稽关系确定。",
    )
    LOW_CONFIDENCE = (
        "low_confidence",
        "The doubt remains, or nothing tells surely which columns the figures of its table are in.",
        "仍然存疑，或表中数字所在的列无从确认。",
    )
    ANNOTATION = (
        "annotation",
        "Typed onto the page as an annotation, or into a form field.",
        "以批注或表单域形式写在页面上。",
    )
    OVERFLOWED = (
        "overflowed",
        "#### is printed in place of a figure: its column was too narrow; what it was is not known.",
        "列宽不足，印为 ####，原数不明。",
    )
    CLIPPED = (
        "clipped",
        "Only a part of the figure is seen on the page; all of it was read.",
        "数字在页面上只露出一部分，按文件中的全部读取。",
    )
    OVERPRINTED = (
        "overprinted",
        "Figures are printed on top of each other; none was read.",
        "数字重叠印出，未取数。",
    )
    COLOUR_NEGATIVE = (
        "colour_negative",
        "Printed in red among black figures: read as negative where the table adds up only so, else as printed.",
        "以红字印出：只有作负数表内才能相加时取负，否则照印出的取。",
    )
    NUMBER_AS_TEXT = "number_as_text", "The sheet holds the figure as text.", "数字在工作表中以文本存储。"
    FORMULA_UNEVALUATED = (
        "formula_unevaluated",
        "A formula whose value the workbook does not hold, or that failed (#REF!); it was not computed.",
        "公式在工作簿中没有存储结果，或结果为错误（#REF!），未作计算。",
    )
    PATCHED = (
        "patched",
        "Printed over something that an opaque area covers; what lies on top was read.",
        "原有文字被遮盖后重新印上，读取上层文字。",
    )
    RECOGNISED = (
        "ocr:",
        "Recognised in a picture of the page, alike by two readings; the least confidence of its characters follows.",
        "由页面图像识别，两次读数一致；后附各字符的最低置信度。",
    )
    READINGS_DIFFER = (
        "readings_differ:",
        "Readings of the picture differ; they follow. None was taken but where the cell is arbitrated, too.",
        "图像的几次识别读数不同，均列于后；除同时标有 arbitrated 者外未取数。",
    )
    UNRECOGNISED = (
        "unrecognised",
        "Something is printed there that was not recognised.",
        "此处印有未能识别的内容。",
    )
    MISREAD = (
        "misread:",
        "Taken for a misreading, as sums hold with one other character there and nowhere else; as read, it follows.",
        "仅在此处换一个字符各项合计即相符，判为误识；后附原识别结果。",
    )
    NAME_CORRECTED = (
        "ocr_corrected",
        "A name or code of the lists of which characters were misread; item_text, or column_text, has it as read.",
        "名称表中的名称或编码，识别时有错字；item_text 或 column_text 为原识别结果。",
    )
    # of facts
    FROM_LIST = "from_list", "Stated in a list under what it is a part of.", "列举在其上级事项之下。"
    SIGN_INFERRED = "sign_inferred", "The direction follows from other figures.", "增减方向由其他数字推得。"
    FREE_NAME = "free_name", "The name is as printed; it stands in no list of names.", "名称照原文，不在名称表中。"
    MISPRINT = "misprint", "The name is known although a character is wrong.", "名称有错字，仍可辨认。"
    BASIS_INHERITED = (
        "basis_inherited",
        "What it is measured against is not said in its clause; it was taken from what was said before.",
        "本句未说明对照，承前推断。",
    )
    YEAR_INFERRED = (
        "year_inferred",
        "Its sentence speaks of another year, too; the figure was taken for one of the account's own.",
        "所在句子另述其他年度，推断为本年数。",
    )
    REPEAT = "repeat", "The same figure was stated before.", "此前已述的相同数字。"
    TEMPLATE_RESIDUE = (
        "template_residue",
        "A choice of the template was left open (增加/减少).",
        "模板选项未删（增加/减少）。",
    )
    # of projects
    FROM_TABLE = "from_table", "Read from a table.", "读自表格。"
    INITIAL_BUDGET = "initial_budget", "The budget is that of the year's beginning.", "预算为年初预算。"


DOCUMENT_FLAGS = Vocabulary(
    "flags of documents",
    "What is unusual about a file.",
    "文件的不寻常之处。",
    (
        Flag.CONTROL_CHARACTERS,
        Flag.PROFILE,
        Flag.COPY_RESTRICTED,
        Flag.XREF_REBUILT,
        Flag.REPAIRED,
        Flag.CUT_SHORT,
        Flag.PAGES_MISSING,
        Flag.PAGE_UNREADABLE,
        Flag.HIDDEN,
        Flag.NAMED_BY_PATH,
        Flag.ENTITY_CORRECTED,
        Flag.ENTITY_UNSURE,
        Flag.PAGE_TOO_LARGE,
        Flag.WRONG_SUFFIX,
        Flag.ENCODING,
    ),
)
CELL_FLAGS = Vocabulary(
    "flags of cells",
    "What was inferred or is unusual about a cell.",
    "单元格的推断所得或不寻常之处。",
    (
        Flag.CONTROL_CHARACTERS,
        Flag.UNIT_INFERRED,
        Flag.CONTINUED,
        Flag.OF_WHICH,
        Flag.NO_ITEM,
        Flag.SEVERAL_VALUES,
        Flag.RULING_INFERRED,
        Flag.ARBITRATED,
        Flag.LOW_CONFIDENCE,
        Flag.ANNOTATION,
        Flag.OVERFLOWED,
        Flag.PATCHED,
        Flag.CLIPPED,
        Flag.OVERPRINTED,
        Flag.COLOUR_NEGATIVE,
        Flag.RECOGNISED,
        Flag.READINGS_DIFFER,
        Flag.UNRECOGNISED,
        Flag.MISREAD,
        Flag.NAME_CORRECTED,
        Flag.NUMBER_AS_TEXT,
        Flag.FORMULA_UNEVALUATED,
        Flag.COLUMN_INFERRED,
        Flag.CORRECTED,
    ),
)
FACT_FLAGS = Vocabulary(
    "flags of facts",
    "What was inferred or is unusual about a fact.",
    "事实的推断所得或不寻常之处。",
    (
        Flag.CONTROL_CHARACTERS,
        Flag.UNIT_INFERRED,
        Flag.FROM_LIST,
        Flag.FREE_NAME,
        Flag.SIGN_INFERRED,
        Flag.MISPRINT,
        Flag.BASIS_INHERITED,
        Flag.YEAR_INFERRED,
        Flag.ARBITRATED,
        Flag.REPEAT,
        Flag.TEMPLATE_RESIDUE,
        Flag.ANNOTATION,
        Flag.PATCHED,
        Flag.CLIPPED,
        Flag.RECOGNISED,
        Flag.READINGS_DIFFER,
        Flag.LOW_CONFIDENCE,
        Flag.CORRECTED,
    ),
)
PROJECT_FLAGS = Vocabulary(
    "flags of projects",
    "What was inferred or is unusual about a project.",
    "项目的推断所得或不寻常之处。",
    (
        Flag.CONTROL_CHARACTERS,
        Flag.UNIT_INFERRED,
        Flag.FROM_TABLE,
        Flag.INITIAL_BUDGET,
        Flag.RECOGNISED,
        Flag.LOW_CONFIDENCE,
        Flag.CORRECTED,
    ),
)
INDICATOR_FLAGS = Vocabulary(
    "flags of indicators",
    "Those of the cell or fact that an indicator comes from.",
    "指标所出的单元格或事实的标记。",
    tuple(dict.fromkeys((*CELL_FLAGS.words, *FACT_FLAGS.words))),
)
