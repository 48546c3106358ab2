"""Attacks the program as strangers, failing disks and other processes would, and counts what comes of it.

    python bench/attack.py [--seed 1] [--only damages kills] [--count N] [--write]

Each module of bench/attacks is one kind. Everything goes by the seed. `--write` puts the tables into docs/hostile.md.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench import attacks  # noqa: E402
from bench.attacks import Tried  # noqa: E402

PAGE = ROOT / "docs" / "hostile.md"


def kinds() -> dict[str, ModuleType]:
    """The modules of bench/attacks by the names of their kinds."""
    found = [
        importlib.import_module(f"bench.attacks.{module.name}") for module in pkgutil.iter_modules(attacks.__path__)
    ]
    return {module.KIND: module for module in found if hasattr(module, "KIND")}


def table(tried: list[Tried]) -> str:
    """What was done against what came of it, counted, as Markdown."""
    counts = Counter((one.what, one.came) for one in tried)
    heads = sorted({came for _, came in counts})
    lines = ["| " + " | ".join(["attack", "tried", *heads]) + " |", "|---" * (2 + len(heads)) + "|"]
    for what in [*sorted({what for what, _ in counts}), "all"]:
        own = [sum(n for (w, c), n in counts.items() if c == came and what in (w, "all")) for came in heads]
        lines.append("| " + " | ".join([what, str(sum(own)), *map(str, own)]) + " |")
    return "\n".join(lines)


def spent() -> float:
    """Processor seconds of this process and its children."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def written(page: str, kind: str, text: str) -> str:
    """The page with the table of one kind in its place, between the marks that bear its name."""
    mark, end = f"<!-- attack: {kind} -->", f"<!-- end: {kind} -->"
    head, found, tail = page.partition(mark)
    if not found:
        return f"{page.rstrip()}\n\n{mark}\n\n{text}\n\n{end}\n"
    return f"{head}{mark}\n\n{text}\n\n{end}{tail.partition(end)[2]}"


def main() -> None:
    """Attacks, counts, prints; exits with 1 if anything came to what it must not."""
    known = kinds()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=sorted(known), default=sorted(known))
    parser.add_argument("--count", type=int, help="of each kind; as many as it has unless given")
    parser.add_argument("--verbose", action="store_true", help="Tell of every attack.")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    failed = 0
    for kind in given.only:
        began, used = time.monotonic(), spent()
        with tempfile.TemporaryDirectory(prefix="jsextract-attack-") as name:
            luck = Random(f"{given.seed} {kind}")
            tried = list(known[kind].attack(Path(name), luck, given.count or known[kind].COUNT))
        good = sum(one.ok for one in tried)
        failed += len(tried) - good
        seconds, cpu = time.monotonic() - began, spent() - used
        command = f"python bench/attack.py --only {kind} --seed {given.seed}"
        cost = f"{seconds:.0f} s ({cpu:.0f} s of processor)"
        said = f"`{command}`: {good} of {len(tried)} as they must, {cost}."
        text = f"{said}\n\n{table(tried)}"
        print(f"{text}\n", flush=True)
        for one in tried:
            if not one.ok or given.verbose:
                print(f"  {one.what}: {one.came}: {one.detail}")
        if given.write:
            PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), kind, text), encoding="utf-8")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
