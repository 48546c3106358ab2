"""Hostile web pages, saved ones, and what is named like them."""

from __future__ import annotations

import base64
import random
from collections.abc import Iterator

from tests.faults.hostile.case import NOBODY, READ, SECRET, TEXT, Hostile, cut, one

SAID = f"<p>{TEXT.decode()}</p>"
_BODY = "<html><body>"
_ENCODINGS = ("utf-8", "utf-8-sig", "gbk", "gb2312", "gb18030", "utf-16-le", "utf-16-be", "utf-16")


def pages(luck: random.Random) -> Iterator[Hostile]:
    """html, then mht, svg and xml."""
    yield from _entities()
    yield from _outside()
    yield from _shapes()
    yield from _encodings()
    whole = f"{_BODY}{SAID}<table>{'<tr><td>项目<td>1.00' * 300}</table>".encode()
    yield from cut("cut.html", whole, f"{READ} empty", luck)
    for name in ("page.pdf", "page.doc", "page.docx", "page.xlsx", "page.txt", "page.ofd", "page.zip"):
        yield one(name, whole, READ, "wrong_suffix")
    yield one("noise.html", luck.randbytes(5000), "corrupt garbled-text")
    yield from _saved(luck)
    drawn = f'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e SYSTEM "{SECRET}">]><svg><text>&e;</text><image href="{NOBODY}"/></svg>'
    yield one("drawn.svg", drawn.encode(), "unsupported")
    yield one("style.xml", f'<?xml version="1.0"?><?xml-stylesheet href="{NOBODY}"?><a/>'.encode(), "unsupported")


def _page(name: str, text: str, problems: str) -> Hostile:
    return one(f"{name}.html", text.encode(), problems)


def _entities() -> Iterator[Hostile]:
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    yield _page("laughs", f'<!DOCTYPE html [<!ENTITY l0 "ha">{laughs}]><html><body>{SAID}&l9;', READ)
    for name, place in (("secret", SECRET), ("address", NOBODY)):
        head = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e SYSTEM "{place}">]>'
        yield _page(name, f"{head}<html><body>{SAID}&e;", READ)
    yield _page("dtd", f'<!DOCTYPE html SYSTEM "{NOBODY}"><html><body>{SAID}', READ)


def _outside() -> Iterator[Hostile]:
    names = ("img src", "iframe src", "link rel=stylesheet href", "embed src", "object data", "video src", "base href")
    tags = "".join(f'<{name}="{NOBODY}"></{name.split()[0]}>' for name in names)
    script = f'<script src="{NOBODY}"></script><meta http-equiv=refresh content="0;url={SECRET}">'
    yield _page("fetches", f"<html><head>{script}{tags}</head><body>{SAID}<a href='{NOBODY}.xlsx'>附件.xlsx</a>", READ)
    svg = f'<svg><script href="{NOBODY}"/><image xlink:href="{SECRET}"/><foreignObject><iframe src="{SECRET}"/></foreignObject></svg>'
    yield _page("svg", f"{_BODY}{SAID}{svg}", READ)
    data = base64.b64encode(bytes(4 << 20)).decode()
    yield _page(
        "data-uri",
        f'{_BODY}{SAID}<img src="data:image/png;base64,{data}"><a href="data:text/html,{data}">x</a>',
        f"{READ} too-large",
    )


def _shapes() -> Iterator[Hostile]:
    yield _page("nested", f"{_BODY}{'<div>' * 100_000}{SAID}", "too-large")
    yield _page("inline", f"{_BODY}{SAID}{'<b><i>' * 100_000}", "too-large")
    yield _page("tables", f"{_BODY}{'<table><tr><td>' * 300}{SAID}", "too-large")
    yield _page("spans", f"{_BODY}{SAID}<table><tr><td rowspan={10**9} colspan={10**9}>1<td>2<tr><td>3</table>", READ)
    yield _page("all-spans", f"{_BODY}{SAID}<table>{'<tr><td rowspan=1000 colspan=1000>1<td>2' * 500}", "too-large")
    yield _page(
        "negative", f"{_BODY}{SAID}<table><tr><td rowspan=-1 colspan=1e9>1<td colspan=x>2<tr><td>3<td>4</table>", READ
    )
    yield _page("cells", f"{_BODY}{SAID}<table>{('<tr>' + '<td>1' * 1000) * 1000}", "too-large")
    yield _page("elements", f"{_BODY}{SAID}{'<br>' * 1_000_001}", "too-large")
    yield _page(
        "attributes", f"{_BODY}{SAID}<p {' '.join(f'a{n}=1' for n in range(200_000))}>", f"{READ} too-large timeout"
    )
    yield _page("long", f"{_BODY}{SAID}<p>{'甲' * 8_000_000}", "too-large")
    yield _page("comment", f"<html><!--{'-' * 1_000_000}", "empty")
    yield _page("lists", f"{_BODY}{SAID}{'<ol start=999999999><li>' * 200}甲", f"{READ} too-large")
    yield _page("links", f"{_BODY}{SAID}{'<div><a href=/x>链接</a></div>' * 50_000}", READ)
    yield _page("nul", f"{_BODY}{SAID.replace('收', chr(0) + '收' + chr(0))}", READ)
    yield _page("frames", f"<frameset><frame src='{SECRET}'></frameset><html>", "empty")
    yield _page("hidden", f"{_BODY}{SAID}" + "<p style='display:none'>" * 230 + "甲", f"{READ} too-large")


def _encodings() -> Iterator[Hostile]:
    """Each encoding under a declaration of its own and under a false one."""
    for number, encoding in enumerate(_ENCODINGS):
        for declared in (encoding.removesuffix("-sig"), _ENCODINGS[number - 3], "no-such"):
            text = f'<html><head><meta charset="{declared}"><title>说明</title></head><body>{SAID * 3}</body></html>'
            yield one(f"{encoding}-as-{declared}.html", text.encode(encoding), READ)
    text = f"<html><body>{SAID * 3}".encode("gbk")
    yield one("gbk-torn.html", text[:60] + b"\xff" + text[60:], f"{READ} corrupt")
    yield one(
        "big5.html", f"<meta charset=big5><html><body>{'縣糧食局年度決算說明' * 20}".encode("big5"), f"{READ} corrupt"
    )


def _mime(*parts: tuple[str, bytes], boundary: str = "x") -> bytes:
    head = f"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary={boundary}\r\n\r\n"
    each = "\r\nContent-Transfer-Encoding: base64\r\nContent-Location: {}\r\n\r\n"
    body = b"".join(
        f"--x\r\nContent-Type: {kind}{each.format(SECRET)}".encode() + base64.encodebytes(data) for kind, data in parts
    )
    return head.encode() + body + b"--x--\r\n"


def _saved(luck: random.Random) -> Iterator[Hostile]:
    page = ("text/html; charset=utf-8", f"{_BODY}{SAID}".encode())
    whole = _mime(page, ("image/png", luck.randbytes(3000)))
    yield one("sound.mht", whole, READ)
    yield from cut("cut.mht", _mime(page, page, page), f"{READ} corrupt empty", luck)
    yield one("recursive.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x0\r\n\r\n" + b"".join(
        b"--x%d\r\nContent-Type: multipart/related; boundary=x%d\r\n\r\n" % (i, i + 1) for i in range(3000)), "too-large")  # fmt: skip
    yield one("messages.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
              + b"Content-Type: message/rfc822\r\n\r\n" * 3000, "corrupt too-large")  # fmt: skip
    yield one("parts.mht", _mime(*[("text/html", b"a")] * 3000), "too-large")
    yield one("boundary.mht", _mime(page, boundary="y"), "corrupt")
    yield one("no-page.mht", _mime(("image/png", b"x")), "corrupt")
    yield one("bad-base64.mht", whole.replace(b"PGh0", b"\xff\xfe!!"), f"{READ} corrupt empty garbled-text")
    yield one("charset.mht", _mime(("text/html; charset=rot13", page[1])), READ)
    yield one("saved.pdf", whole, READ, "wrong_suffix")
