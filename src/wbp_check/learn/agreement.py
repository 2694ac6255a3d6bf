"""How well two readers agree who labelled the same texts without seeing each other's labels.

A reading is a file of lines: a unit's number (from 1, in the order of the report or of the file of
single passages) and its labels, area first, as in the corpus format. What it does not name carries no
label. In `second-reading/`, `ID.first` is the writer's reading, `ID.second` the blind one, and
`ID.settled` what a third look made of the units where they differ; the corpus carries the settled
labels.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from wbp_check.errors import BadCorpus
from wbp_check.learn.corpus import Corpus, Labels, parse_labels
from wbp_check.learn.score import cohen_kappa
from wbp_check.standard import Standard
from wbp_check.types import Region

Units = Mapping[str, Sequence[bool]]
"""For each report or file of passages by its id: of each unit, whether agreement is asked of it."""


def units_of_reports(corpus: Corpus) -> Units:
    """The units of the reports; those of the body are asked."""
    return {
        report.id: [passage.region is Region.BODY for passage in report.passages]
        for report in corpus.reports
    }


def units_of_passages(corpus: Corpus) -> Units:
    """The single passages by file; all are asked."""
    sizes = Counter(passage.source for passage in corpus.passages)
    return {source: [True] * size for source, size in sizes.items()}


def read_readings(
    folder: Path, reading: str, units: Units, standard: Standard
) -> dict[str, tuple[Labels, ...]]:
    """The labels of a reading ("first", "second") of each text that has it, one a unit.

    Raises BadCorpus with file and line.
    """
    readings = {}
    for name, asked in units.items():
        path = folder / f"{name}.{reading}"
        if not path.exists():
            continue
        labels = [Labels()] * len(asked)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            words = line.split()
            if not words:
                continue
            if not words[0].isdigit() or not 1 <= int(words[0]) <= len(labels):
                raise BadCorpus(f"{path}:{number}: “{words[0]}” is no unit of {name}.")
            labels[int(words[0]) - 1] = parse_labels(words[1:], standard, path, number)
        readings[name] = tuple(labels)
    return readings


def agreement(
    units: Units,
    first_reading: Mapping[str, Sequence[Labels]],
    second_reading: Mapping[str, Sequence[Labels]],
    standard: Standard,
) -> dict[str, Any]:
    """Agreement of two readings over the asked units of the texts that have both.

    F1 of one reader against the other (the same both ways) and Cohen's kappa, over all decisions
    of a unit and a part together and for each part; for areas, kappa over areas and "none".
    """
    both = [name for name in units if name in first_reading and name in second_reading]
    pairs = [
        pair
        for name in both
        for asked, *pair in zip(units[name], first_reading[name], second_reading[name], strict=True)
        if asked
    ]
    first, second = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    parts = {
        code: _pair([code in x.parts for x in first], [code in x.parts for x in second])
        for code in standard.part_codes
    }
    flat = _pair(
        [code in x.parts for x in first for code in standard.part_codes],
        [code in x.parts for x in second for code in standard.part_codes],
    )
    return {
        "texts": len(both),
        "units": len(first),
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
