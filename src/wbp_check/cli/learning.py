"""The verbs of corpus and model: train, score, corpus."""

import json
import sys
from pathlib import Path

import click
from rich.console import Console

from wbp_check.cli.common import PATH
from wbp_check.errors import BadModel
from wbp_check.standard import load_standard


@click.command()
@click.option("--corpus", type=PATH, default=Path("corpus"), show_default=True)
@click.option("--out", type=PATH, default=Path("models/default"), show_default=True)
@click.option("--seed", default=7, show_default=True)
@click.option(
    "--encoder",
    type=PATH,
    help="Keep the encoder of this model folder and fit only what stands on it (minutes).",
)
@click.option(
    "--folds",
    default=1,
    show_default=True,
    help="1: fit on train, thresholds on dev. More: cross-validation over whole reports.",
)
@click.option(
    "--keep", is_flag=True, help="Keep the model in --out; choose thresholds and measure."
)
def train(corpus: Path, out: Path, seed: int, encoder: Path | None, folds: int, keep: bool) -> None:
    """Train the model from the corpus, measure it and write its folder and card.

    Fine-tuning the encoder needs the extra "train" (pip install 'wbp-check[train]') and takes
    three quarters of an hour on two idle cores; --encoder and --keep need only "learn".
    """
    from wbp_check.learn.corpus import load_corpus

    try:
        from wbp_check.learn.train import train_model
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("wbp_check"):
            raise
        raise BadModel(
            f"Training needs {error.name}, which is not installed: pip install 'wbp-check[train]', "
            "or 'wbp-check[learn]' for --keep and --encoder."
        ) from error
    if keep and (folds > 1 or encoder):
        raise click.UsageError("--keep goes with one fold and without --encoder.")
    standard = load_standard()
    train_model(
        load_corpus(corpus, standard),
        standard,
        out,
        seed=seed,
        folds=folds,
        encoder=encoder,
        keep=keep,
        progress=lambda line: click.echo(line, err=True),
    )


@click.command()
@click.argument("reports", nargs=-1, type=PATH)
@click.option("--model", type=PATH, help="A model folder instead of the bundled one.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def score(reports: tuple[Path, ...], model: Path | None, as_json: bool) -> None:
    """Measure the model on labelled REPORTS (files or folders; default: the corpus's test split).

    Figures are by passage, part, area and criterion, with their support.
    """
    from wbp_check.learn.corpus import load_corpus, load_gold_reports
    from wbp_check.learn.score import score_reports
    from wbp_check.modelstore import load_tagger
    from wbp_check.terminal.check import print_scores

    standard = load_standard()
    if reports:
        gold = load_gold_reports(reports, standard)
    else:
        corpus = load_corpus(Path("corpus"), standard)
        gold = corpus.reports_of(corpus.splits.test)
    scores = score_reports(gold, standard, load_tagger(standard, model))
    if as_json:
        click.echo(json.dumps(scores, indent=1))
    else:
        print_scores(scores, Console())


@click.group()
def corpus() -> None:
    """The labelled corpus."""


@corpus.command("check")
@click.argument("folder", type=PATH, default=Path("corpus"))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def corpus_check(folder: Path, as_json: bool) -> None:
    """Check the corpus in FOLDER: format, counts, variety, near-duplicates.

    Exits with 1 if a target of corpus/README.md is missed.
    """
    from wbp_check.learn.corpus import load_corpus
    from wbp_check.learn.survey import survey_corpus
    from wbp_check.terminal.check import print_survey

    survey = survey_corpus(load_corpus(folder, load_standard()), load_standard())
    if as_json:
        click.echo(json.dumps(survey, indent=1))
    else:
        print_survey(survey, Console())
    if survey["missed"]:
        sys.exit(1)


@corpus.command("agreement")
@click.argument("folder", type=PATH, default=Path("corpus"))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def corpus_agreement(folder: Path, as_json: bool) -> None:
    """Compare the writers' and the blind readings in FOLDER: F1 and kappa, by part."""
    from wbp_check.learn.agreement import (
        agreement,
        read_readings,
        units_of_passages,
        units_of_reports,
    )
    from wbp_check.learn.corpus import load_corpus
    from wbp_check.terminal.check import print_agreement

    standard = load_standard()
    corpus = load_corpus(folder, standard)
    tables = {}
    for name, units in (
        ("reports", units_of_reports(corpus)),
        ("passages", units_of_passages(corpus)),
    ):
        first, second = (
            read_readings(folder / "second-reading", reading, units, standard)
            for reading in ("first", "second")
        )
        if first and second:
            tables[name] = agreement(units, first, second, standard)
    if as_json:
        click.echo(json.dumps(tables, indent=1))
        return
    for name, table in tables.items():
        print_agreement(name, table, Console())
