"""XML as bytes with places, so that marks can be put in and nothing else is touched.

A document that is parsed and written again comes back with other bytes: attributes quoted anew,
declarations moved, comments lost. Here the parser only says where elements and text stand.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

_TAG = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_SPACE = "http://www.w3.org/XML/1998/namespace space"


class NotPlain(Exception):
    """The XML is broken, carries a DTD, or is not in UTF-8."""


@dataclass(slots=True)
class Node:
    """An element: `data[start:inner]` is its start tag, `data[inner:inner_end]` what it holds."""

    name: str
    """Local name; with its namespace before it where that is not the root's."""
    namespace: str
    parent: int
    """Number of the parent in document order; -1 for the root."""
    start: int
    inner: int
    inner_end: int = -1
    end: int = -1
    children: list[int] = field(default_factory=list)
    space: str | None = None
    """xml:space, where it is given."""
    text: list[tuple[str, int]] = field(default_factory=list)
    """Its own text in pieces, each with the place of its first byte."""
    has_cdata: bool = False


def xml_to_nodes(data: bytes) -> list[Node]:
    """All elements in document order. Raises NotPlain.

    A part is in UTF-8 or UTF-16 (ECMA-376-2 §8.1.1); no program is known to choose UTF-16.
    """
    nodes: list[Node] = []
    path: list[int] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = False

    def start(name: str, attributes: dict[str, str]) -> None:
        place = parser.CurrentByteIndex
        tag = _TAG.match(data, place)
        if tag is None:
            raise NotPlain
        uri, _, local = name.rpartition(" ")
        node = Node(
            name=local if not nodes or uri == nodes[0].namespace else name,
            namespace=uri,
            parent=path[-1] if path else -1,
            start=place,
            inner=tag.end(),
            space=attributes.get(_SPACE),
        )
        if path:
            nodes[path[-1]].children.append(len(nodes))
        path.append(len(nodes))
        nodes.append(node)

    def end(_: str) -> None:
        node = nodes[path.pop()]
        if data[node.inner - 2 : node.inner] == b"/>":
            node.inner_end = node.end = node.inner
        else:
            node.inner_end = parser.CurrentByteIndex
            node.end = data.index(b">", node.inner_end) + 1

    def text(piece: str) -> None:
        nodes[path[-1]].text.append((piece, parser.CurrentByteIndex))

    def cdata() -> None:
        nodes[path[-1]].has_cdata = True

    def refuse(*_: object) -> None:
        raise NotPlain

    def declared(_version: str, encoding: str | None, _alone: int) -> None:
        if (encoding or "utf-8").lower() not in ("utf-8", "us-ascii", "ascii"):
            raise NotPlain

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartCdataSectionHandler = cdata
    parser.StartDoctypeDeclHandler = refuse
    parser.XmlDeclHandler = declared
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotPlain
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise NotPlain from error
    return nodes


def sign_places(data: bytes, node: Node) -> list[tuple[int, int]]:
    """First byte and byte after the last of each of an element's own signs (not white space)."""
    places = []
    for piece, place in node.text:
        if data[place : place + 1] == b"&" and not node.has_cdata:
            spans = [(place, data.index(b";", place) + 1)]
        else:
            spans = []
            for character in piece:
                spans.append((place, place + len(character.encode())))
                place = spans[-1][1]
        places += [
            span for character, span in zip(piece, spans, strict=True) if not character.isspace()
        ]
    return places


def raw_name(data: bytes, node: Node) -> bytes:
    """An element's name as it is written, with its prefix."""
    return re.split(rb"[\s/>]", data[node.start + 1 : node.inner], maxsplit=1)[0]


def insert(data: bytes, pieces: Mapping[int, Iterable[bytes]]) -> bytes:
    """The data with pieces put in, each before the byte of its place."""
    out: list[bytes] = []
    done = 0
    for place in sorted(pieces):
        out += (data[done:place], *pieces[place])
        done = place
    return b"".join((*out, data[done:]))


def append_to_root(data: bytes, pieces: Iterable[bytes]) -> bytes:
    """The XML with pieces put in at the end of its root. Raises NotPlain."""
    root = xml_to_nodes(data)[0]
    if data[root.inner - 2 : root.inner] != b"/>":
        return insert(data, {root.inner_end: pieces})
    close = b"</" + raw_name(data, root) + b">"
    return b"".join((data[: root.inner - 2], b">", *pieces, close, data[root.inner :]))
