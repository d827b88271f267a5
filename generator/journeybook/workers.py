"""Work shared out among copies of this process.

A forked copy sees all that was read so far without a byte being copied; only results travel back. That needs a
system that can fork (Linux) and a process without other threads: elsewhere, and for little work, everything is
done here. The result is the same, in the same order.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar, cast

T = TypeVar("T")
WORTH_IT = 120  # pages; below it starting copies costs more than they save
_task: Callable[[range], object] | None = None  # what a copy finds to do: set before it is made


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def shared_out(task: Callable[[range], list[T]], count: int, workers: int) -> list[T]:
    """``task(range(count))``, its results in order, worked on by up to ``workers`` copies of this process.

    ``task`` gets a range of positions and returns one result for each. Where a copy fails the work is done again
    here, so that what is wrong shows as it would have without copies.
    """
    global _task
    alone = workers < 2 or count < WORTH_IT or sys.platform != "linux" or threading.active_count() > 1
    if alone:
        return task(range(count))
    shares = [range(first, count, workers) for first in range(workers)]
    _task = task
    try:
        with ProcessPoolExecutor(workers, multiprocessing.get_context("fork")) as pool:
            parts = cast("list[list[T]]", list(pool.map(_do, shares)))
    except Exception:  # whatever it was: doing it here will tell
        return task(range(count))
    finally:
        _task = None
    found: dict[int, T] = {}
    for share, part in zip(shares, parts, strict=True):
        found.update(zip(share, part, strict=True))
    return [found[position] for position in range(count)]


def _do(share: range) -> object:
    if _task is None:  # pragma: no cover - a copy is made after it is set
        raise RuntimeError("nothing to do")
    return _task(share)
