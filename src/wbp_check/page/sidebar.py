"""The sidebar: which report is shown, and how it is read."""

import hashlib
from dataclasses import dataclass
from typing import Any

import streamlit as st

from wbp_check.modelstore import bundled_example
from wbp_check.standard import Standard

EXAMPLE = "Bundled example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A file and how to read it."""

    data: bytes
    name: str
    annexes_from: str
    profile: str
    password: str


def choose_report(standard: Standard) -> Chosen | None:
    """A file of the visitor's or the example; None while nothing is chosen."""
    with st.sidebar:
        st.header("Report")
        uploads = st.file_uploader(
            "Word (.docx), PDF or text file. Several at once if you like.",
            accept_multiple_files=True,
            key="upload",
            on_change=_show_newest,
        )
        st.button("Try the bundled example", width="stretch", on_click=_show_example)
        example = [bundled_example()] if st.session_state.get("example") else []
        names = [EXAMPLE for _ in example] + [upload.name for upload in uploads]
        if not names:
            return None
        at = _one_of(names)
        if at < len(example):
            name, data = example[at].name, example[at].read_bytes()
        else:
            name, data = names[at], uploads[at - len(example)].getvalue()
        st.divider()
        profile = st.selectbox(
            "Assessment organisation",
            list(standard.profiles),
            format_func=lambda key: standard.profiles[key].title,
            index=list(standard.profiles).index(standard.default_profile),
        )
        annexes_from = _text_of(
            data,
            "The annexes begin at the line …",
            help="Only if the page shows the wrong boundary: the first words of that line.",
        )
        password = ""
        if b"/Encrypt" in data:
            password = _text_of(data, "Password of the PDF", type="password")
    return Chosen(
        data=data,
        name=name,
        annexes_from=annexes_from,
        profile=profile,
        password=password,
    )


def _text_of(data: bytes, label: str, **how: Any) -> str:
    """A field of one report: what is typed stays with it, and is kept while another is shown."""
    key = f"{label} {hashlib.sha256(data).hexdigest()}"
    kept: dict[str, str] = st.session_state.setdefault("typed", {})
    st.session_state.setdefault(key, kept.get(key, ""))
    kept[key] = st.text_input(label, key=key, **how)
    return kept[key]


def _one_of(names: list[str]) -> int:
    """Which report is shown, of several; Alt and an arrow go through them. Names may be alike."""
    at: int = min(st.session_state.get("shown", len(names) - 1), len(names) - 1)
    if len(names) == 1:
        return 0
    st.session_state["shown"] = at
    st.selectbox(
        f"Shown: report {at + 1} of {len(names)}",
        range(len(names)),
        format_func=lambda number: f"{number + 1}. {names[number]}",
        key="shown",
    )
    left, right = st.columns(2)
    left.button(
        "Previous", width="stretch", shortcut="Alt+Left", on_click=_go, args=(at - 1, len(names))
    )
    right.button(
        "Next", width="stretch", shortcut="Alt+Right", on_click=_go, args=(at + 1, len(names))
    )
    return at


def _go(to: int, of: int) -> None:
    st.session_state["shown"] = to % of


def _show_example() -> None:
    st.session_state["example"] = True
    st.session_state["shown"] = 0


def _show_newest() -> None:
    st.session_state.pop("shown", None)
