"""The two drawings that answer a click: the grid of criteria and the report.

They are Streamlit components without a frame. What they show is made and escaped by `drawings`;
their scripts only put it in place, tell what was clicked and bring a passage into view. Nothing is
fetched from anywhere.
"""

from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st

from wbp_check.drawings import grid_html, report_html
from wbp_check.standard import Standard
from wbp_check.types import Check


@cache
def _component(name: str) -> Any:
    """Registered once a process: Streamlit warns of a second time."""
    script = files("wbp_check.page").joinpath("pane.js").read_text("utf-8")
    return st.components.v2.component(f"wbp_check.{name}", js=script, isolate_styles=False)


def grid(check: Check, standard: Standard, chosen: str | None) -> None:
    """The grid of criteria. A click chooses one (state `criterion`), a second lets it go."""
    _component("grid")(
        data={"html": grid_html(check, standard, chosen), "goto": None, "once": None},
        key="grid",
        on_clicked_change=_choose_criterion,
    )


def report(
    check: Check, standard: Standard, lit: str | None, chosen: str | None, goto: str | None
) -> None:
    """The report with its evidence. A click chooses a passage (state `passage`).

    `lit` is the criterion whose passages are marked (None for all), `chosen` the passage with a
    frame, `goto` the one to bring into view.
    """
    _component("report")(
        data={
            "html": report_html(check, standard, lit, chosen),
            "goto": goto,
            "once": f"{check.report.sha256} {lit}",
        },
        key="report",
        on_clicked_change=_choose_passage,
    )


def _choose_criterion() -> None:
    clicked = st.session_state["grid"].clicked
    again = st.session_state.get("criterion") == clicked
    st.session_state["criterion"] = None if again else clicked


def _choose_passage() -> None:
    st.session_state["passage"] = st.session_state["report"].clicked
