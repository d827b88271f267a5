"""One worker process and the patience we have with it."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

# Importing the engine and its fonts takes seconds on a cold, slow machine; that is not the diagram's fault.
START_LIMIT = 30.0
LONGEST_ANSWER = 16 * 1024 * 1024


class WorkerError(Exception):
    """The worker is of no more use. ``hung``: it ran out of time; ``started``: it had begun to answer."""

    def __init__(self, reason: str, *, hung: bool = False, started: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hung = hung
        self.started = started


class Worker:
    """Runs ``command`` over a batch; use it as a context manager, the process never outlives the block."""

    def __init__(self, command: Sequence[str], dots: Sequence[str], time_limit: float) -> None:
        self._command = list(command)
        self._dots = dots
        self._time_limit = time_limit
        self._lines: queue.Queue[bytes] = queue.Queue(maxsize=2)
        self._closing = False

    def __enter__(self) -> Worker:
        """Start the process."""
        # An empty folder of its own: nothing to read, and nothing of ours to write into.
        self._folder = tempfile.TemporaryDirectory(prefix="journeybook-", ignore_cleanup_errors=True)
        folder = Path(self._folder.name)
        (folder / "in").write_text("".join(json.dumps(dot) + "\n" for dot in self._dots), encoding="utf-8")
        (folder / "empty").mkdir()
        with (folder / "in").open("rb") as questions:
            self._process = subprocess.Popen(  # noqa: S603  our own module or a fixed program
                self._command,
                stdin=questions,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=folder / "empty",
                env=_environment(),
                start_new_session=os.name == "posix",
            )
        stdout = self._process.stdout
        assert stdout is not None  # noqa: S101  because of PIPE above
        self._reader = threading.Thread(target=self._read, args=(stdout,), daemon=True)
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End it, whatever it is doing."""
        self._closing = True
        # The whole session: a `dot` that the worker started must not outlive it.
        with contextlib.suppress(OSError):
            if os.name == "posix":
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        self._process.wait()
        while self._reader.is_alive():  # it may be waiting for room in the queue
            with contextlib.suppress(queue.Empty):
                self._lines.get(timeout=0.05)
        self._folder.cleanup()

    def answers(self) -> Iterator[Any]:
        """A ``json0`` document or None (refused) for each DOT, in order; raises :class:`WorkerError`."""
        ready = self._answer(START_LIMIT, started=False)
        if ready.get("ready") is not True:
            reason = str(ready.get("error", "it printed something else than an answer"))
            raise WorkerError(reason[:300], started=False)
        for index in range(len(self._dots)):
            answer = self._answer(self._time_limit)
            if answer.get("index") != index:
                raise WorkerError("the engine answered out of turn")
            yield answer.get("json0")

    def _answer(self, limit: float, started: bool = True) -> dict[str, Any]:
        try:
            line = self._lines.get(timeout=limit)
        except queue.Empty:
            raise WorkerError(f"it took longer than {limit:g} s", hung=True, started=started) from None
        if not line.endswith(b"\n"):
            raise WorkerError("the engine stopped or printed too much", started=started)
        try:
            answer = json.loads(line)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise WorkerError("the engine printed something else than an answer", started=started)
        return answer

    def _read(self, stdout: IO[bytes]) -> None:
        """Lines from the worker; an empty or unfinished one says that there will be no more."""
        with stdout:
            while not self._closing:
                line = stdout.readline(LONGEST_ANSWER)
                self._lines.put(line)
                if not line.endswith(b"\n"):
                    return


def command(*arguments: str) -> list[str]:
    """How the worker module is started: our interpreter, without the current folder on its path."""
    return [sys.executable, "-P", "-m", "journeybook.diagrams.worker", *arguments]


def _environment() -> dict[str, str]:
    """As little as possible. ``SERVER_NAME`` makes Graphviz refuse to open any file a diagram might name."""
    kept = ("PATH", "SYSTEMROOT", "SystemRoot", "TEMP", "TMP", "HOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "PYTHONPATH": os.pathsep.join(part for part in sys.path if part and Path(part).is_absolute()),
        "PYTHONIOENCODING": "utf-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "SERVER_NAME": "journeybook",
    }
