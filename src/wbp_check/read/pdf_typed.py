"""Tables that were set with tabs alone, taken out of the lines around them. Pure."""

from collections.abc import Sequence

from wbp_check.read.pdf_lines import Line, Word, row_to_line
from wbp_check.read.pdf_tables import Cell, Table

TYPED_GAP = 2.0
"""Of the type size: gap between the cells of a table without any lines."""
TYPED_ROWS = 3
"""Least rows of such a table."""
TYPED_SLACK = 0.5
"""Of the type size: how far its columns' left edges may differ."""
TYPED_WORDS = 8
"""Most words of the mean cell of such a table: beyond, the columns are prose."""


def typed_tables(lines: Sequence[Line], page: int) -> list[list[Line] | Table]:
    """Lines with tables that were set with tabs alone taken out of them.

    Safe means: three rows or more with the same number of short cells at the same left edges.
    Lines that begin with a list mark or end in a page number look alike and are left.
    """
    parts: list[list[Line] | Table] = []
    run: list[tuple[Line, list[list[Word]]]] = []
    plain: list[Line] = []

    def settle() -> None:
        nonlocal plain, run
        if len(run) >= TYPED_ROWS and _is_typed_table(run):
            if plain:
                parts.append(plain)
            plain = []
            parts.append(_typed_table(run, page))
        else:
            plain += [line for line, _ in run]
        run = []

    for line in lines:
        cells = _typed_cells(line)
        if run and not _aligned(run[0][1], cells, line.look.size):
            settle()
        if len(cells) > 1:
            run.append((line, cells))
        else:
            settle()
            plain.append(line)
    settle()
    if plain:
        parts.append(plain)
    return parts


def _typed_cells(line: Line) -> list[list[Word]]:
    cells = [[line.words[0]]]
    for left, word in zip(line.words, line.words[1:], strict=False):
        if word.x0 - left.x1 >= TYPED_GAP * line.look.size:
            cells.append([word])
        else:
            cells[-1].append(word)
    return cells


def _aligned(first: list[list[Word]], cells: list[list[Word]], size: float) -> bool:
    return len(first) == len(cells) and all(
        abs(a[0].x0 - b[0].x0) <= TYPED_SLACK * size for a, b in zip(first, cells, strict=True)
    )


def _is_typed_table(run: list[tuple[Line, list[list[Word]]]]) -> bool:
    cells = [cell for _, row in run for cell in row]
    words = sum(len(cell) for cell in cells)
    marks = all(len(row[0]) == 1 and len(row[0][0].text) <= 3 for _, row in run)
    numbers = all(len(row) == 2 and row[1][0].text.isdigit() for _, row in run)
    return words <= TYPED_WORDS * len(cells) and not marks and not numbers


def _typed_table(run: list[tuple[Line, list[list[Word]]]], page: int) -> Table:
    x1 = max(line.x1 for line, _ in run)
    rows = tuple(tuple(Cell((row_to_line(cell, page),), x1) for cell in cells) for _, cells in run)
    first = run[0][0]
    return Table(
        rows=rows,
        x0=first.x0,
        x1=x1,
        top=first.top,
        bottom=run[-1][0].bottom,
        columns=tuple(round(cell[0].x0) for cell in run[0][1]),
        row_tops=tuple(line.top for line, _ in run),
        page=page,
    )
