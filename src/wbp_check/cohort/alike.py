"""Passages that two reports share nearly word for word: a place to look, and no more than that. Pure.

Honest reports share text too: a provider's template, an employer's policy, a definition learnt by
heart. Only a person who knows both writers can say what a likeness means.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from wbp_check.echo import COPIED_SHARE, Echoes, copied_share, text_runs
from wbp_check.words import count_words

LEAST_WORDS = 8
"""Shorter passages are alike by chance."""
ALIKE_SHARE = 0.6
"""Least share of the shorter passage's words that stand in runs of five which both have.

With one word in ten replaced, 90 % of 2,000 passages of the corpus are still found (Jaccard over the
same runs, from 0.5 on: 22 %). The corpus's 168 reports by different writers share 197 such pairs,
nearly all of them stock sentences: about six in a cohort of 30.
"""
MOST_HOLDERS = 20
"""Reports in which a run is looked up. Text that more share is found through these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A passage as far as it is compared, and where a reader finds it."""

    text: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Two nearly identical passages of two reports, named as the caller names them.

    `shared_by` is how many reports hold this passage or one linked to it: two is rare, all of them
    is a template.
    """

    first_report: str
    first: Line
    second_report: str
    second: Line
    similarity: float
    shared_by: int


def is_compared(text: str, echoes: Echoes) -> bool:
    """Whether a passage says enough to be compared, in words that are not the kit's own."""
    return count_words(text) >= LEAST_WORDS and copied_share(text, echoes) < COPIED_SHARE


def find_alike(reports: Sequence[tuple[str, Sequence[Line]]]) -> tuple[Alike, ...]:
    """For each passage the nearest one of the reports before it, if they are nearly identical.

    So a passage that n reports share makes n - 1 rows and not n(n - 1)/2. What the fewest reports
    share comes first, then by similarity and by report.
    """
    owners = [number for number, (_, lines) in enumerate(reports) for _ in lines]
    lines = [line for _, own in reports for line in own]
    earlier: dict[int, set[int]] = {}
    for holders in _holders_of_shared_runs([line.text for line in lines], owners):
        for at, holder in enumerate(holders):
            looked_up = holders[: min(at, MOST_HOLDERS)]
            earlier.setdefault(holder, set()).update(
                other for other in looked_up if owners[other] != owners[holder]
            )
    nearest: dict[int, tuple[int, float]] = {}
    for line, others in sorted(earlier.items()):
        shares = {other: similarity(lines[line].text, lines[other].text) for other in others}
        best = min(shares, key=lambda other: (-shares[other], other), default=None)
        if best is not None and shares[best] >= ALIKE_SHARE:
            nearest[line] = best, shares[best]
    shared_by = _reports_of_groups(nearest, owners)
    found = [
        Alike(
            first_report=reports[owners[other]][0],
            first=lines[other],
            second_report=reports[owners[line]][0],
            second=lines[line],
            similarity=share,
            shared_by=shared_by[line],
        )
        for line, (other, share) in nearest.items()
    ]
    return tuple(
        sorted(found, key=lambda a: (a.shared_by, -a.similarity, a.first_report, a.second_report))
    )


def similarity(text: str, other: str) -> float:
    """Share of the shorter text's words that stand in a run of five which the longer has too."""
    shorter, longer = sorted((text, other), key=count_words)
    return copied_share(shorter, Echoes(frozenset(text_runs(longer))))


def _holders_of_shared_runs(texts: Sequence[str], owners: Sequence[int]) -> Iterable[list[int]]:
    """For each run that more than one report has: the texts that hold it, in order.

    Sorted arrays, because a dictionary of all runs would need several times their memory.
    """
    if not texts:
        return
    runs = [np.array([int(run, 16) for run in text_runs(text)], np.uint64) for text in texts]
    holders = np.repeat(np.arange(len(texts), dtype=np.int64), [len(own) for own in runs])
    all_runs = np.concatenate(runs)
    order = np.lexsort((holders, all_runs))
    all_runs, holders = all_runs[order], holders[order]
    starts = np.flatnonzero(np.r_[True, all_runs[1:] != all_runs[:-1], True])
    owner_of = np.asarray(owners)[holders]
    for start, end in pairwise(starts):
        if owner_of[start] != owner_of[end - 1]:  # in order, so that the last is the highest
            yield holders[start:end].tolist()


def _reports_of_groups(
    nearest: dict[int, tuple[int, float]], owners: Sequence[int]
) -> dict[int, int]:
    """For each linked passage: how many reports its links lead through, directly or not."""
    first: dict[int, int] = {}
    reports: dict[int, set[int]] = {}
    for line, (other, _) in sorted(nearest.items()):  # a link points back, so that it is known
        root = first.setdefault(line, first.get(other, other))
        reports.setdefault(root, {owners[root]}).update((owners[line], owners[other]))
    return {line: len(reports[first[line]]) for line in nearest}
