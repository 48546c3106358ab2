"""What a terminal would obey never reaches it, and JSON that is so written means the same."""

from __future__ import annotations

import json
import sys
import unicodedata

from jsextract.text.visible import one_line, visible

OBEYED = [chr(n) for n in range(sys.maxunicode + 1) if unicodedata.category(chr(n)) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]


def test_nothing_that_is_obeyed_is_left() -> None:
    text = "".join(f"决{char}算" for char in OBEYED)
    assert set(OBEYED) & set(visible(text)) == {"\n", "\t"}
    assert not set(OBEYED) & set(one_line(text))
    assert visible("决算　100.00万元（2024）\n") == "决算　100.00万元（2024）\n"


def test_json_means_the_same() -> None:
    text = "\\".join(char for char in OBEYED if not "\ud800" <= char <= "\udfff")
    assert json.loads(visible(json.dumps(text, ensure_ascii=False))) == text
