"""Builds one invented atlas with Journeybook and the same content with stock Material, and compares.

    python -m bench.run --journeys 400 --runs 3
    python -m bench.run --journeys 1000 --check     # only `journeybook check`

Runs take turns, so that a busy machine slows both; medians are shown. Where other work goes on, the ratio of
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
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from datetime import time as clock
from importlib.metadata import version
from pathlib import Path
from statistics import median

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.atlas import TODAY, make_firm, write_atlas
from bench.natural import write_natural

PACKAGES = ("journeybook", "mkdocs", "mkdocs-material", "markdown", "jinja2", "pydantic")
PHASE = re.compile(r"^\s*([\w ]+?) +(\d+) ms$", re.MULTILINE)
MEBI = 1024 * 1024


@dataclass(slots=True)
class Run:
    """One subprocess: seconds on the wall, seconds of the processor, memory at most."""

    wall: float
    processor: float
    memory: float
    phases: dict[str, int]


@dataclass(slots=True)
class Row:
    """Medians of the runs of one way to build."""

    name: str
    wall: float
    processor: float
    memory: float
    pages: int = 0
    megabytes: float = 0.0


def run(folder: Path, *arguments: str, compiled: Path | None = None) -> Run:
    """Run a command in a folder; what it says is shown only when it fails.

    ``compiled`` is where Python keeps compiled modules and `check` its answers, instead of where they usually lie.
    """
    moment = datetime.combine(TODAY, clock(), UTC)
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(int(moment.timestamp())), "NO_MKDOCS_2_WARNING": "1"}
    if compiled:
        environment |= {"PYTHONPYCACHEPREFIX": str(compiled), "XDG_CACHE_HOME": str(compiled)}  # kept answers too
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        started = time.perf_counter()
        child = os.posix_spawn(sys.executable, [sys.executable, "-m", *arguments], environment, file_actions=[
            (os.POSIX_SPAWN_DUP2, said.fileno(), 1), (os.POSIX_SPAWN_DUP2, said.fileno(), 2)])
        _, status, usage = os.wait4(child, 0)
        wall = time.perf_counter() - started
        said.seek(0)
        text = said.read()
    if status:
        raise SystemExit(f"{' '.join(arguments)} failed in {folder}:\n{text[-4000:]}")
    unit = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / MEBI,
               {name: int(milliseconds) for name, milliseconds in PHASE.findall(text)})


def measure(ours: Path, stock: Path, runs: int) -> dict[str, list[Run]]:
    """The runs of every way, taking turns."""
    found: dict[str, list[Run]] = {"ours, cold": [], "stock": [], "ours, warm": []}
    build = ("journeybook", "build", "-f", str(ours / "mkdocs.yml"))
    for turn in range(runs):
        for left in (ours / ".cache", ours / "site", stock / "site"):
            shutil.rmtree(left, ignore_errors=True)
        found["ours, cold"].append(run(ours, *build, "-v", "--no-cache"))
        found["stock"].append(run(stock, "mkdocs", "build", "-q", "-f", str(stock / "mkdocs.yml")))
        run(ours, *build, "-q")  # fills the cache
        shutil.rmtree(ours / "site")
        found["ours, warm"].append(run(ours, *build, "-v"))
        measure_check(ours, found)
        print(f"turn {turn + 1} of {runs}: " + ", ".join(
            f"{name} {entries[-1].wall:.2f} s" for name, entries in found.items()), file=sys.stderr)
    return found


def measure_check(ours: Path, found: dict[str, list[Run]]) -> None:
    """``journeybook check`` three times: as on a new machine (nothing compiled, no cache), then with Python's modules
    compiled as an installer leaves them but no answer known, then with the answer known.
    """
    check = ("journeybook", "check", "-q", "-v", "-f", str(ours / "mkdocs.yml"), "--format", "json",
             "--fail-on", "never")
    with tempfile.TemporaryDirectory(prefix="journeybook-bench-") as compiled:
        for name in ("check, cold", "check, anew", "check, warm"):
            if name != "check, warm":
                for left in (ours / ".cache", ours / ".journeybook", Path(compiled) / "journeybook"):
                    shutil.rmtree(left, ignore_errors=True)
            found.setdefault(name, []).append(run(ours, *check, compiled=Path(compiled)))


def report(rows: list[Row], phases: dict[str, dict[str, float]], journeys: int) -> str:
    """A table for people."""
    stock = next((row for row in rows if row.name == "stock"), None)
    lines = [f"{'':12}{'wall':>9}{'cpu':>9}{'a journey':>12}{'stock/ours':>12}{'of cpu':>8}{'memory':>10}"
             f"{'pages':>8}{'output':>10}"]
    for row in rows:
        ours = stock if row.name.startswith("ours") else None
        ratio = f"{ours.wall / row.wall:.1f} ×" if ours else ""
        effort = f"{ours.processor / row.processor:.1f} ×" if ours else ""
        size = f"{row.megabytes:.1f} MB" if row.pages else ""
        each = row.wall * 1000 / journeys
        lines.append(f"{row.name:12}{row.wall:>7.2f} s{row.processor:>7.2f} s{each:>9.1f} ms{ratio:>12}{effort:>8}"
                     f"{row.memory:>7.0f} MB{row.pages or '':>8}{size:>10}")
    for name, found in phases.items():
        lines += ["", f"{name}: " + ", ".join(f"{phase} {value:.0f} ms" for phase, value in found.items())]
    return "\n".join(lines)


def _row(name: str, entries: list[Run], site: Path | None) -> Row:
    row = Row(name, median(e.wall for e in entries), median(e.processor for e in entries),
              median(e.memory for e in entries))
    if site:
        files = [path for path in site.rglob("*") if path.is_file()]
        row.pages = sum(path.suffix == ".html" for path in files)
        row.megabytes = sum(path.stat().st_size for path in files) / 1e6
    return row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__,
    formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--journeys", type=int, default=400)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures to a file")
    parser.add_argument("--check", action="store_true", help="only measure `journeybook check`")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="journeybook-bench-") as place:
        ours, stock = Path(place) / "ours", Path(place) / "stock"
        firm = make_firm(given.journeys, given.seed)
        write_atlas(firm, ours)
        if given.check:
            found: dict[str, list[Run]] = {}
            for _ in range(given.runs):
                measure_check(ours, found)
        else:
            write_natural(firm, stock)
            found = measure(ours, stock, given.runs)
        sites = {"ours, cold": ours / "site", "ours, warm": ours / "site", "stock": stock / "site"}
        rows = [_row(name, entries, sites.get(name)) for name, entries in found.items()]
    phases = {name: {phase: median(entry.phases.get(phase, 0) for entry in entries)
                     for phase in entries[0].phases} for name, entries in found.items() if entries[0].phases}
    versions = {package: version(package) for package in PACKAGES}
    machine = (f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
               f"{os.cpu_count()} cores")
    print(f"{given.journeys} journeys, seed {given.seed}, median of {given.runs} runs; {machine}")
    print(", ".join(f"{package} {number}" for package, number in versions.items()), end="\n\n")
    print(report(rows, phases, given.journeys))
    if given.json:
        given.json.write_text(json.dumps({
            "journeys": given.journeys, "seed": given.seed, "machine": machine, "versions": versions,
            "rows": [asdict(row) for row in rows], "phases": phases,
            "runs": {name: [asdict(entry) for entry in entries] for name, entries in found.items()},
        }, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
