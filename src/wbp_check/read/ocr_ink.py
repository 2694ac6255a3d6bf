"""Words seen in pictures of pages to ink, as if the pages had been typed. Pure.

Tesseract gives boxes, not type: a line's size, base and weight are measured here. Measures scatter,
so that lines of about the report's usual size are given that size exactly; without this every line
would look like a heading of its own.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from wbp_check.read.ocr import Picture, SeenWord
from wbp_check.read.pdf_ink import Glyph, Look, PageInk

FONT = "scan"
TALL = re.compile(r"[A-Zbdfhkl0-9]")
HANGING = re.compile(r"[gjpqyQ,;()\[\]{}/|@$_]")
TALL_SHARE, SMALL_SHARE, HANG_SHARE = 0.72, 0.52, 0.21
"""Of the type size: how far capitals and small letters reach up, and tails down."""
USUAL = 0.14
"""Of the usual size: sizes no further from it are the usual size."""
BOLD = 1.28
"""Of the usual width of strokes, size for size: from this on a line is bold."""
DARK = 128
"""Of 255: pixels darker than this are ink."""
FEWEST_RUNS = 20
"""Runs of ink from which a stroke's width can be told."""


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A line in points from the top left; `words` are text, left and right end."""

    words: tuple[tuple[str, float, float], ...]
    base: float
    size: float
    stroke: float
    """The width of its strokes, as a share of its size; 0 where it cannot be told."""


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page as it is read, upright, in points."""

    number: int
    width: float
    height: float
    lines: tuple[SeenLine, ...]


def words_to_page(words: Sequence[SeenWord], picture: Picture, number: int) -> SeenPage:
    """The words of a picture as measured lines, turned until they stand upright."""
    turn = _turn_of(words)
    upright = [_turned(word, turn, picture) for word in words]
    grey = np.frombuffer(picture.pixels, dtype=np.uint8).reshape(picture.height, picture.width)
    ink = np.rot90(grey < DARK, turn)
    by_line: dict[int, list[SeenWord]] = defaultdict(list)
    for word in upright:
        by_line[word.line].append(word)
    return SeenPage(
        number=number,
        width=ink.shape[1] / picture.scale,
        height=ink.shape[0] / picture.scale,
        lines=tuple(_line(line, ink, picture.scale) for line in by_line.values()),
    )


def pages_to_ink(pages: Sequence[SeenPage]) -> list[PageInk]:
    """All seen pages of a report as ink: one usual size, and bold where strokes are heavy."""
    sizes = [line.size for page in pages for line in page.lines for _ in line.words]
    strokes = [line.stroke for page in pages for line in page.lines if line.stroke]
    usual = round(median(sizes), 1) if sizes else 0.0
    stroke = median(strokes) if strokes else 0.0
    return [
        PageInk(
            number=page.number,
            width=page.width,
            height=page.height,
            glyphs=tuple(
                Glyph(text, x0, x1, line.base, look, 1)
                for line in page.lines
                for look in [_look(line, usual, stroke)]
                for text, x0, x1 in line.words
            ),
            aside=(),
            rules=(),
            pictures=(),
            unmapped=0,
        )
        for page in pages
    ]


def _look(line: SeenLine, usual: float, stroke: float) -> Look:
    near = abs(line.size - usual) <= USUAL * usual
    size = usual if near else max(float(round(line.size)), 1.0)
    return Look(size, line.stroke >= BOLD * stroke > 0, FONT, 0)


def _line(words: Sequence[SeenWord], ink: NDArray[np.bool_], scale: float) -> SeenLine:
    size = max(median(_size(word) for word in words), 1.0)
    standing = [word for word in words if not HANGING.search(word.text)]
    bases = [word.bottom for word in standing] or [w.bottom - HANG_SHARE * size for w in words]
    return SeenLine(
        words=tuple((word.text, word.x0 / scale, word.x1 / scale) for word in words),
        # One base for the whole line: in a scan laid on askew the words climb or sink.
        base=median(bases) / scale,
        size=size / scale,
        stroke=_stroke(words, ink) / size,
    )


def _size(word: SeenWord) -> float:
    """The size of type in which a word with these letters is as tall as its box, in pixels."""
    share = TALL_SHARE if TALL.search(word.text) else SMALL_SHARE
    share += HANG_SHARE if HANGING.search(word.text) else 0.0
    return (word.bottom - word.top) / share


def _stroke(words: Sequence[SeenWord], ink: NDArray[np.bool_]) -> float:
    """The usual length of a run of ink along the rows of these words, in pixels."""
    lengths: list[int] = []
    for word in words:
        box = ink[max(word.top, 0) : word.bottom, max(word.x0, 0) : word.x1]
        edged = np.pad(box, ((0, 0), (1, 1))).astype(np.int8)
        steps = np.diff(edged.ravel())
        lengths += (np.flatnonzero(steps == -1) - np.flatnonzero(steps == 1)).tolist()
    return median(lengths) if len(lengths) >= FEWEST_RUNS else 0.0


def _turn_of(words: Sequence[SeenWord]) -> int:
    """Quarter turns to the left that set the words upright, from where each next word stands."""
    along = down = 0
    for one, other in pairwise(words):
        if one.line == other.line:
            along += (other.x0 + other.x1) - (one.x0 + one.x1)
            down += (other.top + other.bottom) - (one.top + one.bottom)
    if abs(along) >= abs(down):
        return 0 if along >= 0 else 2
    return 1 if down > 0 else 3


def _turned(word: SeenWord, turn: int, picture: Picture) -> SeenWord:
    x0, top, x1, bottom = word.x0, word.top, word.x1, word.bottom
    wide, high = picture.width, picture.height
    box = (
        (x0, top, x1, bottom),
        (top, wide - x1, bottom, wide - x0),
        (wide - x1, high - bottom, wide - x0, high - top),
        (high - bottom, x0, high - top, x1),
    )[turn]
    return replace(word, x0=box[0], top=box[1], x1=box[2], bottom=box[3])
