"""The DOCX reader: files built here, with text, kinds, labels and counts worked out by hand."""

import hashlib
import io
import random
import struct
import time
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.shared import Pt

from wbp_check.errors import (
    DamagedReport,
    EncryptedReport,
    NoTextLayer,
    ReportTooLarge,
    UnsupportedFormat,
    WbpError,
)
from wbp_check.read import package as package_module
from wbp_check.read.docx import read_docx
from wbp_check.read.numbering import number_text
from wbp_check.types import Block, BlockKind, Format, Report, Story

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
ROOT = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}/relationships" xmlns:m="{OFFICE}/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:zz="urn:somebody-else"'
)
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
LIST_STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    '<w:rPr><w:sz w:val="22"/></w:rPr></w:style>'
)


def part(root: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {ROOT}>{inner}</w:{root}>'


def rels(**targets: str) -> str:
    lines = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/relationships/{kind}" Target="{target}"/>'
        for key, (kind, _, target) in (
            (key, value.partition(":")) for key, value in targets.items()
        )
    )
    return f'<Relationships xmlns="{RELS}">{lines}</Relationships>'


def zipped(parts: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in parts.items():
            archive.writestr(path, content)
    return stream.getvalue()


def built(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    footnotes: str = "",
    endnotes: str = "",
    comments: str = "",
    more: dict[str, str | bytes] | None = None,
    relations: dict[str, str] | None = None,
) -> bytes:
    """A DOCX with this body, and with the other parts as far as they are given."""
    given = {
        "styles": styles,
        "numbering": numbering,
        "footnotes": footnotes,
        "endnotes": endnotes,
        "comments": comments,
    }
    targets = {f"r{kind}": f"{kind}:{kind}.xml" for kind in given} | (relations or {})
    parts: dict[str, str | bytes] = {
        "_rels/.rels": rels(main="officeDocument:word/document.xml"),
        "word/_rels/document.xml.rels": rels(**targets),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
    }
    for kind, inner in given.items():
        if inner:
            parts[f"word/{kind}.xml"] = part(kind, inner)
    return zipped(parts | (more or {}))


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def read(data: bytes) -> Report:
    return read_docx(data, "report.docx")


def blocks(body: str, **parts: str) -> tuple[Block, ...]:
    return read(built(body, **parts)).blocks  # type: ignore[arg-type]


def texts(body: str, **parts: str) -> list[str]:
    return [block.text for block in blocks(body, **parts)]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(inner: str, properties: str = "") -> str:
    inner = inner if inner.startswith("<") or not inner else run(inner)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def numbered(text: str, num: int, level: int = 0) -> str:
    return para(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def level(index: int, kind: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


PROSE = para("This paragraph is long enough to set the look of the body of the whole report.")


# --- body ---------------------------------------------------------------------------------------


def test_report_of_python_docx_in_order() -> None:
    document = docx.Document()
    document.add_heading("My report", 0)
    document.add_heading("Plan", 2)
    document.add_paragraph("We planned the work over six weeks.")
    document.add_paragraph("first", style="List Number")
    document.add_paragraph("point", style="List Bullet")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["Task", "Owner", "Survey", "Ann"], strict=True):
        cell.text = text
    document.add_paragraph("Figure 1: the plan", style="Caption")
    data = saved(document)
    report = read(data)
    assert [(b.kind, b.text, b.labels, b.level, b.style) for b in report.blocks] == [
        (BlockKind.HEADING, "My report", (), 1, "title"),
        (BlockKind.HEADING, "Plan", (), 2, "heading 2"),
        (BlockKind.PARAGRAPH, "We planned the work over six weeks.", (), None, "normal"),
        (BlockKind.LIST_ITEM, "first", ("1.",), 1, "list number"),
        (BlockKind.LIST_ITEM, "point", ("•",), 1, "list bullet"),
        (BlockKind.TABLE_ROW, "Task\tOwner", (), None, "normal"),
        (BlockKind.TABLE_ROW, "Survey\tAnn", (), None, "normal"),
        (BlockKind.CAPTION, "Figure 1: the plan", (), None, "caption"),
    ]
    assert [b.paragraph for b in report.blocks] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert (report.name, report.format, report.pages) == ("report.docx", Format.DOCX, None)
    assert report.sha256 == hashlib.sha256(data).hexdigest()
    assert report.warnings == ()
    assert {(b.page, b.region) for b in report.blocks} == {(None, None)}


def test_runs_tabs_breaks_and_hyphens() -> None:
    inner = (
        "<w:r><w:t>well</w:t><w:noBreakHyphen/><w:t>being</w:t><w:tab/><w:t>in</w:t>"
        "<w:softHyphen/><w:t>formation</w:t><w:br/><w:t>next</w:t><w:cr/><w:t>line</w:t>"
        '<w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:char="zz"/></w:r>'
    )
    assert texts(para(inner)) == ["well-being\tinformation\nnext\nline✓"]


def test_spaces_are_kept_only_where_xml_space_says_so() -> None:
    kept = '<w:r><w:t xml:space="preserve">one </w:t></w:r><w:r><w:t>two</w:t></w:r>'
    lost = "<w:r><w:t>one </w:t></w:r><w:r><w:t>two</w:t></w:r>"
    broken = "<w:r><w:t>one\ntwo</w:t></w:r>"
    assert texts(para(kept) + para(lost) + para(broken)) == ["one two", "onetwo", "one two"]


def test_wrappers_are_seen_through() -> None:
    body = (
        f"<w:sdt><w:sdtPr><w:alias w:val='no'/></w:sdtPr><w:sdtContent>{para('control')}"
        "</w:sdtContent></w:sdt>"
        + para(
            f"<w:hyperlink>{run('link ')}</w:hyperlink><w:smartTag>{run('tag ')}</w:smartTag>"
            f"<w:sdt><w:sdtContent>{run('inline')}</w:sdtContent></w:sdt>"
            f"<w:bdo>{run(' bdo')}</w:bdo>"
            f"<w:r><w:ruby><w:rt>{run('no')}</w:rt><w:rubyBase>{run(' base')}</w:rubyBase>"
            "</w:ruby></w:r>"
        )
        + para("<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>")
    )
    assert texts(body) == ["control", "link tag inline bdo base", "x=2"]


def field(*inner: str) -> str:
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{mark}"/></w:r>' for mark in ("begin", "separate", "end")
    )
    return f"{begin}{inner[0]}{separate}{inner[1]}{end}"


def test_fields_show_their_result_only() -> None:
    code = "<w:r><w:instrText> REF </w:instrText></w:r>"
    nested = field(code + field(code, run("not shown")) + run("code text"), run("shown"))
    simple = f'<w:fldSimple w:instr="PAGE">{run(" 7")}</w:fldSimple>'
    mark = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    without_result = mark + code + end
    assert texts(para(nested + simple + without_result)) == ["shown 7"]


def test_field_may_span_paragraphs_and_an_unclosed_one_swallows_nothing() -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    spanning = (
        para(mark.format("begin") + run("code"))
        + para(run("code") + mark.format("separate") + run("entry 1"))
        + para(run("entry 2") + mark.format("end"))
    )
    assert texts(spanning) == ["entry 1", "entry 2"]
    unclosed = para(run("a") + mark.format("begin")) + para("b") + para("c")
    assert texts(unclosed) == ["a", "b", "c"]
    end_first = para(mark.format("end") + mark.format("begin")) + para("b")
    assert texts(end_first) == ["b"]


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        para(
            run("We ")
            + f"<w:ins>{run('really ')}<w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:ins>"
            + "<w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
            + f"<w:moveFrom>{run('gone ')}</w:moveFrom><w:moveTo>{run('here')}</w:moveTo>"
        )
        + para("joined ", "<w:rPr><w:del/></w:rPr>")
        + para("to this", '<w:pStyle w:val="Heading2"/>')
        + f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{para('gone row')}</w:tc></w:tr></w:tbl>"
        + para("last", "<w:rPr><w:del/></w:rPr>")
    )
    report = read(built(body))
    assert [(b.text, b.style) for b in report.blocks] == [
        ("We really here", ""),
        ("joined to this", "heading 2"),
        ("last", ""),
    ]
    assert report.warnings == (
        "The file has tracked changes. It was read as if all of them were accepted.",
    )


def test_hidden_text_is_left_out_and_told() -> None:
    styles = LIST_STYLES + (
        '<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="Note"><w:name w:val="Note"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="Note"/></w:style>'
    )
    body = (
        para(
            run("seen ")
            + run("two hidden", "<w:vanish/>")
            + run("one", '<w:rStyle w:val="Secret"/>')
        )
        + para("three more hidden", '<w:pStyle w:val="Sub"/>')
        + para(run("shown", '<w:vanish w:val="0"/>'), '<w:pStyle w:val="Sub"/>')
        # Hidden twice is seen: toggles of paragraph and character style cancel out.
        + para(run("again", '<w:rStyle w:val="Secret"/>'), '<w:pStyle w:val="Note"/>')
    )
    report = read(built(body, styles=styles))
    assert [b.text for b in report.blocks] == ["seen", "shown", "again"]
    # "two", "hiddenone" (nothing parts them), "three", "more", "hidden"
    assert report.warnings == ("5 words of hidden text left out.",)


# --- tables -------------------------------------------------------------------------------------


def test_rows_cells_and_merged_cells() -> None:
    table = (
        "<w:tbl>"
        + row(para("a") + para("b"), para("c"), para(""))
        + row("<w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + para("wide"), para("x"))
        + row("<w:tcPr><w:vMerge w:val='restart'/></w:tcPr>" + para("tall"), para("1"))
        + row("<w:tcPr><w:vMerge/></w:tcPr>" + para("ghost"), para("2"))
        + row(para(""), para(""))
        + "</w:tbl>"
    )
    assert texts(table) == ["a\nb\tc\t", "wide\tx", "tall\t1", "\t2"]


def test_nested_table_rows_follow_their_row() -> None:
    inner = f"<w:tbl>{row(para('in 1'), para('in 2'))}</w:tbl>"
    outer = f"<w:tbl>{row(para('left'), para('right') + inner)}</w:tbl>"
    got = blocks(outer)
    assert [b.text for b in got] == ["left\tright", "in 1\tin 2"]
    assert {b.kind for b in got} == {BlockKind.TABLE_ROW}


def test_single_cell_with_paragraphs_is_a_frame_not_a_row() -> None:
    inner = para("Aims", '<w:pStyle w:val="Heading1"/>') + PROSE
    got = blocks(f"<w:tbl>{row(inner)}{row(para('one line'))}</w:tbl>")
    assert [b.kind for b in got] == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE_ROW]


def test_rows_and_cells_in_content_controls() -> None:
    cell = f"<w:sdt><w:sdtContent><w:tc>{para('y')}</w:tc></w:sdtContent></w:sdt>"
    held = f"<w:tr><w:tc>{para('x')}</w:tc>{cell}</w:tr>"
    assert texts(f"<w:tbl><w:sdt><w:sdtContent>{held}</w:sdtContent></w:sdt></w:tbl>") == ["x\ty"]


# --- numbering ----------------------------------------------------------------------------------

OUTLINE = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "decimal", "%1.")
    + level(1, "lowerLetter", "%1.%2)")
    + level(2, "upperRoman", "%3")
    + "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="1">'
    + level(0, "bullet", "\uf0b7")
    + level(1, "none", "")
    + level(2, "decimal", "")
    + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num>'
)


def labels(body: str, **parts: str) -> list[tuple[str, ...]]:
    return [block.labels for block in blocks(body, **parts)]


def test_levels_count_and_begin_anew() -> None:
    body = "".join(numbered("x", 1, depth) for depth in (0, 1, 1, 2, 2, 0, 1, 2))
    assert labels(body, numbering=OUTLINE) == [
        ("1.",), ("1.a)",), ("1.b)",), ("I",), ("II",), ("2.",), ("2.a)",), ("I",),
    ]  # fmt: skip
    assert [b.level for b in blocks(body, numbering=OUTLINE)] == [1, 2, 2, 3, 3, 1, 2, 3]


def test_nums_share_counters_unless_they_override_the_start() -> None:
    body = numbered("x", 1) + numbered("x", 4) + numbered("x", 3) + numbered("x", 3)
    assert labels(body, numbering=OUTLINE) == [("1.",), ("2.",), ("5.",), ("6.",)]


def test_bullets_and_lists_without_labels() -> None:
    body = (
        numbered("b", 2) + numbered("n", 2, 1) + numbered("e", 2, 2) + numbered("z", 0)
        + numbered("m", 99)
    )  # fmt: skip
    got = blocks(body, numbering=OUTLINE)
    assert [b.labels for b in got] == [("•",), (), (), (), ()]
    assert [b.kind for b in got] == [BlockKind.LIST_ITEM] + [BlockKind.PARAGRAPH] * 4


def test_empty_list_paragraph_keeps_its_label_and_rows_gather_theirs() -> None:
    body = (
        numbered("", 1)
        + f"<w:tbl>{row(numbered('a', 1) + numbered('b', 1), numbered('', 1))}</w:tbl>"
        + para("")
    )
    got = blocks(body, numbering=OUTLINE)
    assert [(b.kind, b.text, b.labels) for b in got] == [
        (BlockKind.LIST_ITEM, "", ("1.",)),
        (BlockKind.TABLE_ROW, "a\nb\t", ("2.", "3.", "4.")),
    ]


def test_numbering_by_style_takes_the_level_tied_to_it() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/>'
        f'<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="{n - 1}"/></w:pPr>'
        "</w:style>"
        for n in (1, 2)
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        + level(0, "upperRoman", "%1", '<w:pStyle w:val="Heading1"/>')
        + level(1, "decimal", "%1.%2", '<w:pStyle w:val="Heading2"/><w:isLgl/>')
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = "".join(para("x", f'<w:pStyle w:val="Heading{n}"/>') for n in (1, 1, 2, 2))
    off = '<w:pStyle w:val="Heading1"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    got = blocks(body + para("y", off), styles=styles, numbering=numbering)
    assert [b.labels for b in got] == [("I",), ("II",), ("2.1",), ("2.2",), ()]
    assert [b.level for b in got] == [1, 1, 2, 2, 1]
    assert {b.kind for b in got} == {BlockKind.HEADING}


def test_legal_numbering_keeps_the_zero_that_word_shows() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        + level(0, "upperRoman", "Article %1.")
        + level(1, "decimalZero", "Section %1.%2", "<w:isLgl/>")
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    got = blocks(numbered("x", 1) + numbered("y", 1, 1), numbering=numbering)
    assert [b.labels for b in got] == [("Article I.",), ("Section 1.01",)]


def test_level_restart_never_and_num_style_link() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        + level(0, "decimal", "%1.")
        + level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>')
        + '</w:abstractNum><w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="L"/>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    body = "".join(numbered("x", 2, depth) for depth in (0, 1, 0, 1))
    assert labels(body, styles=styles, numbering=numbering) == [
        ("1.",), ("1)",), ("2.",), ("2)",),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (4, "decimal", "4"),
        (4, "lowerRoman", "iv"),
        (1994, "upperRoman", "MCMXCIV"),
        (26, "lowerLetter", "z"),
        (28, "upperLetter", "BB"),
        (7, "decimalZero", "07"),
        (1, "ordinal", "1st"),
        (11, "ordinal", "11th"),
        (23, "ordinal", "23rd"),
        (21, "cardinalText", "Twenty-one"),
        (12, "ordinalText", "Twelfth"),
        (30, "ordinalText", "Thirtieth"),
        (3, "bullet", ""),
        (3, "chineseCounting", "3"),
        (2_000_000_000, "lowerLetter", "2000000000"),
        (2_000_000_000, "upperRoman", "2000000000"),
    ],
)
def test_number_formats(value: int, kind: str, text: str) -> None:
    assert number_text(value, kind) == text


# --- kinds --------------------------------------------------------------------------------------


def kind_of(paragraph: str, **parts: str) -> tuple[BlockKind, int | None]:
    block = blocks(paragraph + PROSE, **parts)[0]
    return block.kind, block.level


BOLD, LARGE, LINE = "<w:b/>", '<w:sz w:val="28"/>', '<w:u w:val="single"/>'


@pytest.mark.parametrize(
    "inner",
    [
        run("Stakeholder analysis", BOLD),
        run("Stakeholder analysis", LARGE),
        run("Stakeholder analysis", LINE),
        run("STAKEHOLDER ANALYSIS"),
        run("Stakeholder analysis", "<w:caps/>"),
        run("What went well?", BOLD),
        run("Costs:", BOLD),
        run("2. Costs", BOLD),
    ],
)
def test_heading_by_look(inner: str) -> None:
    assert kind_of(para(inner)) == (BlockKind.HEADING, None)


@pytest.mark.parametrize(
    "inner",
    [
        run("Stakeholder analysis"),
        run("We chose the second supplier.", BOLD),
        run("Note", BOLD) + run(" that the plan changed"),
        run("one two three four five six seven eight nine ten eleven twelve thirteen", BOLD),
        run("£42.50", BOLD),
        run("NHS"),
        run("www.example.org", LINE),
    ],
)
def test_not_a_heading_by_look(inner: str) -> None:
    assert kind_of(para(inner)) == (BlockKind.PARAGRAPH, None)


def test_look_of_the_body_is_no_heading() -> None:
    body = para(run("A short line", BOLD)) + para(
        run("all of this report is set in bold type " * 9, BOLD)
    )
    assert [b.kind for b in blocks(body)] == [BlockKind.PARAGRAPH] * 2


def test_bold_numbered_item_is_a_heading_but_a_bold_bullet_is_not() -> None:
    bold = [numbered(run("Costs", BOLD), 1), numbered(run("Costs", BOLD), 2), numbered("Costs", 1)]
    got = blocks("".join(bold) + PROSE, numbering=OUTLINE)
    assert [b.kind for b in got[:3]] == [
        BlockKind.HEADING,
        BlockKind.LIST_ITEM,
        BlockKind.LIST_ITEM,
    ]


@pytest.mark.parametrize(
    ("style_id", "name", "expected"),
    [
        ("Heading3", "heading 3", (BlockKind.HEADING, 3)),
        ("berschrift2", "Überschrift 2", (BlockKind.HEADING, 2)),
        ("Title", "Title", (BlockKind.HEADING, 1)),
        ("Subtitle", "Subtitle", (BlockKind.HEADING, None)),
        ("TOCHeading", "TOC Heading", (BlockKind.HEADING, 1)),
        ("Caption", "caption", (BlockKind.CAPTION, None)),
        ("Quote", "Quote", (BlockKind.PARAGRAPH, None)),
    ],
)
def test_kind_by_style_name(
    style_id: str, name: str, expected: tuple[BlockKind, int | None]
) -> None:
    styles = (
        f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/></w:style>'
    )
    paragraph = para("some words here", f'<w:pStyle w:val="{style_id}"/>')
    assert kind_of(paragraph, styles=styles) == expected
    assert blocks(paragraph, styles=styles)[0].style == name.lower()


def test_kind_by_inheritance_outline_and_undefined_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Mine"><w:basedOn w:val="H"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="H"><w:basedOn w:val="Mine"/>'
        '<w:pPr><w:outlineLvl w:val="3"/></w:pPr></w:style>'
    )
    inherits = para("part", '<w:pStyle w:val="Mine"/>')
    assert kind_of(inherits, styles=styles) == (BlockKind.HEADING, 4)
    body_text = para("part", '<w:pStyle w:val="Mine"/><w:outlineLvl w:val="9"/>')
    assert kind_of(body_text, styles=styles) == (BlockKind.PARAGRAPH, None)
    assert kind_of(para("part", '<w:outlineLvl w:val="0"/>')) == (BlockKind.HEADING, 1)
    assert kind_of(para("part", '<w:pStyle w:val="Heading2"/>')) == (BlockKind.HEADING, 2)
    slip = para("word " * 41, '<w:pStyle w:val="Heading2"/>')
    assert kind_of(slip) == (BlockKind.PARAGRAPH, None)


@pytest.mark.parametrize(
    "text",
    [
        "- a dash",
        "• a bullet",
        "\u2013 an en dash",
        "1. one",
        "a) letter",
        "(iv) roman",
        "1.2. sub",
    ],
)
def test_typed_list_marks_stay_in_the_text(text: str) -> None:
    block = blocks(para(text) + PROSE)[0]
    assert (block.kind, block.text, block.labels) == (BlockKind.LIST_ITEM, text, ())


@pytest.mark.parametrize("text", ["-5 degrees", "2024. It was", "e.g. this", "of the", "A. Smith"])
def test_not_typed_list_marks(text: str) -> None:
    assert kind_of(para(text)) == (BlockKind.PARAGRAPH, None)


def test_typed_captions_stand_by_a_figure_or_hold_a_sequence() -> None:
    picture = para("<w:r><w:drawing><pic:pic/></w:drawing></w:r>")
    seq = (
        run("Table ")
        + f'<w:fldSimple w:instr=" SEQ Table ">{run("2")}</w:fldSimple>'
        + run(" costs")
    )
    far = para("Figure 9: far from any")
    body = picture + para("Figure 1: the plan") + PROSE + para(seq) + PROSE + far + PROSE
    body += para("Table 3 shows the costs") + f"<w:tbl>{row(para('a'), para('b'))}</w:tbl>"
    got = blocks(body)
    assert [(b.text[:9], b.kind) for b in got if b.text[:4] in ("Figu", "Tabl")] == [
        ("Figure 1:", BlockKind.CAPTION),
        ("Table 2 c", BlockKind.CAPTION),
        ("Figure 9:", BlockKind.PARAGRAPH),
        ("Table 3 s", BlockKind.PARAGRAPH),
    ]
    assert (got[0].text, got[0].images, got[0].kind) == ("", 1, BlockKind.PARAGRAPH)


# --- boxes, notes, pages ------------------------------------------------------------------------


def box(inner: str, fallback: str = "", needs: str = "wps") -> str:
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="{needs}"><w:drawing><wps:txbx>'
        f"<w:txbxContent>{inner}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox><w:txbxContent>{fallback}</w:txbxContent></v:textbox>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_text_boxes_once_after_their_anchor() -> None:
    content = f"<w:txbxContent>{para('vml')}</w:txbxContent>"
    vml = f"<w:r><w:pict><v:textbox>{content}</v:textbox></w:pict></w:r>"
    body = (
        para(run("before ") + box(para("in box") + para("two"), para("twice")) + run("after"))
        + para(vml)
        + para(box(para("not understood"), para("fallback"), needs="zz"))
        + para("end")
    )
    report = read(built(body))
    assert [(b.text, b.story, b.paragraph) for b in report.blocks] == [
        ("before after", Story.MAIN, 1),
        ("in box", Story.TEXT_BOX, 1),
        ("two", Story.TEXT_BOX, 1),
        ("vml", Story.TEXT_BOX, 2),
        ("fallback", Story.TEXT_BOX, 3),
        ("end", Story.MAIN, 4),
    ]
    assert report.warnings == ("5 words in text boxes. Word leaves text boxes out of its count.",)


def test_box_inside_a_field_code_or_a_cell() -> None:
    table = f"<w:tbl>{row(para(run('a') + box(para('boxed'))), para('b'))}</w:tbl>"
    got = blocks(table + para("c"))
    assert [(b.text, b.story) for b in got] == [
        ("a\tb", Story.MAIN),
        ("boxed", Story.TEXT_BOX),
        ("c", Story.MAIN),
    ]


def test_notes_follow_their_paragraph_once() -> None:
    note = '<w:footnote w:id="{}"><w:p><w:r><w:footnoteRef/></w:r>{}</w:p></w:footnote>'
    body = (
        para(run("claim") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
        + para(run("more") + '<w:r><w:endnoteReference w:id="2"/></w:r>')
        + para(run("again") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    )
    report = read(
        built(
            body,
            footnotes=note.format(0, run("never")) + note.format(2, run(" See the plan")),
            endnotes=f'<w:endnote w:id="2">{para("At the end")}</w:endnote>',
        )
    )
    assert [(b.text, b.story) for b in report.blocks] == [
        ("claim", Story.MAIN),
        ("See the plan", Story.NOTE),
        ("more", Story.MAIN),
        ("At the end", Story.NOTE),
        ("again", Story.MAIN),
    ]
    assert report.warnings[0].startswith("6 words in footnotes or endnotes.")


def test_pages_from_rendered_breaks() -> None:
    rendered, hard = "<w:lastRenderedPageBreak/>", '<w:br w:type="page"/>'
    body = (
        para("one")
        + para(f"<w:r>{hard}</w:r>")
        + para(f"<w:r>{rendered}<w:t>two</w:t></w:r>")
        + para(f"<w:r><w:t>still two</w:t>{rendered}<w:t>and three</w:t></w:r>")
        + "<w:tbl>"
        + row(
            para(f"<w:r><w:t>x</w:t>{rendered}<w:t>x</w:t></w:r>"),
            para(f"<w:r><w:t>y</w:t>{rendered}<w:t>y</w:t></w:r>"),
        )
        + "</w:tbl>"
        + para("four")
    )
    report = read(built(body))
    assert [b.page for b in report.blocks] == [1, 2, 2, 3, 4]
    assert report.pages == 4
    unpaged = read(built(para("one") + para(f"<w:r>{hard}<w:t>two</w:t></w:r>")))
    assert ([b.page for b in unpaged.blocks], unpaged.pages) == ([None, None], None)


def test_pictures_are_counted() -> None:
    pictures = (
        "<w:r><w:drawing><pic:pic/></w:drawing></w:r>"
        "<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>"
    )
    got = blocks(para(pictures + run("both")) + f"<w:tbl>{row(para(pictures), para('z'))}</w:tbl>")
    assert [b.images for b in got] == [2, 2]


# --- packages -----------------------------------------------------------------------------------


def test_main_part_is_found_through_relations_with_odd_paths() -> None:
    document = part(
        "document",
        f"<w:body>{para('found', '<w:pStyle w:val=' + chr(34) + 'S' + chr(34) + '/>')}</w:body>",
    )
    style = '<w:style w:type="paragraph" w:styleId="S"><w:name w:val="Special"/></w:style>'
    data = zipped(
        {
            "_rels\\.rels": rels(main="officeDocument:/Odd/Main%20Part.xml"),
            "odd\\main part.xml": document,
            "odd\\_rels\\main part.xml.rels": rels(s="styles:..\\look\\s.xml", t="theme:gone.xml"),
            "look/s.xml": part("styles", style),
        }
    )
    assert [(b.text, b.style) for b in read(data).blocks] == [("found", "special")]


def test_package_with_nothing_but_the_document() -> None:
    data = zipped({"word/document.xml": part("document", f"<w:body>{para('bare')}</w:body>")})
    assert [b.text for b in read(data).blocks] == ["bare"]


def strict(data: bytes) -> dict[str, str | bytes]:
    """The parts of a package with the namespaces of the strict variant."""
    parts: dict[str, str | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            text = text.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
            parts[name] = text.replace(OFFICE, "http://purl.oclc.org/ooxml/officeDocument")
    return parts


def test_strict_file() -> None:
    parts = strict(built(numbered("strict", 2), numbering=OUTLINE))
    assert [(b.text, b.labels) for b in read(zipped(parts)).blocks] == [("strict", ("•",))]


def test_strict_file_with_names_that_are_none() -> None:
    parts = strict(built(para("kept") + "<qq:p/><w:a:b w:c:d='1'/>"))
    report = read(zipped(parts))
    assert [b.text for b in report.blocks] == ["kept"]
    assert "text may be missing" in report.warnings[0]


def test_macros_comments_and_embedded_files_are_warned_of() -> None:
    data = built(
        para("text") + '<w:altChunk r:id="chunk"/>',
        comments=f'<w:comment w:id="0">{para("hm")}</w:comment>',
        more={"word/vbaProject.bin": b"\xd0\xcf"},
        relations={"chunk": "aFChunk:part1.html"},
    )
    assert read(data).warnings == (
        "The document embeds another file that was not read: part1.html.",
        "The file holds macros. They were not run.",
        "1 comment left out.",
    )


def with_doctype(doctype: str, text: str) -> bytes:
    body = f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body>"
    document = f"<!DOCTYPE x [{doctype}]><w:document {ROOT}>{body}</w:document>"
    return zipped({"word/document.xml": document})


def test_entities_are_neither_expanded_nor_fetched() -> None:
    doctype = '<!ENTITY own "secret"><!ENTITY file SYSTEM "file:///etc/passwd">'
    report = read(with_doctype(doctype, "a&own;b&file;c"))
    assert [b.text for b in report.blocks] == ["abc"]


def test_a_bomb_of_entities_is_refused_in_time() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    start = time.perf_counter()
    report = read(with_doctype('<!ENTITY l0 "ha">' + laughs, "a&l11;b"))
    assert time.perf_counter() - start < 2
    assert [b.text for b in report.blocks] == ["a"]
    assert "text may be missing" in report.warnings[0]


# --- errors -------------------------------------------------------------------------------------

GOOD = built(para("Some good text that is read.") + PROSE, styles=LIST_STYLES, numbering=OUTLINE)
OLE = bytes.fromhex("D0CF11E0A1B11AE1")


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedReport, "password"),
        (OLE + b"WordDocument", UnsupportedFormat, "old format"),
        (b"", DamagedReport, "empty"),
        (b"PK\x03\x04 not a zip", DamagedReport, "damaged"),
        (GOOD[: len(GOOD) // 2], DamagedReport, "damaged"),
        (zipped({"_rels/.rels": rels(m="officeDocument:gone.xml")}), DamagedReport, "damaged"),
        (zipped({"word/document.xml": "no xml at all"}), DamagedReport, "damaged"),
        (zipped({"word/document.xml": "<html><body>x</body></html>"}), DamagedReport, "no Word"),
        (
            zipped({"_rels/.rels": rels(m="officeDocument:xl/b.xml"), "xl/b.xml": "<workbook/>"}),
            UnsupportedFormat,
            "spreadsheet",
        ),
        (built(para("")), NoTextLayer, "no text"),
        (built(para("<w:r><w:drawing><pic:pic/></w:drawing></w:r>")), NoTextLayer, "pictures"),
        (
            built('<w:altChunk r:id="c"/>', relations={"c": "aFChunk:a.html"}),
            NoTextLayer,
            "another file inside it (a.html)",
        ),
    ],
)  # fmt: skip
def test_errors_name_the_file_and_the_remedy(data: bytes, error: type[WbpError], says: str) -> None:
    with pytest.raises(error) as caught:
        read_docx(data, "my report.docx")
    assert type(caught.value) is error
    assert "my report.docx" in str(caught.value)
    assert says in str(caught.value)
    assert len(str(caught.value).split(". ")) >= 2


def test_lock_file_is_named_as_such() -> None:
    with pytest.raises(DamagedReport, match="lock file"):
        read_docx(b"\x0bAnn Smith", "~$report.docx")


def test_broken_xml_is_rescued_with_a_warning() -> None:
    whole = part("document", f"<w:body>{para('rescued')}{para('lost')}</w:body>")
    report = read(zipped({"word/document.xml": whole[: whole.index("lost")]}))
    assert [b.text for b in report.blocks] == ["rescued"]
    assert "text may be missing" in report.warnings[0]


def test_a_broken_side_part_does_not_stop_reading() -> None:
    report = read(built(para("text"), more={"word/styles.xml": "<<<"}))
    assert [b.text for b in report.blocks] == ["text"]
    assert "word/styles.xml" in report.warnings[0]


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped({"word/document.xml": b"<a>" + b" " * 20_000_000 + b"</a>"})
    assert len(bomb) < 50_000
    with pytest.raises(ReportTooLarge):
        read(bomb)
    read(GOOD)
    with monkeypatch.context() as patched:
        patched.setattr(package_module, "MAX_PARTS", 3)
        with pytest.raises(ReportTooLarge, match="parts"):
            read(GOOD)
    with monkeypatch.context() as patched:
        patched.setattr(package_module, "MAX_UNPACKED", 2_000)
        with pytest.raises(ReportTooLarge):
            read(GOOD)


def test_a_size_that_lies_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_module, "MAX_UNPACKED", 100_000)
    content = part("document", f"<w:body>{para('x' * 300_000)}</w:body>").encode()
    honest = zipped({"word/document.xml": content})
    lying = honest.replace(struct.pack("<L", len(content)), struct.pack("<L", 50))
    assert lying != honest
    for data in (honest, lying):
        with pytest.raises((ReportTooLarge, DamagedReport)):
            read(data)


def test_deep_nesting_ends_in_an_error_not_a_crash() -> None:
    cells = "<w:tbl><w:tr><w:tc>" * 3000 + para("x") + "</w:tc></w:tr></w:tbl>" * 3000
    with pytest.raises((ReportTooLarge, DamagedReport)):
        read(built(cells))
    wrapped = "<w:smartTag>" * 150 + run("deep") + "</w:smartTag>" * 150
    assert texts(para(wrapped)) == ["deep"]


def test_time_is_linear() -> None:
    body = "".join(
        numbered(run("some words of text", BOLD) + field(run("c"), run("r")), 1, n % 3)
        for n in range(8_000)
    )
    start = time.process_time()
    report = read(built(body, numbering=OUTLINE))
    assert len(report.blocks) == 8_000
    assert time.process_time() - start < 6


def rewritten(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The package with each part's content changed, its zip intact."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({name: change(archive.read(name)) for name in archive.namelist()})


def test_no_bytes_whatever_make_it_crash() -> None:
    rich = docx.Document()
    rich.add_heading("Head", 1)
    rich.add_paragraph("item", style="List Number").add_run("bold").font.size = Pt(20)
    rich.add_table(1, 2).cell(0, 0).text = "cell"
    seeds = [GOOD, saved(rich), built(para(box(para("b"))), footnotes="<w:footnote/>")]
    generator = random.Random(7)

    def flipped(data: bytes) -> bytes:
        changed = bytearray(data)
        for _ in range(generator.choice((1, 2, 8, 40))):
            if changed:
                changed[generator.randrange(len(changed))] = generator.randrange(256)
        return bytes(changed)

    outcomes: set[str] = set()
    for turn in range(1200):
        data = generator.choice(seeds)
        if turn % 3 == 0:
            data = rewritten(data, flipped)
        elif turn % 3 == 1:
            data = flipped(data)
        else:
            data = data[: generator.randrange(len(data))]
        try:
            read_docx(data, "fuzz.docx")
            outcomes.add("read")
        except WbpError as error:
            outcomes.add(type(error).__name__)
    assert {"read", "DamagedReport"} <= outcomes
