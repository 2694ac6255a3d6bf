"""The corpus to a model folder: fit (`fits`), choose thresholds on unseen reports (`decisions`),
measure, write.

Each fold leaves out whole reports and whole files of single passages, so that no writer's
neighbouring sentence helps. The test split is measured last, with the files that are written, and
chooses nothing.
"""

import json
import random
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from wbp_check.echo import load_echoes
from wbp_check.examples import Examples, gather_examples
from wbp_check.learn.card import write_card
from wbp_check.learn.corpus import Corpus, GoldReport
from wbp_check.learn.decisions import ReportScores, choose_decisions, decide_all
from wbp_check.learn.documents import Document, all_documents, report_document
from wbp_check.learn.fits import Fit, Fitted, Progress, freeze, means_of, refit_nothing, tune
from wbp_check.learn.noise import misspell, scan_badly, unpunctuate
from wbp_check.learn.score import score_reports, score_singles, score_taggings
from wbp_check.modelstore import (
    FILES,
    FORMAT,
    Manifest,
    load_tagger,
    read_manifest,
    save_examples,
    save_manifest,
    save_scorers,
    sha256_of,
)
from wbp_check.standard import Standard
from wbp_check.tagger import Decisions


def train_model(
    corpus: Corpus,
    standard: Standard,
    out: Path,
    *,
    seed: int,
    folds: int,
    encoder: Path | None,
    keep: bool = False,
    progress: Progress,
) -> dict[str, Any]:
    """Train, choose thresholds, measure and write a model folder. Returns its metrics.

    With several `folds`, scores of whole held-out reports of train and dev choose the thresholds,
    and the model is fitted again on both. With one, it is fitted on train and dev chooses.
    With `keep`, the model in `out` stays with its examples, and only its thresholds are chosen and
    measured again: right only with one fold, since the model has seen all of train.
    Nothing is written to `out` until all is done. Raises BadModel if the extra is not installed.
    """
    if keep:
        fit, name = refit_nothing(out, standard), read_manifest(out).name
    elif encoder:
        fit, name = freeze(encoder, standard), f"frozen {corpus.sha256[:8]}"
    else:
        fit, name = tune(seed, standard), f"tuned {corpus.sha256[:8]}"
    known = corpus.reports_of((*corpus.splits.train, *corpus.splits.dev))
    unseen, scores, final = _out_of_fold(corpus, known, standard, fit, folds, progress)
    decisions = choose_decisions(unseen, scores, standard, load_echoes())
    learnt_from = known if folds > 1 else corpus.reports_of(corpus.splits.train)
    documents = all_documents(learnt_from, corpus.training_passages, standard)
    if folds > 1:
        progress("fitting on train and dev")
        final = fit(documents, progress)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        final.write(folder)
        save_scorers(folder, final.parts, final.areas)
        if keep:
            shutil.copy(out / "examples.npz", folder / "examples.npz")
        else:
            save_examples(folder, _examples_of(documents, final))
        manifest = Manifest(
            format=FORMAT,
            name=name,
            files={name: sha256_of(folder / name) for name in FILES},
            corpus_sha256=read_manifest(out).corpus_sha256 if keep else corpus.sha256,
            seed=seed,
            versions={
                name: version(name)
                for name in ("wbp-check", "scikit-learn", "onnxruntime", "numpy")
            },
            decisions=decisions,
        )
        save_manifest(folder, manifest)
        metrics = measure(corpus, standard, folder, unseen, scores, decisions, folds, progress)
        (folder / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n", encoding="utf-8")
        write_card(folder, metrics, manifest, corpus, standard)
        out.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            shutil.copy(path, out / path.name)
    return metrics


def _out_of_fold(
    corpus: Corpus,
    known: Sequence[GoldReport],
    standard: Standard,
    fit: Fit,
    folds: int,
    progress: Progress,
) -> tuple[list[GoldReport], list[ReportScores], Fitted]:
    """Reports with the scores of a model that saw neither them nor their fold's passages.

    The last fold's model comes with them.
    """
    unseen: list[GoldReport] = []
    scores: list[ReportScores] = []
    for number, (held, files) in enumerate(folds_of(corpus, known, folds), 1):
        progress(f"fold {number} of {folds}: {len(held)} reports held out")
        documents = all_documents(
            [report for report in known if report.id not in held],
            [passage for passage in corpus.training_passages if passage.source not in files],
            standard,
        )
        fitted = fit(documents, progress)
        for report in known:
            if report.id in held:
                unseen.append(report)
                scores.append(_report_scores(report, standard, fitted))
    return unseen, scores, fitted


def folds_of(
    corpus: Corpus, known: Sequence[GoldReport], folds: int
) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Held-out report ids and passage files of each fold, levels spread evenly."""
    if folds == 1:
        return [(frozenset(corpus.splits.dev), frozenset())]
    ordered = sorted(known, key=lambda report: (report.meta.get("level", ""), report.id))
    files = sorted({passage.source for passage in corpus.training_passages})
    return [
        (
            frozenset(report.id for report in ordered[fold::folds]),
            frozenset(files[fold::folds]),
        )
        for fold in range(folds)
    ]


def _report_scores(report: GoldReport, standard: Standard, fitted: Fitted) -> ReportScores:
    document = report_document(report, standard)
    texts = fitted.states([document.texts])[0]
    own = [texts[row] for row in document.rows]
    return fitted.parts.scores(own), fitted.areas.scores(own)


def measure(
    corpus: Corpus,
    standard: Standard,
    folder: Path,
    unseen: Sequence[GoldReport],
    scores: Sequence[ReportScores],
    decisions: Decisions,
    folds: int,
    progress: Progress,
) -> dict[str, Any]:
    """All figures of the card: out of fold, on the test split, and on damaged test text."""
    tagger = load_tagger(standard, folder)
    test = corpus.reports_of(corpus.splits.test)
    metrics: dict[str, Any] = {
        "folds": folds,
        "out_of_fold": score_taggings(
            unseen, decide_all(unseen, scores, decisions, tagger.echoes), standard
        ),
    }
    if test:
        progress("measuring on the test split")
        metrics["test"] = score_reports(test, standard, tagger)
        if corpus.test_passages:
            metrics["test_passages"] = score_singles(corpus.test_passages, tagger)
        metrics["damaged"] = {
            name: _brief(score_reports([_damaged(r, change) for r in test], standard, tagger))
            for name, change in _DAMAGE.items()
        }
    return metrics


_DAMAGE: dict[str, Callable[[str, random.Random], str]] = {
    "5% of letters wrong": lambda text, rng: misspell(text, 0.05, rng),
    "15% of letters wrong": lambda text, rng: misspell(text, 0.15, rng),
    "lower case, no punctuation": lambda text, rng: unpunctuate(text),
    "badly scanned": scan_badly,
}


def _damaged(report: GoldReport, change: Callable[[str, random.Random], str]) -> GoldReport:
    rng = random.Random(report.id)
    passages = tuple(replace(p, text=change(p.text, rng) or p.text) for p in report.passages)
    return replace(report, passages=passages)


def _brief(figures: dict[str, Any]) -> dict[str, float]:
    return {
        "micro_f1": figures["parts"]["tagged"]["micro_f1"],
        "area_macro_f1": figures["areas"]["macro_f1"],
        "kappa": figures["criteria"]["all"]["kappa"],
        "met_precision": figures["criteria"]["all"]["met_precision"],
    }


def _examples_of(documents: Sequence[Document], fitted: Fitted) -> Examples:
    return gather_examples(
        means_of(documents, fitted.states),
        np.concatenate([document.parts for document in documents]) > 0,
        np.concatenate([document.near for document in documents]) > 0,
    )
