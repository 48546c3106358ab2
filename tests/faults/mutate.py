"""Broken copies of good documents: of their bytes, their objects, their content streams, their sentences."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from random import Random

import pikepdf

VOCABULARY = """
收入 支出 总计 本年收入合计 基本支出 项目支出 财政拨款 一般公共预算 政府性基金 决算 预算 年初 “三公”经费 公务接待费
因公出国（境）费 公务用车 机关运行经费 政府采购 其中： 比上年 增加 减少 增长 下降 占 完成 主要原因是 用于 与 为 是
持平 万元 元 亿元 % 人 人次 批次 辆 个 2024年度 上年 （ ） ( ) ， 。 ； 、 ： “ ” 《 》 — - － + = @ 一、 （一） 1.
第三部分 0 0.00 1,234.56 １２３．４５ 12.5 -3.50 100 九百 若干
"""
WORDS = [*VOCABULARY.split(), "\t", "\u3000", "\n", "\n\n"]
UNFIT = (ValueError, TypeError, IndexError, KeyError, AttributeError, RuntimeError, OverflowError, NotImplementedError)
NUMBERS = ("0", "-1", "1e39", "-1e39", "99999999999999999999", "0.0000001", "2147483648", "-2147483648", "14401", "nan")


def flip_bits(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 3, 20, 200))):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def cut(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data))]


def move_block(data: bytes, random: Random) -> bytes:
    """Deletes, doubles, zeroes or overwrites a block."""
    start = random.randrange(len(data))
    block = data[start : start + random.choice((1, 16, 256, 4096))]
    rest = data[start + len(block) :]
    return data[:start] + random.choice((b"", block * 2, bytes(len(block)), random.randbytes(len(block)))) + rest


def change_numbers(data: bytes, random: Random) -> bytes:
    """Other numbers in the file's plain parts: lengths, offsets, counts, references."""
    spots = [m.span() for m in re.finditer(rb"(?<![\w.])\d+(?![\w.])", data)]
    changed = data
    for start, end in sorted(random.sample(spots, min(len(spots), random.choice((1, 2, 8)))), reverse=True):
        changed = changed[:start] + random.choice((*NUMBERS, str(random.randrange(40)))).encode() + changed[end:]
    return changed


def change_names(data: bytes, random: Random) -> bytes:
    names = re.findall(rb"/[A-Za-z][\w-]*", data)
    if not names:
        return data
    return data.replace(random.choice(names), random.choice(names), random.choice((1, -1)))


def swap_objects(data: bytes, random: Random) -> bytes:
    """Objects that stand in each other's place, keys that are gone, references into the blue or back to the page."""
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as document:
        objects = [o for o in document.objects if isinstance(o, pikepdf.Dictionary | pikepdf.Stream)]
        for _ in range(random.choice((1, 2, 6))):
            target, other = random.choice(objects), random.choice(objects)
            keys = [key for key in target.keys() if key not in ("/Length", "/Filter")]  # noqa: SIM118
            if not keys:
                continue
            key = random.choice(keys)
            if random.random() < 0.3:
                del target[key]
            else:
                target[key] = random.choice((other, 0, -1, 10**9, pikepdf.Name("/X"), pikepdf.String("="), True))
        return _saved(document, random)


def change_content(data: bytes, random: Random) -> bytes:
    """Operators dropped, doubled, moved, with other operands."""
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as document:
        page = random.choice(list(document.pages))
        steps = list(pikepdf.parse_content_stream(page))
        for _ in range(random.choice((1, 3, 10, 50))):
            at = random.randrange(len(steps))
            random.choice((_drop, _double, _move, _renumber))(steps, at, random)
            if not steps:
                break
        page.Contents = document.make_stream(pikepdf.unparse_content_stream(steps))
        return _saved(document, random)


def _drop(steps: list, at: int, random: Random) -> None:
    del steps[at : at + random.choice((1, 1, 5))]


def _double(steps: list, at: int, random: Random) -> None:
    steps[at:at] = [steps[at]] * random.choice((1, 2, 300))


def _move(steps: list, at: int, random: Random) -> None:
    steps.insert(random.randrange(len(steps)), steps.pop(at))


def _renumber(steps: list, at: int, random: Random) -> None:
    operands = [_other(value, random) for value in steps[at].operands]
    steps[at] = pikepdf.ContentStreamInstruction(operands, steps[at].operator)


def _other(value: object, random: Random) -> object:
    if isinstance(value, pikepdf.String):
        raw = bytearray(bytes(value))
        if raw:
            raw[random.randrange(len(raw))] = random.randrange(256)
        return pikepdf.String(bytes(raw))
    if isinstance(value, pikepdf.Name | pikepdf.Array | pikepdf.Dictionary):
        return value
    return random.choice((0, -1, 1, 10**6, -(10**6), random.uniform(-900, 900), 0.001))


def _saved(document: pikepdf.Pdf, random: Random) -> bytes:
    out = io.BytesIO()
    document.save(out, compress_streams=random.random() < 0.5, static_id=True)
    return out.getvalue()


def sentences(random: Random) -> bytes:
    """A text of words that final accounts are made of, in no order."""
    count = random.choice((5, 50, 500, 5000))
    if random.random() < 0.1:  # long runs of the same: what slow expressions choke on
        run = "".join(random.choice(WORDS) for _ in range(random.choice((1, 2, 3))))
        return f"2024年度部门决算\n第三部分 决算情况说明\n{run * count}".encode()
    body = "".join(random.choice(WORDS) for _ in range(count))
    return f"某市某局2024年度部门决算\n第三部分 2024年度部门决算情况说明\n{body}".encode()


def change_text(data: bytes, random: Random) -> bytes:
    """Characters of a text replaced, doubled, left out; words of the trade put in between."""
    text = list(data.decode("utf-8"))
    for _ in range(random.choice((1, 5, 50, 500))):
        at = random.randrange(len(text))
        text[at] = random.choice(("", text[at] * 2, random.choice(WORDS), chr(random.randrange(0x20, 0x3000)), "\x00"))
    return "".join(text).encode("utf-8", "surrogatepass")


OF_BYTES: tuple[Callable[[bytes, Random], bytes], ...] = (flip_bits, cut, move_block, change_numbers, change_names)
OF_OBJECTS: tuple[Callable[[bytes, Random], bytes], ...] = (swap_objects, change_content)


def broken(data: bytes, random: Random) -> bytes:
    """A broken copy of a PDF; objects and content first, then sometimes bytes as well."""
    if random.random() < 0.6:
        try:
            data = random.choice(OF_OBJECTS)(data, random)
        except (pikepdf.PdfError, pikepdf.PasswordError, pikepdf.ForeignObjectError, *UNFIT):
            pass  # this one cannot be taken apart; its bytes can
        if random.random() < 0.7:
            return data
    return random.choice(OF_BYTES)(data, random) if data else data
