"""How much of the personal data in annotated annexes is found, and how much of what is found is.

python benchmarks/privacy_score.py [--misses]

An annotated item is found if all of it is covered by findings, of whatever kind: what matters is
that it is on the list. A finding is right if it overlaps an annotated item. The patterns were made
on every other report ("tuned on"); the other half was looked at for its figures only.
"""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from wbp_check import load_standard
from wbp_check.learn.corpus import read_gold_report
from wbp_check.privacy.find import find_personal_data
from wbp_check.privacy.items import PersonalItem
from wbp_check.privacy.recognisers import load_recognisers
from wbp_check.types import Region, Report

ROOT = Path(__file__).parents[1]
ANNOTATIONS = ROOT / "tests" / "privacy" / "annotations.jsonl"


def main() -> None:
    lines = ANNOTATIONS.read_text(encoding="utf-8").splitlines()
    annotated = [json.loads(line) for line in lines]
    gold = {entry["report"]: entry["items"] for entry in annotated}
    standard, spot = load_standard(), load_recognisers()
    for half in ("held out", "tuned on"):
        names = [entry["report"] for entry in annotated if entry["half"] == half]
        wanted, found, right, listed = (Counter[str]() for _ in range(4))
        for name in names:
            report = read_gold_report(ROOT / "corpus" / "reports" / f"{name}.md", standard).report
            items = [i for i in find_personal_data(report, spot) if i.region is Region.ANNEX]
            for item in gold[name]:
                wanted[item["kind"]] += 1
                hit = _covered(item, items)
                found[item["kind"]] += hit
                if not hit and "--misses" in sys.argv:
                    print("missed", name, item["kind"], item["text"], _around(report, item))
            for personal in items:
                listed[personal.kind.value] += 1
                hit = any(_overlap(personal, item) for item in gold[name])
                right[personal.kind.value] += hit
                if not hit and "--misses" in sys.argv:
                    print("wrong ", name, personal.kind.value, personal.text, personal.place)
        print(f"\n{half}: {len(names)} reports, {wanted.total()} items")
        print(f"{'':28}{'found':>12}{'recall':>8}   {'right':>12}{'precision':>10}")
        for kind in (*sorted({*wanted, *listed}, key=lambda k: -wanted[k]), "all"):
            counts = [
                c.total() if kind == "all" else c[kind] for c in (found, wanted, right, listed)
            ]
            print(f"{kind:28}{_share(*counts[:2], 8)}   {_share(*counts[2:], 10)}")


def _share(part: int, whole: int, width: int) -> str:
    return f"{part:>5} of {whole:<3}" + (f"{part / whole:>{width}.2f}" if whole else " " * width)


def _end(item: dict[str, object]) -> int:
    return int(item["start"]) + len(str(item["text"]))


def _overlap(personal: PersonalItem, item: dict[str, object]) -> bool:
    end = personal.start + len(personal.text)
    return (
        personal.block == item["block"] and personal.start < _end(item) and int(item["start"]) < end
    )


def _covered(item: dict[str, object], items: Sequence[PersonalItem]) -> bool:
    """Whether every letter and digit of it stands in some finding."""
    left = {
        place for place, sign in enumerate(str(item["text"]), int(item["start"])) if sign.isalnum()
    }
    for personal in items:
        if personal.block == item["block"]:
            left -= set(range(personal.start, personal.start + len(personal.text)))
    return not left


def _around(report: Report, item: dict[str, object]) -> str:
    text = report.blocks[int(item["block"])].text
    return repr(text[max(0, int(item["start"]) - 30) : _end(item) + 20])


if __name__ == "__main__":
    main()
