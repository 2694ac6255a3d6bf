"""A checked proposal to JSON, schema 1."""

from typing import Any

from wbp_check.export.json import made_with_to_table
from wbp_check.proposal import ProposalCheck

SCHEMA = 1


def proposal_to_table(check: ProposalCheck) -> dict[str, Any]:
    """The checked proposal as plain values; passages by their text."""
    return {
        "schema": SCHEMA,
        "proposal": check.name,
        "words": {"counted": check.words, "lower": check.lower, "upper": check.upper},
        "signs": {
            sign.value: [passage.text for passage in passages]
            for sign, passages in check.signs.items()
        },
        "several_subjects": [passage.text for passage in check.several],
        "criteria": [
            {
                "code": room.criterion.code,
                "grade": room.criterion.grade.value,
                "room": room.room.value,
                "cue": room.cue or None,
                "text": room.passage and room.passage.text,
            }
            for room in check.rooms
        ],
        "made_with": made_with_to_table(check.made_with),
    }
