"""Whether the reader survives any Word file: reads a folder of them, each in a process apart.

python benchmarks/wild_docx.py FOLDER

Prints the files by outcome with an example of each message, then the times. Anything but a report
or a typed error is a bug, and so is a reader that was brought down. Exit code 1 if there is any.
"""

import statistics
import sys
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from wbp_check import UnreadableReport
from wbp_check.read.apart import MOST_SECONDS, read_report_apart

SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
PROCESSES = 2
SLOWEST = 8
EXAMPLES = 3
LATE = "BUG: stopped at the time limit"
_BROUGHT_DOWN = "brought its reader down"


def main() -> None:
    folder = Path(sys.argv[1])
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    with ThreadPoolExecutor(PROCESSES) as pool:
        results = list(pool.map(_outcome, paths))
    # The limit is by the clock: where other jobs took the machine, a file gets a second try alone.
    results = [
        _outcome(path) if result[0] == LATE else result
        for path, result in zip(paths, results, strict=True)
    ]
    by_outcome: dict[str, list[tuple[Path, str]]] = defaultdict(list)
    for path, (outcome, message, _) in zip(paths, results, strict=True):
        by_outcome[outcome].append((path, message))
    print(f"{len(paths):,} files")
    for outcome, files in sorted(by_outcome.items(), key=lambda item: -len(item[1])):
        print(f"{len(files):6,}  {outcome}")
        for path, message in files[: None if outcome.startswith("BUG") else EXAMPLES]:
            print(f"          {path.name}: {message}")
    seconds = [each for _, _, each in results]
    slowest = sorted(zip(seconds, paths, strict=True), reverse=True)[:SLOWEST]
    print(f"median {statistics.median(seconds):.2f} s; slowest:")
    for each, path in slowest:
        print(f"{each:7.2f} s  {path.name}")
    sys.exit(any(outcome.startswith("BUG") for outcome in by_outcome))


def _outcome(path: Path) -> tuple[str, str, float]:
    """What became of a file, what was said, and the seconds it took, the new process included."""
    data = path.read_bytes()
    start = time.perf_counter()
    try:
        report = read_report_apart(data, path.name)
        outcome, message = "read", f"{len(report.blocks)} blocks"
    except UnreadableReport as error:
        outcome, message = type(error).__name__, str(error)
        if _BROUGHT_DOWN in message:
            outcome = "BUG: the reader fell"
    except Exception as error:  # whatever it is, it is what we look for
        outcome, message = f"BUG: {type(error).__name__}", str(error)
    seconds = time.perf_counter() - start
    if seconds > MOST_SECONDS:
        outcome = LATE
    return outcome, message, seconds


if __name__ == "__main__":
    main()
