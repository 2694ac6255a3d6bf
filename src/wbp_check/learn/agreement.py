"""How well two readers agree who labelled the same reports without seeing each other's labels.

A reading is a file of lines: a passage's number (from 1, in the order of the report) and its labels,
area first, as in the corpus format. What it does not name carries no label. In `second-reading/`,
`ID.first` is the writer's reading, `ID.second` the blind one, and `ID.settled` what a third look made
of the passages where they differ; the report in `reports/` carries the settled labels.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from wbp_check.errors import BadCorpus
from wbp_check.learn.corpus import GoldReport, Labels, parse_labels
from wbp_check.learn.score import cohen_kappa
from wbp_check.standard import Standard
from wbp_check.types import Region


def read_readings(
    folder: Path, reading: str, reports: Sequence[GoldReport], standard: Standard
) -> dict[str, tuple[Labels, ...]]:
    """The labels of a reading ("first", "second") of each report that has it, one a passage.

    Raises BadCorpus with file and line.
    """
    readings = {}
    for report in reports:
        path = folder / f"{report.id}.{reading}"
        if not path.exists():
            continue
        labels = [Labels()] * len(report.passages)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            words = line.split()
            if not words:
                continue
            if not words[0].isdigit() or not 1 <= int(words[0]) <= len(labels):
                raise BadCorpus(f"{path}:{number}: “{words[0]}” is no passage of {report.id}.")
            labels[int(words[0]) - 1] = parse_labels(words[1:], standard, path, number)
        readings[report.id] = tuple(labels)
    return readings


def agreement(
    reports: Sequence[GoldReport],
    first_reading: dict[str, tuple[Labels, ...]],
    second_reading: dict[str, tuple[Labels, ...]],
    standard: Standard,
) -> dict[str, Any]:
    """Agreement of two readings over the body passages of the reports that have both.

    F1 of one reader against the other (the same both ways) and Cohen's kappa, over all decisions
    of a passage and a part together and for each part; for areas, kappa over areas and "none".
    """
    first: list[Labels] = []
    second: list[Labels] = []
    both = [r for r in reports if r.id in first_reading and r.id in second_reading]
    for report in both:
        for passage, one, other in zip(
            report.passages, first_reading[report.id], second_reading[report.id], strict=True
        ):
            if passage.region is Region.BODY:
                first.append(one)
                second.append(other)
    parts = {
        code: _pair([code in x.parts for x in first], [code in x.parts for x in second])
        for code in standard.part_codes
    }
    flat = _pair(
        [code in x.parts for x in first for code in standard.part_codes],
        [code in x.parts for x in second for code in standard.part_codes],
    )
    return {
        "reports": len(both),
        "passages": len(first),
        "parts": flat,
        "parts, mean F1": float(np.mean([row["f1"] for row in parts.values() if row["first"]])),
        "areas, kappa": cohen_kappa([x.area for x in first], [x.area for x in second]),
        "areas, same": float(
            np.mean([a.area == b.area for a, b in zip(first, second, strict=True)])
        ),
        "by part": parts,
    }


def _pair(first: Sequence[bool], second: Sequence[bool]) -> dict[str, float]:
    both = sum(a and b for a, b in zip(first, second, strict=True))
    total = sum(first) + sum(second)
    return {
        "first": sum(first),
        "second": sum(second),
        "f1": 2 * both / total if total else 0.0,
        "kappa": cohen_kappa(first, second) if sum(first) + sum(second) > 0 else 0.0,
    }
