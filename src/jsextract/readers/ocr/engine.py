"""The recogniser: rapidocr with the models that lie in its package, one of each process (识别引擎)."""

from __future__ import annotations

import ctypes
import functools
import hashlib
import math
import os
import sys
from importlib import metadata, util
from pathlib import Path
from typing import Any, NamedTuple

from jsextract.readers.ocr.copies import for_search

_NEEDS = ("rapidocr", "onnxruntime", "cv2", "numpy")
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # as malloc.h has them
_SIDE, _PIXELS = 2400, 2400 * 1700  # a page of 200 dots an inch is seen as it is; memory goes by the number of pixels
_LOWEST, _LONGEST = 30, 8  # pixels of the shorter side; how many times as long a picture may be
_SETTINGS = {
    "Global.log_level": "critical",
    "Global.text_score": 0.0,  # what is hardly legible is in doubt, not gone
    "Global.use_cls": False,
    "Rec.rec_batch_num": 1,  # a batch is as wide as its widest word: a long line took half a gigabyte more
}
Pixels = Any  # a numpy array, which is not imported here
Stroke = tuple[float, float, float, float]


class Char(NamedTuple):
    """A character that was recognised: its confidence, 0 to 1, and its left and right edge in pixels."""

    text: str
    confidence: float
    x0: float
    x1: float


class Word(NamedTuple):
    """A run of characters that was found as one, with its upper and lower edge in pixels."""

    chars: tuple[Char, ...]
    y0: float
    y1: float


class Reading(NamedTuple):
    """What one look at a picture of a line gave: the characters, spaces left out, and how sure each is, 0 to 1."""

    text: str
    confidence: tuple[float, ...] = ()


@functools.cache
def installed() -> bool:
    """Whether the extra `ocr` is there; nothing of it is imported."""
    return all(util.find_spec(name) for name in _NEEDS)


@functools.cache
def versions() -> str:
    """What decides the result of a recognition: what recognises, and a digest of the code here that asks it."""
    code = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        code.update(path.read_bytes())
    return " ".join((*(f"{name} {metadata.version(name)}" for name in _NEEDS[:2]), code.hexdigest()[:12]))


def _keep_freed_memory() -> None:
    """Has glibc keep what a page needed for the next: clearing each piece anew took a third of the time."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, 1 << 30)
        mallopt(_TRIM_THRESHOLD, 512 << 20)


@functools.cache
def _engine() -> Any:
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # it is built to report to its maker, and keeps a name for this machine
    import cv2
    import onnxruntime
    from omegaconf import flag_override
    from rapidocr import RapidOCR

    onnxruntime.disable_telemetry_events()  # where somebody had loaded it before
    cv2.setNumThreads(1)  # as many workers read as there are processors
    _keep_freed_memory()
    engine: Any = RapidOCR(params=dict(_SETTINGS))
    with flag_override(engine.cfg, "allow_objects", True):
        engine.cfg.Det.session, engine.cfg.Rec.session = _session("det"), _session("rec")
    search = engine._load_det_model()
    engine.text_det = lambda image: search(for_search(image))  # what it finds is cut out of the picture as it is
    return engine


def _session(part: str) -> Any:
    """The model of one part of the recogniser, run by one processor.

    What a page takes is kept for the next one (arena). Planned for each size of page in one piece (pattern), or left to
    glibc, which cannot use again what was cut otherwise, it came to twice as much.
    """
    import onnxruntime
    import rapidocr

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena, options.enable_mem_pattern = True, False
    (model,) = (Path(rapidocr.__file__).parent / "models").glob(f"*_{part}_*.onnx")
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def _asked(image: Pixels, *, use_det: bool) -> Any:
    engine, (short, long) = _engine(), sorted(image.shape[:2])
    engine.max_side_len = min(_SIDE, math.sqrt(_PIXELS * long / short))  # it keeps what it was told last
    return engine(image, use_det=use_det, return_word_box=True, return_single_char_box=True)


def _no_sliver(image: Pixels) -> Pixels:
    """The picture, white beside or below it where it is a sliver: the search would enlarge one without end."""
    import numpy as np

    high, wide = image.shape[:2]
    below, beside = max(0, _LOWEST - high), max(0, max(_LOWEST, high // _LONGEST) - wide)
    return np.pad(image, ((0, below), (0, beside), (0, 0)), constant_values=255) if below or beside else image


def find_words(image: Pixels) -> list[Word]:
    """The words of a page.

    Args:
        image: height × width × 3, blue green red, 8 bits.
    """
    found = _asked(_no_sliver(image), use_det=True)
    if getattr(found, "boxes", None) is None:
        return []
    words = []
    for box, chars in zip(found.boxes.tolist(), found.word_results, strict=True):
        y0, y1 = (box[0][1] + box[1][1]) / 2, (box[2][1] + box[3][1]) / 2
        placed = (
            Char(char, float(confidence), min(p[0] for p in place), max(p[0] for p in place))
            for text, confidence, place in chars
            for char in text
            if not char.isspace()
        )
        words.append(Word(tuple(placed), y0, y1))
    return words


def read_strip(image: Pixels) -> Reading:
    """What is printed on a picture of one line; blank where nothing is."""
    found = _asked(image, use_det=False)
    if not found.txts:
        return Reading("")
    pairs = zip(found.txts[0], found.word_results[0].confs, strict=False)  # of a blank text there is one confidence
    chars = [(char, float(confidence)) for char, confidence in pairs if not char.isspace()]
    return Reading("".join(char for char, _ in chars), tuple(confidence for _, confidence in chars))
