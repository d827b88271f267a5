"""Builds one invented atlas with Journeybook and the same content with its peers, and compares.

    python -m bench.run --journeys 10 100 1000 --runs 3 --keep    # what `make bench` does
    python -m bench.run --journeys 10000 --only ours --runs 1
    python -m bench.run --journeys 1000 --check                   # only `journeybook check`

Runs take turns, so that a busy machine slows all; medians are shown. Where other work goes on, the ratio of
processor time says more than that of wall time. It reports, it never fails on timing.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from datetime import time as clock
from importlib.metadata import version
from pathlib import Path
from statistics import median

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.atlas import TODAY, Firm, make_firm, write_atlas
from bench.peers import Peer, peers
from bench.report import Row, table, told

PACKAGES = ("journeybook", "mkdocs", "mkdocs-material", "markdown", "jinja2", "pydantic")
PHASE = re.compile(r"^\s*(?:\d+ )?([\w ]+?) +(\d+) ms$", re.MULTILINE)  # how many pages differs from run to run
MEBI = 1024 * 1024
RESULTS = Path(__file__).parent / "results"


@dataclass(slots=True)
class Run:
    """One subprocess: seconds on the wall, seconds of the processor, memory at most."""

    wall: float
    processor: float
    memory: float
    phases: dict[str, int]


def run(command: Sequence[str], compiled: Path | None = None) -> Run:
    """Run a command; what it says is shown only when it fails.

    ``compiled`` is where Python keeps compiled modules and `check` its answers, instead of where they usually lie.
    """
    moment = datetime.combine(TODAY, clock(), UTC)
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(int(moment.timestamp())), "NO_MKDOCS_2_WARNING": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # or nothing would ever be compiled, unlike where it is installed
    if compiled:
        environment |= {"PYTHONPYCACHEPREFIX": str(compiled), "XDG_CACHE_HOME": str(compiled)}  # kept answers too
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        started = time.perf_counter()
        child = os.posix_spawn(command[0], command, environment, file_actions=[
            (os.POSIX_SPAWN_DUP2, said.fileno(), 1), (os.POSIX_SPAWN_DUP2, said.fileno(), 2)])
        _, status, usage = os.wait4(child, 0)
        wall = time.perf_counter() - started
        said.seek(0)
        text = said.read()
    if status:
        raise SystemExit(f"{' '.join(command)} failed:\n{text[-4000:]}")
    unit = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / MEBI,
               {name: int(milliseconds) for name, milliseconds in PHASE.findall(text)})


def measure(firm: Firm, places: dict[str, Path], those: Sequence[Peer], runs: int) -> dict[str, list[Run]]:
    """The runs of every way, taking turns: with nothing kept, then with one journey edited since."""
    found: dict[str, list[Run]] = {}
    idents = list(firm.journeys)
    for turn in range(runs):
        edited = idents[(turn + 1) * len(idents) // (runs + 1)]
        for peer in those:
            place = places[peer.name]
            for left in (*peer.kept, peer.output):
                shutil.rmtree(place / left, ignore_errors=True)
            found.setdefault(f"{peer.name}, cold", []).append(run(peer.command(place, True)))
            if peer.name == "ours":
                run(peer.command(place, False))  # a cold build of ours keeps nothing
            _edit(place / peer.pages(firm, edited), firm.journeys[edited]["goal"])
            found.setdefault(f"{peer.name}, edited", []).append(run(peer.command(place, False)))
        if "ours" in places:
            measure_check(places["ours"], found)
        print(f"turn {turn + 1} of {runs}: " + ", ".join(
            f"{name} {entries[-1].wall:.2f} s" for name, entries in found.items()), file=sys.stderr)
    return found


def _edit(path: Path, goal: str) -> None:
    """One word more in a journey's goal, wherever it is written."""
    text = path.read_text("utf-8")
    if goal not in text:
        raise SystemExit(f"{path} does not say {goal!r}")
    path.write_text(text.replace(goal, f"{goal} soon", 1), "utf-8")


def measure_check(ours: Path, found: dict[str, list[Run]]) -> None:
    """``journeybook check`` three times: as on a new machine (nothing compiled, no cache), then with Python's modules
    compiled as an installer leaves them but no answer known, then with the answer known.
    """
    check = (sys.executable, "-m", "journeybook", "check", "-q", "-v", "-f", str(ours / "mkdocs.yml"), "--format",
             "json", "--fail-on", "never")
    with tempfile.TemporaryDirectory(prefix="journeybook-bench-") as compiled:
        for name in ("check, cold", "check, anew", "check, warm"):
            if name != "check, warm":
                for left in (ours / ".cache", ours / ".journeybook", Path(compiled) / "journeybook"):
                    shutil.rmtree(left, ignore_errors=True)
            found.setdefault(name, []).append(run(check, compiled=Path(compiled)))


def measured(journeys: int, given: argparse.Namespace) -> dict[str, object]:
    """All figures of one size."""
    those = [peer for peer in peers(given.zensical) if not given.only or peer.name.split()[0].lower().strip(",") in
             [name.lower() for name in given.only]]
    with tempfile.TemporaryDirectory(prefix="journeybook-bench-") as folder:
        firm = make_firm(journeys, given.seed, dense=given.dense)
        if given.check:
            write_atlas(firm, Path(folder))
            found: dict[str, list[Run]] = {}
            for _ in range(given.runs):
                measure_check(Path(folder), found)
            rows = [_row(name, entries, None) for name, entries in found.items()]
        else:
            places = {peer.name: Path(folder) / f"{number}" for number, peer in enumerate(those)}
            for peer in those:
                peer.write(firm, places[peer.name])
            found = measure(firm, places, those, given.runs)
            sites = {f"{peer.name}, cold": places[peer.name] / peer.output for peer in those}
            rows = [_row(name, entries, sites.get(name)) for name, entries in found.items()]
    phases = {name: {phase: median(entry.phases.get(phase, 0) for entry in entries)
                     for phase in entries[0].phases} for name, entries in found.items() if entries[0].phases}
    print(told(rows, phases, journeys), end="\n\n")
    return {"journeys": journeys, "rows": [asdict(row) for row in rows], "phases": phases,
            "runs": {name: [asdict(entry) for entry in entries] for name, entries in found.items()}}


def _row(name: str, entries: list[Run], site: Path | None) -> Row:
    row = Row(name, median(e.wall for e in entries), median(e.processor for e in entries),
              median(e.memory for e in entries))
    if site:
        files = [path for path in site.rglob("*") if path.is_file()]
        row.pages = sum(path.suffix == ".html" for path in files)
        row.megabytes = sum(path.stat().st_size for path in files) / 1e6
    return row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--journeys", type=int, nargs="+", default=[400], help="how large; sizes one after another")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--dense", action="store_true", help="journeys with more stages and steps")
    parser.add_argument("--only", nargs="+", metavar="PEER", help="ours, stock, zensical, hugo")
    parser.add_argument("--zensical", default="", metavar="PROGRAM", help="where it is, if not on the path")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures to a file")
    parser.add_argument("--keep", action="store_true", help="keep figures and table in bench/results/, by the date")
    parser.add_argument("--check", action="store_true", help="only measure `journeybook check`")
    given = parser.parse_args()
    versions = {package: version(package) for package in PACKAGES}
    versions |= {peer.name: peer.version for peer in peers(given.zensical)}
    machine = (f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
               f"{os.cpu_count()} cores")
    print(f"seed {given.seed}, median of {given.runs} runs; {machine}")
    print(", ".join(f"{package} {number}" for package, number in versions.items()), end="\n\n")
    sizes = [measured(journeys, given) for journeys in given.journeys]
    day = datetime.now(UTC).date().isoformat()
    whole = {"date": day, "seed": given.seed, "runs": given.runs, "machine": machine, "versions": versions,
             "sizes": sizes}
    text = f"{table(whole)}\n"
    print(text)
    kept = [given.json] if given.json else []
    if given.keep:
        RESULTS.mkdir(exist_ok=True)
        kept.append(RESULTS / f"{day}.json")
        (RESULTS / f"{day}.md").write_text(text, "utf-8")
    for path in kept:
        path.write_text(json.dumps(whole, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
