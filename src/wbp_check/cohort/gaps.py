"""What a cohort shows least: the parts that most reports lack. Pure."""

from dataclasses import dataclass

from wbp_check.cohort.rows import CheckedReport, Row
from wbp_check.standard import Criterion, Part, Standard
from wbp_check.types import Finding, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonGap:
    """A part and how many reports lack it: it is not found, or only possibly shown.

    A part of a criterion that is met all the same (five factors of six are enough for K4.7) is
    lacked by nobody. `share` is of all reports, 0 to 1.
    """

    criterion: Criterion
    part: Part
    not_found: int
    possibly: int
    share: float

    @property
    def lacking(self) -> int:
        """Reports that lack it."""
        return self.not_found + self.possibly


def common_gaps(rows: tuple[Row, ...], standard: Standard) -> tuple[CommonGap, ...]:
    """Parts that at least one report lacks, the commonest first."""
    found = []
    column = 0
    for number, criterion in enumerate(standard.criteria):
        for part in criterion.parts:
            lacking = [
                row.report.findings[column]
                for row in rows
                if not _needs_no_more(row.report, number)
            ]
            not_found = lacking.count(Finding.NOT_FOUND)
            possibly = lacking.count(Finding.POSSIBLY)
            column += 1
            if not_found + possibly:
                found.append(
                    CommonGap(
                        criterion=criterion,
                        part=part,
                        not_found=not_found,
                        possibly=possibly,
                        share=(not_found + possibly) / len(rows),
                    )
                )
    return tuple(sorted(found, key=lambda gap: (-gap.lacking, -gap.not_found)))


def _needs_no_more(report: CheckedReport, criterion: int) -> bool:
    return report.statuses[criterion] is Status.MET
