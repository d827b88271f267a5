"""The demo as stubs, built by Zensical: the gates that every page kind of ours keeps, on some of them."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import pytest

from browser.kinds import DEMO
from browser.served import served
from browser.visit import SHIFT, Visit, Visitor
from node.find import AXE, require
from support_site import built_by_zensical

LOOKED_AT = (("home", 1440), ("journey", 1440), ("promises", 1440), ("team", 1440), ("home", 390), ("journey", 390))


@pytest.fixture(scope="module")
def visits(chromium: Any) -> dict[tuple[str, int], Visit]:
    """What a visit of each kind found, on a laptop and a phone."""
    if find_spec("zensical") is None:
        pytest.skip("zensical is not installed")
    require(AXE)
    found = {}
    with served(built_by_zensical("tallybird").folder) as base:
        for width in (1440, 390):
            visitor = Visitor(chromium, width)
            found |= {(kind, width): visitor.visit(base, DEMO[kind]) for kind, at in LOOKED_AT if at == width}
            visitor.close()
    return found


@pytest.mark.parametrize(("kind", "width"), LOOKED_AT)
def test_zensicals_pages_keep_the_gates(visits: dict[tuple[str, int], Visit], kind: str, width: int) -> None:
    """No finding of axe-core in light or dark, nothing sticks out, nothing moves or fails or is asked of others."""
    visit = visits[kind, width]
    assert (visit.light, visit.dark, visit.too_wide, visit.faults) == ([], [], {}, [])
    assert visit.facts["shift"] <= SHIFT
    assert visit.facts["headings"][0] == 1


def test_light_and_dark_are_switched_there_too(chromium: Any) -> None:
    """The frame is ours, the program around it is not: what the switch needs of it is there."""
    if find_spec("zensical") is None:
        pytest.skip("zensical is not installed")
    with served(built_by_zensical("tallybird").folder) as base:
        page = chromium.new_page(color_scheme="light")
        page.goto(base, wait_until="networkidle")
        page.locator("form[data-jb=scheme] label:visible").click()
        assert page.evaluate("document.body.getAttribute('data-md-color-scheme')") == "slate"
        page.goto(f"{base}journeys/", wait_until="networkidle")
        assert page.evaluate("document.body.getAttribute('data-md-color-scheme')") == "slate"
        page.close()
