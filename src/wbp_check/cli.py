"""The command line: reads, calls one function, prints. Data on stdout, messages on stderr."""

import functools
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console

from wbp_check.errors import BadModel, UnreadableReport, WbpError
from wbp_check.standard import Standard, load_standard

F = TypeVar("F", bound=Callable[..., Any])
_REPORT = click.Path(path_type=Path)


def main() -> None:
    """Entry point: exit 0, 1 for a WbpError, 2 for wrong usage."""
    try:
        cli(standalone_mode=False)
    except WbpError as error:
        click.echo(f"wbp-check: {error}", err=True)
        sys.exit(1)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="wbp-check")
def cli() -> None:
    """Show what an assessor will and will not find in a work-based project report (ST0071).

    It screens and never grades; it writes nothing for you; nothing leaves this machine.
    """


def _reading_options(command: F) -> F:
    @click.option("--json", "as_json", is_flag=True, help="Print JSON, schema 1.")
    @click.option(
        "--annexes-from",
        metavar="TEXT",
        help="First words of the line at which the annexes begin, if it was found wrongly.",
    )
    @click.option("--profile", metavar="NAME", help="Assessment organisation (default: highfield).")
    @functools.wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        return command(*args, **kwargs)

    return wrapped  # type: ignore[return-value]


@cli.command()
@click.argument("report", type=_REPORT)
@click.option("--model", type=_REPORT, help="A model folder instead of the bundled one.")
@_reading_options
def check(
    report: Path, model: Path | None, as_json: bool, annexes_from: str | None, profile: str | None
) -> None:
    """Check a REPORT (.docx, .pdf or .txt): count, missing criteria, evidence.

    Example: wbp-check check examples/report.docx
    """
    from wbp_check.check import check_report
    from wbp_check.export import check_to_table, to_json
    from wbp_check.modelstore import load_tagger
    from wbp_check.passages import load_sentence_splitter
    from wbp_check.read import read_report
    from wbp_check.terminal import print_check

    standard = load_standard()
    with Console(stderr=True).status("Reading the report …") as status:
        read = read_report(_bytes_of(report), report.name)
        status.update("Loading the model …")
        tagger = load_tagger(standard, model)
        status.update("Looking for evidence …")
        result = check_report(
            read,
            standard,
            load_sentence_splitter(),
            tagger,
            profile=profile,
            annexes_from=annexes_from,
        )
    if as_json:
        click.echo(to_json(check_to_table(result)))
    else:
        print_check(result, standard, Console(), profile)


@cli.command()
@click.argument("report", type=_REPORT)
@_reading_options
def words(report: Path, as_json: bool, annexes_from: str | None, profile: str | None) -> None:
    """Count the words of a REPORT as Word does, less the annexes, itemised.

    Example: wbp-check words examples/report.docx
    """
    from wbp_check.body import place_blocks
    from wbp_check.export import to_json, words_to_table
    from wbp_check.read import read_report
    from wbp_check.terminal import print_words
    from wbp_check.words import count_report, count_warnings

    standard = load_standard()
    placed = place_blocks(read_report(_bytes_of(report), report.name), standard, annexes_from)
    count = count_report(placed, standard.profile(profile))
    if as_json:
        click.echo(to_json(words_to_table(count)))
    else:
        print_words(count, (*placed.warnings, *count_warnings(count)), Console())


@cli.command()
@click.argument("file", type=click.File("r", encoding="utf-8"))
@click.option("--model", type=_REPORT, help="A model folder instead of the bundled one.")
def tag(file: Any, model: Path | None) -> None:
    """Tag a FILE of single passages, one a line; "-" reads standard input.

    Prints one JSON object a line: {"text", "area", "tags": [{"part", "probability"}]}.
    """
    from wbp_check.export import tagged_text_to_table, to_json
    from wbp_check.modelstore import load_tagger
    from wbp_check.tagger import tag_texts

    try:
        texts = [line.strip() for line in file if line.strip()]
    except UnicodeDecodeError as error:
        raise UnreadableReport(f"{file.name} is not UTF-8 text. Save it as UTF-8.") from error
    tagger = load_tagger(load_standard(), model)
    for text, (area, tags) in zip(texts, tag_texts(texts, tagger), strict=True):
        click.echo(to_json(tagged_text_to_table(text, area, tags), indent=None))


@cli.command()
@click.option("--corpus", type=_REPORT, default=Path("corpus"), show_default=True)
@click.option("--out", type=_REPORT, default=Path("models/default"), show_default=True)
@click.option("--seed", default=7, show_default=True)
@click.option(
    "--encoder",
    type=_REPORT,
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


@cli.command()
@click.argument("reports", nargs=-1, type=_REPORT)
@click.option("--model", type=_REPORT, help="A model folder instead of the bundled one.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def score(reports: tuple[Path, ...], model: Path | None, as_json: bool) -> None:
    """Measure the model on labelled REPORTS (files or folders; default: the corpus's test split).

    Figures are by passage, part, area and criterion, with their support.
    """
    from wbp_check.learn.corpus import load_corpus, load_gold_reports
    from wbp_check.learn.score import score_reports
    from wbp_check.modelstore import load_tagger
    from wbp_check.terminal import print_scores

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


@cli.command()
@click.argument("code", required=False)
def standard(code: str | None) -> None:
    """Print the standard: areas, criteria and parts, or one criterion by its CODE."""
    from wbp_check.terminal import print_criterion, print_standard

    loaded: Standard = load_standard()
    if code:
        print_criterion(loaded.criterion(code.upper()), Console())
    else:
        print_standard(loaded, Console())


@cli.group()
def corpus() -> None:
    """The labelled corpus."""


@corpus.command("check")
@click.argument("folder", type=_REPORT, default=Path("corpus"))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def corpus_check(folder: Path, as_json: bool) -> None:
    """Check the corpus in FOLDER: format, counts, variety, near-duplicates.

    Exits with 1 if a target of corpus/README.md is missed.
    """
    from wbp_check.learn.corpus import load_corpus
    from wbp_check.learn.survey import survey_corpus
    from wbp_check.terminal import print_survey

    survey = survey_corpus(load_corpus(folder, load_standard()), load_standard())
    if as_json:
        click.echo(json.dumps(survey, indent=1))
    else:
        print_survey(survey, Console())
    if survey["missed"]:
        sys.exit(1)


@corpus.command("agreement")
@click.argument("folder", type=_REPORT, default=Path("corpus"))
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
    from wbp_check.terminal import print_agreement

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


@cli.command()
@click.option("--port", default=8501, show_default=True)
def app(port: int) -> None:
    """Open the page in a browser, served to this machine only."""
    from streamlit.web import bootstrap

    here = Path(__file__).parent
    script = here / "app.py" if (here / "app.py").exists() else here.parents[1] / "app.py"
    options = {
        "server_address": "localhost",
        "server_port": port,
        "server_maxUploadSize": 50,
        "browser_gatherUsageStats": False,
        "client_toolbarMode": "minimal",
    }
    bootstrap.load_config_options(flag_options=options)
    bootstrap.run(str(script), False, [], options)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableReport(f"{path} does not exist. Check the name and the folder.") from error
    except IsADirectoryError as error:
        raise UnreadableReport(f"{path} is a folder. Name a report in it.") from error
    except OSError as error:
        raise UnreadableReport(f"{path} cannot be opened: {error.strerror}.") from error
