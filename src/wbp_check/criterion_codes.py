"""Criterion codes in running text: single, in lists and in ranges. Pure.

A code is K, S or B, the number of its component, a dot and its own number: "K1.1", "S2.10". The dot
tells it from postcodes ("K1 2AB"), buckets ("S3"), and the undotted statements of the occupational
standard ("K12"). Lists and ranges may leave out what repeats: "K1.1–K1.4", "S2.9/10", "K4.3 to 4.6".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LETTERS = "KSB"
_CODE = r"(?:(?P<letter>[KSB]\s?|[ksb])(?P<component>\d{1,2})\.(?P<number>\d{1,2}))"
_LETTER_PART = r"(?:\([ab]\)|[ab]\b)?"  # S3.3 has parts a and b
_END = r"(?![\w%]|\.\d|-\w*\d)"  # "S2.1-X4" is a product
_FIRST = re.compile(rf"(?<![\w.£$€#@/'\u2019-]){_CODE}{_LETTER_PART}(?!\w|\.\d)")
_JOINT = re.compile(
    r"(?P<range>\s*[-\u2013\u2014]\s*|\s+(?:to|through)\s+)"
    r"|(?P<list>\s*(?:[,;/&+]|\band\b)(?:\s*(?:and\b|&))?\s*)"
)
_NEXT = re.compile(rf"{_CODE}{_LETTER_PART}(?!\w|\.\d)")
# Without its letter a number must not be a measure: "(K4.6, 3.5 hours)".
_GOES_ON = r"(?=\s*(?:[,;/&+)\]|\u2013\u2014-]|and\b|to\b|$|[KSB]\s?\d)|[.:](?:\s|$))"
_LETTERLESS = re.compile(rf"(?P<component>\d{{1,2}})\.(?P<number>\d{{1,2}}){_GOES_ON}")
_NUMBER_ONLY = re.compile(rf"(?P<number>\d{{1,2}}){_GOES_ON}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Codes that are written together, expanded, and where they stand in the text."""

    codes: tuple[str, ...]
    start: int
    end: int


def find_mentions(text: str, method: Sequence[str]) -> tuple[Mention, ...]:
    """All mentions in the order of the text.

    A range over several components holds those of the `method`'s codes that lie in it.
    """
    found = []
    at = 0
    while match := _FIRST.search(text, at):
        codes, end = _chain(text, match, method)
        at = end
        if re.match(_END, text[end:]):
            found.append(Mention(codes=tuple(dict.fromkeys(codes)), start=match.start(), end=end))
    return tuple(found)


def order_of(code: str) -> tuple[int, int, int]:
    """What codes are sorted by: K before S before B, then by number."""
    component, _, number = code[1:].partition(".")
    return _LETTERS.index(code[0]), int(component), int(number)


def _chain(text: str, first: re.Match[str], method: Sequence[str]) -> tuple[list[str], int]:
    """The codes from a first one on, as far as a list or range goes, and where that ends."""
    codes = [_code_of(first, "")]
    end = first.end()
    while joint := _JOINT.match(text, end):
        item = _item(text, joint)
        if item is None:
            break
        code = _code_of(item, codes[-1])
        codes += _between(codes[-1], code, method) if joint["range"] else [code]
        end = item.end()
    return codes, end


def _item(text: str, joint: re.Match[str]) -> re.Match[str] | None:
    at = joint.end()
    tight = joint[0] == joint[0].strip()
    return (
        _NEXT.match(text, at)
        or _LETTERLESS.match(text, at)
        or (_NUMBER_ONLY.match(text, at) if tight else None)
    )


def _code_of(match: re.Match[str], before: str) -> str:
    """The code of a match; what it leaves out is taken from the code before it."""
    groups = match.groupdict()
    letter = (groups.get("letter") or before[:1]).strip().upper()
    component = groups.get("component") or before[1:].partition(".")[0]
    return f"{letter}{int(component)}.{int(match['number'])}"


def _between(first: str, last: str, method: Sequence[str]) -> Iterator[str]:
    """The codes after the first up to the last one; the last alone if it does not come later."""
    component, _, number = first.partition(".")
    other, _, end = last.partition(".")
    if component == other:
        yield from (f"{component}.{n}" for n in range(int(number) + 1, int(end)))
    else:
        yield from sorted(
            (code for code in method if order_of(first) < order_of(code) < order_of(last)),
            key=order_of,
        )
    yield last
