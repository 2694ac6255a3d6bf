"""Passages to tags: which part each passage shows, which area it serves, and how sure we are.

Predicts only: nothing here fits a model or opens a file. A passage is the vectors of its tokens,
which know their neighbours (`encoder`); for each part and area a scorer weighs the tokens and adds
up what they say for it; a calibration turns scores into probabilities; three thresholds a part make
`found` and `possibly` of them. Copied criteria and bare lists of terms are never evidence, however
well they score.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
import numpy.typing as npt

from wbp_check.echo import Echoes, is_empty_claim
from wbp_check.encoder import Encoder, encode, words_of_tokens
from wbp_check.examples import Examples, nearest_examples
from wbp_check.types import (
    AreaTag,
    BlockKind,
    Calibration,
    Finding,
    Passage,
    Region,
    Tag,
    Tagging,
)

Matrix = npt.NDArray[np.float32]
Scores = npt.NDArray[np.float64]

FAINTEST = 0.02
"""Probability under which a passage is not even named as the nearest one to a missing part."""
FURTHEST_LOOK = 12.0
"""Bound of tokens . query: it keeps the exponentials of training in range."""
_TELLING_WORDS = 4
_TAGGED_REGIONS = (Region.BODY, Region.ANNEX)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorer:
    """Scores texts for each of its labels by label-wise attention (Mullenbach et al. 2018).

    A label's `queries` say which tokens of a text it looks at, its `weights` what they say for it:
    score = sum of softmax(tokens . query) * (tokens . weight) + intercept. Shapes (labels,
    dimensions), (labels,). With queries of 0 this is a linear model of the mean of the tokens.
    """

    queries: Matrix
    weights: Matrix
    intercepts: Matrix

    def scores(self, texts: Sequence[Matrix]) -> Scores:
        """Scores (texts, labels): log-odds, above 0 for rather yes than no."""
        if not texts:
            return np.zeros((0, len(self.intercepts)))
        return np.stack([self.shares(text).sum(axis=0) for text in texts]) + self.intercepts

    def shares(self, text: Matrix) -> Scores:
        """What each token of a text adds to each score: (tokens, labels)."""
        looks = np.clip(text @ self.queries.T, -FURTHEST_LOOK, FURTHEST_LOOK)
        looks = softmax(looks.T).T
        return np.asarray(looks * (text @ self.weights.T), dtype=np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The least probabilities of one part.

    Any passage from `passage` on is found. Most reports show a part at least once, so the best
    passage of a whole report needs less: it is found from `found`, possible from `possibly`.
    """

    passage: float
    found: float
    possibly: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """How scores become tags: the labels of the columns, the calibration and the thresholds."""

    part_codes: tuple[str, ...]
    area_codes: tuple[str, ...]
    passage_calibration: Calibration
    """From scores of passages to probabilities; the other two are explained in `Tagging`."""
    part_calibration: Calibration
    criterion_calibration: Calibration
    thresholds: dict[str, Thresholds]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagger:
    """A loaded model."""

    name: str
    encoder: Encoder
    parts: Scorer
    areas: Scorer
    decisions: Decisions
    echoes: Echoes
    examples: Examples


def tag_passages(passages: Sequence[Passage], tagger: Tagger) -> Tagging:
    """Tags of the passages of one report, in reading order, the surest first in each passage.

    Only body and annex are read; what an annex shows does not count, but is worth pointing at.
    """
    read = readable(passages)
    if not read:
        return Tagging(areas=(), tags=())
    texts, rows = reading_sequence(read)
    states = encode([texts], tagger.encoder)[0]
    tokens = {passage.id: states[row] for passage, row in zip(read, rows, strict=True)}
    tagging = decide(
        read,
        tagger.parts.scores(list(tokens.values())),
        tagger.areas.scores(list(tokens.values())),
        tagger.decisions,
        tagger.echoes,
    )
    text_of = {passage.id: passage.text for passage in read}
    return replace(
        tagging,
        tags=tuple(
            explained
            for name, tags in groupby(tagging.tags, key=lambda tag: tag.passage)
            for explained in explain(tuple(tags), text_of[name], tokens[name], tagger)
        ),
    )


def explain(tags: Sequence[Tag], text: str, tokens: Matrix, tagger: Tagger) -> tuple[Tag, ...]:
    """The tags of one passage with their reasons: words that weigh most, and passages like it.

    The nearest passage of a missing part gets none: they are shown nowhere.
    """
    if all(tag.finding is Finding.NOT_FOUND for tag in tags):
        return tuple(tags)
    spans = words_of_tokens(text, tagger.encoder.tokenizer)
    shares = tagger.parts.shares(tokens)
    mean = tokens.mean(axis=0)
    explained = []
    for tag in tags:
        if tag.finding is not Finding.NOT_FOUND:
            part = tagger.decisions.part_codes.index(tag.part)
            tag = replace(
                tag,
                words=_telling_words(text, spans, shares[:, part]),
                nearest=nearest_examples(mean, part, tagger.examples),
            )
        explained.append(tag)
    return tuple(explained)


def _telling_words(text: str, spans: Sequence[tuple[int, int]], shares: Scores) -> tuple[str, ...]:
    """The words whose tokens add most to a score, each once, in the order of the text."""
    weights: dict[tuple[int, int], float] = {}
    for span, share in zip(spans, shares, strict=True):
        weights[span] = weights.get(span, 0.0) + float(share)
    heaviest: dict[str, tuple[int, int]] = {}
    for span in sorted(weights, key=lambda span: -weights[span]):
        word = text[slice(*span)]
        if weights[span] > 0 and any(letter.isalnum() for letter in word):
            heaviest.setdefault(word.lower(), span)
    return tuple(text[slice(*span)] for span in sorted(list(heaviest.values())[:_TELLING_WORDS]))


def tag_texts(texts: Sequence[str], tagger: Tagger) -> list[tuple[AreaTag | None, tuple[Tag, ...]]]:
    """Area and found tags of texts that each stand alone, without neighbours."""
    if not texts:
        return []
    tokens = [document[0] for document in encode([[text] for text in texts], tagger.encoder)]
    parts = tagger.parts.scores(tokens)
    areas = tagger.areas.scores(tokens)
    found: list[tuple[AreaTag | None, tuple[Tag, ...]]] = []
    for row, text in enumerate(texts):
        alone = _alone(text)
        tagging = decide(
            [alone],
            parts[row : row + 1],
            areas[row : row + 1],
            tagger.decisions,
            tagger.echoes,
            whole=False,
        )
        found.append((tagging.areas[0] if tagging.areas else None, tagging.tags))
    return found


def readable(passages: Sequence[Passage]) -> list[Passage]:
    """The passages that are tagged: those of body and annex."""
    return [passage for passage in passages if passage.region in _TAGGED_REGIONS]


def reading_sequence(passages: Sequence[Passage]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The texts that the encoder reads, headings in their places, and where each passage stands."""
    texts: list[str] = []
    rows: list[int] = []
    heading = ""
    for passage in passages:
        if passage.heading != heading:
            heading = passage.heading
            texts.append(heading)
        rows.append(len(texts))
        texts.append(passage.text)
    return tuple(texts), tuple(rows)


def decide(
    passages: Sequence[Passage],
    part_scores: Scores,
    area_scores: Scores,
    decisions: Decisions,
    echoes: Echoes,
    *,
    whole: bool = True,
) -> Tagging:
    """Tags from scores: (passages, parts) and (passages, areas + 1), the last column “none”.

    `whole` says that the passages are all of a report, so that each part has a best one.
    """
    probabilities = probabilities_of(part_scores, decisions.passage_calibration)
    for row, passage in enumerate(passages):
        if is_empty_claim(passage.text, echoes):
            probabilities[row] = 0
    return Tagging(
        areas=_area_tags(passages, softmax(area_scores), decisions),
        tags=_tags(passages, probabilities, decisions, whole=whole),
        part_calibration=decisions.part_calibration,
        criterion_calibration=decisions.criterion_calibration,
    )


def probabilities_of(scores: Scores, calibration: Calibration) -> Scores:
    """Calibrated probabilities of scores (log-odds), in the same shape."""
    return np.asarray(1 / (1 + np.exp(-(calibration.slope * scores + calibration.intercept))))


def softmax(scores: Scores) -> Scores:
    """Probabilities that add up to 1 in each row."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float64)


def _tags(
    passages: Sequence[Passage], probabilities: Scores, decisions: Decisions, *, whole: bool
) -> tuple[Tag, ...]:
    best = _best_rows(passages, probabilities) if whole else None
    tags: list[Tag] = []
    for row, passage in enumerate(passages):
        own = []
        for column, code in enumerate(decisions.part_codes):
            probability = float(probabilities[row, column])
            is_best = best is not None and passage.counts and best[column] == row
            finding = _finding(probability, decisions.thresholds[code], is_best=is_best)
            if finding is not None:
                own.append(
                    Tag(passage=passage.id, part=code, probability=probability, finding=finding)
                )
        tags += sorted(own, key=lambda tag: -tag.probability)
    return tuple(tags)


def _finding(probability: float, limits: Thresholds, *, is_best: bool) -> Finding | None:
    """What a probability amounts to; None for nothing worth a tag."""
    if probability >= limits.passage or (is_best and probability >= limits.found):
        return Finding.FOUND
    if is_best and probability >= limits.possibly:
        return Finding.POSSIBLY
    return Finding.NOT_FOUND if is_best and probability >= FAINTEST else None


def _best_rows(passages: Sequence[Passage], probabilities: Scores) -> npt.NDArray[np.intp]:
    """For each part the row of the counting passage that scores best."""
    counting = np.array([passage.counts for passage in passages])
    return np.asarray(np.where(counting[:, None], probabilities, -1.0).argmax(axis=0))


def _area_tags(
    passages: Sequence[Passage], probabilities: Scores, decisions: Decisions
) -> tuple[AreaTag, ...]:
    tags = []
    for row, passage in enumerate(passages):
        best = int(probabilities[row].argmax())
        if best < len(decisions.area_codes) and passage.region is Region.BODY:
            tags.append(
                AreaTag(
                    passage=passage.id,
                    area=decisions.area_codes[best],
                    probability=float(probabilities[row, best]),
                )
            )
    return tuple(tags)


def _alone(text: str) -> Passage:
    return Passage(
        id="alone",
        text=text,
        kind=BlockKind.PARAGRAPH,
        block=0,
        page=None,
        paragraph=1,
        heading="",
        region=Region.BODY,
        first_word=1,
        counts=True,
    )
