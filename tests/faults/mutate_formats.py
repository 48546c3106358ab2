"""Broken copies of workbooks, Word files, OFD, archives, web pages and rule files: of their members, tags and lines."""

from __future__ import annotations

import io
import re
import zipfile
from random import Random

from tests.faults.mutate import OF_BYTES, WORDS

PIECE = re.compile(rb"<[^<>]{0,4000}>|[^<>]+|[<>]")
NUMBERS = (b"0", b"-1", b"1", b"1048577", b"2147483648", b"99999999999999999999", b"1e308", b"nan", b"0.0000001", b"A1")
STRANGE = (
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"&a;",
    b"<table><tr><td>" * 50,
    b"</table>",
    b"<td rowspan='70000' colspan='70000'>",
    b"\x00",
    "\u202e\u200b".encode(),
    b"<![CDATA[",
    b"<?xml version='1.0' encoding='gb2312'?>",
)


def change_markup(data: bytes, random: Random) -> bytes:
    """Tags and texts left out, doubled, moved, numbers in them replaced, strange ones put between."""
    pieces = PIECE.findall(data)
    for _ in range(random.choice((1, 2, 5, 30))):
        if not pieces:
            return data
        at, other = random.randrange(len(pieces)), random.randrange(len(pieces))
        match random.randrange(7):
            case 0:
                del pieces[at]
            case 1:
                pieces[at:at] = pieces[at : at + random.choice((1, 1, 20))]
            case 2:
                pieces[at], pieces[other] = pieces[other], pieces[at]
            case 3:
                pieces[at] = re.sub(rb"\d+", lambda _: random.choice(NUMBERS), pieces[at], count=random.choice((1, 0)))
            case 4:
                pieces.insert(at, random.choice(STRANGE))
            case 5:
                pieces[at] = random.choice(WORDS).encode()
            case _:
                del pieces[at : at + random.choice((1, 5, 200))]
    return b"".join(pieces)


def change_package(data: bytes, random: Random) -> bytes:
    """Some members of a zip broken, left out, renamed, doubled; packed anew."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = [(info.filename, package.read(info)) for info in package.infolist()]
    for _ in range(random.choice((1, 1, 2, 4))):
        at = random.randrange(len(members))
        name, content = members[at]
        match random.randrange(8):
            case 0:
                del members[at]
            case 1:
                members[at] = (random.choice(members)[0], content)
            case 2:
                members[at] = (name, random.choice(OF_BYTES[:4])(content, random) if content else content)
            case _:
                members[at] = (name, change_markup(content, random))
        if not members:
            break
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            package.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def change_lines(data: bytes, random: Random) -> bytes:
    """Lines of a rule file left out, doubled, moved, indented, their words exchanged."""
    lines = data.splitlines(keepends=True)
    for _ in range(random.choice((1, 2, 8))):
        if not lines:
            return data
        at, other = random.randrange(len(lines)), random.randrange(len(lines))
        match random.randrange(6):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[other])
            case 2:
                lines[at] = b"  " + lines[at] if random.random() < 0.5 else lines[at].lstrip()
            case 3:
                words, others = lines[at].split(b":", 1), lines[other].split(b":", 1)
                lines[at] = words[0] + b":" + others[-1]
            case 4:
                lines[at] = re.sub(
                    rb"[\w{}]+",
                    random.choice((b"(a+)+$", b"{x", b"*a", b"[", b"!!python/name:os", b"~")),
                    lines[at],
                    count=1,
                )
            case _:
                lines[at] = re.sub(rb"\d+", lambda _: random.choice(NUMBERS), lines[at])
    return b"".join(lines)


def broken_file(data: bytes, random: Random) -> bytes:
    """A broken copy of a file that is no PDF: by its structure mostly, else by its bytes."""
    if random.random() < 0.8:
        if data[:2] == b"PK":
            try:
                return change_package(data, random)
            except (zipfile.BadZipFile, NotImplementedError, EOFError, zipfile.zlib.error, RuntimeError, ValueError):
                pass  # broken before: its bytes can be broken further
        elif b"<" in data[:2000]:
            return change_markup(data, random)
    return random.choice(OF_BYTES)(data, random) if data else data
