"""What other programs read of the scans that bench/scans.py keeps: amounts that stand in a row with their own name.

    python bench/scan_others.py FOLDER --tool rapidocr|tesseract|img2table

FOLDER holds scans and the cells that are printed on them (bench/scans.py --keep FOLDER). Each program runs in an
environment of its own, with pypdfium2; nothing of this package is imported. rapidocr: its words alone, put into rows
by their middles. tesseract: its words (chi_sim, psm 6), put between the level rulings that morphology finds. img2table:
its tables, read by rapidocr. An amount counts where one row holds it and the name or code of its own row, in whatever
column: more than these programs can be sure of.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pypdfium2

SETTINGS = {"Global.log_level": "critical", "EngineConfig.onnxruntime.intra_op_num_threads": 1}
Rows = list[str]
Word = tuple[float, float, float, float, str]
"""Left, top, right, bottom, text."""


def rows_of(words: list[Word]) -> Rows:
    """Words whose middles are no further apart than half a height, from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w[1] + w[3]):
        last = rows[-1][0] if rows else None
        if last and abs(last[1] + last[3] - word[1] - word[3]) < word[3] - word[1]:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [" ".join(word[4] for word in sorted(row)) for row in rows]


def rapidocr() -> Callable[[np.ndarray], Rows]:
    from rapidocr import RapidOCR

    engine = RapidOCR(params=dict(SETTINGS))

    def read(image: np.ndarray) -> Rows:
        found = engine(image)
        if found.boxes is None:
            return []
        edges = [(*box.min(axis=0), *box.max(axis=0)) for box in found.boxes]
        return rows_of([(*edge, text) for edge, text in zip(edges, found.txts, strict=True)])

    return read


def tesseract() -> Callable[[np.ndarray], Rows]:
    def read(image: np.ndarray) -> Rows:
        bands = _bands(image)
        with tempfile.NamedTemporaryFile(suffix=".png") as file:
            cv2.imwrite(file.name, image)
            command = ["tesseract", file.name, "-", "-l", "chi_sim", "--psm", "6", "--dpi", "200", "tsv"]
            told = subprocess.run(command, capture_output=True, text=True, check=True, env={"OMP_THREAD_LIMIT": "1"})
        words: list[Word] = []
        for line in told.stdout.splitlines()[1:]:
            cells = line.split("\t")
            if len(cells) == 12 and cells[11].strip():
                x, y, w, h = map(float, cells[6:10])
                words.append((x, y, x + w, y + h, cells[11]))
        inside: dict[int, list[Word]] = {}
        for word in words:
            inside.setdefault(sum(y < (word[1] + word[3]) / 2 for y in bands), []).append(word)
        return ["".join(word[4] for word in sorted(row)) for row in inside.values()] if bands else rows_of(words)

    return read


def _bands(image: np.ndarray) -> list[float]:
    """Where level rulings lie; all rulings are wiped out, which it takes for characters."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 51, 15)
    level, upright = (cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(bar, np.uint8)) for bar in ((1, 60), (40, 1)))
    ys = sorted(y + h / 2 for _, y, w, h, _ in cv2.connectedComponentsWithStats(level)[2][1:].tolist() if w > 200)
    image[cv2.dilate(level | upright, np.ones((5, 5), np.uint8)) > 0] = 255
    return [y for i, y in enumerate(ys) if not i or y - ys[i - 1] > 6]


def img2table() -> Callable[[np.ndarray], Rows]:
    from img2table.document import Image
    from img2table.ocr import RapidOCR
    from rapidocr import LangRec

    engine = RapidOCR({**SETTINGS, "Rec.lang_type": LangRec.CH})

    def read(image: np.ndarray) -> Rows:
        data = cv2.imencode(".png", image)[1].tobytes()
        tables = Image(src=data).extract_tables(ocr=engine)
        cells = (row for table in tables for row in table.content.values())
        return [" ".join(cell.value or "" for cell in row) for row in cells]

    return read


TOOLS = {"rapidocr": rapidocr, "tesseract": tesseract, "img2table": img2table}


def pictures(path: Path) -> Iterator[np.ndarray]:
    for page in pypdfium2.PdfDocument(path):
        yield np.ascontiguousarray(np.asarray(page.render(scale=200 / 72).to_pil().convert("RGB"))[:, :, ::-1])


def right(rows: Rows, cells: list[dict[str, str]]) -> int:
    """How many of the amounts stand in a row with their name or code."""
    bare = ["".join(row.split()).replace(",", "").replace("，", "") for row in rows]
    return sum(
        any(cell["value"] in row and (cell["item"] in row or (cell["code"] and cell["code"] in row)) for row in bare)
        for cell in cells
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tool", choices=[*TOOLS], required=True)
    options = parser.parse_args()
    read = TOOLS[options.tool]()
    for path in sorted(options.folder.glob("*.pdf")):
        cells = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        began = time.perf_counter()
        rows = [row for image in pictures(path) for row in read(image)]
        spent = time.perf_counter() - began
        print(f"{options.tool} {path.stem}: {right(rows, cells)} of {len(cells)}, {spent:.1f} s", flush=True)


if __name__ == "__main__":
    main()
