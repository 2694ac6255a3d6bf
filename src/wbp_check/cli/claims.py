"""The verb claims."""

from pathlib import Path

import click
from rich.console import Console

from wbp_check.cli.common import PATH, How, check_file, checking_options, json_option
from wbp_check.standard import load_standard


@click.command()
@click.argument("report", type=PATH)
@json_option
@checking_options
def claims(
    report: Path,
    as_json: bool,
    how: How,
) -> None:
    """Compare the criterion codes in a REPORT with what is found where they stand.

    Example: wbp-check claims examples/report.docx
    """
    from wbp_check.claims import find_claims
    from wbp_check.export.claims_json import claims_to_table
    from wbp_check.export.json import to_json
    from wbp_check.terminal.claims import print_claims

    standard = load_standard()
    check = check_file(report, standard, how)
    found = find_claims(check, standard)
    if as_json:
        click.echo(to_json(claims_to_table(found, check.report.name, check.made_with)))
    else:
        print_claims(found, check.report.name, check.made_with, Console())
