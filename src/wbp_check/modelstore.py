"""A model folder in and out. No pickle is ever loaded, and no code that a model brings.

    encoder.onnx      the sentence encoder
    tokenizer.json    its tokenizer
    heads.npz         the scorers for parts and areas, as plain arrays
    examples.npz      vectors and labels of the passages it learnt from, without their text
    model.json        format, hashes, versions, seed, calibration, thresholds
    metrics.json      measured figures
    README.md         the model card

`model.json` is the door: what does not match it is refused before anything is built.
"""

import hashlib
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter, ValidationError

from wbp_check.echo import load_echoes
from wbp_check.encoder import load_encoder
from wbp_check.errors import BadModel
from wbp_check.examples import Examples
from wbp_check.standard import Standard
from wbp_check.tagger import Decisions, Scorer, Tagger

FORMAT = 2
"""Raised by one when a folder of the old format can no longer be read as it is."""
_CLOSED = {"extra": "forbid"}
FILES = ("encoder.onnx", "tokenizer.json", "heads.npz", "examples.npz")
_ARRAYS = ("queries", "weights", "intercepts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """How the bundled model did on the test split: decisions on criteria, counted."""

    reports: int
    shown_as_met: int
    rightly: int
    truly_met: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """`model.json`."""

    __pydantic_config__ = _CLOSED
    format: int
    name: str
    files: dict[str, str]
    """SHA-256 of each of FILES."""
    corpus_sha256: str
    seed: int
    versions: dict[str, str]
    """Of the libraries that fitted it."""
    decisions: Decisions


def default_model() -> Path:
    """The folder of the bundled model."""
    return _bundled("models/default")


def read_accuracy(folder: Path | None = None) -> Accuracy:
    """What a model's own figures say of it. Raises BadModel if it has none."""
    path = (folder or default_model()) / "metrics.json"
    try:
        test = json.loads(path.read_bytes())["test"]
        of = test["criteria"]["all"]
        return Accuracy(
            reports=test["reports"],
            shown_as_met=of["shown_as_met"],
            rightly=round(of["met_precision"] * of["shown_as_met"]),
            truly_met=of["truly_met"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadModel(f"{path} holds no figures. Run `wbp-check train --keep`.") from error


def bundled_example() -> Path:
    """The bundled example report."""
    return _bundled("examples/report.docx")


def _bundled(name: str) -> Path:
    """A path inside the installed package, or in the clone that it runs from."""
    installed = Path(__file__).parent / name
    return installed if installed.exists() else Path(__file__).parents[2] / name


def load_tagger(standard: Standard, folder: Path | None = None, *, threads: int = 0) -> Tagger:
    """Load a model folder; the bundled one if none is named. 0 threads: one a core.

    Raises BadModel if a file is missing or altered, the format is another, or the labels are not
    the standard's.
    """
    folder = folder or default_model()
    manifest = read_manifest(folder)
    labels = (manifest.decisions.part_codes, manifest.decisions.area_codes)
    if labels != (standard.part_codes, standard.area_codes):
        raise BadModel(f"{folder} was trained for other labels than {standard.id}'s. Train again.")
    for name in FILES:
        if sha256_of(folder / name) != manifest.files.get(name):
            raise BadModel(
                f"{folder / name} is not the file that model.json names. "
                "Install wbp-check again, or train again."
            )
    parts, areas = _load_scorers(folder / "heads.npz")
    return Tagger(
        name=manifest.name,
        encoder=load_encoder(folder / "encoder.onnx", folder / "tokenizer.json", threads=threads),
        parts=parts,
        areas=areas,
        decisions=manifest.decisions,
        echoes=load_echoes(),
        examples=load_examples(folder, len(standard.part_codes)),
    )


def read_manifest(folder: Path) -> Manifest:
    """Read a folder's model.json. Raises BadModel."""
    path = folder / "model.json"
    try:
        manifest = TypeAdapter(Manifest).validate_json(path.read_bytes())
    except OSError as error:
        raise BadModel(f"{folder} holds no model.json. Name a model folder.") from error
    except ValidationError as error:
        raise BadModel(f"{path} is not a model's manifest: {error}") from error
    if manifest.format != FORMAT:
        raise BadModel(
            f"{folder} has format {manifest.format}; this version reads {FORMAT}. Train again."
        )
    if set(manifest.decisions.thresholds) != set(manifest.decisions.part_codes):
        raise BadModel(f"{path}: not every part has its thresholds. Train again.")
    return manifest


def save_scorers(folder: Path, parts: Scorer, areas: Scorer) -> None:
    """Write heads.npz."""
    arrays = {
        f"{name}_{array}": getattr(scorer, array)
        for name, scorer in (("parts", parts), ("areas", areas))
        for array in _ARRAYS
    }
    np.savez(folder / "heads.npz", **arrays)


def save_examples(folder: Path, examples: Examples) -> None:
    """Write examples.npz, the labels packed to bits."""
    np.savez_compressed(
        folder / "examples.npz",
        vectors=examples.vectors,
        evidence=np.packbits(examples.evidence, axis=1),
        near=np.packbits(examples.near, axis=1),
    )


def save_manifest(folder: Path, manifest: Manifest) -> None:
    """Write model.json, with the hashes of FILES as they lie in the folder."""
    (folder / "model.json").write_bytes(TypeAdapter(Manifest).dump_json(manifest, indent=1) + b"\n")


def sha256_of(path: Path) -> str:
    """SHA-256 of a file. Raises BadModel if it is missing."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise BadModel(f"{path} is missing. Install wbp-check again, or train again.") from error


_BROKEN = (OSError, ValueError, KeyError, zipfile.BadZipFile)


def _load_scorers(path: Path) -> tuple[Scorer, Scorer]:
    try:
        with np.load(path, allow_pickle=False) as arrays:
            parts, areas = (
                Scorer(**{array: arrays[f"{name}_{array}"] for array in _ARRAYS})
                for name in ("parts", "areas")
            )
    except _BROKEN as error:
        raise BadModel(f"{path} cannot be loaded: {error}") from error
    return parts, areas


def load_examples(folder: Path, parts: int) -> Examples:
    """Read examples.npz, with labels of so many parts. Raises BadModel."""
    path = folder / "examples.npz"
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return Examples(
                vectors=arrays["vectors"],
                evidence=np.unpackbits(arrays["evidence"], axis=1, count=parts).astype(bool),
                near=np.unpackbits(arrays["near"], axis=1, count=parts).astype(bool),
            )
    except _BROKEN as error:
        raise BadModel(f"{path} cannot be loaded: {error}") from error
