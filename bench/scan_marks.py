"""What stands on a page besides its print: stamps, pens, colours, words below it; and how its tables are ruled.

Steps as in scan_manners.py.
"""

from __future__ import annotations

import itertools

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from bench.scan_manners import FONT, Pixels, Step, seal_of

BLACK, BLUE = (35, 35, 38), (45, 60, 170)


def _mixed(image: Pixels, cover: Pixels, colour: tuple[int, int, int]) -> Pixels:
    """Ink of a colour laid over, `cover` 0 to 1: what is black below stays black."""
    tint = 1 - cover[:, :, None] * (1 - np.array(colour) / 255)
    return (image * tint).clip(0, 255).astype(np.uint8)


def _pen(image: Pixels) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    sheet = Image.new("L", (image.shape[1], image.shape[0]), 0)
    return sheet, ImageDraw.Draw(sheet)


def _cover(sheet: Image.Image, strength: float = 1.0, soft: float = 0.8) -> Pixels:
    return cv2.GaussianBlur(np.asarray(sheet, np.float32) / 255 * strength, (0, 0), soft)


def _figures(image: Pixels, rng: np.random.Generator, count: int) -> list[tuple[int, int, int, int]]:
    """Places of runs of type, as boxes, drawn at random."""
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    dark = (grey < 110).astype(np.uint8)
    runs = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((1, 13), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    boxes = [tuple(int(v) for v in s[:4]) for s in stats[1:] if 8 <= s[3] <= 40 and 25 <= s[2] <= 200]
    if not boxes:
        return []
    return [boxes[i] for i in rng.choice(len(boxes), min(count, len(boxes)), replace=False)]


def stamped(colour: tuple[int, int, int], count: int = 2, millimetres: int = 40) -> Step:
    """Round stamps in an ink that is not red."""

    def step(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
        side = round(millimetres / 25.4 * dpi)
        cover = np.zeros(image.shape[:2], np.float32)
        for _ in range(count):
            y = int(rng.uniform(0.1, 0.7) * image.shape[0])
            x = int(rng.uniform(0.1, 0.9) * (image.shape[1] - side))
            part = cover[y : y + side, x : x + side]
            part[:] = np.maximum(part, seal_of(side, rng)[: part.shape[0]] * rng.uniform(0.55, 0.9))
        return _mixed(image, cover, colour)

    return step


def signed(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Signatures in black and blue written across what is printed."""
    for colour in (BLACK, BLUE):
        sheet, pen = _pen(image)
        x, y = rng.uniform(0.15, 0.55) * image.shape[1], rng.uniform(0.2, 0.7) * image.shape[0]
        for _ in range(3):
            at = np.cumsum(rng.normal((0.06, 0), (0.05, 0.11), (14, 2)) * dpi, axis=0) + np.array((x, y))
            pen.line([tuple(p) for p in _smooth(at)], fill=255, width=max(round(dpi / 70), 2), joint="curve")
            x += 0.45 * dpi
        image = _mixed(image, _cover(sheet, 0.95), colour)
    return image


def _smooth(points: Pixels) -> Pixels:
    fine = np.linspace(0, len(points) - 1, len(points) * 8)
    raw = np.stack([np.interp(fine, range(len(points)), points[:, i]) for i in (0, 1)], axis=1)
    kernel = np.ones(9) / 9
    return np.stack([np.convolve(np.pad(raw[:, i], 4, "edge"), kernel, "valid") for i in (0, 1)], axis=1)


def audited(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Pencil and red pen of an auditor: ticks beside figures, lines under them, rings around them."""
    for colour, strength, width in (((90, 90, 95), 0.75, 2), ((200, 40, 45), 0.9, 3)):
        sheet, pen = _pen(image)
        wide = max(round(width * dpi / 200), 1)
        for x, y, w, h in _figures(image, rng, 24):
            what = rng.integers(3)
            if what == 0:
                left = x + w * rng.uniform(0.6, 1.1)
                pen.line([(left, y + h * 0.5), (left + h * 0.3, y + h), (left + h * 1.2, y - h * 0.3)], 255, wide)
            elif what == 1:
                down = y + h + rng.uniform(-1, 4)
                pen.line([(x - 4, down), (x + w / 2, down + rng.uniform(-2, 2)), (x + w + 4, down)], 255, wide)
            else:
                pen.ellipse((x - 8, y - 6, x + w + 8, y + h + 6), outline=255, width=wide)
        image = _mixed(image, _cover(sheet, strength), colour)
    return image


def struck(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Figures struck out by pen."""
    sheet, pen = _pen(image)
    for x, y, w, h in _figures(image, rng, 6):
        pen.line([(x - 3, y + h * rng.uniform(0.35, 0.65)), (x + w + 3, y + h * rng.uniform(0.35, 0.65))], 255, 3)
    return _mixed(image, _cover(sheet, 0.95), BLUE)


def on_paper(colour: tuple[int, int, int]) -> Step:
    """Printed on paper of a colour."""

    def step(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
        return (image * (np.array(colour) / 255)).astype(np.uint8)

    return step


def watermarked(grey: int, words: str = "某某县财政局") -> Step:
    """Light words repeated askew over the page."""

    def step(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
        side = int(1.5 * max(image.shape[:2]))
        sheet = Image.new("L", (side, side), 0)
        font = ImageFont.truetype(FONT, round(0.35 * dpi))
        for row, y in enumerate(range(0, side, round(1.1 * dpi))):
            for x in range(-row % 2 * dpi, side, round(2.9 * dpi)):
                ImageDraw.Draw(sheet).text((x, y), words, fill=255, font=font)
        turned = np.asarray(sheet.rotate(rng.uniform(25, 40)), np.float32) / 255
        y, x = (side - image.shape[0]) // 2, (side - image.shape[1]) // 2
        return _mixed(image, turned[y : y + image.shape[0], x : x + image.shape[1]], (grey,) * 3)

    return step


def highlighted(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Felt pens of three colours drawn over figures."""
    for colour in ((255, 240, 60), (120, 230, 120), (250, 140, 190)):
        sheet, pen = _pen(image)
        for x, y, w, h in _figures(image, rng, 8):
            pen.line([(x - 6, y + h / 2), (x + w + 6, y + h / 2 + rng.uniform(-3, 3))], 255, round(h * 1.5))
        image = _mixed(image, _cover(sheet, 0.9), colour)
    return image


def _rulings(image: Pixels) -> tuple[Pixels, Pixels]:
    """Where level and upright rulings are drawn."""
    dark = (cv2.cvtColor(image, cv2.COLOR_RGB2GRAY) < 170).astype(np.uint8)
    return tuple(cv2.morphologyEx(dark, cv2.MORPH_OPEN, bar) for bar in (np.ones((1, 70)), np.ones((45, 1))))


def broken(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Rulings with gaps, some of them gone."""
    out = image.copy()
    for lines in _rulings(image):
        holes = cv2.GaussianBlur(rng.random(lines.shape).astype(np.float32), (0, 0), dpi / 25)
        out[(cv2.dilate(lines, np.ones((3, 3))) > 0) & (holes > np.quantile(holes, 0.75))] = 255
    return out


def dotted(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Rulings as rows of dots."""
    out = image.copy()
    y, x = np.mgrid[0 : image.shape[0], 0 : image.shape[1]]
    pitch = max(round(dpi / 40), 3)
    level, upright = (cv2.dilate(lines, np.ones((3, 3))) > 0 for lines in _rulings(image))
    out[level & (x % pitch >= pitch * 0.5) & ~upright] = 255
    out[upright & (y % pitch >= pitch * 0.5) & ~level] = 255
    return out


def doubled(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Each ruling as two with a little white between."""
    out = image.copy()
    for lines, way in zip(_rulings(image), ((0, 1), (1, 0)), strict=True):
        off = max(round(dpi / 45), 3)
        again = np.roll(lines, (way[1] * off, way[0] * off), axis=(0, 1))
        out[again > 0] = 0
    return out


def shaded_rows(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Every other row of a table on grey, and its first rows white on blue."""
    level, _ = _rulings(image)
    edges = np.flatnonzero(level.mean(axis=1) > 0.25)
    rows = [y for i, y in enumerate(edges) if i == 0 or y - edges[i - 1] > 6]
    if len(rows) < 4:
        return image
    out = image.astype(float)
    xs = np.flatnonzero(level[rows[0] : rows[-1]].any(axis=0))
    for i, (top, bottom) in enumerate(itertools.pairwise(rows)):
        part = out[top:bottom, xs[0] : xs[-1]]
        if i < 2:
            light = 1 - part / 255
            part[:] = np.array([40, 90, 170]) * (1 - light) + 255 * light
        elif i % 2:
            part *= 0.84
    return out.clip(0, 255).astype(np.uint8)
