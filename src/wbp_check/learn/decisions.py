"""Scores of reports that a model has not seen to its calibrations and thresholds."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from wbp_check.echo import Echoes
from wbp_check.judge import judge
from wbp_check.learn.corpus import GoldReport
from wbp_check.learn.documents import report_document
from wbp_check.learn.heads import (
    calibrate,
    choose_passage_thresholds,
    log_odds,
    thresholds,
)
from wbp_check.learn.score import gold_verdicts
from wbp_check.standard import Standard
from wbp_check.tagger import Decisions, Scores, decide, probabilities_of, readable
from wbp_check.types import Calibration, Finding, Grade, Region, Status, Tagging, Verdict

WANTED_PRECISION = 0.95
"""Least share of the criteria shown as met, on the reports that choose, that truly are: a criterion
wrongly shown can cost an apprentice the project."""
_SHARES = np.round(np.arange(0.40, 1.51, 0.05), 2)

ReportScores = tuple[Scores, Scores]
"""Of the passages of one report: for parts, for areas."""


def choose_decisions(
    reports: Sequence[GoldReport],
    scores: Sequence[ReportScores],
    standard: Standard,
    echoes: Echoes,
) -> Decisions:
    """Calibrations and thresholds from scores of reports that the model has not seen.

    A passage is found from its part's best F1 over passages. A report's best passage is found from
    a share of that, one for pass and one for distinction criteria: those with which most criteria
    are rightly shown as met while WANTED_PRECISION of all that are shown truly are; for this, each
    report is judged with thresholds that were chosen on the other reports only.
    """
    truth = [report_document(report, standard).parts for report in reports]
    flat = np.concatenate([parts for parts, _ in scores])
    calibration = calibrate(flat, np.concatenate(truth))
    probabilities = [probabilities_of(parts, calibration) for parts, _ in scores]
    gold = [gold_verdicts(report, standard) for report in reports]

    def limits_without(left_out: int | None) -> list[float]:
        rows = [number for number in range(len(reports)) if number != left_out]
        return choose_passage_thresholds(
            np.concatenate([probabilities[row] for row in rows]),
            np.concatenate([truth[row] for row in rows]),
        )

    grade_of = {part.code: c.grade for c in standard.criteria for part in c.parts}

    def decisions_of(limits: Sequence[float], shares: Mapping[Grade, float]) -> Decisions:
        return Decisions(
            part_codes=standard.part_codes,
            area_codes=standard.area_codes,
            passage_calibration=calibration,
            part_calibration=Calibration(),
            criterion_calibration=Calibration(),
            thresholds={
                code: thresholds(limit, shares[grade_of[code]])
                for code, limit in zip(standard.part_codes, limits, strict=True)
            },
        )

    def verdicts(decisions: Sequence[Decisions]) -> list[tuple[Verdict, Verdict]]:
        pairs: list[tuple[Verdict, Verdict]] = []
        for report, own, truly, rule in zip(reports, scores, gold, decisions, strict=True):
            (tagging,) = decide_all([report], [own], rule, echoes)
            pairs += zip(judge(report.passages, tagging, standard), truly, strict=True)
        return pairs

    others = [limits_without(number) for number in range(len(reports))]
    shown = {
        float(share): _shown_as_met(
            verdicts(
                [decisions_of(limits, dict.fromkeys(Grade, float(share))) for limits in others]
            )
        )
        for share in _SHARES
    }
    shares = _most_rightly_shown(shown)
    chosen = decisions_of(limits_without(None), shares)
    pairs = verdicts([chosen] * len(reports))
    parts = [pair for given, truly in pairs for pair in zip(given.parts, truly.parts, strict=True)]
    chosen = replace(
        chosen,
        part_calibration=_calibration(
            [(given.probability, truly.finding is Finding.FOUND) for given, truly in parts]
        ),
    )
    pairs = verdicts([chosen] * len(reports))
    return replace(
        chosen,
        criterion_calibration=_calibration(
            [(given.probability, truly.status is Status.MET) for given, truly in pairs]
        ),
    )


def _calibration(decisions: Sequence[tuple[float, bool]]) -> Calibration:
    """Platt scaling of probabilities. Those of 0, of parts without a passage near, stay as they are."""
    touched = [(probability, outcome) for probability, outcome in decisions if probability > 0]
    return calibrate(log_odds([p for p, _ in touched]), [outcome for _, outcome in touched])


def _shown_as_met(pairs: Sequence[tuple[Verdict, Verdict]]) -> dict[Grade, tuple[int, int]]:
    """How many criteria of each grade are rightly shown as met, and how many are shown as met."""
    shown = [(given.grade, truly.status) for given, truly in pairs if given.status is Status.MET]
    return {
        grade: (
            sum(of is grade and status is Status.MET for of, status in shown),
            sum(of is grade for of, _ in shown),
        )
        for grade in Grade
    }


def _most_rightly_shown(
    shown: Mapping[float, Mapping[Grade, tuple[int, int]]],
) -> dict[Grade, float]:
    """The share of each grade with which most is rightly shown, WANTED_PRECISION kept over both.

    The highest shares where none keeps it.
    """
    best: tuple[int, float, float] = (0, max(shown), max(shown))
    for first, second in product(shown, repeat=2):
        right, number = (
            a + b
            for a, b in zip(shown[first][Grade.PASS], shown[second][Grade.DISTINCTION], strict=True)
        )
        if number and right / number >= WANTED_PRECISION:
            best = max(best, (right, first, second))
    return {Grade.PASS: best[1], Grade.DISTINCTION: best[2]}


def decide_all(
    reports: Sequence[GoldReport],
    scores: Sequence[ReportScores],
    decisions: Decisions,
    echoes: Echoes,
) -> list[Tagging]:
    """Taggings of reports from scores of their body passages."""
    return [
        decide(
            [p for p in readable(report.passages) if p.region is Region.BODY],
            parts,
            areas,
            decisions,
            echoes,
        )
        for report, (parts, areas) in zip(reports, scores, strict=True)
    ]
