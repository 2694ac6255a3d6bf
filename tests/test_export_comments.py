"""A Word report with comments is the same report: every letter, its look, and every other part."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from spacy.language import Language

from wbp_check import (
    Check,
    DamagedReport,
    Standard,
    Tagger,
    UnreadableReport,
    check_report,
    read_report,
)
from wbp_check.export.comments import docx_with_comments
from wbp_check.export.remarks import Subject, check_to_remarks
from wbp_check.types import Finding, Fit

STRICT = {
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
}
DECISION = "I decided to ring each customer back by noon & to log why, because calls had been lost."
MOSAIC = f"""
<w:p {nsdecls("w")}>
  <w:pPr><w:jc w:val="both"/></w:pPr>
  <w:r><w:rPr><w:i/></w:rPr><w:t>We are a café shop. {DECISION[:30].replace("&", "&amp;")}</w:t></w:r>
  <w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{DECISION[30:60].replace("&", "&amp;")}</w:t><w:tab/></w:r>
  <w:ins w:id="7" w:author="A"><w:r><w:t>{DECISION[60:]}</w:t></w:r></w:ins>
  <w:r><w:t xml:space="preserve"> It rained 😀 &#38; that was it. </w:t></w:r>
  <w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>
  <w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>See the chart. And more.</w:t></w:r>
  <w:r><w:fldChar w:fldCharType="end"/></w:r>
</w:p>
"""


def mosaic() -> bytes:
    """A report in which sentences begin and end within runs, entities, insertions and fields."""
    document = docx.Document()
    document.add_heading("What I did", 1)
    document.element.body.insert(1, parse_xml(MOSAIC))
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "I asked the customer what had happened"
    table.rows[0].cells[1].text = "she told me the whole story"
    return saved(document)


def saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(data: bytes, change: dict[bytes, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts_of(data).items():
            for old, new in change.items():
                content = content.replace(old, new)
            archive.writestr(name, content)
    return out.getvalue()


def letters(data: bytes) -> list[tuple[str, str]]:
    """Each letter of the body with the properties of its run; empty runs say nothing."""
    found = []
    for run in docx.Document(io.BytesIO(data)).element.body.iter(qn("w:r")):
        look = "".join(child.xml for child in run.iterchildren(qn("w:rPr")))
        for text in run.iter(qn("w:t"), qn("w:tab"), qn("w:instrText")):
            found += [(letter, look) for letter in text.text or "\t"]
    return found


def ranges(data: bytes) -> dict[str, str]:
    """The text of each comment's range, by its id."""
    open_, found = set(), {}
    for element in docx.Document(io.BytesIO(data)).element.body.iter():
        number = element.get(qn("w:id"))
        if element.tag == qn("w:commentRangeStart"):
            open_.add(number)
            found[number] = ""
        elif element.tag == qn("w:commentRangeEnd"):
            open_.remove(number)
        elif element.tag in (qn("w:t"), qn("w:tab")):
            for name in open_:
                found[name] += element.text or " "
    assert not open_
    return found


@pytest.fixture(scope="module")
def checked(example: Path, standard: Standard, nlp: Language, tagger: Tagger) -> Check:
    return check_report(read_report(example.read_bytes(), example.name), standard, nlp, tagger)


def test_only_the_parts_that_comments_need_are_changed(
    example: Path, checked: Check, standard: Standard
) -> None:
    data = example.read_bytes()
    before, after = parts_of(data), parts_of(docx_with_comments(data, checked, standard))
    assert set(after) - set(before) == {"word/comments.xml"}
    assert {name for name in before if before[name] != after[name]} == {
        "[Content_Types].xml",
        "word/document.xml",
        "word/_rels/document.xml.rels",
    }


def test_each_remark_stands_on_its_own_sentence(
    example: Path, checked: Check, standard: Standard
) -> None:
    data = example.read_bytes()
    out = docx_with_comments(data, checked, standard)
    assert letters(out) == letters(data)
    assert read_report(out, example.name).blocks == read_report(data, example.name).blocks
    comments = {str(c.comment_id): c for c in docx.Document(io.BytesIO(out)).comments}
    covered = ranges(out)
    texts = {passage.id: passage.text for passage in checked.passages}
    remarks = check_to_remarks(checked, standard)
    assert len(comments) == len(covered) == len(remarks) > 20
    for number, remark in enumerate(remarks):
        words = texts[remark.passage].replace(" | ", " ")
        at_end = remark.subject in (Subject.QUESTION, Subject.LIMIT)
        wanted = words.split()[-1] if at_end else words
        assert "".join(covered[str(number)].split()) == "".join(wanted.split())
        assert comments[str(number)].text == "\n".join(remark.lines)
        assert comments[str(number)].author == "wbp-check"


def test_sentences_are_parted_within_runs(
    standard: Standard, nlp: Language, tagger: Tagger
) -> None:
    data = mosaic()
    check = check_report(read_report(data, "m.docx"), standard, nlp, tagger)
    tag = check.tagging.tags[0]
    tags = tuple(
        replace(tag, passage=passage.id, finding=Finding.FOUND) for passage in check.passages
    )
    every = replace(check, tagging=replace(check.tagging, tags=tags))
    out = docx_with_comments(data, every, standard)
    assert letters(out) == letters(data)
    covered = {"".join(text.split()) for text in ranges(out).values()}
    for sentence in (
        "We are a café shop.",
        DECISION,
        "It rained 😀 & that was it.",
        "See the chart.",
        "I asked the customer what had happened she told me the whole story",
    ):
        assert "".join(sentence.split()) in covered


@pytest.mark.parametrize("change", [STRICT, {b"document.main+xml": b"template.main+xml"}])
def test_files_that_python_docx_refuses_get_comments_too(
    change: dict[bytes, bytes], standard: Standard, nlp: Language, tagger: Tagger
) -> None:
    data = repacked(mosaic(), change)
    with pytest.raises((ValueError, KeyError)):
        docx.Document(io.BytesIO(data))
    check = check_report(read_report(data, "m.docx"), standard, nlp, tagger)
    out = docx_with_comments(data, check, standard)
    assert read_report(out, "m.docx").blocks == read_report(data, "m.docx").blocks
    comments = parts_of(out)["word/comments.xml"]
    assert comments.count(b"<w:comment ") == len(check_to_remarks(check, standard))
    for old in STRICT if change is STRICT else ():
        assert old not in comments + parts_of(out)["word/document.xml"]


def test_earlier_comments_stay(standard: Standard, nlp: Language, tagger: Tagger) -> None:
    document = docx.Document(io.BytesIO(mosaic()))
    document.add_comment(document.paragraphs[0].runs, text="Good start", author="Tutor")
    data = saved(document)
    check = check_report(read_report(data, "m.docx"), standard, nlp, tagger)
    out = docx_with_comments(data, check, standard)
    comments = list(docx.Document(io.BytesIO(out)).comments)
    assert comments[0].text == "Good start"
    assert len({comment.comment_id for comment in comments}) == len(comments)
    assert len(comments) == 1 + len(check_to_remarks(check, standard))


def test_a_text_box_is_spoken_of_at_the_paragraph_before_it(
    standard: Standard, nlp: Language, tagger: Tagger
) -> None:
    document = docx.Document()
    document.add_paragraph("I started here.")
    document.add_paragraph()._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
            f"<v:textbox><w:txbxContent><w:p><w:r><w:t>{DECISION.replace('&', '&amp;')}</w:t></w:r>"
            "</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
    )
    data = saved(document)
    check = check_report(read_report(data, "m.docx"), standard, nlp, tagger)
    boxed = {passage.id for passage in check.passages if passage.text == DECISION}
    about = [r for r in check_to_remarks(check, standard) if r.passage in boxed]
    assert about
    assert set(ranges(docx_with_comments(data, check, standard)).values()) <= {
        "I started here.",
        "here.",
    }


def test_one_comment_says_where_marking_stops(
    example: Path, checked: Check, standard: Standard
) -> None:
    over = replace(checked, words=replace(checked.words, upper=1000, fit=Fit.OVER))
    (limit,) = (r for r in check_to_remarks(over, standard) if r.subject is Subject.LIMIT)
    (at,) = (p for p in checked.passages if p.id == limit.passage)
    assert at.first_word is not None
    assert at.first_word <= 1000
    after = [p for p in checked.passages if p.first_word and p.first_word > at.first_word]
    assert min(p.first_word or 0 for p in after) > 1000
    out = docx_with_comments(example.read_bytes(), over, standard)
    said = [c.text for c in docx.Document(io.BytesIO(out)).comments]
    assert sum("Marking stops" in text for text in said) == 1


def test_questions_are_questions_and_nothing_is_graded(checked: Check, standard: Standard) -> None:
    for remark in check_to_remarks(checked, standard):
        if remark.subject is Subject.QUESTION:
            assert remark.lines[-1].endswith("?")
        text = " ".join(remark.lines).lower()
        assert "you passed" not in text
        assert "merit" not in text


def test_another_file_and_a_broken_one_are_refused(
    example: Path, checked: Check, standard: Standard, nlp: Language, tagger: Tagger
) -> None:
    with pytest.raises(UnreadableReport, match="not the file that was checked"):
        docx_with_comments(mosaic(), checked, standard)
    broken = repacked(mosaic(), {b"</w:document>": b"</w:docum"})
    check = check_report(read_report(broken, "b.docx"), standard, nlp, tagger)
    with pytest.raises(DamagedReport, match=r"b\.docx"):
        docx_with_comments(broken, check, standard)
