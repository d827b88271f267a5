"""Lighthouse on a journey, the home page and the promises: its preset for phones, pages served packed.

Accessibility, best practices and SEO depend on the page alone and are judged in every run. Performance is a simulation
fed by how fast this machine was while it looked: a busy machine measures its other work. So only ``make quality``, on a
machine with nothing else to do, looks at it, and judges the best of three.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import Any

import pytest

from browser.conftest import BROWSER
from node.find import LIGHTHOUSE, require

FULL = ("accessibility", "best-practices", "seo")
FAST = .95
RUNS = 3
JUDGED = bool(os.environ.get("JOURNEYBOOK_QUALITY"))  # set by make quality
QUIET = ("--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
         "--disable-component-update --disable-sync")
PAGES = {"journey": "journeys/first-year/", "home": "", "promises": "promises/"}


def measured(address: str, *categories: str) -> dict[str, Any]:
    """What Lighthouse says of a page."""
    words = [shutil.which("node") or "node", str(LIGHTHOUSE), address, "--output=json", "--quiet",
             f"--chrome-flags={QUIET}", f"--only-categories={','.join(categories)}"]
    answer = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300,
                            env={**os.environ, "CHROME_PATH": BROWSER or "", "NO_UPDATE_NOTIFIER": "1"})
    assert answer.returncode == 0, answer.stderr
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def short_of(told: dict[str, Any]) -> list[str]:
    """The audits that cost points."""
    audits = told["audits"]
    return [f"{audit['title']}: {audit.get('displayValue', '')} {audit.get('details', {}).get('items', '')}"[:400]
            for category in told["categories"].values() for part in category["auditRefs"]
            if part["weight"] and (audit := audits[part["id"]])["score"] not in (None, 1)]


@pytest.mark.parametrize("kind", PAGES)
def test_lighthouse_is_content(chromium: Any, base: str, kind: str) -> None:
    """Full marks for accessibility, best practices and SEO."""
    require(LIGHTHOUSE)
    told = measured(base + PAGES[kind], *FULL)
    assert {name: category["score"] for name, category in told["categories"].items()} == dict.fromkeys(FULL, 1), (
        short_of(told))


@pytest.mark.skipif(not JUDGED, reason="judged by make quality, where nothing else runs")
@pytest.mark.parametrize("kind", PAGES)
def test_lighthouse_finds_pages_fast(chromium: Any, base: str, kind: str) -> None:
    """Nothing moves while loading, and the page is fast."""
    require(LIGHTHOUSE)
    best = 0.0
    for _ in range(RUNS):
        if best < FAST:
            told = measured(base + PAGES[kind], "performance")
            assert told["audits"]["cumulative-layout-shift"]["numericValue"] <= .02
            best = max(best, told["categories"]["performance"]["score"])
    print(f"{kind}: performance {best * 100:.0f}")
    assert best >= FAST, short_of(told)
