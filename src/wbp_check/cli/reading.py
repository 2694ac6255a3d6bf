"""The verbs that read: check, words, tag, standard, and the page."""

from pathlib import Path
from typing import Any

import click
from rich.console import Console

from wbp_check.cli.common import (
    PATH,
    How,
    check_file,
    checking_options,
    json_option,
    read_file,
    reading_options,
)
from wbp_check.errors import UnreadableReport
from wbp_check.standard import Standard, load_standard


@click.command()
@click.argument("report", type=PATH)
@json_option
@checking_options
def check(
    report: Path,
    as_json: bool,
    how: How,
) -> None:
    """Check a REPORT (.docx, .pdf or .txt): count, missing criteria, evidence.

    Example: wbp-check check examples/report.docx
    """
    from wbp_check.export.json import check_to_table, to_json
    from wbp_check.terminal.check import print_check

    standard = load_standard()
    result = check_file(report, standard, how)
    if as_json:
        click.echo(to_json(check_to_table(result)))
    else:
        print_check(result, standard, Console(), how.profile)


@click.command()
@click.argument("report", type=PATH)
@json_option
@reading_options
def words(
    report: Path,
    as_json: bool,
    how: How,
) -> None:
    """Count the words of a REPORT as Word does, less the annexes, itemised; list the annexes.

    Example: wbp-check words examples/report.docx
    """
    from wbp_check.annexes import list_annexes
    from wbp_check.body import place_blocks
    from wbp_check.export.json import annexes_to_table, to_json, words_to_table
    from wbp_check.terminal.annexes import print_annexes
    from wbp_check.terminal.check import print_words
    from wbp_check.words import count_report, count_warnings

    standard = load_standard()
    placed = place_blocks(read_file(report, how.password), standard, how.annexes_from)
    count = count_report(placed, standard.profile(how.profile))
    annexes = list_annexes(placed, standard)
    if as_json:
        click.echo(to_json(words_to_table(count) | {"annexes": annexes_to_table(annexes)}))
    else:
        console = Console()
        print_words(count, (*placed.warnings, *count_warnings(count, placed.format)), console)
        print_annexes(annexes, console)


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8"))
@click.option("--model", type=PATH, help="A model folder instead of the bundled one.")
def tag(file: Any, model: Path | None) -> None:
    """Tag a FILE of single passages, one a line; "-" reads standard input.

    Prints one JSON object a line: {"text", "area", "tags": [{"part", "probability"}]}.
    """
    from wbp_check.export.json import tagged_text_to_table, to_json
    from wbp_check.modelstore import load_tagger
    from wbp_check.tagger import tag_texts

    try:
        texts = [line.strip() for line in file if line.strip()]
    except UnicodeDecodeError as error:
        raise UnreadableReport(f"{file.name} is not UTF-8 text. Save it as UTF-8.") from error
    tagger = load_tagger(load_standard(), model)
    for text, (area, tags) in zip(texts, tag_texts(texts, tagger), strict=True):
        click.echo(to_json(tagged_text_to_table(text, area, tags), indent=None))


@click.command()
@click.argument("code", required=False)
def standard(code: str | None) -> None:
    """Print the standard: areas, criteria and parts, or one criterion by its CODE."""
    from wbp_check.terminal.check import print_criterion, print_standard

    loaded: Standard = load_standard()
    if code:
        print_criterion(loaded.criterion(code.upper()), Console())
    else:
        print_standard(loaded, Console())


@click.command()
@click.option("--port", default=8501, show_default=True)
def app(port: int) -> None:
    """Open the page in a browser, served to this machine only."""
    from streamlit.web import bootstrap

    package = Path(__file__).parents[1]
    script = package / "app.py" if (package / "app.py").exists() else package.parents[1] / "app.py"
    options = {
        "server_address": "localhost",
        "server_port": port,
        "server_maxUploadSize": 50,
        "browser_gatherUsageStats": False,
        "client_toolbarMode": "minimal",
    }
    bootstrap.load_config_options(flag_options=options)
    bootstrap.run(str(script), False, [], options)
