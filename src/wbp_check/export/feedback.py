"""A feedback sheet for the apprentice: what is shown and where, what to ask oneself. Pure.

Two pages at most, so that it is read; the mapping holds the rest. It asks and never writes for the
apprentice, and it names no grade.
"""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from wbp_check.export.clean import printable
from wbp_check.export.mapping import made_with_line
from wbp_check.present import count_sentence, gaps, part_advice, place_of
from wbp_check.standard import Profile, Standard
from wbp_check.types import Check, Finding, Fit, Grade, Status

MOST_QUESTIONS = 20
"""Questions asked, those about pass criteria first; the rest are counted. Two pages hold them."""
QUOTED = 80
"""Characters of a quotation."""
PLACED = 50
"""Characters of a place: a page and a heading."""

CANNOT_KNOW = (
    "Whether what you wrote is true, your own work and enough. Your assessor judges that, with your "
    "interview.",
    "What stands in pictures, charts and screenshots. It reads words only.",
    "What you did but did not write down. Nobody gives credit for what the report does not say.",
    "Whether it is right. It learnt from reports invented for it, and it misses evidence and sees "
    "some where there is none. Where you disagree, ask your trainer.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A line of the sheet: a few words in bold, if any, and a text."""

    lead: str = ""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading, a line that says how to read it, and its points."""

    title: str
    says: str = ""
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """The whole sheet."""

    title: str
    report: str
    sections: tuple[Section, ...]
    foot: str


def check_to_feedback(check: Check, standard: Standard, profile: Profile) -> Feedback:
    """The feedback on a checked report, by the rules of an assessment organisation."""
    return Feedback(
        title="Feedback on your report",
        report=printable(textwrap.shorten(check.report.name, 80, placeholder="…")),
        sections=(
            _shown(check, standard),
            _missing(check, standard),
            Section(title="Your words", points=tuple(_words(check, profile))),
            Section(
                title="What this program cannot know",
                points=tuple(Point(text=line) for line in CANNOT_KNOW),
            ),
        ),
        foot=made_with_line(check),
    )


def _shown(check: Check, standard: Standard) -> Section:
    """Criteria with evidence that is found, each with its surest passage."""
    by_id = {passage.id: passage for passage in check.passages}
    points = []
    for criterion, verdict in zip(standard.criteria, check.verdicts, strict=True):
        parts = [p for p in verdict.parts if p.finding is Finding.FOUND and p.passages]
        if not parts:
            continue
        best = by_id[max(parts, key=lambda part: part.probability).passages[0]]
        quotation = textwrap.shorten(best.text, QUOTED, placeholder=" …")
        place = textwrap.shorten(place_of(best), PLACED, placeholder=" …”")
        some = "" if verdict.status is Status.MET else ", in part"
        points.append(
            Point(
                lead=f"{criterion.code} {criterion.title}{some}",
                text=printable(f"“{quotation}” ({place})"),
            )
        )
    return Section(
        title="What your report shows",
        says=(
            "Each line names a criterion and the sentence that shows it most clearly. Keep these."
            if points
            else "Nothing was found yet. The questions below show where to begin."
        ),
        points=tuple(points),
    )


def _missing(check: Check, standard: Standard) -> Section:
    """Questions about areas and parts that were not found, pass criteria first."""
    points = [
        Point(
            lead=area.title,
            text=f"An assessor looks for this: {area.tells}. Where does your report tell it?",
        )
        for area, finding in zip(standard.areas, check.areas, strict=True)
        if finding.finding is Finding.NOT_FOUND
    ]
    points += [
        Point(
            lead=f"{gap.criterion.code} {gap.criterion.title}",
            text=part_advice(part, finding),
        )
        for grade in Grade
        for gap in gaps(check, standard, grade)
        for part, finding in gap.missing
    ]
    left = len(points) - MOST_QUESTIONS
    if not points:
        says = "No question is open: there is evidence for every part."
    elif left > 0:
        says = f"Begin with these {MOST_QUESTIONS}. The check itself has {left} more."
    else:
        says = "Answer them for yourself first. Then decide what belongs in your report."
    return Section(
        title="Questions to ask yourself", says=says, points=tuple(points[:MOST_QUESTIONS])
    )


def _words(check: Check, profile: Profile) -> Iterator[Point]:
    words = check.words
    yield Point(text=count_sentence(words, profile))
    if words.fit is Fit.OVER:
        yield Point(text="Which sentences would an assessor not miss? Look at what shows no part.")
    else:
        room = words.upper - words.counted
        yield Point(text=f"There is room for {room:,} more before word {words.upper:,}.")
