"""The Nu HTML checker over every page of every demo site, and over the states that no demo firm is in."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from browser import kinds
from node.find import NU, require
from support_site import FIRMS, site

THEIRS = [  # Material's own markup, word for word; nothing else is let through
    # The switches of the drawer and the search box are check boxes that a browser must not remember.
    r"“autocomplete” is only allowed when the input type is .*md-toggle",
]


def found(*places: Path) -> list[str]:
    """What the checker says of all HTML files below the places, less what is Material's own."""
    files = [str(path) for place in places for path in sorted(place.rglob("*.html"))]
    assert files
    answer = subprocess.run(["java", "-Xss4m", "-jar", str(NU), "--format", "json", "--exit-zero-always", *files],
                            capture_output=True, text=True, encoding="utf-8", check=False)
    told: list[dict[str, Any]] = json.loads(answer.stderr)["messages"]
    lines = [f"{m['url']}:{m.get('lastLine')}: {m['message']} {m.get('extract', '')}" for m in told
             if m["type"] != "info" or m.get("subType") == "warning"]
    return [line for line in lines if not any(re.search(one, line, re.DOTALL) for one in THEIRS)]


def test_every_page_of_the_demo_sites_is_valid() -> None:
    """No error and no warning in our markup, on any page of the five demo sites."""
    require(NU)
    assert found(*(site(firm).folder for firm in FIRMS)) == []


def test_extremes_are_valid(tmp_path: Path) -> None:
    """1 to 24 stages, titles only, right to left, a broken file, an empty atlas: all valid."""
    require(NU)
    assert found(*(kinds.build(name, tmp_path / name) for name in ("states", "empty"))) == []


@pytest.mark.parametrize("fault", ["<p id=a></p><p id=a></p>", "<ul><p>x</p></ul>", '<a href="a b">x</a>'])
def test_the_checker_would_see_a_fault(tmp_path: Path, fault: str) -> None:
    """What is let through hides no fault of ours."""
    require(NU)
    head = "<!doctype html><html lang=en><title>x</title>"
    (tmp_path / "a.html").write_text(f"{head}<input class=md-toggle type=checkbox autocomplete=off>{fault}", "utf-8")
    assert len(found(tmp_path)) >= 1
