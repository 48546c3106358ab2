"""How far a page lies askew, by its rulings and lines of type: turned level, they fill few rows of dots (倾斜校正)."""

from __future__ import annotations

from jsextract.readers.ocr.engine import Pixels

_MOST = 5.0  # degrees: what lies more askew was turned on purpose
_LEAST = 0.05
_STEPS = (0.5, 0.1, 0.025)
_SIDE = 1000  # pixels: lines of type are still told apart in a picture of that size
_SURE = 1.02  # by which rows must stand out more than as the page lies


def skew(printed: Pixels) -> float:
    """How many degrees the rulings and lines of type fall to the right; 0 where nothing stands in lines.

    Args:
        printed: white where something is printed.
    """
    import cv2

    scale = min(_SIDE / max(printed.shape), 1.0)
    small = cv2.resize(printed, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)

    def contrast(angle: float) -> float:
        return float(turned(small, angle, 0).mean(axis=1).var())

    best, reach = 0.0, _MOST
    for step in _STEPS:
        count = round(reach / step)
        best, reach = max((best + step * k for k in range(-count, count + 1)), key=contrast), step
    return best if abs(best) <= _MOST and contrast(best) > contrast(0.0) * _SURE else 0.0


def turned(image: Pixels, angle: float, beyond: int = 255) -> Pixels:
    """The picture turned about its middle so that what fell by the angle lies level; `beyond` where nothing was."""
    import cv2

    if abs(angle) < _LEAST:
        return image
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(
        image, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(beyond,) * 3
    )
