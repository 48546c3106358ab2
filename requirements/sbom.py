"""The bill of materials beside the wheel (CycloneDX 1.6): `python3 dev.py wheel` writes dist/*.whl.cdx.json.

It names the wheel by its hash, and each package that comes with it or with an extra: the version that
requirements/ci.txt pins, the hashes of its files there, its licence. The same wheel and pins give the same bytes.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from parts import CORE, PROJECT, ROOT, Part, parts

LOCK = ROOT / "requirements" / "ci.txt"
EPOCH = 1580601600
"""When nothing else is said, the time that hatchling, too, writes into what it builds (2 February 2020)."""


def pins(lock: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The version and the SHA-256 of every file that a lock file allows, by package."""
    entries = re.findall(r"^([\w.-]+)==(\S+) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n?)+)", lock, re.MULTILINE)
    return {name: (version, tuple(re.findall(r"[0-9a-f]{64}", hashes))) for name, version, hashes in entries}


def component(part: Part, version: str, hashes: Iterable[str]) -> Component:
    """One package; required where every installation has it, else optional."""
    return Component(
        name=part.name,
        version=version,
        type=ComponentType.LIBRARY,
        bom_ref=f"{part.name}=={version}",
        purl=PackageURL("pypi", name=part.name, version=version),
        scope=ComponentScope.REQUIRED if CORE in part.wanted_by else ComponentScope.OPTIONAL,
        licenses=[LicenseExpression(part.licence)],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one) for one in hashes],
    )


def bill(wheel: Path) -> str:
    """The bill of materials of a wheel, as JSON.

    Raises:
        KeyError: the lock does not pin a package that is needed; it is made anew by `python3 dev.py lock`.
    """
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    version = wheel.name.split("-")[1]
    bom = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_URL, digest))
    bom.metadata.timestamp = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", EPOCH)), UTC)
    bom.metadata.component = Component(
        name=PROJECT,
        version=version,
        type=ComponentType.APPLICATION,
        bom_ref=f"{PROJECT}=={version}",
        licenses=[LicenseExpression("MIT")],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)],
    )
    pinned = pins(LOCK.read_text(encoding="utf-8"))
    for part in parts():
        bom.components.add(component(part, *pinned[part.name]))
    bom.register_dependency(bom.metadata.component, bom.components)
    return str(JsonV1Dot6(bom).output_as_string(indent=2)) + "\n"


def main(wheels: Iterable[str]) -> None:
    """Writes the bill of each wheel beside it."""
    for path in map(Path, wheels):
        path.with_name(path.name + ".cdx.json").write_text(bill(path), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:] or map(str, (ROOT / "dist").glob("*.whl")))
