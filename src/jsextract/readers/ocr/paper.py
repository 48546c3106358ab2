"""The paper of a page made evenly white: shade is taken off, and what lies around the paper painted over."""

from __future__ import annotations

from jsextract.readers.ocr.engine import Pixels

_COARSE = 8  # pixels of the picture a pixel of the shade, which has no fine detail
_REACH = 7  # such pixels: between characters some paper is that near
_DARK = 0.55  # of the usual paper: what reaches in from the edge and is darker is no paper
_MOST = 0.4  # of the picture: where more is dark, the paper itself is
_EVEN = 0.85  # the darkest paper to the brightest, where nothing needs to be done
_WHITE = 250.0
_NIGHT, _APART = 100, 40  # levels: of the paper of a negative, at the most; by which print stands out from paper
_PRINT = 0.3  # of a page, at the most: where more is bright, it is the paper


def positive(image: Pixels) -> Pixels:
    """The picture with dark print on bright paper: a negative, bright print on dark paper, is turned about."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    usual = int(np.median(grey))
    if usual >= _NIGHT:
        return image
    bright, dark = (grey > usual + _APART).mean(), (grey < max(usual - _APART, 0)).mean()
    return cv2.bitwise_not(image) if dark < bright < _PRINT else image


def levelled(image: Pixels) -> Pixels:
    """The picture as evenly lit, on white; itself where it is so already, or is no print on paper.

    Args:
        image: blue, green, red.
    """
    import cv2
    import numpy as np

    height, width = image.shape[:2]
    size = (max(width // _COARSE, 1), max(height // _COARSE, 1))
    grey = cv2.resize(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), size, interpolation=cv2.INTER_AREA)
    bright = cv2.medianBlur(cv2.dilate(grey, np.ones((_REACH, _REACH), np.uint8)), 5)
    beyond = _beyond(grey, float(np.median(bright)))
    paper = bright[beyond == 0]
    darkest, brightest = np.percentile(paper, (2, 98))
    if beyond.mean() > _MOST or (not beyond.any() and darkest >= brightest * _EVEN):
        return image
    shade = _smooth(bright.astype(np.float32), (beyond == 0).astype(np.float32))
    gain = _WHITE / cv2.resize(shade, (width, height)).clip(1)
    lit = cv2.merge([(level * gain).clip(0, 255).astype(np.uint8) for level in cv2.split(image)])
    lit[cv2.resize(beyond, (width, height), interpolation=cv2.INTER_NEAREST) > 0] = round(_WHITE)
    return lit


def _beyond(grey: Pixels, usual: float) -> Pixels:
    """Where something dark reaches in from the edge of the picture: a table, an open lid."""
    import cv2
    import numpy as np

    dark = (cv2.medianBlur(grey, 3) < usual * _DARK).astype(np.uint8)
    _, labels = cv2.connectedComponents(dark, connectivity=8)
    edge = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    beyond = np.isin(labels, edge[edge > 0]).astype(np.uint8)
    return cv2.dilate(beyond, np.ones((3, 3), np.uint8))


def _smooth(values: Pixels, known: Pixels) -> Pixels:
    """The values without detail; where they are not known, those of what lies around."""
    import cv2
    import numpy as np

    near, far = ((cv2.GaussianBlur(values * known, (0, 0), s), cv2.GaussianBlur(known, (0, 0), s)) for s in (4, 40))
    smooth = np.where(near[1] > 0.2, near[0] / near[1].clip(1e-3), far[0] / far[1].clip(1e-3))
    return smooth.astype(np.float32)
