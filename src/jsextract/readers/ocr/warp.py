"""How a page lies in its picture (askew, seen from the side, bent), told by its rulings, which were drawn straight.

A place (u, v) of the flat page is seen at (u + h(u, v), v + g(u, v)). Along a level ruling v is one, so that its points
tell g, but for what is the same for all u; upright ones tell h. Both are fitted by least squares; what fits badly (a
stroke of type, the edge of the paper) is left out, and the rest is fitted again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from jsextract.model.document import Bend
from jsextract.readers.ocr.engine import Pixels
from jsextract.readers.ocr.picture import ink
from jsextract.readers.ocr.skew import skew, turned

_PIECE, _GAP = 24, 15  # pixels: the shortest stroke that is followed, what is missing between two
_LEAST = 150  # pixels: shorter rulings tell too little
_THICK = 9
_STEP = 8  # pixels between the points of a ruling
_RULINGS = 3  # fewer tell of themselves alone
_ROUGH = 1.25  # pixels by which a ruling's points turn aside, but for a tenth: strokes of type stand beside each other
_TOGETHER = (
    3.0  # sides of the page: the rulings of a table are as long together, rows of type that look like some are not
)
_ROUNDS = (12.0, 5.0, 2.5)  # pixels: what lies further off after each fit is left out
_FIT = 0.8  # pixels: the simplest shape that leaves no more, on average, is taken; where each does, none
_STILL = 0.8  # pixels: where nothing is moved further, the picture is left as it is
_NODE = 48  # pixels between the nodes of a mesh
_Terms = tuple[tuple[int, int], ...]
_SHAPES: tuple[_Terms, ...] = (
    ((1, 0), (1, 1)),  # askew, seen from the side
    tuple((i, j) for i in range(1, 4) for j in range(3)),
    tuple((i, j) for i in range(1, 9) for j in range(3)),  # bent towards a spine
)


class Mesh(NamedTuple):
    """Where the nodes of the flat page, `_NODE` pixels apart, are seen in the picture: x and y, rows × columns."""

    x: Pixels
    y: Pixels

    def bend(self, scale: float) -> Bend:
        """The same in points, `scale` points a pixel."""
        x, y = (tuple(round(at * scale, 2) for at in nodes.ravel().tolist()) for nodes in self)
        return Bend(_NODE * scale, self.x.shape[1], x, y)


class _Ruling(NamedTuple):
    """Points of a ruling: along it and across it."""

    along: Pixels
    across: Pixels


def mesh_of(image: Pixels) -> Mesh | None:
    """How the page lies in a picture; None where it lies flat, or nothing tells."""
    import numpy as np

    height, width = image.shape[:2]
    angle = skew(ink(image))
    straight = ink(turned(image, angle))
    u, v = _nodes(width), _nodes(height)
    level, down, across = _traced(straight), None, None
    if sum(len(ruling.along) * _STEP for ruling in level) >= _TOGETHER * width:  # else strokes of type were followed
        down = _displaced(level, u, v)
        across = _displaced(_traced(np.ascontiguousarray(straight.T)), v, u)
    x, y = np.meshgrid(u, v)
    moved = Mesh(x + (0 if across is None else across.T), y + (0 if down is None else down))
    seen = _turned_back(moved, angle, width / 2, height / 2)
    far = max(np.abs(seen.x - x).max(), np.abs(seen.y - y).max())
    return seen if far > _STILL else None


def flattened(image: Pixels, mesh: Mesh) -> Pixels:
    """The picture of the flat page; white where the picture ends."""
    import cv2
    import numpy as np

    height, width = image.shape[:2]
    at_x, at_y = np.meshgrid(np.arange(width, dtype=np.float32) / _NODE, np.arange(height, dtype=np.float32) / _NODE)
    x, y = (cv2.remap(nodes.astype(np.float32), at_x, at_y, cv2.INTER_LINEAR) for nodes in mesh)
    return cv2.remap(image, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=(255,) * 3)


def _nodes(length: int) -> Pixels:
    """Places of nodes along a side, from 0 to beyond its end."""
    import numpy as np

    return np.arange(0, length + _NODE, _NODE, dtype=float)


def _turned_back(mesh: Mesh, angle: float, x0: float, y0: float) -> Mesh:
    """The mesh of a picture that was turned about its middle, as seen before that."""
    import numpy as np

    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    right, down = mesh.x - x0, mesh.y - y0
    return Mesh(x0 + right * cos - down * sin, y0 + right * sin + down * cos)


def _traced(printed: Pixels) -> list[_Ruling]:
    """The level rulings, bent or not, each as points."""
    import cv2
    import numpy as np

    thick = cv2.dilate(printed, np.ones((3, 1), np.uint8))  # a slope is stairs: these become longer
    pieces = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, _PIECE), np.uint8))
    whole = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, np.ones((1, _GAP), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=8)
    rulings = []
    for label, (x, y, w, h, area) in enumerate(stats.tolist()):
        if label and w >= _LEAST and area <= w * _THICK and h < w / 4:
            own = labels[y : y + h, x : x + w : _STEP] == label
            dots = own.sum(axis=0)
            middle = (own * np.arange(h)[:, None]).sum(axis=0)[dots > 0] / dots[dots > 0]
            rulings.append(_Ruling(x + np.flatnonzero(dots) * _STEP, y + middle))
    return [ruling for ruling in rulings if np.percentile(np.abs(np.diff(ruling.across, 2)), 90) <= _ROUGH]


def _displaced(rulings: Sequence[_Ruling], along: Pixels, across: Pixels) -> Pixels | None:
    """How far across its ruling each node is seen, across × along; None where nothing tells.

    The simplest shape is taken that fits nearly all rulings.
    """
    import numpy as np

    if len(rulings) < _RULINGS:
        return None
    half = (along[-1] / 2, across[-1] / 2)
    best, best_left = None, np.inf
    for terms in _SHAPES:
        fit = _fitted(rulings, terms, half)
        if fit is None or fit.left >= best_left * 0.8:
            continue
        best, best_left = fit, fit.left
        if fit.left <= _FIT:
            break
    return None if best is None or best.left > _FIT else best.at(along, across, half)


class _Fit(NamedTuple):
    """A displacement as a polynomial of places scaled to -1 … 1; beyond the rulings it goes on straight.

    Attributes:
        left: how far off the points are, in pixels, on average; those that were left out count as the limit.
        low, high: between which the rulings lie, along and across.
    """

    terms: _Terms
    weights: Pixels
    left: float
    low: tuple[float, float]
    high: tuple[float, float]

    def at(self, along: Pixels, across: Pixels, half: tuple[float, float]) -> Pixels:
        """The displacement of nodes, across × along."""
        import numpy as np

        u, v = np.meshgrid(_scaled(along, half[0]), _scaled(across, half[1]))
        held_u, held_v = u.clip(self.low[0], self.high[0]), v.clip(self.low[1], self.high[1])
        near = _columns(self.terms, held_u.ravel(), held_v.ravel()) @ self.weights
        slope = _columns(self.terms, held_u.ravel(), held_v.ravel(), slope=True) @ self.weights
        return (near + slope * (u - held_u).ravel()).reshape(u.shape)


def _scaled(places: Pixels, half: float) -> Pixels:
    return places / half - 1


def _columns(terms: _Terms, u: Pixels, v: Pixels, *, slope: bool = False) -> Pixels:
    """The value of each term at each place, or its slope along u; none has any in the middle of the page."""
    import numpy as np

    chosen = [(i * u ** (i - 1) if slope else u**i) * v**j for i, j in terms]
    return np.stack(chosen, axis=-1)


def _fitted(rulings: Sequence[_Ruling], terms: _Terms, half: tuple[float, float]) -> _Fit | None:
    """The shape by which the points of each ruling have one place across it."""
    import numpy as np

    own = np.repeat(np.arange(len(rulings)), [len(r.along) for r in rulings])
    u = _scaled(np.concatenate([r.along for r in rulings]), half[0])
    seen = np.concatenate([r.across for r in rulings])
    place = np.array([r.across.mean() for r in rulings])
    kept = np.ones(len(seen), bool)
    weights = np.zeros(len(terms))
    off = np.zeros(len(seen))
    for limit in (*_ROUNDS, _ROUNDS[-1]):
        if len(set(own[kept].tolist())) < _RULINGS or kept.sum() < 8 * len(terms):
            return None
        columns = _columns(terms, u, _scaled(place, half[1])[own])
        left, right = _centred(columns, own, kept), _centred(seen[:, None], own, kept)[:, 0]
        weights = np.linalg.lstsq(
            np.vstack([left[kept], 1e-2 * np.eye(len(terms))]), np.append(right[kept], np.zeros(len(terms))), rcond=None
        )[0]
        off = np.abs(right - left @ weights)
        place = seen - columns @ weights
        kept = off <= limit
        place = np.bincount(own, place * kept, len(rulings)) / np.bincount(own, kept, len(rulings)).clip(1)
    left_over = float(np.sqrt((off.clip(0, _ROUNDS[-1]) ** 2).mean()))
    v = _scaled(place, half[1])
    return _Fit(terms, weights, left_over, (u.min(), v.min()), (u.max(), v.max()))


def _centred(values: Pixels, own: Pixels, kept: Pixels) -> Pixels:
    """Each value without the mean of those that are kept of its ruling."""
    import numpy as np

    count = np.bincount(own, kept, own.max() + 1).clip(1)
    sums = np.stack([np.bincount(own, column * kept, own.max() + 1) for column in values.T], axis=-1)
    return values - (sums / count[:, None])[own]
