"""The command line: reads, calls one function, prints. Data on stdout, messages on stderr."""

import sys

import click

from wbp_check.cli import (
    claims,
    cohort,
    duties,
    interview,
    learning,
    privacy,
    proposal,
    reading,
    signposts,
    takeaway,
)
from wbp_check.errors import WbpError


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


for _verb in (
    reading.check,
    reading.words,
    reading.tag,
    takeaway.annotate,
    takeaway.mapping,
    takeaway.feedback,
    claims.claims,
    duties.duties,
    signposts.signposts,
    proposal.proposal,
    interview.interview,
    privacy.privacy,
    cohort.cohort,
    reading.standard,
    reading.app,
    learning.train,
    learning.score,
    learning.corpus,
):
    cli.add_command(_verb)
