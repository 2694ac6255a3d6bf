"""Whether a proposal has the length and the subject that a project needs. Pure but for the tagger.

Before the report an apprentice proposes one specific high-level challenge in 200 to 300 words, and the
assessor agrees only if it can reach the criteria (kit p. 7, 31). A proposal promises and does not
show, so what is said of criteria here is a guess: a criterion has room where the tagger sees anything
near it, far below what a report needs, or where a word names its subject.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version

from wbp_check.standard import Criterion, Profile, Standard
from wbp_check.tagger import Tagger, tag_passages
from wbp_check.types import MadeWith, Passage, Report, Tagging
from wbp_check.words import block_words

_TIME = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b20[12]\d\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b"
    r"|\b(?:last|this) (?:week|month|spring|summer|autumn|winter|year|Christmas|Easter)\b"
    r"|\b(?:half past|quarter to|quarter past) \w+"
    # "£12.50", "4.25%" and "version 3.75" are no times of day.
    r"|(?<![£$€\w.,])(?:[01]?\d|2[0-3])[.:][0-5]\d(?:\s*[ap]m)?\b(?!\.?\d|\s*(?:%|per ?cent|pounds|hours))"
)
_WHO = (
    r"customer|client|guest|patient|tenant|resident|passenger|member|caller|shopper|visitor|student|"
    r"pupil|parent|user|subscriber|policyholder|taxpayer|driver|buyer|traveller|householder|lady|"
    r"gentleman|family|couple"
)  # but not "customer service"
_NOT_A_PERSON = (
    r"(?! (?:services?|experiences?|journeys?|care|base|satisfaction|insights?|support)\b)"
)
_CUSTOMER = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? [A-Z]|\b(?:a|one|this|our|the|his|her) (?:\w+ ){{0,2}}(?:{_WHO})\b{_NOT_A_PERSON}"
    rf"|\b\d+ (?:\w+ )?(?:{_WHO})s\b"
)
_SUBJECT = r"(?:challenge|project|situation|case|incident|subject|topic)"
_SEVERAL = re.compile(
    rf"\b(?:second|third|fourth|another|separate|unrelated) (?:\w+ )?{_SUBJECT}\b"
    rf"|\b(?:two|three|four|five|several|various|different) (?:\w+ )?{_SUBJECT}s\b"
    r"|\b(?:different|unrelated|separate) complaints\b|\bunrelated (?:one|to)\b",
    re.I,
)
_I = re.compile(r"\bI\b|\b[Mm]y(?:self)?\b|\bme\b")
_OWN_AREAS = ("actions", "responsibilities")


class Sign(StrEnum):
    """What tells one case that the writer dealt with from a subject in general."""

    TIME = "a named time"
    CUSTOMER = "a customer"
    EVENT = "what happened"
    OWN_PART = "the writer's own part"


class Room(StrEnum):
    """Whether a proposal promises what a criterion asks. A guess."""

    PROMISED = "room for it"
    NOTHING = "nothing near it"


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionRoom:
    """What of a proposal comes nearest to a criterion; `cue` is the word that led there, if one did."""

    criterion: Criterion
    room: Room
    passage: Passage | None
    cue: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalCheck:
    """What we say of a proposal. `signs` holds the passages that show each; none where it is empty."""

    name: str
    words: int
    lower: int
    upper: int
    signs: dict[Sign, tuple[Passage, ...]]
    several: tuple[Passage, ...]
    """Passages that speak of more than one subject."""
    rooms: tuple[CriterionRoom, ...]
    made_with: MadeWith


def check_proposal(
    proposal: Report,
    passages: Sequence[Passage],
    standard: Standard,
    profile: Profile,
    tagger: Tagger,
) -> ProposalCheck:
    """Check a proposal that was read and split; all of it counts, its headings too."""
    tagging = tag_passages(passages, tagger)
    lower, upper = profile.proposal_words
    return ProposalCheck(
        name=proposal.name,
        words=sum(block_words(block) for block in proposal.blocks),
        lower=lower,
        upper=upper,
        signs={
            Sign.TIME: _that_match(_TIME, passages),
            Sign.CUSTOMER: _that_match(_CUSTOMER, passages),
            Sign.EVENT: _of_areas(("situation",), passages, tagging),
            Sign.OWN_PART: _that_match(_I, _of_areas(_OWN_AREAS, passages, tagging)),
        },
        several=_that_match(_SEVERAL, passages),
        rooms=find_rooms(passages, tagging, standard),
        made_with=MadeWith(
            version=version("wbp-check"),
            model=tagger.name,
            standard=f"{standard.id}, {standard.edition}",
        ),
    )


def find_rooms(
    passages: Sequence[Passage], tagging: Tagging, standard: Standard
) -> tuple[CriterionRoom, ...]:
    """One for each criterion. Any tag is enough for room, down to the faintest that are kept."""
    by_id = {passage.id: passage for passage in passages}
    rooms = []
    for criterion in standard.criteria:
        cues = standard.promises[criterion.code]
        named = [(passage, cue) for passage in passages if (cue := _cue_in(passage.text, cues))]
        tags = [tag for tag in tagging.tags if tag.part.rpartition(".")[0] == criterion.code]
        passage, cue = named[0] if named else (None, "")
        if tags and not named:
            passage = by_id[max(tags, key=lambda tag: tag.probability).passage]
        room = Room.PROMISED if passage else Room.NOTHING
        rooms.append(CriterionRoom(criterion=criterion, room=room, passage=passage, cue=cue))
    return tuple(rooms)


def _cue_in(text: str, cues: Iterable[str]) -> str:
    lower = text.lower()
    found = (cue for cue in cues if re.search(rf"\b{re.escape(cue)}\b", lower))
    return next(found, "")


def _that_match(pattern: re.Pattern[str], passages: Iterable[Passage]) -> tuple[Passage, ...]:
    return tuple(passage for passage in passages if pattern.search(passage.text))


def _of_areas(
    areas: Sequence[str], passages: Iterable[Passage], tagging: Tagging
) -> tuple[Passage, ...]:
    serving = {tag.passage for tag in tagging.areas if tag.area in areas}
    return tuple(passage for passage in passages if passage.id in serving)
