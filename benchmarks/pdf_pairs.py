"""How like a PDF is read to the DOCX that it was made from: the count of words, and the passages.

python benchmarks/pdf_pairs.py FOLDER

FOLDER holds pairs of NAME.docx and NAME.pdf, in any folders within it. Counts are ours of both, by
the rules of `words`, in two ways: all that is read, and what counts (the annexes left out, each
file's found by itself). Passages are alike if they are the same but for spaces. Prints each pair,
the worst first, then the shares; and where the PDF's words differ, a few of them.
"""

import statistics
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from wbp_check import Report, WbpError, load_sentence_splitter, load_standard, read_report
from wbp_check.body import place_blocks
from wbp_check.passages import split_passages
from wbp_check.standard import Standard
from wbp_check.types import Story
from wbp_check.words import block_words, count_report

LIMITS = (0.005, 0.01, 0.02, 0.05)
FEWEST_WORDS = 200
MOST_SHOWN = 6
"""Words of a difference that are printed."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Words of a DOCX and its PDF, and the share of the DOCX's passages that the PDF gives."""

    name: str
    docx: int
    pdf: int
    docx_counted: int
    pdf_counted: int
    passages: int
    same: int
    difference: str

    @property
    def off(self) -> float:
        """How far the PDF's count is from the DOCX's, as a share."""
        return self.pdf / self.docx - 1


def main() -> None:
    folder = Path(sys.argv[1])
    standard, nlp = load_standard(), load_sentence_splitter()
    pairs = []
    for path in sorted(folder.rglob("*.docx")):
        other = path.with_suffix(".pdf")
        if not other.exists():
            continue
        try:
            pair = _compare(path, other, standard, nlp)
        except WbpError as error:
            print(f"left out: {error}")
            continue
        if pair.docx >= FEWEST_WORDS:
            pairs.append(pair)
    for pair in sorted(pairs, key=lambda pair: -abs(pair.off)):
        print(
            f"{pair.off:+7.2%}  {pair.docx:6,} → {pair.pdf:6,}  "
            f"passages {pair.same / pair.passages:5.1%} of {pair.passages:4}  {pair.name}"
            + (f"\n         {pair.difference}" if abs(pair.off) > LIMITS[0] else "")
        )
    _print_shares(pairs)


def _print_shares(pairs: list[Pair]) -> None:
    print(f"{len(pairs)} pairs")
    offs = [abs(pair.off) for pair in pairs]
    counted = [abs(pair.pdf_counted / max(pair.docx_counted, 1) - 1) for pair in pairs]
    for name, found in (("all words", offs), ("words that count", counted)):
        shares = ", ".join(
            f"{limit:.1%}: {sum(off <= limit for off in found)} of {len(found)}" for limit in LIMITS
        )
        print(f"{name}: median {statistics.median(found):.2%} off; within {shares}")
    alike = sorted(pair.same / pair.passages for pair in pairs)
    total = sum(pair.same for pair in pairs) / sum(pair.passages for pair in pairs)
    print(
        f"passages of the DOCX that the PDF gives: {total:.1%} of all; "
        f"a pair's median {statistics.median(alike):.1%}, least {alike[0]:.1%}"
    )


def _compare(docx: Path, pdf: Path, standard: Standard, nlp: Language) -> Pair:
    reports = [
        place_blocks(read_report(path.read_bytes(), path.name), standard) for path in (docx, pdf)
    ]
    counted = [count_report(report, standard.profile()).counted for report in reports]
    texts = [
        Counter(
            " ".join(passage.text.replace("|", " ").split())
            for passage in split_passages(report, standard.profile(), nlp)
        )
        for report in reports
    ]
    return Pair(
        name=f"{docx.parent.name}/{docx.stem}",
        docx=sum(map(block_words, reports[0].blocks)),
        pdf=sum(map(block_words, reports[1].blocks)),
        docx_counted=counted[0],
        pdf_counted=counted[1],
        passages=max(texts[0].total(), 1),
        same=(texts[0] & texts[1]).total(),
        difference=_difference(*reports),
    )


def _difference(docx: Report, pdf: Report) -> str:
    """The words that only one of the two has."""
    words = []
    for report in (docx, pdf):
        found: Counter[str] = Counter()
        for block in report.blocks:
            if block.story is Story.MAIN:
                found.update(block.text.replace("\u2013", " ").replace("\u2014", " ").split())
                found["(labels)"] += len(block.labels)
        words.append(found)
    only = [dict((a - b).most_common(MOST_SHOWN)) for a, b in (words, words[::-1])]
    return f"only in the DOCX {only[0]}, only in the PDF {only[1]}"


if __name__ == "__main__":
    main()
