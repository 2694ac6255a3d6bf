"""The sidebar: which report is shown, and how it is read."""

from dataclasses import dataclass

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
        )
        st.button("Try the bundled example", width="stretch", on_click=_show_example)
        files = {upload.name: upload.getvalue() for upload in uploads}
        if st.session_state.get("example"):
            example = bundled_example()
            files[EXAMPLE] = example.read_bytes()
        if not files:
            return None
        name = _one_of(list(files))
        st.divider()
        profile = st.selectbox(
            "Assessment organisation",
            list(standard.profiles),
            format_func=lambda key: standard.profiles[key].title,
            index=list(standard.profiles).index(standard.default_profile),
        )
        annexes_from = st.text_input(
            "The annexes begin at the line …",
            help="Only if the page shows the wrong boundary: the first words of that line.",
        )
        password = ""
        if b"/Encrypt" in files[name]:
            password = st.text_input("Password of the PDF", type="password")
    shown = bundled_example().name if name == EXAMPLE else name
    return Chosen(
        data=files[name],
        name=shown,
        annexes_from=annexes_from,
        profile=profile,
        password=password,
    )


def _one_of(names: list[str]) -> str:
    """The report that is shown, of several; Alt and an arrow go through them."""
    at: int = min(st.session_state.get("shown", len(names) - 1), len(names) - 1)
    if len(names) == 1:
        return names[0]
    st.session_state["shown"] = at
    st.selectbox(
        f"Shown: report {at + 1} of {len(names)}",
        range(len(names)),
        format_func=names.__getitem__,
        key="shown",
    )
    left, right = st.columns(2)
    left.button(
        "Previous", width="stretch", shortcut="Alt+Left", on_click=_go, args=(at - 1, len(names))
    )
    right.button(
        "Next", width="stretch", shortcut="Alt+Right", on_click=_go, args=(at + 1, len(names))
    )
    return names[at]


def _go(to: int, of: int) -> None:
    st.session_state["shown"] = to % of
    st.session_state["passage"] = None


def _show_example() -> None:
    st.session_state["example"] = True
    st.session_state.pop("shown", None)
