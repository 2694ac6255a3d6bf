"""What one visitor's session holds: checks of the uploaded files, and the marks made on them.

All of it is in memory and goes when the tab is closed. A review's history is a list, so that undo
is a step back.
"""

import hashlib

import streamlit as st
from spacy.language import Language

from wbp_check.check import check_report
from wbp_check.modelstore import load_tagger
from wbp_check.page.plain import plain
from wbp_check.passages import load_sentence_splitter
from wbp_check.read.apart import read_report_apart
from wbp_check.review import Review, apply_review, new_review
from wbp_check.standard import Standard, load_standard
from wbp_check.tagger import Tagger
from wbp_check.types import Check


@st.cache_resource(show_spinner="Loading the model …")
def load_tools() -> tuple[Standard, Language, Tagger]:
    """What every check needs, loaded once for all sessions. Holds nothing of any report."""
    standard = load_standard()
    return standard, load_sentence_splitter(), load_tagger(standard)


def check_of(data: bytes, name: str, annexes_from: str, profile: str, password: str) -> Check:
    """The check of a file, made once a session. Raises UnreadableReport."""
    kept = st.session_state.setdefault("checks", {})
    key = (hashlib.sha256(data).hexdigest(), name, annexes_from, profile, password)
    if key not in kept:
        standard, nlp, tagger = load_tools()
        place = st.empty()
        with place.status(f"Checking {plain(name)} …", expanded=True) as status:
            st.write("Reading the file …")
            report = read_report_apart(
                data,
                name,
                password=password or None,
                progress=lambda page, pages: status.update(
                    label=f"Reading page {page} of {pages} …"
                ),
            )
            status.update(label=f"Looking for evidence in {plain(name)} …")
            st.write("Counting the words, splitting the sentences, looking for evidence …")
            kept[key] = check_report(
                report, standard, nlp, tagger, profile=profile, annexes_from=annexes_from or None
            )
        place.empty()
    result: Check = kept[key]
    return result


def open_report(check: Check) -> None:
    """Let go of the passage that was chosen in another report: its number means another one here."""
    if st.session_state.get("open") != check.report.sha256:
        st.session_state["open"] = check.report.sha256
        st.session_state["passage"] = None


def review_of(check: Check) -> Review:
    """The marks made on this report so far."""
    return _history(check)[-1]


def keep_review(check: Check, review: Review) -> None:
    """Make this the review of the report; the one before stays for undo."""
    if review != review_of(check):
        _history(check).append(review)


def undo(check: Check) -> None:
    """Go back to the review before the last mark."""
    history = _history(check)
    if len(history) > 1:
        history.pop()


def can_undo(check: Check) -> bool:
    """Whether there is a mark to take back."""
    return len(_history(check)) > 1


def reviewed(check: Check, standard: Standard) -> Check:
    """The check after this session's marks."""
    return apply_review(check, review_of(check), standard)


def _history(check: Check) -> list[Review]:
    histories = st.session_state.setdefault("reviews", {})
    result: list[Review] = histories.setdefault(check.report.sha256, [new_review(check)])
    return result
