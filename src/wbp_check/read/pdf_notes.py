"""Sets the notes at a page's foot apart from the text above them. Pure.

Notes are the last lines of a column: all in smaller type, the first beginning with a mark that is
raised or glued to its text, and the same mark standing raised in the text above.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from wbp_check.read.pdf_lines import Line, is_raised
from wbp_check.read.pdf_order import Column

NOTE_SIZE = 0.93
"""Of the body size: notes are smaller than this."""
NOTE_MARK = re.compile(r"\d{1,3}|[*†‡§]{1,3}|[ivx]{1,5}")


def split_notes(
    columns: Sequence[Column], body: float
) -> tuple[list[Column], list[Line], frozenset[str]]:
    """Columns without their notes, the lines of the notes, and their marks."""
    kept: list[Column] = []
    notes: list[Line] = []
    marks: set[str] = set()
    raised = {
        word.text
        for column in columns
        for piece in column.pieces
        if isinstance(piece, Line)
        for word in piece.words
        if is_raised(word, piece) and NOTE_MARK.fullmatch(word.text)
    }
    for column in columns:
        start = _start_of_notes(column, body, raised)
        tail = [piece for piece in column.pieces[start:] if isinstance(piece, Line)]
        notes += tail
        marks |= {line.words[0].text for line in tail if line.words[0].text in raised}
        if column.pieces[:start]:
            kept.append(replace(column, pieces=column.pieces[:start]))
    return kept, notes, frozenset(marks)


def _start_of_notes(column: Column, body: float, raised: set[str]) -> int:
    """Where the notes begin: the highest marked line of the small type at the foot."""
    start = len(column.pieces)
    for i in range(len(column.pieces) - 1, -1, -1):
        piece = column.pieces[i]
        if not isinstance(piece, Line) or piece.look.size > NOTE_SIZE * body:
            break
        # A mark that the text above does not bear is a list's number or a caption's.
        if len(piece.words) > 1 and piece.words[0].text in raised:
            start = i
    return start
