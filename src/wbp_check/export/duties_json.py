"""Duties and dates to JSON, schema 1."""

from collections.abc import Sequence
from typing import Any

from wbp_check.duties import DutyCheck
from wbp_check.export.json import made_with_to_table
from wbp_check.timeline import DatedDeadline
from wbp_check.types import MadeWith, Passage

SCHEMA = 1


def duties_to_table(
    duties: DutyCheck, dates: Sequence[DatedDeadline], name: str, made_with: MadeWith
) -> dict[str, Any]:
    """The duties of the report of that name as plain values; `dates` may be empty."""
    return {
        "schema": SCHEMA,
        "report": name,
        "ai": {
            "mentions": [_passage_to_table(passage) for passage in duties.ai_mentions],
            "statements": [passage.id for passage in duties.ai_statements],
        },
        "annexes": [
            {
                "label": owner.annex.label or None,
                "title": owner.annex.title,
                "page": owner.annex.start.page,
                "paragraph": owner.annex.start.paragraph,
                "named_at": [spot.paragraph for spot in owner.annex.referred_at],
                "says_i": owner.says_i,
            }
            for owner in duties.annexes
        ],
        "uncounted": [
            {"part": part.part, "passages": [_passage_to_table(p) for p in part.passages]}
            for part in duties.uncounted
        ],
        "shared_work": [
            {
                "passage": _passage_to_table(shared.passage),
                "parts": list(shared.parts),
                "alone": list(shared.alone),
            }
            for shared in duties.shared
        ],
        "dates": [
            {
                "code": dated.deadline.code,
                "title": dated.deadline.title,
                "after": dated.deadline.after.value,
                "due": dated.due and dated.due.isoformat(),
                "source": dated.deadline.source,
            }
            for dated in dates
        ],
        "made_with": made_with_to_table(made_with),
    }


def _passage_to_table(passage: Passage) -> dict[str, Any]:
    return {
        "id": passage.id,
        "text": passage.text,
        "page": passage.page,
        "paragraph": passage.paragraph,
        "region": passage.region.value,
    }
