"""Installs the programs of the Node world that tests run, where npm is there; run as a script.

* ``yaml-language-server``: the schema in what editors run (``tests/editor``)
* ``axe-core``, ``lighthouse``: accessibility and the rest of a page's quality (``tests/browser``)
* ``mermaid``: whether it takes the diagrams that we write (``tests/exchange``)
* ``vnu-jar``: the Nu HTML checker, which needs Java besides

A machine without node or java still runs all other tests; with ``CI`` set a missing program is an error, so that
its tests never go unrun.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
SERVER = MODULES / "yaml-language-server" / "bin" / "yaml-language-server"
AXE = MODULES / "axe-core" / "axe.min.js"
LIGHTHOUSE = MODULES / "lighthouse" / "cli" / "index.js"
MERMAID = MODULES / "mermaid" / "dist" / "mermaid.min.js"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
RUNS_ON = {SERVER: "node", LIGHTHOUSE: "node", NU: "java"}  # the others run in the browser


def missing(program: Path) -> str:
    """Why a program cannot run here, ``""`` when it can."""
    runs_on = RUNS_ON.get(program)
    if runs_on and shutil.which(runs_on) is None:
        return f"no {runs_on} on this machine"
    return "" if program.is_file() else f"{program.relative_to(MODULES).parts[0]} is not installed: npm ci in {HERE}"


def require(program: Path) -> None:
    """Skips the test that asks, saying why; in CI the test fails."""
    import pytest

    why = missing(program)
    if why and os.environ.get("CI"):
        pytest.fail(why, pytrace=False)
    if why:
        pytest.skip(why)


def install() -> None:
    """What the lock file says; a Java only on Debian's kind of machine, where we may."""
    npm = shutil.which("npm")
    if npm and not _current():
        subprocess.run([npm, "ci", "--prefix", str(HERE), "--no-audit", "--no-fund", "--silent"], check=False)
    if shutil.which("java") is None and shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in ("update -qq", "install -y -qq --no-install-recommends default-jre-headless"):
            subprocess.run(["apt-get", *words.split()], env=environment, check=False, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)


def main() -> int:
    """Exit code 1 only where CI goes without one of them."""
    install()
    reasons = sorted({why for program in (SERVER, AXE, LIGHTHOUSE, MERMAID, NU) if (why := missing(program))})
    for why in reasons:
        print(f"Some tests will be skipped: {why}. They need Node.js 18.16 or newer with npm, and Java 11 or newer.")
    return 1 if reasons and os.environ.get("CI") else 0


def _current() -> bool:
    """Whether what is installed is what the lock file says."""
    installed = MODULES / ".package-lock.json"
    return installed.is_file() and installed.stat().st_mtime >= (HERE / "package-lock.json").stat().st_mtime


if __name__ == "__main__":
    sys.exit(main())
