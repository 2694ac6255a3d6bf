"""What several verbs share: paths, reading options, and a file turned into a check."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console

from wbp_check.errors import UnreadableReport
from wbp_check.standard import Standard
from wbp_check.types import Check, Report

F = TypeVar("F", bound=Callable[..., Any])
PATH = click.Path(path_type=Path)


def reading_options(command: F) -> F:
    """--json, and the options of `report_options`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, schema 1.")(
        report_options(command)
    )


def report_options(command: F) -> F:
    """--annexes-from, --profile and --password."""

    @click.option(
        "--annexes-from",
        metavar="TEXT",
        help="First words of the line at which the annexes begin, if it was found wrongly.",
    )
    @click.option("--profile", metavar="NAME", help="Assessment organisation (default: highfield).")
    @click.option("--password", metavar="TEXT", help="Of a locked PDF.")
    @functools.wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        return command(*args, **kwargs)

    return wrapped  # type: ignore[return-value]


def bytes_of(path: Path) -> bytes:
    """A file's bytes. Raises UnreadableReport where there are none."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableReport(f"{path} does not exist. Check the name and the folder.") from error
    except IsADirectoryError as error:
        raise UnreadableReport(f"{path} is a folder. Name a report in it.") from error
    except OSError as error:
        raise UnreadableReport(f"{path} cannot be opened: {error.strerror}.") from error


def read_file(path: Path, password: str | None) -> Report:
    """A file as a report, read in a process apart, with progress on stderr."""
    from wbp_check.read.apart import read_report_apart

    data = bytes_of(path)
    with Console(stderr=True).status("Reading the report …") as status:
        return read_report_apart(
            data,
            path.name,
            password=password,
            progress=lambda page, pages: status.update(f"Reading page {page} of {pages} …"),
        )


def check_file(
    path: Path,
    standard: Standard,
    model: Path | None,
    profile: str | None,
    annexes_from: str | None,
    password: str | None,
) -> Check:
    """A file as a check, with progress on stderr. `model` is a folder instead of the bundled one."""
    from wbp_check.check import check_report
    from wbp_check.modelstore import load_tagger
    from wbp_check.passages import load_sentence_splitter

    report = read_file(path, password)
    with Console(stderr=True).status("Loading the model …") as status:
        tagger = load_tagger(standard, model)
        status.update("Looking for evidence …")
        return check_report(
            report,
            standard,
            load_sentence_splitter(),
            tagger,
            profile=profile,
            annexes_from=annexes_from,
        )
