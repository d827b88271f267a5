"""Installs the YAML language server for the editor tests, where npm is there; run as a script.

A machine without node still runs all other tests; with ``CI`` set a missing server is an error, so that they never
go unrun.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SERVER = HERE / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"


def missing() -> str:
    """Why the server cannot run here, ``""`` when it can."""
    if shutil.which("node") is None:
        return "no node on this machine"
    return "" if SERVER.is_file() else "the language server is not installed: npm ci --prefix tests/editor"


def main() -> int:
    """Exit code 1 only where CI goes without the server."""
    npm = shutil.which("npm")
    if npm and not _current():
        subprocess.run([npm, "ci", "--prefix", str(HERE), "--no-audit", "--no-fund", "--silent"], check=False)
    why = missing()
    print(f"No editor tests: {why}. Install Node.js 18 or newer." if why else f"Editor tests use {SERVER}")
    return 1 if why and os.environ.get("CI") else 0


def _current() -> bool:
    """Whether what is installed is what the lock file says."""
    installed = HERE / "node_modules" / ".package-lock.json"
    return installed.is_file() and installed.stat().st_mtime >= (HERE / "package-lock.json").stat().st_mtime


if __name__ == "__main__":
    sys.exit(main())
