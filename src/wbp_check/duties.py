"""What a report owes besides its length and the criteria: AI named, annexes one's own, "I" for "we".

The duties and their pages stand in `standard.toml`. Pure: over a check. What is listed is where to
look; none of it is a fault by itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from wbp_check.annexes import Annex, list_annexes
from wbp_check.standard import Standard
from wbp_check.types import Check, Finding, Passage, Region

_AI = re.compile(
    r"\bA\.?I\b|\b[Aa]rtificial [Ii]ntelligence\b|\b[Cc]hat ?(?:GPT|gpt)\b|\bGPT-?\d|\bCopilot\b"
    r"|\b[Gg]enerative (?:AI|models?|tools?)\b|\b[Ll]arge language models?\b"
)
_SAYS_USED = re.compile(
    r"\b(?:us(?:e|ed|ing)|generated|writ(?:e|ten|ing)|wrote|produced?|drafted|created?|made|"
    r"assist(?:ed|ance)|help(?:ed)?|without|referenced|acknowledged?)\b",
    re.I,
)
_OF_THIS_WORK = re.compile(
    r"\b(?:report|project|document|portfolio|assignment|this work|my work|text|annex(?:es)?|"
    r"appendi(?:x|ces)|summar\w+|transcri\w+|draft|chart|survey questions)\b",
    re.I,
)
_I = re.compile(
    r"\bI\b|\bmyself\b|\bmy (?:own|idea|suggestion|proposal|recommendation|decision|survey|analysis)\b",
)
_OTHERS = re.compile(
    r"\b[Ww]e\b|\bus\b|\b[Tt]he team\b|\b(?:[Oo]ur|[Mm]y|[Aa]|[Tt]he) (?:\w+ )?(?:team|manager|supervisor|"
    r"colleagues?|team leader|boss|director|head of \w+)\b"
)
_FIRST_PERSON = re.compile(r"\bI\b|\b[Mm]y\b|\bme\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexOwner:
    """An annex, and whether it or a paragraph that names it says "I"."""

    annex: Annex
    says_i: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UncountedPart:
    """A part that is shown only in an annex or after the limit."""

    part: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedWork:
    """Evidence of the writer's own doing that says "we" or names a colleague, and never "I".

    `alone` are those of its parts that no other passage shows with "I".
    """

    passage: Passage
    parts: tuple[str, ...]
    alone: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyCheck:
    """What to look at, duty by duty."""

    ai_mentions: tuple[Passage, ...]
    ai_statements: tuple[Passage, ...]
    """Those of the mentions that say whether AI was used for this work, or cite it as a source."""
    annexes: tuple[AnnexOwner, ...]
    uncounted: tuple[UncountedPart, ...]
    shared: tuple[SharedWork, ...]


def check_duties(check: Check, standard: Standard) -> DutyCheck:
    """All duties of a checked report."""
    mentions = tuple(passage for passage in check.passages if _AI.search(passage.text))
    return DutyCheck(
        ai_mentions=mentions,
        ai_statements=tuple(passage for passage in mentions if _is_ai_statement(passage)),
        annexes=_annex_owners(check, standard),
        uncounted=_uncounted_parts(check),
        shared=_shared_work(check, standard),
    )


def _is_ai_statement(passage: Passage) -> bool:
    if passage.region is Region.REFERENCES:
        return True
    return bool(_SAYS_USED.search(passage.text) and _OF_THIS_WORK.search(passage.text))


def _annex_owners(check: Check, standard: Standard) -> tuple[AnnexOwner, ...]:
    blocks = check.report.blocks
    annexes = list_annexes(check.report, standard)
    spans = pairwise((*(annex.start.block for annex in annexes), len(blocks)))
    found = []
    for annex, span in zip(annexes, spans, strict=True):
        inside = (index for index in range(*span) if blocks[index].region is Region.ANNEX)
        own = [*inside, *(spot.block for spot in annex.referred_at)]
        says_i = any(_FIRST_PERSON.search(blocks[index].text) for index in own)
        found.append(AnnexOwner(annex=annex, says_i=says_i))
    return tuple(found)


def _uncounted_parts(check: Check) -> tuple[UncountedPart, ...]:
    by_id = {passage.id: passage for passage in check.passages}
    return tuple(
        UncountedPart(part=part.code, passages=tuple(by_id[name] for name in part.not_counting))
        for verdict in check.verdicts
        for part in verdict.parts
        if part.not_counting and part.finding is not Finding.FOUND
    )


def _shared_work(check: Check, standard: Standard) -> tuple[SharedWork, ...]:
    """In reading order; only parts that the writer's own doing shows (`own_work`)."""
    shown: dict[str, list[str]] = {}
    for tag in check.tagging.tags:
        if tag.part in standard.own_work and tag.finding is not Finding.NOT_FOUND:
            shown.setdefault(tag.passage, []).append(tag.part)
    counting = [p for p in check.passages if p.counts and p.id in shown]
    own = {part for p in counting if _I.search(p.text) for part in shown[p.id]}
    return tuple(
        SharedWork(
            passage=passage,
            parts=tuple(shown[passage.id]),
            alone=_without(shown[passage.id], own),
        )
        for passage in counting
        if _OTHERS.search(passage.text) and not _I.search(passage.text)
    )


def _without(parts: Sequence[str], own: set[str]) -> tuple[str, ...]:
    return tuple(part for part in parts if part not in own)
