"""Reads a report in a process of its own: whatever a file does to its reader, the caller lives on.

Readers of binary formats are where hostile and broken files do their harm, so that the file is
parsed by a child process that has little time, little memory and no right to write a file. The
child gets the bytes on its standard input and answers in lines of JSON: no pickle, because the
child may have been taken over by what it read. Scanned pages take seconds each: before the answer
the child says on which it is, {"progress": [3, 12]}, and has its time anew for each that it names.

`read_report` does the same without a process, for programs that trust their files.
"""

import contextlib
import dataclasses
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

from pydantic import TypeAdapter, ValidationError

import wbp_check.errors as errors
from wbp_check.errors import DamagedReport, ReportTooLarge, UnreadableReport
from wbp_check.read import read_report
from wbp_check.types import Report

MOST_WORK = 30
"""Seconds of computing until the reader is stopped, anew for each scanned page. A report of 12
pages takes less than one."""
MOST_SECONDS = 120.0
"""Seconds of the clock: more than of computing, because a busy machine makes everybody wait."""
SECONDS_A_SCAN = 180.0
"""Until the reader is stopped at scanned pages. They take two to six, more on a busy machine."""
MOST_STEPS = 100
"""How often time is given anew, whatever the child says."""
MOST_MEMORY = 2 * 1024**3
"""Bytes of address space of the reader, libraries included."""
_PROGRESS = b'{"progress":'


def read_report_apart(
    data: bytes,
    name: str,
    *,
    password: str | None = None,
    seconds: float = MOST_SECONDS,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """As `read.read_report`, in a process apart with limits on time and memory.

    Raises an UnreadableReport: those of `read_report`, ReportTooLarge where a limit is reached,
    and DamagedReport where the file brings the reader down.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "wbp_check.read.apart"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    request = json.dumps({"name": name, "password": password}).encode() + b"\n" + data
    feed = threading.Thread(target=_feed, args=(process, request), daemon=True)
    late = threading.Event()

    def alarm_after(limit: float) -> threading.Timer:
        def stop() -> None:
            late.set()
            _kill(process)

        timer = threading.Timer(limit, stop)
        timer.daemon = True
        timer.start()
        return timer

    feed.start()
    alarm = alarm_after(seconds)
    answer = b""
    scanned = ""
    try:
        for count, answer in enumerate(process.stdout or ()):
            step = _step_of(answer)
            if step is None:
                break
            if count < MOST_STEPS:
                alarm.cancel()
                seconds, scanned = SECONDS_A_SCAN, f" at scanned page {step[0]}"
                alarm = alarm_after(seconds)
            if progress is not None:
                progress(*step)
        if not answer:  # it has ended: wait for what ended it
            process.wait()
    finally:
        alarm.cancel()
        _kill(process)
    worked_out = getattr(signal, "SIGXCPU", None)  # none on Windows
    overworked = worked_out is not None and process.returncode == -worked_out
    if late.is_set() or overworked:
        limit = MOST_WORK if overworked else seconds
        raise ReportTooLarge(
            f"{name} takes over {limit:.0f} seconds to read{scanned}, which no report does. "
            "Copy its text into a new Word document and use that."
        )
    return _report_of(answer, name)


def _feed(process: subprocess.Popen[bytes], request: bytes) -> None:
    """Hands the request over while the answer is awaited. A child that died reads nothing."""
    with contextlib.suppress(OSError):
        if process.stdin is not None:
            with process.stdin as stdin:
                stdin.write(request)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Ends the child, and the programs that it has started."""
    if process.poll() is None:
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _step_of(line: bytes) -> tuple[int, int] | None:
    """The page and the number of pages in a line such as {"progress": [3, 12]}; else None."""
    if not line.startswith(_PROGRESS):
        return None
    try:
        page, pages = json.loads(line)["progress"]
        return int(page), int(pages)
    except (ValueError, TypeError, KeyError):
        return None


def _report_of(answer: bytes, name: str) -> Report:
    """The report in a child's answer, or the error that it names. An answer may be anything."""
    try:
        table: dict[str, Any] = json.loads(answer)
        if "error" in table:
            kind = getattr(errors, str(table["error"]), UnreadableReport)
            raise kind(str(table["message"]))
        return TypeAdapter(Report).validate_python(table["report"])
    except (ValueError, TypeError, KeyError, ValidationError) as error:
        raise DamagedReport(
            f"{name} brought its reader down, so it is damaged. Open it in the program that it was "
            "written in, save it under a new name and use that file."
        ) from error


def _limit_this_process() -> None:
    """Little memory, and no file to be written. Where the system knows no such limits, time alone."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    _allow_more_work()


def _allow_more_work() -> None:
    """MOST_WORK seconds of computing from now on."""
    with contextlib.suppress(ImportError):  # Windows
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = round(used.ru_utime + used.ru_stime) + MOST_WORK
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def _answer(request: bytes) -> dict[str, Any]:
    head, _, data = request.partition(b"\n")
    asked = json.loads(head)
    try:
        report = read_report(
            data, asked["name"], password=asked["password"], progress=_say_progress
        )
    except UnreadableReport as error:
        return {"error": type(error).__name__, "message": str(error)}
    except MemoryError:
        message = (
            f"{asked['name']} needs more memory to read than any report does. Copy its text into a "
            "new Word document and use that."
        )
        return {"error": "ReportTooLarge", "message": message}
    return {"report": dataclasses.asdict(report)}


def _say_progress(page: int, pages: int) -> None:
    print(json.dumps({"progress": [page, pages]}), flush=True)
    _allow_more_work()


if __name__ == "__main__":
    _limit_this_process()
    sys.stdout.write(json.dumps(_answer(sys.stdin.buffer.read())))
