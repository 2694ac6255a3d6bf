"""Personal data in a report: what to take out before anybody else reads it. Pure.

A line is looked at by the recognisers alone, but a name is judged over the whole report: what is
called "Mrs Patel" once is a name wherever "Patel" stands, and a capital that the name recogniser
took for a person is none where the same word also stands in small letters. Names of organisations,
public bodies and places are not personal; a title with a bare letter ("Mrs P") is a disguise.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from wbp_check.types import BlockKind, Region, Report


class Kind(StrEnum):
    """What a piece of personal data is, in the order of the list."""

    NAME = "name"
    INITIALS = "initials"
    PHONE = "phone number"
    EMAIL = "email address"
    POSTCODE = "postcode"
    ADDRESS = "street address"
    REFERENCE = "reference"
    NHS = "NHS number"
    NINO = "National Insurance number"
    CARD = "card number"
    BANK = "bank details"
    BIRTH = "date of birth"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spotted:
    """A piece of a line that may be personal data, by its characters; confidence from 0 to 1."""

    kind: Kind
    start: int
    end: int
    confidence: float


Spot = Callable[[str], Sequence[Spotted]]
"""From a line of text to what the recognisers see in it (`recognisers.load_recognisers`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """Text that a file carries outside its report: a page header, a comment."""

    place: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalItem:
    """One piece of personal data where it stands.

    `block` is an index into `Report.blocks` and `start` a character of its text; an aside's item has
    neither block nor region.
    """

    kind: Kind
    text: str
    block: int | None
    start: int
    place: str
    region: Region | None
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalText:
    """The same text of the same kind, with all its places. `cover`: it stands on the cover, too."""

    kind: Kind
    text: str
    items: tuple[PersonalItem, ...]
    cover: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a paragraph or of a table's cell, and what was spotted in it."""

    text: str
    block: int | None
    start: int
    place: str
    region: Region | None
    spotted: tuple[Spotted, ...]


CERTAIN = 0.9
"""From here a pattern named the person: a title, a greeting, an initial before a surname."""
_MOST_SEEN = 0.5  # of a word's capitals must be seen as a person's, or it is one by chance
_TITLES = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Cllr|Councillor|Prof|Professor|Sir|Dame|Rev|Revd|Sgt|Sergeant|"
    r"Inspector|Brigadier|Major|Captain|Nurse|Sister)\b\.?"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_INITIAL = r"(?:[A-Z]\.\s?|[A-Z]\s)"
_LINE = re.compile(r"[^\t\n]+")
_LABEL = re.compile(r"(?:annex|annexe|appendix)\s+\w+\s*[-–—:.]*\s*", re.I)
_POSSESSIVE = re.compile(r"['’]s$")
_LIST = re.compile(
    r"[A-Z][^\W\d_]+(?:\s[A-Z]\b)?(?:(?:,\s(?:and\s)?|\sand\s|\s&\s)"
    rf"(?:{_TITLES}\s)?(?:{_INITIAL})*[A-Z][^\W\d_]+(?:\s[A-Z]\b)?(?=[,.;]|\s(?:and|&|\()|$)){{2,}}"
)
_NO_PERSON = frozenset(
    "annex annexe appendix email letter note notes minute minutes reply script question questions "
    "subject dear hello text table figure section mum dad gran nan january february march "
    "april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun christmas easter teams zoom excel word outlook".split()
)
_NO_INITIALS = frozenset(
    "AI AM BA BR CC CD CS CV DD DM EU FC FM GB GM GP HQ HR ID IP IT KM MD ML MP NB NI NO OK PA PC "
    "PM PO PR PS QA QR RE SO TO TV UK US VS".split()
)


def find_personal_data(
    report: Report, spot: Spot, asides: Iterable[Aside] = ()
) -> tuple[PersonalItem, ...]:
    """All personal data of a placed report in reading order, then that of the asides."""
    lines = tuple(_lines(report, spot, asides))
    everywhere, here_only = _name_words(lines)
    everywhere |= _listed(lines, everywhere)
    initials = _initials(lines, everywhere | here_only)
    items: list[PersonalItem] = []
    for line in lines:
        names = _names(line, everywhere, here_only)
        found = [s for s in line.spotted if s.kind not in (Kind.NAME, Kind.INITIALS)]
        found = _without_overlaps([*found, *names, *_initials_in(line, initials)])
        items += [_item(line, spotted) for spotted in found]
    return tuple(items)


def group_personal_data(items: Iterable[PersonalItem]) -> tuple[PersonalText, ...]:
    """One entry for the same text of a kind, by kind, then by first place."""
    groups: dict[tuple[Kind, str], list[PersonalItem]] = {}
    for item in items:
        groups.setdefault((item.kind, " ".join(item.text.split())), []).append(item)
    order = list(Kind)
    return tuple(
        PersonalText(
            kind=kind,
            text=text,
            items=tuple(group),
            cover=any(item.region is Region.FRONT for item in group),
        )
        for (kind, text), group in sorted(groups.items(), key=lambda pair: order.index(pair[0][0]))
    )


def _lines(report: Report, spot: Spot, asides: Iterable[Aside]) -> Iterator[_Line]:
    heading = ""
    for index, block in enumerate(report.blocks):
        if block.kind is BlockKind.HEADING:
            heading = block.text
        where = f"p. {block.page}" if block.page else f"paragraph {block.paragraph}"
        place = f"{where}, “{heading}”" if heading else where
        label = _LABEL.match(block.text) if block.kind is BlockKind.HEADING else None
        for match in _LINE.finditer(block.text, label.end() if label else 0):
            spotted = tuple(spot(match[0]))
            yield _Line(match[0], index, match.start(), place, block.region, spotted)
    for aside in asides:
        for match in _LINE.finditer(aside.text):
            yield _Line(match[0], None, match.start(), aside.place, None, tuple(spot(match[0])))


def _name_words(lines: Sequence[_Line]) -> tuple[frozenset[str], frozenset[str]]:
    """Words that are a name wherever they stand, and words that are one only where a pattern says.

    The latter are those that the report also writes small: "Will", "Joy", "Grace".
    """
    written = Counter(word for line in lines for word in _WORD.findall(line.text))
    certain: set[str] = set()
    seen: Counter[str] = Counter()
    for line in lines:
        for spotted in line.spotted:
            if spotted.kind is Kind.NAME:
                text = re.sub(_TITLES, " ", line.text[spotted.start : spotted.end])
                words = [w for w in map(_bare, _WORD.findall(text)) if _can_be_name(w)]
                seen.update(words)
                if spotted.confidence >= CERTAIN:
                    certain.update(words)
    capitals = Counter({word: written[word] + written[f"{word}'s"] + written[f"{word}’s"] for word in seen})
    small = {word for word in seen if written[word.lower()]}
    trusted = {w for w in seen if w not in small and seen[w] >= _MOST_SEEN * capitals[w]}
    return frozenset(certain - small | trusted), frozenset(certain & small)


def _listed(lines: Sequence[_Line], known: frozenset[str]) -> frozenset[str]:
    """Words that stand in a list of three or more of which one is a known name: "Bev, Isla and Jo"."""
    written = {word for line in lines for word in _WORD.findall(line.text)}
    found: set[str] = set()
    for line in lines:
        for run in _LIST.finditer(line.text):
            words = [_bare(word) for word in _WORD.findall(run[0])]
            names = [word for word in words if _can_be_name(word)]
            if len(names) > 2 and any(name in known for name in names):
                found |= {name for name in names if name.lower() not in written}
    return frozenset(found)


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word)


def _can_be_name(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and not word.isupper() and word.lower() not in _NO_PERSON


def _names(line: _Line, everywhere: frozenset[str], here_only: frozenset[str]) -> list[Spotted]:
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


_BEFORE = re.compile(rf"(?:{_TITLES}\s+)?(?:(?<![^\W\d_]){_INITIAL})*$")
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


def _initials(lines: Sequence[_Line], words: frozenset[str]) -> frozenset[str]:
    """The initials of everybody named in full, or with an initial before the surname."""
    found: set[str] = set()
    for line in lines:
        for spotted in _names(line, words, frozenset()):
            name = re.sub(_TITLES, " ", line.text[spotted.start : spotted.end])
            letters = [word[0] for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", name)]
            if len(letters) > 1:
                found.add(letters[0] + letters[-1])
        found |= {
            re.sub(r"[^A-Z]", "", line.text[s.start : s.end])
            for s in line.spotted
            if s.kind is Kind.INITIALS
        }
    return frozenset(found - _NO_INITIALS)


def _initials_in(line: _Line, initials: frozenset[str]) -> list[Spotted]:
    return [
        Spotted(kind=Kind.INITIALS, start=match.start(), end=match.end(), confidence=0.6)
        for match in re.finditer(r"(?<![\w£.])[A-Z]\.?-?[A-Z]\b\.?(?!\w)", line.text)
        if re.sub(r"[^A-Z]", "", match[0]) in initials
    ]


def _without_overlaps(spotted: Iterable[Spotted]) -> list[Spotted]:
    """The surest of those that overlap, the longest of the equally sure."""
    kept: list[Spotted] = []
    for one in sorted(spotted, key=lambda s: (-s.confidence, s.start - s.end)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda s: s.start)


def _item(line: _Line, spotted: Spotted) -> PersonalItem:
    return PersonalItem(
        kind=spotted.kind,
        text=line.text[spotted.start : spotted.end],
        block=line.block,
        start=line.start + spotted.start,
        place=line.place,
        region=line.region,
        confidence=round(spotted.confidence, 2),
    )
