"""Lines of tables cut into the texts of their cells."""

from __future__ import annotations

import pytest

from jsextract.layout.texts import table_texts
from tests.layout.made import gapped


@pytest.mark.parametrize(
    ("parts", "texts"),
    [
        (["30211", "差", "旅", "费", "3,205.91", "30305", "抚", "恤", "金", "—"],
         ["30211", "差旅费", "3，205.91", "30305", "抚恤金", "—"]),
        (["退", "职", "（", "役", "）", "费", "12.50"], ["退职（役）费", "12.50"]),
        (["收", "支", "年"], ["收", "支", "年"]),
        (["类", "款", "项", "1", "2"], ["类", "款", "项", "1", "2"]),
    ],
    ids=["names that fill their cells", "brackets", "header words set upright", "labels of the parts of a code"],
)  # fmt: skip
def test_characters_set_apart_are_one_name_beside_figures_alone(parts, texts):
    line = gapped(*((part, 50.0 + 60 * i) for i, part in enumerate(parts)), y=100)
    assert [text.normal for text in table_texts(line)] == texts


@pytest.mark.parametrize(
    ("parts", "texts"),
    [
        ((("207", 50.0), ("01", 71.0), ("04图书馆", 86.0), ("3.91", 200.0)), ["207", "01", "04图书馆", "3.91"]),
        (
            (("212", 50.0), ("08", 75.0), ("04", 95.0), ("图书馆", 112.0), ("3.91", 200.0)),
            ["212", "08", "04", "图书馆", "3.91"],
        ),
        ((("2024年决算", 50.0), ("3.91", 200.0)), ["2024年决算", "3.91"]),
    ],
    ids=["parts of a code near each other", "and near the name", "a year is no code"],
)
def test_parts_of_a_code_are_cells_of_their_own(parts, texts):
    assert [text.normal for text in table_texts(gapped(*parts, y=100))] == texts
