"""Limits: settable by the site's owner, each named where it is passed, and written down."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from journeybook.settings import Limits
from support_site import CHECKOUT, DOT, JOURNEY, picture, project, run

LONG = "title: Long\nowner: sales\nstages:\n" + "".join(f"  - Stage {n}\n" for n in range(201))
LOOPS = """\
title: Loops
owner: sales
stages:
  - Look
  - Choose
  - Pay
transitions:
  - { from: choose, to: look, type: back, condition: Not yet }
"""
HEAD = """\
# Limits

Limits keep pages readable and builds short. Whoever passes one is told which, with the next step. Those who run the
site may set others in `mkdocs.yml`:

```yaml
plugins:
  - journeybook:
      limits:
        stages: 300
```

| limit | default | counts |
|---|---|---|
"""
TAIL = """
A text has at most 20,000 characters, a title 200, an id or a key 64. With more than 25 journeys the lifecycle is drawn
one category at a time. A diagram has ten seconds; then words stand in its place.
"""


def limited(**limits: object) -> str:
    """A mkdocs.yml with these limits."""
    inside = ", ".join(f"{name}: {most}" for name, most in limits.items())
    return DOT.replace("journeybook]", f"{{journeybook: {{limits: {{{inside}}}}}}}]")


def test_every_limit_is_written_down() -> None:
    """The page of limits has each with its default, as the code has it, and nothing else."""
    rows = "".join(f"| `{one.name}` | {one.default:,} | {one.metadata['counts']} |\n" for one in fields(Limits))
    assert (CHECKOUT / "docs" / "limits.md").read_text("utf-8") == HEAD + rows + TAIL


@pytest.mark.parametrize(("limit", "check"), [
    ({"stages": 1}, "limit-reached"), ({"journeys": 1}, "limit-reached"), ({"file_bytes": 20}, "file-too-large"),
    ({"yaml_nodes": 5}, "yaml-limit"), ({"yaml_depth": 1}, "yaml-limit"),
])
def test_an_owner_may_set_a_limit(tmp_path: Path, limit: dict[str, int], check: str) -> None:
    """A smaller limit is passed by what was fine, in check and build; the message names the new figure."""
    maps = {"a.yml": JOURNEY, "b.yml": JOURNEY}
    assert run(project(tmp_path / "plain", maps), "build").exit_code == 0
    folder = project(tmp_path / "limited", maps, limited(**limit))
    for command in ("check", "build"):
        result = run(folder, command)
        assert result.exit_code == 1, command
        assert check in result.output + result.stderr
        assert str(next(iter(limit.values()))) in result.output + result.stderr


def test_an_owner_may_allow_more(tmp_path: Path) -> None:
    """A journey of 201 stages is refused, until the limit says otherwise."""
    refused = run(project(tmp_path / "a", {"a.yml": LONG}), "check")
    assert "this journey has 201 stages; 200 is the most" in refused.output
    assert run(project(tmp_path / "b", {"a.yml": LONG}, limited(stages=201)), "check").exit_code == 0


def test_pictures_have_limits(tmp_path: Path) -> None:
    """A picture of too many bytes is named with the figure that the owner set."""
    maps = {"a.yml": JOURNEY, "people.yml": "personas: { ada: { name: Ada, photo: a.png } }\n"}
    folder = project(tmp_path, maps, limited(image_bytes=50))
    (folder / "maps/a.png").write_bytes(picture())
    assert "it is larger than 50 bytes" in run(folder, "check").output


def test_heavy_pages(tmp_path: Path) -> None:
    """Above half of the limit a page is mentioned and published; above it nothing is, and the old site stays."""
    folder = project(tmp_path, {"a.yml": JOURNEY})
    assert run(folder, "build").exit_code == 0
    size = len((folder / "site/journeys/a/index.html").read_bytes())
    (folder / "mkdocs.yml").write_text(limited(page_bytes=size * 2 // 3), "utf-8")
    noted = run(folder, "build")
    assert noted.exit_code == 0
    assert "maps/a.yml: the page of this journey has" in noted.stderr
    (folder / "mkdocs.yml").write_text(limited(page_bytes=1_000), "utf-8")
    refused = run(folder, "build")
    assert refused.exit_code == 1
    assert "maps/a.yml:1:1: error[limit-reached] the page of this journey has" in refused.stderr
    assert (folder / "site/journeys/a/index.html").is_file()
    assert run(folder, "build", "--keep-going").exit_code == 0


@pytest.mark.parametrize(("limit", "said"), [
    ({"graph_boxes": 2}, "a diagram of the page “Loops” has 3 boxes and 3 lines; `graph_boxes: 2`"),
    ({"graph_lines": 2}, "a diagram of the page “Loops” has 3 boxes and 3 lines"),
    ({"svg_bytes": 500}, "bytes; `svg_bytes: 500` is the most, so words stand in its place"),
])
def test_large_diagrams(tmp_path: Path, limit: dict[str, int], said: str) -> None:
    """Too many boxes, or too many bytes: the page has the words, opened, and the build says why."""
    folder = project(tmp_path, {"a.yml": LOOPS}, limited(**limit))
    result = run(folder, "build")
    assert (result.exit_code, said in result.stderr) == (0, True)
    page = (folder / "site/journeys/a/index.html").read_text("utf-8")
    assert '<svg class="jb-graph"' not in page
    assert '<details class="jb-words" open>' in page


def test_a_heavy_site(tmp_path: Path) -> None:
    """The whole site is published, and its owner is told what hosts may say."""
    result = run(project(tmp_path, {"a.yml": JOURNEY}, limited(site_bytes=1_000)), "build")
    assert result.exit_code == 0
    assert "more than `site_bytes: 1000`" in result.stderr


def test_problems_of_a_file(tmp_path: Path) -> None:
    """An owner who wants to see all of them does."""
    text = JOURNEY + "".join(f"colour{n}: red\n" for n in range(150))
    few, many = (run(project(tmp_path / str(most), {"a.yml": text}, limited(problems_per_file=most)), "check").output
                 for most in (30, 200))
    assert (few.count("unknown key"), "more problems in this file are not shown" in few) == (30, True)
    assert (many.count("unknown key"), "not shown" in many) == (150, False)


@pytest.mark.parametrize(("limits", "said"), [
    ({"stage": 3}, "journeybook has no limit `stage`"), ({"stages": "many"}, "the limit `stages` cannot be `many`"),
    ({"stages": 0}, "the limit `stages` cannot be `0`"), ({"stages": "true"}, "the limit `stages` cannot be `True`"),
])
def test_a_limit_that_is_none(tmp_path: Path, limits: dict[str, object], said: str) -> None:
    """A name or a figure that cannot be is refused in plain words."""
    folder = project(tmp_path, {"a.yml": JOURNEY}, limited(**limits))
    for command in ("check", "build"):
        result = run(folder, command)
        assert result.exit_code == 2
        assert said in result.stderr
