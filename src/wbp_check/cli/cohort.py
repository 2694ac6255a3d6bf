"""The verb for tutors: cohort."""

from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from wbp_check.cli.common import PATH
from wbp_check.errors import BadSetup
from wbp_check.standard import load_standard


@click.command()
@click.argument("folder", type=PATH)
@click.option("--out", type=PATH, default=Path("cohort.xlsx"), show_default=True)
@click.option("--jobs", type=click.IntRange(1), help="Processes (default: one a core).")
@click.option(
    "--dask",
    metavar="ADDRESS",
    help="A Dask scheduler: its workers check instead, and the reports are sent to them.",
)
@click.option("--profile", metavar="NAME", help="Assessment organisation (default: highfield).")
def cohort(
    folder: Path, out: Path, jobs: int | None, dask: str | None, profile: str | None
) -> None:
    """Check every report in a FOLDER and write a workbook: results, common gaps, a heat map,
    passages that two reports share, and what could not be read.

    A run that was stopped goes on where it was when the same command is given again.

    Example: wbp-check cohort reports --out cohort.xlsx
    """
    from wbp_check.cohort.files import report_files
    from wbp_check.cohort.kept import kept_beside
    from wbp_check.cohort.run import check_cohort
    from wbp_check.cohort.workbook import cohort_to_xlsx

    if out.suffix.lower() != ".xlsx":  # or a slip could overwrite a report
        raise click.BadParameter(f"{out} must end in .xlsx.", param_hint="--out")
    standard = load_standard()
    files = [(path.relative_to(folder).as_posix(), path) for path in report_files(folder)]
    kept = kept_beside(out)
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    try:
        with Progress(*columns, TimeRemainingColumn(), console=console) as progress:
            bar = progress.add_task("Checking …", total=len(files))
            result = check_cohort(
                files,
                kept,
                profile=profile,
                jobs=jobs,
                dask=dask,
                on_done=lambda: progress.advance(bar),
            )
    except KeyboardInterrupt:
        click.echo(f"Stopped. The same command goes on from {kept}.", err=True)
        raise
    try:
        out.write_bytes(cohort_to_xlsx(result, standard))
    except OSError as error:
        raise BadSetup(
            f"{out} cannot be written: {error.strerror}. Close it where it is open and run the same "
            "command again: the checks are kept."
        ) from error
    kept.unlink()
    click.echo(f"{len(result.rows)} reports checked, {len(result.not_read)} not read: {out}")
