"""Which questions of the bank to ask in the interview, so that most of what is unshown is reached.

An assessor asks ten questions on the report and its annexes in an hour (kit p. 33). Pure: a plan
over a check; it proposes, and the assessor decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from wbp_check.cover import choose_cover
from wbp_check.standard import Criterion, Profile, Question, Standard
from wbp_check.types import Check, Finding, Grade, PartFinding, Passage, Region, Verdict

SURE = 0.8
"""Probability below which evidence that is found is called weak."""


class Why(StrEnum):
    """Why a part is worth a question, or is not."""

    NOT_FOUND = "not found"
    POSSIBLY = "possibly"
    WEAK = "weak"
    SHOWN = "evidence found"
    NOT_NEEDED = "not needed"
    """Enough others of its group are found (K4.7: five of six factors)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A part that a question can draw out, what the report shows of it, and where to open it."""

    part: str
    grade: Grade
    why: Why
    probability: float
    passage: Passage | None
    """Its best passage. Where it is not found: one that would show it but does not count, else the
    nearest. None where nothing comes near."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedQuestion:
    """One question to ask. `aims` are all parts that it names, the most urgent first."""

    question: Question
    minutes: int
    aims: tuple[Aim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewPlan:
    """The questions in the order of urgency, and what they leave open."""

    questions: tuple[PlannedQuestion, ...]
    minutes: int
    not_reached: tuple[Aim, ...]


def plan_interview(check: Check, standard: Standard, profile: Profile) -> InterviewPlan:
    """The best plan of at most `profile.interview_questions` questions.

    In this order it reaches the most parts that are not found, pass before distinction; then the
    most that are only possibly shown, pass before distinction; then it asks outright for the most of
    them. Questions that are left go to the most doubt about parts that are found (the sum of one
    minus their probability), so that the whole hour is used. No other choice from the bank does
    better.
    """
    aims: dict[str, Aim] = {}
    caps: list[tuple[frozenset[str], int]] = []
    for criterion, verdict in zip(standard.criteria, check.verdicts, strict=True):
        own = _aims(check, criterion, verdict)
        aims |= {aim.part: aim for aim in own}
        caps += _caps(criterion, own)
    tiers = _tiers(aims.values())
    bank = standard.questions
    chosen = choose_cover(
        [frozenset((*question.parts, _outright(question.parts[0]))) for question in bank],
        tiers,
        most=profile.interview_questions,
        caps=caps,
    )
    asked = sorted((bank[at] for at in chosen), key=lambda question: _urgency(question, tiers))
    minutes = sum(profile.interview_minutes) // 2
    shares = _share_minutes([_open_parts(question, aims) for question in asked], minutes)
    return InterviewPlan(
        questions=tuple(
            PlannedQuestion(
                question=question,
                minutes=share,
                aims=tuple(sorted((aims[part] for part in question.parts), key=_rank)),
            )
            for question, share in zip(asked, shares, strict=True)
        ),
        minutes=minutes,
        not_reached=_not_reached(aims, caps, {part for q in asked for part in q.parts}),
    )


def is_open(aim: Aim) -> bool:
    """Whether the report leaves the part unshown."""
    return aim.why in (Why.NOT_FOUND, Why.POSSIBLY)


def reason_of(aim: Aim) -> str:
    """What the report shows of a part, in words that its passage can follow."""
    if aim.why is not Why.NOT_FOUND or aim.passage is None:
        return aim.why.value
    if aim.passage.counts:
        return "not found; nearest"
    if aim.passage.region is Region.ANNEX:
        return "not found in the report; in an annex"
    return "not found within the limit; after it"


def _aims(check: Check, criterion: Criterion, verdict: Verdict) -> list[Aim]:
    beyond = _beyond_need(criterion, verdict)
    return [
        Aim(
            part=part.code,
            grade=criterion.grade,
            why=Why.NOT_NEEDED if part.code in beyond else _why(part),
            probability=part.probability,
            passage=_passage_to_open(check, part),
        )
        for part in verdict.parts
    ]


def _beyond_need(criterion: Criterion, verdict: Verdict) -> frozenset[str]:
    """Members of a group that nobody needs, because enough of the others are found."""
    if criterion.group is None:
        return frozenset()
    names = {f"{criterion.code}.{name}" for name in criterion.group.of}
    members = sorted(
        (part for part in verdict.parts if part.code in names),
        key=lambda part: (part.finding is not Finding.FOUND, -part.probability),
    )
    needed = members[: criterion.group.needs]
    if any(part.finding is not Finding.FOUND for part in needed):
        return frozenset()
    return frozenset(part.code for part in members[criterion.group.needs :])


def _caps(criterion: Criterion, own: Iterable[Aim]) -> list[tuple[frozenset[str], int]]:
    """How many of a group's open parts are worth reaching: as many as it lacks."""
    if criterion.group is None:
        return []
    members = {f"{criterion.code}.{name}" for name in criterion.group.of}
    unshown = frozenset(aim.part for aim in own if aim.part in members and is_open(aim))
    if not unshown:
        return []
    lacking = len(unshown) - (len(members) - criterion.group.needs)
    return [(unshown, lacking), (frozenset(_outright(part) for part in unshown), lacking)]


def _why(part: PartFinding) -> Why:
    if part.finding is Finding.FOUND:
        return Why.SHOWN if part.probability >= SURE else Why.WEAK
    return Why.POSSIBLY if part.finding is Finding.POSSIBLY else Why.NOT_FOUND


def _passage_to_open(check: Check, part: PartFinding) -> Passage | None:
    by_id = {passage.id: passage for passage in check.passages}
    if shown := part.passages or part.not_counting:
        return by_id[shown[0]]
    near = [
        tag for tag in check.tagging.tags if tag.part == part.code and by_id[tag.passage].counts
    ]
    return by_id[max(near, key=lambda tag: tag.probability).passage] if near else None


def _tiers(aims: Iterable[Aim]) -> list[Mapping[str, float]]:
    """What reaching each part is worth, tier by tier; an earlier tier outweighs all later ones."""
    aims = list(aims)
    counted: list[Mapping[str, float]] = [
        {aim.part: 1.0 for aim in aims if aim.why is why and aim.grade is grade}
        for why in (Why.NOT_FOUND, Why.POSSIBLY)
        for grade in (Grade.PASS, Grade.DISTINCTION)
    ]
    outright = {_outright(aim.part): 1.0 for aim in aims if is_open(aim)}
    found = [aim for aim in aims if aim.why in (Why.WEAK, Why.SHOWN)]
    return [*counted, outright, {aim.part: 1 - aim.probability for aim in found}]


def _outright(part: str) -> str:
    """The item that a question reaches by asking for the part itself."""
    return f"{part}, outright"


def _urgency(question: Question, tiers: Iterable[Mapping[str, float]]) -> tuple[float, ...]:
    return tuple(-sum(weights.get(part, 0.0) for part in question.parts) for weights in tiers)


def _rank(aim: Aim) -> tuple[int, bool, float]:
    return list(Why).index(aim.why), aim.grade is Grade.DISTINCTION, aim.probability


def _open_parts(question: Question, aims: Mapping[str, Aim]) -> int:
    return sum(is_open(aims[part]) for part in question.parts)


def _share_minutes(open_parts: list[int], minutes: int) -> list[int]:
    """Half of the time in equal shares, half by the open parts; whole minutes that add up."""
    total = sum(open_parts)
    exact = [
        minutes / 2 / len(open_parts)
        + minutes / 2 * (number / total if total else 1 / len(open_parts))
        for number in open_parts
    ]
    shares = [int(share) for share in exact]
    most_cut = sorted(range(len(exact)), key=lambda at: shares[at] - exact[at])
    for at in most_cut[: minutes - sum(shares)]:
        shares[at] += 1
    return shares


def _not_reached(
    aims: Mapping[str, Aim], caps: Iterable[tuple[frozenset[str], int]], reached: set[str]
) -> tuple[Aim, ...]:
    """Open parts that no question of the plan names; none of a group that has enough by now."""
    enough = {part for parts, number in caps if len(parts & reached) >= number for part in parts}
    left = [aim for aim in aims.values() if is_open(aim) and aim.part not in reached | enough]
    return tuple(sorted(left, key=lambda aim: _rank(aim)[:2]))
