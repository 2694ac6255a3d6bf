"""Labels of annexes in headings and in running text: "Annex A", "Appendices 1 to 3", "Evidence II".

A label is known by its identifier alone, so that "Appendix A" in the body means the annex headed
"Annex A". A single letter must be a capital, or "annex a customer saw" would name one.
"""

import re
from collections.abc import Sequence

from wbp_check.standard import Headings

_IDENTIFIER = (
    r"(?:\d{1,2}(?:\.\d{1,2})?|[A-Z]\d{0,2}|(?i:ii|iii|iv|vi{0,3}|ix|one|two|three|four|five|six))"
)
_NUMBER = r"\s*(?i:no\.?|number|item)?\s*[(\[]?\s*"
_BETWEEN = r"\s*(?:,\s*(?:and\b)?|and\b|&|or\b|to\b|[-\u2013])\s*"
_RANGE = re.compile(r"\s*(?:to\b|[-\u2013])\s*")
_WORDS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
_ROMAN = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9",
}  # fmt: skip
_IN_HEADING = re.compile(rf"{_NUMBER}({_IDENTIFIER}|[a-z])(?![\w'\u2019])")


def heading_label(text: str, headings: Headings) -> tuple[str, str]:
    """The label that a heading begins with and the title after it; "" for what is not there.

    "Annex A: Email to Helen" → "Annex A", "Email to Helen".
    """
    word = _annex_word(headings).search(text)
    if word is None or re.search(r"[^\W\d_]{2}", text[: word.start()]):
        return "", text.strip()
    found = _IN_HEADING.match(text, word.end())
    if found is None:
        return "", text[word.end() :].strip(" .:-\u2013\u2014|\t") or text.strip()
    label = " ".join(text[word.start() : found.end()].replace("(", " ").replace("[", " ").split())
    return label, text[found.end() :].lstrip(" .:-\u2013\u2014|)]\t").rstrip(" :|\t")


def identifier_of(label: str) -> str:
    """What tells one label from another: "A", "2"; Roman numbers and words as figures."""
    last = label.split()[-1] if label else ""
    return _normal(last)


def identifiers_in(text: str, headings: Headings) -> frozenset[str]:
    """Identifiers of all annexes that a text names, those within a range included."""
    found: set[str] = set()
    for word in _annex_word(headings).finditer(text):
        listed = re.compile(
            rf"{_NUMBER}({_IDENTIFIER}(?![\w'\u2019])(?:{_BETWEEN}{_IDENTIFIER}(?![\w'\u2019]))*)"
        ).match(text, word.end())
        if listed:
            found |= _listed(listed[1])
    return frozenset(found)


def _annex_word(headings: Headings) -> re.Pattern[str]:
    return _pattern((*headings.annexes, *headings.annexes_if_numbered))


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})(?![^\W\d_])", re.I)


def _listed(text: str) -> set[str]:
    parts = re.split(rf"({_BETWEEN})", text)
    found = {_normal(part) for part in parts[::2]}
    for joint, first, last in zip(parts[1::2], parts[:-1:2], parts[2::2], strict=True):
        if _RANGE.fullmatch(joint):
            found |= _between(first, last)
    return found


def _between(first: str, last: str) -> set[str]:
    low, high = _normal(first), _normal(last)
    if low.isdecimal() and high.isdecimal():
        return {str(n) for n in range(int(low), int(high) + 1)}
    # In "A to K" the I is a letter, and in "A to I" too; a heading "Annex I" is known as 1.
    if re.fullmatch("[A-Z]{2}", first + last):
        return {_normal(chr(n)) for n in range(ord(first), ord(last) + 1)}
    return set()


def _normal(identifier: str) -> str:
    lower = identifier.lower()
    if lower in _WORDS:
        return _WORDS[lower]
    if lower in _ROMAN:
        return _ROMAN[lower]
    return identifier.upper()
