from __future__ import annotations

import re
import subprocess
import sys

import pytest

from jsextract.batch import limits
from jsextract.batch.limits import MEMORY_MB, SECONDS, Limits, limits_of, mebibytes, workers_of


@pytest.mark.parametrize(
    ("text", "size"),
    [("1.5GiB", 1536), ("1.5G", 1536), ("800M", 800), ("2000MB", 1907), ("1536", 1536), ("2097152K", 2048)],
)
def test_sizes_are_understood(text: str, size: int) -> None:
    assert mebibytes(text) == size


@pytest.mark.parametrize("text", ["", "much", "-1G", "1.5X", "GiB", "1e9"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=rf"^{re.escape(text)}$"):
        mebibytes(text)


def test_the_defaults_are_those_that_are_documented() -> None:
    assert (SECONDS, MEMORY_MB) == (120.0, 1536)


@pytest.mark.skipif(sys.platform != "linux", reason="reads the limits as Linux tells them")
def test_a_worker_is_under_every_limit() -> None:
    code = (
        "import resource as r; from jsextract.batch.limits import *; restrain(Limits(5.0, 700, 3, 50));"
        "allow_one_more(Limits(5.0));"
        "print([r.getrlimit(k)[0] for k in (r.RLIMIT_AS, r.RLIMIT_FSIZE, r.RLIMIT_CORE, r.RLIMIT_CPU, r.RLIMIT_NPROC)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    memory, file, core, cpu, processes = map(int, done.stdout.strip("[]\n").split(","))
    assert 700 << 20 < memory < 1200 << 20
    assert (file, core) == (3 << 20, 0)
    assert 6 <= cpu <= 8
    assert processes > 50
    assert Limits().processes == 256


def test_workers_that_recognise_are_as_many_as_memory_is_free_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "processors", lambda: 8)
    for free, workers in ((None, 8), (100_000, 8), (4_000, 2), (100, 1)):
        monkeypatch.setattr(limits, "_free_mb", lambda free=free: free)
        assert workers_of(None, pictures=True) == workers
        assert (workers_of(None, pictures=False), workers_of(5, pictures=True)) == (8, 5)


def test_a_document_whose_pages_are_pictures_has_time_for_each_of_them() -> None:
    scan, asked = limits_of(None, None, pictures=True), limits_of(60, 800, pictures=True)
    assert (scan.seconds, scan.processor_seconds, scan.memory_mb) == (SECONDS + 100 * 20, SECONDS, 3072)
    assert (asked.seconds, asked.processor_seconds, asked.memory_mb) == (60, 60, 800)


@pytest.mark.skipif(sys.platform != "linux", reason="reads the limits as Linux tells them")
def test_a_page_that_is_a_picture_brings_its_own_time() -> None:
    code = (
        "import resource as r; from jsextract.batch.limits import *; from jsextract.readers.limit import allow; allow(20.0);"
        "free = r.getrlimit(r.RLIMIT_CPU)[0] == r.RLIM_INFINITY; allow_one_more(Limits(5.0)); allow(20.0);"
        "print(free, r.getrlimit(r.RLIMIT_CPU)[0])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split()[0] == "True"
    assert 26 <= int(done.stdout.split()[1]) <= 28


@pytest.mark.skipif(sys.platform != "linux", reason="memory limits as Linux has them")
def test_what_a_process_has_mapped_but_does_not_use_is_not_counted() -> None:
    code = (
        "import mmap; from jsextract.batch.limits import *; sea = mmap.mmap(-1, 4 << 30, mmap.MAP_PRIVATE)\n"
        "restrain(Limits(memory_mb=300)); cup = bytearray(150 << 20); print(len(cup))\n"
        "try: bytearray(400 << 20)\n"
        "except MemoryError: print('too much')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == [str(150 << 20), "too much"]
