"""Standard input and http(s) addresses as sources: what came is read, and nothing else is asked for."""

from __future__ import annotations

import csv
import io
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from jsextract.cli.main import run_cli
from jsextract.errors import SourceNotFound, TooLarge
from jsextract.pipeline import extract
from jsextract.readers import address
from tests.check.told import account
from tests.pdfs import account as pdf
from tests.readers.archives import zipped

pytest.importorskip("httpx", reason="pip install 'jsextract[web]'")
TEXT = account().encode()
PAGES = {
    "/a/决算.txt": TEXT,
    "/包.zip": zipped({"决算.txt": TEXT, "决算.pdf": pdf()}),
    "/": "2024年度部门决算公开说明\n".encode(),
}
LEADS = {
    "/to": "/a/%E5%86%B3%E7%AE%97.txt",
    "/file": "file:///etc/passwd",
    "/ftp": "ftp://127.0.0.1/x",
    "/round": "/round",
    "/none": "http://[::1",
}


def documents(out: Path) -> list[dict[str, str]]:
    with (out / "documents.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


class Site(BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self) -> None:
        from urllib.parse import unquote

        path = unquote(self.path)
        self.asked.append(path)
        if path in LEADS:
            self.send_response(302)
            self.send_header("Location", LEADS[path])
            self.end_headers()
        elif path in PAGES:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(PAGES[path])
        else:
            self.send_error(404)

    def log_message(self, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    Site.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for data, options in ((TEXT, ()), (pdf(), ("--name", "决算.pdf")), (TEXT + b"x", ())):
        stdin(monkeypatch, data)
        assert run_cli(["-", "-o", str(tmp_path / "out"), "-q", *options]) == 0
    assert [(row["file"], row["path"], row["format"]) for row in documents(tmp_path / "out")] == [
        ("-", "-", "txt"),
        ("-", "-", "txt"),
        ("决算.pdf", "决算.pdf", "pdf"),
    ]


def test_the_same_on_standard_input_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = []
    for _ in range(2):
        stdin(monkeypatch, TEXT)
        assert run_cli(["-", "-o", str(tmp_path / "out"), "-q"]) == 0
        written.append({path.name: path.read_bytes() for path in (tmp_path / "out").glob("*.csv")})
    assert written[0] == written[1]
    assert len(documents(tmp_path / "out")) == 1


def test_an_archive_on_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, PAGES["/包.zip"])
    assert run_cli(["-", "--name", "包.zip", "-o", str(tmp_path / "out"), "-q"]) == 0
    assert [row["file"] for row in documents(tmp_path / "out")] == ["包.zip/决算.pdf", "包.zip/决算.txt"]


def test_nothing_on_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stdin(monkeypatch, b"")
    assert run_cli(["-", "-o", str(tmp_path / "out"), "-q"]) == 12
    assert "The file is empty" in capsys.readouterr().err


def test_an_address(site: str, tmp_path: Path) -> None:
    for place in ("/a/决算.txt", "/包.zip", "/to"):
        assert run_cli([f"{site}{place}", "-o", str(tmp_path / "out"), "-q"]) == 0
    files = {row["file"]: row["path"] for row in documents(tmp_path / "out")}
    assert sorted(files) == ["to", "决算.txt", "包.zip/决算.pdf", "包.zip/决算.txt"]
    assert files["决算.txt"] == "127.0.0.1/a/决算.txt"
    assert Site.asked == ["/a/决算.txt", "/包.zip", "/to", "/a/决算.txt"]


def test_a_dry_run_asks_nobody(site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_cli([f"{site}/a/决算.txt", "-", "-o", str(tmp_path / "out"), "--dry-run"]) == 0
    assert capsys.readouterr().out.splitlines()[:2] == ["决算.txt", "-"]
    assert Site.asked == []


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("/nothing", "404"),
        ("/file", "leads to an address of another kind"),
        ("/ftp", "leads to an address of another kind"),
        ("/round", "without an end"),
    ],
)
def test_what_is_no_file_is_told(
    site: str, place: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_cli([site + place, "-o", str(tmp_path / "out")]) == 3
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_host_that_nobody_knows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_cli(["https://nobody.invalid/a.pdf", "-o", str(tmp_path / "out")]) == 3
    shown = capsys.readouterr().err
    assert "The host nobody.invalid is not known, or this machine has no connection." in shown
    assert "does not exist" not in shown


def test_a_port_where_nobody_listens(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_cli(["http://127.0.0.1:9/a.pdf", "-o", str(tmp_path / "out")]) == 3
    assert "cannot be reached" in capsys.readouterr().err


def test_too_much_at_an_address(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "MOST_BYTES", 10)
    with pytest.raises(TooLarge, match="more than 10 bytes"):
        address.fetch(f"{site}/a/决算.txt")


NO_ADDRESSES = ("http://[::1", "http://a..b/", "http://xn--/x", f"http://{'a' * 300}.cn/", "http://a:b/", "http://\x1b[31m/",
                "file://[::1", "zip://[::", "ftp://[::1/x")  # fmt: skip


@pytest.mark.parametrize("url", NO_ADDRESSES)
@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_what_is_no_address_is_one_line(
    url: str, options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run_cli([url, "-o", str(tmp_path / "out"), *options])
    said = capsys.readouterr().err
    assert (code, said.count("\n")) in {(3, 1), (0, 0)}, said  # a dry run asks nobody
    assert "\x1b" not in said


def test_an_answer_that_leads_to_no_address_is_told(site: str) -> None:
    with pytest.raises(SourceNotFound, match="cannot be reached"):
        address.fetch(f"{site}/none")


def test_too_slow_an_address(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "SECONDS", -1.0)
    with pytest.raises(SourceNotFound, match="does not answer in time"):
        address.fetch(f"{site}/a/决算.txt")


def test_no_redirect_leads_from_the_internet_into_a_private_network(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Anywhere:
        """Every address is one of the internet the first time."""

        times = 0

        def __init__(self, text: str) -> None:
            Anywhere.times += 1
            self.is_global = Anywhere.times == 1

    monkeypatch.setattr(address, "ip_address", Anywhere)
    with pytest.raises(SourceNotFound, match="into a private network"):
        address.fetch(f"{site}/to")


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(SourceNotFound, match=r"jsextract\[web\]"):
        address.fetch("https://www.example.org/a.pdf")


def test_an_address_from_python(site: str) -> None:
    report = extract(f"{site}/a/决算.txt")
    assert (report.file, report.format) == ("决算.txt", "txt")
