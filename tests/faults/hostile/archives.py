"""Hostile archives."""

from __future__ import annotations

import gzip
import io
import random
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from tests.faults.hostile.case import READ, TEXT, Hostile, cut, inside, one
from tests.readers.archives import rar, zipped, zipped_raw

_ZEROS = bytes(50 << 20)


def archives(luck: random.Random) -> Iterator[Hostile]:
    """Zip archives, then those of other kinds."""
    bomb = zipped({"0.txt": _ZEROS})
    yield inside("bomb.zip", bomb, {"0.txt": "too-large"})
    yield inside(
        "bombs.zip", zipped({f"{n}.zip": bomb for n in range(3)}), {f"{n}.zip/0.txt": "too-large" for n in range(3)}
    )
    yield inside(
        "gz.zip", zipped({"a.gz": gzip.compress(_ZEROS), "a.txt": TEXT}), {"a.gz": "unsupported", "a.txt": READ}
    )
    deep = TEXT
    for number in range(6):
        deep = zipped({f"{number}.zip" if number else "a.txt": deep})
    yield one("deep.zip", deep, "too-large")
    yield one("many.zip", zipped_raw([(b"%d.txt" % n, b"") for n in range(10_001)]), "too-large")
    yield from _names()
    yield from _lies()
    yield from _locked()
    yield inside("zip64.zip", zip64(TEXT), {"a.txt": READ})
    yield inside("zip64-lies.zip", zip64(TEXT, files=1 << 60), {"a.txt": READ})
    yield one("zip64-size.zip", zip64(TEXT, size=1 << 62), "too-large")
    yield inside("blank-members.zip", zipped({"a.txt": b"", "b.xlsx": b"", "c.html": b""}),
                 {"a.txt": "empty", "b.xlsx": "empty", "c.html": "empty"})  # fmt: skip
    yield one("nothing.zip", zipped({}), "corrupt")
    yield one("folders.zip", zipped({"a/": b"", "a/b/": b""}), "corrupt")
    yield inside("lzma.zip", zipped({"a.txt": TEXT}, zipfile.ZIP_LZMA), {"a.txt": "unsupported"})
    yield from cut("cut.zip", zipped({f"{n}.txt": luck.randbytes(3000) for n in range(9)}), "corrupt", luck)
    yield one("noise.zip", b"PK\x03\x04" + luck.randbytes(5000), "corrupt")
    yield from _others(luck)


def _names() -> Iterator[Hostile]:
    """Names that lead out of the archive, or are none."""
    leads = [(b"../../up.txt", TEXT), (b"/etc/cron.d/root.txt", TEXT), (b"C:\\Windows\\drive.txt", TEXT)]
    rows = {"%2E%2E/%2E%2E/up.txt": READ, "etc/cron.d/root.txt": READ, "C:/Windows/drive.txt": READ}
    yield inside("leads-out.zip", zipped_raw(leads), rows)
    odd = [
        (b"a\0b.txt", TEXT),
        (b"\nline.txt", TEXT),
        (b"-rf.txt", TEXT),
        (b"=1+1.txt", TEXT),
        (b"d/" * 900 + b"x.txt", TEXT),
    ]
    rows = {"a%00b.txt": READ, "%0Aline.txt": READ, "-rf.txt": READ, "=1+1.txt": READ, "d/" * 900 + "x.txt": READ}
    yield inside("odd-names.zip", zipped_raw(odd), rows)
    chinese = "青溪县/2023年度决算.txt"
    yield inside("gbk.zip", zipped_raw([(chinese.encode("gbk"), TEXT)]), {chinese: READ})
    yield one("no-utf8.zip", zipped_raw([(b"\xff\xfe.txt", TEXT)], flags=1 << 11), "corrupt")
    yield inside("twice.zip", zipped_raw([(b"a.txt", TEXT), (b"a.txt", b"")]), [("a.txt", READ), ("a.txt", "empty")])
    for name, kind in (("link", stat.S_IFLNK), ("device", stat.S_IFBLK), ("pipe", stat.S_IFIFO)):
        data = zipped_raw([(b"a.txt", b"/etc/passwd")], attributes=(kind | 0o777) << 16)
        yield inside(f"{name}.zip", data, {"a.txt": "io"})


def _lies() -> Iterator[Hostile]:
    """Lists that do not say what is packed."""
    data = bytearray(zipped({"a.txt": bytes(1 << 20)}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    yield inside("small-lie.zip", bytes(data), {"a.txt": "corrupt"})
    data[at : at + 4] = (0xFFFFFFF0).to_bytes(4, "little")
    yield one("huge-lie.zip", bytes(data), "too-large")
    yield inside("overlap.zip", overlapping(40), {f"{n:02}.txt": "corrupt garbled-text" for n in range(40)})
    crc = bytearray(zipped_raw([(b"a.txt", TEXT)]))
    crc[crc.index(TEXT)] ^= 1
    yield inside("checksum.zip", bytes(crc), {"a.txt": "corrupt"})


def overlapping(count: int) -> bytes:
    """A zip whose members all lie in the same bytes, each a little longer than the next."""
    kernel = zipped({"kernel": bytes(1 << 20)})
    end = kernel.index(b"PK\x01\x02")
    out, at, directory = b"", [], b""
    body = kernel[:end]
    for number in range(count):  # each header stands before the next one, and its data reach to the end
        at.append(len(out))
        name = b"%02d.txt" % number
        out += body[:26] + struct.pack("<HH", len(name), 0) + name
    out += body[30 + len("kernel") :]
    record = kernel[end : end + 46]
    for number, place in enumerate(at):
        name = b"%02d.txt" % number
        packed = len(out) - place - 36
        directory += record[:20] + struct.pack("<I", packed) + record[24:28] + struct.pack("<H", len(name))
        directory += record[30:42] + struct.pack("<I", place) + name
    tail = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(out), 0)
    return out + directory + b"PK\x05\x06" + tail


def zip64(data: bytes, size: int | None = None, files: int = 1) -> bytes:
    """A stored zip of one file with all sizes and places in their zip64 fields."""
    crc, name = zlib.crc32(data), b"a.txt"
    size = len(data) if size is None else size
    most = 0xFFFFFFFF
    extra = struct.pack("<HHQQ", 1, 16, size, len(data))
    fields = struct.pack("<HHHHHIIIHH", 45, 0, 0, 0, 33, crc, most, most, len(name), len(extra))
    out = b"PK\x03\x04" + fields + name + extra + data
    extra = struct.pack("<HHQQQ", 1, 24, size, len(data), 0)
    fields = fields[:-2] + struct.pack("<H", len(extra))
    central = b"PK\x01\x02" + struct.pack("<H", 45) + fields + struct.pack("<HHHII", 0, 0, 0, 0, most) + name + extra
    record = struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, files, files, len(central), len(out))
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, len(out) + len(central), 1)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, most, most, 0)
    return out + central + b"PK\x06\x06" + record + locator + end


def _locked() -> Iterator[Hostile]:
    """Archives under a password."""
    plain = bytearray(zipped({"a.txt": TEXT}))
    plain[6] |= 1
    plain[plain.index(b"PK\x01\x02") + 8] |= 1
    yield inside("locked.zip", bytes(plain), {"a.txt": "encrypted"})
    central = plain.index(b"PK\x01\x02")
    plain[8:10] = plain[central + 10 : central + 12] = (99).to_bytes(2, "little")
    yield inside("aes.zip", bytes(plain), {"a.txt": "encrypted"})


def _others(luck: random.Random) -> Iterator[Hostile]:
    """7z, rar, tar, gzip."""
    import py7zr

    for name, password, files, rows in (
        ("sound.7z", None, {"a.txt": TEXT}, [("a.txt", READ)]),
        ("locked.7z", "密码", {"a.txt": TEXT}, [("a.txt", "encrypted")]),
        ("bomb.7z", None, {"0.txt": _ZEROS * 6}, [("", "too-large")]),
    ):
        out = io.BytesIO()
        with py7zr.SevenZipFile(
            out, "w", password=password, filters=None if password else [{"id": 33, "preset": 0}]
        ) as packed:
            for member, data in files.items():
                packed.writestr(data, member)
        yield inside(name, out.getvalue(), rows)
        if name == "sound.7z":
            yield from cut("cut.7z", out.getvalue(), "corrupt", luck)
    yield inside("stored.rar", rar({"a.txt": TEXT, "../../up.txt": TEXT, "/etc/x.txt": TEXT}),
                 {"a.txt": READ, "%2E%2E/%2E%2E/up.txt": READ, "etc/x.txt": READ})  # fmt: skip
    packed_rar = rar({"a.txt": TEXT}, packed=True)
    yield inside("packed.rar", packed_rar, {"a.txt": "unsupported corrupt"})
    yield one("noise.rar", b"Rar!\x1a\x07\x01\x00" + luck.randbytes(800), "corrupt")
    yield one("a.tar", b"../../up.txt".ljust(257, b"\0") + b"ustar\x0000".ljust(255, b"\0"), "unsupported")
    yield one("a.tgz", gzip.compress(_ZEROS), "unsupported")
