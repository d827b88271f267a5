"""The layout engine's own process: ``python -m journeybook.diagrams.worker embedded``, or ``… dot <path>``.

Reads one JSON string (a DOT text) per line, answers one JSON line each: ``{"index": 0, "json0": {…}}`` or
``{"index": 0, "error": "…"}``, after a first line ``{"ready": true}``. It shares nothing with the build:
Graphviz is C code whose work depends on what contributors wrote; here it may hang, crash or eat memory.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

MEMORY = 2 * 1024**3
PROCESSOR_SECONDS = 600


def main(arguments: list[str]) -> int:
    """Answer until the input ends."""
    _limit()
    # Graphviz and its libraries print warnings; only our own lines may reach the parent.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    try:
        layout = _embedded() if arguments[0] == "embedded" else _program(arguments[1])
    except Exception as error:
        _say(answers, {"error": f"{type(error).__name__}: {error}"})
        return 1
    _say(answers, {"ready": True})
    for index, line in enumerate(sys.stdin):
        try:
            answer = {"index": index, "json0": json.loads(layout(json.loads(line)))}
        except Exception as error:
            answer = {"index": index, "error": f"{type(error).__name__}: {error}"[:300]}
        _say(answers, answer)
    return 0


def _say(answers: Any, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer, separators=(",", ":")) + "\n")
    answers.flush()


def _limit() -> None:
    """Bounds for memory and time, where the system has them; no core files either way."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for what, limit in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
    ):
        _, hard = resource.getrlimit(what)
        ceiling = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        try:
            resource.setrlimit(what, (ceiling, hard))
        except (OSError, ValueError):
            continue  # macOS refuses some of them; the parent's time limit still holds


def _embedded() -> Callable[[str], bytes]:
    """Graphviz inside this process."""
    import pygraphviz

    def layout(dot: str) -> bytes:
        graph = pygraphviz.AGraph(string=dot)
        try:
            drawn: bytes = graph.draw(format="json0", prog="dot")
        finally:
            graph.close()
        return drawn

    return layout


def _program(path: str) -> Callable[[str], bytes]:
    """Graphviz's ``dot`` program, once per diagram; it inherits our limits."""

    def layout(dot: str) -> bytes:
        command = [path, "-Tjson0"]  # the path is from PATH, the diagram goes to stdin
        done = subprocess.run(command, input=dot.encode(), capture_output=True, check=True)  # noqa: S603
        return done.stdout

    return layout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
