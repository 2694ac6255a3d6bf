"""The page: upload a report, see its count, its criteria and its evidence in place.

Thin on purpose: it calls the package and lays out what it returns. Reports stay in the memory of
this session; nothing is written to disk and nothing leaves the machine.
"""

from importlib.resources import files
from pathlib import Path

import streamlit as st
from spacy.language import Language

from wbp_check import (
    Check,
    Finding,
    Grade,
    Standard,
    Tagger,
    WbpError,
    check_report,
    load_sentence_splitter,
    load_standard,
    load_tagger,
    read_report,
)
from wbp_check.drawings import areas_html, gauge_html, grid_html, report_html
from wbp_check.export import check_to_table, to_json
from wbp_check.modelstore import bundled_example
from wbp_check.present import (
    LEGEND,
    SYMBOLS,
    count_sentence,
    gaps,
    nearest_passage,
    outlook_sentence,
    part_advice,
    part_name,
    place_of,
    reasons_sentence,
)

EXAMPLE = "Bundled example"


@st.cache_resource(show_spinner="Loading the model …")
def load_tools() -> tuple[Standard, Language, Tagger]:
    """What every check needs, loaded once for all sessions. Holds nothing of any report."""
    standard = load_standard()
    return standard, load_sentence_splitter(), load_tagger(standard)


def check_of(data: bytes, name: str, annexes_from: str, profile: str) -> Check:
    """The check of a file, kept for this session only."""
    kept = st.session_state.setdefault("checks", {})
    key = (hash(data), name, annexes_from, profile)
    if key not in kept:
        standard, nlp, tagger = load_tools()
        with st.status("Checking the report …", expanded=False) as status:
            status.update(label="Reading the file …")
            report = read_report(data, name)
            status.update(label="Looking for evidence …")
            kept[key] = check_report(
                report, standard, nlp, tagger, profile=profile, annexes_from=annexes_from or None
            )
            status.update(label="Checked", state="complete")
    result: Check = kept[key]
    return result


def choose_report(standard: Standard) -> tuple[bytes, str, str, str] | None:
    """The sidebar: a file or the example, and the reading options."""
    with st.sidebar:
        st.header("Report")
        uploads = st.file_uploader(
            "Word (.docx), PDF or text file", type=None, accept_multiple_files=True, key="upload"
        )
        if st.button("Try the bundled example", width="stretch"):
            st.session_state["example"] = True
        names = [upload.name for upload in uploads]
        if st.session_state.get("example"):
            names.append(EXAMPLE)
        if not names:
            return None
        name = st.selectbox("Show", names) if len(names) > 1 else names[0]
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
    if name == EXAMPLE:
        example: Path = bundled_example()
        return example.read_bytes(), example.name, annexes_from, profile
    data = next(upload.getvalue() for upload in uploads if upload.name == name)
    return data, name, annexes_from, profile


def show_top(check: Check, standard: Standard, profile: str) -> None:
    """Count, outlook, warnings: what is seen in the first seconds."""
    st.subheader(outlook_sentence(check))
    st.html(gauge_html(check.words))
    st.write(count_sentence(check.words, standard.profile(profile)))
    for warning in check.warnings:
        st.warning(warning, icon="⚠️")


def choose_criterion(check: Check, standard: Standard) -> str | None:
    """The criterion whose evidence is lit; None for all."""
    status = {verdict.code: verdict.status for verdict in check.verdicts}
    return st.pills(
        "Choose a criterion to see its evidence in the report",
        [criterion.code for criterion in standard.criteria],
        format_func=lambda code: f"{SYMBOLS[status[code]]} {code}",
        key="criterion",
    )


def show_criterion(check: Check, standard: Standard, code: str) -> None:
    """Each part of a criterion: its rule, its passages, or what to ask oneself."""
    criterion = standard.criterion(code)
    verdict = next(verdict for verdict in check.verdicts if verdict.code == code)
    by_id = {passage.id: passage for passage in check.passages}
    tag_of = {(tag.passage, tag.part): tag for tag in check.tagging.tags}
    st.markdown(f"#### {code} {criterion.title}: {verdict.status.value}")
    st.caption(
        f"The report {criterion.asks}. ({criterion.grade.value} criterion, {criterion.source})"
    )
    for part, finding in zip(criterion.parts, verdict.parts, strict=True):
        with st.container(border=True):
            st.markdown(f"**{part_name(part.code)}**: {finding.finding.value}")
            st.caption(f"Counts: {part.counts}")
            if finding.finding is not Finding.FOUND:
                st.markdown(f":orange[{part_advice(part, finding)}]")
            for name in finding.passages[:5]:
                st.text(f"“{by_id[name].text}”\n({place_of(by_id[name])})")
                if reasons := reasons_sentence(tag_of[name, part.code]):
                    st.caption(reasons)
            near = nearest_passage(check, part.code)
            if not finding.passages and near:
                st.caption("The nearest passage, which does not show it:")
                st.text(f"“{near.text}”\n({place_of(near)})")


def show_gaps(check: Check, standard: Standard) -> None:
    """What is missing from the pass criteria, as questions to answer from one's own work."""
    open_gaps = gaps(check, standard, Grade.PASS)
    st.markdown(
        "#### Missing from the pass criteria" if open_gaps else "#### Nothing missing to pass"
    )
    for gap in open_gaps:
        lines = [
            f"- *{part_name(part.code)}*: {part_advice(part, finding)}"
            for part, finding in gap.missing
        ]
        title = f"**{SYMBOLS[gap.verdict.status]} {gap.criterion.code} {gap.criterion.title}**"
        st.markdown("\n".join([title, *lines]))


def main() -> None:
    """The whole page."""
    st.set_page_config(page_title="wbp-check", page_icon="●", layout="wide")
    st.html(f"<style>{files('wbp_check').joinpath('page.css').read_text('utf-8')}</style>")
    st.title("What will an assessor find in this report?")
    standard, _, _ = load_tools()
    chosen = choose_report(standard)
    if chosen is None:
        st.write(
            "Choose a work-based project report (ST0071) on the left, or try the bundled example. "
            "You will see how many words count, which criteria have evidence, and which part of "
            "which criterion is missing."
        )
        st.caption(
            "The report stays on this machine. This page screens; it never grades, and it writes "
            "nothing for you. Its model learnt from reports that were written for this project; "
            "they hold no real apprentice's work. It can be wrong both ways: see the model card."
        )
        return
    data, name, annexes_from, profile = chosen
    try:
        check = check_of(data, name, annexes_from, profile)
    except WbpError as error:
        st.error(str(error), icon="🛑")
        return
    show_top(check, standard, profile)
    code = choose_criterion(check, standard)
    st.html(grid_html(check, standard, code))
    st.caption(LEGEND)
    left, right = st.columns([2, 3], gap="large")
    with left:
        if code:
            show_criterion(check, standard, code)
        else:
            show_gaps(check, standard)
            st.markdown("#### The seven areas, along the report")
            st.html(areas_html(check, standard))
        st.download_button(
            "Save this check (JSON)",
            to_json(check_to_table(check)),
            file_name="check.json",
            mime="application/json",
        )
    with right:
        st.markdown("#### The report")
        with st.container(height=760):
            st.html(report_html(check, standard, code))
    made = check.made_with
    st.caption(
        f"wbp-check {made.version}, model {made.model}. It screens and can be wrong both ways; only "
        "the assessor decides. The corpus it learnt from was written for this project and holds no "
        "real apprentice's work."
    )


main()
