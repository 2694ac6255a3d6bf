"""A Word file with comments added to its package: the marked document, the comments, their relation.

ECMA-376-2 (packages) and ECMA-376-1 §17.13.4.2 (comments). All other parts are copied as they are.
"""

import copy
import io
import posixpath
import shutil
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

from wbp_check.errors import DamagedReport, ReportTooLarge
from wbp_check.export.xml_bytes import append_to_root
from wbp_check.read.package import ZIP_ERRORS, Package, read_part, relations
from wbp_check.read.wml import w

AUTHOR = "wbp-check"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MOST_COPIED = 500_000_000
"""Bytes of all parts unpacked; a report of 50 MB of photographs unpacks to hardly more."""

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT_KIND = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES_PATH = "[content_types].xml"


def part_bytes(package: Package, path: str) -> bytes:
    """A part as it is. Raises DamagedReport where there is none, or none that can be unpacked."""
    info = package.parts.get(path.lower())
    try:
        if info is not None:
            return package.archive.read(info)
    except ZIP_ERRORS:
        pass
    raise _damaged(package)


def first_free_number(package: Package, main: str) -> int:
    """The first comment number that a document has not used."""
    root = read_part(package, _comments_path(package, main))
    used = [] if root is None else [comment.get(w("id"), "") for comment in root]
    return max((int(number) for number in used if number.isdecimal()), default=-1) + 1


def package_with_comments(
    package: Package,
    main: str,
    document: bytes,
    comments: Sequence[tuple[int, Sequence[str]]],
    namespace: str,
) -> bytes:
    """The file with `document` as its main part and the comments, each a number and its lines.

    `namespace` is that of the document: the comments must speak its dialect, strict or not.
    Raises DamagedReport, ReportTooLarge, or `xml_bytes.NotPlain`.
    """
    path = _comments_path(package, main)
    elements = [_comment(number, lines, namespace) for number, lines in comments]
    changed = {main.lower(): document}
    added: dict[str, bytes] = {}
    if path.lower() in package.parts:
        changed[path.lower()] = append_to_root(part_bytes(package, path), elements)
    else:
        opening = f'<w:comments xmlns:w="{namespace}">'.encode()
        added[path] = b"".join((_DECLARATION, opening, *elements, b"</w:comments>"))
    _relate(package, main, path, changed, added, strict=namespace == STRICT)
    _declare(package, path, changed)
    return _copy(package, changed, added)


def _comments_path(package: Package, main: str) -> str:
    for relation in relations(package, main).values():
        if relation.kind == "comments" and not relation.external:
            return relation.target
    folder = posixpath.dirname(main)
    names = ("comments.xml", *(f"comments{number}.xml" for number in range(2, 100)))
    free = (posixpath.join(folder, name) for name in names)
    return next(path for path in free if path.lower() not in package.parts)


def _comment(number: int, lines: Iterable[str], namespace: str) -> bytes:
    """Small type and no space between lines: a margin is narrow, and a style need not exist."""
    paragraphs = "".join(
        '<w:p><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr><w:r><w:rPr><w:sz w:val="18"/>'
        f'</w:rPr><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for line in lines
    )
    return (
        f'<w:comment xmlns:w="{namespace}" w:id="{number}" w:author="{AUTHOR}" w:initials="wbp">'
        f"{paragraphs}</w:comment>"
    ).encode()


def _relate(
    package: Package,
    main: str,
    path: str,
    changed: dict[str, bytes],
    added: dict[str, bytes],
    *,
    strict: bool,
) -> None:
    known = relations(package, main)
    if any(relation.kind == "comments" and relation.target == path for relation in known.values()):
        return
    names = {key.lower() for key in known}
    key = next(name for n in range(1, 10_000) if (name := f"rIdComments{n}").lower() not in names)
    line = (
        f'<Relationship xmlns="{_RELATIONS}" Id="{key}" Type="{_STRICT_KIND if strict else _KIND}" '
        f'Target="{escape(posixpath.basename(path))}"/>'
    ).encode()
    folder, base = posixpath.split(main)
    place = posixpath.join(folder, "_rels", f"{base}.rels")
    if place.lower() in package.parts:
        changed[place.lower()] = append_to_root(part_bytes(package, place), (line,))
    else:
        opening = f'<Relationships xmlns="{_RELATIONS}">'.encode()
        added[place] = b"".join((_DECLARATION, opening, line, b"</Relationships>"))


def _declare(package: Package, path: str, changed: dict[str, bytes]) -> None:
    root = read_part(package, _TYPES_PATH)
    name = f"/{path}"
    if root is not None and any(line.get("PartName", "").lower() == name.lower() for line in root):
        return
    line = f'<Override xmlns="{_TYPES}" PartName="{escape(name)}" ContentType="{_CONTENT}"/>'
    changed[_TYPES_PATH] = append_to_root(part_bytes(package, _TYPES_PATH), (line.encode(),))


def _copy(package: Package, changed: Mapping[str, bytes], added: Mapping[str, bytes]) -> bytes:
    if sum(info.file_size for info in package.archive.infolist()) > MOST_COPIED:
        raise ReportTooLarge(
            f"{package.name} unpacks to more than {MOST_COPIED // 1_000_000} MB. Make the pictures "
            "smaller (Word: Picture Format, Compress Pictures) and save it again."
        )
    new_bytes = {id(package.parts[path]): data for path, data in changed.items()}
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for info in package.archive.infolist():
                data = new_bytes.get(id(info))
                with archive.open(copy.copy(info), "w") as target:
                    if data is None:
                        with package.archive.open(info) as source:
                            shutil.copyfileobj(source, target)
                    else:
                        target.write(data)
            for path, data in added.items():
                archive.writestr(zipfile.ZipInfo(path), data, zipfile.ZIP_DEFLATED)
    except ZIP_ERRORS as error:
        raise _damaged(package) from error
    return out.getvalue()


def _damaged(package: Package) -> DamagedReport:
    return DamagedReport(
        f"{package.name} is damaged, so nothing can be added to it. Open it in Word, save it under "
        "a new name and use that file."
    )
