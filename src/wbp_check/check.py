"""Composes the steps: the whole program in one function."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from wbp_check.body import place_blocks
from wbp_check.judge import judge, judge_areas, outlook
from wbp_check.passages import split_passages
from wbp_check.standard import Standard
from wbp_check.tagger import Tagger, tag_passages
from wbp_check.types import Check, MadeWith, Report
from wbp_check.words import count_report, count_warnings

if TYPE_CHECKING:
    from spacy.language import Language


def check_report(
    report: Report,
    standard: Standard,
    nlp: Language,
    tagger: Tagger,
    *,
    profile: str | None = None,
    annexes_from: str | None = None,
) -> Check:
    """Check a report that was read: count it, find its evidence, judge each criterion.

    `profile` names the assessment organisation whose rules hold; `annexes_from` the first words
    of the line at which the annexes begin, where the found boundary is wrong.
    Raises UnreadableReport if no line begins so, BadStandard for an unknown profile.
    """
    rules = standard.profile(profile)
    placed = place_blocks(report, standard, annexes_from)
    words = count_report(placed, rules)
    passages = split_passages(placed, rules, nlp)
    tagging = tag_passages(passages, tagger)
    verdicts = judge(passages, tagging, standard)
    return Check(
        report=placed,
        words=words,
        passages=passages,
        tagging=tagging,
        areas=judge_areas(passages, tagging, standard),
        verdicts=verdicts,
        outlook=outlook(verdicts),
        warnings=placed.warnings + count_warnings(words, placed.format),
        made_with=MadeWith(
            version=version("wbp-check"),
            model=tagger.name,
            standard=f"{standard.id}, {standard.edition}",
        ),
    )
