"""The page: upload a report, see its count, its criteria and its evidence in place, mark it.

Thin on purpose: it lays out panels that call the package. Reports stay in the memory of this
session; nothing is written to disk and nothing leaves the machine.
"""

from importlib.resources import files

import streamlit as st

from wbp_check import Check, Passage, Standard, WbpError
from wbp_check.drawings import areas_html
from wbp_check.modelstore import read_accuracy
from wbp_check.page import components
from wbp_check.page.apprentice import show_apprentice
from wbp_check.page.assessor import show_assessor, show_places
from wbp_check.page.beside import show_beside, show_learning
from wbp_check.page.panels import show_criterion, show_passage, show_top
from wbp_check.page.plain import plain
from wbp_check.page.session import check_of, load_tools, open_report, review_of, reviewed
from wbp_check.page.sidebar import Chosen, choose_report
from wbp_check.page.takeaway import show_takeaway
from wbp_check.page.tutor import show_marking
from wbp_check.present import LEGEND

VIEWS = ("Apprentice", "Tutor", "Assessor")


def show_start(standard: Standard) -> None:
    """What a visitor sees before there is a report."""
    st.write(
        "Choose a work-based project report (ST0071) on the left, or try the bundled example. "
        "You will see how many words count, which criteria have evidence, and which part of "
        "which criterion is missing."
    )
    show_words(standard)
    st.caption(
        "The report stays on this machine. This page screens; it never grades, and it writes "
        "nothing for you. Its model learnt from reports that were written for this project; they "
        "hold no real apprentice's work."
    )


def show_words(standard: Standard) -> None:
    """The kit's terms, and what this tool can and cannot know."""
    with st.expander("Words that the kit uses"):
        for term in standard.terms:
            st.markdown(f"**{term.term}**: {term.means}.")
    with st.expander("How far to trust it"):
        accuracy = read_accuracy()
        st.write(
            f"On {accuracy.reports} reports that it had not seen, {accuracy.rightly} of the "
            f"{accuracy.shown_as_met} criteria that it showed with full evidence truly had it, and "
            f"it showed {accuracy.rightly} of the {accuracy.truly_met} that did. It is wrong both "
            "ways: read what it shows, and look where it shows nothing."
        )
        st.write(
            "It learnt from reports that were written for this project and hold no real "
            "apprentice's work. It knows what a sentence says, not whether it is true. It reads no "
            "pictures. Only the assessor decides."
        )


def choose_view() -> str:
    """Whose view is shown; it stands in the page's address."""
    chosen: str | None = st.segmented_control(
        "Show the page for",
        VIEWS,
        label_visibility="collapsed",
        default=VIEWS[0],
        required=True,
        key="view",
        bind="query-params",
    )
    return chosen or VIEWS[0]


def show_left(view: str, original: Check, check: Check, standard: Standard, chosen: Chosen) -> None:
    """Beside the report: the chosen criterion, the chosen passage, and the view's own panel."""
    passage = chosen_passage(check)
    criterion = st.session_state.get("criterion")
    if view == "Tutor":
        show_marking(original, check, standard, passage)
    elif passage is not None:
        show_passage(check, passage)
    if criterion:
        show_criterion(check, standard, criterion)
        show_learning(check, standard, criterion)
    elif view == "Assessor":
        show_assessor(check, standard, standard.profile(chosen.profile))
    elif view == "Apprentice":
        show_apprentice(check, standard, chosen.profile)
    st.markdown("#### The seven areas, along the report")
    st.html(areas_html(check, standard))
    show_beside(check, standard)
    show_takeaway(check, standard, chosen.profile, chosen.data, chosen.password)


def chosen_passage(check: Check) -> Passage | None:
    """The passage that was clicked, if this report has it."""
    name = st.session_state.get("passage")
    return next((passage for passage in check.passages if passage.id == name), None)


def first_lit(check: Check, criterion: str | None) -> str | None:
    """The first passage in reading order that is evidence of the chosen criterion."""
    own = {
        name
        for verdict in check.verdicts
        if verdict.code == criterion
        for part in verdict.parts
        for name in part.passages
    }
    return next((passage.id for passage in check.passages if passage.id in own), None)


def main() -> None:
    """The whole page."""
    st.set_page_config(page_title="wbp-check", page_icon="●", layout="wide")
    st.html(f"<style>{files('wbp_check').joinpath('page.css').read_text('utf-8')}</style>")
    standard, _, _ = load_tools()
    chosen = choose_report(standard)
    st.title("What will an assessor find in this report?")
    if chosen is None:
        show_start(standard)
        return
    try:
        original = check_of(
            chosen.data, chosen.name, chosen.annexes_from, chosen.profile, chosen.password
        )
        check = reviewed(original, standard)
    except WbpError as error:
        st.error(plain(str(error)), icon="🛑")
        return
    open_report(original)
    view = choose_view()
    show_top(check, standard, standard.profile(chosen.profile), review_of(original))
    criterion = st.session_state.get("criterion")
    st.caption("Choose a criterion to see its evidence in the report, and what is missing from it.")
    components.grid(check, standard, criterion)
    st.caption(LEGEND)
    left, right = st.columns([2, 3], gap="large")
    with left:
        show_left(view, original, check, standard, chosen)
    with right:
        lit = f" with the evidence of {criterion}" if criterion else ""
        st.markdown(f"#### The report{lit}")
        with st.container(height=760):
            passage = st.session_state.get("passage")
            components.report(check, standard, criterion, passage, first_lit(check, criterion))
    if view == "Assessor":
        show_places(check)
    show_words(standard)
    made = check.made_with
    st.caption(
        f"wbp-check {made.version}, model {made.model}. It screens and can be wrong both ways; only "
        "the assessor decides. The corpus it learnt from was written for this project and holds no "
        "real apprentice's work."
    )


main()
