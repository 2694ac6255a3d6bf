"""Tags to verdicts: which parts are found, and so which criteria are met. Pure; no ML, no files.

A criterion is met when every part is found, partly met when some part has evidence that is found,
not found otherwise: what is only possible is pointed at, and changes no status. Two rules soften "every", both data in standard.toml: a part may need several
kinds of evidence, and a criterion may need only so many of a group of its parts. Only passages
that count (in the body, begun within the limit) are evidence.
"""

import re
from collections.abc import Iterable, Sequence

from wbp_check.standard import Criterion, Part, Standard
from wbp_check.types import (
    AreaFinding,
    Calibration,
    Finding,
    Grade,
    Outlook,
    PartFinding,
    Passage,
    Status,
    Tag,
    Tagging,
    Verdict,
)

_RANK = {Finding.NOT_FOUND: 0, Finding.POSSIBLY: 1, Finding.FOUND: 2}
AREA_FOUND = 0.6
"""Least probability at which one passage shows an area; below it the area is possible."""


def judge(passages: Sequence[Passage], tagging: Tagging, standard: Standard) -> tuple[Verdict, ...]:
    """One verdict a criterion, in the standard's order."""
    by_id = {passage.id: passage for passage in passages}
    by_part: dict[str, list[Tag]] = {}
    for tag in tagging.tags:
        by_part.setdefault(tag.part, []).append(tag)
    verdicts = []
    for criterion in standard.criteria:
        own = {part.code: by_part.get(part.code, []) for part in criterion.parts}
        parts = tuple(
            find_part(part, own[part.code], by_id, tagging.part_calibration)
            for part in criterion.parts
        )
        some = any(
            tag.finding is Finding.FOUND and by_id[tag.passage].counts
            for tags in own.values()
            for tag in tags
        )
        verdicts.append(_verdict(criterion, parts, tagging.criterion_calibration, some=some))
    return tuple(verdicts)


def judge_areas(
    passages: Sequence[Passage], tagging: Tagging, standard: Standard
) -> tuple[AreaFinding, ...]:
    """One finding a required area, with its passages in reading order."""
    counting = {passage.id for passage in passages if passage.counts}
    found = []
    for area in standard.areas:
        tags = [tag for tag in tagging.areas if tag.area == area.code and tag.passage in counting]
        if any(tag.probability >= AREA_FOUND for tag in tags):
            finding = Finding.FOUND
        else:
            finding = Finding.POSSIBLY if tags else Finding.NOT_FOUND
        found.append(
            AreaFinding(
                code=area.code, finding=finding, passages=tuple(tag.passage for tag in tags)
            )
        )
    return tuple(found)


def outlook(verdicts: Iterable[Verdict]) -> Outlook:
    """How many criteria of each grade are met."""
    of = {Grade.PASS: 0, Grade.DISTINCTION: 0}
    met = dict(of)
    for verdict in verdicts:
        of[verdict.grade] += 1
        met[verdict.grade] += verdict.status is Status.MET
    return Outlook(
        pass_met=met[Grade.PASS],
        pass_of=of[Grade.PASS],
        distinction_met=met[Grade.DISTINCTION],
        distinction_of=of[Grade.DISTINCTION],
    )


def find_part(
    part: Part,
    tags: Iterable[Tag],
    by_id: dict[str, Passage],
    calibration: Calibration,
) -> PartFinding:
    """What the tags show of one part. Tags of other parts must not be among them."""
    ranked = sorted(tags, key=lambda tag: (-_RANK[tag.finding], -tag.probability))
    counting = [tag for tag in ranked if by_id[tag.passage].counts]
    shown = [tag for tag in counting if tag.finding is not Finding.NOT_FOUND]
    finding = shown[0].finding if shown else Finding.NOT_FOUND
    probability = max((tag.probability for tag in counting), default=0.0)
    if part.needs > 1 and shown:
        finding, probability = _several_kinds(part, shown, by_id)
    return PartFinding(
        code=part.code,
        finding=finding,
        probability=calibration.of(probability),
        passages=tuple(tag.passage for tag in shown),
        not_counting=tuple(
            tag.passage
            for tag in ranked
            if not by_id[tag.passage].counts and tag.finding is not Finding.NOT_FOUND
        ),
    )


def kinds_shown(part: Part, text: str) -> tuple[str, ...]:
    """Names of the kinds of evidence whose cue words stand in the text.

    A survey by email is one method, and so is an interview by telephone: a channel counts only where
    no kind is named that travels by it, and several channels count as one.
    """
    lower = text.lower()
    shown = [
        kind
        for kind in part.kinds
        if any(re.search(rf"\b{re.escape(cue)}\b", lower) for cue in kind.cues)
    ]
    methods = [kind for kind in shown if not kind.channel]
    carried = {name for kind in methods for name in kind.by}
    channels = [kind for kind in shown if kind.channel and kind.name not in carried]
    return tuple(kind.name for kind in methods + channels[:1])


def _several_kinds(
    part: Part, shown: Sequence[Tag], by_id: dict[str, Passage]
) -> tuple[Finding, float]:
    """Found if enough kinds are found; one kind alone leaves the part possible.

    A passage that names no known kind stands for one kind of its own, whatever their number.
    """
    surest: dict[str, Tag] = {}
    for tag in reversed(shown):  # the surest last, so that it stays
        for kind in kinds_shown(part, by_id[tag.passage].text) or ("",):
            surest[kind] = tag
    best = sorted(surest.values(), key=lambda tag: -tag.probability)[: part.needs]
    if len(best) < part.needs:
        return Finding.POSSIBLY, best[0].probability / 2
    weakest = min(best, key=lambda tag: _RANK[tag.finding])
    return weakest.finding, min(tag.probability for tag in best)


def _verdict(
    criterion: Criterion,
    parts: tuple[PartFinding, ...],
    calibration: Calibration,
    *,
    some: bool,
) -> Verdict:
    enough, probability = _enough(criterion, parts)
    if enough:
        status = Status.MET
    elif some:
        status = Status.PARTLY_MET
    else:
        status = Status.NOT_FOUND
    return Verdict(
        code=criterion.code,
        grade=criterion.grade,
        status=status,
        probability=calibration.of(probability),
        parts=parts,
    )


def _enough(criterion: Criterion, parts: tuple[PartFinding, ...]) -> tuple[bool, float]:
    """Whether enough parts are found, and the probability that all the needed ones are there.

    The parts of a criterion stand or fall together more often than apart, so that the weakest
    needed part is a better guide than the product of all.
    """
    group = criterion.group
    grouped = {f"{criterion.code}.{name}" for name in group.of} if group else set()
    alone = [part for part in parts if part.code not in grouped]
    found = all(part.finding is Finding.FOUND for part in alone)
    probabilities = [part.probability for part in alone]
    if group:
        members = [part for part in parts if part.code in grouped]
        found = found and (sum(part.finding is Finding.FOUND for part in members) >= group.needs)
        ranked = sorted((part.probability for part in members), reverse=True)
        probabilities.append(ranked[group.needs - 1])
    return found, min(probabilities)
