"""patterns/schema.json, made from the types of rule files: `python3 dev.py schema`.

Editors complete by it, and a test compares the committed file with what this module makes.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from pathlib import Path
from typing import Any

import msgspec

from jsextract.rules import file_types

Schema = dict[str, Any]
_TOLD_BY = {"profiles/*": "applies", "tables/*": "titles", "facts/*": "family", "sentences/*": "sentences"}
"""Keys that only one kind of file has, for files of any name."""
_URL = "https://json-schema.org/draft/2020-12/schema"


def attributes(kind: type[msgspec.Struct]) -> dict[str, str]:
    """What the docstring of a type says of each attribute, by the key that a file uses for it."""
    doc = inspect.getdoc(kind) or ""
    lines = re.sub(r"\n\s{8,}", " ", doc.partition("Attributes:\n")[2]).splitlines()
    written: dict[str, str] = dict(zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True))
    found = (re.match(r"\s*([\w, ]+): (.*)", line) for line in lines)
    return {written.get(key, key): m[2] for m in found if m for key in m[1].split(", ")}


def schema() -> Schema:
    """The JSON schema of every file under patterns/; the keys of a file say which kind it is."""
    kinds = list(dict.fromkeys(file_types.FILES.values()))
    refs, definitions = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    for name, definition in definitions.items():
        kind = getattr(file_types, name, None)  # words of the vocabulary are defined elsewhere
        for key, said in attributes(kind).items() if kind and issubclass(kind, msgspec.Struct) else ():
            if key in definition.get("properties", {}):
                definition["properties"][key] = {"description": said} | definition["properties"][key]
    by_kind = dict(zip(kinds, refs, strict=True))
    branches = [{"if": {"required": [key]}, "then": by_kind[file_types.FILES[kind]]} for kind, key in _TOLD_BY.items()]
    others = [by_kind[kind] for kind in kinds if kind not in {file_types.FILES[told] for told in _TOLD_BY}]
    known = [{"required": [key]} for key in _TOLD_BY.values()]
    branches.append({"if": {"not": {"anyOf": known}}, "then": {"anyOf": others}})
    return {
        "$schema": _URL,
        "title": "Rule files of jsextract",
        "description": "Made by `python3 dev.py schema` from the types that files are read by; not to be edited.",
        "type": "object",
        "allOf": branches,
        "$defs": dict(sorted(definitions.items())),
    }


def written() -> str:
    """The schema as the file holds it."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(written(), encoding="utf-8")
