"""The labelled passages that are most like a new one: what readers said of them, never their text.

The examples are vectors only, so that nothing can be copied from them. Where the nearest examples
of a part were near misses, a tag deserves a second look, however sure its score. Pure.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wbp_check.types import Example

NEAREST = 2
"""Examples that are asked for each tag."""
_SCALE = 127.0  # vectors of length 1 are kept as whole numbers of 8 bits


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """Labelled passages. `vectors` (examples, dimensions); `evidence`, `near` (examples, parts)."""

    vectors: npt.NDArray[np.int8]
    evidence: npt.NDArray[np.bool_]
    near: npt.NDArray[np.bool_]


def gather_examples(
    vectors: npt.NDArray[np.float32],
    evidence: npt.NDArray[np.bool_],
    near: npt.NDArray[np.bool_],
) -> Examples:
    """Examples of all passages that show a part or nearly do."""
    kept = (evidence | near).any(axis=1)
    return Examples(
        vectors=np.round(_SCALE * _of_length_one(vectors[kept])).astype(np.int8),
        evidence=evidence[kept],
        near=near[kept],
    )


def nearest_examples(
    vector: npt.NDArray[np.float32], part: int, examples: Examples
) -> tuple[Example, ...]:
    """What readers said of the passages most like this one, the most alike first (cosine).

    Only examples that show the part (its column) or nearly show it are asked.
    """
    (asked,) = np.nonzero(examples.evidence[:, part] | examples.near[:, part])
    alike = examples.vectors[asked].astype(np.float32) @ _of_length_one(vector)
    best = asked[np.argsort(-alike, kind="stable")[:NEAREST]]
    return tuple(
        Example.EVIDENCE if examples.evidence[row, part] else Example.NEAR_MISS for row in best
    )


def _of_length_one(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)
