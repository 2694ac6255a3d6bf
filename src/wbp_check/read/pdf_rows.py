"""The rows of a report's tables as text. Pure.

A table that goes on over a page goes on here: the first row that Word repeats on the next page is
dropped, and a row that the page's end cut in two is joined.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wbp_check.read.pdf_layout import Flow, Piece
from wbp_check.read.pdf_lines import Line
from wbp_check.read.pdf_marks import ends_sentence
from wbp_check.read.pdf_paragraphs import Paragraph, lines_to_paragraphs
from wbp_check.read.pdf_tables import Cell, Table
from wbp_check.read.pdf_text import Lexicon, contents_text, lines_to_text

CELL_PADDING = 5.4
"""Points: Word's own space between a cell's text and its edge."""


@dataclass(frozen=True, slots=True)
class Row:
    """A table row as text."""

    cells: tuple[str, ...]
    labels: tuple[str, ...]
    page: int
    images: int


def table_rows(flow: Flow, lexicon: Lexicon) -> dict[int, list[Row]]:
    """The rows of each table; a table that goes on over a page goes on here."""
    found: dict[int, list[Row]] = {}
    last: int | None = None
    for i, piece in enumerate(flow.pieces):
        if not isinstance(piece, Table):
            if not (isinstance(piece, Paragraph) and piece.note):
                last = None
            continue
        rows = [
            _row(row, piece, piece.images[n] if piece.images else 0, flow.pitch, lexicon)
            for n, row in enumerate(piece.rows)
        ]
        before = flow.pieces[last] if last is not None else None
        if last is not None and isinstance(before, Table) and _goes_on(before, piece):
            head = next(r for j in sorted(found) if found[j] for r in found[j][:1] if j <= last)
            chain = _chain_head(flow.pieces, found, last)
            head = chain or head
            if rows and len(rows) > 1 and rows[0].cells == head.cells:
                rows = rows[1:]
            if rows and found[last] and _rest_of_row(found[last][-1], rows[0]):
                found[last][-1] = _merged(found[last][-1], rows[0])
                rows = rows[1:]
        found[i] = rows
        if rows or last is None:
            last = i
    return found


def _chain_head(pieces: Sequence[Piece], found: dict[int, list[Row]], last: int) -> Row | None:
    """The first row of the table that the piece at `last` belongs to."""
    i = last
    while i > 0:
        piece, before = pieces[i], pieces[i - 1]
        if isinstance(before, Table) and isinstance(piece, Table) and _goes_on(before, piece):
            i -= 1
        else:
            break
    return found[i][0] if found.get(i) else None


def _goes_on(before: Table, table: Table) -> bool:
    same = len(before.columns) == len(table.columns) and all(
        abs(a - b) <= 3 for a, b in zip(before.columns, table.columns, strict=True)
    )
    return same and before.page + 1 == table.page


def _rest_of_row(above: Row, row: Row) -> bool:
    """Whether a page's first row is the rest of the row that the last page cut."""
    if len(above.cells) != len(row.cells) or row.labels:
        return False
    pairs = [(a, b) for a, b in zip(above.cells, row.cells, strict=True) if b]
    return bool(pairs) and all(a and b[0].islower() and not ends_sentence(a) for a, b in pairs)


def _merged(above: Row, row: Row) -> Row:
    cells = tuple(f"{a} {b}".strip() for a, b in zip(above.cells, row.cells, strict=True))
    return Row(cells, above.labels, above.page, above.images + row.images)


def _row(
    cells: Sequence[Cell],
    table: Table,
    images: int,
    pitch: Callable[[float], float],
    lexicon: Lexicon,
) -> Row:
    texts: list[str] = []
    labels: list[str] = []
    for cell in cells:
        right = cell.x1 - CELL_PADDING

        def limit(_: Line, right: float = right) -> float:
            return right

        left = min((line.x0 for line in cell.lines), default=0.0)
        paragraphs = lines_to_paragraphs(cell.lines, left, limit, pitch)
        labels += [p.mark for p in paragraphs if p.mark]
        parts = [
            contents_text(t) if p.contents else t
            for p in paragraphs
            if (t := lines_to_text(p.lines, lexicon))
        ]
        texts.append("\n".join(parts))
    return Row(tuple(texts), tuple(labels), table.page, images)
