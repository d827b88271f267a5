"""Finds a Chromium for the browser tests; run as a script it installs one where it can.

Looked for in this order: ``JOURNEYBOOK_BROWSER``, the usual names on PATH, Playwright's own download. A machine
without any still runs all other tests; with ``CI`` set a missing browser is an error, so that they never go unrun.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find() -> str | None:
    """The path of a browser, or None."""
    named = os.environ.get("JOURNEYBOOK_BROWSER")
    if named:
        return named if Path(named).is_file() else None
    on_path = next((found for name in NAMES if (found := shutil.which(name))), None)
    return on_path or _playwrights_own()


def _playwrights_own() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if path and Path(path).is_file() else None


def install() -> None:
    """Debian's package where we may, else Playwright's download; silent about ways that are closed."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-qq"],
                        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-core"]):
            subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
    if find() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main() -> int:
    """Exit code 1 only where CI goes without a browser."""
    if find() is None:
        print("No Chromium found; trying to install one …")
        install()
    browser = find()
    if browser:
        print(f"Browser tests use {browser}")
        return 0
    print("No browser: the browser tests will be skipped. Install Chromium, or set JOURNEYBOOK_BROWSER to its path.")
    return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    raise SystemExit(main())
