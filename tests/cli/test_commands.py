from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from jsextract import __version__
from jsextract.cli.main import run_cli
from tests.pdfs import account, empty_page, scan, write


def documents(out: Path) -> list[dict[str, str]]:
    with (out / "documents.csv").open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def start(*args: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "jsextract", *map(str, args)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")


def test_the_version_costs_no_heavy_import() -> None:
    heavy = (
        "{'pandas', 'numpy', 'pypdfium2', 'jieba', 'rich', 'yaml', 'regex', 'pebble', 'PIL', 'camelot', 'pdfplumber'}"
    )
    code = (
        f"import sys; from jsextract.cli.main import run_cli; run_cli(['--version']); print({heavy} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [f"jsextract {__version__}", "set()"]


@pytest.mark.parametrize("args", [[], ["--help"], ["-h"]])
def test_help_has_examples(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run_cli(args) == 0
    shown = capsys.readouterr().out
    assert "jsextract accounts/ -o data --jobs 4" in shown
    assert "--password-file" in shown
    assert "show" in shown


def test_every_command_has_help_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_cli(["show", "--help"]) == 0
    assert "jsextract show 决算.pdf --page 7" in capsys.readouterr().out


def test_a_file_becomes_a_dataset_and_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "决算.pdf", account())
    assert run_cli([str(path), "-o", str(tmp_path / "out")]) == 0
    shown = capsys.readouterr()
    header, row, last = shown.out.splitlines()
    assert header.split() == ["document", "kind", "entity", "year", "tables", "cells", "facts", "problems"]
    assert row.split()[:4] == ["决算.pdf", "部门决算", "某某市某某局", "2024"]
    assert last == f"{tmp_path / 'out'}: 1 document"
    assert shown.err == ""
    (document,) = documents(tmp_path / "out")
    assert (document["status"], document["tool_version"]) == ("ok", __version__)
    assert int(document["facts"]) >= 3


def test_options_may_come_first_and_output_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "show.txt", "2024年度部门决算\n".encode())
    monkeypatch.chdir(tmp_path)
    assert run_cli(["--jobs", "1", "show.txt"]) == 0
    assert documents(tmp_path / "output")[0]["file"] == "show.txt"


BAD = {
    "not-pdf": (b"\x00\x01\x02 no PDF", 11, "no %PDF header"),
    "e-book": (b"CAJ\x00\x01", 23, "CAJ file"),
    "empty file": (b"", 12, "0 bytes"),
    "encrypted": (account(password="x"), 13, "--password-file"),
    "corrupt": (b"%PDF-1.7\n1 0 obj\n<< /Type", 14, "damaged"),
}


@pytest.mark.parametrize("options", [["-ohere"], ["-o", "here"], ["-qohere"]])  # the h of here is no -h
def test_a_file_that_looks_like_an_option_comes_after_two_dashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "-v.pdf", account())
    assert run_cli([*options, "--jobs", "0", "--", "-v.pdf"]) == 0
    assert [row["file"] for row in documents(tmp_path / "here")] == ["'-v.pdf"]  # no formula for spreadsheets
    assert run_cli([*options, "--", "show"]) == 3  # a file of this name, which is not there


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_one_line_with_its_own_code_and_a_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    data, code, words = BAD[name]
    path = write(tmp_path / "x.pdf", data)
    assert run_cli([str(path), "-o", str(tmp_path / "out")]) == code
    shown = capsys.readouterr()
    (line,) = shown.err.splitlines()
    assert line.startswith("jsextract: x.pdf: ")
    assert words in line
    assert shown.out == ""
    (document,) = documents(tmp_path / "out")
    assert document["status"] == "failed"
    assert line.endswith(document["message"])


def test_in_a_folder_bad_files_are_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, (data, _, _) in BAD.items():
        write(tmp_path / "in" / f"{name}.pdf", data)
    write(tmp_path / "in" / "good.pdf", account())
    assert run_cli([str(tmp_path / "in"), "-o", str(tmp_path / "out")]) == 0
    assert len(capsys.readouterr().err.splitlines()) == 4  # kinds that no reader takes are counted on stdout
    problems = {d["file"]: d["problem"] for d in documents(tmp_path / "out")}
    assert problems == {
        "corrupt.pdf": "corrupt",
        "empty file.pdf": "not-pdf",
        "encrypted.pdf": "encrypted",
        "good.pdf": "",
        "not-pdf.pdf": "not-pdf",
        "e-book.pdf": "unsupported",
    }


def test_a_folder_in_which_nothing_can_be_read_is_an_error(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.pdf", b"")
    assert run_cli([str(tmp_path / "in"), "-o", str(tmp_path / "out")]) == 10
    assert len(documents(tmp_path / "out")) == 1


def test_errors_that_end_a_run_are_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "a.pdf", account())
    write(tmp_path / "blocked", b"")
    (tmp_path / "nothing").mkdir()
    out = ["-o", str(tmp_path / "out")]
    assert run_cli([str(tmp_path / "gone.pdf"), *out]) == 3
    assert run_cli([str(tmp_path / "nothing"), *out]) == 4
    assert run_cli([str(path), "-o", str(tmp_path / "blocked")]) == 5
    assert run_cli([str(path), "--password-file", str(tmp_path / "none"), *out]) == 3
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 4
    assert all(line.startswith("jsextract: ") for line in lines)
    assert not (tmp_path / "out").exists()


def test_what_could_not_be_read_is_said(tmp_path: Path) -> None:
    write(tmp_path / "in" / "blank.pdf", empty_page())
    write(tmp_path / "in" / "scan.pdf", scan())
    write(tmp_path / "in" / "recipe.txt", "两个鸡蛋，一勺盐。\n".encode())
    assert run_cli([str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--ocr", "never"]) == 0
    found = {d["file"]: (d["status"], d["problem"], d["text_source"]) for d in documents(tmp_path / "out")}
    assert found == {
        "blank.pdf": ("ok", "empty", "none"),
        "recipe.txt": ("ok", "not-final-account", "native"),
        "scan.pdf": ("partial", "needs-ocr", "none"),
    }


@pytest.mark.parametrize(
    "line",
    [
        b"geheim\n",
        b"\xef\xbb\xbfgeheim \t\r\nmore",
        b" geheim",
        "\ufeffgeheim \r\n上".encode("utf-16-le"),
        "\ufeffgeheim".encode("utf-16-be"),
    ],
)
def test_a_password_comes_from_a_file(tmp_path: Path, line: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "a.pdf", account(password="geheim"))
    secret = write(tmp_path / "secret", line)
    assert run_cli([str(path), "--password-file", str(secret), "-o", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    written = [p for p in (tmp_path / "out").rglob("*") if p.is_file()]
    assert written
    assert not any(b"geheim" in p.read_bytes() for p in written)


def test_a_fault_shows_its_traceback_only_when_asked(tmp_path: Path) -> None:
    code = (
        "import sys; from jsextract import pipeline; pipeline.read_layout = None\n"
        "from jsextract.cli.main import run_cli; sys.exit(run_cli(sys.argv[1:]))"
    )
    path = write(tmp_path / "a.pdf", account())
    for options, traceback in (((), False), (("-v",), True)):
        command = [sys.executable, "-c", code, str(path), "-o", str(tmp_path / "out"), *options]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 17
        assert ("Traceback" in done.stderr) is traceback
        assert "TypeError at pipeline.py:" in done.stderr


def test_show_draws_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "a.pdf", account())
    png = tmp_path / "page.png"
    assert run_cli(["show", str(path), "--page", "1", "-o", str(png)]) == 0
    assert png.read_bytes().startswith(b"\x89PNG")
    assert capsys.readouterr().out == f"{png}\n"
    assert run_cli(["show", str(path), "--page", "2", "-o", str(png)]) == 3
    assert "has no page 2; its last is 1" in capsys.readouterr().err
    assert run_cli(["show", str(tmp_path / "gone.pdf"), "--page", "1"]) == 3
    assert run_cli(["show", str(path), "--page", "1", "-o", str(tmp_path / "no" / "x.png")]) == 5


def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    for i in range(3):
        write(tmp_path / "in" / f"{i}.txt", f"2024年度部门决算{i}\n".encode())
    process = start(tmp_path / "in", "-o", tmp_path / "out")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait(60) == 0
    assert len(documents(tmp_path / "out")) == 3


def running(tmp_path: Path, *options: str) -> subprocess.Popen[str]:
    """A run over 300 documents of which some are finished."""
    for i in range(300):
        write(tmp_path / "in" / f"{i:03}.pdf", account(f"第{i}份"))
    process = start(tmp_path / "in", "-o", tmp_path / "out", "--jobs", "1", *options)
    results = tmp_path / "out" / ".jsextract" / "results"
    while len(list(results.rglob("*.json"))) < 5 and process.poll() is None:
        time.sleep(0.02)
    return process


@pytest.mark.skipif(os.name == "nt", reason="no such signals")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_ends_the_run_and_keeps_what_is_finished(
    tmp_path: Path, name: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    temp = tmp_path / "temp"
    temp.mkdir()
    monkeypatch.setenv("TMPDIR", str(temp))
    process = running(tmp_path)
    assert len([*temp.iterdir()]) == 1
    workers = psutil.Process(process.pid).children()
    process.send_signal(getattr(signal, name))
    _, stderr = process.communicate(timeout=120)
    assert process.returncode == code
    assert [*temp.iterdir()] == []
    assert "Traceback" not in stderr
    assert workers
    assert psutil.wait_procs(workers, timeout=0)[1] == []
    assert 3 <= len(documents(tmp_path / "out")) < 300
    assert not list((tmp_path / "out").rglob(".tmp-*"))


def test_a_folder_of_rules_that_is_not_there_ends_the_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "a.pdf", account())
    args = [str(path), "--patterns", str(tmp_path / "none"), "-o", str(tmp_path / "out")]
    assert run_cli(args) == 6
    assert "There is no folder" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="no such signals")
def test_a_second_interrupt_stops_at_once(tmp_path: Path) -> None:
    process = running(tmp_path)
    process.send_signal(signal.SIGINT)
    time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "Traceback" not in stderr
    assert 3 <= len(documents(tmp_path / "out")) < 300


def test_quiet_prints_errors_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "in" / "good.pdf", account())
    write(tmp_path / "in" / "bad.pdf", b"")
    assert run_cli([str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--quiet"]) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "jsextract: bad.pdf: The file is empty (0 bytes). Download it again.\n"


@pytest.mark.parametrize(("option", "value"), [("--memory", "lots"), ("--memory", "1K"), ("--timeout", "0")])
def test_limits_that_make_no_sense_are_usage_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, value: str
) -> None:
    path = write(tmp_path / "a.pdf", account())
    assert run_cli([str(path), option, value, "-o", str(tmp_path / "out")]) == 2
    assert option in capsys.readouterr().err


def test_the_limits_given_are_those_used(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", account())
    assert run_cli([str(path), "--timeout", "7.5", "--memory", "1.5GiB", "-o", str(tmp_path / "out")]) == 0
    first = json.loads((tmp_path / "out" / "run.log.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert (first["seconds"], first["memory_mb"]) == (7.5, 1536)


def test_a_wrong_password_is_told_apart_from_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "a.pdf", account(password="geheim"))
    secret = write(tmp_path / "secret", b"offen\n")
    assert run_cli([str(path), "-o", str(tmp_path / "out")]) == 13
    assert "needs a password" in capsys.readouterr().err
    assert run_cli([str(path), "--password-file", str(secret), "-o", str(tmp_path / "out")]) == 13
    assert "The password does not open it" in capsys.readouterr().err
