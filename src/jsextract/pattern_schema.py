"""patterns/schema.json, made from the types and the keys that the loaders know: `python3 dev.py schema`.

Editors complete by it, and a test compares the committed file with what this module makes.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jsextract.authoring.suite import SENTENCE_KEYS, SUITE_KEYS, Sentence
from jsextract.rules.equation_rules import EACH
from jsextract.rules.fact_rules import (
    CLAIM_KEYS,
    EXAMPLE_KEYS,
    LEAST_IGNORES,
    LEAST_READS,
    MEASURES,
    RULE_ID,
    RULE_KEYS,
    WANTED_KEYS,
    Claim,
    FactExample,
    FactRule,
)
from jsextract.rules.lexicon import Name
from jsextract.rules.profiles import APPLIES_KEYS, PROFILE_KEYS, Profile
from jsextract.rules.ruleset import load_rules
from jsextract.rules.table_definitions import TABLE_KEYS, TABLE_KINDS, TABLE_NEEDS, TableDef
from jsextract.vocabulary import SECTION_TOPICS

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
TEXTS: Schema = {"type": "array", "items": TEXT}
_TYPES: dict[str, Schema] = {
    "str": TEXT, "bool": {"type": "boolean"}, "int": {"type": "integer"}, "tuple[str, ...]": TEXTS,
    "frozenset[str]": TEXTS, "Mapping[str, str]": {"type": "object", "additionalProperties": TEXT},
}  # fmt: skip
SCALAR: Schema = {"type": ["string", "number", "integer", "boolean"]}
SLOT = r"^\{\w+\}$"
_WRITTEN = {"within": "in"}  # in is a word of Python


def attributes(kind: type) -> dict[str, str]:
    """What the docstring of a class says of each attribute, by the key that a file uses for it."""
    doc = inspect.getdoc(kind) or ""
    lines = re.sub(r"\n\s{8,}", " ", doc.partition("Attributes:\n")[2]).splitlines()
    found = (re.match(r"\s*([\w, ]+): (.*)", line) for line in lines)
    return {_WRITTEN.get(key, key): m[2] for m in found if m for key in m[1].split(", ")}


def field_types(kind: type) -> dict[str, Schema]:
    """What each field of a frozen value holds in a file, as far as its type tells, by the key that a file uses."""
    types = {name: str(said) for name, said in kind.__annotations__.items()}
    return {_WRITTEN.get(name, name): _TYPES[said] for name, said in types.items() if said in _TYPES}


def mapping(
    keys: Iterable[str], known: Mapping[str, Schema], *, needs: Iterable[str] = (), about: type | None = None
) -> Schema:
    """A mapping with exactly these keys; what is not `known` follows from the type `about`, else it is text."""
    said = attributes(about) if about else {}
    types = {**(field_types(about) if about else {}), **known}
    properties = {
        key: types.get(key, TEXT) | ({"description": said[key]} if key in said else {}) for key in sorted(keys)
    }
    if unknown := known.keys() - properties.keys():
        raise ValueError(f"no loader knows {sorted(unknown)}")
    return {
        "type": "object", "properties": properties, "required": sorted(needs), "additionalProperties": False,
    }  # fmt: skip


def several(of: Schema, least: int = 0) -> Schema:
    """A list."""
    return {"type": "array", "items": of} | ({"minItems": least} if least else {})


def named(of: Schema, keys: Schema | None = None) -> Schema:
    """A mapping with free keys."""
    return {"type": "object", "additionalProperties": of} | ({"propertyNames": keys} if keys else {})


def ref(name: str) -> Schema:
    """Another definition."""
    return {"$ref": f"#/$defs/{name}"}


def one_of(words: Iterable[str]) -> Schema:
    """One of some words."""
    return {"enum": sorted(words)}


def rule_definitions() -> dict[str, Schema]:
    """Rules, their claims and examples."""
    measure = {"anyOf": [one_of(MEASURES), {"pattern": SLOT}]}
    claim = {"measure": measure, "otherwise": one_of(MEASURES)}
    examples = several(ref("example"), LEAST_READS)
    rule = {
        "id": {"type": "string", "pattern": f"^(?:{RULE_ID.pattern})$"}, "facts": several(ref("claim")),
        "sections": several(ref("topic")), "reads": examples,
        "ignores": several(ref("example"), LEAST_IGNORES),
    }  # fmt: skip
    wanted = dict.fromkeys(WANTED_KEYS, SCALAR) | {"measure": one_of(MEASURES)}
    example = {"in": ref("topic"), "facts": several(ref("wanted"))}
    return {
        "topic": one_of(["", *load_rules().sections.topic_names]),
        "claim": mapping(CLAIM_KEYS, claim, needs=["measure"], about=Claim),
        "wanted": mapping(WANTED_KEYS, wanted),
        "example": {"anyOf": [TEXT, mapping(EXAMPLE_KEYS, example, needs=["say"], about=FactExample)]},
        "rule": mapping(RULE_KEYS, rule, needs=["id", "pattern", "reads", "ignores"], about=FactRule),
    }


def file_definitions() -> dict[str, tuple[str, Schema]]:
    """For each kind of file the key that tells it, and what it holds."""
    rules = several(ref("rule"))
    profile = {
        "applies": mapping(APPLIES_KEYS, {"cover": TEXTS, "index": TEXTS}), "drop": TEXTS, "add": rules,
        "replace": rules, "items": several(ref("item")),
    }  # fmt: skip
    by_name = named(TEXTS)
    table = {
        "titles": TEXTS, "weak_titles": TEXTS, "refuses_titles": TEXTS, "words": TEXTS, "need": {"type": "integer"},
        "kind": one_of(TABLE_KINDS), "topic": one_of(SECTION_TOPICS.words), "totals": several(TEXTS),
        "levels": several({"type": "integer"}), "sides": TEXTS, "sides_by_code": by_name, "sides_by_item": by_name,
        "items": by_name, "columns": by_name, "reads": TEXTS, "refuses": TEXTS,
    }  # fmt: skip
    suite = {
        "sentences": several(ref("sentence")),
        "nothing": named(TEXTS, one_of(["anywhere", *load_rules().sections.topic_names])),
    }
    return {
        "facts": ("rules", mapping(["family", "rules"], {"rules": rules}, needs=["family", "rules"])),
        "profile": ("applies", mapping(PROFILE_KEYS, profile, needs=["id"], about=Profile)),
        "table": ("titles", mapping(TABLE_KEYS, table, needs=TABLE_NEEDS, about=TableDef)),
        "suite": ("sentences", mapping(SUITE_KEYS, suite)),
        "nothing": ("nothing", ref("suite")),
        "items": ("items", {"type": "object", "properties": {"items": {"type": ["array", "object"]}}}),
        "equations": ("equations", {"type": "object", "properties": {"equations": several(ref("equation"))}}),
    } | word_definitions()  # fmt: skip


def word_definitions() -> dict[str, tuple[str, Schema]]:
    """Files of sections and of the lexicon."""
    topics = mapping(
        ["topic", "words", "files", "subject", "kinds"], {"words": TEXTS, "kinds": TEXTS}, needs=["topic", "words"]
    )
    kinds = mapping(["kind", "words"], {"words": TEXTS}, needs=["kind", "words"])
    return {
        "topics": ("topics", mapping(["topics"], {"topics": several(topics)})),
        "parts": ("kinds", mapping(["kinds", "endings"], {"kinds": several(kinds), "endings": TEXTS})),
        "projects": (
            "heads",
            {
                "type": "object",
                "properties": {"heads": TEXTS, "labels": named(TEXTS), "figures": TEXT, "title": TEXT},
            },
        ),
        "slots": ("text", mapping(["words", "text"], {"words": named(named(TEXTS)), "text": named(TEXT)})),
        "units": (
            "money", mapping(["money", "percent", "count"], {"money": TEXTS, "percent": TEXTS, "count": named(TEXTS)})
        ),
        "reasons": ("keywords", mapping(["keywords"], {"keywords": named(TEXTS)})),
        "misprints": ("real", mapping(["names", "real"], {"names": TEXTS, "real": TEXTS}, needs=["names"])),
        "standing": (
            "marks",
            mapping(["begins", "marks", "follows", "at_head", "never"], {
                "begins": TEXTS, "marks": TEXT, "follows": TEXT, "at_head": TEXT, "never": TEXTS,
            }, needs=["begins", "marks", "follows", "at_head", "never"]),
        ),
    }  # fmt: skip


def entry_definitions() -> dict[str, Schema]:
    """What lists hold: items of the lexicon, sentences of the suite, equations."""
    keys = {_WRITTEN.get(f.name, f.name) for f in dataclasses.fields(Name)} | {"names", "like"}
    item = {"names": TEXTS, "like": TEXTS, "in": named(TEXT, ref("topic"))}
    sentence = {
        "say": {"anyOf": [TEXT, TEXTS]}, "in": ref("topic"), "gives": TEXTS, "tells": TEXTS,
        "year": {"type": "integer"},
    }  # fmt: skip
    return {
        "item": mapping(keys, item, needs=["item"], about=Name),
        "sentence": mapping(SENTENCE_KEYS, sentence, needs=["say"], about=Sentence),
        "equation": {
            "type": "object", "properties": {"id": TEXT, "says": TEXT, "each": one_of(EACH)},
            "required": ["id", "says", "each", "examples"],
        },
    }  # fmt: skip


def schema() -> Schema:
    """The JSON schema of every file under patterns/; the keys of a file say which kind it is."""
    files = file_definitions()
    told = [
        {"if": {"required": [key]}, "then": ref(name)}
        for name, (key, _) in files.items()
        if name != "items"  # tables have items too, of another kind
    ]
    items = {"required": ["items"], "not": {"anyOf": [{"required": ["titles"]}, {"required": ["applies"]}]}}
    told.append({"if": items, "then": {"properties": {"items": several(ref("item"))}}})
    definitions = rule_definitions() | entry_definitions()
    definitions |= {name: body for name, (_, body) in files.items() if name != "items"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rule files of jsextract",
        "description": "Made by `python3 dev.py schema` from the loaders; not to be edited.",
        "type": "object",
        "allOf": told,
        "$defs": definitions,
    }


def written() -> str:
    """The schema as the file holds it."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(written(), encoding="utf-8")
