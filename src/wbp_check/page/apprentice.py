"""The apprentice's view: what to do next, and what changed since the last draft."""

import streamlit as st

from wbp_check.check import check_report
from wbp_check.drafts import Draft, changes, draft_from_json, draft_of
from wbp_check.errors import WbpError
from wbp_check.page.plain import plain
from wbp_check.page.session import load_tools
from wbp_check.present import STATUS_WORDS, SYMBOLS, next_steps
from wbp_check.read.apart import read_report_apart
from wbp_check.standard import Standard
from wbp_check.types import Check, Grade

_FIRST = 5


def show_apprentice(check: Check, standard: Standard, profile: str) -> None:
    """The steps in order of weight, then the comparison with an earlier draft."""
    steps = next_steps(check, standard)
    if not steps:
        st.markdown("#### Every criterion has evidence")
        st.write("Read it once more as somebody who knows nothing of your work would.")
    else:
        st.markdown("#### What to do next")
        st.caption("Answer from your own work, in your own words. Nothing here is text to paste.")
    distinction = {c.code for c in standard.criteria if c.grade is Grade.DISTINCTION}
    first = [step for step in steps if step.criterion not in distinction]
    later = [step for step in steps if step.criterion in distinction]
    for number, step in enumerate(first, 1):
        with st.expander(f"{number}. {step.title}", expanded=number <= _FIRST):
            st.write(step.why)
            for question in step.questions:
                st.markdown(f"- {question}")
    if later:
        with st.expander(f"For a distinction: {len(later)} criteria are open"):
            for step in later:
                st.markdown(f"**{step.title}**")
                for question in step.questions:
                    st.markdown(f"- {question}")
    st.markdown("#### What changed since an earlier draft?")
    _show_changes(check, standard, profile)


def _show_changes(check: Check, standard: Standard, profile: str) -> None:
    upload = st.file_uploader(
        "The earlier draft, or its saved check (.json)", key=f"earlier {check.report.sha256}"
    )
    if upload is None:
        return
    try:
        before = _earlier(upload.getvalue(), upload.name, profile)
    except WbpError as error:
        st.error(plain(str(error)), icon="🛑")
        return
    after = draft_of(check)
    st.write(f"Counted words: {before.counted:,} before, {after.counted:,} now.")
    found = changes(before, after)
    if not found:
        st.write("No criterion stands otherwise than before.")
    for change in found:
        arrow = "better" if change.better else "worse"
        title = standard.criterion(change.code).title
        st.markdown(
            f"- **{change.code} {title}**: {SYMBOLS[change.before]} {STATUS_WORDS[change.before]} → "
            f"{SYMBOLS[change.after]} {STATUS_WORDS[change.after]} ({arrow})"
        )


@st.cache_data(show_spinner="Checking the earlier draft …", max_entries=4, scope="session")
def _earlier(data: bytes, name: str, profile: str) -> Draft:
    if name.lower().endswith(".json"):
        return draft_from_json(data, name)
    standard, nlp, tagger = load_tools()
    report = read_report_apart(data, name)
    return draft_of(check_report(report, standard, nlp, tagger, profile=profile))
