"""The project's own readers, fuzzed inside the process with coverage as the guide (atheris, libFuzzer).

    python bench/fuzz_inside.py TARGET [--seconds N] [--seed N] [--folder FOLDER]

TARGET: `formats` (workbooks, Word, OFD, web pages and texts, through the whole pipeline), `archives`, `rules`, or
`dataset` (CSV files and results that somebody changed). PDFs are for bench/fuzz.py: they hurt in native code, which
needs a process of its own. The contract: a result, or an error of the package; an input of over twenty seconds or
three GB ends the run. FOLDER (default: output/fuzz) keeps what broke it, and the inputs that a next run begins with.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from random import Random

import atheris

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["jsextract.readers", "jsextract.rules", "jsextract.dataset"]):
    from jsextract.dataset.read import open_dataset
    from jsextract.dataset.read_checks import read_checks
    from jsextract.dataset.schema import RESOURCES
    from jsextract.dataset.stream import typed_columns
    from jsextract.errors import DatasetDamaged, JsextractError
    from jsextract.pipeline import extracted
    from jsextract.readers.archives.members import Within, member_bytes, members
    from jsextract.rules.ruleset import load_rules

from tests.faults.good_files import FIXTURES, good_formats  # noqa: E402 (found from the project's folder)
from tests.faults.mutate_formats import broken_file, change_lines  # noqa: E402
from tests.readers.archives import zipped  # noqa: E402


class BreachError(Exception):
    """The program failed where it had to give a result or an error of its own."""


def good_archives() -> dict[str, bytes]:
    """A zip, and one within another."""
    inner = zipped({"表.txt": b"1", "a/b.html": b"<p>x"})
    return {"a.zip": inner, "b.zip": zipped({"in.zip": inner, "c.txt": b"2"})}


def good_rules() -> dict[str, bytes]:
    """Each shipped rule file."""
    return {path.name: path.read_bytes() for path in sorted((ROOT / "patterns").glob("**/*.yaml"))}


def good_dataset() -> dict[str, bytes]:
    """The CSV files of a dataset."""
    from jsextract import extract, write_dataset

    with tempfile.TemporaryDirectory() as folder:
        write_dataset([extract(FIXTURES / "account_text.txt")], folder)
        return {path.name: path.read_bytes() for path in Path(folder).glob("*.csv")}


RULES = load_rules()


def try_format(data: bytes) -> None:
    """Reads a file whose content says what it is."""
    report = extracted(data, RULES, file="a")
    if report.problem == "crashed":
        raise BreachError(report.message)


def try_archive(data: bytes) -> None:
    """Lists an archive and unpacks all of it."""
    for member in members(data, ".zip") or ():
        member_bytes(Within(data, member.way, member.name))


def try_rules(data: bytes) -> None:
    """Loads a rule file of a stranger beside the shipped ones."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.yaml").write_bytes(data)
        load_rules([Path(folder)])


def try_dataset(data: bytes) -> None:
    """Reads a dataset one of whose files is this one, as all commands do."""
    first = data.split(b"\n", 1)[0]
    with tempfile.TemporaryDirectory() as folder:
        for name, content in DATASET.items():
            (Path(folder) / name).write_bytes(data if content.split(b"\n", 1)[0] == first else content)
        dataset = open_dataset(folder)
        readers = [partial(dataset.table, resource.name) for resource in RESOURCES]
        readers += [partial(_all, typed_columns, Path(folder), resource) for resource in RESOURCES]
        for read in (*readers, partial(_all, read_checks, Path(folder))):
            with contextlib.suppress(DatasetDamaged):
                read()


def _all(read: Callable[..., Iterable[object]], *arguments: object) -> None:
    """Takes everything that a reader gives."""
    for _ in read(*arguments):
        pass


DATASET: dict[str, bytes] = {}
TARGETS: dict[str, tuple[Callable[[bytes], None], Callable[[], dict[str, bytes]]]] = {
    "formats": (try_format, good_formats),
    "archives": (try_archive, good_archives),
    "rules": (try_rules, good_rules),
    "dataset": (try_dataset, good_dataset),
}


def place(error: BaseException) -> str:
    """Where in the package an error came from."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "jsextract" in f.filename]
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"


def main() -> None:
    """Runs libFuzzer; it ends the process itself."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=ROOT / "output" / "fuzz")
    options = parser.parse_args()
    target, good = TARGETS[options.target]
    corpus = options.folder / options.target
    corpus.mkdir(parents=True, exist_ok=True)
    for name, data in good().items():
        (corpus / name).write_bytes(data)
        if options.target == "dataset":
            DATASET[name] = data

    seen: set[str] = set()

    def one_input(data: bytes) -> None:
        try:
            target(data)
        except JsextractError:
            pass  # the package's own word for what it cannot read
        except Exception as error:  # noqa: BLE001 (whatever comes is what is looked for)
            finding = f"{type(error).__name__}: {error} at {place(error)}"
            if finding not in seen:
                path = options.folder / f"{options.target}-{options.seed}-{len(seen)}"
                path.write_bytes(data)
                seen.add(finding)
                print(f"finding: {finding}: {path}", flush=True)

    def mutated(data: bytes, max_size: int, seed: int) -> bytes:
        random = Random(seed)
        changed = change_lines(data, random) if options.target in {"rules", "dataset"} else broken_file(data, random)
        return changed[:max_size]

    limits = ["-timeout=20", "-rss_limit_mb=3000", f"-max_len={1 << 20}", "-len_control=0"]
    kept = [f"-artifact_prefix={options.folder}/{options.target}-", f"-max_total_time={options.seconds}"]
    atheris.Setup(
        [sys.argv[0], *limits, *kept, f"-seed={options.seed}", str(corpus)], one_input, custom_mutator=mutated
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
