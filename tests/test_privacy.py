"""Personal data: what is found over a whole report, and that a copy holds none of it."""

import io
import json
import re
import socket
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from wbp_check import Standard, read_report
from wbp_check.body import place_blocks
from wbp_check.cli import cli
from wbp_check.errors import MissingExtra, WbpError
from wbp_check.export.redacted import docx_to_asides, redact_docx, redact_text
from wbp_check.learn.corpus import read_gold_report
from wbp_check.privacy.find import find_personal_data, group_personal_data
from wbp_check.privacy.items import Kind, PersonalText, Spot
from wbp_check.privacy.recognisers import load_recognisers
from wbp_check.privacy.stand_ins import stand_ins
from wbp_check.types import Region

ROOT = Path(__file__).parents[1]

BODY = (
    "I spoke to the customer, Mrs Patel, who had waited three weeks for her refund.",
    "When I rang back, Patel said that the letter had gone to Meridian Water in May.",
    "I will ask my manager about the refund process.",
)
ANNEX = (
    "Dear Will,",
    "Please ring Mrs Priya Patel on 01632 960 123 or 07700 900982, or write to p.patel@example.org.",
    "She lives at 14 Alma Terrace, LS6 2AB. Policy number HX-204417, date of birth 9 May 1966.",
    "NHS 943 476 5919, NI number QQ 12 34 56 C is not hers but AB 12 34 56 C is.",
    "Card 4111 1111 1111 1111, sort code 20-11-43, account number 55779911.",
    "Present: R. Ormesby, D. Pallister. RO asked for a date; DP agreed. A third of 96 calls failed.",
)
SECRETS = (
    "Patel", "Priya", "960 123", "900982", "p.patel", "Alma", "LS6", "204417", "1966", "943 476",
    "AB 12 34", "4111", "20-11-43", "55779911", "Ormesby", "Pallister", "Alex Author",
)  # fmt: skip


@pytest.fixture(scope="module")
def spot() -> Spot:
    return load_recognisers()


def letter() -> Document:
    document = docx.Document()
    document.core_properties.author = "Alex Author"
    document.sections[0].header.paragraphs[0].text = "Complaint of Mrs Patel"
    document.add_heading("Situation", 1)
    for text in BODY:
        document.add_paragraph(text)
    document.add_heading("Annex A", 1)
    for text in ANNEX:
        document.add_paragraph(text)
    return document


def saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def listed(data: bytes, name: str, standard: Standard, spot: Spot) -> tuple[PersonalText, ...]:
    report = place_blocks(read_report(data, name), standard)
    asides = docx_to_asides(data, name) if name.endswith(".docx") else ()
    return group_personal_data(find_personal_data(report, spot, asides))


def test_each_kind_is_found_and_nothing_else(standard: Standard, spot: Spot) -> None:
    texts = listed(saved(letter()), "letter.docx", standard, spot)
    found = {(text.kind, text.text) for text in texts}
    assert found == {
        (Kind.NAME, "Mrs Patel"),
        (Kind.NAME, "Patel"),
        (Kind.NAME, "Mrs Priya Patel"),
        (Kind.NAME, "Will"),
        (Kind.NAME, "R. Ormesby"),
        (Kind.NAME, "D. Pallister"),
        (Kind.INITIALS, "RO"),
        (Kind.INITIALS, "DP"),
        (Kind.PHONE, "01632 960 123"),
        (Kind.PHONE, "07700 900982"),
        (Kind.EMAIL, "p.patel@example.org"),
        (Kind.ADDRESS, "14 Alma Terrace"),
        (Kind.POSTCODE, "LS6 2AB"),
        (Kind.REFERENCE, "HX-204417"),
        (Kind.BIRTH, "9 May 1966"),
        (Kind.NHS, "943 476 5919"),
        (Kind.NINO, "AB 12 34 56 C"),
        (Kind.CARD, "4111 1111 1111 1111"),
        (Kind.BANK, "20-11-43"),
        (Kind.BANK, "55779911"),
    }
    (patel,) = [text for text in texts if text.text == "Mrs Patel"]
    assert [item.place for item in patel.items] == ["paragraph 2, “Situation”", "page header"]


def test_one_person_has_one_stand_in(standard: Standard, spot: Spot) -> None:
    chosen = stand_ins(listed(saved(letter()), "letter.docx", standard, spot))
    assert chosen["Mrs Patel"] == chosen["Patel"] == chosen["Mrs Priya Patel"]
    assert chosen["RO"] == chosen["R. Ormesby"] != chosen["D. Pallister"]
    assert len({chosen["Patel"], chosen["Will"], chosen["R. Ormesby"], chosen["DP"]}) == 4
    assert chosen["01632 960 123"] != chosen["07700 900982"]


def test_a_word_copy_holds_nothing_in_any_part(standard: Standard, spot: Spot) -> None:
    document = letter()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Called"
    table.cell(0, 1).text = "Mrs Patel"
    split = document.add_paragraph()
    for piece in ("Thanks to Mrs Pa", "tel", " & all."):
        split.add_run(piece).bold = piece == "tel"
    document.add_comment(split.runs, text="Ask Priya Patel", author="Alex Author", initials="AA")
    data = saved(document)
    chosen = stand_ins(listed(data, "letter.docx", standard, spot))
    copy = redact_docx(data, "letter.docx", chosen)
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        assert archive.testzip() is None
        parts = {name: archive.read(name) for name in archive.namelist() if name.endswith("xml")}
    for name, part in parts.items():
        text = re.sub(r"<[^>]*>", "", part.decode()) + part.decode()
        assert not [secret for secret in SECRETS if secret in text], name
    reopened = docx.Document(io.BytesIO(copy))
    person = chosen["Patel"]
    assert reopened.sections[0].header.paragraphs[0].text == f"Complaint of {person}"
    assert reopened.tables[0].cell(0, 1).text == person
    last = reopened.paragraphs[-1]
    assert last.text == f"Thanks to {person} & all."
    assert [run.bold for run in last.runs[:3]] == [False, True, False]
    assert reopened.paragraphs[3].text == BODY[2]


FIELDS = f"""<w:p {nsdecls("w")}>
    <w:fldSimple w:instr=' HYPERLINK "notes of Mrs Patel" '><w:r><w:t>notes</w:t></w:r></w:fldSimple>
    <w:sdt><w:sdtPr><w:alias w:val="Who Mrs Patel is"/><w:dropDownList>
    <w:listItem w:displayText="Mrs Patel" w:value="Patel"/></w:dropDownList></w:sdtPr>
    <w:sdtContent><w:r><w:t>customer</w:t></w:r></w:sdtContent></w:sdt></w:p>"""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_STRING = f'<vt:lpwstr xmlns:vt="{_OFFICE}/docPropsVTypes">Alex Author</vt:lpwstr>'
OUTSIDE = {
    "docProps/custom.xml": f"""<Properties xmlns="{_OFFICE}/custom-properties">
    <property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="Learner">{_STRING}
    </property></Properties>""",
    "package/services/metadata/core-properties/1.psmdcp": """<coreProperties
    xmlns="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Alex Author</dc:creator>
    </coreProperties>""",
}


def test_no_name_stays_in_what_is_not_shown(standard: Standard, spot: Spot) -> None:
    document = letter()
    document.add_paragraph("COMPLAINT OF MRS PATEL")
    document.element.body.insert(-1, parse_xml(FIELDS))
    document.add_picture(str(ROOT / "docs" / "page.png"))
    (picture,) = document.inline_shapes
    picture._inline.docPr.set("name", "Letter of Mrs Patel.png")
    picture._inline.docPr.set("descr", "A photo of Mrs Osei")
    for target in ("file:///C:/Users/Mrs%20Patel/N.dotm", "mailto:ro@example.org", "tel:0163296"):
        document.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    out = io.BytesIO(saved(document))
    with zipfile.ZipFile(out, "a") as archive:
        for name, part in OUTSIDE.items():
            archive.writestr(name, part)
    chosen = stand_ins(listed(out.getvalue(), "letter.docx", standard, spot))
    copy = redact_docx(out.getvalue(), "letter.docx", chosen)
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        parts = {n: archive.read(n).decode() for n in archive.namelist() if not n.endswith("g")}
    secrets = ("Patel", "PATEL", "Osei", "Alex Author", "C:/Users", "ro@example", "0163296")
    for name, text in parts.items():
        assert not [secret for secret in secrets if secret in text], name
    assert set(OUTSIDE) <= set(parts)
    assert docx.Document(io.BytesIO(copy)).paragraphs


def test_a_title_in_a_list_is_nobodys_name(standard: Standard, spot: Spot) -> None:
    data = "\n\n".join(
        ("Dear Bev Ormesby,", "We met Bev, Sister Jo and Captain Lee.", "The Captain agreed.")
    )
    names = stand_ins(listed(data.encode(), "letter.txt", standard, spot))
    assert "Captain" not in names
    assert names["Captain Lee"] != names["Sister Jo"]


def test_a_copy_of_a_macro_file_keeps_its_ending(tmp_path: Path) -> None:
    path = tmp_path / "report.docm"
    path.write_bytes(saved(letter()))
    CliRunner().invoke(
        cli, ["privacy", str(path), "--redact", str(tmp_path / "copy.docx")], catch_exceptions=False
    )
    assert [file.name for file in tmp_path.glob("copy.*")] == ["copy.docm"]


def test_a_plain_copy(standard: Standard, spot: Spot) -> None:
    data = "\n\n".join((*BODY, "Annex A", *ANNEX)).encode()
    report = place_blocks(read_report(data, "letter.txt"), standard)
    chosen = stand_ins(listed(data, "letter.txt", standard, spot))
    text = redact_text(report, chosen)
    assert not [secret for secret in SECRETS if secret in text]
    assert BODY[2] in text


def test_each_annotation_stands_where_it_says(standard: Standard) -> None:
    lines = (ROOT / "tests" / "privacy" / "annotations.jsonl").read_text(encoding="utf-8")
    entries = [json.loads(line) for line in lines.splitlines()]
    assert sum(len(entry["items"]) for entry in entries) >= 400
    for entry in entries:
        path = ROOT / "corpus" / "reports" / f"{entry['report']}.md"
        blocks = read_gold_report(path, standard).report.blocks
        for item in entry["items"]:
            block = blocks[item["block"]]
            assert block.text.startswith(item["text"], item["start"]), item
            assert block.region is Region.ANNEX, item
            assert Kind(item["kind"])


def test_nothing_is_fetched(spot: Spot, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert [s.kind for s in spot("Write to a.b@example.co.uk or see www.example.org.")] == [
        Kind.EMAIL
    ]


def test_the_original_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(saved(letter()))
    before = path.read_bytes()
    result = CliRunner().invoke(cli, ["privacy", str(path), "--redact", str(path)])
    assert isinstance(result.exception, WbpError)
    assert "not overwritten" in str(result.exception)
    assert path.read_bytes() == before


def test_the_verb_writes_a_copy_and_says_that_it_must_be_read(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("\n\n".join((*BODY, "Annex A", *ANNEX)), encoding="utf-8")
    copy = tmp_path / "copy.docx"
    result = CliRunner().invoke(
        cli, ["privacy", str(path), "--redact", str(copy)], catch_exceptions=False
    )
    assert "01632 960 123" in result.stdout
    assert "A person must read it" in result.stderr
    assert not copy.exists()
    assert "Patel" not in copy.with_suffix(".txt").read_text(encoding="utf-8")


def test_without_the_extra_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "presidio_analyzer", None)
    with pytest.raises(MissingExtra, match=r"wbp-check\[privacy\]"):
        load_recognisers()
