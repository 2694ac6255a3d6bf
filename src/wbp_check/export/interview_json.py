"""An interview plan to JSON, schema 1."""

from typing import Any

from wbp_check.export.json import made_with_to_table
from wbp_check.interview import Aim, InterviewPlan
from wbp_check.types import MadeWith

SCHEMA = 1


def plan_to_table(plan: InterviewPlan, name: str, made_with: MadeWith) -> dict[str, Any]:
    """The plan for the report of that name as plain values: questions in the order to ask them."""
    return {
        "schema": SCHEMA,
        "report": name,
        "minutes": plan.minutes,
        "questions": [
            {
                "code": planned.question.code,
                "criterion": planned.question.criterion,
                "text": planned.question.text,
                "minutes": planned.minutes,
                "parts": [_aim_to_table(aim) for aim in planned.aims],
            }
            for planned in plan.questions
        ],
        "not_reached": [_aim_to_table(aim) for aim in plan.not_reached],
        "made_with": made_with_to_table(made_with),
    }


def _aim_to_table(aim: Aim) -> dict[str, Any]:
    passage = aim.passage
    return {
        "code": aim.part,
        "grade": aim.grade.value,
        "why": aim.why.value,
        "probability": round(aim.probability, 3),
        "passage": passage
        and {
            "id": passage.id,
            "text": passage.text,
            "page": passage.page,
            "paragraph": passage.paragraph,
            "heading": passage.heading,
            "region": passage.region.value,
            "counts": passage.counts,
        },
    }
