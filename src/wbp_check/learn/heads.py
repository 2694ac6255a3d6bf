"""Linear models on the means of passages' tokens, and the numbers that make decisions of their scores."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from wbp_check.tagger import Matrix, Scorer, Thresholds
from wbp_check.types import Calibration

Scores = npt.NDArray[np.float64]
POSITIVE_WEIGHT = 3.0
NEAR_WEIGHT = 3.0
POSSIBLY_SHARE = 0.3
"""Of the threshold for a passage: from there a report's best passage is worth a look."""
_HIGHEST = 0.99  # a threshold that can still be reached
STRENGTH = 0.5
"""Inverse regularisation; chosen by cross-validation over reports."""


def fit_part_scorer(vectors: Matrix, parts: Matrix, near: Matrix) -> Scorer:
    """One logistic regression a part, stacked. A part without examples is never found."""
    coefficients = np.zeros((parts.shape[1], vectors.shape[1]), np.float32)
    intercepts = np.full(parts.shape[1], -9.0, np.float32)
    for column in range(parts.shape[1]):
        target = parts[:, column]
        if target.min() == target.max():
            continue
        weight = 1 + (POSITIVE_WEIGHT - 1) * target + (NEAR_WEIGHT - 1) * near[:, column]
        model = LogisticRegression(C=STRENGTH, max_iter=300)
        model.fit(vectors, target, sample_weight=weight)
        coefficients[column], intercepts[column] = model.coef_[0], model.intercept_[0]
    return mean_scorer(coefficients, intercepts)


def fit_area_scorer(vectors: Matrix, areas: npt.NDArray[np.int64], number: int) -> Scorer:
    """Multinomial logistic regression over the areas and “none”."""
    model = LogisticRegression(C=STRENGTH, max_iter=300).fit(vectors, areas)
    coefficients = np.zeros((number + 1, vectors.shape[1]), np.float32)
    intercepts = np.full(number + 1, -9.0, np.float32)
    for row, column in enumerate(model.classes_):
        coefficients[column], intercepts[column] = model.coef_[row], model.intercept_[row]
    return mean_scorer(coefficients, intercepts)


def mean_scorer(weights: Matrix, intercepts: Matrix) -> Scorer:
    """A linear model of the mean of a text's tokens."""
    return Scorer(queries=np.zeros_like(weights), weights=weights, intercepts=intercepts)


def calibrate(scores: npt.ArrayLike, truth: npt.ArrayLike) -> Calibration:
    """Platt scaling of log-odds, all parts together, on reports that the scorer had not seen."""
    flat, outcome = np.asarray(scores).reshape(-1, 1), np.asarray(truth).reshape(-1)
    if outcome.min() == outcome.max():
        return Calibration()
    model = LogisticRegression(C=1e6).fit(flat, outcome)
    return Calibration(slope=float(model.coef_[0, 0]), intercept=float(model.intercept_[0]))


def log_odds(probabilities: Sequence[float]) -> Scores:
    """Log-odds, with probabilities kept off 0 and 1."""
    p = np.clip(np.asarray(probabilities, dtype=float), 1e-4, 1 - 1e-4)
    return np.asarray(np.log(p / (1 - p)))


def choose_passage_thresholds(
    probabilities: Scores, truth: Matrix, shrink: float = 12.0
) -> list[float]:
    """For each part the threshold with the best F1, drawn towards the best one of all parts.

    A part with `shrink` positive examples stands half-way between its own and the common one.
    """
    grid = np.round(np.arange(0.10, 0.80, 0.02), 2)
    common = float(grid[np.argmax([_f1(probabilities >= t, truth) for t in grid])])
    chosen = []
    for column in range(truth.shape[1]):
        support = float(truth[:, column].sum())
        if support < 3:
            chosen.append(common)
            continue
        own = [_f1(probabilities[:, column] >= t, truth[:, column]) for t in grid]
        best = float(np.median(grid[np.asarray(own) >= max(own) - 1e-9]))
        chosen.append((support * best + shrink * common) / (support + shrink))
    return chosen


def thresholds(passage: float, share: float) -> Thresholds:
    """Thresholds of a part: a report's best passage is found from `share` of the passage's.

    A share above 1 raises both, since what is found in a passage is found in its report.
    """
    return Thresholds(
        passage=round(min(_HIGHEST, max(1.0, share) * passage), 4),
        found=round(min(_HIGHEST, share * passage), 4),
        possibly=round(min(share, POSSIBLY_SHARE) * passage, 4),
    )


def _f1(given: npt.NDArray[np.bool_], truth: Matrix) -> float:
    hits = float((given * truth).sum())
    total = float(given.sum() + truth.sum())
    return 2 * hits / total if total else 0.0
