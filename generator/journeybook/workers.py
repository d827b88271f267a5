"""Work shared out among copies of this process.

A forked copy sees all that was read so far without a byte being copied; only results travel back. That needs a
system that can fork (Linux) and a process without other threads: elsewhere, and for little work, everything is
done here. The result is the same, in the same order.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import struct
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
TICKET = struct.Struct("=i")  # the first position of a stretch
RESULT = struct.Struct("=iqq")  # a position, and where its result begins and ends in a copy's file
TICKETS = 4096  # so many fit into a pipe at once
WORTH_IT = 120  # files, or as much work; below it starting copies costs more than they save
MOST_AT_ONCE = 500  # positions of a share: what is worked on at once has to fit into memory


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def shares(count: int, workers: int) -> list[range]:
    """The positions of some work, in shares that are much alike: one for each worker, or more where they are many."""
    number = min(count, max(workers, -(-count // MOST_AT_ONCE)))
    return [range(first, count, number) for first in range(number)]


def shared_out(task: Callable[[range], list[T]], parts: Sequence[range], workers: int, size: int) -> list[T]:
    """The results of ``task`` for all positions in ``parts``, in order; up to ``workers`` processes work on them.

    ``task`` gets one of the parts and returns one result for each of its positions. ``size`` says how much work it is,
    as for :func:`alongside`.
    """
    found: dict[int, T] = {}
    for at, results in alongside(lambda at: task(parts[at]), len(parts), workers, size):
        found.update(zip(parts[at], results, strict=True))
    return [found[position] for position in sorted(found)]


def _alone(count: int, workers: int) -> bool:
    return workers < 2 or count < WORTH_IT or sys.platform != "linux" or threading.active_count() > 1


def alongside(task: Callable[[int], T], count: int, workers: int, size: int | None = None) -> Iterator[tuple[int, T]]:
    """Each position and its result, as they are ready; up to ``workers`` processes work, this one included.

    ``size`` says how many things the work is about, where it is not one a position. The copies start at once, before
    the first result is asked for. Whoever is free takes the next position. This process takes one only when no result
    waits for whoever asked, so that what is done with results is work shared out as well. What a copy took and did not
    bring is done here.
    """
    if _alone(count if size is None else size, workers):
        return ((position, task(position)) for position in range(count))
    tickets = _tickets(count)
    copies = [_Copy(lambda: ((position, task(position)) for position in _taken(tickets, count)))
              for _ in range(workers - 1)]
    return _together(task, count, tickets, {copy.news: copy for copy in copies})


def _together(task: Callable[[int], T], count: int, tickets: int,
              copies: dict[int, _Copy]) -> Iterator[tuple[int, T]]:
    missing = set(range(count))
    try:
        for position in _taken(tickets, count):
            for news in select.select(copies, (), (), 0)[0]:
                yield from copies[news].next_result(missing)
            missing.discard(position)
            yield position, task(position)
        for copy in copies.values():
            while copy.alive:
                yield from copy.next_result(missing)
    finally:
        os.close(tickets)
        for copy in copies.values():
            copy.end()
    yield from ((position, task(position)) for position in sorted(missing))


def _tickets(count: int) -> int:
    """A pipe full of the first positions of stretches, from which whoever is free takes one."""
    tickets, desk = os.pipe()
    os.write(desk, b"".join(TICKET.pack(first) for first in range(0, count, _stretch(count))))
    os.close(desk)
    return tickets


def _taken(tickets: int, count: int) -> Iterator[int]:
    while first := os.read(tickets, TICKET.size):
        start: int = TICKET.unpack(first)[0]
        yield from range(start, min(start + _stretch(count), count))


def _stretch(count: int) -> int:
    return count // TICKETS + 1


class _Copy:
    """A forked copy of this process at some work; its results lie in a file that only these two have open."""

    def __init__(self, work: Callable[[], Iterator[tuple[int, object]]]) -> None:
        self.alive = True
        self._file = os.memfd_create("results")
        self.news, told = os.pipe()
        self._process = os.fork()
        if self._process:
            os.close(told)
            return
        end = 0
        try:
            for position, result in work():
                start, end = end, end + _write(self._file, pickle.dumps(result, 5))
                os.write(told, RESULT.pack(position, start, end))
        finally:
            os._exit(0)  # whatever went wrong: doing it there will tell

    def next_result(self, missing: set[int]) -> Iterator[tuple[int, Any]]:
        """The next position and its result, which is then not missing; nothing once the copy has ended."""
        found = os.read(self.news, RESULT.size)
        self.alive = bool(found)
        if found:
            position, start, end = RESULT.unpack(found)
            result = pickle.loads(os.pread(self._file, end - start, start))  # noqa: S301 - our own
            missing.discard(position)
            yield position, result

    def end(self) -> None:
        """Leave nothing behind, whether it is done or not."""
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self.news)
        os.close(self._file)


def _write(file: int, content: bytes) -> int:
    written = 0
    while written < len(content):
        written += os.write(file, memoryview(content)[written:])
    return written
