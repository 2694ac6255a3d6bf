"""All personal data of a report, with places, as a list to take out. Pure.

Names of organisations, public bodies and places are not personal; a title with a bare letter ("Mrs
P") is a disguise.
"""

import re
from collections.abc import Iterable, Iterator

from wbp_check.privacy.items import Aside, Kind, Line, PersonalItem, PersonalText, Spot, Spotted
from wbp_check.privacy.names import initials_in, initials_of, listed_names, name_words, names_in
from wbp_check.types import BlockKind, Region, Report

_LINE = re.compile(r"[^\t\n]+")
_LABEL = re.compile(r"(?:annex|annexe|appendix)\s+\w+\s*[-–—:.]*\s*", re.I)


def find_personal_data(
    report: Report, spot: Spot, asides: Iterable[Aside] = ()
) -> tuple[PersonalItem, ...]:
    """All personal data of a placed report in reading order, then that of the asides."""
    lines = tuple(_lines(report, spot, asides))
    everywhere, here_only = name_words(lines)
    everywhere |= listed_names(lines, everywhere)
    initials = initials_of(lines, everywhere | here_only)
    items: list[PersonalItem] = []
    for line in lines:
        names = names_in(line, everywhere, here_only)
        found = [s for s in line.spotted if s.kind not in (Kind.NAME, Kind.INITIALS)]
        found = _without_overlaps([*found, *names, *initials_in(line, initials)])
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


def _lines(report: Report, spot: Spot, asides: Iterable[Aside]) -> Iterator[Line]:
    heading = ""
    for index, block in enumerate(report.blocks):
        if block.kind is BlockKind.HEADING:
            heading = block.text
        where = f"p. {block.page}" if block.page else f"paragraph {block.paragraph}"
        place = f"{where}, “{heading}”" if heading else where
        label = _LABEL.match(block.text) if block.kind is BlockKind.HEADING else None
        for match in _LINE.finditer(block.text, label.end() if label else 0):
            spotted = tuple(spot(match[0]))
            yield Line(match[0], index, match.start(), place, block.region, spotted)
    for aside in asides:
        for match in _LINE.finditer(aside.text):
            yield Line(match[0], None, match.start(), aside.place, None, tuple(spot(match[0])))


def _without_overlaps(spotted: Iterable[Spotted]) -> list[Spotted]:
    """The surest of those that overlap, the longest of the equally sure."""
    kept: list[Spotted] = []
    for one in sorted(spotted, key=lambda s: (-s.confidence, s.start - s.end)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda s: s.start)


def _item(line: Line, spotted: Spotted) -> PersonalItem:
    return PersonalItem(
        kind=spotted.kind,
        text=line.text[spotted.start : spotted.end],
        block=line.block,
        start=line.start + spotted.start,
        place=line.place,
        region=line.region,
        confidence=round(spotted.confidence, 2),
    )
