"""Everything that is done with a checkout, with nothing but Python 3.11 or later: `python3 dev.py demo`.

Each task makes .venv and installs the project there first, once; the Makefile names the same tasks. With `--locked` the
dependencies are exactly those of requirements/ci.txt, each file checked by its hash: that is how CI installs.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
OLDEST = (3, 11)
DEMO = "fixtures/account_shanghai.pdf"
LOCK = ROOT / "requirements" / "ci.txt"
COMPILE = [
    *("-m", "piptools", "compile", "--quiet", "--upgrade", "--extra=dev", "--build-deps-for=editable"),
    *("--generate-hashes", "--strip-extras", "--allow-unsafe", "--no-annotate"),
    *("--no-emit-index-url", "--no-emit-trusted-host", "--no-emit-find-links", "--no-emit-options"),  # no host's name
    *("--output-file", str(LOCK.relative_to(ROOT)), "pyproject.toml"),
]
"""How requirements/ci.txt is made; on the oldest Python, whose pins hold on later ones, too."""

# task: (extra to install, commands as arguments of the venv's Python, what it does)
TASKS: dict[str, tuple[str, Sequence[Sequence[str]], str]] = {
    "demo": ("", [["-m", "jsextract", DEMO, "-o", "output"]], "extract a final account that ships with the project"),
    "test": ("dev", [["-m", "pytest", "-n", "auto"]], "run the tests"),
    "lint": ("dev", [["-m", "ruff", "check", "."], ["-m", "ruff", "format", "--check", "."]], "style"),
    "types": ("dev", [["-m", "mypy", "src"]], "types, strict"),
    "contracts": (
        "dev",
        [["-c", "import importlinter.cli as c; c.lint_imports_command()"]],
        "which part imports which",
    ),
    "codebook": ("dev", [["-m", "jsextract.dataset.codebook", "docs/codebook.md"]], "write docs/codebook.md anew"),
    "schema": ("dev", [["-m", "jsextract.rules.schema", "patterns/schema.json"]], "write patterns/schema.json anew"),
    "texts": ("dev", [["-m", "jsextract.cli.texts"]], "bring the catalogue of Chinese texts in line with the code"),
    "checks": (
        "dev",
        [["-m", "jsextract.check.docs", "docs/checks.md", "docs/zh/checks.md"]],
        "write docs/checks.md and its Chinese page",
    ),
    "docs": (
        "docs",
        [["-m", "mkdocs", "build", "--quiet"]],
        "make site/ of docs/, with the reference of the functions",
    ),
    "lock": ("lock", [COMPILE], "write requirements/ci.txt anew: the newest versions, with hashes"),
    "licences": ("dev", [["requirements/parts.py"]], "write docs/licences.md anew"),
    "wheel": (
        "dev",
        [["-m", "hatchling", "build"], ["requirements/sbom.py"]],
        "build the wheel and the source archive into dist/, the same bytes each time, and the bill of materials",
    ),
    "bench": (
        "dev",
        [["bench/compare.py", "fixtures", "--write"], ["bench/rules.py", "fixtures"]],
        "speed and memory beside other readers; what the rules cost",
    ),
}
CHECK = ("lint", "types", "contracts", "test")


def install(extra: str, *, locked: bool = False) -> None:
    """Makes .venv and installs the project with its dependencies, unless that was done for these files.

    Args:
        extra: of pyproject.toml; blank for none.
        locked: all that requirements/ci.txt names, and nothing else.
    """
    files = [ROOT / "pyproject.toml", *([LOCK] if locked else [])]
    wanted = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest() + (extra and f"\n{extra}")
    stamp = VENV / ".installed"
    done = stamp.read_text() if stamp.is_file() else ""
    if PYTHON.is_file() and done.startswith(wanted):
        return
    if not PYTHON.is_file():
        print("Making .venv …", flush=True)  # noqa: T201
        make_venv()
    print("Installing jsextract into .venv: some minutes and 0.5 to 1.5 GB the first time …", flush=True)  # noqa: T201
    quiet = [] if sys.stdout.isatty() else ["--quiet"]  # a terminal sees how far it is; a log need not
    pip = ["-m", "pip", "install", *quiet, "--disable-pip-version-check"]
    if locked:
        run([*pip, "--require-hashes", "-r", str(LOCK)])
        run([*pip, "--no-deps", "--no-build-isolation", "-e", "."])
    else:
        run([*pip, "-e", f".[{extra}]" if extra else "."])
    stamp.write_text(wanted)


def make_venv() -> None:
    """A virtual environment with pip; Debian and Ubuntu ship that part of Python in a package of its own."""
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        sys.exit("This Python cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv")
    venv.create(VENV, with_pip=True, clear=True)


def run(arguments: Sequence[str]) -> None:
    """Runs the venv's Python in the project's folder; its failure is ours."""
    env = os.environ | {"CUSTOM_COMPILE_COMMAND": "python3 dev.py lock"}  # what piptools says it was called by
    code = subprocess.run([str(PYTHON), *arguments], cwd=ROOT, env=env, check=False).returncode  # noqa: S603
    if code:
        sys.exit(code)


def main(arguments: Sequence[str]) -> None:
    """Does the named tasks in order."""
    locked = "--locked" in arguments
    names = [argument for argument in arguments if argument != "--locked"]
    if sys.version_info < OLDEST:
        sys.exit(f"Python {OLDEST[0]}.{OLDEST[1]} or later is needed; this is {sys.version.split()[0]}.")
    if not names or not set(names) <= {*TASKS, "check"}:
        lines = [f"  {name:<10} {what}" for name, (_, _, what) in TASKS.items()]
        sys.exit("\n".join(["usage: python3 dev.py [--locked] TASK...", *lines, f"  {'check':<10} {', '.join(CHECK)}"]))
    for name in (task for given in names for task in (CHECK if given == "check" else (given,))):
        extra, commands, _ = TASKS[name]
        if locked and extra != "lock":
            install("dev", locked=True)
        else:
            install(extra)
        for command in commands:
            run(command)


if __name__ == "__main__":
    main(sys.argv[1:])
