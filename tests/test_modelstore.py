"""A model folder is refused unless it is whole, unaltered and made for this standard."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from wbp_check import BadModel, Standard, Tagger, load_tagger
from wbp_check.modelstore import (
    FILES,
    default_model,
    load_examples,
    save_examples,
    sha256_of,
)
from wbp_check.tagger import tag_texts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "model"
    shutil.copytree(default_model(), copy)
    return copy


def test_a_copy_gives_the_same_tags(folder: Path, standard: Standard, tagger: Tagger) -> None:
    texts = ["Our survey of 40 members showed that waiting was what they minded most."]
    assert tag_texts(texts, load_tagger(standard, folder)) == tag_texts(texts, tagger)


@pytest.mark.parametrize("name", FILES)
def test_an_altered_or_missing_file_is_refused(name: str, folder: Path, standard: Standard) -> None:
    with (folder / name).open("ab") as file:
        file.write(b"x")
    with pytest.raises(BadModel, match="not the file that"):
        load_tagger(standard, folder)
    (folder / name).unlink()
    with pytest.raises(BadModel, match="is missing"):
        load_tagger(standard, folder)


def change(folder: Path, **values: object) -> None:
    path = folder / "model.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


def test_another_format_is_refused(folder: Path, standard: Standard) -> None:
    change(folder, format=99)
    with pytest.raises(BadModel, match="has format 99"):
        load_tagger(standard, folder)


def test_other_labels_are_refused(folder: Path, standard: Standard) -> None:
    manifest = json.loads((folder / "model.json").read_text())
    manifest["decisions"]["area_codes"] = ["situation"]
    change(folder, **manifest)
    with pytest.raises(BadModel, match="other labels"):
        load_tagger(standard, folder)


def test_a_part_without_thresholds_is_refused(folder: Path, standard: Standard) -> None:
    manifest = json.loads((folder / "model.json").read_text())
    del manifest["decisions"]["thresholds"]["K1.1.mission"]
    change(folder, **manifest)
    with pytest.raises(BadModel, match="thresholds"):
        load_tagger(standard, folder)


def test_no_manifest_or_a_strange_one(folder: Path, standard: Standard) -> None:
    change(folder, surprise=1)
    with pytest.raises(BadModel, match="not a model's manifest"):
        load_tagger(standard, folder)
    (folder / "model.json").unlink()
    with pytest.raises(BadModel, match=r"holds no model\.json"):
        load_tagger(standard, folder)


def test_a_pickle_in_disguise_is_refused(folder: Path, standard: Standard) -> None:
    for file in ("examples.npz", "heads.npz"):
        with np.load(folder / file) as arrays:
            names = list(arrays)
        np.savez(folder / file, **{name: np.array([Path], dtype=object) for name in names})
        manifest = json.loads((folder / "model.json").read_text())
        manifest["files"][file] = sha256_of(folder / file)
        change(folder, **manifest)
        with pytest.raises(BadModel, match=f"{file} cannot be loaded: Object arrays"):
            load_tagger(standard, folder)


def test_examples_come_back_as_they_were_saved(tmp_path: Path, tagger: Tagger) -> None:
    save_examples(tmp_path, tagger.examples)
    loaded = load_examples(tmp_path, len(tagger.decisions.part_codes))
    for name in ("vectors", "evidence", "near"):
        assert np.array_equal(getattr(loaded, name), getattr(tagger.examples, name))


def test_the_folder_stays_small() -> None:
    size = sum(path.stat().st_size for path in default_model().iterdir())
    assert size < 40 * 2**20
