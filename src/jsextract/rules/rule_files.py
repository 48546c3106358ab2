"""Where the rule files are, and how one is read: safe YAML, size capped, aliases refused, typed.

Rules lie in layers: the shipped folder, the user's own (`--patterns DIR`) in their order, and the folder of a profile.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct

from jsextract.errors import PatternError
from jsextract.language.phrase import NOTHING, Phrase, listed, phrase, sentences, verbatim
from jsextract.language.system import reason
from jsextract.rules import file_types, kept

T = TypeVar("T")
E = TypeVar("E")
Key = str | int
MAX_BYTES = 2 << 20
KINDS = ("lexicon", "sections", "tables", "facts", "checks", "profiles")
"""The subfolders that decide what is read; sentences/ only proves it."""
_PACKAGE = Path(__file__).resolve().parents[1]
_PLACE = re.compile(r" - at (?:`key` in )?`\$(?P<keys>[^`]*)`$")
_UNKNOWN = re.compile(r"unknown field `(?P<field>[^`]*)`")
_NAMES = ("id", "item", "topic", "kind", "say", "code")
"""Keys by which an entry of a file is known."""


class Placed(Struct, Generic[T], frozen=True):
    """Something that a rule file says, and where.

    Attributes:
        keys: the way to it from the top of the file.
    """

    value: T
    path: Path
    keys: tuple[Key, ...] = ()

    def at(self, *keys: Key, value: E) -> Placed[E]:
        """A part of it."""
        return Placed(value, self.path, (*self.keys, *keys))

    def fault(self, message: Phrase, remedy: Phrase = NOTHING, *keys: Key) -> PatternError:
        """The error that names file, line and entry."""
        from jsextract.rules import yaml_text  # an error alone asks for lines

        line = yaml_text.line_of(self.path, (*self.keys, *keys))
        where = placed_in(self.path, line)
        name = next((str(named) for key in _NAMES if (named := getattr(self.value, key, ""))), "")
        return PatternError(listed((where, name, message), ": ", "："), remedy)


@functools.cache
def root() -> Path:
    """The folder patterns/: inside the installed package, else beside src/ in a checkout.

    Raises:
        PatternError: if there is neither.
    """
    for place in (_PACKAGE / "_patterns", _PACKAGE.parents[1] / "patterns"):
        if place.is_dir():
            return place
    raise PatternError(phrase("The folder patterns/ was not found."), phrase("Reinstall jsextract."))


def layers(own: Iterable[Path]) -> tuple[Path, ...]:
    """The shipped folder first, then those of the user's own, each once.

    Raises:
        PatternError: if one of them does not exist, or the system does not let us look into it.
    """
    further = [folder.absolute() for folder in own]
    for folder in further:
        if not folder.is_dir():
            raise PatternError(phrase("There is no folder {folder}.", folder=folder), phrase("Check --patterns."))
        _refuse_closed(folder)
    return tuple(dict.fromkeys((root(), *further)))


def _refuse_closed(folder: Path) -> None:
    """Raises PatternError for a folder of rules, or one in it, that cannot be searched: none is passed over."""
    for each in (folder, *(folder / place for place in _places())):
        try:
            with os.scandir(each):
                os.stat(f"{each}/.")  # noqa: PTH116 (a Path drops the dot, for which the folder has to be searched)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise PatternError(
                phrase("{path} cannot be read: {reason}.", path=each, reason=reason(error)),
                phrase("Check its permissions."),
            ) from error


def _places() -> list[str]:
    """The folders that rule files lie in, by their kinds."""
    return sorted({kind.rpartition("/")[0] for kind in file_types.FILES})


def files(folders: Iterable[Path], kind: str) -> list[Placed[Any]]:
    """The typed files of one kind (a key of file_types.FILES), by folder and name; blank ones are left out.

    Raises:
        PatternError: if one of them does not load; the message names file and line.
    """
    folder, _, name = kind.rpartition("/")
    wanted = file_types.FILES[kind]
    fixed = {other.rpartition("/")[2] for other in file_types.FILES if other.rpartition("/")[0] == folder}
    found = []
    for layer in folders:
        paths = sorted((layer / folder).glob("*.yaml")) if name == "*" else [layer / folder / f"{name}.yaml"]
        for path in paths:
            if name == "*" and path.stem in fixed:
                continue
            if name == "*" or path.exists() or path.is_symlink():
                found.append(read(path, wanted))
    return found


def refuse_strangers(folders: Iterable[Path]) -> None:
    """Refuses files that look like rules and would never be read.

    Raises:
        PatternError: for the first of them.
    """
    places = _places()
    for layer in folders:
        for path in sorted(layer.glob("*.y*ml")):
            raise PatternError(
                phrase("{path}: rule files lie in folders by their kind.", path=path),
                phrase("Known: {there}.", there=", ".join(places)),
            )
        for folder in places:
            known = {kind.rpartition("/")[2] for kind in file_types.FILES if kind.rpartition("/")[0] == folder}
            for path in sorted((layer / folder).glob("*.y*ml")):
                if path.suffix != ".yaml":
                    raise PatternError(
                        phrase("{path}: rule files end with .yaml.", path=path),
                        phrase("Rename it to {stem}.yaml.", stem=path.stem),
                    )
                if "*" not in known and path.stem not in known:
                    there = ", ".join(sorted(f"{name}.yaml" for name in known))
                    raise PatternError(
                        sentences(phrase("{path}: no rule file has this name.", path=path), meant(path.stem, known)),
                        phrase("Known: {there}.", there=there),
                    )


def read(path: Path, wanted: type[T]) -> Placed[T]:
    """A rule file, typed.

    Raises:
        PatternError: if it does not load, or holds what its type does not know; the message names file and line.
    """
    data = read_yaml(path)
    try:
        return Placed(msgspec.convert(data, wanted, strict=True), path)
    except (msgspec.ValidationError, RecursionError) as error:
        raise _mistyped(Placed(data, path), str(error)) from error


def typed(data: Any, wanted: type[T], place: str) -> T:
    """Plain data as one of the types of rule files.

    Raises:
        PatternError: if it is something else; the message begins with `place`.
    """
    try:
        return msgspec.convert(data, wanted, strict=True)
    except msgspec.ValidationError as error:
        unknown = _UNKNOWN.search(str(error))
        said = _unknown_key(unknown["field"]) if unknown else phrase("{said}.", said=error)
        raise PatternError(listed((place, said), ": ", "：")) from error


def _mistyped(file: Placed[Any], message: str) -> PatternError:
    """The error for data of another type, with the entry's name and its line."""
    found = _PLACE.search(message)
    keys = tuple(_keys(found["keys"])) if found else ()
    said = verbatim(_PLACE.sub("", message))
    name, data = "", file.value
    for key in (*keys, None):
        if isinstance(data, dict):
            name = next((str(data[known]) for known in _NAMES if data.get(known)), name)
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            break
    unknown = _UNKNOWN.search(message)
    if unknown:
        said = _unknown_key(unknown["field"])
        keys = (*keys, unknown["field"])
    elif keys:
        said = phrase("{said} at {place}.", said=said, place=".".join(map(str, keys)))
    return Placed(None, file.path, keys).fault(
        listed((name[:60], said), ": ", "："), phrase("See patterns/schema.json.")
    )


def _keys(written: str) -> Iterator[Key]:
    """`.rules[0].id` as keys; what stands under a free key cannot be told and ends them."""
    for piece in re.findall(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]", written):
        if piece[1] == "...":
            return
        yield int(piece[1]) if piece[1] else piece[0]


def _unknown_key(name: str) -> Phrase:
    kinds = [kind for kind in vars(file_types).values() if isinstance(kind, type) and issubclass(kind, msgspec.Struct)]
    known = {key for kind in kinds for key in kind.__struct_encode_fields__}
    return sentences(phrase("unknown key {name}.", name=name), meant(name, known, 0.75))


def read_bytes(path: Path) -> bytes:
    """The bytes of one rule file, which is opened only if it is a regular one.

    Raises:
        PatternError: if it is missing or too large.
    """
    try:
        if not path.is_file():
            raise PatternError(
                phrase("{path}: it is no regular file.", path=path), phrase("A rule file is a text in UTF-8.")
            )
        if path.stat().st_size > MAX_BYTES:
            raise PatternError(phrase("{path}: larger than {most} bytes.", path=path, most=MAX_BYTES))
        return path.read_bytes()
    except OSError as error:
        raise PatternError(phrase("{path}: it cannot be read: {reason}.", path=path, reason=reason(error))) from error


def read_text(path: Path) -> str:
    """The text of one rule file, which is opened only if it is a regular one.

    Raises:
        PatternError: if it is missing, too large or no UTF-8.
    """
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PatternError(phrase("{path}: it is no UTF-8 ({error}).", path=path, error=error)) from error


def read_yaml(path: Path) -> Any:
    """The plain data of one rule file.

    Raises:
        PatternError: if it is missing, too large, no UTF-8 or no YAML; the message names file and line.
    """
    text = read_text(path)
    return kept.data(text, lambda: _parsed(text, path))


def _parsed(text: str, path: Path) -> Any:
    from jsextract.rules import yaml_text  # with the kept file nothing has to be parsed

    return yaml_text.parsed(text, path)


def meant(name: str, known: Iterable[str], likeness: float = 0.6) -> Phrase:
    """A guess at what a misspelt name should be, as a sentence; nothing where none is near."""
    close = get_close_matches(name, sorted(known), 1, likeness)
    return phrase("Was {name} meant?", name=close[0]) if close else NOTHING


def placed_in(path: Path, line: int) -> Phrase:
    """The file and the line, where that is known (not 0)."""
    return phrase("{path}, line {line}", path=path, line=line) if line else verbatim(str(path))
