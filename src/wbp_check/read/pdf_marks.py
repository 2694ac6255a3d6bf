"""Marks at the ends of lines: bullets and numbers before list items, page numbers after contents.

Pure.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from wbp_check.read.pdf_lines import Line, Word, row_to_line

INDENT = 0.8
"""Of the type size: a first line set in by this begins a paragraph."""
TAB_GAP = 0.45
"""Of the type size: a wider gap after a number shows a list mark."""
TAB_RATIO = 1.3
"""Of the line's usual gap: the same, as justified lines have wide gaps throughout."""
LEADER = re.compile(r"(?:\.\s?|…|·\s?|_\s?|-\s?){4,}\s*(?:\d{1,4}|[ivxl]{1,6})$")
NUMBER_END = re.compile(r"\d{1,4}")
CONTENTS_GAP = 2.0
"""Of the type size: gap before the number of a contents line without dots."""
CONTENTS_RUN = 3
"""Lines from which numbers at line ends make a contents list."""
BULLETS = "•◦▪▫●○■□‣⁃∙➢➤➔→✓✔❖◆◇»§·⚫⬤"
WEAK_BULLETS = ("-", "–", "—", "*", "o", "+", ">")
NUMBER_MARK = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]", re.IGNORECASE)
GLUED_MARK = re.compile(r"(\d{1,3}[.)])(?=[A-Z\"'“‘])")
NESTED_MARK = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?")
SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*$")


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does."""
    return bool(SENTENCE_END.search(text))


def mark_of(
    line: Line, left: float, above: str, ended: bool, fresh: bool
) -> tuple[str, Line] | None:
    """The line's list mark, and the line without it.

    A line that could go on from the one above begins an item only if its mark follows the mark
    `above`, or if a sentence has `ended` and the mark is set apart or is the first of its kind.
    `fresh` lines begin something new in any case.
    """
    first, size = line.words[0], line.look.size
    text = first.text
    if text[0] in BULLETS or "\ue000" <= text[0] <= "\uf8ff":
        return _glyph_mark(line, first)
    glued = GLUED_MARK.match(text)
    if glued and (_follows(above, glued[1]) or (fresh and _value(glued[1]) > 9)):
        # Two digits fill the space that a list keeps for its marks.
        rest = replace(first, text=text[glued.end(1) :], x0=first.x0 + size)
        return glued[1], _without_mark(line, (rest, *line.words[1:]))
    if len(line.words) < 2:
        return None
    second = line.words[1]
    gap = second.x0 - first.x1
    follows = _follows(above, text)
    if second.glued and gap < TAB_GAP * size and not follows:
        return None
    wide = gap >= max(TAB_GAP * size, TAB_RATIO * _usual_gap(line))
    apart = wide or first.x0 > left + INDENT * size
    ended = fresh or ended
    if text in WEAK_BULLETS:
        ok = ended and (wide or (text != "o" and fresh))
    elif NESTED_MARK.fullmatch(text):
        ok = ended and wide
    elif NUMBER_MARK.fullmatch(text):
        ok = follows or fresh or (ended and (apart or _value(text) == 1))
    else:
        ok = False
    return (text, _without_mark(line, line.words[1:])) if ok else None


def _usual_gap(line: Line) -> float:
    """The gap between most words after the first two: wide in a justified line."""
    gaps = [b.x0 - a.x1 for a, b in pairwise(line.words[1:]) if not b.glued]
    return median(gaps) if gaps else 0.0


def _glyph_mark(line: Line, first: Word) -> tuple[str, Line] | None:
    if first.text[1:].strip(BULLETS):
        word = replace(first, text=first.text[1:])
        return first.text[0], _without_mark(line, (word, *line.words[1:]))
    if len(line.words) < 2:
        return None
    return first.text, _without_mark(line, line.words[1:])


def _follows(mark: str, text: str) -> bool:
    """Whether `text` is the next mark after `mark`: "4." after "3.", "(c)" after "(b)"."""
    value = _value(mark)
    shape = re.sub(r"\w", "", mark)
    return value > 0 and _value(text) == value + 1 and re.sub(r"\w", "", text) == shape


def _value(mark: str) -> int:
    """The place of a number or letter mark in its list, from 1; 0 if it is neither."""
    core = mark.strip("().")
    if not mark or not NUMBER_MARK.fullmatch(mark):
        return 0
    if core.isdigit():
        return int(core)
    romans = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
    if len(core) > 1 or core == "i":
        return romans.index(core.lower()) + 1 if core.lower() in romans else 0
    return ord(core.lower()) - ord("a") + 1


def _without_mark(line: Line, words: tuple[Word, ...]) -> Line:
    return row_to_line(list(words), line.page)


def contents_lines(lines: Sequence[Line]) -> set[int]:
    """Places of lines with dots before a page number, or in a run that end in one after a gap."""
    dotted = {i for i, line in enumerate(lines) if LEADER.search(line.text)}
    run: list[int] = []
    found = set(dotted)
    for i, line in enumerate(lines):
        if i in dotted or _numbered_end(line):
            run.append(i)
            continue
        found |= _rising(run, lines)
        run = []
    return found | _rising(run, lines)


def _rising(run: list[int], lines: Sequence[Line]) -> set[int]:
    numbers = [int(m[0]) for i in run if (m := NUMBER_END.fullmatch(lines[i].words[-1].text))]
    if len(run) < CONTENTS_RUN or numbers != sorted(numbers):
        return set()
    edges = [lines[i].x1 for i in run]
    return set(run) if max(edges) - min(edges) <= lines[run[0]].look.size else set()


def _numbered_end(line: Line) -> bool:
    if len(line.words) < 2 or not NUMBER_END.fullmatch(line.words[-1].text):
        return False
    return line.words[-1].x0 - line.words[-2].x1 >= CONTENTS_GAP * line.look.size
