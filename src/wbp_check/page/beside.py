"""What is looked at beside the criteria: where to learn, what is claimed, what else is owed."""

import streamlit as st

from wbp_check.claims import Outcome, find_claims
from wbp_check.duties import DutyCheck, check_duties
from wbp_check.page.panels import quote
from wbp_check.present import criterion_and_part, spot_of
from wbp_check.signposts import learning_steps
from wbp_check.standard import Standard
from wbp_check.types import Check


def show_learning(check: Check, standard: Standard, code: str) -> None:
    """Where to learn what a criterion asks; nothing where it is met."""
    step = next((s for s in learning_steps(check, standard) if s.criterion.code == code), None)
    if step is None:
        return
    with st.expander("Where to learn it"):
        st.markdown(f"Occupational standard: {', '.join(step.statements)}.")
        for place in step.places:
            lesson = place.lesson
            content = f", content {lesson.content}" if lesson.content else ""
            st.markdown(
                f"- {place.unit.code} {place.unit.title}, outcome {lesson.outcome}{content}: "
                f"{lesson.about} ({place.course.title})"
            )


def show_beside(check: Check, standard: Standard) -> None:
    """Claimed codes against what is found, and the kit's other duties, each in a box to open."""
    claims = find_claims(check, standard)
    if claims.claims:
        shown = sum(claim.outcome is Outcome.SHOWN for claim in claims.claims)
        with st.expander(
            f"Criterion codes in the report: {len(claims.claims)}, {shown} shown there"
        ):
            for claim in claims.claims:
                place = spot_of(claim.page, claim.paragraph)
                st.markdown(f"- **{claim.code}** ({place}): {claim.outcome.value}")
    duties = check_duties(check, standard)
    with st.expander("What else the report owes"):
        _show_duties(duties, standard)


def _show_duties(duties: DutyCheck, standard: Standard) -> None:
    st.caption("Places to look at. None of it is a fault by itself.")
    for duty in standard.duties:
        st.markdown(f"**{duty.title}** ({duty.source})")
        st.caption(duty.asks)
        if duty.code == "ai":
            for passage in duties.ai_statements or duties.ai_mentions:
                quote(passage)
            if not duties.ai_mentions:
                st.write("AI is not mentioned.")
        if duty.code == "annexes":
            for owner in duties.annexes:
                named = "named in the report" if owner.annex.referred_at else "named nowhere"
                whose = "" if owner.says_i else " Nothing in it says “I”: whose work is it?"
                st.text(f"{owner.annex.label} {owner.annex.title}: {named}.{whose}")
            if not duties.annexes:
                st.write("No annex was found; the report should have some.")
        if duty.code == "counted":
            for part in duties.uncounted:
                st.markdown(f"{criterion_and_part(part.part)} is shown only here:")
                quote(part.passages[0])
        if duty.code == "own-part":
            for shared in duties.shared:
                if shared.alone:
                    st.markdown(f"{', '.join(shared.alone)}: what did you do yourself?")
                    quote(shared.passage)
