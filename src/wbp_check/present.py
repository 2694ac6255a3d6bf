"""A Check in words and rows. Pure: no Streamlit, no Rich, no HTML, no files.

The words are the product's own: "evidence found", "possibly", "not found"; never a grade.
"""

from dataclasses import dataclass
from textwrap import shorten

from wbp_check.standard import Criterion, Part, Profile, Standard
from wbp_check.types import (
    Check,
    Example,
    Finding,
    Fit,
    Grade,
    PartFinding,
    Passage,
    Status,
    Tag,
    Verdict,
    WordCount,
)

SYMBOLS = {
    Status.MET: "●",
    Status.PARTLY_MET: "◐",
    Status.NOT_FOUND: "○",
}
FINDING_SYMBOLS = {Finding.FOUND: "●", Finding.POSSIBLY: "◐", Finding.NOT_FOUND: "○"}
STATUS_WORDS = {
    Status.MET: "evidence found for every part that it needs",
    Status.PARTLY_MET: "some parts have evidence",
    Status.NOT_FOUND: "no evidence found",
}
LEGEND = (
    "Blue: pass criteria. Purple: distinction criteria. ● evidence found for every part that is needed; "
    "◐ for some parts; ○ for none. The small marks are the parts: ● found, ◐ possibly, ○ not found."
)


_LONGEST_QUOTE = 100  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A criterion whose evidence is not complete, with what is missing from it."""

    criterion: Criterion
    verdict: Verdict
    missing: tuple[tuple[Part, PartFinding], ...]


def count_sentence(words: WordCount, profile: Profile) -> str:
    """What the count means, in one or two sentences."""
    if words.fit is Fit.OVER:
        over = words.counted - words.upper
        return (
            f"{words.counted:,} words count: {over:,} too many. "
            f"The assessor stops marking after word {words.upper:,}; what stands after it earns "
            "nothing."
        )
    if words.fit is Fit.UNDER:
        short = words.lower - words.counted
        tail = (
            "It is still marked, but there is room for missing evidence."
            if profile.under == "marked"
            else f"With {profile.title} a report under {words.lower:,} words fails."
        )
        return f"{words.counted:,} words count: {short:,} fewer than {words.lower:,}. {tail}"
    return (
        f"{words.counted:,} words count: within {words.lower:,} to {words.upper:,}. "
        f"The annexes ({words.regions['annexes']:,} words) are not counted."
    )


def outlook_sentence(check: Check) -> str:
    """How many criteria have evidence for every part. Never "you passed"."""
    outlook = check.outlook
    if outlook.pass_met == outlook.pass_of:
        first = f"All {outlook.pass_of} pass criteria have evidence"
    else:
        first = (
            f"{outlook.pass_met} of {outlook.pass_of} pass criteria have evidence for every part"
        )
    return (
        f"{first}; {outlook.distinction_met} of {outlook.distinction_of} distinction criteria do."
    )


def missing_sentence(check: Check, standard: Standard) -> str:
    """Which pass criteria lack evidence for a part, by code and title; empty where none does."""
    open_ones = [
        f"{g.criterion.code} {g.criterion.title}" for g in gaps(check, standard, Grade.PASS)
    ]
    return f"Not complete: {', '.join(open_ones)}." if open_ones else ""


def gaps(check: Check, standard: Standard, grade: Grade) -> tuple[Gap, ...]:
    """Criteria of a grade that are not met; those with the least evidence first."""
    rank = {Status.NOT_FOUND: 0, Status.PARTLY_MET: 1}
    found = [
        Gap(
            criterion=criterion,
            verdict=verdict,
            missing=tuple(
                (part, finding)
                for part, finding in zip(criterion.parts, verdict.parts, strict=True)
                if finding.finding is not Finding.FOUND
            ),
        )
        for criterion, verdict in zip(standard.criteria, check.verdicts, strict=True)
        if verdict.grade is grade and verdict.status is not Status.MET
    ]
    return tuple(sorted(found, key=lambda gap: rank[gap.verdict.status]))


def part_advice(part: Part, finding: PartFinding) -> str:
    """What is known of a part that is not found, ending in a question; never text to copy."""
    if finding.finding is Finding.POSSIBLY and part.needs > 1 and len(finding.passages) >= 1:
        return f"Needs {part.needs} different kinds of evidence, clearly told. {part.question}"
    if finding.finding is Finding.POSSIBLY:
        return f"Touched, but not clearly shown. {part.question}"
    if finding.not_counting:
        return (
            f"Shown only where it does not count (in an annex or after the limit). {part.question}"
        )
    return part.question


def part_name(code: str) -> str:
    """`benefit to the role` style name of a part: the last piece of its code, in words."""
    return code.rpartition(".")[2].replace("-", " ")


def reasons_sentence(tag: Tag) -> str:
    """Why a passage was tagged: the words that weighed most, and what passages like it were.

    Empty for a tag without reasons.
    """
    sentences = []
    if tag.words:
        sentences.append(f"Weighed most: {', '.join(f'“{word}”' for word in tag.words)}.")
    if tag.nearest:
        near = sum(example is Example.NEAR_MISS for example in tag.nearest)
        advice = " Look closely." if near == len(tag.nearest) else ""
        sentences.append(
            f"Of the {len(tag.nearest)} labelled passages most like it, "
            f"{len(tag.nearest) - near} show this part and {near} only came near.{advice}"
        )
    return " ".join(sentences)


def criterion_and_part(code: str) -> str:
    """`K1.1 mission`: a part as it is named where its criterion is not."""
    return f"{code.rpartition('.')[0]} {part_name(code)}"


def short_quote(text: str) -> str:
    """The beginning of a text, as long as a line holds."""
    return shorten(text, _LONGEST_QUOTE, placeholder=" …")


def spot_of(page: int | None, paragraph: int | None) -> str:
    """The page where it is known, else the paragraph."""
    return f"p. {page}" if page else f"paragraph {paragraph}"


def place_of(passage: Passage) -> str:
    """Where a reader finds a passage: page or paragraph, and heading."""
    where = spot_of(passage.page, passage.paragraph)
    return f"{where}, “{passage.heading}”" if passage.heading else where


def tags_by_passage(check: Check) -> dict[str, tuple[Tag, ...]]:
    """Found and possible tags of each passage that has any."""
    table: dict[str, list[Tag]] = {}
    for tag in check.tagging.tags:
        if tag.finding is not Finding.NOT_FOUND:
            table.setdefault(tag.passage, []).append(tag)
    return {passage: tuple(tags) for passage, tags in table.items()}


def nearest_passage(check: Check, part: str) -> Passage | None:
    """The passage that comes nearest to a part that was not found, if any comes near."""
    by_id = {passage.id: passage for passage in check.passages}
    near = [
        tag
        for tag in check.tagging.tags
        if tag.part == part and tag.finding is Finding.NOT_FOUND and by_id[tag.passage].counts
    ]
    return by_id[max(near, key=lambda tag: tag.probability).passage] if near else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing worth doing next: what it is about, why, and questions to answer from one's work."""

    title: str
    why: str
    questions: tuple[str, ...] = ()
    criterion: str | None = None


def next_steps(check: Check, standard: Standard) -> tuple[Step, ...]:
    """What to do next, the weightiest first: the count, pass criteria, areas, distinction criteria.

    Among pass criteria those with the fewest open parts come first: they are nearest to complete.
    """
    steps = []
    words = check.words
    if words.fit is Fit.OVER:
        cut = "Cut first what carries no evidence: the sentences without a mark in the report."
        title = f"Shorten the report by {words.counted - words.upper:,} words"
        steps.append(Step(title=title, why=cut))
    if words.fit is Fit.UNDER:
        room = (
            f"{words.upper - words.counted:,} more words fit. Use them for what is missing below."
        )
        steps.append(Step(title=f"Reach {words.lower:,} words", why=room))
    for grade in Grade:
        own = sorted(gaps(check, standard, grade), key=lambda gap: len(gap.missing))
        steps += [
            Step(
                title=f"{SYMBOLS[gap.verdict.status]} {gap.criterion.code} {gap.criterion.title}",
                why=f"{len(gap.missing)} of {len(gap.criterion.parts)} parts not clearly shown"
                f" ({grade.value} criterion).",
                questions=tuple(part_advice(part, finding) for part, finding in gap.missing),
                criterion=gap.criterion.code,
            )
            for gap in own
        ]
        if grade is Grade.PASS:
            steps += [
                Step(title=area.title, why=f"The report should also tell {area.tells}.")
                for area, finding in zip(standard.areas, check.areas, strict=True)
                if finding.finding is Finding.NOT_FOUND
            ]
    return tuple(steps)
