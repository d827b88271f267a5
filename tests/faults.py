"""Builds that end early: each runs in a forked copy of the test, which has all modules loaded, and is killed there."""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from support_site import run

PUBLISH = f"adapters{os.sep}publish.py"


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _counted(limit: int, told: list[int]) -> Callable[[FrameType, str, Any], Any]:
    """Follows the module that swaps sites and kills the process at its ``limit``-th line."""
    def follow(frame: FrameType, event: str, _: Any) -> Any:
        if not frame.f_code.co_filename.endswith(PUBLISH):
            return None
        if event == "line":
            told[0] += 1
            if told[0] == limit:
                _die()
        return follow
    return follow


def forked(work: Callable[[], int]) -> int:
    """The id of a process that does this and ends with its answer; it says nothing."""
    process = os.fork()
    if process:
        return process
    code = 99
    try:
        os.setpgid(0, 0)
        quiet = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(quiet, number)
        code = work()
    finally:
        os._exit(code)
    raise AssertionError


def build(folder: Path, *, die_at_line: int = 0, most_bytes: int = 0, counts: Path | None = None) -> int:
    """A build in a process of its own, which may kill itself or be refused bytes; its id."""
    def work() -> int:
        if most_bytes:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
        told = [0]
        if die_at_line or counts:
            sys.settrace(_counted(die_at_line, told))
        result = run(folder, "build", "--quiet")
        sys.settrace(None)
        if counts:
            counts.write_text(str(told[0]), "utf-8")
        if "Traceback" in result.stderr or "Traceback" in result.output:
            return 98
        return result.exit_code
    return forked(work)


def ended(process: int, after: float | None = None) -> int | None:
    """The exit code of a process, None when it was killed: by ``after`` seconds at the latest, if that is given."""
    if after is not None:
        time.sleep(after)
        os.killpg(process, signal.SIGKILL) if _grouped(process) else os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else None


def _grouped(process: int) -> bool:
    return os.getpgid(process) == process
