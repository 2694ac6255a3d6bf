"""Which words of a report are people's names, and whose initials stand in it. Pure.

The recognisers see a line alone, but a name is judged over the whole report: what is called "Mrs
Patel" once is a name wherever "Patel" stands, and a capital that was taken for a person is none
where the same word also stands in small letters.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from wbp_check.privacy.items import Kind, Line, Spotted

CERTAIN = 0.9
"""From here a pattern named the person: a title, a greeting, an initial before a surname."""
_MOST_SEEN = 0.5  # of a word's capitals must be seen as a person's, or it is one by chance
TITLES = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Cllr|Councillor|Prof|Professor|Sir|Dame|Rev|Revd|Sgt|Sergeant|"
    r"Inspector|Brigadier|Major|Captain|Nurse|Sister)\b\.?"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_INITIAL = r"(?:[A-Z]\.\s?|[A-Z]\s)"
_POSSESSIVE = re.compile(r"['’]s$")
_LIST = re.compile(
    r"[A-Z][^\W\d_]+(?:\s[A-Z]\b)?(?:(?:,\s(?:and\s)?|\sand\s|\s&\s)"
    rf"(?:{TITLES}\s)?(?:{_INITIAL})*[A-Z][^\W\d_]+(?:\s[A-Z]\b)?(?=[,.;]|\s(?:and|&|\()|$)){{2,}}"
)
_NO_PERSON = frozenset(
    _WORD.findall(
        "annex annexe appendix email letter note notes minute minutes reply script question questions "
        "subject dear hello text table figure section mum dad gran nan january february march april "
        "may june july august september october november december monday tuesday wednesday thursday "
        "friday saturday sunday mon tue tues wed thu thur thurs fri sat sun christmas easter teams "
        "zoom excel word outlook"
    )
)
_NO_INITIALS = frozenset(
    _WORD.findall(
        "AI AM BA BR CC CD CS CV DD DM EU FC FM GB GM GP HQ HR ID IP IT KM MD ML MP NB NI NO OK PA PC "
        "PM PO PR PS QA QR RE SO TO TV UK US VS"
    )
)


def name_words(lines: Sequence[Line]) -> tuple[frozenset[str], frozenset[str]]:
    """Words that are a name wherever they stand, and words that are one only where a pattern says.

    The latter are those that the report also writes small: "Will", "Joy", "Grace".
    """
    written = Counter(word for line in lines for word in _words(line))
    certain: set[str] = set()
    seen: Counter[str] = Counter()
    for line in lines:
        for spotted in line.spotted:
            if spotted.kind is Kind.NAME:
                text = re.sub(TITLES, " ", line.text[spotted.start : spotted.end])
                words = [w for w in map(_bare, _WORD.findall(text)) if _can_be_name(w)]
                seen.update(words)
                if spotted.confidence >= CERTAIN:
                    certain.update(words)
    capitals = Counter(
        {word: written[word] + written[f"{word}'s"] + written[f"{word}’s"] for word in seen}
    )
    small = {word for word in seen if written[word.lower()]}
    trusted = {w for w in seen if w not in small and seen[w] >= _MOST_SEEN * capitals[w]}
    return frozenset(certain - small | trusted), frozenset(certain & small)


def listed_names(lines: Sequence[Line], known: frozenset[str]) -> frozenset[str]:
    """Words that stand in a list of three or more of which one is a known name: "Bev, Isla and Jo"."""
    written = {word for line in lines for word in _words(line)}
    found: set[str] = set()
    for line in lines:
        for run in _LIST.finditer(line.text):
            words = [_bare(word) for word in _WORD.findall(re.sub(TITLES, " ", run[0]))]
            names = [word for word in words if _can_be_name(word)]
            if len(names) > 2 and any(name in known for name in names):
                found |= {name for name in names if name.lower() not in written}
    return frozenset(found)


def _words(line: Line) -> Iterator[str]:
    """The words of a line but for those in addresses and numbers: "patel" there is no small word."""
    others = [s for s in line.spotted if s.kind is not Kind.NAME]
    for match in _WORD.finditer(line.text):
        if not any(s.start <= match.start() < s.end for s in others):
            yield match[0]


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word)


def _can_be_name(word: str) -> bool:
    return (
        len(word) > 1
        and word[0].isupper()
        and not word.isupper()
        and word.lower() not in _NO_PERSON
    )


def names_in(line: Line, everywhere: frozenset[str], here_only: frozenset[str]) -> list[Spotted]:
    """The names of a line: known words with the titles and initials around them."""
    certain = [s for s in line.spotted if s.kind is Kind.NAME and s.confidence >= CERTAIN]
    spans: list[tuple[int, int]] = []
    for match in _WORD.finditer(line.text):
        word = _bare(match[0])
        inside = any(s.start <= match.start() < s.end for s in certain)
        if word in everywhere or (inside and word in here_only):
            spans.append((match.start(), match.start() + len(word)))
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and re.fullmatch(rf"\s+{_INITIAL}*", line.text[joined[-1][1] : start]):
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return [_widened(line.text, start, end, certain) for start, end in joined]


_BEFORE = re.compile(rf"(?:{TITLES}\s+)?(?:(?<![^\W\d_]){_INITIAL})*$")
_AFTER = re.compile(r"\s[B-HJ-Z]\b(?!['’])\.?")


def _widened(text: str, start: int, end: int, certain: Sequence[Spotted]) -> Spotted:
    before = _BEFORE.search(text[:start])
    after = _AFTER.match(text, end)
    named = any(s.start < end and start < s.end for s in certain)
    return Spotted(
        kind=Kind.NAME,
        start=before.start() if before else start,
        end=after.end() if after else end,
        confidence=0.95 if named else 0.7,
    )


def initials_of(lines: Sequence[Line], words: frozenset[str]) -> frozenset[str]:
    """The initials of everybody named in full, or with an initial before the surname."""
    found: set[str] = set()
    for line in lines:
        for spotted in names_in(line, words, frozenset()):
            name = re.sub(TITLES, " ", line.text[spotted.start : spotted.end])
            letters = [word[0] for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", name)]
            if len(letters) > 1:
                found.add(letters[0] + letters[-1])
        found |= {
            re.sub(r"[^A-Z]", "", line.text[s.start : s.end])
            for s in line.spotted
            if s.kind is Kind.INITIALS
        }
    return frozenset(found - _NO_INITIALS)


def initials_in(line: Line, initials: frozenset[str]) -> list[Spotted]:
    """Where some of these initials stand in a line."""
    return [
        Spotted(kind=Kind.INITIALS, start=match.start(), end=match.end(), confidence=0.6)
        for match in re.finditer(r"(?<![\w£.])[A-Z]\.?-?[A-Z]\b\.?(?!\w)", line.text)
        if re.sub(r"[^A-Z]", "", match[0]) in initials
    ]
