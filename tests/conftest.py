"""What several tests need: the real standard, the real model, the bundled example."""

from pathlib import Path

import pytest
from spacy.language import Language

from wbp_check import Standard, Tagger, load_sentence_splitter, load_standard, load_tagger

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def standard() -> Standard:
    return load_standard()


@pytest.fixture(scope="session")
def tagger(standard: Standard) -> Tagger:
    return load_tagger(standard)


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load_sentence_splitter()


@pytest.fixture(scope="session")
def example() -> Path:
    return ROOT / "examples" / "report.docx"
