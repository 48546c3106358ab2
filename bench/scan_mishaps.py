"""What happens to pages between the printer and the file, besides what every office's scanner does.

Steps as in scan_manners.py; `MISHAPS` are manners that take them, those of scan_marks.py and of scan_wrappings.py.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from bench import scan_marks as marks
from bench.scan_manners import FONT, Manner, Pixels, Step, noisy, skewed, warped
from bench.scan_wrappings import WRAPPINGS


def punched(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Holes of a punch, black where the lid was open, and staples, in the margin and in the table."""
    out = image.copy()
    height = out.shape[0]
    x = round(rng.uniform(0.25, 0.6) * dpi)
    for y in (height // 2 - round(1.57 * dpi), height // 2 + round(1.57 * dpi)):
        cv2.circle(out, (x, y), round(0.12 * dpi), (25, 25, 25), -1, cv2.LINE_AA)
    for _ in range(2):
        at = np.array([rng.uniform(0.1, 0.8) * out.shape[1], rng.uniform(0.15, 0.8) * height])
        turn = rng.uniform(0, math.pi)
        to = at + np.array([math.cos(turn), math.sin(turn)]) * 0.45 * dpi
        cv2.line(out, at.astype(int), to.astype(int), (60, 60, 62), max(round(dpi / 60), 1), cv2.LINE_AA)
    return out


def framed(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """A wide black edge on all sides, as copiers leave it where the page is smaller than the glass."""
    wide = [round(rng.uniform(0.1, 0.6) * dpi) for _ in range(4)]
    return cv2.copyMakeBorder(image, *wide, cv2.BORDER_CONSTANT, value=(8, 8, 8))


def folded(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Folded twice: a dark and a bright line across the middle, both ways."""
    y, x = np.mgrid[0 : image.shape[0], 0 : image.shape[1]].astype(np.float32)
    light = np.ones(image.shape[:2], np.float32)
    for along, size in ((x, image.shape[1]), (y, image.shape[0])):
        off = (along - size * rng.uniform(0.4, 0.6)) / dpi
        light *= 1 - 0.4 * np.exp(-((off / 0.15) ** 2)) * (off < 0) - 0.3 * np.exp(-((off / 0.01) ** 2))
    return (image * light[:, :, None]).clip(0, 255).astype(np.uint8)


def of_a_screen(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """A screen photographed: its coarse dots in three colours, seen askew by the camera's."""
    height, width = image.shape[:2]
    shown = cv2.resize(image, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    dots = np.repeat(np.repeat(shown, 4, axis=0), 4, axis=1).astype(np.float32)
    lattice = np.ones((4, 4, 3), np.float32) * 0.72
    for i in range(3):
        lattice[:3, i, i] = 1.3
    dots *= np.tile(lattice, (shown.shape[0], shown.shape[1], 1))
    turn = cv2.getRotationMatrix2D((width, height), rng.uniform(-1.5, 1.5), rng.uniform(0.46, 0.49))
    turn[:, 2] += (-width / 2, -height / 2)
    seen = cv2.warpAffine(dots, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=(20, 20, 20))
    return cv2.GaussianBlur(seen, (0, 0), 0.6).clip(0, 255).astype(np.uint8)


def of_a_phone(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """A messenger's picture of a page: the bar with the hour above it, rescaled, saved badly."""
    width = 1080
    page = cv2.resize(image, (width, round(image.shape[0] * width / image.shape[1])), interpolation=cv2.INTER_AREA)
    bar = Image.new("RGB", (width, 150), (237, 237, 237))
    pen = ImageDraw.Draw(bar)
    font = ImageFont.truetype(FONT, 38)
    pen.text((40, 8), "14:26", fill=(20, 20, 20), font=font)
    pen.rounded_rectangle((930, 14, 1000, 44), 12, fill=(20, 20, 20))
    pen.text((360, 85), "决算公开工作群(38)", fill=(20, 20, 20), font=font)
    out = np.vstack([np.asarray(bar), page, np.full((60, width, 3), 245, np.uint8)])
    return _saved(_saved(out, 40), 30)


def _saved(image: Pixels, quality: int) -> Pixels:
    return cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)


def saved(quality: int) -> Step:
    """Saved with a JPEG quality that spoils small type."""
    return lambda image, rng, dpi: _saved(image, quality)


def striped(least: float, most: float) -> Step:
    """Toner that gives out in upright stripes, which keep a share of the ink between two."""

    def step(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
        wave = cv2.GaussianBlur(rng.random((1, image.shape[1])), (0, 0), dpi / 6)
        wave = (wave - wave.min()) / (wave.max() - wave.min())
        left = least + (most - least) * wave
        return (255 - (255 - image.astype(float)) * left[:, :, None]).clip(0, 255).astype(np.uint8)

    return step


def streaked(dark: int, count: int = 6) -> Step:
    """Dust on the glass of a feeder: upright lines, straight and thin, through all that is printed."""

    def step(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
        out = image.copy()
        for x in rng.uniform(0.05, 0.95, count) * image.shape[1]:
            wide = int(rng.integers(1, 3))
            part = out[:, int(x) : int(x) + wide]
            part[:] = np.minimum(part, dark) if dark < 200 else np.maximum(part, dark)
        return out

    return step


def cut_off(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Laid beyond the glass: a strip of the page is missing at the right, and what is left is as wide."""
    share = rng.uniform(0.10, 0.16)
    return image[:, : round(image.shape[1] * (1 - share))].copy()


def sheared(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Drawn in askew by the feeder: lines stay level, upright ones do not."""
    by = math.tan(math.radians(rng.uniform(0.8, 1.8) * rng.choice((-1, 1))))
    return warped(image, np.array([[1, by, -by * image.shape[0] / 2], [0, 1, 0], [0, 0, 1]]))


def slipped(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """A feeder that slips: the page is drawn out in places and crowded in others, and jumps once."""
    height, width = image.shape[:2]
    speed = 1 + 0.12 * np.sin(np.linspace(0, rng.uniform(2, 5) * math.pi, height) + rng.uniform(0, 6))
    at = np.cumsum(speed) * (height / speed.sum())
    at[int(rng.uniform(0.3, 0.7) * height) :] += 3 * dpi / 200
    x = np.tile(np.arange(width, dtype=np.float32), (height, 1))
    y = np.tile(at.astype(np.float32)[:, None], (1, width))
    return cv2.remap(image, x, y, cv2.INTER_CUBIC, borderValue=(255,) * 3)


def overlapped(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Another page lies over a corner of this one."""
    out = image.copy()
    height, width = out.shape[:2]
    top, left = int(rng.uniform(0.55, 0.75) * height), int(rng.uniform(0.35, 0.65) * width)
    out[top:, left:] = image[: height - top, : width - left]
    out[max(top - 3, 0) : top, left:] = 120
    out[top:, max(left - 3, 0) : left] = 120
    return out


def inverted(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """A screen in its dark mode."""
    return (255 - image * 0.88).astype(np.uint8)


def halftoned(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Grey as black dots by an error that is handed on."""
    pale = Image.fromarray((30 + image * 0.84).astype(np.uint8)).convert("1")
    return np.repeat(np.asarray(pale.convert("L"))[:, :, None], 3, axis=2)


def screened(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Grey as black dots of an ordered screen, as printers and cheap scanners make it."""
    bayer = np.array([[0]])
    for _ in range(2):
        bayer = np.block([[4 * bayer, 4 * bayer + 2], [4 * bayer + 3, 4 * bayer + 1]])
    grey = cv2.cvtColor((25 + image * 0.82).astype(np.uint8), cv2.COLOR_RGB2GRAY)
    tile = np.tile((bayer + 0.5) * 16, (grey.shape[0] // 4 + 1, grey.shape[1] // 4 + 1))
    return np.repeat((grey > tile[: grey.shape[0], : grey.shape[1]])[:, :, None] * np.uint8(255), 3, axis=2)


def ghosted(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Of the page before, a worn drum leaves a pale ghost, upright and moved a little."""
    ghost = np.roll(image, (round(0.35 * dpi), round(0.22 * dpi)), axis=(0, 1)).astype(float)
    return (image - (255 - ghost) * rng.uniform(0.15, 0.3)).clip(0, 255).astype(np.uint8)


def moved(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """A hand that shook: each point a short line."""
    length, turn = rng.uniform(3, 5) * dpi / 200, rng.uniform(0, math.pi)
    kernel = np.zeros((9, 9), np.float32)
    off = np.array([math.cos(turn), math.sin(turn)]) * length / 2
    cv2.line(kernel, tuple(np.round(4 - off).astype(int)), tuple(np.round(4 + off).astype(int)), 1.0)
    return cv2.filter2D(image, -1, kernel / kernel.sum())


def lit_by_flash(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """A bright spot of a flash on glossy paper, dark corners."""
    height, width = image.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    off = np.hypot((x / width - rng.uniform(0.3, 0.7)) * 1.0, (y / height - rng.uniform(0.3, 0.7)) * 1.4)
    spot = np.exp(-((off / 0.16) ** 2))[:, :, None] * 0.75
    return (image * (1 - 0.5 * (off / 1.2)[:, :, None] ** 2) * (1 - spot) + 255 * spot).clip(0, 255).astype(np.uint8)


def creased(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Crumpled once and smoothed: shade and small shifts everywhere."""
    rough = [cv2.GaussianBlur(rng.normal(0, 1, image.shape[:2]).astype(np.float32), (0, 0), dpi / 5) for _ in range(3)]
    rough = [r / r.std() for r in rough]
    y, x = np.mgrid[0 : image.shape[0], 0 : image.shape[1]].astype(np.float32)
    bent = cv2.remap(image, x + rough[0] * 0.9, y + rough[1] * 0.9, cv2.INTER_CUBIC, borderValue=(255,) * 3)
    return (bent * (1 - 0.08 * np.abs(rough[2]))[:, :, None]).clip(0, 255).astype(np.uint8)


_SEEN = (skewed(0.6), noisy(4))  # what every scanner does besides

MISHAPS: dict[str, Manner] = {
    "black stamp": Manner(200, (marks.stamped(marks.BLACK), *_SEEN), 75),
    "blue stamp": Manner(200, (marks.stamped(marks.BLUE), *_SEEN), 75),
    "signature": Manner(200, (marks.signed, *_SEEN), 75),
    "auditor": Manner(200, (marks.audited, *_SEEN), 75),
    "struck": Manner(200, (marks.struck, *_SEEN), 75),
    "punch": Manner(200, (punched, *_SEEN), 75),
    "frame": Manner(200, (skewed(0.6), framed, noisy(4)), 75),
    "fold": Manner(200, (folded, *_SEEN), 75),
    "green paper": Manner(200, (marks.on_paper((190, 225, 190)), *_SEEN), 75),
    "red paper": Manner(200, (marks.on_paper((240, 190, 180)), *_SEEN), 75),
    "grey paper": Manner(200, (marks.on_paper((150, 148, 140)), *_SEEN), 75),
    "watermark": Manner(200, (marks.watermarked(205), *_SEEN), 75),
    "dark watermark": Manner(200, (marks.watermarked(150), *_SEEN), 75),
    "highlighter": Manner(200, (marks.highlighted, *_SEEN), 75),
    "screen": Manner(200, (of_a_screen, noisy(5)), 70),
    "messenger": Manner(200, (of_a_phone,), 60),
    "jpeg 15": Manner(150, (saved(15),), 60),
    "jpeg 10": Manner(200, (saved(10),), 60),
    "tired toner": Manner(200, (striped(0.15, 1.0), *_SEEN), 75),
    "streaks": Manner(200, (*_SEEN, streaked(70)), 75),
    "white streaks": Manner(200, (*_SEEN, streaked(250)), 75),
    "cut": Manner(200, (cut_off, *_SEEN), 75),
    "shear": Manner(200, (sheared, noisy(4)), 75),
    "slip": Manner(200, (slipped, noisy(4)), 75),
    "overlap": Manner(200, (overlapped, *_SEEN), 75),
    "broken rulings": Manner(200, (marks.broken, *_SEEN), 75),
    "dotted rulings": Manner(200, (marks.dotted, *_SEEN), 75),
    "double rulings": Manner(200, (marks.doubled, *_SEEN), 75),
    "shaded rows": Manner(200, (marks.shaded_rows, *_SEEN), 75),
    "dark mode": Manner(150, (inverted,), 80),
    "halftone": Manner(200, (skewed(0.6), halftoned), 0),
    "screened": Manner(300, (skewed(0.6), screened), 0),
    "ghost": Manner(200, (ghosted, *_SEEN), 75),
    "shaken": Manner(200, (moved, noisy(6)), 75),
    "flash": Manner(200, (lit_by_flash, noisy(6)), 75),
    "crumpled": Manner(200, (creased, noisy(6)), 75),
    "300 dpi": Manner(300, _SEEN, 60),
    "600 dpi": Manner(600, _SEEN, 60),
    **{name: Manner(200, _SEEN, wrapping=wrapping) for name, wrapping in WRAPPINGS.items()},
}
