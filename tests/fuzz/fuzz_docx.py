"""Looks for Word files that bring the reader down with anything but an UnreadableReport.

    pip install -e '.[fuzz]'
    python tests/fuzz/fuzz_docx.py -max_total_time=600 /tmp/found tests/fuzz/seeds/docx

An input is a package in Word's flat form ("Word XML Document": all parts in one XML file), so that
every change is one of the XML and none is lost in the zip around it. Half of the changes are to the
tree (elements moved, doubled, left out, put into each other; attributes swapped), the others to the
bytes. An input that is no XML any more becomes the main part as it stands.
"""

import random
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from io import BytesIO

from lxml import etree

PKG = "http://schemas.microsoft.com/office/2006/xmlPackage"
MAIN = "word/document.xml"
MOST_ELEMENTS = 3_000
TYPES = (
    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="xml" ContentType="application/xml"/></Types>'
)
VALUES = ("", "-1", "0", "1", "9", "10", "65535", "4294967296", "x", "true", "continue", "none")


def flat_to_docx(data: bytes) -> bytes:
    """The package that a flat XML file stands for, zipped."""
    root = parse(data)
    parts = {"[Content_Types].xml": TYPES}
    if root is None:
        parts[MAIN] = data
    else:
        for part in root.iterfind(f"{{{PKG}}}part"):
            inside = part.find(f"{{{PKG}}}xmlData")
            if inside is not None and len(inside):
                name = part.get(f"{{{PKG}}}name", "").lstrip("/") or MAIN
                parts[name] = etree.tostring(inside[0])
        parts.setdefault(MAIN, data)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def parse(data: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError):
        return None


def change_tree(data: bytes, seed: int) -> bytes | None:
    """The file with one to four changes to its tree; None where it is no XML."""
    root = parse(data)
    if root is None:
        return None
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 4)):
        elements = [e for e in root.iter(etree.Element) if e.getparent() is not None]
        if not elements or len(elements) > MOST_ELEMENTS:
            break
        chance.choice(CHANGES)(chance.choice(elements), chance.choice(elements), chance)
    return etree.tostring(root)


def _leave_out(one: etree._Element, other: etree._Element, chance: random.Random) -> None:
    one.getparent().remove(one)


def _double(one: etree._Element, other: etree._Element, chance: random.Random) -> None:
    one.addnext(deepcopy(one))


def _put_in(one: etree._Element, other: etree._Element, chance: random.Random) -> None:
    other.insert(chance.randint(0, len(other)), deepcopy(one))


def _wrap(one: etree._Element, other: etree._Element, chance: random.Random) -> None:
    around = etree.Element(other.tag, dict(other.attrib))
    one.addprevious(around)
    around.append(one)


def _rename(one: etree._Element, other: etree._Element, chance: random.Random) -> None:
    one.tag = other.tag


def _swap_attributes(one: etree._Element, other: etree._Element, chance: random.Random) -> None:
    kept = dict(one.attrib)
    one.attrib.clear()
    one.attrib.update(other.attrib)
    other.attrib.clear()
    other.attrib.update(kept)


def _set_attribute(one: etree._Element, other: etree._Element, chance: random.Random) -> None:
    names = list(one.attrib) or list(other.attrib)
    if names:
        values = [*VALUES, *other.attrib.values()]
        one.set(chance.choice(names), chance.choice(values))


def _set_text(one: etree._Element, other: etree._Element, chance: random.Random) -> None:
    one.text = chance.choice([None, "", " ", "\t", "\n", "\u00a0", "SEQ Table", other.text])


CHANGES: tuple[Callable[[etree._Element, etree._Element, random.Random], None], ...] = (
    _leave_out,
    _double,
    _put_in,
    _wrap,
    _rename,
    _swap_attributes,
    _set_attribute,
    _set_text,
)


def main() -> None:
    import atheris

    with atheris.instrument_imports(include=["wbp_check"]):
        from wbp_check.errors import UnreadableReport
        from wbp_check.read import read_report

    def mutate(data: bytes, longest: int, seed: int) -> bytes:
        changed = change_tree(data, seed) if seed % 2 else None
        if changed is None or len(changed) > longest:
            return bytes(atheris.Mutate(data, longest))
        return changed

    def read_one(data: bytes) -> None:
        with suppress(UnreadableReport):
            read_report(flat_to_docx(data), "fuzz.docx")

    atheris.Setup(sys.argv, read_one, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
