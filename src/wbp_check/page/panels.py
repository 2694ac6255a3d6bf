"""What every view shows: the count, one criterion part by part, one passage with its tags."""

import streamlit as st

from wbp_check.drawings import gauge_html
from wbp_check.page.plain import plain
from wbp_check.present import (
    STATUS_WORDS,
    count_sentence,
    missing_sentence,
    nearest_passage,
    outlook_sentence,
    part_advice,
    part_name,
    place_of,
    reasons_sentence,
)
from wbp_check.review import Review
from wbp_check.standard import Profile, Standard
from wbp_check.types import Check, Finding, Passage

_MOST_PASSAGES = 5
_COLOURS = {Finding.FOUND: "green", Finding.POSSIBLY: "orange", Finding.NOT_FOUND: "red"}


def show_top(check: Check, standard: Standard, profile: Profile, review: Review) -> None:
    """Outlook, count and warnings: what is seen in the first seconds."""
    left, right = st.columns([2, 3], gap="large", vertical_alignment="center")
    with left:
        st.markdown(f"**{outlook_sentence(check)}** {missing_sentence(check, standard)}")
        st.write(count_sentence(check.words, profile))
        if review.marks:
            number = len(review.marks)
            st.caption(f"With {number} mark{'s' if number > 1 else ''} made by hand.")
    right.html(gauge_html(check.words))
    for warning in check.warnings:
        st.warning(plain(warning), icon="⚠️")


def show_criterion(check: Check, standard: Standard, code: str) -> None:
    """Each part of a criterion: its rule, its passages, or what to ask oneself."""
    criterion = standard.criterion(code)
    verdict = next(verdict for verdict in check.verdicts if verdict.code == code)
    by_id = {passage.id: passage for passage in check.passages}
    tag_of = {(tag.passage, tag.part): tag for tag in check.tagging.tags}
    st.markdown(f"#### {code} {criterion.title}: {STATUS_WORDS[verdict.status]}")
    st.caption(
        f"The report {criterion.asks}. ({criterion.grade.value} criterion, {criterion.source})"
    )
    for part, finding in zip(criterion.parts, verdict.parts, strict=True):
        with st.container(border=True):
            colour = _COLOURS[finding.finding]
            st.markdown(f"**{part_name(part.code)}**: :{colour}[{finding.finding.value}]")
            st.caption(f"Counts: {part.counts}")
            if finding.finding is not Finding.FOUND:
                st.markdown(part_advice(part, finding))
            for name in finding.passages[:_MOST_PASSAGES]:
                quote(by_id[name])
                if reasons := reasons_sentence(tag_of[name, part.code]):
                    st.caption(plain(reasons))
            near = nearest_passage(check, part.code)
            if not finding.passages and near:
                st.caption("The nearest passage, which does not show it:")
                quote(near)


def show_passage(check: Check, passage: Passage) -> None:
    """A passage with its tags, their probabilities and reasons."""
    st.markdown("#### The chosen passage")
    quote(passage)
    if not passage.counts:
        st.caption(
            "It does not count: it stands in an annex, after the limit, or outside the body."
        )
    tags = [
        tag
        for tag in check.tagging.tags
        if tag.passage == passage.id and tag.finding is not Finding.NOT_FOUND
    ]
    for tag in tags:
        st.markdown(
            f"**{tag.part}**: :{_COLOURS[tag.finding]}[{tag.finding.value}], "
            f"probability {tag.probability:.0%}"
        )
        if reasons := reasons_sentence(tag):
            st.caption(plain(reasons))
    if not tags:
        st.caption("It carries no evidence.")


def quote(passage: Passage) -> None:
    """A passage's words and place. As plain text, so that no mark-up in it is carried out."""
    st.text(f"“{passage.text}”\n({place_of(passage)})")
