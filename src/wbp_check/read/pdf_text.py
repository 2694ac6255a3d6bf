"""Lines of a paragraph to its text: line ends joined, hyphens settled. Pure.

A hyphen at a line's end stays if the report writes the word with a hyphen elsewhere, goes if it
writes it in one, and otherwise goes only in a report that hyphenates its lines at all: Word does
not unless told to, so a hyphen at the end of one of its lines is most likely the writer's own.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wbp_check.read.pdf_lines import SOFT_HYPHEN, Line, is_raised, words_to_text
from wbp_check.read.pdf_marks import LEADER

HYPHENATED = 0.03
"""Share of lines ending in a hyphen from which the report is hyphenated by its program."""
OWN_HYPHEN = frozenset(
    ("self", "non", "ex", "well", "mid", "co", "pre", "post", "half", "semi", "all", "one", "two")
)
"""First halves that English writes with a hyphen."""
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
END_HYPHEN = re.compile(r"([^\W\d_]+)[-\u2010]$")
START_WORD = re.compile(r"[^\W\d_]+")
ADDRESS = re.compile(r"(?:https?://|www\.)\S*[/\-_=&?.]$")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The report's own words, which settle its hyphens."""

    words: Counter[str]
    hyphenates: bool


def lines_to_lexicon(lines: Iterable[Line]) -> Lexicon:
    """Counts the words that stand within lines, and how many lines end in a hyphen."""
    words: Counter[str] = Counter()
    total = hyphens = 0
    for line in lines:
        found = WORD.findall(line.text.casefold())
        ends = bool(END_HYPHEN.search(line.text)) or line.text.endswith(SOFT_HYPHEN)
        total += 1
        hyphens += ends
        words.update(found[:-1] if ends else found)
    return Lexicon(words, total > 0 and hyphens >= HYPHENATED * total)


def lines_to_text(
    lines: Sequence[Line], lexicon: Lexicon, marks: frozenset[str] = frozenset()
) -> str:
    """The text of lines, without the raised `marks` that refer to notes."""
    text = ""
    for line in lines:
        words = [w for w in line.words if not (w.text in marks and is_raised(w, line))]
        piece = words_to_text(words)
        if not piece:
            continue
        text = _join(text, piece, lexicon) if text else piece
    return text.replace(SOFT_HYPHEN, "")


def contents_text(text: str) -> str:
    """A contents line with a tab for its dots, as Word holds it."""
    found = LEADER.search(text)
    if found:
        return f"{text[: found.start()].rstrip()}\t{re.split(r'[^0-9a-zA-Z]', found[0])[-1]}"
    title, _, number = text.rpartition(" ")
    return f"{title.rstrip()}\t{number}"


def _join(text: str, piece: str, lexicon: Lexicon) -> str:
    if text.endswith(SOFT_HYPHEN):
        return text[:-1] + piece
    found = END_HYPHEN.search(text)
    start = START_WORD.match(piece)
    if found and start:
        left, right = found[1].casefold(), start[0].casefold()
        if not start[0][0].islower() or _keeps_hyphen(left, right, lexicon):
            return text + piece
        return text[:-1] + piece
    if re.search(r"\w[-–—]$", text) or ADDRESS.search(text):
        return text + piece
    return f"{text} {piece}"


def _keeps_hyphen(left: str, right: str, lexicon: Lexicon) -> bool:
    words = lexicon.words
    if words[f"{left}-{right}"]:
        return True
    if words[left + right] or not lexicon.hyphenates:
        return not words[left + right]
    if left in OWN_HYPHEN:
        return True
    return bool(words[left] and words[right] and len(left) > 3 and len(right) > 3)
