"""The verb duties."""

from datetime import datetime
from pathlib import Path

import click
from rich.console import Console

from wbp_check.cli.common import PATH, How, check_file, checking_options, json_option
from wbp_check.standard import load_standard

_DAY = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])


@click.command()
@click.argument("report", type=PATH)
@click.option(
    "--gateway", type=_DAY, metavar="DATE", help="Day of the gateway meeting: adds dates."
)
@click.option("--interview", type=_DAY, metavar="DATE", help="Day of the interview, if agreed.")
@json_option
@checking_options
def duties(
    report: Path,
    gateway: datetime | None,
    interview: datetime | None,
    as_json: bool,
    how: How,
) -> None:
    """Look in a REPORT for its other duties: AI, annexes, what does not count, "we" for "I".

    Example: wbp-check duties examples/report.docx --gateway 2025-01-31
    """
    from wbp_check.duties import check_duties
    from wbp_check.export.duties_json import duties_to_table
    from wbp_check.export.json import to_json
    from wbp_check.terminal.duties import print_dates, print_duties
    from wbp_check.timeline import date_deadlines

    if interview and not gateway:
        raise click.UsageError("--interview needs --gateway.")
    if interview and gateway and interview < gateway:
        raise click.UsageError("The interview cannot be before the gateway meeting.")
    standard = load_standard()
    rules = standard.profile(how.profile)
    day = interview.date() if interview else None
    dates = date_deadlines(rules, gateway.date(), day) if gateway else ()
    check = check_file(report, standard, how)
    found = check_duties(check, standard)
    if as_json:
        click.echo(to_json(duties_to_table(found, dates, check.report.name, check.made_with)))
        return
    console = Console()
    print_duties(found, standard, check.report.name, check.made_with, console)
    if gateway:
        print_dates(dates, rules, day, console)
