"""Words seen in pictures of pages to ink, as if the pages had been typed. Pure.

Tesseract gives boxes, not type: a line's size, base and weight are measured here. Measures scatter,
so that lines of about the same size are given the same; without this every line would look like a
heading of its own. What it takes bullets and a lone I for is put right.
"""

import math
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
RULE = re.compile(r"[|_\u00a6\u2014\u2013~=]+")
TALL = re.compile(r"[A-Zbdfhijklt0-9]")
HANGING = re.compile(r"[gjpqyQ,;()\[\]{}/|@$_]")
TALL_SHARE, SMALL_SHARE, HANG_SHARE = 0.72, 0.52, 0.21
"""Of the type size: how far capitals and small letters reach up, and tails down."""
ALIKE = 0.14
"""Of a size: sizes no further from it are the same size."""
BOLD = 1.28
"""Of the usual width of strokes, size for size: from this on a line is bold."""
TALLEST_I = 0.85
"""Of the type size: a taller upright stroke is the rule of a table and no letter I."""
NOT_A_BULLET_GAP = 0.7
"""Of the type size: a mark nearer to the next word than this is part of the text."""
BULLET_REACH = 3.0
"""Of the type size: how far left of its line a bullet stands."""
BULLET_SIDES = (0.12, 0.65)
"""Of the type size: how wide and how high a bullet is."""
BULLET = "\u2022"
BULLET_LIKE = frozenset(
    ("e", "¢", "¢e", "e¢", "e«", "«", "»", "*", "°", "©", "®", "@", "o", "+", "·", BULLET)
)
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
    """All seen pages of a report as ink: few sizes of type, and bold where strokes are heavy."""
    lines = [line for page in pages for line in page.lines]
    sizes = _sizes_of(lines)
    strokes = [line.stroke for line in lines if line.stroke]
    bold = BOLD * median(strokes) if strokes else math.inf
    return [
        PageInk(
            number=page.number,
            width=page.width,
            height=page.height,
            glyphs=tuple(
                Glyph(text, x0, x1, line.base, look, 1)
                for line in page.lines
                for look in [Look(sizes[line.size], line.stroke >= bold, FONT, 0)]
                for text, x0, x1 in line.words
            ),
            aside=(),
            rules=(),
            pictures=(),
            unmapped=0,
        )
        for page in pages
    ]


def _sizes_of(lines: Sequence[SeenLine]) -> dict[float, float]:
    """For each measured size the one to take it for: the usual size, or one shared by its like."""
    usual = median([line.size for line in lines for _ in line.words] or [1.0])
    taken = {line.size: usual for line in lines if abs(line.size - usual) <= ALIKE * usual}
    group: list[float] = []
    for size in [*sorted({line.size for line in lines} - set(taken)), math.inf]:
        if group and size > group[0] * (1 + 2 * ALIKE):
            taken |= dict.fromkeys(group, median(group))
            group = []
        group.append(size)
    return {size: round(like, 1) for size, like in taken.items()}


def _line(words: Sequence[SeenWord], ink: NDArray[np.bool_], scale: float) -> SeenLine:
    size = max(median(_size(word) for word in words), 1.0)
    standing = [word for word in words if not HANGING.search(word.text)]
    hang = 0.0 if standing else HANG_SHARE * size
    base = median([word.bottom - hang for word in standing or words])
    return SeenLine(
        words=tuple((w.text, w.x0 / scale, w.x1 / scale) for w in _mended(words, size, base, ink)),
        # One base for the whole line: in a scan laid on askew the words climb or sink.
        base=base / scale,
        size=size / scale,
        stroke=_stroke(words, ink) / size,
    )


def _mended(
    words: Sequence[SeenWord], size: float, base: float, ink: NDArray[np.bool_]
) -> list[SeenWord]:
    """The words with "|" for "I" put right, rules of a table left out, and a bullet seen as one."""
    found = [
        replace(word, text=re.sub(r"\|(?=['\u2019\w]|$)", "I", word.text))
        for word in words
        if not RULE.fullmatch(word.text) or word.bottom - word.top <= TALLEST_I * size
    ]
    if not found:
        return []
    first = found[0]
    if len(found) > 1 and first.text in BULLET_LIKE:
        if found[1].x0 - first.x1 >= NOT_A_BULLET_GAP * size:
            found[0] = replace(first, text=BULLET)
        return found
    box = _bullet_before(first, size, base, ink)
    if box is not None:
        found.insert(0, replace(first, text=BULLET, x0=box[0], x1=box[1]))
    return found


def _bullet_before(
    first: SeenWord, size: float, base: float, ink: NDArray[np.bool_]
) -> tuple[int, int] | None:
    """Left and right end of the one round mark that stands a little left of a line, if one does."""
    left = max(int(first.x0 - BULLET_REACH * size), 0)
    right = int(first.x0 - NOT_A_BULLET_GAP * size)
    top = max(int(base - size), 0)
    strip = ink[top : max(int(base + HANG_SHARE * size), 0), left : max(right, 0)]
    columns, rows = np.flatnonzero(strip.any(axis=0)), np.flatnonzero(strip.any(axis=1))
    if not columns.size:
        return None
    wide, high = int(columns[-1] - columns[0]) + 1, int(rows[-1] - rows[0]) + 1
    least, most = (share * size for share in BULLET_SIDES)
    whole = columns.size >= 0.9 * wide and 0.7 * high <= wide <= 1.4 * high
    if not (whole and least <= wide <= most and least <= high <= most):
        return None
    return left + int(columns[0]), left + int(columns[-1]) + 1


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
