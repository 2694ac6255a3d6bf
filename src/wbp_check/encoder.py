"""Texts to vectors of their tokens, each text in the light of its neighbours.

The encoder is a small transformer (see the model card) exported to ONNX. A report is read in
windows of whole passages, so that "She said yes." is read after the question it answers; what
comes back is the last hidden state of each token. Only onnxruntime and tokenizers are needed, and
nothing is downloaded.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from wbp_check.errors import BadModel

LONGEST_WINDOW = 256
"""Tokens the encoder reads at once: what the base model was trained with."""
LONGEST_TEXT = 120
"""Tokens kept of one passage; a longer one is cut, its first part tells what it is."""
_CONTEXT = 1  # passages before and after a window's own that are read but not taken from it
_BATCH = 8  # windows: more gain nothing on two cores and cost memory

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoder:
    """A loaded encoder: predicts only."""

    session: onnxruntime.InferenceSession
    tokenizer: Tokenizer
    dimensions: int


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens of some neighbouring texts. `owner[i]` is the text that token i counts towards.

    Special tokens and the tokens of context have the owner -1.
    """

    tokens: tuple[int, ...]
    owner: tuple[int, ...]


def load_encoder(onnx: Path, tokenizer: Path, *, threads: int = 0) -> Encoder:
    """Load an encoder from its two files; 0 threads are as many as there are cores.

    Raises BadModel if either file cannot be used.
    """
    try:
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = threads
        session = onnxruntime.InferenceSession(
            str(onnx), options, providers=["CPUExecutionProvider"]
        )
        words = Tokenizer.from_file(str(tokenizer))
    except Exception as error:  # both libraries raise bare Exception subclasses of their own
        raise BadModel(f"The encoder {onnx} cannot be loaded: {error}") from error
    words.no_padding()
    words.no_truncation()
    return Encoder(
        session=session, tokenizer=words, dimensions=int(session.get_outputs()[0].shape[-1])
    )


def encode(documents: Sequence[Sequence[str]], encoder: Encoder) -> list[list[Vectors]]:
    """For each document, for each of its texts: (tokens, dimensions), the states of its tokens.

    A document is a run of texts that stand together: the passages and headings of a report, or
    one passage alone. A text without a token has one row of zeros.
    """
    nothing = np.zeros((1, encoder.dimensions), np.float32)
    result = [[nothing] * len(texts) for texts in documents]
    work: list[tuple[int, Window]] = []
    for index, texts in enumerate(documents):
        ids = tokenize(texts, encoder.tokenizer)
        work += [(index, window) for window in windows(ids, special_tokens(encoder.tokenizer))]
    work.sort(key=lambda item: len(item[1].tokens))  # alike lengths together: less padding
    for start in range(0, len(work), _BATCH):
        batch = work[start : start + _BATCH]
        hidden = _run([window for _, window in batch], encoder)
        for (index, window), states in zip(batch, hidden, strict=True):
            owner = np.asarray(window.owner)
            for text in np.unique(owner[owner >= 0]):
                result[index][text] = states[: len(owner)][owner == text]
    return result


def words_of_tokens(text: str, tokenizer: Tokenizer) -> list[tuple[int, int]]:
    """For each token that is kept of a text, where the word that it belongs to begins and ends."""
    encoded = tokenizer.encode(text, add_special_tokens=False)
    spans: dict[int | None, tuple[int, int]] = {}
    for word, (start, end) in zip(encoded.word_ids, encoded.offsets, strict=True):
        first, last = spans.get(word, (start, end))
        spans[word] = (min(first, start), max(last, end))
    return [spans[word] for word in encoded.word_ids[:LONGEST_TEXT]]


def tokenize(texts: Sequence[str], tokenizer: Tokenizer) -> list[list[int]]:
    """Token ids of each text, without special tokens, cut to LONGEST_TEXT."""
    encoded = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    return [item.ids[:LONGEST_TEXT] for item in encoded]


def windows(
    ids: Sequence[Sequence[int]], special: tuple[int, int], start: int = 0
) -> Iterator[Window]:
    """Cover the texts by windows of at most LONGEST_WINDOW tokens, each text owned once.

    `special` is the ids of the first and the parting token. The texts from `start` on are packed
    greedily; those before it make the first window or windows (training starts at random places).
    """
    first, part = special
    bounds = _pack(ids, 0, start) + _pack(ids, start, len(ids))
    for low, high in bounds:
        shown = range(max(0, low - _CONTEXT), min(len(ids), high + _CONTEXT))
        tokens, owner = [first], [-1]
        for text in shown:
            own = text if low <= text < high else -1
            tokens += [*ids[text], part]
            owner += [own] * len(ids[text]) + [-1]
        yield Window(tuple(tokens), tuple(owner))


def _pack(ids: Sequence[Sequence[int]], low: int, high: int) -> list[tuple[int, int]]:
    bounds: list[tuple[int, int]] = []
    at = low
    while at < high:
        room = LONGEST_WINDOW - 1
        if at > 0:
            room -= len(ids[at - 1]) + 1
        end = at
        while end < high:
            after = len(ids[end + 1]) + 1 if end + 1 < len(ids) else 0
            if end > at and len(ids[end]) + 1 + after > room:
                break
            room -= len(ids[end]) + 1
            end += 1
        bounds.append((at, end))
        at = end
    return bounds


def special_tokens(tokenizer: Tokenizer) -> tuple[int, int]:
    """Ids of the token that begins a window and of the one that ends each text."""
    first, part = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    if first is None or part is None:
        raise BadModel("The encoder's tokenizer has no [CLS] and [SEP] tokens.")
    return first, part


def _run(batch: Sequence[Window], encoder: Encoder) -> npt.NDArray[np.float32]:
    longest = max(len(window.tokens) for window in batch)
    tokens = np.zeros((len(batch), longest), np.int64)
    mask = np.zeros((len(batch), longest), np.int64)
    for row, window in enumerate(batch):
        tokens[row, : len(window.tokens)] = window.tokens
        mask[row, : len(window.tokens)] = 1
    hidden = encoder.session.run(None, {"input_ids": tokens, "attention_mask": mask})[0]
    return np.asarray(hidden, dtype=np.float32)
