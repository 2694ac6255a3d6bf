"""Whether our reader finds Word's text and nothing else, proven on the length that Word left behind.

python benchmarks/word_length.py FOLDER

On saving, Word estimates words from the length of the main story: Words + Characters is that length
in Word's own positions. The mark of it: CharactersWithSpaces = Characters + Words - Paragraphs. A
file that Word saved last is told by its zip: its parts bear no date and Word's version number.

The length is rebuilt from the signs of our reader's blocks and hidden text, and from what the reader
leaves out or joins: white space, marks of paragraphs, rows and controls, codes of fields and links,
deleted text, pictures. Word's hidden link codes are not in the file, only their addresses: a code
may have blanks around it and a mark of its own, so that files with links get a few positions of room.
"""

import statistics
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from wbp_check import UnreadableReport, read_report
from wbp_check.read.docx import new_walk
from wbp_check.read.package import Relation, main_part, open_package, read_part, relations
from wbp_check.read.story import read_story
from wbp_check.read.wml import MC, XML_SPACE, Element, M, R, plain_text, w
from wbp_check.types import Report, Story

FEWEST_WORDS = 20
"""Of an estimate: under that, a length proves little."""
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
_SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_WORD_VERSION, _WORD_FLAGS = 45, (0, 6)

_SKIPPED = frozenset(
    (
        *map(w, ("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr")),
        *map(w, ("sectPr", "rubyPr", "rt", "smartTagPr", "customXmlPr", "txbxContent", "fldData")),
    )
)
_ENDS = {w("p"): 1, w("tr"): 1, w("sdt"): 2, w("customXml"): 2}
"""Positions for the marks of an element, beside those of its content."""
_SPACE_SIGNS = frozenset(map(w, ("tab", "ptab", "cr", "br")))
_VISIBLE_SIGNS = frozenset(map(w, ("noBreakHyphen", "sym")))
_UNSEEN_SIGNS = frozenset(
    (
        *map(w, ("softHyphen", "footnoteReference", "endnoteReference", "pgNum")),
        *map(w, ("commentReference", "annotationRef")),
    )
)
_GRAPHICS = frozenset(map(w, ("drawing", "pict", "object")))
_FIELD_DATA = frozenset((w("ffData"), w("fldData")))
_PROGRAMS = frozenset(("{urn:schemas-microsoft-com:office:office}OLEObject", w("control")))


@dataclass(slots=True)
class Positions:
    """What a main story takes beside the signs that the reader shows; grows in the walk."""

    count: int = 0
    below: int = 0
    above: int = 0
    """How much shorter or longer the codes of its links may be."""
    codes: list[str] = field(default_factory=list)
    """Of the open fields, outermost first."""
    in_code: list[bool] = field(default_factory=list)
    holds: set[str] = field(default_factory=set)
    """What is in it that the model knows little of: equations, objects, fields, links."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A file whose length Word has left: the length, ours, and the room for codes of links."""

    path: Path
    report: Report
    length: int
    rebuilt: int
    below: int
    above: int
    holds: frozenset[str]

    @property
    def exact(self) -> bool:
        """Whether the length is rebuilt to the position."""
        return self.length == self.rebuilt

    @property
    def proven(self) -> bool:
        """Whether it is rebuilt but for the codes of links."""
        return self.rebuilt - self.below <= self.length <= self.rebuilt + self.above


def main() -> None:
    tried: Counter[str] = Counter()
    proofs = list(prove_folder(Path(sys.argv[1]), tried))
    off = [proof for proof in proofs if not proof.proven]
    for step, files in tried.items():
        print(f"{files:6,}  {step}")
    exact = sum(proof.exact for proof in proofs)
    proven = len(proofs) - len(off)
    print(f"{exact:6,}  rebuilt exactly ({exact / len(proofs):.1%})")
    print(f"{proven:6,}  … or but for the codes of links ({proven / len(proofs):.1%})")
    rooms = [(proof.below + proof.above) / proof.length for proof in proofs if proof.proven]
    rooms = [room for room in rooms if room] or [0.0]
    print(f"        room for codes: median {statistics.median(rooms):.2%} of the length")
    causes = Counter(_cause(proof) for proof in off)
    for cause, files in causes.most_common():
        print(f"{files:6,}  off: {cause}")
    for proof in off:
        difference = proof.rebuilt - proof.length
        print(f"        {difference:+6} of {proof.length:,}: {_cause(proof)}: {proof.path.name}")


def prove_folder(folder: Path, tried: Counter[str]) -> Iterator[Proof]:
    """Proofs of all files that Word saved last and that carry the mark; counts what was tried."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in _SUFFIXES:
            continue
        tried["files"] += 1
        data = path.read_bytes()
        length = _word_length(data)
        if length is None:
            continue
        tried["saved last by Word, with the mark"] += 1
        try:
            yield _prove(path, data, length)
        except UnreadableReport as error:
            tried[f"… not read: {type(error).__name__}"] += 1


def _word_length(data: bytes) -> int | None:
    """The length that Word left in a file; None without the mark or if another program saved it."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
        package = open_package(data, "wild.docx")
        properties = read_part(package, "docProps/app.xml")
    except (zipfile.BadZipFile, UnreadableReport):
        return None
    by_word = all(
        part.date_time == _NO_DATE
        and part.create_version == _WORD_VERSION
        and part.flag_bits in _WORD_FLAGS
        for part in parts
    )
    if not by_word or properties is None:
        return None
    names = ("Words", "Characters", "CharactersWithSpaces", "Paragraphs")
    texts = [properties.findtext(OFFICE + name) or "" for name in names]
    if not all(text.isdigit() for text in texts):
        return None
    words, characters, with_spaces, paragraphs = map(int, texts)
    marked = with_spaces == characters + words - paragraphs
    return words + characters if marked and words >= FEWEST_WORDS else None


def _prove(path: Path, data: bytes, length: int) -> Proof:
    report = read_report(data, path.name)
    package = open_package(data, path.name)
    main_path, root = main_part(package)
    related = relations(package, main_path)
    for box in list(root.iter(w("txbxContent"))):
        box.clear()
    walk = new_walk(package, related, root)
    walk.notes = {}
    positions = Positions()
    for body in root.iterchildren(w("body")):
        read_story(body, walk)
        _count(body, related, positions, deleted=False)
    shown = "".join(block.text for block in report.blocks if block.story is Story.MAIN)
    rebuilt = positions.count + _signs(shown) + _signs("".join(walk.hidden))
    holds = frozenset(positions.holds)
    return Proof(path, report, length, rebuilt, positions.below, positions.above, holds)


def _count(
    parent: Element, related: Mapping[str, Relation], positions: Positions, *, deleted: bool
) -> None:
    for child in parent:
        tag = child.tag
        if tag in _SKIPPED:
            continue
        unseen = deleted or any(positions.in_code)
        positions.count += _ENDS.get(tag, 0)
        if tag in (w("t"), w("delText")):
            text = plain_text(child)
            text = text if child.get(XML_SPACE) == "preserve" else text.strip(" ")
            positions.count += _units(text) - (0 if unseen else _signs(text))
        elif tag in _SPACE_SIGNS or tag in _UNSEEN_SIGNS:
            positions.count += 1
        elif tag in _VISIBLE_SIGNS:
            positions.count += unseen
        elif tag in (w("instrText"), w("delInstrText")):
            positions.count += _units(plain_text(child))
            if positions.codes:
                positions.codes[-1] += plain_text(child)
        elif tag == w("fldChar"):
            positions.count += 1 + sum(each.tag in _FIELD_DATA for each in child)
            _turn_field(child.get(w("fldCharType")), positions)
        elif tag in _GRAPHICS or (tag == f"{{{MC}}}AlternateContent" and _is_graphic(child)):
            positions.count += 1
            if any(each.tag in _PROGRAMS for each in child.iter()):
                positions.holds.add("objects")
        else:
            if tag == w("fldSimple"):
                positions.count += 3 + _units(child.get(w("instr"), ""))
                _end_field(child.get(w("instr"), ""), positions)
            elif tag == w("hyperlink"):
                _count_link(child, related, positions)
            elif tag == f"{{{M}}}oMath":
                positions.holds.add("equations")
            gone = deleted or tag in (w("del"), w("moveFrom"))
            _count(child, related, positions, deleted=gone)


def _count_link(link: Element, related: Mapping[str, Relation], positions: Positions) -> None:
    """A link's hidden field: three marks, `HYPERLINK`, address and switches, with 0 to 3 more."""
    positions.holds.add("links")
    relation = related.get(link.get(f"{{{R}}}id", ""))
    positions.count += 15
    positions.below += 3
    positions.above += 1
    if relation is not None:
        address = relation.target
        positions.count += 2 + _units(address) + address.count("\\")
    for switch in ("anchor", "tooltip", "tgtFrame"):
        text = link.get(w(switch))
        positions.count += 6 + _units(text) if text else 0
    if link.get(w("history")) is None:  # the switch \h, which not every version writes
        positions.count += 3
        positions.below += 3


def _turn_field(mark: str | None, positions: Positions) -> None:
    if mark == "begin":
        positions.codes.append("")
        positions.in_code.append(True)
    elif positions.in_code and mark == "separate":
        positions.in_code[-1] = False
    elif positions.in_code and mark == "end":
        positions.in_code.pop()
        _end_field(positions.codes.pop(), positions)


def _end_field(code: str, positions: Positions) -> None:
    """A reference that is a link as well (\\h) has one more mark in its code, mostly."""
    kind, *switches = code.upper().split() or [""]
    positions.holds.add("fields")
    if kind in ("REF", "PAGEREF", "NOTEREF") and "\\H" in switches:
        positions.count += 1
        positions.below += 1
    elif kind == "HYPERLINK":
        positions.above += 1


def _is_graphic(alternate: Element) -> bool:
    return any(each.tag in _GRAPHICS for each in alternate.iter())


def _units(text: str) -> int:
    """Word's positions of a text: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _signs(text: str) -> int:
    return _units("".join(text.split()))


def _cause(proof: Proof) -> str:
    for kind in ("equations", "objects", "fields", "links"):
        if kind in proof.holds:
            return f"{kind} in it"
    return "other"


if __name__ == "__main__":
    main()
