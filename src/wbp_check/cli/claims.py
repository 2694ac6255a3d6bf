"""The verb claims."""

from pathlib import Path

import click
from rich.console import Console

from wbp_check.cli.common import PATH, check_file, reading_options
from wbp_check.standard import load_standard


@click.command()
@click.argument("report", type=PATH)
@click.option("--model", type=PATH, help="A model folder instead of the bundled one.")
@reading_options
def claims(
    report: Path,
    model: Path | None,
    as_json: bool,
    annexes_from: str | None,
    profile: str | None,
    password: str | None,
) -> None:
    """Compare the criterion codes in a REPORT with what is found where they stand.

    Example: wbp-check claims examples/report.docx
    """
    from wbp_check.claims import find_claims
    from wbp_check.export.claims_json import claims_to_table
    from wbp_check.export.json import to_json
    from wbp_check.terminal_claims import print_claims

    standard = load_standard()
    check = check_file(report, standard, model, profile, annexes_from, password)
    found = find_claims(check, standard)
    if as_json:
        click.echo(to_json(claims_to_table(found, check.report.name, check.made_with)))
    else:
        print_claims(found, check.report.name, check.made_with, Console())
