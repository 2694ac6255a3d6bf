"""What the corpus holds: counts against its targets, variety, and near-duplicates."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from wbp_check.learn.corpus import Corpus, GoldReport, PassageKind
from wbp_check.standard import Standard
from wbp_check.types import Region

LEAST = {
    "reports": 150,
    "passages": 4800,
    "evidence per part, passages": 45,
    "near misses per part, passages": 20,
    "evidence per part, all": 100,
    "near misses per part, all": 30,
    "passages with three or more parts": 600,
    "test reports": 18,
    PassageKind.DENIAL.value: 300,
    PassageKind.ECHO.value: 200,
    PassageKind.TERMS.value: 100,
    PassageKind.NOTHING.value: 500,
    PassageKind.ROUGH.value: 400,
}
RUN = 5  # words
DUPLICATE_SHARE = 0.5
"""Share of runs of five words that two texts must have in common to be near-duplicates."""
_LONG_ENOUGH = 10  # runs; shorter texts repeat by chance
_WORD = re.compile(r"[a-z0-9£]+(?:['’][a-z]+)?")


def survey_corpus(corpus: Corpus, standard: Standard) -> dict[str, Any]:
    """Counts, variety and near-duplicates; `missed` lists the targets that are not met."""
    in_reports, near_reports = _part_counts(
        labels for report in corpus.reports for labels in report.labels
    )
    in_passages, near_passages = _part_counts(passage.labels for passage in corpus.passages)
    kinds = Counter(passage.kind.value for passage in corpus.passages)
    several = sum(len(passage.labels.parts) >= 3 for passage in corpus.passages)
    units = sum(
        passage.region is Region.BODY for report in corpus.reports for passage in report.passages
    )
    duplicates = near_duplicates(corpus)
    survey: dict[str, Any] = {
        "reports": len(corpus.reports),
        "body units": units,
        "labels in reports": sum(in_reports.values()),
        "near misses in reports": sum(near_reports.values()),
        "levels": dict(Counter(report.meta.get("level", "") for report in corpus.reports)),
        "writers": dict(sorted(Counter(r.meta.get("writer", "") for r in corpus.reports).items())),
        "passages": len(corpus.passages),
        "kinds": dict(kinds),
        "passages with three or more parts": several,
        "labels in passages": sum(in_passages.values()),
        "near misses in passages": sum(near_passages.values()),
        "splits": {
            "train": len(corpus.splits.train),
            "dev": len(corpus.splits.dev),
            "test": len(corpus.splits.test),
        },
        "rarest parts": _least(standard, in_reports + in_passages),
        "rarest near misses": _least(standard, near_reports + near_passages),
        "type-token ratio per 1,000 words": round(_type_token(corpus.reports), 3),
        "share of 5-grams in more than one report": round(shared_runs(corpus.reports), 4),
        "commonest openings": dict(_openings(corpus).most_common(10)),
        "near-duplicates": {f"{a} / {b}": share for a, b, share in duplicates},
    }
    counts = {
        "reports": len(corpus.reports),
        "passages": len(corpus.passages),
        "passages with three or more parts": several,
        "test reports": len(corpus.splits.test),
        **{kind.value: kinds[kind.value] for kind in PassageKind},
    }
    missed = [
        f"{name}: {counts[name]}, wanted {least}"
        for name, least in LEAST.items()
        if name in counts and counts[name] < least
    ]
    for code in standard.part_codes:
        for name, number in (
            ("evidence per part, passages", in_passages[code]),
            ("near misses per part, passages", near_passages[code]),
            ("evidence per part, all", in_reports[code] + in_passages[code]),
            ("near misses per part, all", near_reports[code] + near_passages[code]),
        ):
            if number < LEAST[name]:
                missed.append(f"{name}, {code}: {number}, wanted {LEAST[name]}")
    missed += [f"near-duplicates: {a} and {b}" for a, b, _ in duplicates]
    survey["missed"] = missed
    return survey


def near_duplicates(corpus: Corpus) -> list[tuple[str, str, float]]:
    """Pairs of texts of the corpus that share most of their runs of five words."""
    texts = [
        (f"{report.id}:{passage.id}", passage.text)
        for report in corpus.reports
        for passage in report.passages
        if passage.region is Region.BODY
    ]
    texts += [
        (f"{passage.source}:{number}", passage.text)
        for number, passage in enumerate(corpus.passages, 1)
    ]
    runs = {name: _runs(text) for name, text in texts}
    places: dict[str, list[str]] = {}
    for name, own in runs.items():
        if len(own) >= _LONG_ENOUGH:
            for run in own:
                places.setdefault(run, []).append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in places.values():
        for i, a in enumerate(names):
            for b in names[i + 1 :]:
                shared[a, b] += 1
    return [
        (a, b, round(number / min(len(runs[a]), len(runs[b])), 2))
        for (a, b), number in shared.items()
        # a report may say a thing twice on purpose (a section pasted twice); two writers may not
        if number >= DUPLICATE_SHARE * min(len(runs[a]), len(runs[b]))
        and a.partition(":")[0] != b.partition(":")[0]
    ]


def shared_runs(reports: Iterable[GoldReport]) -> float:
    """Share of different runs of five words that stand in more than one report."""
    seen: Counter[str] = Counter()
    for report in reports:
        own: set[str] = set()
        for passage in report.passages:
            if passage.region is Region.BODY:
                own |= _runs(passage.text)
        seen.update(own)
    return sum(number > 1 for number in seen.values()) / len(seen) if seen else 0.0


def _part_counts(labels: Iterable[Any]) -> tuple[Counter[str], Counter[str]]:
    parts: Counter[str] = Counter()
    near: Counter[str] = Counter()
    for label in labels:
        parts.update(label.parts)
        near.update(label.near)
    return parts, near


def _least(standard: Standard, counts: Counter[str]) -> dict[str, int]:
    return dict(
        sorted(((code, counts[code]) for code in standard.part_codes), key=lambda x: x[1])[:6]
    )


def _runs(text: str) -> set[str]:
    words = _WORD.findall(text.lower())
    return {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def _type_token(reports: Iterable[GoldReport]) -> float:
    ratios = []
    for report in reports:
        words = [w for p in report.passages for w in _WORD.findall(p.text.lower())]
        ratios += [
            len(set(words[at : at + 1000])) / 1000 for at in range(0, len(words) - 999, 1000)
        ]
    return sum(ratios) / len(ratios) if ratios else 0.0


def _openings(corpus: Corpus) -> Counter[str]:
    texts = [p.text for r in corpus.reports for p in r.passages if p.region is Region.BODY]
    texts += [passage.text for passage in corpus.passages]
    return Counter(" ".join(_WORD.findall(text.lower())[:3]) for text in texts)
