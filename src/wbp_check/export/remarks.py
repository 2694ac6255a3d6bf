"""What is said about a report in its own file: remarks, each hung on a passage. Pure.

Evidence is named where it stands; what is missing is asked at the passage that comes nearest. A
remark is never text to paste, and never a grade.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from wbp_check.present import gaps, nearest_passage, part_advice, tags_by_passage
from wbp_check.standard import Criterion, Part, Standard
from wbp_check.types import Check, Finding, Fit, Grade, PartFinding, Passage, Region

SAYS = {
    Finding.FOUND: "Evidence found",
    Finding.POSSIBLY: "Possibly",
    Finding.NOT_FOUND: "Not found",
}


class Subject(StrEnum):
    """What a remark is about. The order is that of several remarks on one passage."""

    OPENING = "opening"
    EVIDENCE = "evidence"
    QUESTION = "question"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A few lines about a passage. Only evidence is about the whole of it; the rest stand at its end."""

    passage: str
    subject: Subject
    lines: tuple[str, ...]
    finding: Finding = Finding.NOT_FOUND
    """The surest finding of evidence that it speaks of."""


def check_to_remarks(check: Check, standard: Standard) -> tuple[Remark, ...]:
    """All remarks on a report in reading order; none for a report without passages."""
    if not check.passages:
        return ()
    order = {passage.id: number for number, passage in enumerate(check.passages)}
    rank = {subject: number for number, subject in enumerate(Subject)}
    remarks = [
        _opening(check),
        *_evidence(check, standard),
        *_questions(check, standard),
        *_limit(check),
    ]
    return tuple(sorted(remarks, key=lambda r: (order[r.passage], rank[r.subject])))


def _opening(check: Check) -> Remark:
    first = next((p for p in check.passages if p.region is Region.BODY), check.passages[0])
    return Remark(
        passage=first.id,
        subject=Subject.OPENING,
        lines=(
            f"These notes are by wbp-check {check.made_with.version}, a program. It screens and "
            "never grades, and it is wrong both ways.",
            "A marked sentence may be evidence of the parts named. A question stands where the "
            "report comes nearest to a part that was not found.",
        ),
    )


def _evidence(check: Check, standard: Standard) -> Iterator[Remark]:
    titles = {
        part.code: criterion.title for criterion in standard.criteria for part in criterion.parts
    }
    tagged = tags_by_passage(check)
    for passage in check.passages:
        tags = tagged.get(passage.id, ())
        if tags:
            lines = [f"{SAYS[tag.finding]}: {tag.part} ({titles[tag.part]})" for tag in tags]
            if not passage.counts:
                lines.append(_why_not_counted(passage, check))
            found = any(tag.finding is Finding.FOUND for tag in tags)
            yield Remark(
                passage=passage.id,
                subject=Subject.EVIDENCE,
                lines=tuple(lines),
                finding=Finding.FOUND if found else Finding.POSSIBLY,
            )


def _why_not_counted(passage: Passage, check: Check) -> str:
    if passage.region is Region.BODY:
        return f"It does not count here: it begins after word {check.words.upper:,}."
    place = "an annex" if passage.region is Region.ANNEX else f"the {passage.region.value}"
    return f"It does not count here: it stands in {place}."


def _questions(check: Check, standard: Standard) -> Iterator[Remark]:
    """One remark a criterion and place, so that no remark grows long."""
    for grade in Grade:
        for gap in gaps(check, standard, grade):
            by_place: dict[str, list[str]] = {}
            for part, finding in gap.missing:
                place = place_of_question(check, gap.criterion, part, finding)
                by_place.setdefault(place.id, []).extend(
                    (f"{SAYS[finding.finding]}: {part.code}", part_advice(part, finding))
                )
            for place_id, lines in by_place.items():
                yield Remark(
                    passage=place_id,
                    subject=Subject.QUESTION,
                    lines=(f"{gap.criterion.code} {gap.criterion.title}", *lines),
                )


def place_of_question(
    check: Check, criterion: Criterion, part: Part, finding: PartFinding
) -> Passage:
    """Where to ask for a part: its own best passage, or the nearest, or the criterion's last.

    Where the report holds nothing of the criterion, the last passage that counts.
    """
    by_id = {passage.id: passage for passage in check.passages}
    if finding.passages:
        return by_id[finding.passages[0]]
    nearest = nearest_passage(check, part.code)
    if nearest is not None:
        return nearest
    codes = {own.code for own in criterion.parts}
    shown = {
        tag.passage
        for tag in check.tagging.tags
        if tag.part in codes and tag.finding is not Finding.NOT_FOUND
    }
    counting = [passage for passage in check.passages if passage.counts]
    return ([p for p in counting if p.id in shown] or counting or check.passages)[-1]


def _limit(check: Check) -> Iterator[Remark]:
    words = check.words
    within = [p for p in check.passages if p.first_word and p.first_word <= words.upper]
    if words.fit is Fit.OVER and within:
        yield Remark(
            passage=within[-1].id,
            subject=Subject.LIMIT,
            lines=(
                f"Marking stops here: about word {words.upper:,}.",
                f"{words.counted:,} words count, {words.counted - words.upper:,} too many. What "
                "stands after this earns nothing.",
            ),
        )
