"""Ways in which a page becomes a scan: what scanners, copiers, cameras, stamps and clips do to its picture.

A picture is an array of height × width × 3, red green blue, 8 bits. Each step draws what it needs from the generator.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from bench.scan_wrappings import Wrapping

Pixels = np.ndarray
Step = Callable[[Pixels, np.random.Generator, int], Pixels]
"""From a picture, a generator and its dots an inch to another picture."""
FONT = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"
_SEAL_MM = 40
_INK = 127  # a level of grey; brighter is the edge of a stroke
_SPECKS = 0.002  # of the dots of a copy


@dataclass(frozen=True)
class Manner:
    """How a page is scanned.

    Attributes:
        steps: in the order in which they happen.
        jpeg: quality of the picture in the file; 0 where it is black and white.
        turns: quarters by which a page may lie on the glass.
        pages: how many are laid side by side.
        pooled: whether it is one of those that every office makes.
        wrapping: how the pictures lie in the file; None for a JPEG or CCITT picture a page.
    """

    dpi: int = 200
    steps: tuple[Step, ...] = ()
    jpeg: int = 85
    turns: tuple[int, ...] = (0,)
    pages: int = 1
    pooled: bool = False
    wrapping: Wrapping | None = None


def warped(image: Pixels, matrix: Pixels, fill: int = 255) -> Pixels:
    size = (image.shape[1], image.shape[0])
    return cv2.warpPerspective(image, matrix, size, flags=cv2.INTER_CUBIC, borderValue=(fill,) * 3)


def skewed(most: float, least: float = 0.0) -> Step:
    """Laid askew by up to so many degrees."""

    def step(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
        angle = rng.uniform(least, most) * rng.choice((-1, 1))
        turn = cv2.getRotationMatrix2D((image.shape[1] / 2, image.shape[0] / 2), angle, 1.0)
        return warped(image, np.vstack([turn, [0, 0, 1]]))

    return step


def noisy(deviation: float) -> Step:
    """Noise of a sensor."""

    def step(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
        return (image + rng.normal(0, deviation, (*image.shape[:2], 1))).clip(0, 255).astype(np.uint8)

    return step


def blurred(sigma: float) -> Step:
    """Out of focus; sigma in dots at 200 an inch."""

    def step(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
        return cv2.GaussianBlur(image, (0, 0), sigma * dpi / 200 * rng.uniform(0.7, 1.0))

    return step


def jpeg(worst: int, best: int) -> Step:
    """Saved once before."""

    def step(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(worst, best + 1))]
        return cv2.imdecode(cv2.imencode(".jpg", image, quality)[1], cv2.IMREAD_COLOR)

    return step


def shaded(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Lit from one side, by a warm lamp."""
    height, width = image.shape[:2]
    angle, depth = rng.uniform(0, 2 * math.pi), rng.uniform(0.25, 0.45)
    y, x = np.mgrid[0:height, 0:width]
    slope = (x / width - 0.5) * math.cos(angle) + (y / height - 0.5) * math.sin(angle)
    light = (1 - depth * (slope + 0.5).clip(0, 1))[:, :, None] * np.array([1.0, 0.97, 0.9])
    return (image * light).clip(0, 255).astype(np.uint8)


def perspective(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Seen by a camera that is not held level, on a dark table."""
    height, width = image.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    inwards = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]]) * (width, height)
    seen = corners + inwards * rng.uniform(0.0, 0.035, (4, 2))
    return warped(image, cv2.getPerspectiveTransform(corners, seen.astype(np.float32)), 60)


def curved(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """A page of a bound book: rows bend towards the spine, which is dark, and columns crowd there."""
    height, width = image.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    along = x / width if rng.random() < 0.5 else 1 - x / width
    bend = np.exp(-along / rng.uniform(0.12, 0.25)) * rng.uniform(0.010, 0.022) * height
    mapped_y = y + bend * (0.4 + 0.6 * y / height)
    mapped_x = x + np.exp(-along / 0.1) * 0.012 * width
    bent = cv2.remap(image, mapped_x, mapped_y, cv2.INTER_CUBIC, borderValue=(255,) * 3)
    light = 1 - 0.45 * np.exp(-along / 0.06)
    return (bent * light[:, :, None]).clip(0, 255).astype(np.uint8)


def photocopied(least: float, most: float) -> Step:
    """Black and white by a threshold that leaves a share of the ink black, drawn between two, with specks and holes."""

    def step(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
        sharp = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
        grey = cv2.GaussianBlur(sharp, (0, 0), 0.9 * dpi / 200) + rng.normal(0, 22, sharp.shape)
        black = grey < np.quantile(grey[sharp <= max(_INK, int(sharp.min()))], rng.uniform(least, most))
        dots = rng.random(grey.shape) < _SPECKS / 2
        black = (black | cv2.dilate(dots.astype(np.uint8), np.ones((2, 2))).astype(bool)) & ~(
            rng.random(grey.shape) < _SPECKS
        )
        return np.repeat(np.where(black, 0, 255).astype(np.uint8)[:, :, None], 3, axis=2)

    return step


def faxed(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """As a fax of standard fineness has it: half the lines, black and white, a line lost here and there."""
    height, width = image.shape[:2]
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    half = cv2.resize(grey, (width, height // 2), interpolation=cv2.INTER_AREA)
    black = (half + rng.normal(0, 10, half.shape) < 160).astype(np.uint8)
    lost = np.flatnonzero(rng.random(len(black)) < 0.003)
    black[lost] = black[np.maximum(lost - 1, 0)]
    whole = cv2.resize(1 - black, (width, height), interpolation=cv2.INTER_NEAREST) * 255
    return np.repeat(whole[:, :, None], 3, axis=2)


def sealed(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Two red seals, stamped where most is printed; ink below stays black."""
    out = image.astype(float)
    side = round(_SEAL_MM / 25.4 * dpi)
    for _ in range(2):
        seal = seal_of(side, rng)
        y = int(rng.uniform(0.15, 0.7) * image.shape[0])
        x = int(rng.uniform(0.1, 0.9) * (image.shape[1] - side))
        part = out[y : y + side, x : x + side]
        cover = seal[: part.shape[0], : part.shape[1], None] * rng.uniform(0.55, 0.9)
        colour = np.array([rng.uniform(195, 230), rng.uniform(30, 70), rng.uniform(40, 80)]) / 255
        part *= 1 - cover * (1 - colour)
    return out.clip(0, 255).astype(np.uint8)


def seal_of(side: int, rng: np.random.Generator) -> Pixels:
    """Where a seal leaves ink, 0 to 1: a ring, a star, words around it; worn here and there."""
    large = 400
    image = Image.new("L", (large, large), 0)
    pen = ImageDraw.Draw(image)
    pen.ellipse((8, 8, large - 8, large - 8), outline=255, width=14)
    points = [
        (200 + r * math.sin(i * math.pi / 5), 200 - r * math.cos(i * math.pi / 5)) for i, r in enumerate((62, 25) * 5)
    ]
    pen.polygon(points, fill=255)
    words = "某某市某某区财政局决算专用章"
    font = ImageFont.truetype(FONT, 50)
    for i, char in enumerate(words):
        angle = math.radians(-130 + 260 * i / (len(words) - 1))
        tile = Image.new("L", (60, 60), 0)
        ImageDraw.Draw(tile).text((5, 0), char, fill=255, font=font)
        tile = tile.rotate(-math.degrees(angle), Image.Resampling.BICUBIC)
        image.paste(255, (round(170 + 145 * math.sin(angle)), round(170 - 145 * math.cos(angle))), tile)
    turned = image.rotate(rng.uniform(-25, 25), Image.Resampling.BICUBIC).resize((side, side), Image.Resampling.LANCZOS)
    worn = cv2.GaussianBlur(rng.random((side, side)), (0, 0), 3)
    worn = 0.65 + 0.35 * ((worn - worn.min()) / (worn.max() - worn.min()) > 0.35)
    return np.asarray(turned) / 255 * worn


def shown_through(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Thin paper: print of the other side, here the page's own mirrored, shines through."""
    back = cv2.GaussianBlur(np.roll(image[:, ::-1], 37, axis=0), (0, 0), 1.6 * dpi / 200)
    return (image - (255 - back.astype(float)) * rng.uniform(0.12, 0.22)).clip(0, 255).astype(np.uint8)


def stapled(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Black where the lid stood open, on two sides, a staple, and the shadow of a folded corner."""
    out = image.copy()
    height, width = out.shape[:2]
    out[:, : round(dpi * rng.uniform(0.05, 0.25))] = 15
    out[height - round(dpi * rng.uniform(0.05, 0.25)) :] = 20
    cv2.line(out, (round(dpi * 0.4), round(dpi * 0.5)), (round(dpi * 0.75), round(dpi * 0.3)), (40, 40, 40), 5)
    fold = np.array([[width - dpi, 0], [width, 0], [width, dpi]], np.int32)
    shadow = cv2.fillPoly(np.full((height, width), 1.0, np.float32), [fold], 0.55)
    return (out * cv2.GaussianBlur(shadow, (0, 0), dpi / 12)[:, :, None]).astype(np.uint8)


def pale(image: Pixels, rng: np.random.Generator, dpi: int) -> Pixels:
    """Little toner on grey paper."""
    return (rng.uniform(150, 175) + image.astype(float) / 255 * 60).clip(0, 255).astype(np.uint8)


MANNERS: dict[str, Manner] = {
    "200 dpi": Manner(200, pooled=True),
    "150 dpi": Manner(150, pooled=True),
    "100 dpi": Manner(100, pooled=True),
    "skew": Manner(150, (skewed(2.0, 0.5),), pooled=True),
    "noise": Manner(150, (skewed(0.8), noisy(12), jpeg(50, 70)), 75, pooled=True),
    "photo": Manner(200, (blurred(0.9), perspective, shaded, noisy(5)), 75, pooled=True),
    "seal": Manner(200, (sealed, skewed(0.8), noisy(4)), 75, pooled=True),
    "harsh": Manner(100, (skewed(2.0, 1.5), blurred(0.8), noisy(16), jpeg(50, 60)), 70),
    "curved": Manner(200, (curved, blurred(0.7), noisy(5)), 75),
    "photocopy": Manner(200, (skewed(0.8), photocopied(0.93, 0.98)), 0),
    "faint photocopy": Manner(200, (skewed(0.8), photocopied(0.5, 0.93)), 0),
    "fax": Manner(200, (skewed(0.8), faxed), 0),
    "copy of a copy": Manner(200, (photocopied(0.93, 0.98), skewed(1.0), photocopied(0.93, 0.98), noisy(6)), 75),
    "turned": Manner(200, (skewed(0.5), noisy(5)), turns=(1, 2, 3)),
    "two up": Manner(200, (skewed(0.5), noisy(5)), pages=2),
    "bleed": Manner(200, (shown_through, noisy(5)), 75),
    "staple": Manner(200, (skewed(0.8), stapled, noisy(5)), 75),
    "pale": Manner(200, (pale, noisy(4)), 75),
}
