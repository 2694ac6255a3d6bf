"""A copy of a report with stand-ins for personal data.

A Word file keeps its layout: each part's bytes stay but for the texts that are replaced, over the
borders of runs, in every story, in deleted text, comments, charts, alternative texts, fields and
addresses of links. The names of authors are taken out of properties, comments and tracked changes,
links to people and to files of somebody's machine lead nowhere, and the picture of the first page is
left out. Words inside pictures and embedded files stay as they are.
"""

import copy
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import unescape
from urllib.parse import unquote
from xml.sax.saxutils import escape, quoteattr

from wbp_check.errors import DamagedReport, ReportTooLarge
from wbp_check.export.docx_package import MOST_COPIED
from wbp_check.export.xml_bytes import Node, NotPlain, raw_name, xml_to_nodes
from wbp_check.privacy.items import Aside
from wbp_check.privacy.stand_ins import pattern_of, replace_personal_data
from wbp_check.read.package import ZIP_ERRORS, Package, main_part, open_package
from wbp_check.types import Report

_GAPS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}
_READ = re.compile(r"word/(?:foot|end)notes\d*\.xml")
"""Parts whose shown text is in the report; of the main part, too."""
_PLACES = (("header", "page header"), ("footer", "page footer"), ("comment", "comment"))
_OWNERS = frozenset(
    (
        "creator",
        "lastModifiedBy",
        "title",
        "subject",
        "description",
        "keywords",
        "category",
        "Company",
        "Manager",
        "HyperlinkBase",
    )
)
_CUSTOM = frozenset(("lpwstr", "lpstr", "bstr"))
"""Values of custom properties and of lists of titles, which repeat the report's own."""
_PROPERTIES = ("docprops/", "package/services/metadata/core-properties/")
_AUTHORS = frozenset(("author", "initials", "userId"))
_ALTERNATIVE = frozenset(("descr", "title", "alt"))
_SPOKEN = _ALTERNATIVE | {"tooltip", "string", "instr", "displayText"}
_NAMED = {
    "name": ("docPr", "cNvPr"),
    "val": ("alias", "tag", "default", "docVar"),
    "value": ("listItem",),
}
"""Attributes that speak on these elements only; elsewhere they refer to something."""
_PERSONAL_LINKS = ("file:", "mailto:", "tel:")
_ATTRIBUTE = re.compile(rb"\s([\w:.-]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_EDITS = dict[tuple[int, int], bytes]


def docx_to_asides(data: bytes, name: str) -> tuple[Aside, ...]:
    """What a Word file says outside its report: headers, footers, comments, deleted text, charts,
    alternative texts."""
    package = open_package(data, name)
    main = main_part(package)[0].lower()
    found: list[Aside] = []
    for path, info in package.parts.items():
        if path.endswith(".xml") and path.startswith("word/"):
            shown = path == main or bool(_READ.fullmatch(path))
            place = next((p for key, p in _PLACES if path.startswith(f"word/{key}")), "other part")
            part = _bytes(package, info)
            nodes = _nodes(part, name)
            found += [
                Aside(place="alternative text", text=text)
                for node in nodes
                for local, text, _ in _attributes(part, node)
                if local in _ALTERNATIVE and text.strip()
            ]
            for kind, pieces in _streams(nodes):
                text = "".join(piece for _, piece in pieces)
                if text.strip() and not (shown and kind == "t"):
                    found.append(
                        Aside(place="deleted text" if kind == "delText" else place, text=text)
                    )
    return tuple(found)


def redact_docx(data: bytes, name: str, chosen: Mapping[str, str]) -> bytes:
    """The Word file with the stand-ins. Raises DamagedReport or ReportTooLarge."""
    package = open_package(data, name)
    if sum(info.file_size for info in package.parts.values()) > MOST_COPIED:
        raise ReportTooLarge(
            f"{name} unpacks to more than {MOST_COPIED // 1_000_000} MB. Make the pictures smaller "
            "(Word: Picture Format, Compress Pictures) and save it again."
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, info in package.parts.items():
            if path.startswith("docprops/thumbnail"):
                continue
            part = _bytes(package, info)
            if path.endswith((".xml", ".rels", ".psmdcp")):
                part = _redact_part(part, path, name, chosen)
            archive.writestr(copy.copy(info), part)
    return out.getvalue()


def redact_text(report: Report, chosen: Mapping[str, str]) -> str:
    """The report's text with the stand-ins, a block a line."""
    blocks = (" ".join((*block.labels, block.text)) for block in report.blocks)
    return replace_personal_data("\n".join(blocks), chosen) + "\n"


def _bytes(package: Package, info: zipfile.ZipInfo) -> bytes:
    try:
        return package.archive.read(info)
    except ZIP_ERRORS as error:
        raise _damaged(package.name) from error


def _nodes(data: bytes, name: str) -> list[Node]:
    try:
        return xml_to_nodes(data)
    except NotPlain as error:
        raise _damaged(name) from error


def _damaged(name: str) -> DamagedReport:
    return DamagedReport(
        f"Personal data cannot be taken out of {name} as it is. Open it in Word, save it under a new "
        "name and use that file."
    )


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _streams(nodes: Sequence[Node]) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """The texts of each paragraph, by the kind of their elements, as pieces with their element.

    Text outside paragraphs (properties, values of a chart) is a stream of its own.
    """
    owners: list[int] = []
    streams: dict[tuple[int, str], list[tuple[int, str]]] = {}
    for number, node in enumerate(nodes):
        local = _local(node.name)
        outer = owners[node.parent] if node.parent >= 0 else -1
        owners.append(number if local == "p" else outer)
        if local in _GAPS and outer >= 0:
            streams.setdefault((outer, "t"), []).append((-1, _GAPS[local]))
        elif node.text and not node.children:
            owner = outer if local in ("t", "delText", "instrText") else -number - 2
            text = "".join(piece for piece, _ in node.text)
            streams.setdefault((owner, local), []).append((number, text))
    for (_, local), pieces in streams.items():
        yield local, pieces


def _redact_part(data: bytes, path: str, name: str, chosen: Mapping[str, str]) -> bytes:
    nodes = _nodes(data, name)
    pattern = pattern_of(chosen)
    edits: _EDITS = {}

    def replace(text: str) -> str:
        return pattern.sub(lambda match: chosen[" ".join(match[0].split())], text)

    for _, pieces in _streams(nodes):
        for number, text in _replaced(pieces, pattern, chosen):
            edits |= _text_edits(data, nodes[number], text)
    for node in nodes:
        own = _local(node.name) in _OWNERS | _CUSTOM and not node.children
        if path.startswith(_PROPERTIES) and own:
            edits[node.inner, node.inner_end] = b""
        elif _is_thumbnail(data, node):
            edits[node.start, node.end] = b""
        else:
            edits |= _attribute_edits(data, node, replace)
    out: list[bytes] = []
    done = 0
    for (start, end), new in sorted(edits.items()):
        out += (data[done:start], new)
        done = end
    return b"".join((*out, data[done:]))


def _replaced(
    pieces: Sequence[tuple[int, str]], pattern: re.Pattern[str], chosen: Mapping[str, str]
) -> Iterator[tuple[int, str]]:
    """The changed pieces: a stand-in goes to the piece where the text that it replaces begins."""
    joined = "".join(text for _, text in pieces)
    found = [(m.start(), m.end(), chosen[" ".join(m[0].split())]) for m in pattern.finditer(joined)]
    place = 0
    for number, text in pieces:
        end = place + len(text)
        new, at = "", place
        for start, stop, stand_in in found:
            if start < end and place < stop:
                new += joined[at : max(start, place)] + (stand_in if start >= place else "")
                at = min(stop, end)
        new += joined[at:end]
        place = end
        if new != text and number >= 0:
            yield number, new


def _text_edits(data: bytes, node: Node, text: str) -> _EDITS:
    edits: _EDITS = {(node.inner, node.inner_end): escape(text).encode()}
    if _local(node.name) in ("t", "delText") and node.space is None and text != text.strip():
        place = node.start + 1 + len(raw_name(data, node))
        edits[place, place] = b' xml:space="preserve"'
    return edits


def _is_thumbnail(data: bytes, node: Node) -> bool:
    tag = data[node.start : node.inner]
    return _local(node.name) == "Relationship" and b"/thumbnail" in tag.lower()


def _attribute_edits(data: bytes, node: Node, replace: Callable[[str], str]) -> _EDITS:
    edits: _EDITS = {}
    tag = data[node.start : node.inner]
    for local, old, place in _attributes(data, node):
        new = old
        if local in _AUTHORS:
            new = "A" if local == "initials" else "Author"
        elif local in _SPOKEN or _local(node.name) in _NAMED.get(local, ()):
            new = replace(old)
        elif local == "Target" and b"External" in tag:
            address = unquote(old)
            personal = address.lower().startswith(_PERSONAL_LINKS) or replace(address) != address
            new = "about:blank" if personal else old
        if new != old:
            edits[place] = quoteattr(new).encode()
    return edits


def _attributes(data: bytes, node: Node) -> Iterator[tuple[str, str, tuple[int, int]]]:
    """Local name, value, and where the value stands with its quotation marks."""
    for match in _ATTRIBUTE.finditer(data, node.start, node.inner):
        local = match[1].rpartition(b":")[2].decode()
        yield local, unescape(match[2][1:-1].decode()), match.span(2)
