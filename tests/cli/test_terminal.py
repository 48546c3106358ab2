"""Documents, file names, rules and datasets decide what is said; a terminal and a log are sent nothing that they obey."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from jsextract.text.visible import visible
from tests.pdfs import write

EVIL = "\x1b]0;own\x07\x1b[31m\u202e\u2028"
RULES = """family: own
rules:
  - id: own.new
    note: "a\\e[31m\\u202e\\njsextract: all is well"
    pattern: '收支总计{value:money}'
    facts: [{measure: final, item: 收入支出总计}]
    reads:
      - {say: '收支总计1.00万元。', facts: [{item: 收入支出总计, measure: final, value: '1.00'}]}
      - {say: '收支总计2.00万元。', facts: [{item: 收入支出总计, measure: final, value: '2.00'}]}
    ignores: [无。]
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="such names are Linux's")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with hostile names, texts and rules, and their dataset."""
    place = tmp_path_factory.mktemp("hostile")
    text = "某某市水务局2023年度部门决算公开\n一、收支情况\n2023年度收支\x1b[31m总计3.00万元\u202e，另花了4.00万元。\n"
    text += "本年没有其他需要说明的情况。\n" * 40
    for name in (f"a{EVIL}.txt", "b\njsextract: all is well.txt", "c\x9b31m.txt"):
        write(place / "in" / name, text.encode())
    write(place / "in" / f"d{EVIL}.pdf", b"%PDF-1.4 \x1b[31m")
    write(place / "rules" / "facts" / "own.yaml", RULES.encode())
    write(place / "bad" / "facts" / f"own{EVIL}.yaml", b"family: [\x1b[31m")
    said(place, "in", "-o", "out", "--jobs", "1")
    return place


def said(place: Path, *arguments: str) -> tuple[int, str]:
    """The exit code of a command and all that it writes to a terminal's two streams."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(str(Path(p).absolute()) for p in sys.path if p)}
    done = subprocess.run(
        [sys.executable, "-m", "jsextract", *arguments], cwd=place, env=env, capture_output=True, check=False
    )
    return done.returncode, (done.stdout + b"\n" + done.stderr).decode("utf-8", "surrogateescape")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("in", "-o", "out", "--jobs", "1", "-v", "--force"), 0),
        (("in", "-o", "out", "--dry-run", "--force"), 0),
        (("show", f"in/a{EVIL}.txt", "--unread"), 0),
        (("show", f"nowhere{EVIL}.txt", "--unread"), 3),
        (("check", "out", "--all", "--lines", "0"), 0),
        (("check", "out", "--document", EVIL), 3),
        (("patterns", "list", "own", "--patterns", "rules"), 0),
        (("patterns", "list", "--patterns", "bad"), 6),
        (("patterns", "explain", "--sentence", f"收支总计{EVIL}1.00万元。", "--patterns", "rules"), 0),
        (("patterns", "explain", "own.new", f"in/a{EVIL}.txt", "--patterns", "rules"), 0),
        ((f"--{EVIL}",), 2),
    ],
    ids=range(11),
)
def test_no_command_sends_what_a_terminal_obeys(place: Path, arguments: tuple[str, ...], code: int) -> None:
    returned, text = said(place, *arguments)
    assert returned == code, text
    assert visible(text) == text
    assert "\njsextract: all is well" not in text


def test_the_log_holds_nothing_that_a_terminal_obeys(place: Path) -> None:
    log = (place / "out" / "run.log.jsonl").read_text(encoding="utf-8")
    assert log.count('"event": "read"') >= 4
    assert visible(log) == log
