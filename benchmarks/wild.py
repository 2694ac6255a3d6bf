"""Whether the reader survives any file: reads a folder of them, each in a process apart.

python benchmarks/wild.py FOLDER

Prints the files by outcome with an example of each message, then the times. Anything but a report
or a typed error is a bug, and so is a reader that was brought down or computed past the time limit.
The clock is given PATIENCE times that limit, so that a busy machine makes no bugs. Exit code 1 if
there is any.
"""

import resource
import statistics
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from wbp_check import UnreadableReport
from wbp_check.read.apart import MOST_SECONDS, read_report_apart

SUFFIXES = (".docx", ".docm", ".dotx", ".dotm", ".pdf")
PROCESSES = 2
PATIENCE = 20
SLOWEST = 8
EXAMPLES = 3
BUG = "BUG"
_BROUGHT_DOWN = "brought its reader down"


@dataclass(frozen=True, slots=True)
class Read:
    """What became of a file, what was said, and the seconds it took, the new process included."""

    path: Path
    outcome: str
    says: str
    seconds: float
    computing: float


def main() -> None:
    folder = Path(sys.argv[1])
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    results: list[Read] = []
    with ProcessPoolExecutor(PROCESSES) as pool:
        for read in pool.map(_read, paths):
            results.append(read)
            if read.outcome.startswith(BUG) or len(results) % 100 == 0:
                print(f"{len(results):6,}  {read.outcome}: {read.path.name}", file=sys.stderr)
    _print(results)
    sys.exit(any(read.outcome.startswith(BUG) for read in results))


def _print(results: list[Read]) -> None:
    print(f"{len(results):,} files")
    for outcome, files in Counter(read.outcome for read in results).most_common():
        print(f"{files:6,}  {outcome}")
        same = [read for read in results if read.outcome == outcome]
        for read in same[: None if outcome.startswith(BUG) else EXAMPLES]:
            print(f"          {read.path.name}: {read.says}")
    for name, field in (("on the clock", "seconds"), ("computing", "computing")):
        order = sorted(results, key=lambda read: -getattr(read, field))
        times = [getattr(read, field) for read in results]
        print(f"seconds {name}: median {statistics.median(times):.2f}; slowest:")
        for read in order[:SLOWEST]:
            print(f"{getattr(read, field):7.2f}  {read.path.name}")


def _read(path: Path) -> Read:
    data = path.read_bytes()
    start, before = time.perf_counter(), _computing()
    try:
        report = read_report_apart(data, path.name, seconds=PATIENCE * MOST_SECONDS)
        outcome, says = "read", f"{len(report.blocks)} blocks"
    except UnreadableReport as error:
        outcome, says = type(error).__name__, str(error)
        if _BROUGHT_DOWN in says:
            outcome = f"{BUG}: the reader fell"
    except Exception as error:  # whatever it is, it is what we look for
        outcome, says = f"{BUG}: {type(error).__name__}", str(error)
    seconds, computing = time.perf_counter() - start, _computing() - before
    if computing > MOST_SECONDS:
        outcome = f"{BUG}: computed past the time limit"
    return Read(path, outcome, says, seconds, computing)


def _computing() -> float:
    """Seconds of computing of all processes that this one started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
