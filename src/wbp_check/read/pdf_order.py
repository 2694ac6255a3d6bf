"""The order in which a page is read: columns left to right, each from the top down. Pure.

A gutter is a strip free of type, near the middle of the text, beside enough lines that are well
filled on both sides: so neither a table of short cells nor a list with a tab is taken for columns.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from wbp_check.read.pdf_ink import Picture
from wbp_check.read.pdf_lines import Line, Word, row_to_line, words_to_rows
from wbp_check.read.pdf_tables import Table

GUTTER = 0.8
"""Of the body size: least width of the strip between two columns."""
GUTTER_STEP = 2.0
"""Points between the places where a gutter is looked for."""
GUTTER_FROM, GUTTER_TO = 0.2, 0.8
"""Of the width of the text: where a gutter may lie."""
COLUMN_LINES = 4
"""Least lines on each side of a gutter."""
COLUMN_FILL = 0.6
"""Of a column's width: how far its median line must reach."""
COLUMN_WORDS = 3
"""Words in the median line of a column."""
MAX_STEPS = 1_000
MAX_SPLITS = 4
"""How often a page is cut again."""
TAIL_GAP = 1.35
"""Of the usual distance of bases: a wider gap at a column's foot ends the columns."""

Item = Word | Table | Picture
Piece = Line | Table | Picture


@dataclass(frozen=True, slots=True)
class Column:
    """A stretch of a page that is read from the top down, and its right edge."""

    pieces: tuple[Piece, ...]
    x0: float
    x1: float
    whole: bool
    """Whether it takes the page's whole width."""


def items_to_columns(items: Sequence[Item], size: float, page: int) -> list[Column]:
    """Cuts a page into columns. `size` is the size of body type in points."""
    return [
        _column(part, page, whole) for part, whole in _cut(list(items), size, MAX_SPLITS) if part
    ]


def _rows(items: Sequence[Item]) -> list[list[Item]]:
    rows: list[list[Item]] = [
        list(row) for row in words_to_rows([i for i in items if isinstance(i, Word)])
    ]
    rows += [[item] for item in items if not isinstance(item, Word)]
    return sorted(rows, key=lambda row: (min(item.top for item in row), row[0].x0))


def _cut(items: list[Item], size: float, splits: int) -> list[tuple[list[Item], bool]]:
    """Runs of items in reading order, and whether each is as wide as what it was cut from."""
    if not items or not splits:
        return [(items, True)]
    rows = _rows(items)
    found = _find_gutter(rows, size)
    if found is None:
        return [(items, True)]
    x, first, last = found
    before = [item for row in rows[:first] for item in row]
    after = [item for row in rows[last:] for item in row]
    left = [item for row in rows[first:last] for item in row if (item.x0 + item.x1) / 2 < x]
    right = [item for row in rows[first:last] for item in row if (item.x0 + item.x1) / 2 >= x]
    parts = _cut(before, size, splits - 1)
    parts += [(part, False) for side in (left, right) for part, _ in _cut(side, size, splits - 1)]
    return parts + _cut(after, size, splits - 1)


def _find_gutter(rows: list[list[Item]], size: float) -> tuple[float, int, int] | None:
    """The best gutter: its middle, and the rows from and to which it runs."""
    left = min(item.x0 for row in rows for item in row)
    right = max(item.x1 for row in rows for item in row)
    width, half = right - left, GUTTER * size / 2
    if len(rows) < COLUMN_LINES or width < 12 * size:
        return None
    best: tuple[int, float, int, int] | None = None
    steps = min(int(width * (GUTTER_TO - GUTTER_FROM) / GUTTER_STEP), MAX_STEPS)
    start_x = left + width * GUTTER_FROM
    taken = [_taken(row, start_x, half, steps) for row in rows]
    for step in range(steps + 1):
        x, start, bit = start_x + step * GUTTER_STEP, 0, 1 << step
        for end in range(len(rows) + 1):
            if end < len(rows) and not taken[end] & bit:
                continue
            long = end - start
            better = long >= COLUMN_LINES and (best is None or long > best[0])
            if better and _filled(rows[start:end], x, right, size):
                best = (long, x, start, end)
            start = end + 1
    if best is None:
        return None
    _, x, start, end = best
    return x, start, _trim_tail(rows, x, start, end)


def _taken(row: list[Item], start: float, half: float, steps: int) -> int:
    """The places for a gutter that a row takes up, one bit each."""
    bits = 0
    for item in row:
        first = max(0, math.ceil((item.x0 - half - start) / GUTTER_STEP))
        last = min(steps, math.floor((item.x1 + half - start) / GUTTER_STEP))
        if last >= first:
            bits |= ((1 << (last - first + 1)) - 1) << first
    return bits


def _filled(run: list[list[Item]], x: float, right: float, size: float) -> bool:
    """Whether there are columns of type on both sides of `x`."""
    for side in (0, 1):
        reach: list[float] = []
        count: list[int] = []
        sides = [[i for i in row if ((i.x0 + i.x1) / 2 >= x) == bool(side)] for row in run]
        edge = min((i.x0 for part in sides for i in part), default=x)
        for part in sides:
            words = [item for item in part if isinstance(item, Word)]
            tables = [item for item in part if isinstance(item, Table)]
            for table in tables:
                lines = int((table.bottom - table.top) / size)
                reach += [table.x1 - edge] * lines
                count += [COLUMN_WORDS] * lines
            if words:
                reach.append(max(word.x1 for word in words) - edge)
                count.append(len(words))
        room = (right - edge) if side else (x - edge)
        if len(reach) < COLUMN_LINES or median(count) < COLUMN_WORDS:
            return False
        if median(reach) < COLUMN_FILL * room:
            return False
    return True


def _trim_tail(rows: list[list[Item]], x: float, start: int, end: int) -> int:
    """Leaves lines below the columns out, where the columns end above the page's foot.

    A heading under two columns is free of the gutter too, because it is short.
    """
    if end == len(rows):
        return end
    bases = [max(item.bottom for item in row) for row in rows[start:end]]
    steps = [b - a for a, b in pairwise(bases) if b - a > 1]
    usual = median(steps) if steps else 0.0
    last_right = max(
        (i for i in range(start, end) if any(item.x0 >= x for item in rows[i])), default=end - 1
    )
    for i in range(last_right + 1, end):
        if bases[i - start] - bases[i - start - 1] > TAIL_GAP * usual:
            return i
    return end


def _column(items: list[Item], page: int, whole: bool) -> Column:
    pieces: list[Piece] = []
    for row in _rows(items):
        words = [item for item in row if isinstance(item, Word)]
        if words:
            pieces.append(row_to_line(words, page))
        pieces += [item for item in row if not isinstance(item, Word)]
    return Column(
        pieces=tuple(pieces),
        x0=min(item.x0 for item in items),
        x1=max(item.x1 for item in items),
        whole=whole,
    )
