"""The port behind which Graphviz lays out: DOT in, positions out, and a bad diagram costs only itself.

The engine runs in a worker process (:mod:`journeybook.diagrams.worker`) that answers one line per diagram, so
that a hang, a crash or nonsense is pinned on the diagram that caused it; the worker is ended and a fresh one
goes on behind it. Answers are checked against the DOT they belong to before anybody draws from them.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shutil
import subprocess
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from journeybook.diagrams.cache import LayoutCache
from journeybook.diagrams.geometry import Box, Layout, Point, Route, UnusableError, from_json0
from journeybook.diagrams.process import Worker, WorkerError, command
from journeybook.frozen import dataclass

__all__ = ["Box", "Graphviz", "Layout", "Point", "Route"]

BATCH = 500
# An engine that hangs on everything must not cost a time limit for each of a thousand diagrams.
GIVE_UP_AFTER = 4
_PROBE = "digraph g {\n\tn0 [width=1]\n\tn1 [width=1]\n\tn0 -> n1 [id=e0]\n}\n"


@dataclass(frozen=True, slots=True)
class Engine:
    """One way to run Graphviz: its name, what version answers, and the command of its worker."""

    name: str
    version: str
    command: tuple[str, ...]


class Graphviz:
    """Lays out many diagrams. ``engine``: auto, embedded, dot or none; ``time_limit``: seconds for each."""

    def __init__(
        self, *, engine: str = "auto", cache_dir: Path | None = None, time_limit: float = 10.0
    ) -> None:
        self.failures: list[str] = []
        self._wanted = engine
        self._cache = LayoutCache(cache_dir)
        self._time_limit = time_limit
        self._engines: tuple[Engine, ...] | None = None

    def layout(self, dots: Sequence[str]) -> list[Layout | None]:
        """One entry per DOT text, None where words must do; the reason is added to ``failures``."""
        results: list[Layout | None] = [None] * len(dots)
        engines = self._available()
        if dots and not engines and self._wanted != "none":
            self.failures.append("No diagram engine is installed, so diagrams are shown as words.")
        for engine in engines:
            if self._run(engine, dots, results):
                break
        return results

    def describe(self) -> tuple[tuple[str, str, bool, str], ...]:
        """(engine, version, usable, note) for each engine there could be. Tries them out: takes a moment."""
        rows = []
        for name, found, missing in (
            ("embedded", _embedded(), "The pygraphviz package is not installed."),
            ("dot", _dot(), "There is no dot program on PATH."),
        ):
            if found is None:
                rows.append((name, "", False, missing))
                continue
            trial = Graphviz(engine=name, time_limit=self._time_limit)
            usable = trial.layout([_PROBE])[0] is not None
            rows.append((name, found.version, usable, " ".join(trial.failures) or "Works."))
        return tuple(rows)

    def _available(self) -> tuple[Engine, ...]:
        if self._engines is None:
            finders: dict[str, tuple[Callable[[], Engine | None], ...]] = {
                "auto": (_embedded, _dot), "embedded": (_embedded,), "dot": (_dot,)}
            found = [find() for find in finders.get(self._wanted, ())]
            self._engines = tuple(engine for engine in found if engine is not None)
        return self._engines

    def _run(self, engine: Engine, dots: Sequence[str], results: list[Layout | None]) -> bool:
        """Fill in all that is missing; False when this engine cannot run and the next one should try."""
        for index, dot in enumerate(dots):
            results[index] = results[index] or self._cache.get(engine.name, engine.version, dot)
        todo = [index for index, found in enumerate(results) if found is None]
        hung, alone = 0, False
        while todo:
            batch = todo[:1] if alone else todo[:BATCH]
            answered, failure = self._batch(engine, dots, batch, results)
            todo = todo[answered:]
            if failure is None:
                hung, alone = 0, False
            elif not failure.started:
                self.failures.append(f"The diagram engine “{engine.name}” does not start: {failure.reason}.")
                return False
            elif not failure.hung and not alone:
                alone = True  # once more by itself, in case a neighbour's mess brought it down
            else:
                self._give_up(todo[0], len(dots), failure.reason)
                todo, alone = todo[1:], False
                hung = hung + 1 if failure.hung else 0
            if hung >= GIVE_UP_AFTER and todo:
                self.failures.append(f"The diagram engine keeps hanging; {len(todo)} more were not tried.")
                break
        return True

    def _batch(
        self, engine: Engine, dots: Sequence[str], batch: Sequence[int], results: list[Layout | None]
    ) -> tuple[int, WorkerError | None]:
        """How many of the batch were answered, well or not, and what stopped it before the end."""
        answered = 0
        try:
            with Worker(engine.command, [dots[index] for index in batch], self._time_limit) as worker:
                for index, answer in zip(batch, worker.answers(), strict=False):
                    self._take(engine, dots, index, answer, results)
                    answered += 1
        except WorkerError as failure:
            return answered, failure
        except OSError as error:
            return answered, WorkerError(error.strerror or "it cannot be run", started=False)
        return answered, None

    def _take(
        self, engine: Engine, dots: Sequence[str], index: int, answer: object, results: list[Layout | None]
    ) -> None:
        """Check one answer and keep it."""
        try:
            if answer is None:
                raise UnusableError("the engine refused it")
            layout = from_json0(answer, dots[index])
        except UnusableError as error:
            self._give_up(index, len(dots), str(error))
        else:
            results[index] = layout
            self._cache.put(engine.name, engine.version, dots[index], layout)

    def _give_up(self, index: int, of: int, reason: str) -> None:
        self.failures.append(f"Diagram {index + 1} of {of} could not be laid out: {reason}.")


@cache
def _embedded() -> Engine | None:
    """The Graphviz inside the pygraphviz package; found without importing it."""
    if importlib.util.find_spec("pygraphviz") is None:
        return None
    version = importlib.metadata.version("pygraphviz")
    return Engine("embedded", f"pygraphviz {version}", tuple(command("embedded")))


def _dot() -> Engine | None:
    """The ``dot`` program on PATH."""
    path = shutil.which("dot")
    return _program(path) if path else None


@cache
def _program(path: str) -> Engine | None:
    try:
        told = subprocess.run([path, "-V"], capture_output=True, text=True, timeout=10, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return Engine("dot", told.stderr.strip().removeprefix("dot - ")[:100], tuple(command("dot", path)))
