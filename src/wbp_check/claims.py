"""What a report claims to show, by the criterion codes in it, and what is found at each place.

Apprentices write codes in brackets, in headings, or in a mapping table (kit p. 33 names such a
document). A claim is weighed against what is tagged at its place. Pure: over a check.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from wbp_check.claim_places import find_places
from wbp_check.standard import Standard
from wbp_check.types import Check, Finding, Passage, Tag


class Outcome(StrEnum):
    """What is found of a claimed criterion."""

    SHOWN = "evidence found here"
    POSSIBLY = "possibly shown here"
    NOT_COUNTING = "found here, where it does not count"
    ELSEWHERE = "not found here, but elsewhere"
    NOT_SHOWN = "not found"
    OTHER_METHOD = "belongs to another assessment method"
    UNKNOWN = "no such criterion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One code at one place: in a heading, or in the passage whose text is given."""

    code: str
    in_heading: bool
    text: str
    page: int | None
    paragraph: int | None
    outcome: Outcome
    parts: tuple[str, ...] = ()
    """Parts of the criterion that are found, or possibly shown, here."""
    elsewhere: tuple[Passage, ...] = ()
    """Where else parts of it are found; possibly shown, where the outcome is `NOT_SHOWN`."""
    method: str = ""
    """The other assessment method that has the criterion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """All claims in reading order, and the criteria of this method that are claimed nowhere."""

    claims: tuple[Claim, ...]
    unclaimed: tuple[str, ...]


def find_claims(check: Check, standard: Standard) -> Claims:
    """Every claim in body and annexes with its outcome; ranges and lists are taken apart."""
    own = tuple(criterion.code for criterion in standard.criteria)
    claims = []
    for place in find_places(check, own):
        source = place.passage or check.report.blocks[place.block]
        for code in place.codes:
            outcome, parts, elsewhere = _weigh(check, standard, code, place.scope)
            claims.append(
                Claim(
                    code=code,
                    in_heading=place.passage is None,
                    text=source.text,
                    page=source.page,
                    paragraph=source.paragraph,
                    outcome=outcome,
                    parts=parts,
                    elsewhere=elsewhere,
                    method=_other_method(standard, code),
                )
            )
    claimed = {claim.code for claim in claims}
    return Claims(
        claims=tuple(claims), unclaimed=tuple(code for code in own if code not in claimed)
    )


def _other_method(standard: Standard, code: str) -> str:
    titles = [method.title for method in standard.other_methods if code in method.criteria]
    return "".join(titles)


def _weigh(
    check: Check, standard: Standard, code: str, scope: Iterable[Passage]
) -> tuple[Outcome, tuple[str, ...], tuple[Passage, ...]]:
    if _other_method(standard, code):
        return Outcome.OTHER_METHOD, (), ()
    if all(code != criterion.code for criterion in standard.criteria):
        return Outcome.UNKNOWN, (), ()
    here = {passage.id: passage for passage in scope}
    tags = [
        tag
        for tag in check.tagging.tags
        if tag.passage in here
        and tag.part.rpartition(".")[0] == code
        and tag.finding is not Finding.NOT_FOUND
    ]
    counting = [tag for tag in tags if here[tag.passage].counts]
    if found := [tag for tag in counting if tag.finding is Finding.FOUND]:
        return Outcome.SHOWN, _parts(found), ()
    if counting:
        return Outcome.POSSIBLY, _parts(counting), ()
    found_at = _elsewhere(check, code, Finding.FOUND)
    if tags:
        return Outcome.NOT_COUNTING, _parts(tags), found_at
    if found_at:
        return Outcome.ELSEWHERE, (), found_at
    return Outcome.NOT_SHOWN, (), _elsewhere(check, code, Finding.POSSIBLY)


def _parts(tags: Iterable[Tag]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag.part for tag in tags))


def _elsewhere(check: Check, code: str, finding: Finding) -> tuple[Passage, ...]:
    """The best counting passage of each part of a criterion, among tags with that finding.

    Tags, not parts, because a part that needs two kinds is only possible while one is found.
    """
    by_id = {passage.id: passage for passage in check.passages}
    best: dict[str, Tag] = {}
    for tag in check.tagging.tags:
        own = tag.part.rpartition(".")[0] == code and tag.finding is finding
        if own and by_id[tag.passage].counts:
            best[tag.part] = max(best.get(tag.part, tag), tag, key=lambda tag: tag.probability)
    return tuple(by_id[name] for name in dict.fromkeys(tag.passage for tag in best.values()))
