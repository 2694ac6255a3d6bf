"""Finished checks of a run that may be interrupted: a file of JSON lines beside the workbook.

A line holds what made it, so that a later version, another model or another profile starts afresh.
It quotes the report, as the workbook does; who deletes the one should delete the other.
"""

import json
from pathlib import Path
from typing import TextIO

from pydantic import TypeAdapter, ValidationError

from wbp_check.cohort.rows import CheckedReport


def kept_beside(out: Path) -> Path:
    """Where the finished checks of a workbook are kept: `cohort.xlsx.part.jsonl`."""
    return out.with_name(f"{out.name}.part.jsonl")


def read_kept(path: Path, made: tuple[str, ...]) -> dict[str, CheckedReport]:
    """The checks in the file that `made` made, by the report's SHA-256.

    A line that is cut off or not ours is passed over: its report is checked again.
    """
    if not path.exists():
        return {}
    adapter = TypeAdapter(CheckedReport)
    kept = {}
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                table = json.loads(line)
                if table["made"] == list(made):
                    kept[str(table["sha256"])] = adapter.validate_python(table["report"])
            except (ValueError, KeyError, TypeError, ValidationError):
                continue
    return kept


def keep(file: TextIO, sha256: str, made: tuple[str, ...], report: CheckedReport) -> None:
    """Append a check. A line begins with a newline: the one before it may have been cut off."""
    table = TypeAdapter(CheckedReport).dump_python(report, mode="json")
    line = json.dumps({"sha256": sha256, "made": made, "report": table}, ensure_ascii=False)
    file.write(f"\n{line}")
    file.flush()
