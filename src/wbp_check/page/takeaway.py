"""What a visitor takes away: the report with remarks, the mapping, the feedback sheet, the check.

Each file is made when its button is pressed, with the marks as they stand.
"""

from collections.abc import Callable
from functools import partial

import streamlit as st

from wbp_check.export.comments import docx_with_comments
from wbp_check.export.feedback import check_to_feedback
from wbp_check.export.feedback_docx import feedback_to_docx
from wbp_check.export.json import check_to_table, to_json
from wbp_check.export.mapping_docx import mapping_to_docx
from wbp_check.export.mapping_xlsx import mapping_to_xlsx
from wbp_check.export.pdf_notes import pdf_with_notes
from wbp_check.standard import Standard
from wbp_check.types import Check, Format


def show_takeaway(
    check: Check, standard: Standard, profile: str, data: bytes, password: str
) -> None:
    """Buttons for the files. `data` is the report's own bytes."""
    stem = check.report.name.rpartition(".")[0] or check.report.name
    st.markdown("#### Take away")
    rules = standard.profile(profile)
    if check.report.format is Format.DOCX:
        _button(
            "The report with comments (Word)",
            f"{stem} with comments.docx",
            partial(docx_with_comments, data, check, standard),
        )
    if check.report.format is Format.PDF:
        _button(
            "The report with notes (PDF)",
            f"{stem} with notes.pdf",
            partial(pdf_with_notes, data, check, standard, password=password or None),
        )
    _button(
        "Feedback sheet (Word)",
        f"{stem} feedback.docx",
        lambda: feedback_to_docx(check_to_feedback(check, standard, rules)),
    )
    _button(
        "Where each criterion is shown (Word)",
        f"{stem} mapping.docx",
        partial(mapping_to_docx, check, standard),
    )
    _button(
        "Where each criterion is shown (Excel)",
        f"{stem} mapping.xlsx",
        partial(mapping_to_xlsx, check, standard),
    )
    _button(
        "Save this check (JSON)",
        f"{stem} check.json",
        lambda: to_json(check_to_table(check)).encode(),
    )


def _button(label: str, name: str, make: Callable[[], bytes]) -> None:
    st.download_button(label, make, file_name=name, on_click="ignore", width="stretch")
