"""Pictures of each page kind at three widths, light and dark, into shots/. Run by ``make shots``."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from browser.find import find  # noqa: E402 - a script finds its neighbours by path
from browser.kinds import PAGES, build  # noqa: E402
from browser.served import served  # noqa: E402
from browser.visit import ALL  # noqa: E402

WIDTHS = {1440: 1000, 768: 1024, 390: 844}


def wanted(names: list[str]) -> dict[str, tuple[str, str]]:
    """The page kinds of these names; all without any."""
    return {name: PAGES[name] for name in names or PAGES}


def main() -> int:
    """Take them all."""
    from playwright.sync_api import sync_playwright

    out, chosen, browser = ROOT / "shots", wanted(sys.argv[1:]), find()
    if browser is None:
        print("No Chromium: make test installs one.")
        return 1
    out.mkdir(exist_ok=True)
    with ExitStack() as stack:
        sites = {}
        for name in sorted({site for site, _ in chosen.values()}):
            folder = Path(stack.enter_context(TemporaryDirectory()))
            build(name, folder)
            sites[name] = stack.enter_context(served(folder / "site"))
        playwright = stack.enter_context(sync_playwright())
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        for width, height in WIDTHS.items():
            for scheme in ("light", "dark"):
                context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
                page = context.new_page()
                for name, (site, uri) in chosen.items():
                    page.goto(sites[site] + uri)
                    page.add_style_tag(content=ALL)
                    page.wait_for_timeout(200)
                    page.screenshot(path=str(out / f"{name}-{width}-{scheme}.png"), full_page=True)
                context.close()
    print(f"Pictures are in {out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
