"""How long a check takes: cold (a new process) and warm (in one process). Prints medians.

python benchmarks/check_time.py [REPORT]
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

from wbp_check import (
    check_report,
    load_sentence_splitter,
    load_standard,
    load_tagger,
    read_report,
)

RUNS = 5


def main() -> None:
    default = Path(__file__).parents[1] / "examples" / "report.docx"
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    command = [sys.executable, "-m", "wbp_check", "check", str(path), "--json"]
    cold = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        cold.append(time.perf_counter() - start)

    standard, nlp = load_standard(), load_sentence_splitter()
    tagger = load_tagger(standard)
    data = path.read_bytes()
    reading, checking = [], []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        report = read_report(data, path.name)
        middle = time.perf_counter()
        check = check_report(report, standard, nlp, tagger)
        reading.append(middle - start)
        checking.append(time.perf_counter() - middle)
    print(f"{path.name}: {check.words.counted:,} words, {len(check.passages)} passages")
    print(f"cold `wbp-check check`: median {statistics.median(cold):.2f} s of {RUNS}")
    print(
        f"warm: reading {statistics.median(reading[1:]):.3f} s, the rest "
        f"{statistics.median(checking[1:]):.3f} s, medians of {RUNS}"
    )


if __name__ == "__main__":
    main()
