"""The assessor's view: what has no evidence, ten questions that reach it, and where the rest stands."""

import streamlit as st

from wbp_check.interview import Aim, InterviewPlan, is_open, plan_interview, reason_of
from wbp_check.present import FINDING_SYMBOLS, SYMBOLS, criterion_and_part, part_name, place_of
from wbp_check.standard import Profile, Standard
from wbp_check.types import Check, Finding, Status


def show_assessor(check: Check, standard: Standard, profile: Profile) -> None:
    """Criteria without complete evidence, and the interview plan."""
    st.markdown("#### Not shown in the report")
    open_ones = [verdict for verdict in check.verdicts if verdict.status is not Status.MET]
    if not open_ones:
        st.write("Every part of every criterion has evidence.")
    for verdict in open_ones:
        missing = [
            f"{FINDING_SYMBOLS[part.finding]} {part_name(part.code)}"
            for part in verdict.parts
            if part.finding is not Finding.FOUND
        ]
        title = standard.criterion(verdict.code).title
        st.markdown(f"- **{verdict.code} {title}** ({verdict.grade.value}): {', '.join(missing)}")
    _show_plan(plan_interview(check, standard, profile))


def show_places(check: Check) -> None:
    """A table, as wide as the page, of where each part's best passage stands."""
    st.markdown("#### Where the evidence stands")
    by_id = {passage.id: passage for passage in check.passages}
    rows = [
        {
            "Part": part.code,
            "": FINDING_SYMBOLS[part.finding],
            "Where": place_of(by_id[part.passages[0]]),
            "Passage": by_id[part.passages[0]].text,
            "More": len(part.passages) - 1,
        }
        for verdict in check.verdicts
        for part in verdict.parts
        if part.passages
    ]
    st.dataframe(rows, hide_index=True, height=460)
    st.caption(f"{SYMBOLS[Status.MET]} found, {SYMBOLS[Status.PARTLY_MET]} possibly.")


def _show_plan(plan: InterviewPlan) -> None:
    st.markdown(f"#### {len(plan.questions)} questions, {plan.minutes} minutes")
    st.caption("A proposal, made from what was found. The assessor chooses and decides.")
    for number, planned in enumerate(plan.questions, 1):
        with st.expander(f"{number}. {planned.question.text} ({planned.minutes} min)"):
            for aim in planned.aims:
                _show_aim(aim)
    if plan.not_reached:
        left = ", ".join(aim.part for aim in plan.not_reached)
        st.markdown(f"Not reached by these questions: {left}.")


def _show_aim(aim: Aim) -> None:
    mark = "**" if is_open(aim) else ""
    st.markdown(f"{mark}{criterion_and_part(aim.part)}{mark} ({aim.grade.value}): {reason_of(aim)}")
    if aim.passage:
        st.text(f"“{aim.passage.text}”\n({place_of(aim.passage)})")
