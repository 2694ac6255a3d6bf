"""Measures a tagger on labelled reports: by passage, by area, by criterion. Never fits anything.

The gold verdicts are made by the same `judge` from the readers' labels, so that a figure says how
well we read, not how well we agree on rules.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from wbp_check.judge import judge
from wbp_check.learn.corpus import GoldPassage, GoldReport, PassageKind
from wbp_check.standard import Standard
from wbp_check.tagger import Tagger, tag_passages, tag_texts
from wbp_check.types import AreaTag, Finding, Grade, Region, Status, Tag, Tagging, Verdict

BINS = 10
"""Of the reliability diagram and the calibration error."""


def score_reports(
    reports: Sequence[GoldReport],
    standard: Standard,
    tagger: Tagger,
    progress: Callable[[str], None] | None = None,
) -> dict[str, Any]:
    """All figures of a tagger on labelled reports."""
    taggings = []
    for report in reports:
        taggings.append(tag_passages(report.passages, tagger))
        if progress:
            progress(f"{report.id} tagged")
    return score_taggings(reports, taggings, standard)


def score_taggings(
    reports: Sequence[GoldReport], taggings: Sequence[Tagging], standard: Standard
) -> dict[str, Any]:
    """All figures of given taggings. Body passages only, before and after the limit."""
    truth, found, tagged, near = _label_matrices(reports, taggings, standard)
    verdicts = [
        (judge(report.passages, tagging, standard), gold_verdicts(report, standard))
        for report, tagging in zip(reports, taggings, strict=True)
    ]
    return {
        "reports": len(reports),
        "passages": len(truth),
        "parts": {
            "tagged": _f1(truth, tagged, standard.part_codes),
            "found": _f1(truth, found, standard.part_codes),
            "near_misses": _near_misses(near, found, tagged),
        },
        "areas": _areas(reports, taggings, standard),
        "criteria": _criteria([pair for pairs in verdicts for pair in zip(*pairs, strict=True)]),
    }


def score_singles(passages: Sequence[GoldPassage], tagger: Tagger) -> dict[str, Any]:
    """Figures on single passages, by the kind they were written to be."""
    results = tag_texts([passage.text for passage in passages], tagger)
    table: dict[str, Any] = {}
    for kind in PassageKind:
        own = [
            (passage, {tag.part: tag.finding for tag in tags})
            for passage, (_, tags) in zip(passages, results, strict=True)
            if passage.kind is kind
        ]
        if not own:
            continue
        hits = sum(len(p.labels.parts & t.keys()) for p, t in own)
        truth = sum(len(p.labels.parts) for p, _ in own)
        given = sum(len(t) for _, t in own)
        near = [(part, t) for p, t in own for part in p.labels.near]
        table[kind.value] = {
            "passages": len(own),
            "labels": truth,
            "micro_f1": _ratio(2 * hits, truth + given),
            "passages_with_a_wrong_tag": _ratio(
                sum(bool(t.keys() - p.labels.parts) for p, t in own), len(own)
            ),
            "passages_with_a_wrong_found": _ratio(
                sum(
                    any(f is Finding.FOUND and c not in p.labels.parts for c, f in t.items())
                    for p, t in own
                ),
                len(own),
            ),
            "near_misses": len(near),
            "near_misses_tagged": _ratio(sum(part in t for part, t in near), len(near)),
            "near_misses_found": _ratio(
                sum(t.get(part) is Finding.FOUND for part, t in near), len(near)
            ),
        }
    return table


def gold_tagging(report: GoldReport) -> Tagging:
    """The readers' labels as a tagging that is sure of itself."""
    pairs = list(zip(report.passages, report.labels, strict=True))
    return Tagging(
        areas=tuple(
            AreaTag(passage=passage.id, area=labels.area, probability=1.0)
            for passage, labels in pairs
            if labels.area
        ),
        tags=tuple(
            Tag(passage=passage.id, part=part, probability=1.0, finding=Finding.FOUND)
            for passage, labels in pairs
            for part in sorted(labels.parts)
        ),
    )


def gold_verdicts(report: GoldReport, standard: Standard) -> tuple[Verdict, ...]:
    """What the judge makes of the readers' labels."""
    return judge(report.passages, gold_tagging(report), standard)


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Agreement of two readings beyond chance (Cohen 1960). 1 where both say one same thing only.

    Written here because scikit-learn and SciPy, which have it too, are 190 MB that nothing else
    needs at run time. Raises ValueError if the readings differ in length.
    """
    pairs = list(zip(first, second, strict=True))
    ones, others = Counter(first), Counter(second)
    seen = sum(a == b for a, b in pairs) * len(pairs)
    chance = sum(ones[label] * others[label] for label in ones)
    most = len(pairs) ** 2
    return 1.0 if chance == most else (seen - chance) / (most - chance)


def calibration_error(
    probabilities: Sequence[float], outcomes: Sequence[bool], bins: int = BINS
) -> float:
    """Expected calibration error with bins of equal width (Naeini et al. 2015). 0 to 1."""
    if not probabilities:
        return 0.0
    return sum(
        row["share"] * abs(row["mean"] - row["rate"])
        for row in reliability(probabilities, outcomes, bins)
    )


def reliability(
    probabilities: Sequence[float], outcomes: Sequence[bool], bins: int = BINS
) -> list[dict[str, float]]:
    """For each bin that is not empty: share of all, mean probability, rate of true outcomes."""
    p = np.asarray(probabilities, dtype=float)
    y = np.asarray(outcomes, dtype=float)
    place = np.minimum((p * bins).astype(int), bins - 1)
    return [
        {
            "share": float((place == b).mean()),
            "mean": float(p[place == b].mean()),
            "rate": float(y[place == b].mean()),
            "number": int((place == b).sum()),
        }
        for b in range(bins)
        if (place == b).any()
    ]


Bools = npt.NDArray[np.bool_]


def _label_matrices(
    reports: Sequence[GoldReport], taggings: Sequence[Tagging], standard: Standard
) -> tuple[Bools, Bools, Bools, Bools]:
    """Truth, found, tagged (found or possibly) and near misses: (passages, parts)."""
    column = {code: index for index, code in enumerate(standard.part_codes)}
    rows = [
        (number, passage.id, labels)
        for number, report in enumerate(reports)
        for passage, labels in zip(report.passages, report.labels, strict=True)
        if passage.region is Region.BODY
    ]
    at = {(number, passage): row for row, (number, passage, _) in enumerate(rows)}
    truth, found, tagged, near = (np.zeros((len(rows), len(column)), bool) for _ in range(4))
    for row, (_, _, labels) in enumerate(rows):
        truth[row, [column[part] for part in labels.parts]] = True
        near[row, [column[part] for part in labels.near]] = True
    for number, tagging in enumerate(taggings):
        for tag in tagging.tags:
            place = at.get((number, tag.passage))
            if place is not None and tag.finding is not Finding.NOT_FOUND:
                tagged[place, column[tag.part]] = True
                found[place, column[tag.part]] = tag.finding is Finding.FOUND
    return truth, found, tagged, near & ~truth


def _f1(truth: Bools, given: Bools, codes: Sequence[str]) -> dict[str, Any]:
    hits = (truth & given).sum(axis=0)
    support, tagged = truth.sum(axis=0), given.sum(axis=0)
    by_part = {
        code: {
            "support": int(support[i]),
            "precision": _ratio(int(hits[i]), int(tagged[i])),
            "recall": _ratio(int(hits[i]), int(support[i])),
            "f1": _ratio(2 * int(hits[i]), int(support[i] + tagged[i])),
        }
        for i, code in enumerate(codes)
    }
    supported = [row["f1"] for row in by_part.values() if row["support"]]
    return {
        "support": int(support.sum()),
        "precision": _ratio(int(hits.sum()), int(tagged.sum())),
        "recall": _ratio(int(hits.sum()), int(support.sum())),
        "micro_f1": _ratio(2 * int(hits.sum()), int(support.sum() + tagged.sum())),
        "macro_f1": float(np.mean(supported)) if supported else 0.0,
        "by_part": by_part,
    }


def _near_misses(near: Bools, found: Bools, tagged: Bools) -> dict[str, Any]:
    number = int(near.sum())
    return {
        "support": number,
        "tagged": _ratio(int((near & tagged).sum()), number),
        "found": _ratio(int((near & found).sum()), number),
    }


def _areas(
    reports: Sequence[GoldReport], taggings: Sequence[Tagging], standard: Standard
) -> dict[str, Any]:
    truth, given = [], []
    for report, tagging in zip(reports, taggings, strict=True):
        areas = {tag.passage: tag.area for tag in tagging.areas}
        for passage, labels in zip(report.passages, report.labels, strict=True):
            if passage.region is Region.BODY:
                truth.append(labels.area)
                given.append(areas.get(passage.id))
    by_area = {}
    for code in standard.area_codes:
        hits = sum(t == g == code for t, g in zip(truth, given, strict=True))
        support, tagged = truth.count(code), given.count(code)
        by_area[code] = {"support": support, "f1": _ratio(2 * hits, support + tagged)}
    return {
        "support": sum(area is not None for area in truth),
        "macro_f1": float(np.mean([row["f1"] for row in by_area.values()])),
        "by_area": by_area,
    }


def _criteria(pairs: Sequence[tuple[Verdict, Verdict]]) -> dict[str, Any]:
    table: dict[str, Any] = {"all": _agreement(pairs)}
    for grade in Grade:
        table[grade.value] = _agreement([pair for pair in pairs if pair[0].grade is grade])
    codes = sorted({given.code for given, _ in pairs})
    table["by_criterion"] = {
        code: _agreement([pair for pair in pairs if pair[0].code == code]) for code in codes
    }
    table["reliability"] = reliability(
        [given.probability for given, _ in pairs],
        [truth.status is Status.MET for _, truth in pairs],
    )
    return table


def _agreement(pairs: Sequence[tuple[Verdict, Verdict]]) -> dict[str, Any]:
    given = [pair[0].status.value for pair in pairs]
    truth = [pair[1].status.value for pair in pairs]
    met = [g == t for g, t in zip(given, truth, strict=True) if g == Status.MET.value]
    return {
        "decisions": len(pairs),
        "truly_met": truth.count(Status.MET.value),
        "shown_as_met": len(met),
        "kappa": cohen_kappa(truth, given),
        "met_precision": _ratio(sum(met), len(met)),
        "met_recall": _ratio(sum(met), truth.count(Status.MET.value)),
        "calibration_error": calibration_error(
            [pair[0].probability for pair in pairs],
            [pair[1].status is Status.MET for pair in pairs],
        ),
    }


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
