"""The zip around a DOCX: parts, their relations, and the limits on what is unpacked.

ECMA-376-2 (Open Packaging Conventions). Only the XML parts that hold text or its layout are ever
unpacked; pictures, macros and embedded files stay packed, external targets are never fetched and
nothing is written to disk. Like Word, and unlike python-docx, it shrugs at missing parts.
"""

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from wbp_check.errors import DamagedReport, EncryptedReport, ReportTooLarge, UnsupportedFormat
from wbp_check.read.wml import BrokenXml, Element, parse_xml

MAX_PARTS = 20_000
MAX_UNPACKED = 50_000_000
"""Bytes of XML unpacked from one file, all parts together.

Of 2,070 wild files the largest needs 15 MB; 872 pages need 5 MB.
"""
MAX_RATIO = 200
"""Unpacked to packed bytes of a part; text packs about 10:1, a bomb 1000:1."""
RATIO_FROM = 5_000_000
"""Bytes below which the ratio is not asked: a small part cannot be a bomb."""

_OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_MAIN_FALLBACK = "word/document.xml"
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,  # a part with a zip password; NotImplementedError is one too
    ValueError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A line of a .rels part: its type's last word, and a part's path or an outside address."""

    kind: str
    target: str
    external: bool


@dataclass(slots=True)
class Package:
    """An open package. `unpacked` grows as parts are read, `mended` lists broken ones."""

    name: str
    archive: zipfile.ZipFile
    parts: Mapping[str, zipfile.ZipInfo]
    """By path in lower case: part names are compared without case (ECMA-376-2 §6.2.2)."""
    unpacked: int = 0
    mended: list[str] = field(default_factory=list)


def open_package(data: bytes, name: str) -> Package:
    """The package in some bytes, or the error that says why there is none."""
    if data.startswith(_OLE_MAGIC):
        raise _ole_error(data, name)
    if not data:
        raise DamagedReport(f"{name} is empty (0 bytes). Save or download it again.")
    if posixpath.basename(name.replace("\\", "/")).startswith("~$"):
        raise DamagedReport(
            f"{name} is a lock file that Word makes while a document is open, not the document. "
            "Choose the file whose name has no ~$ at the start."
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except ZIP_ERRORS as error:
        raise _damaged(name) from error
    infos = archive.infolist()
    if len(infos) > MAX_PARTS:
        raise ReportTooLarge(
            f"{name} is made of {len(infos):,} parts, more than any report needs. "
            "Copy the text into a new Word document and save that."
        )
    return Package(name, archive, {_path(info.filename).lower(): info for info in infos})


def _ole_error(data: bytes, name: str) -> EncryptedReport | UnsupportedFormat:
    if _ENCRYPTED_STREAM in data:
        return EncryptedReport(
            f"{name} is protected by a password. Open it in Word, remove the password "
            "(File > Info > Protect Document > Encrypt with Password) and save it again."
        )
    return UnsupportedFormat(
        f"{name} is in Word's old format (.doc). Open it in Word and save it as "
        '"Word Document (.docx)".'
    )


def _damaged(name: str) -> DamagedReport:
    return DamagedReport(
        f"{name} is damaged or incomplete. Open it in Word; if Word can repair it, save it under "
        "a new name and use that file. If not, download or copy it again."
    )


def _path(name: str) -> str:
    """A part's path as it is compared: forward slashes, no leading slash, no dots."""
    return posixpath.normpath("/" + unquote(name.replace("\\", "/"))).lstrip("/")


def read_part(package: Package, path: str) -> Element | None:
    """The root of an XML part; None where it is missing or beyond repair."""
    info = package.parts.get(path.lower())
    if info is None or info.is_dir():
        return None
    data = _unpack(package, info)
    try:
        root, mended = parse_xml(data) if data is not None else (None, True)
    except BrokenXml:
        root, mended = None, True
    if mended:
        package.mended.append(path)
    return root


def _unpack(package: Package, info: zipfile.ZipInfo) -> bytes | None:
    """A part's bytes, never more than the limits allow, whatever size the zip claims."""
    room = MAX_UNPACKED - package.unpacked
    try:
        with package.archive.open(info) as stream:
            data = stream.read(room + 1)
    except ZIP_ERRORS:
        return None
    package.unpacked += len(data)
    ratio = len(data) / max(info.compress_size, 1)
    if len(data) > room or (len(data) > RATIO_FROM and ratio > MAX_RATIO):
        raise ReportTooLarge(
            f"{package.name} unpacks to far more text than any report holds. "
            "Copy the text into a new Word document and save that."
        )
    return data


def relations(package: Package, path: str) -> dict[str, Relation]:
    """The relations of a part ("" for the package itself), by id."""
    folder, base = posixpath.split(path)
    root = read_part(package, posixpath.join(folder, "_rels", f"{base}.rels"))
    found: dict[str, Relation] = {}
    for line in () if root is None else root:
        target, kind = line.get("Target"), line.get("Type", "").rpartition("/")[2]
        if target is None:
            continue
        external = line.get("TargetMode") == "External"
        if not external:
            target = _path(target if target.startswith(("/", "\\")) else f"{folder}/{target}")
        found[line.get("Id", "")] = Relation(kind, target, external)
    return found


def related_part(package: Package, found: Mapping[str, Relation], kind: str) -> Element | None:
    """The root of the first related part of a kind ("styles", "numbering", "footnotes" …)."""
    for relation in found.values():
        if relation.kind == kind and not relation.external:
            root = read_part(package, relation.target)
            if root is not None:
                return root
    return None


def main_part(package: Package) -> tuple[str, Element]:
    """Path and root of the main document: where the package's relations say, not a fixed place."""
    targets = [
        relation.target
        for relation in relations(package, "").values()
        if relation.kind == "officeDocument" and not relation.external
    ]
    for path in (*targets, _MAIN_FALLBACK):
        root = read_part(package, path)
        if root is not None:
            return path, root
    raise _damaged(package.name)


def has_macros(package: Package) -> bool:
    """Whether the package carries a VBA project (which is never run, nor even unpacked)."""
    return any(path.endswith("vbaproject.bin") for path in package.parts)
