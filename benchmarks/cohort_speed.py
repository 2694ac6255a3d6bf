"""How fast a cohort is checked, and in how much memory: 100 reports of the corpus as DOCX files.

python benchmarks/cohort_speed.py [JOBS ...]

Prints reports per second (wall clock, start of the processes included), processor seconds a report,
and the peak memory of the parent and of the largest worker. Needs the extra `test`.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from build import LOOKS, to_docx  # noqa: E402
from wbp_check.learn.corpus import read_gold_report  # noqa: E402
from wbp_check.standard import load_standard  # noqa: E402

REPORTS = 100
_OFTEN = 0.2  # seconds between two looks at the processes


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "reports"
        folder.mkdir()
        write_reports(folder)
        for jobs in [int(word) for word in sys.argv[1:]] or [1, 2]:
            print(measure(folder, jobs, Path(name) / f"cohort-{jobs}.xlsx"), flush=True)


def write_reports(folder: Path) -> None:
    standard = load_standard()
    paths = sorted((ROOT / "corpus" / "reports").glob("*.md"))[:REPORTS]
    for number, path in enumerate(paths):
        blocks = read_gold_report(path, standard).report.blocks
        (folder / f"{path.stem}.docx").write_bytes(to_docx(blocks, LOOKS[number % len(LOOKS)]))


def measure(folder: Path, jobs: int, out: Path) -> str:
    command = [sys.executable, "-m", "wbp_check", "cohort", str(folder), "--out", str(out)]
    before = os.times()
    start = time.perf_counter()
    process = subprocess.Popen([*command, "--jobs", str(jobs)], stdout=subprocess.DEVNULL)
    peaks: dict[int, int] = {}
    done = threading.Event()
    watch = threading.Thread(target=watch_memory, args=(process.pid, peaks, done))
    watch.start()
    code = process.wait()
    wall = time.perf_counter() - start
    done.set()
    watch.join()
    after = os.times()
    if code:
        raise SystemExit(f"wbp-check cohort ended with {code}")
    cpu = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    workers = [peak for pid, peak in peaks.items() if pid != process.pid]
    return (
        f"{jobs} jobs: {REPORTS / wall:.2f} reports a second ({wall:.0f} s), {cpu / REPORTS:.2f} "
        f"processor seconds a report; peak memory: parent {peaks[process.pid] / 1024:.0f} MB, "
        f"largest worker {max(workers, default=0) / 1024:.0f} MB; load {os.getloadavg()[0]:.1f}"
    )


def watch_memory(parent: int, peaks: dict[int, int], done: threading.Event) -> None:
    """Peak resident memory in kB of a process and its workers, from /proc. Readers are no workers."""
    while not done.wait(_OFTEN):
        for pid in family(parent):
            try:
                status = Path(f"/proc/{pid}/status").read_text()
                line = Path(f"/proc/{pid}/cmdline").read_bytes()
            except OSError:
                continue
            if b"read.apart" not in line and "VmHWM" in status:
                peaks[pid] = int(status.split("VmHWM:")[1].split()[0])


def family(pid: int) -> list[int]:
    """A process and all that it has started."""
    found = [pid]
    for one in found:
        try:
            tasks = list(Path(f"/proc/{one}/task").iterdir())
            found += [int(c) for task in tasks for c in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


if __name__ == "__main__":
    main()
