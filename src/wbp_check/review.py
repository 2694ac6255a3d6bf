"""A person's marks over a check: what shows a part and what does not. Pure; no files.

A check is what we say of a report, a review what a person decides. Marks add tags and take tags
away, and `judge` runs again: no verdict is ever edited. A review belongs to one report, known by
its hash, and each mark carries its passage's text, so that it can neither be laid over another
report nor over another way of splitting the same one.
"""

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter, ValidationError

from wbp_check.errors import BadReview
from wbp_check.judge import judge, outlook
from wbp_check.standard import Standard
from wbp_check.types import Check, Finding, Passage, Tag

SCHEMA = 1
_CLOSED = {"extra": "forbid"}
CERTAIN = 1.0
"""Probability of a tag that a person set."""


class Decision(StrEnum):
    """What a person says of a passage and a part."""

    SHOWS = "shows"
    DOES_NOT_SHOW = "does not show"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A person's decision about one passage and one part."""

    __pydantic_config__ = _CLOSED
    passage: str
    part: str
    decision: Decision
    text: str
    """The passage's words, by which a saved mark is known again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a person wrote about a passage."""

    __pydantic_config__ = _CLOSED
    passage: str
    note: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """All that a person decided about one report: at most one mark a passage and part."""

    __pydantic_config__ = _CLOSED
    report: str
    """SHA-256 of the report's file."""
    marks: tuple[Mark, ...] = ()
    notes: tuple[Note, ...] = ()


def new_review(check: Check) -> Review:
    """A review without a mark."""
    return Review(report=check.report.sha256)


def set_mark(review: Review, passage: Passage, part: str, decision: Decision | None) -> Review:
    """The review with one decision set; with None, taken back."""
    others = tuple(mark for mark in review.marks if (mark.passage, mark.part) != (passage.id, part))
    if decision is None:
        return replace(review, marks=others)
    mark = Mark(passage=passage.id, part=part, decision=decision, text=passage.text)
    return replace(review, marks=(*others, mark))


def set_note(review: Review, passage: Passage, note: str) -> Review:
    """The review with a note on a passage; with an empty one, without it."""
    others = tuple(other for other in review.notes if other.passage != passage.id)
    if not note.strip():
        return replace(review, notes=others)
    own = Note(passage=passage.id, note=note.strip(), text=passage.text)
    return replace(review, notes=(*others, own))


def apply_review(check: Check, review: Review, standard: Standard) -> Check:
    """The check as it stands after a person's marks, judged again.

    A passage marked as showing a part is found, whatever the tagger said; one marked as not showing
    it loses the tag. Raises BadReview if the review is of another report, or of a passage or part
    that this check does not have.
    """
    _refuse_strangers(check, review, standard)
    marked = {(mark.passage, mark.part): mark.decision for mark in review.marks}
    kept = [tag for tag in check.tagging.tags if (tag.passage, tag.part) not in marked]
    set_by_hand = [
        Tag(passage=passage, part=part, probability=CERTAIN, finding=Finding.FOUND)
        for (passage, part), decision in marked.items()
        if decision is Decision.SHOWS
    ]
    place = {passage.id: number for number, passage in enumerate(check.passages)}
    tags = sorted([*kept, *set_by_hand], key=lambda tag: (place[tag.passage], -tag.probability))
    tagging = replace(check.tagging, tags=tuple(tags))
    verdicts = judge(check.passages, tagging, standard)
    return replace(check, tagging=tagging, verdicts=verdicts, outlook=outlook(verdicts))


def review_to_json(review: Review) -> str:
    """A review as the text of a file that its owner keeps."""
    table = {"wbp-check review": SCHEMA} | TypeAdapter(Review).dump_python(review, mode="json")
    return json.dumps(table, ensure_ascii=False, indent=1) + "\n"


def review_from_json(data: bytes, name: str) -> Review:
    """A saved review. Raises BadReview if the file is none."""
    try:
        table: Any = json.loads(data)
        if not isinstance(table, dict) or table.pop("wbp-check review", None) != SCHEMA:
            raise BadReview(
                f"{name} is not a saved review. Choose the file that “Save my marks” gave you."
            )
        return TypeAdapter(Review).validate_python(table)
    except (ValueError, ValidationError, RecursionError) as error:
        raise BadReview(
            f"{name} is not a whole review: it was altered or cut short. Save the marks again."
        ) from error


def _refuse_strangers(check: Check, review: Review, standard: Standard) -> None:
    if review.report != check.report.sha256:
        raise BadReview(
            f"These marks were made on another file than {check.report.name}, or on an earlier "
            "draft of it. Load the file that they were made on."
        )
    texts = {passage.id: passage.text for passage in check.passages}
    parts = set(standard.part_codes)
    items: tuple[Mark | Note, ...] = (*review.marks, *review.notes)
    for item in items:
        if texts.get(item.passage) != item.text:
            raise BadReview(
                f"The passage “{item.text[:60]}” is not where these marks were made in "
                f"{check.report.name}: another version of wbp-check read it. Mark it again."
            )
    for mark in review.marks:
        if mark.part not in parts:
            raise BadReview(f"{mark.part} is no part of {standard.id}. Mark the passage again.")
