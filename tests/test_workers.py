"""Work shared out among copies of the process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from journeybook import workers


def squares(share: range) -> list[tuple[int, int]]:
    """Each position's square, and who worked it out; it takes so long that one copy cannot do all alone."""
    time.sleep(0.3)
    return [(position * position, os.getpid()) for position in share]


CHECKOUT = Path(__file__).parents[1]
FORKS = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
SAME = """
import os, sys; sys.path.insert(0, sys.argv[1])
from datetime import date
from pathlib import Path
from journeybook import workers
from journeybook.adapters.editor import schema_text
from journeybook.reading import read_book
from journeybook.settings import Limits, Settings
workers.WORTH_IT = 2
fork, forks = os.fork, []
os.fork = lambda: forks.append(1) or fork()
for name in sys.argv[2:]:
    folder = Path(name)
    settings = Settings(folder, folder / "maps" if (folder / "maps").is_dir() else folder, today=date(2026, 11, 21),
                        limits=Limits(problems_per_run=100_000))
    alone, together = read_book(settings), read_book(settings, workers=3)
    assert [*map(repr, together.problems)] == [*map(repr, alone.problems)], name
    assert together.documents == alone.documents and list(together.documents) == list(alone.documents), name
    assert schema_text(together) == schema_text(alone), name
    assert repr(together.atlas.journeys) == repr(alone.atlas.journeys), name
print(len(forks) >= 2 * len(sys.argv[2:]), len(together.problems) > 1_000)
"""


@FORKS
def test_an_atlas_read_by_several_processes_is_the_same(tmp_path: Path) -> None:
    """Every demo, and all bad inputs as one atlas: the same records and problems, in the same order, with copies and
    without.
    """
    shutil.copytree(CHECKOUT / "tests/cases/bad", tmp_path / "bad", symlinks=True)
    folders = [CHECKOUT, *sorted((CHECKOUT / "examples").iterdir()), tmp_path / "bad"]
    done = subprocess.run([sys.executable, "-c", SAME, str(CHECKOUT / "generator"), *map(str, folders)],
                          capture_output=True, text=True, check=False)
    assert done.stdout == "True True\n", done.stderr


@FORKS
def test_what_a_lost_copy_did_not_bring_is_done_here() -> None:
    """A copy that is killed over a position leaves no gap, and every position comes once."""
    script = (
        "import os, sys; sys.path[:0] = sys.argv[1:]\n"
        "from journeybook import workers\n"
        "here, (gone, held) = os.getpid(), os.pipe()\n"
        "def task(position):\n"
        "    if os.getpid() != here and position % 50 == 7: os._exit(9)\n"
        "    return position, os.getpid()\n"
        "def after_the_copies(position):\n"  # or this process may have done all before they get to it
        "    global held\n"
        "    if os.getpid() == here and held:\n"
        "        os.close(held); held = 0; os.read(gone, 1)\n"  # its end comes when the last copy is killed
        "    return task(position)\n"
        "found = list(workers.alongside(after_the_copies, 400, 3))\n"
        "assert sorted(position for position, _ in found) == list(range(400))\n"
        "assert all(value[0] == position for position, value in found)\n"
        "who = dict(value for _, value in found)\n"
        "print(set(who.values()) > {here}, who[7] == here, who[57] == here)")
    done = subprocess.run([sys.executable, "-c", script, str(CHECKOUT / "generator")], capture_output=True, text=True,
                          check=True)
    assert done.stdout == "True True True\n"


@FORKS
def test_results_come_in_order_from_several_processes() -> None:
    """A copy works as well as the process that asked, and the results stand in the order of the positions."""
    script = (
        "import os, sys; sys.path[:0] = sys.argv[1:]\n"  # a process of its own: this one may have other threads
        "from journeybook import workers; from test_workers import squares\n"
        "count = workers.MOST_AT_ONCE * 3 + 1\n"
        "found = workers.shared_out(squares, workers.shares(count, 2), 2, count)\n"
        "assert [value for value, _ in found] == [n * n for n in range(count)]\n"
        "print(len({who for _, who in found}))")
    done = subprocess.run([sys.executable, "-c", script, str(Path(__file__).parent)], capture_output=True, text=True,
                          check=True)
    assert done.stdout == "2\n"


@pytest.mark.parametrize(("count", "copies"), [(workers.WORTH_IT - 1, 2), (workers.WORTH_IT, 1), (0, 4)])
def test_little_work_is_done_here(count: int, copies: int) -> None:
    """Few positions, or one worker, start no copies."""
    found = workers.shared_out(squares, workers.shares(count, copies), copies, count)
    assert {who for _, who in found} <= {os.getpid()}


def test_what_goes_wrong_in_a_copy_shows_as_it_would_here() -> None:
    """An exception in a copy comes again, as itself, from the work done here."""
    def faulty(share: range) -> list[int]:
        raise ValueError("position 3 cannot be drawn")

    with pytest.raises(ValueError, match="position 3"):
        workers.shared_out(faulty, workers.shares(400, 2), 2, 400)


def test_a_killed_copy_costs_time_only() -> None:
    """A copy that is killed (out of memory, say) does not fail the work."""
    here = os.getpid()

    def mortal(share: range) -> list[int]:
        if os.getpid() != here:
            os._exit(9)
        return list(share)

    assert workers.shared_out(mortal, workers.shares(2000, 2), 2, 2000) == list(range(2000))


@pytest.mark.parametrize(("count", "copies", "expected"), [
    (0, 2, []), (1, 4, [1]), (7, 2, [4, 3]), (workers.MOST_AT_ONCE * 2, 1, [workers.MOST_AT_ONCE] * 2)])
def test_shares_are_alike(count: int, copies: int, expected: list[int]) -> None:
    """No share is empty, none is much larger than another or larger than memory has room for."""
    shares = workers.shares(count, copies)
    assert [*map(len, shares)] == expected
    assert sorted(position for share in shares for position in share) == list(range(count))
