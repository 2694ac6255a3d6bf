"""The words of WordprocessingML: names, safe parsing, and which children of an element are seen.

The only importer of lxml. ISO-strict files (ISO/IEC 29500-1 strict) are renamed on parsing, so the
rest of the reader knows the transitional names only.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, TypeAlias

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

Element: TypeAlias = Any
"""An lxml element; lxml ships no types."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
VML = "urn:schemas-microsoft-com:vml"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_STRICT = {
    "http://purl.oclc.org/ooxml/wordprocessingml/main": W,
    "http://purl.oclc.org/ooxml/officeDocument/math": M,
    "http://purl.oclc.org/ooxml/officeDocument/relationships": R,
    "http://purl.oclc.org/ooxml/drawingml/main": A,
    "http://purl.oclc.org/ooxml/drawingml/picture": PIC,
    "http://purl.oclc.org/ooxml/drawingml/chart": CHART,
    "http://purl.oclc.org/ooxml/drawingml/diagram": DIAGRAM,
}
_UNDERSTOOD = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
_NUMBER = re.compile(r"\s*([+-]?[0-9]{1,9})(?:\.[0-9]*)?\s*\Z")


class BrokenXml(Exception):
    """A part from which not even a root element can be rescued."""


def w(name: str) -> str:
    """The full name of an element or attribute of the main namespace."""
    return f"{{{W}}}{name}"


_VAL = w("val")
_SDT = w("sdt")
_SDT_CONTENT = w("sdtContent")
_ALTERNATE = f"{{{MC}}}AlternateContent"
_CHOICE = f"{{{MC}}}Choice"
_FALLBACK = f"{{{MC}}}Fallback"
_WRAPPERS = frozenset(
    map(w, ("ins", "moveTo", "smartTag", "customXml", "hyperlink", "dir", "bdo", "sdtContent"))
)


def parse_xml(data: bytes) -> tuple[Element, bool]:
    """The root of a part, and whether it was broken and had to be mended.

    No entity is expanded, no DTD loaded and nothing fetched: an entity's place stays empty.
    """
    root, mended = _parse(data, recover=False), False
    if root is None:
        root, mended = _parse(data, recover=True), True
    if root is None:
        raise BrokenXml
    if any(uri in _STRICT for uri in root.nsmap.values()):
        _rename_strict(root)
    return root, mended


def _parse(data: bytes, *, recover: bool) -> Element | None:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _rename_strict(root: Element) -> None:
    names: dict[str, str] = {}

    def renamed(name: str) -> str:
        if name not in names:
            uri, _, local = name[1:].rpartition("}")
            names[name] = f"{{{_STRICT[uri]}}}{local}" if uri in _STRICT else name
        return names[name]

    for element in root.iter(etree.Element):
        # A mended part may hold names that lxml gives out but does not take back.
        with suppress(ValueError):
            if renamed(element.tag) != element.tag:
                element.tag = renamed(element.tag)
            for key, value in element.attrib.items():
                if renamed(key) != key:
                    element.set(renamed(key), value)
                    del element.attrib[key]


def content(parent: Element) -> Iterator[Element]:
    """The children of an element as Word shows them.

    Content controls, hyperlinks, smart tags and accepted insertions are seen through; of
    alternatives one is taken (ECMA-376-3 §10.2.1: the first choice understood, else the fallback).
    """
    for child in parent:
        tag = child.tag
        if tag in _WRAPPERS:
            yield from content(child)
        elif tag == _SDT:
            for inner in child.iterchildren(_SDT_CONTENT):
                yield from content(inner)
        elif tag == _ALTERNATE:
            branch = _chosen(child)
            if branch is not None:
                yield from content(branch)
        else:
            yield child


def _chosen(alternate: Element) -> Element | None:
    for choice in alternate.iterchildren(_CHOICE):
        needs = [choice.nsmap.get(prefix) or "" for prefix in choice.get("Requires", "").split()]
        if needs and all(uri.startswith(_UNDERSTOOD) for uri in needs):
            return choice
    return next(alternate.iterchildren(_FALLBACK), None)


def val(parent: Element | None, name: str) -> str | None:
    """The w:val of a child, None without the child; an empty string without the attribute."""
    child = None if parent is None else parent.find(w(name))
    return None if child is None else child.get(_VAL, "")


def number(text: str | None) -> int | None:
    """An integer attribute; None for what is none."""
    match = _NUMBER.match(text or "")
    return int(match[1]) if match else None


def is_on(element: Element) -> bool:
    """Whether a toggle is on (ECMA-376-1 §17.17.4): it is without a value, too."""
    return element.get(_VAL, "1") not in ("0", "false", "off", "none")


def toggle(parent: Element | None, name: str) -> bool | None:
    """A child toggle's state; None where it is not given."""
    child = None if parent is None else parent.find(w(name))
    return None if child is None else is_on(child)


def plain_text(element: Element) -> str:
    """An element's own text, without what entities would put in."""
    text = element.text or ""
    if len(element):
        text += "".join(child.tail or "" for child in element)
    return text
