"""Whatever is written into a Word file comes back: each text once, in order, what is deleted out.

The texts of a report are made up by Hypothesis, with odd characters, and hidden in all that Word has
for text: runs, links, fields, tracked changes, lists, tables in tables, merged cells, text boxes.
"""

import sys
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.parser import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from wbp_check import UnreadableReport, read_report
from wbp_check.types import BlockKind, Story

sys.path.append(str(Path(__file__).parent / "fuzz"))
from fuzz_docx import change_tree, flat_to_docx

SEEDS = Path(__file__).parent / "fuzz" / "seeds"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
BY = 'w:id="1" w:author="a" w:date="2025-01-01T00:00:00Z"'


@dataclass
class Written:
    """XML of the body, and what a reader should make of it."""

    xml: str = ""
    texts: list[tuple[Story, str]] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    """Labels of the numbered items, in order."""


letters = st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufffe\uffff")
words = st.text(letters, min_size=1, max_size=8)
phrases = st.lists(words, min_size=1, max_size=4).map(" ".join)


def escaped(text: str) -> str:
    element = etree.Element("t")
    element.text = text
    return etree.tostring(element, encoding="unicode")[3:-4] if text else ""


def run(text: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{escaped(text)}</w:{tag}></w:r>'


@st.composite
def inlines(draw: st.DrawFn) -> tuple[str, str, list[str]]:
    """Content of a paragraph as XML, the text it shows, and those of its text boxes."""
    xml, shown, boxes = "", "", []
    for kind in draw(st.lists(st.sampled_from(INLINES), min_size=1, max_size=4)):
        text = draw(phrases)
        if kind == "box":
            inner = f"<w:txbxContent><w:p>{run(text)}</w:p></w:txbxContent>"
            xml += (
                f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp>'
                f"<wps:txbx>{inner}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback>"
                f"<w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback>"
                "</mc:AlternateContent></w:r>"
            )
            boxes.append(text.strip())
            continue
        xml += FORMS[kind](text)
        shown += "" if kind == "deleted" else text
    return xml, shown.strip(), [box for box in boxes if box]


FORMS = {
    "run": run,
    "halves": lambda text: run(text[:2]) + run(text[2:]),
    "inserted": lambda text: f"<w:ins {BY}>{run(text)}</w:ins>",
    "deleted": lambda text: f"<w:del {BY}>{run(text, 'delText')}</w:del>",
    "link": lambda text: f'<w:hyperlink w:anchor="x">{run(text)}</w:hyperlink>',
    "control": lambda text: f"<w:sdt><w:sdtContent>{run(text)}</w:sdtContent></w:sdt>",
    "simple field": lambda text: f'<w:fldSimple w:instr="REF x">{run(text)}</w:fldSimple>',
    "field": lambda text: (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF code</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(text)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    ),
}
INLINES = [*FORMS, "box"]


@st.composite
def paragraphs(draw: st.DrawFn) -> Written:
    style = draw(st.sampled_from(["", "Heading1", "Heading2", "ListNumber", "ListBullet"]))
    xml, shown, boxes = draw(inlines())
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    written = Written(xml=f"<w:p>{properties}{xml}</w:p>")
    if shown or style.startswith("List"):  # an empty item shows its bullet
        written.texts.append((Story.MAIN, shown))
    written.texts += [(Story.TEXT_BOX, box) for box in boxes]
    if style == "ListNumber":
        written.numbers.append(shown)
    return written


@st.composite
def tables(draw: st.DrawFn, depth: int = 0) -> Written:
    """Rows of two cells, some over two columns, some deleted; a table in a cell comes after the row."""
    written = Written()
    for _ in range(draw(st.integers(1, 3))):
        deleted = draw(st.booleans()) and draw(st.booleans())
        spans = draw(st.booleans())
        cells, after, boxed, xml = [], Written(), [], ""
        for _ in range(2):
            inner, shown, boxes = draw(inlines())
            nested = draw(tables(depth + 1)) if depth < 2 and draw(st.integers(0, 4)) == 0 else None
            continues = draw(st.integers(0, 5)) == 0
            merge = "<w:vMerge/>" if continues else ""
            span = '<w:gridSpan w:val="2"/>' if spans else ""
            xml += f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>"
            xml += "<w:p/>" if continues else f"<w:p>{inner}</w:p>"
            if nested and not continues:
                xml += f"{nested.xml}<w:p/>"
                after.texts += nested.texts
            xml += "</w:tc>"
            cells.append("" if continues else shown)
            boxed += [] if continues else [(Story.TEXT_BOX, box) for box in boxes]
        mark = f"<w:trPr><w:del {BY}/></w:trPr>" if deleted else ""
        written.xml += f"<w:tr>{mark}{xml}</w:tr>"
        if not deleted:
            if any(cells):
                written.texts.append((Story.MAIN, "\t".join(cells)))
            written.texts += boxed + after.texts
    written.xml = f"<w:tbl><w:tblPr/>{written.xml}</w:tbl>"
    return written


def docx_of(pieces: list[Written]) -> bytes:
    document = docx.Document()
    body = document.element.body
    for piece in pieces:
        root = parse_xml(f"<w:body {NAMESPACES}>{piece.xml}</w:body>")
        for element in list(root):
            body.insert(len(body) - 1, element)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(paragraphs(), paragraphs(), tables()), min_size=1, max_size=6))
def test_every_text_comes_back_once_and_in_order(pieces: list[Written]) -> None:
    expected = [text for piece in pieces for text in piece.texts]
    if not any(text for _, text in expected):
        with pytest.raises(UnreadableReport, match="holds no text"):
            read_report(docx_of(pieces), "report.docx")
        return
    report = read_report(docx_of(pieces), "report.docx")
    assert [(block.story, block.text) for block in report.blocks] == expected
    numbered = [b for b in report.blocks if b.style == "list number"]
    assert [(b.labels, b.text) for b in numbered] == [
        ((f"{n}.",), text) for n, text in enumerate((t for p in pieces for t in p.numbers), 1)
    ]
    headings = [b for b in report.blocks if b.style.startswith("heading") and b.text]
    assert {b.kind for b in headings} <= {BlockKind.HEADING, BlockKind.CAPTION}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted((SEEDS / "docx").glob("*.xml"))), st.integers(0, 2**32))
def test_a_changed_word_file_is_read_or_refused(path: Path, seed: int) -> None:
    changed = change_tree(path.read_bytes(), seed)
    assert changed is not None
    with suppress(UnreadableReport):
        read_report(flat_to_docx(changed), "changed.docx")


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*/*")), ids=lambda path: path.name)
def test_the_seeds_of_the_fuzz_targets_are_read(path: Path) -> None:
    data = path.read_bytes()
    report = read_report(flat_to_docx(data) if path.suffix == ".xml" else data, path.name)
    assert any(block.text for block in report.blocks)
