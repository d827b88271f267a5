"""From saving a file to the browser showing it: `journeybook serve`, a real Chromium, an atlas of any size.

    python -m bench.serve --journeys 1000 --edits 20

Each edit changes words of another journey while its page is open; the page itself notes which frame shows them. Times
are printed, never asserted; with `--records` every fourth edit is one of a registry, which more pages depend on.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median
from urllib.request import urlopen

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.atlas import make_firm, write_atlas

PATIENCE = 120.0
GOAL = re.compile(r"^title: (.*)$", re.MULTILINE)
WATCH = """
window.jbShown = {}; // words of an edit → when a frame was first painted with them
const look = () => {
  for (const [words] of document.body?.textContent.matchAll(/edit\\d+x/g) ?? []) jbShown[words] ??= Date.now()
  requestAnimationFrame(look)
}
requestAnimationFrame(look)
"""


class Served:
    """A preview in a process of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.process = subprocess.Popen(
            [sys.executable, "-m", "journeybook", "serve", "-v", "--addr", f"127.0.0.1:{self.port}"], cwd=folder,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env=os.environ | {"PYTHONUNBUFFERED": "1", "NO_MKDOCS_2_WARNING": "1"})
        self.said: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self.process.stdout or ():
            self.said.append(line.rstrip())

    def url(self, uri: str) -> str:
        """The address of a page."""
        return f"http://127.0.0.1:{self.port}/{uri}"

    def wait(self) -> None:
        """Until it serves."""
        started = time.monotonic()
        while time.monotonic() - started < PATIENCE * 3:
            try:
                urlopen(self.url(""), timeout=5).close()
                return
            except OSError:
                if self.process.poll() is not None:
                    raise SystemExit("\n".join(self.said)) from None
                time.sleep(0.2)
        raise SystemExit("the preview never listened")

    def busy(self) -> float:
        """Seconds of the processor that it has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def settle(self) -> None:
        """Until it does nothing any more."""
        before = -1.0
        while (now := self.busy()) - before > 0.02:
            before = now
            time.sleep(0.4)

    def end(self) -> None:
        """Stop it."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)


def edits(served: Served, folder: Path, number: int, records: bool, page: object) -> list[tuple[float, float]]:
    """(seconds until the page showed an edit, seconds of the processor until all was done) of each edit."""
    files = sorted((folder / "maps" / "journeys").rglob("*.yml"))
    found = []
    for at in range(number):
        path = files[at * len(files) // number]
        page.goto(served.url(f"journeys/{path.stem}/"))  # type: ignore[attr-defined]
        page.wait_for_load_state("load")  # type: ignore[attr-defined]
        time.sleep(0.3)
        words = f"edit{at}x"
        target = path
        if records and at % 4 == 3:
            target = _team_of(path, folder)
            text = re.sub(r"^(\s+name: )(.*)$", rf"\1{words} \2", target.read_text("utf-8"), flags=re.MULTILINE)
        else:
            text = GOAL.sub(rf"title: {words} \1", path.read_text("utf-8"), count=1)
        before = served.busy()
        saved = time.time()
        target.write_text(text, "utf-8")
        shown = page.wait_for_function("words => jbShown[words]", arg=words,  # type: ignore[attr-defined]
                                       timeout=PATIENCE * 1000, polling=10)
        seconds = shown.json_value() / 1000 - saved
        served.settle()
        found.append((seconds, served.busy() - before))
        print(f"{target.relative_to(folder)}: {seconds:.2f} s, all of it {found[-1][1]:.2f} s of the processor",
              flush=True)
    return found


def _team_of(path: Path, folder: Path) -> Path:
    return sorted((folder / "maps").glob("teams-*.yml"))[0]


def main() -> None:
    """Make the atlas, serve it, edit it."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--journeys", type=int, default=1000)
    parser.add_argument("--edits", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--dense", action="store_true", help="journeys with more stages and steps")
    parser.add_argument("--records", action="store_true", help="every fourth edit is one of the teams")
    parser.add_argument("--phases", action="store_true", help="print what the preview said")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="journeybook-bench-") as place, sync_playwright() as playwright:
        folder = Path(place)
        write_atlas(make_firm(given.journeys, given.seed, dense=given.dense), folder)
        served = Served(folder)
        try:
            served.wait()
            browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
                                                 args=["--no-sandbox"])
            page = browser.new_page()
            page.add_init_script(WATCH)
            found = edits(served, folder, given.edits, given.records, page)
            browser.close()
        finally:
            served.end()
            if given.phases:
                print("\n".join(served.said))
    times = sorted(seconds for seconds, _ in found)
    print(f"{given.journeys} journeys, {len(times)} edits: median {median(times):.2f} s, from {times[0]:.2f} to "
          f"{times[-1]:.2f} s; processor {median(effort for _, effort in found):.2f} s an edit")


if __name__ == "__main__":
    main()
