"""Lines to paragraphs. Pure.

A line begins a paragraph if it stands lower than lines usually do, looks different, carries a list
mark, is set in, or follows a line that ended though the line's first word had room on it. The rest
of a paragraph may stand in the next column or on the next page.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from wbp_check.read.pdf_lines import Line
from wbp_check.read.pdf_marks import CONTENTS_RUN, INDENT, contents_lines, ends_sentence, mark_of

GAP = 1.25
"""Of the usual distance of bases: a greater one begins a paragraph."""
SAME_SIZE = 0.6
"""Points by which type of one size may differ."""
ALIGNED = 0.5
"""Of the type size: left edges as near as this are one edge."""
ROOM = 0.3
"""Of the type size: room to spare after a sentence's end that shows a paragraph's end."""
ROOM_MID_SENTENCE = 1.5
"""The same, where no sentence ends."""
ROOM_LOWER = 0.35
"""Of the column's width: the same, where the next line goes on in small letters."""
HYPHENS = "-\u00ad\u2010"
SPACE = 0.25
"""Of the type size: a word space."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that are read as one. `mark` is its bullet or number, already off its words."""

    lines: tuple[Line, ...]
    right: float
    mark: str = ""
    mark_x: float = 0.0
    mark_gap: float = 0.0
    """Points from the mark to the text."""
    contents: bool = False
    note: bool = False

    @property
    def page(self) -> int:
        """The page that it begins on."""
        return self.lines[0].page

    @property
    def x0(self) -> float:
        """The left edge of its first line's text."""
        return self.lines[0].x0


Limit = Callable[[Line], float]
"""How far to the right a line may run."""


def usual_pitch(columns: Iterable[Sequence[Line]]) -> Callable[[float], float]:
    """The usual distance of bases for a type size, from the lines of the whole report."""
    seen: dict[float, Counter[float]] = {}
    for lines in columns:
        for above, line in pairwise(lines):
            step = line.base - above.base
            size = line.look.size
            if abs(size - above.look.size) < SAME_SIZE and 0.8 * size <= step <= 2.6 * size:
                seen.setdefault(round(size * 2) / 2, Counter())[round(step * 2) / 2] += 1
    known: dict[float, float] = {}
    for size, steps in seen.items():
        most = steps.most_common(1)[0][1]
        known[size] = min(step for step, n in steps.items() if n >= 0.3 * most)
    main = max(seen, key=lambda size: seen[size].total(), default=0.0)
    ratio = known[main] / main if main and seen[main].total() >= CONTENTS_RUN else 1.2

    def pitch(size: float) -> float:
        rounded = round(size * 2) / 2
        if rounded in known and seen[rounded].total() >= CONTENTS_RUN:
            return known[rounded]
        return ratio * size

    return pitch


def lines_to_paragraphs(
    lines: Sequence[Line], left: float, right: Limit, pitch: Callable[[float], float]
) -> list[Paragraph]:
    """The paragraphs of one column, in order."""
    contents = contents_lines(lines)
    paragraphs: list[Paragraph] = []
    for i, line in enumerate(lines):
        last = paragraphs[-1] if paragraphs else None
        if i in contents:
            paragraphs.append(Paragraph((line,), right(line), contents=True))
            continue
        fresh = last is None or last.contents or _breaks(last, line, left, pitch)
        ended = last is None or ends_sentence(last.lines[-1].text)
        mark = mark_of(line, left, last.mark if last else "", ended, fresh)
        if mark is not None:
            text, rest = mark
            gap = rest.x0 - line.words[0].x1
            paragraphs.append(
                Paragraph((rest,), right(line), mark=text, mark_x=line.x0, mark_gap=gap)
            )
        elif fresh or last is None:
            paragraphs.append(Paragraph((line,), right(line)))
        else:
            paragraphs[-1] = replace(last, lines=(*last.lines, line))
    return paragraphs


def goes_on(above: Paragraph, below: Paragraph) -> bool:
    """Whether `below`, first in its column, is the rest of `above`, last in the one before."""
    if above.contents or below.contents or below.mark or above.note != below.note:
        return False
    end, start = above.lines[-1], below.lines[0]
    if abs(end.look.size - start.look.size) > SAME_SIZE or end.look.bold != start.look.bold:
        return False
    if start.text[:1].islower():
        return not ends_sentence(end.text) or end.text[-1] in ":;"
    return not ends_sentence(end.text) and not _has_room(end, start, above.right, SPACE)


def _breaks(last: Paragraph, line: Line, left: float, pitch: Callable[[float], float]) -> bool:
    """Whether `line` cannot be the next line of `last`."""
    above = last.lines[-1]
    size = line.look.size
    step = line.base - above.base
    usual = pitch(max(size, above.look.size))
    if len(last.lines) > 1:
        usual = max(usual, above.base - last.lines[-2].base)
    if step > GAP * usual or step < -size:
        return True
    if abs(size - above.look.size) > SAME_SIZE:
        return True
    if line.look.bold != above.look.bold and (line.words[0].look.bold != above.words[-1].look.bold):
        return True
    short = _has_room(above, line, last.right, SPACE)
    if short and line.look.colour != above.look.colour:
        return True
    if _set_in(last, line, left):
        return True
    if not short or (above.text[-1] in HYPHENS and line.text[:1].islower()):
        return False
    room = (last.right - above.x1) - _first_width(line)
    if ends_sentence(above.text):
        return room > ROOM * size
    if line.text[:1].islower():
        return room > ROOM_LOWER * (last.right - last.x0)
    return room > ROOM_MID_SENTENCE * size


def _set_in(last: Paragraph, line: Line, left: float) -> bool:
    """Whether the line's left edge shows a new paragraph."""
    size = line.look.size
    above = last.lines[-1]
    if last.mark:
        if len(last.lines) > 1:
            return abs(line.x0 - above.x0) > ALIGNED * size
        hanging = abs(line.x0 - above.x0) <= ALIGNED * size
        set_in = last.mark_x > left + INDENT * size
        edge = last.mark_x + (ALIGNED if set_in else -ALIGNED) * size
        # Where first lines are set in, the rest of an item stands at the column's edge.
        flush = left + ALIGNED * size < line.x0 < edge and ends_sentence(above.text)
        return not hanging and (flush or line.x0 > above.x0 + INDENT * size)
    if len(last.lines) > 1:
        return line.x0 - above.x0 > INDENT * size and not _centred(above, line, last.right)
    return line.x0 - above.x0 > INDENT * size and ends_sentence(above.text)


def _centred(above: Line, line: Line, right: float) -> bool:
    return abs((above.x0 + above.x1) - (line.x0 + line.x1)) < line.look.size / 2


def _first_width(line: Line) -> float:
    """The width of what must stay together at the line's beginning."""
    end = line.words[0].x1
    for word in line.words[1:]:
        if not word.glued:
            break
        end = word.x1
    return end - line.words[0].x0 + SPACE * line.look.size


def _has_room(above: Line, line: Line, right: float, spare: float) -> bool:
    return right - above.x1 - _first_width(line) > spare * line.look.size
