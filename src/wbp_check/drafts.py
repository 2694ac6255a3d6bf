"""What changed between two drafts: criteria by status, and the count. Pure.

The earlier draft is a check, or a check that was saved as JSON (schema 1).
"""

import json
from dataclasses import dataclass

from wbp_check.errors import BadReview
from wbp_check.types import Check, Status

_RANK = {Status.NOT_FOUND: 0, Status.PARTLY_MET: 1, Status.MET: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is compared of a draft: its counted words and the status of each criterion."""

    counted: int
    statuses: dict[str, Status]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A criterion that stands otherwise than before."""

    code: str
    before: Status
    after: Status

    @property
    def better(self) -> bool:
        """Whether there is more evidence now."""
        return _RANK[self.after] > _RANK[self.before]


def draft_of(check: Check) -> Draft:
    """What is compared of a check."""
    return Draft(
        counted=check.words.counted,
        statuses={verdict.code: verdict.status for verdict in check.verdicts},
    )


def draft_from_json(data: bytes, name: str) -> Draft:
    """What is compared of a saved check. Raises BadReview if the file is none."""
    try:
        table = json.loads(data)
        return Draft(
            counted=int(table["word_count"]["counted"]),
            statuses={entry["code"]: Status(entry["status"]) for entry in table["criteria"]},
        )
    except (ValueError, OverflowError, KeyError, TypeError, RecursionError) as error:
        raise BadReview(
            f"{name} is not a saved check. Choose the earlier draft itself, or the file that "
            "“Save this check” gave you."
        ) from error


def changes(before: Draft, after: Draft) -> tuple[Change, ...]:
    """The criteria whose status changed, in the standard's order; what only one draft has is left."""
    return tuple(
        Change(code=code, before=before.statuses[code], after=status)
        for code, status in after.statuses.items()
        if code in before.statuses and before.statuses[code] is not status
    )
