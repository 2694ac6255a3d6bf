"""Ruling lines and words to tables. Pure.

A table is a group of level and upright lines that cross and make at least two cells, or a stack of
three or more level lines of one width with aligned columns of type between them. A cell is parted
from its neighbour only where a line stands between the two; a cell that spans rows belongs to the
first of them. Boxes with one cell are frames around text, and no tables.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from wbp_check.read.pdf_ink import Picture, Rule
from wbp_check.read.pdf_lines import Line, Word, row_to_line, words_to_rows
from wbp_check.read.pdf_rules import LEAST_ROW, LEVEL_LINES, REACH, axes, rules_to_groups

FILLED_CELLS = 0.3
"""Least share of cells that hold text; below it, the lines are a chart or a form."""
WIDE_GAP = 1.0
"""Of the type size: least gap between columns that no line parts."""
CELL_GAP = 0.3
"""The same, where a line parts the columns in other rows."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines of one cell, and the edge that they run to."""

    lines: tuple[Line, ...]
    x1: float


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells in place; `columns` are the left edges, to know a table that goes on."""

    rows: tuple[tuple[Cell, ...], ...]
    x0: float
    x1: float
    top: float
    bottom: float
    columns: tuple[int, ...]
    row_tops: tuple[float, ...]
    page: int
    images: tuple[int, ...] = ()
    """Pictures in each row; empty where there are none."""


def rules_to_tables(
    rules: Sequence[Rule], words: Sequence[Word], page: int
) -> tuple[list[Table], list[Word]]:
    """Tables from the top down, and the words that stand in none."""
    tables: list[Table] = []
    left = list(words)
    for levels, uprights in rules_to_groups(rules, words):
        table, left = _grid_to_table(levels, uprights, left, page)
        if table:
            tables.append(table)
    return sorted(tables, key=lambda t: (t.top, t.x0)), left


def _grid_to_table(
    level: list[Rule], upright: list[Rule], words: list[Word], page: int
) -> tuple[Table | None, list[Word]]:
    """The table of one group of lines and the words that are left; no table, all are left."""
    ys = axes([r.top for r in level])
    x0, x1 = min(r.x0 for r in level), max(r.x1 for r in level)
    if upright:
        x0, x1 = min(x0, upright[0].x0), max(x1, upright[-1].x0)
    inside = [
        w for w in words
        if x0 - REACH <= (w.x0 + w.x1) / 2 <= x1 + REACH
        and ys[0] <= (w.top + w.bottom) / 2 <= ys[-1]
    ]  # fmt: skip
    if not inside or len(ys) < 2:
        return None, words
    xs = axes([r.x0 for r in upright])
    if len(xs) <= 2 and len(ys) >= LEVEL_LINES:
        xs, upright = _gap_columns(inside, x0, x1) or xs, []
    if len(xs) < 2 or (len(xs) == 2 and (len(ys) < 3 or all(r.shade for r in level))):
        return None, words
    parted = [
        [
            c == 0 or not upright or _parted(upright, xs, c, (top, end), inside)
            for c in range(len(xs))
        ]
        for top, end in pairwise(ys)
    ]
    cells: dict[tuple[int, int], list[Word]] = {}
    for word in inside:
        row = _slot(ys, (word.top + word.bottom) / 2)
        column = _slot(xs, (word.x0 + word.x1) / 2)
        while column and not parted[row][column]:
            column -= 1
        while row and not _parted_level(level, ys[row], xs[column], xs[column + 1]):
            row -= 1
        cells.setdefault((row, column), []).append(word)
    filled, rows = 0, []
    for row in range(len(ys) - 1):
        starts = [
            c for c in range(len(xs) - 1)
            if parted[row][c]
        ]  # fmt: skip
        made = []
        for c, following in zip(starts, [*starts[1:], len(xs) - 1], strict=True):
            found = cells.get((row, c), [])
            filled += bool(found)
            lines = tuple(row_to_line(r, page) for r in words_to_rows(found)) if found else ()
            made.append(Cell(lines, xs[following]))
        if any(cell.lines for cell in made):
            rows.append((tuple(made), ys[row]))
    total = sum(len(row) for row, _ in rows)
    if not rows or total < 2 or (len(ys) > 2 and filled < FILLED_CELLS * total):
        return None, words
    if all(len(row) == 1 for row, _ in rows) and len(rows) < 2:
        return None, words
    gone = set(map(id, inside))
    table = Table(
        rows=tuple(row for row, _ in rows),
        x0=x0,
        x1=x1,
        top=ys[0],
        bottom=ys[-1],
        columns=tuple(round(x) for x in xs),
        row_tops=tuple(top for _, top in rows),
        page=page,
    )
    return table, [word for word in words if id(word) not in gone]


def _slot(axes: list[float], place: float) -> int:
    for i in range(len(axes) - 2, 0, -1):
        if place >= axes[i]:
            return i
    return 0


def _parted(
    upright: list[Rule], xs: list[float], column: int, row: tuple[float, float], words: list[Word]
) -> bool:
    """Whether a row is parted at the left edge of a column.

    By a line there; or, as Word's banded tables rule every other row only, by words on both sides
    and none across.
    """
    x, middle = xs[column], sum(row) / 2
    if any(
        abs(r.x0 - x) <= LEAST_ROW and r.top - REACH <= middle <= r.bottom + REACH for r in upright
    ):
        return True
    if column == len(xs) - 1:
        return False
    of_row = [w for w in words if row[0] <= (w.top + w.bottom) / 2 <= row[1]]
    if any(w.x0 < x - 1 and w.x1 > x + 1 for w in of_row):
        return False
    left = [w.x1 for w in of_row if xs[column - 1] - 1 <= w.x0 < x]
    right = [w.x0 for w in of_row if x <= w.x0 <= xs[column + 1]]
    return bool(left and right) and min(right) - max(left) >= CELL_GAP * of_row[0].look.size


def _parted_level(level: list[Rule], y: float, left: float, right: float) -> bool:
    """Whether a level line stands at `y` through the middle of the column."""
    middle = (left + right) / 2
    return any(
        abs(r.top - y) <= LEAST_ROW and r.x0 - REACH <= middle <= r.x1 + REACH for r in level
    )


def _gap_columns(words: list[Word], x0: float, x1: float) -> list[float]:
    """Left edges of columns that only white space parts, and the right edge of the last."""
    size = max(word.look.size for word in words)
    edges: list[float] = [x0]
    end = -1.0
    for word in sorted(words, key=lambda w: w.x0):
        if 0 <= end < word.x0 - WIDE_GAP * size:
            edges.append(word.x0 - WIDE_GAP * size / 2)
        end = max(end, word.x1)
    return [*edges, x1] if len(edges) > 1 else []


def pictures_in_rows(
    tables: Sequence[Table], pictures: Sequence[Picture]
) -> tuple[list[Table], list[Picture]]:
    """Counts pictures that stand in a table at their row; the others are left."""
    left = list(pictures)
    found: list[Table] = []
    for table in tables:
        images = [0] * len(table.rows)
        for picture in list(left):
            x, y = (picture.x0 + picture.x1) / 2, (picture.top + picture.bottom) / 2
            if table.x0 <= x <= table.x1 and table.top <= y <= table.bottom:
                rows = [i for i, top in enumerate(table.row_tops) if top <= y]
                images[rows[-1] if rows else 0] += 1
                left.remove(picture)
        found.append(replace(table, images=tuple(images)))
    return found, left
