"""Work shared out among copies of the process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from journeybook import workers


def squares(share: range) -> list[tuple[int, int]]:
    """Each position's square, and who worked it out."""
    return [(position * position, os.getpid()) for position in share]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_results_come_in_order_from_several_processes() -> None:
    """Two copies work, and the results stand in the order of the positions."""
    script = (
        "import os, sys; sys.path[:0] = sys.argv[1:]\n"  # a process of its own: this one may have other threads
        "from journeybook import workers; from test_workers import squares\n"
        "found = workers.shared_out(squares, workers.WORTH_IT + 1, 2)\n"
        "assert [value for value, _ in found] == [n * n for n in range(workers.WORTH_IT + 1)]\n"
        "print(len({who for _, who in found} - {os.getpid()}))")
    done = subprocess.run([sys.executable, "-c", script, str(Path(__file__).parent)], capture_output=True, text=True,
                          check=True)
    assert done.stdout == "2\n"


@pytest.mark.parametrize(("count", "copies"), [(workers.WORTH_IT - 1, 2), (workers.WORTH_IT, 1), (0, 4)])
def test_little_work_is_done_here(count: int, copies: int) -> None:
    """Few positions, or one worker, start no copies."""
    assert {who for _, who in workers.shared_out(squares, count, copies)} <= {os.getpid()}


def test_what_goes_wrong_in_a_copy_shows_as_it_would_here() -> None:
    """An exception in a copy comes again, as itself, from the work done here."""
    def faulty(share: range) -> list[int]:
        raise ValueError("position 3 cannot be drawn")

    with pytest.raises(ValueError, match="position 3"):
        workers.shared_out(faulty, workers.WORTH_IT, 2)


def test_a_killed_copy_costs_time_only() -> None:
    """A copy that is killed (out of memory, say) does not fail the work."""
    here = os.getpid()

    def mortal(share: range) -> list[int]:
        if os.getpid() != here:
            os._exit(9)
        return list(share)

    assert workers.shared_out(mortal, workers.WORTH_IT, 2) == list(range(workers.WORTH_IT))
