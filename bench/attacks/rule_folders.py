"""Folders of rules as a stranger might send them: each loads, or is refused in one line, within limits.

The rules are tried as a user would try them (`jsextract patterns list --patterns DIR`); those that load also read a
text. Nothing may be waited for, no line may hold what a terminal obeys, and no folder may cost more than its limits.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from bench.attacks import Tried
from jsextract.errors import PatternError
from jsextract.rules.rule_files import root
from jsextract.text.visible import visible

KIND = "rules"
COUNT = 100
_PATIENCE = 90
"""Seconds after which a folder hangs: it is given 60."""
_MOST_MB = 1400
"""MiB of the largest process: a worker's limit, and what is mapped."""
_FACT = "{item: 收入支出总计, measure: final, value: '12.50'}"
_TEXT = "某某市水务局2023年度部门决算公开\n一、收入支出决算总体情况说明\n2023年度收支总计12.50万元。\n"


def attack(folder: Path, luck: Random, count: int) -> Iterator[Tried]:
    """Each kind in turn, with figures by luck."""
    (folder / "account.txt").write_text(_TEXT, encoding="utf-8")
    names = list(KINDS)
    for at in range(count):
        rules = folder / f"rules{at}"
        rules.mkdir()
        name = names[at % len(names)]
        loads = KINDS[name](rules, luck)
        yield _tried(name, rules, folder, may_load=loads)


def _tried(name: str, rules: Path, folder: Path, *, may_load: bool) -> Tried:
    began = time.monotonic()
    code, said = _run("patterns", "list", "three_public", "--patterns", str(rules))
    came = _came(code, said)
    if came == "loads":
        options = ("-o", str(folder / "out"), "--patterns", str(rules), "--jobs", "1", "-q", "--force")
        code, said = _run(str(folder / "account.txt"), *options)
        came = "reads" if code == 0 else _came(code, said)
    seconds = time.monotonic() - began
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    came = "too large" if most > _MOST_MB else came
    return Tried(name, came, came == "refused" or (came == "reads" and may_load), f"{seconds:.1f} s: {said[-300:]!r}")


def _run(*arguments: str) -> tuple[int, str]:
    """The exit code of a command and what it said on standard error; -1 for one that did not end."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "jsextract", *arguments],
            capture_output=True, text=True, errors="surrogateescape", timeout=_PATIENCE, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return -1, ""
    return done.returncode, done.stderr + done.stdout if done.returncode == 0 else done.stderr


def _came(code: int, said: str) -> str:
    if code == -1:
        return "hangs"
    if "Traceback" in said or visible(said) != said:
        return "traceback" if "Traceback" in said else "raw"
    if code == 0:
        return "loads"
    return "refused" if code == PatternError.exit_code and said.count("\n") == 1 else f"code {code}"


def _write(folder: Path, name: str, text: str | bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))


def _char(luck: Random) -> str:
    """Some Chinese character."""
    return chr(luck.randint(0x4E00, 0x9FA5))


def _rule(pattern: str, say: str = "收支总计12.50万元。", name: str = "own.new", note: str = "") -> str:
    """A file of one rule; its examples need not hold, as only `patterns test` asks."""
    quoted = pattern.replace("'", "''")
    return (
        f"family: own\nrules:\n  - id: {name}\n    note: \"{note}\"\n    pattern: '{quoted}'\n"
        f"    facts: [{{measure: final, item: 收入支出总计}}]\n    ignores: ['无。']\n"
        f"    reads:\n      - {{say: '{say}', facts: [{_FACT}]}}\n      - {{say: '另{say}', facts: [{_FACT}]}}\n"
    )


def _nested_counts(folder: Path, luck: Random) -> bool:
    inner = "(?:" * 3 + "总" + "".join(f"){{{luck.randint(1, 9)},{luck.randint(500, 9000)}}}" for _ in range(3))
    _write(folder, "facts/own.yaml", _rule(inner + "{value:money}"))
    return False


def _nested_stars(folder: Path, luck: Random) -> bool:
    """Catastrophic on words without their figure: (a|aa)+ and the like."""
    chars = luck.choice(["总", "收支", "[一-龥]"])
    pattern = f"(?:(?:{chars})+|(?:{chars}{{1,2}})*)+计{{value:money}}"
    _write(folder, "facts/own.yaml", _rule(pattern, "收支" * 190 + "。"))
    return True


def _fuzzy(folder: Path, luck: Random) -> bool:
    _write(folder, "facts/own.yaml", _rule(f"(?:收支总计){{e<={luck.randint(4, 40)}}}{{value:money}}"))
    return True


def _wide_alternation(folder: Path, luck: Random) -> bool:
    words = "|".join(_char(luck) * luck.randint(1, 5) for _ in range(luck.randint(500, 6000)))
    _write(folder, "facts/own.yaml", _rule(f"(?:{words}){{value:money}}"))
    return True


def _slots(folder: Path, luck: Random) -> bool:
    """A slot of many words, many times in one pattern, and within counts."""
    words = ", ".join(f"总{n}" for n in range(luck.randint(2_000, 20_000)))
    _write(folder, "lexicon/slots.yaml", f"words:\n  own: {{'+': [{words}]}}\n")
    _write(folder, "facts/own.yaml", _rule(luck.choice(["(?:{own}){1,99}", "{own}" * 400, "{own}"]) + "{value:money}"))
    return True


def _calls_itself(folder: Path, luck: Random) -> bool:
    call = luck.choice(["(?R)", "(?1)", "(?&a)", "(?P>a)"])
    _write(folder, "facts/own.yaml", _rule(f"(?<a>总{call}?计){{value:money}}"))
    return False


def _large_file(folder: Path, luck: Random) -> bool:
    _write(folder, luck.choice(["facts/own.yaml", "lexicon/items.yaml"]), "# 一\n" * (2 << 20))
    return False


def _alias_bomb(folder: Path, luck: Random) -> bool:
    lines = ["a0: &a0 [总, 总, 总]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    _write(folder, luck.choice(["facts/own.yaml", "lexicon/slots.yaml", "sections/topics.yaml"]), "\n".join(lines))
    return False


def _deep_yaml(folder: Path, luck: Random) -> bool:
    many = luck.randint(2_000, 300_000)
    text = luck.choice(["[" * many, "{a: " * many, "- " * many, "? " * many, "a: " + "[" * many + "]" * many])
    _write(folder, "facts/own.yaml", text)
    return False


def _many_words(folder: Path, luck: Random) -> bool:
    """As many names as a file may hold."""
    words = [f"{_char(luck)}{_char(luck)}{n}费" for n in range(luck.randint(5_000, 20_000))]
    listed = ", ".join(words)
    _write(folder, "lexicon/items.yaml", f"items:\n  - {{item: 一种费, topic: expenditure, names: [{listed}]}}\n")
    _write(folder, "lexicon/slots.yaml", f"words:\n  own: {{'+': [{listed}]}}\n")
    return True


def _many_misprints(folder: Path, luck: Random) -> bool:
    names = ["".join(_char(luck) for _ in range(12)) for _ in range(luck.randint(500, 3000))]
    items = "".join(f"  - {{item: {n}, topic: expenditure, names: [{n}]}}\n" for n in names)
    _write(folder, "lexicon/items.yaml", "items:\n" + items)
    _write(folder, "lexicon/misprints.yaml", f"names: [{', '.join(names)}]\n")
    return True


def _many_files(folder: Path, luck: Random) -> bool:
    for n in range(luck.randint(200, 600)):
        text = _rule(f"(?:总|计|支){{1,{n % 90 + 1}}}{n}{{value:money}}", name=f"own{n}.new")
        _write(folder, f"facts/own{n}.yaml", text.replace("own\n", f"own{n}\n"))
    return True


def _many_equations(folder: Path, luck: Random) -> bool:
    terms = " + ".join(["T1:收入:总计:决算数"] * luck.randint(2_000, 40_000))
    nested = "(" * luck.randint(500, 9_000)
    equation = luck.choice([terms, nested + "T1:收入:总计:决算数" + ")" * len(nested)])
    _write(
        folder, "checks/text.yaml",
        f"equations:\n  - {{id: own.sum, says: a, says_zh: 一, each: statement, any_of: "
        f"['totals:收入支出总计:final = {equation}'], examples: [{{status: not_checkable, figures: {{}}}}]}}\n",
    )  # fmt: skip
    return True


def _no_file(folder: Path, luck: Random) -> bool:
    """Something that is no file where a file is looked for."""
    name = luck.choice(["facts/own.yaml", "lexicon/items.yaml", "lexicon/jieba.txt", "lexicon/function_codes.csv"])
    path = folder / name
    path.parent.mkdir(parents=True)
    luck.choice([
        lambda: os.mkfifo(path), path.mkdir, lambda: path.symlink_to("/dev/zero"), lambda: path.symlink_to(path),
        lambda: path.symlink_to("nowhere"), lambda: path.symlink_to("/dev/stdin"),
    ])()  # fmt: skip
    return False


def _dictionary(folder: Path, luck: Random) -> bool:
    lines = ["总计 " + "9" * 6000 + " n", "一" * 100_000, "a b c d", "\x1b[31m 1 n\x1b", "总计 -1 n"]
    _write(folder, "lexicon/jieba.txt", luck.choice(lines) + "\n")
    return False


def _encoding(folder: Path, luck: Random) -> bool:
    text = _rule("收支总计{value:money}")
    data = [text.encode("gb18030"), text.encode("utf-16"), luck.randbytes(5000), text.encode() + b"\0\xff"]
    _write(folder, "facts/own.yaml", luck.choice(data))
    return False


def _codes(folder: Path, luck: Random) -> bool:
    rows = [
        '201,"' + "一" * 200_000 + '",,,', "201,一|二,,,", "999,\x1b[2J,,,", '201,"未完', "２０１,一,,,",
        "\n".join(f"{n:07},名{n},,," for n in range(90_000)),
    ]  # fmt: skip
    _write(
        folder,
        f"lexicon/{luck.choice(['function', 'economic'])}_codes.csv",
        "code,name,since,until,seen\n" + luck.choice(rows),
    )
    return True


def _escapes(folder: Path, luck: Random) -> bool:
    r"""Escapes, bidirectional marks and line ends in names, notes and messages."""
    evil = luck.choice(["\\e[2J\\e]0;own\\a", "\\u202e万元", "总\\u2066", "\\x9b31m", "\\njsextract: all is well"])
    sort = luck.randrange(3)
    if sort == 0:
        _write(folder, "facts/own.yaml", _rule("收支总计{value:money}", note=evil).replace("own", "three_public2"))
    elif sort == 1:
        _write(folder, "facts/own.yaml", f'"{evil}": 1\n')
    else:
        _write(folder, "facts/a\x1b[31m\n\u202e.yaml", "family: [")
    return sort == 0


def _changed(folder: Path, luck: Random) -> bool:
    """One of the shipped files with bytes, lines or words changed."""
    shipped = sorted(path for path in root().rglob("*") if path.suffix in {".yaml", ".csv", ".txt"})
    path = luck.choice(shipped)
    text = path.read_text(encoding="utf-8")
    for _ in range(luck.randint(1, 6)):
        at, length = luck.randrange(len(text)), luck.randint(1, 40)
        instead = luck.choice(["", text[at : at + length] * 9, "{}[]()*+?|:'\"\n ,-#&"[:length], _char(luck), "9"])
        text = text[:at] + instead + text[at + length :]
    _write(folder, str(path.relative_to(root())), text)
    return True


def _wrong_types(folder: Path, luck: Random) -> bool:
    odd = [
        ".nan",
        ".inf",
        "-1",
        "9" * 4000,
        "null",
        "2023-02-30",
        "!!binary aaaa",
        "!!set {a, b}",
        "[[]]",
        "{}",
        "~",
        "''",
    ]
    keys = ["id", "pattern", "reads", "ignores", "facts", "sections", "subject", "pair", "follows"]
    lines = _rule("收支总计{value:money}").splitlines()
    lines.append(f"    {luck.choice(keys)}: {luck.choice(odd)}")
    _write(folder, "facts/own.yaml", "\n".join(lines) + "\n")
    return True


def _profiles(folder: Path, luck: Random) -> bool:
    """Many overlays that fit every cover."""
    for n in range(luck.randint(2, 60)):
        _write(folder, f"profiles/own{n}.yaml", f"id: own{n}\nnote: a\napplies:\n  cover: ['(?:.*)*决算']\n")
    return True


KINDS: dict[str, Callable[[Path, Random], bool]] = {
    "counts within counts": _nested_counts,
    "repetitions of repetitions": _nested_stars,
    "fuzzy patterns": _fuzzy,
    "thousands of alternatives": _wide_alternation,
    "slots without end": _slots,
    "patterns that call themselves": _calls_itself,
    "10 MB of YAML": _large_file,
    "aliases of aliases": _alias_bomb,
    "YAML nested without end": _deep_yaml,
    "thousands of names": _many_words,
    "thousands of long names to misprint": _many_misprints,
    "hundreds of files": _many_files,
    "equations without end": _many_equations,
    "a pipe, device, loop or folder for a file": _no_file,
    "dictionaries": _dictionary,
    "other encodings and bytes": _encoding,
    "code lists": _codes,
    "escapes and line ends": _escapes,
    "a shipped file, changed": _changed,
    "values of other types": _wrong_types,
    "profiles": _profiles,
}
"""What a folder holds, by what makes it; whether it may load is what that returns."""
