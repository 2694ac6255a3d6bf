"""Comment marks put into the XML of a Word document: exactly around a sentence, and nothing else.

ECMA-376-1 §17.13.4: a comment's range begins and ends between runs, so that a run in which a
sentence begins or ends is closed and opened again with the same properties. Each byte of the
document stays; bytes are only added.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wbp_check.export.xml_bytes import Node, insert, raw_name, sign_places
from wbp_check.read.docx_places import Piece

_HOLDERS = frozenset(("hyperlink", "ins", "moveTo", "smartTag", "dir", "bdo", "sdtContent"))
"""What may stand between a paragraph and a run and may itself hold a comment's marks."""
_FILLED_BY_WORD = frozenset(("dataBinding", "text"))
"""Of a content control: bound to data that Word puts in, or for plain text without marks."""
_BEFORE_TEXT = frozenset(("rPr", "lastRenderedPageBreak"))
_PRESERVE = b' xml:space="preserve"'


@dataclass(frozen=True, slots=True)
class Edge:
    """A place for marks. In a run, `close` ends the run before them and `reopen` begins it again."""

    place: int
    close: bytes = b""
    reopen: bytes = b""
    keeps: int | None = None
    """Where the start tag of a text is told to keep its spaces: they now stand at its end."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a comment hangs on."""

    begins: Edge
    ends: Edge


@dataclass(frozen=True, slots=True)
class Document:
    """A document's bytes, and its elements with their places (`xml_bytes.xml_to_nodes`)."""

    data: bytes
    nodes: Sequence[Node]


def stretch_of_signs(
    document: Document, pieces: Sequence[Piece], first: int, last: int
) -> Stretch | None:
    """From a block's sign to another, both included; None where a run cannot be parted unchanged."""
    begins = _edge(document, pieces, first, after=False)
    ends = _edge(document, pieces, last, after=True)
    return None if begins is None or ends is None else Stretch(begins, ends)


def stretch_of_block(document: Document, pieces: Sequence[Piece]) -> Stretch | None:
    """The whole paragraph or paragraphs of a block; None for a block without text of its own."""
    if not pieces:
        return None
    first, last = (_path(document, piece.element) for piece in (pieces[0], pieces[-1]))
    return _stretch(document, first[0], last[0]) if first and last else None


def stretch_of_first_paragraph(document: Document) -> Stretch | None:
    """The first paragraph that holds anything, for a document whose text is all in boxes."""
    for number, node in enumerate(document.nodes):
        if node.name == "p" and node.children and document.nodes[node.parent].name == "body":
            return _stretch(document, number, number)
    return None


def _stretch(document: Document, first: int, last: int) -> Stretch:
    opening, closing = document.nodes[first], document.nodes[last]
    properties = [n for n in opening.children if document.nodes[n].name == "pPr"]
    start = document.nodes[properties[0]].end if properties else opening.inner
    return Stretch(Edge(start), Edge(closing.inner_end))


def put_marks(document: Document, stretches: Iterable[tuple[int, Stretch]]) -> bytes:
    """The document with the marks of comments, given by the comment's number."""
    edges: dict[int, Edge] = {}
    ends: dict[int, list[bytes]] = {}
    starts: dict[int, list[bytes]] = {}
    root = document.nodes[0]
    prefix, _, _ = raw_name(document.data, root).rpartition(b":")
    declared = b"" if prefix else b' xmlns:w="' + root.namespace.encode() + b'"'
    w = prefix or b"w"
    for number, stretch in stretches:
        of = b'%s %s:id="%d"/>' % (declared, w, number)
        edges[stretch.begins.place] = stretch.begins
        edges[stretch.ends.place] = stretch.ends
        starts.setdefault(stretch.begins.place, []).append(b"<%s:commentRangeStart" % w + of)
        ends.setdefault(stretch.ends.place, []).append(
            b"<%s:commentRangeEnd%s<%s:r%s><%s:commentReference%s</%s:r>"
            % (w, of, w, declared, w, of, w)
        )
    pieces: dict[int, Sequence[bytes]] = {
        place: (edge.close, *ends.get(place, ()), *starts.get(place, ()), edge.reopen)
        for place, edge in edges.items()
    }
    pieces |= {edge.keeps: (_PRESERVE,) for edge in edges.values() if edge.keeps is not None}
    return insert(document.data, pieces)


def _edge(document: Document, pieces: Sequence[Piece], sign: int, *, after: bool) -> Edge | None:
    for piece in pieces:
        if sign < len(piece.signs):
            break
        sign -= len(piece.signs)
    path = _path(document, piece.element)
    if not path:
        return None
    outer = _outermost(document, path[1:])
    node = document.nodes[outer]
    if node.name != "r" or document.nodes[piece.element].parent != outer:
        return Edge(node.end if after else node.start)
    return _edge_in_run(document, node, piece, sign, after=after)


def _path(document: Document, element: int) -> list[int]:
    """The elements from the paragraph down to an element, both included; empty outside one."""
    path = [element]
    while document.nodes[path[-1]].name != "p":
        parent = document.nodes[path[-1]].parent
        if parent < 0:
            return []
        path.append(parent)
    return path[::-1]


def _outermost(document: Document, path: Sequence[int]) -> int:
    """The first element below a paragraph that cannot hold a comment's marks."""
    return next(number for number in path if not _may_hold(document, document.nodes[number]))


def _may_hold(document: Document, node: Node) -> bool:
    if node.name != "sdt":
        return node.name in _HOLDERS
    names = {
        document.nodes[inner].name
        for child in node.children
        if document.nodes[child].name == "sdtPr"
        for inner in document.nodes[child].children
    }
    return not names & _FILLED_BY_WORD


def _edge_in_run(
    document: Document, run: Node, piece: Piece, sign: int, *, after: bool
) -> Edge | None:
    data, element = document.data, document.nodes[piece.element]
    run_name = raw_name(data, run)
    properties = [n for n in map(document.nodes.__getitem__, run.children) if n.name == "rPr"]
    close = b"</" + run_name + b">"
    reopen = data[run.start : run.inner] + b"".join(data[n.start : n.end] for n in properties)
    last = len(piece.signs) - 1
    if element.name == "t" and (sign < last if after else sign > 0):
        places = sign_places(data, element)
        if len(places) != last + 1 or element.has_cdata or not _may_part(document, element):
            return None
        name = raw_name(data, element)
        return Edge(
            place=places[sign][after],
            close=b"</" + name + b">" + close,
            reopen=reopen + b"<" + name + _PRESERVE + b">",
            keeps=None if element.space else element.start + 1 + len(name),
        )
    here = run.children.index(piece.element)
    if after:
        whole = here == len(run.children) - 1
        return Edge(run.end) if whole else Edge(element.end, close, reopen)
    whole = all(document.nodes[n].name in _BEFORE_TEXT for n in run.children[:here])
    return Edge(run.start) if whole else Edge(element.start, close, reopen)


def _may_part(document: Document, text: Node) -> bool:
    """Whether a text keeps its look when it is told to keep its spaces, as its halves must."""
    if (text.space or document.nodes[0].space) == "preserve":
        return True
    whole = "".join(piece for piece, _ in text.text)
    return text.space is None and whole == whole.strip(" \t\r\n")
