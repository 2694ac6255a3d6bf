"""Ruling lines and pictures of a PDF page, from its drawn objects, also those inside forms."""

import ctypes
import math
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from wbp_check.read.pdf_ink import Frame, Picture, Rule

MAX_OBJECTS_PER_PAGE = 40_000
"""Drawn objects looked at for lines and pictures; the rest of a map or a chart is left alone."""
MAX_SEGMENTS_PER_PATH = 2_000
MAX_RULES_PER_PAGE = 4_000
MAX_FORM_DEPTH = 3
"""Forms within forms, when looking for lines and pictures."""
RULE_THICKNESS = 3.0
"""Points: a filled box thinner than this is a line."""
RULE_LENGTH = 8.0
"""Points: anything shorter rules nothing."""
WHITE = 250
"""Of 255: fills of at least this in all channels cannot be seen."""
Matrix = tuple[float, float, float, float, float, float]


def drawn_of(page: pdfium.PdfPage, frame: Frame) -> tuple[list[Rule], list[Picture]]:
    """Ruling lines and pictures in place."""
    rules: list[Rule] = []
    pictures: list[Picture] = []
    for kind, page_object, matrix in _objects(page):
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            corners = [_apply(matrix, x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]
            xs, ys = [c[0] for c in corners], [c[1] for c in corners]
            if all(map(math.isfinite, (*xs, *ys))):
                box = frame.place_box((min(xs), min(ys), max(xs), max(ys)))
                pictures.append(Picture(*box))
        elif len(rules) < MAX_RULES_PER_PAGE:
            rules.extend(_path_rules(page_object, matrix, frame))
    return rules, pictures


def fill_of(page_object: object) -> int:
    """The colour that an object is filled with, as 0xRRGGBB."""
    r, g, b, a = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(page_object, r, g, b, a):
        return 0
    return int(r.value << 16 | g.value << 8 | b.value)


def _path_rules(path: object, matrix: Matrix, frame: Frame) -> list[Rule]:
    """The level and upright lines of a path that is drawn, with the edges of its boxes."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    count = raw.FPDFPath_CountSegments(path)
    if not 2 <= count <= MAX_SEGMENTS_PER_PATH:
        return []
    if not raw.FPDFPath_GetDrawMode(path, fill, stroke) or not (fill.value or stroke.value):
        return []
    colour = fill_of(path) if fill.value else 0
    unseen = all(colour >> shift & 255 >= WHITE for shift in (0, 8, 16))
    if unseen and not stroke.value:
        return []
    rules: list[Rule] = []
    for points in _subpaths(path, count, matrix, frame):
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        box = (min(xs), min(ys), max(xs), max(ys))
        width, height = box[2] - box[0], box[3] - box[1]
        if min(width, height) <= RULE_THICKNESS:
            if max(width, height) >= RULE_LENGTH:
                rules.append(Rule(*box))
            continue
        shade = not stroke.value
        for (ax, ay), (bx, by) in pairwise(points):
            if min(abs(ax - bx), abs(ay - by)) <= 0.5 and math.dist((ax, ay), (bx, by)) >= (
                RULE_LENGTH
            ):
                rules.append(Rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), shade))
    return rules


def _subpaths(
    path: object, count: int, matrix: Matrix, frame: Frame
) -> list[list[tuple[float, float]]]:
    """The corner points of each part of a path, closed where the path closes."""
    parts: list[list[tuple[float, float]]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        px, py = _apply(matrix, x.value, y.value)
        if not (math.isfinite(px) and math.isfinite(py)):
            return []
        point = frame.place(px, py)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO or not parts:
            parts.append([point])
        else:
            parts[-1].append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            parts[-1].append(parts[-1][0])
    return [part for part in parts if len(part) > 1]


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[int, object, Matrix]]:
    """Paths and images with the matrix that takes their points to the page."""
    left = MAX_OBJECTS_PER_PAGE
    identity: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    count = min(raw.FPDFPage_CountObjects(page), left)
    stack: list[tuple[object, Matrix, int]] = [
        (raw.FPDFPage_GetObject(page, i), identity, 0) for i in reversed(range(count))
    ]
    found = raw.FS_MATRIX()
    while stack and left > 0:
        left -= 1
        page_object, outer, depth = stack.pop()
        kind = raw.FPDFPageObj_GetType(page_object)
        if kind not in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM):
            continue
        matrix = outer
        if raw.FPDFPageObj_GetMatrix(page_object, found):
            own = (found.a, found.b, found.c, found.d, found.e, found.f)
            matrix = _compose(own, outer)
        if kind != raw.FPDF_PAGEOBJ_FORM:
            yield kind, page_object, matrix
        elif depth < MAX_FORM_DEPTH:
            count = min(raw.FPDFFormObj_CountObjects(page_object), left)
            stack += [
                (raw.FPDFFormObj_GetObject(page_object, i), matrix, depth + 1)
                for i in reversed(range(count))
            ]


def _apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _compose(inner: Matrix, outer: Matrix) -> Matrix:
    a, b = _apply((*outer[:4], 0.0, 0.0), inner[0], inner[1])
    c, d = _apply((*outer[:4], 0.0, 0.0), inner[2], inner[3])
    e, f = _apply(outer, inner[4], inner[5])
    return a, b, c, d, e, f
