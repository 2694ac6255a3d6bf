"""The tutor's view: agree, reject, add, note. The verdicts follow at once."""

import streamlit as st

from wbp_check.errors import WbpError
from wbp_check.page.panels import quote
from wbp_check.page.plain import plain
from wbp_check.page.session import can_undo, keep_review, review_of, undo
from wbp_check.present import reasons_sentence
from wbp_check.review import (
    Decision,
    apply_review,
    review_from_json,
    review_to_json,
    set_mark,
    set_note,
)
from wbp_check.standard import Standard
from wbp_check.types import Check, Finding, Passage

_WORDS = {Decision.SHOWS: "you: shows it", Decision.DOES_NOT_SHOW: "you: does not show it"}


def show_marking(
    original: Check, check: Check, standard: Standard, passage: Passage | None
) -> None:
    """Mark the chosen passage. `original` is the check before any mark, `check` after."""
    st.markdown("#### Mark a passage")
    if passage is None:
        st.write("Click a passage in the report, or choose it here.")
    _choose_by_name(check)
    if passage is not None:
        quote(passage)
        _show_tags(original, check, passage)
        _add_tag(original, standard, passage)
        _note(original, passage)
    left, right = st.columns(2)
    left.button(
        "Undo the last mark",
        on_click=undo,
        args=(original,),
        disabled=not can_undo(original),
        shortcut="Alt+Z",
        width="stretch",
    )
    review = review_of(original)
    right.download_button(
        "Save my marks",
        review_to_json(review),
        file_name=f"{check.report.name}.marks.json",
        mime="application/json",
        disabled=not (review.marks or review.notes),
        width="stretch",
        on_click="ignore",
    )
    _load(original, standard)


def _choose_by_name(check: Check) -> None:
    """Every passage in a list that can be searched by typing: the way without a mouse."""
    names = {passage.id: passage.text for passage in check.passages}
    st.session_state["passage by name"] = st.session_state.get("passage")
    st.selectbox(
        "Passage",
        list(names),
        format_func=lambda name: f"{names[name][:90]} ({name})",  # two may begin alike
        index=None,
        placeholder="Type some of its words",
        key="passage by name",
        on_change=_choose_named,
    )


def _choose_named() -> None:
    # apart from the list's own state, which Streamlit forgets while another view is shown
    st.session_state["passage"] = st.session_state["passage by name"]


def _show_tags(original: Check, check: Check, passage: Passage) -> None:
    marks = {
        mark.part: mark.decision for mark in review_of(original).marks if mark.passage == passage.id
    }
    tags = {
        tag.part: tag
        for tag in original.tagging.tags
        if tag.passage == passage.id and tag.finding is not Finding.NOT_FOUND
    }
    for part in dict.fromkeys([*tags, *marks]):
        said = _WORDS[marks[part]] if part in marks else "not marked yet"
        tool = f"{tags[part].finding.value}, {tags[part].probability:.0%}" if part in tags else "–"
        st.markdown(f"**{part}** · tool: {tool} · {said}")
        if part in tags and (reasons := reasons_sentence(tags[part])):
            st.caption(plain(reasons))
        yes, no, back = st.columns(3)
        for column, label, decision in (
            (yes, "Shows it", Decision.SHOWS),
            (no, "Does not", Decision.DOES_NOT_SHOW),
            (back, "No mark", None),
        ):
            column.button(
                label,
                key=f"{passage.id} {part} {label}",
                on_click=_mark,
                args=(original, passage, part, decision),
                disabled=marks.get(part) is decision,
                width="stretch",
            )


def _add_tag(original: Check, standard: Standard, passage: Passage) -> None:
    choice, button = st.columns([3, 1], vertical_alignment="bottom")
    titles = {part.code: part.counts for part in standard.parts}
    part = choice.selectbox(
        "It also shows",
        list(titles),
        format_func=lambda code: f"{code}: {titles[code]}",
        index=None,
        placeholder="Choose a part",
        key=f"add {original.report.sha256} {passage.id}",
    )
    button.button(
        "Add",
        on_click=_mark,
        args=(original, passage, part, Decision.SHOWS),
        disabled=part is None,
        width="stretch",
    )


def _note(original: Check, passage: Passage) -> None:
    notes = {note.passage: note.note for note in review_of(original).notes}
    key = f"note {original.report.sha256} {passage.id}"
    st.session_state[key] = notes.get(passage.id, "")  # also after undo, and from saved marks
    st.text_area(
        "Note",
        key=key,
        height=80,
        placeholder="Kept with your marks",
        on_change=lambda: keep_review(
            original, set_note(review_of(original), passage, st.session_state[key])
        ),
    )


def _load(original: Check, standard: Standard) -> None:
    upload = st.file_uploader(
        "Go on from saved marks (.json)", key=f"marks {original.report.sha256}"
    )
    if upload is None or st.session_state.get("loaded") == upload.file_id:
        return
    try:
        review = review_from_json(upload.getvalue(), upload.name)
        apply_review(original, review, standard)
    except WbpError as error:
        st.error(plain(str(error)), icon="🛑")
        return
    st.session_state["loaded"] = upload.file_id
    keep_review(original, review)
    st.rerun()


def _mark(original: Check, passage: Passage, part: str, decision: Decision | None) -> None:
    keep_review(original, set_mark(review_of(original), passage, part, decision))
