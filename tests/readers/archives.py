"""Archives for tests: names in any bytes, a small writer of stored RAR archives."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping


def zipped(files: Mapping[str, bytes], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def zipped_raw(files: list[tuple[bytes, bytes]], *, flags: int = 0, attributes: int = 0) -> bytes:
    """A stored zip whose names are these bytes, duplicates, NUL and all."""
    out, directory = b"", b""
    for name, data in files:
        crc = zlib.crc32(data)
        common = struct.pack("<HHHHHIIIHH", 20, flags, 0, 0, 33, crc, len(data), len(data), len(name), 0)
        directory += b"PK\x01\x02" + struct.pack("<H", 3 << 8 | 20) + common
        directory += struct.pack("<HHHII", 0, 0, 0, attributes, len(out)) + name
        out += b"PK\x03\x04" + common + name + data
    end = struct.pack("<HHHHIIH", 0, 0, len(files), len(files), len(directory), len(out), 0)
    return out + directory + b"PK\x05\x06" + end


def vint(number: int) -> bytes:
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def rar(files: Mapping[str, bytes], *, packed: bool = False, goes_on: bool = False) -> bytes:
    """A RAR 5 archive that packs nothing, so that no tool is needed to read it.

    It says that it does where `packed`; that it is the first of several volumes, and its files go on, where `goes_on`.
    """

    def block(body: bytes) -> bytes:
        sized = vint(len(body)) + body
        return struct.pack("<I", zlib.crc32(sized)) + sized

    out = b"Rar!\x1a\x07\x01\x00" + block(vint(1) + vint(0) + vint(goes_on))
    for name, data in files.items():
        called = name.encode()
        fields = (0x04, len(data), 0o644)  # a CRC follows
        body = vint(2) + vint(0x12 if goes_on else 0x02) + vint(len(data)) + b"".join(map(vint, fields))
        body += (
            struct.pack("<I", zlib.crc32(data)) + vint(3 << 7 if packed else 0) + vint(1) + vint(len(called)) + called
        )
        out += block(body) + data
    return out + block(vint(5) + vint(0) + vint(goes_on))
