"""Pictures of each page kind at three widths, light and dark, into shots/. Run by ``make shots``."""

from __future__ import annotations

import sys
from pathlib import Path

from find import find
from playwright.sync_api import sync_playwright
from served import served

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    "home": "", "journeys": "journeys/", "journey": "journeys/first-year/", "buyer": "journeys/workshop-owner-buys/",
    "compare": "journeys/import-in-one-sitting/compare/", "choose": "compare/?a=first-year&b=first-year&who=lotte,bram",
    "draft": "journeys/what-the-accountant-sees/", "people": "people/", "persona": "people/personas/bram/",
    "team": "people/teams/success/", "library": "library/", "content": "library/content/",
    "promises": "promises/", "handoff": "promises/handoffs/sold-to-setup/", "lifecycle": "lifecycle/",
    "opportunities": "library/opportunities/", "matrix": "library/content-matrix/", "raci": "people/raci/",
    "health": "health/", "reviews": "health/reviews/", "metrics": "library/metrics/",
    "metric": "library/metrics/time-to-first-value/", "channels": "library/channels/",
    "channel": "library/channels/email/", "table": "?view=table&sort=-pains", "glossary": "glossary/",
    "evidence": "library/evidence/",
    "write": "write/", "write-stage": "write/stage/", "checks": "write/checks/",
}
WIDTHS = {1440: 1000, 768: 1024, 390: 844}


def main() -> int:
    """Take them all; the site must have been built."""
    site, out = ROOT / "site", ROOT / "shots"
    browser = find()
    if not (site / "index.html").is_file() or browser is None:
        print("Build the site first (make site), and have a Chromium (make test installs one).")
        return 1
    out.mkdir(exist_ok=True)
    wanted = sys.argv[1:] or list(PAGES)
    with served(site) as base, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        for width, height in WIDTHS.items():
            for scheme in ("light", "dark"):
                context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
                page = context.new_page()
                for name in wanted:
                    page.goto(base + PAGES[name])
                    page.wait_for_timeout(200)
                    page.screenshot(path=str(out / f"{name}-{width}-{scheme}.png"), full_page=True)
                context.close()
    print(f"Pictures are in {out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
