"""The reports in a folder."""

from pathlib import Path

from wbp_check.errors import UnreadableReport

ENDINGS = (".docx", ".pdf", ".txt")
_OTHERS = (".docm", ".dotx", ".dotm", ".doc", ".odt", ".rtf")
"""Read as Word files, or named with what to do: a report in a wrong format must not go unseen."""


def report_files(folder: Path) -> tuple[Path, ...]:
    """All files in a folder and its folders that end as a report does, by name.

    Word's lock files (`~$report.docx`) and what is hidden are left out. Raises UnreadableReport
    where there is no folder or no report in it.
    """
    if not folder.is_dir():
        raise UnreadableReport(f"{folder} is not a folder. Name the folder that holds the reports.")
    files = tuple(
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in ENDINGS + _OTHERS
        and not path.name.startswith("~$")
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.is_file()
    )
    if not files:
        raise UnreadableReport(
            f"{folder} holds no {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]} file. Name the folder "
            "that holds the reports."
        )
    return files
