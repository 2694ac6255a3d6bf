"""What is kept of each report of a cohort: little, so that a hundred reports need no more memory
than one. Pure."""

from dataclasses import dataclass

from wbp_check.cohort.alike import Line, is_compared
from wbp_check.echo import Echoes
from wbp_check.present import place_of
from wbp_check.types import (
    Check,
    Finding,
    Fit,
    MadeWith,
    Outlook,
    Passage,
    Region,
    Status,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedReport:
    """A check in short. It depends on what the file holds, and not on the file's name.

    `statuses` has one entry a criterion and `findings` one a part, in the standard's order. `lines`
    are the passages that other reports are compared with.
    """

    counted: int
    fit: Fit
    outlook: Outlook
    statuses: tuple[Status, ...]
    findings: tuple[Finding, ...]
    warnings: tuple[str, ...]
    lines: tuple[Line, ...]
    made_with: MadeWith


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRead:
    """A file that could not be read, and why. `name` is its path within the folder."""

    name: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A report of the cohort. `name` is its path within the folder."""

    name: str
    sha256: str
    report: CheckedReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """All files of a folder, by name."""

    rows: tuple[Row, ...]
    not_read: tuple[NotRead, ...]


def check_to_row(check: Check, echoes: Echoes) -> CheckedReport:
    """The check in short."""
    return CheckedReport(
        counted=check.words.counted,
        fit=check.words.fit,
        outlook=check.outlook,
        statuses=tuple(verdict.status for verdict in check.verdicts),
        findings=tuple(part.finding for verdict in check.verdicts for part in verdict.parts),
        warnings=check.warnings,
        lines=tuple(
            Line(text=passage.text, place=_place(passage))
            for passage in check.passages
            if passage.region in (Region.BODY, Region.ANNEX) and is_compared(passage.text, echoes)
        ),
        made_with=check.made_with,
    )


def _place(passage: Passage) -> str:
    note = " (annex)" if passage.region is Region.ANNEX else ""
    return place_of(passage) + note
