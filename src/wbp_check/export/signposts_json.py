"""Learning steps to JSON, schema 1."""

from collections.abc import Sequence
from typing import Any

from wbp_check.export.json import made_with_to_table
from wbp_check.signposts import LearningStep
from wbp_check.types import MadeWith

SCHEMA = 1


def steps_to_table(steps: Sequence[LearningStep], name: str, made_with: MadeWith) -> dict[str, Any]:
    """The criteria of the report of that name that are not met, each with where to learn it."""
    return {
        "schema": SCHEMA,
        "report": name,
        "criteria": [
            {
                "code": step.criterion.code,
                "grade": step.criterion.grade.value,
                "status": step.status.value,
                "open_parts": [part.code for part in step.open_parts],
                "statements": list(step.statements),
                "lessons": [
                    {
                        "course": place.course.title,
                        "unit": place.unit.code,
                        "title": place.unit.title,
                        "outcome": place.lesson.outcome,
                        "content": place.lesson.content or None,
                        "about": place.lesson.about,
                    }
                    for place in step.places
                ],
            }
            for step in steps
        ],
        "made_with": made_with_to_table(made_with),
    }
