"""Where to learn what a criterion asks, for each criterion that is not met. Pure: over a check."""

from dataclasses import dataclass

from wbp_check.standard import Course, Criterion, Lesson, Signpost, Standard, Unit
from wbp_check.types import Check, Finding, PartFinding, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceToLearn:
    """A lesson with the course and the unit that it is in."""

    course: Course
    unit: Unit
    lesson: Lesson


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningStep:
    """A criterion whose evidence is not complete: what is open, and where to learn it."""

    criterion: Criterion
    status: Status
    open_parts: tuple[PartFinding, ...]
    statements: tuple[str, ...]
    """Numbers in the occupational standard, which are not the kit's."""
    places: tuple[PlaceToLearn, ...]


def learning_steps(check: Check, standard: Standard) -> tuple[LearningStep, ...]:
    """One for each criterion that is not met, in the standard's order: pass before distinction."""
    signposts = {signpost.criterion: signpost for signpost in standard.signposts}
    return tuple(
        LearningStep(
            criterion=criterion,
            status=verdict.status,
            open_parts=tuple(part for part in verdict.parts if part.finding is not Finding.FOUND),
            statements=signposts[criterion.code].statements,
            places=places_to_learn(signposts[criterion.code], standard),
        )
        for criterion, verdict in zip(standard.criteria, check.verdicts, strict=True)
        if verdict.status is not Status.MET
    )


def places_to_learn(signpost: Signpost, standard: Standard) -> tuple[PlaceToLearn, ...]:
    """The lessons of a signpost, each with its course and unit."""
    units = {
        (course.code, unit.code): (course, unit)
        for course in standard.courses
        for unit in course.units
    }
    return tuple(
        PlaceToLearn(course=course, unit=unit, lesson=lesson)
        for lesson in signpost.lessons
        for course, unit in [units[lesson.course, lesson.unit]]
    )
