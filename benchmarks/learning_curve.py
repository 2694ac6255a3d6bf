"""Is more still better? Micro-F1 on the dev reports by what is learnt from, TF-IDF as the learner.

    python benchmarks/learning_curve.py

The cheap learner stands in for the encoder, whose every point costs up to an hour on two cores. One
threshold for all parts, the best on dev, so read the steps between the points and not their height.
"""

from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from wbp_check.learn.corpus import Labels, load_corpus
from wbp_check.standard import load_standard
from wbp_check.types import Region

STEPS = (6, 12, 24, 48, 84, 138)


def main() -> None:
    standard = load_standard()
    corpus = load_corpus(Path(__file__).parents[1] / "corpus", standard)
    column = {code: index for index, code in enumerate(standard.part_codes)}

    def rows(reports: list) -> tuple[list[str], np.ndarray]:
        pairs = [
            (passage.text, labels)
            for report in reports
            for passage, labels in zip(report.passages, report.labels, strict=True)
            if passage.region is Region.BODY
        ]
        return [text for text, _ in pairs], matrix([labels for _, labels in pairs])

    def matrix(labels: list[Labels]) -> np.ndarray:
        table = np.zeros((len(labels), len(column)), int)
        for row, label in enumerate(labels):
            table[row, [column[part] for part in label.parts]] = 1
        return table

    # a report of each writer in turn, so that few reports are not of one hand
    known = sorted(corpus.reports_of(corpus.splits.train), key=lambda r: r.id)
    order = sorted(
        range(len(known)),
        key=lambda i: (
            sum(other.meta["writer"] == known[i].meta["writer"] for other in known[:i]),
            known[i].id,
        ),
    )
    train = [known[i] for i in order]
    dev_texts, dev = rows(list(corpus.reports_of(corpus.splits.dev)))
    singles = list(corpus.training_passages)
    print("| reports | single passages | units | labels | micro-F1 on dev |\n|---|---|---|---|---|")
    for number, extra in [
        *((step, 0) for step in STEPS),
        (STEPS[-1], len(singles) // 2),
        (STEPS[-1], len(singles)),
    ]:
        texts, parts = rows(train[:number])
        texts = texts + [passage.text for passage in singles[:extra]]
        parts = np.concatenate([parts, matrix([p.labels for p in singles[:extra]])])
        words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
        model = OneVsRestClassifier(
            LogisticRegression(C=10, class_weight={0: 1, 1: 3}, solver="liblinear")
        )
        model.fit(words.fit_transform(texts), parts)
        scores = model.decision_function(words.transform(dev_texts))
        best = max(
            2 * (dev * (scores >= t)).sum() / (dev.sum() + (scores >= t).sum())
            for t in np.quantile(scores, np.linspace(0.95, 0.999, 50))
        )
        print(
            f"| {number} | {extra:,} | {len(texts):,} | {parts.sum():,} | {best:.3f} |", flush=True
        )


if __name__ == "__main__":
    main()
