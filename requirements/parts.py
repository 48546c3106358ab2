"""What the project is made of: the packages that it and its extras need, each with its licence (SPDX).

`python3 dev.py licences` writes docs/licences.md of it; requirements/sbom.py the bill of materials beside the wheel.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageMetadata, PackageNotFoundError, distribution
from pathlib import Path

from license_expression import get_spdx_licensing
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = "jsextract"
CORE = "jsextract"
"""In a part's `wanted_by`: needed without any extra."""
DEVELOPMENT = frozenset({"dev", "lock", "fuzz", "docs", "layouts"})
"""Extras for work on the project; nobody who uses it installs them."""

CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL-3.0-or-later",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Public Domain": "LicenseRef-Public-Domain",
    "Python Software Foundation License": "PSF-2.0",
}
"""Trove classifiers that say one licence, as SPDX writes it. Pebble's text of the licence is that of version 3."""

WORDS = {
    "Apache 2.0": "Apache-2.0",
    "BSD license (see license.txt for details)": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
}
"""What packages write in words into a field that wants SPDX."""

READ_BY_EYE = {
    "atheris": "Apache-2.0",
    "pypdfium2": "(Apache-2.0 OR BSD-3-Clause) AND BSD-3-Clause AND Apache-2.0",
    "text-unidecode": "Artistic-1.0 OR GPL-1.0-or-later",
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    "pycryptodomex": "BSD-2-Clause AND LicenseRef-Public-Domain",
    "matplotlib": "PSF-2.0",
}
"""Packages whose fields say less than their licence files, which were read."""

BUNDLED = {
    "opencv-python-headless": "FFmpeg (LGPL-2.1-or-later), libvpx (BSD-3-Clause), libaom and libavif (BSD-2-Clause), "
    "OpenBLAS (BSD-3-Clause), OpenSSL (OpenSSL), libdrm (MIT), libpng (libpng-2.0), "
    "libgfortran and libquadmath (GPL-3.0-or-later WITH GCC-exception-3.1, LGPL-2.1-or-later)",
    "numpy": "OpenBLAS (BSD-3-Clause), libgfortran and libquadmath (GPL-3.0-or-later WITH GCC-exception-3.1, "
    "LGPL-2.1-or-later)",
    "pillow": "FreeType (FTL), HarfBuzz (MIT), libjpeg-turbo (BSD-3-Clause), and others, none under the GPL",
    "pikepdf": "qpdf (Apache-2.0), libjpeg-turbo (BSD-3-Clause)",
    "pypdfium2": "PDFium (BSD-3-Clause, Apache-2.0) and what it holds",
    "lxml": "libxml2, libxslt (MIT)",
}
"""Libraries of other hands inside wheels, by the licence files of those wheels."""

WEAK = re.compile(r"^(LGPL|MPL|EPL|CDDL)-")
STRONG = re.compile(r"^(A?GPL|SSPL|OSL|EUPL)-")


@dataclass(frozen=True)
class Part:
    """A package that is installed with the project.

    Attributes:
        name: as indexes write it.
        version: the one that is installed here.
        licence: SPDX expression.
        wanted_by: `jsextract` where every installation has it; else the extras that bring it.
    """

    name: str
    version: str
    licence: str
    wanted_by: tuple[str, ...]


class LicenceNotToldError(Exception):
    """A package's fields name no licence that is known here."""


def licence_of(metadata: PackageMetadata) -> str:
    """The licence of a package, by what was read by eye, its SPDX field, its classifiers, its words, in this order.

    Classifiers that name several are alternatives, as packages use them.

    Raises:
        LicenceNotToldError: none of these says one.
    """
    name = canonicalize_name(metadata["Name"])
    if told := READ_BY_EYE.get(name) or metadata.get("License-Expression"):
        return told
    said = [line.split(" :: ")[-1] for line in metadata.get_all("Classifier") or () if line.startswith("License ::")]
    if known := [CLASSIFIERS[one] for one in said if one in CLASSIFIERS]:
        return " OR ".join(known)
    words = (metadata.get("License") or "").strip()
    if words in WORDS:
        return WORDS[words]
    if words and not get_spdx_licensing().validate(words).errors:
        return words
    raise LicenceNotToldError(
        f"{name}: {said} {words[:60]!r}: read its licence files and add it to requirements/parts.py"
    )


def strength(licence: str) -> int:
    """How much a licence asks of those who distribute: 0 permissive, 1 of files or a library (LGPL, MPL), 2 of all.

    The best of alternatives, the strictest of what holds together; an exception makes a library of a program.
    """
    return _strength(get_spdx_licensing().parse(licence))


def _strength(node: object) -> int:
    children = getattr(node, "args", ())
    operator = getattr(node, "operator", "").strip()
    if operator in {"AND", "OR"}:
        return (max if operator == "AND" else min)(map(_strength, children))
    text = str(node)
    if STRONG.match(text):
        return 1 if " WITH " in text else 2
    return 1 if WEAK.match(text) else 0


def stated() -> dict[str, list[str]]:
    """What pyproject.toml asks for: under a blank name without extras, under each extra's name with it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {"": project["dependencies"], **project["optional-dependencies"]}


def extras() -> list[str]:
    """The extras that users may ask for."""
    return sorted(set(stated()) - DEVELOPMENT - {""})


def closure(extra: str) -> dict[str, Distribution]:
    """The packages that the project needs with one extra (blank: with none), their needs with them; by name.

    Raises:
        PackageNotFoundError: one of them is not installed here.
    """
    found: dict[str, Distribution] = {}
    waiting, asked = [(PROJECT, ""), (PROJECT, extra)], set[tuple[str, str]]()
    while waiting:
        name, wanted = one = waiting.pop()
        if one in asked:
            continue
        asked.add(one)
        if name != PROJECT:
            found[name] = distribution(name)
        lines = stated()[wanted] if name == PROJECT else found[name].requires or ()
        for need in map(Requirement, lines):
            if need.marker is None or need.marker.evaluate({"extra": wanted}):
                waiting += [(canonicalize_name(need.name), which) for which in ("", *need.extras)]
    return found


def parts() -> list[Part]:
    """All packages that come with the project or one of its extras, by name."""
    core = closure("")
    wanted: dict[str, list[str]] = {name: [CORE] for name in core}
    packages = dict(core)
    for extra in extras():
        for name, package in closure(extra).items():
            if name not in core:
                wanted.setdefault(name, []).append(extra)
                packages[name] = package
    return [
        Part(name, packages[name].version, licence_of(packages[name].metadata), tuple(wanted[name]))
        for name in sorted(packages)
    ]


def tools() -> list[Part]:
    """The packages that only the work on the project installs, as far as they are here."""
    used = {part.name for part in parts()}
    found: dict[str, Distribution] = {}
    for extra in sorted(DEVELOPMENT):
        try:
            found |= closure(extra)
        except PackageNotFoundError:
            continue  # an extra that this environment does not have
    return [
        Part(name, found[name].version, licence_of(found[name].metadata), ("dev",))
        for name in sorted(set(found) - used)
    ]


def table(found: Iterable[Part]) -> str:
    """The packages as rows of docs/licences.md: name, licence, which installations have it."""
    rows = [f"| {part.name} | {part.licence} | {', '.join(part.wanted_by)} |" for part in found]
    return "\n".join(["| package | licence | with |", "|---|---|---|", *rows])


def page() -> str:
    """The text of docs/licences.md."""
    found = parts()
    named = ", ".join(f"{part.name} ({part.licence})" for part in found if strength(part.licence) == 1)
    inside = "\n".join(f"- **{name}**: {what}" for name, what in BUNDLED.items())
    return f"""# Licences

jsextract is under the MIT licence. It copies no code of others; what it needs is installed beside it, unchanged, from
packages with licences of their own. None of them is under the GPL or AGPL alone; a test reads the licence of each.
This page is written by `python3 dev.py licences`.

Under a licence that asks for its own source when it is passed on (LGPL, MPL): {named}.
Whoever ships them inside a product keeps them replaceable and says where their source is.

{table(found)}

## Libraries inside these packages

Wheels hold compiled libraries of other hands. These are in them on Linux; the licence files lie in the wheels:

{inside}
"""


def main() -> None:
    """Writes docs/licences.md."""
    (ROOT / "docs" / "licences.md").write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
