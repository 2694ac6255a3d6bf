"""What personal data is, where it was spotted, and where it stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from wbp_check.types import Region


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
class Line:
    """A line of a paragraph or of a table's cell, and what was spotted in it."""

    text: str
    block: int | None
    start: int
    place: str
    region: Region | None
    spotted: tuple[Spotted, ...]
