"""Our count of words beside LibreOffice's text export, on files whose text is proven.

python benchmarks/word_libreoffice.py FOLDER

LibreOffice is a second opinion that shares no code with us. Its export writes list labels out and
leaves notes and text boxes away, as Word's count does; dashes are parted here as Word parts them.
Compared are the files that word_length.py proves, of 50 words or more, each text once, without
Chinese or Japanese (of which Word counts signs).
"""

import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from word_length import Proof, prove_folder

from wbp_check.types import Story
from wbp_check.words import block_words, count_words

FEWEST_WORDS = 50
BATCH = 40
BATCH_SECONDS = 300
MOST_SHOWN = 4
"""Words of a difference that are printed."""
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DASHES = re.compile("[\u2013\u2014]")


def main() -> None:
    proofs = _worth_comparing(prove_folder(Path(sys.argv[1]), Counter()))
    exported = _export([proof.path for proof in proofs])
    same = off = close = 0
    lines, causes = [], Counter[str]()
    for proof in proofs:
        text = exported.get(proof.path)
        if text is None:
            continue
        ours, theirs = _our_words(proof), count_words(text)
        same += ours == theirs
        close += abs(ours - theirs) <= 0.01 * theirs
        off += ours != theirs
        if ours != theirs:
            cause = _cause(proof)
            causes[cause] += 1
            difference = f"{ours - theirs:+6} of {theirs:6,}"
            lines.append(f"{difference}: {cause}: {_difference(proof, text)}")
    total = same + off
    print(f"{len(proofs):,} files compared, {len(proofs) - total} of them not exported")
    print(f"{same:,} the same ({same / total:.1%}), {close:,} within 1% ({close / total:.1%})")
    for cause, files in causes.most_common():
        print(f"{files:6,}  differ: {cause}")
    print(*sorted(lines), sep="\n")


def _worth_comparing(proofs: Iterable[Proof]) -> list[Proof]:
    found: dict[str, Proof] = {}
    for proof in proofs:
        text = "\n".join(block.text for block in proof.report.blocks)
        if proof.proven and _our_words(proof) >= FEWEST_WORDS and not _EAST_ASIAN.search(text):
            found.setdefault(text, proof)
    return list(found.values())


def _our_words(proof: Proof) -> int:
    return sum(block_words(block) for block in proof.report.blocks)


def _export(paths: list[Path]) -> dict[Path, str]:
    """LibreOffice's text of each file; a file that stops it, or takes too long, has none."""
    texts: dict[Path, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, len(paths), BATCH):
            batch = paths[start : start + BATCH]
            _convert(batch, folder)
            for path in batch:  # one that stopped the batch must not take the others with it
                if not _exported(path, folder).exists():
                    _convert([path], folder)
        for path in paths:
            if _exported(path, folder).exists():
                texts[path] = _exported(path, folder).read_text("utf-8-sig", "replace")
    return texts


def _exported(path: Path, folder: str) -> Path:
    return Path(folder) / f"{path.stem}.txt"


def _convert(paths: list[Path], folder: str) -> None:
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", folder, *map(str, paths)]
    try:
        subprocess.run(command, timeout=BATCH_SECONDS, capture_output=True, check=False)
    except subprocess.TimeoutExpired:
        print(f"LibreOffice took over {BATCH_SECONDS} s", file=sys.stderr)


def _cause(proof: Proof) -> str:
    """What LibreOffice's export is known to treat otherwise, as far as the file has it."""
    said = " ".join(proof.report.warnings)
    for cause in ("tracked changes", "hidden text", "notes"):
        if cause in said:
            return cause
    return "other"


def _difference(proof: Proof, text: str) -> str:
    """The words that only one of the two has, and the file."""
    mine: Counter[str] = Counter()
    for block in proof.report.blocks:
        if block.story is Story.MAIN:
            mine.update(_DASHES.sub(" ", block.text).split())
            mine.update(label.split()[0] for label in block.labels)
    theirs = Counter(_DASHES.sub(" ", text).split())
    ours_only, theirs_only = mine - theirs, theirs - mine
    return (
        f"only ours {dict(ours_only.most_common(MOST_SHOWN))}, "
        f"only theirs {dict(theirs_only.most_common(MOST_SHOWN))}: {proof.path.name}"
    )


if __name__ == "__main__":
    main()
