"""docs/codebook.md: what stands in the files, for people; made from the same schema as the files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from jsextract.dataset.codebook_names import name_lists
from jsextract.dataset.codebook_use import use_tables
from jsextract.dataset.column import Column, Resource
from jsextract.dataset.plain_names import OWNER_NAMES, PLAIN_NAMES
from jsextract.dataset.schema import RESOURCES
from jsextract.rules.profiles import NONE
from jsextract.rules.ruleset import load_rules
from jsextract.vocabulary import VOCABULARIES, Vocabulary

_HEAD = """# Codebook

<!-- Made by `make codebook` from src/jsextract/dataset/; do not edit. -->

Every file is CSV: UTF-8 with a byte-order mark, rows end with LF, quoting as in RFC 4180, header always present, rows
ordered by document (file name, then id) and then by reading order. Numbers are plain decimals. A blank is no value;
`0`, `0.00`, `—` and `无` stay different in the `*_text` columns. A unit `{unit}` stands in the row's own column `unit`.
Boxes are in PDF points, origin at the top left of the page as it is displayed. A text cell that a spreadsheet would
take for a formula has an apostrophe before it.

所有文件均为 CSV：带 BOM 的 UTF-8，以 LF 换行，按 RFC 4180 加引号，必有表头；
先按文件（文件名、编号），再按阅读顺序排列。数值为普通十进制数。空白表示没有值；
`0`、`0.00`、`—`、`无` 在 `*_text` 列中各自保留。单位为 `{unit}` 者见该行 `unit` 列。
坐标以 PDF 点为单位，原点在显示页面的左上角。会被电子表格当作公式的文字前加撇号。
"""
_NAMES = """# Names in exports

`jsextract export` calls these columns by other names, so that no query has to quote them, and joins account_id, entity,
entity_key, year and kind of the document to every row.

`jsextract export` 对下列列名另行命名，使查询无须加引号；
并在每行并入所属文件的 account_id、entity、entity_key、year 和 kind。

| column | name in exports |
|---|---|"""
_WORDS = """# Vocabularies 词汇

A column that names one of these lists holds none but its words, or is blank.

列中注明词汇者，其值只用该词汇中的词，或为空。
"""


def codebook() -> str:
    """The whole page in Markdown."""
    parts = [_HEAD, "\n".join(use_tables())]
    parts += ["\n".join(_section(resource)) for resource in RESOURCES]
    parts += ["\n".join((_NAMES, *_export_names(), ""))]
    parts += [_WORDS, *("\n".join(_words(vocabulary)) for vocabulary in VOCABULARIES)]
    parts += ["\n".join(name_lists(load_rules(profile=NONE)))]
    return "\n".join(parts) + "\n"


def _export_names() -> Iterator[str]:
    """The lines of the names that exports have instead of those of the CSV files."""
    yield from (f"| `{column}` | `{name}` |" for column, name in PLAIN_NAMES.items())
    for (table, column), name in OWNER_NAMES.items():
        yield f"| `{column}` of the document, beside the own `{column}` of {table}.csv | `{name}` |"


def _section(resource: Resource) -> Iterator[str]:
    """The lines of one file: its meaning, a table of its columns."""
    yield f"## {resource.file}\n"
    yield f"{resource.en}  \n{resource.zh}\n"
    yield "| column | type | unit | meaning | 含义 |"
    yield "|---|---|---|---|---|"
    yield from (_row(column) for column in resource.fields)
    yield ""


def _row(column: Column) -> str:
    meaning = f"{column.en} {_link(column.words)}" if column.words else column.en
    unit = f"`{column.unit}`" if column.unit.startswith("{") else column.unit
    return f"| `{column.name}` | {column.type} | {unit} | {_cell(meaning)} | {_cell(column.zh)} |"


def _link(words: Vocabulary) -> str:
    """A link to the vocabulary's place on the page."""
    return f"[{words.name}](#{words.name.replace(' ', '-')})"


def _words(vocabulary: Vocabulary) -> Iterator[str]:
    """The lines of one vocabulary: its meaning, a table of its words."""
    yield f"## {vocabulary.name}\n"
    yield f"{vocabulary.en}  \n{vocabulary.zh}\n"
    yield "| word | meaning | 含义 |"
    yield "|---|---|---|"
    yield from (f"| `{_cell(word)}` | {_cell(word.en)} | {_cell(word.zh)} |" for word in vocabulary.words)
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(codebook(), encoding="utf-8")
