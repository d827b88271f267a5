"""How heavy a journey page may be: bytes on the wire and elements in the browser, on pages as they are served."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from bench.atlas import make_firm, write_atlas
from lxml import html

from support_site import FIRMS, Site, run, site

KB = 1024
MOST_BYTES = {7: 40 * KB, 12: 60 * KB}  # up to so many stages: compressed, the host's frame included
MOST_ELEMENTS = 5000  # up to twelve stages


def too_heavy(pages: Site) -> list[str]:
    """Journey pages beyond their budget, each with its figures."""
    found = []
    for path in sorted((pages.folder / "journeys").glob("*/index.html")):
        content = path.read_bytes()
        page = html.document_fromstring(content)
        stages = len(page.xpath("//section[contains(@class, 'jb-stage')]"))
        size = len(gzip.compress(content, 9))
        elements = sum(1 for element in page.iter() if isinstance(element.tag, str))
        assert 0 < stages <= 12, path
        if size > MOST_BYTES[7 if stages <= 7 else 12] or elements > MOST_ELEMENTS:
            found.append(f"{path.parent.name}: {stages} stages, {size / KB:.1f} KB, {elements} elements")
    return found


@pytest.mark.parametrize("firm", sorted(FIRMS))
def test_demo_journeys_keep_to_their_budget(firm: str) -> None:
    """No journey page of a demo site is heavier than it may be."""
    assert too_heavy(site(firm)) == []


@pytest.mark.parametrize("stages", [7, 12])
def test_dense_journeys_keep_to_their_budget(stages: int, tmp_path: Path) -> None:
    """Invented journeys in which every lane is full keep to it too, at seven and at twelve stages."""
    write_atlas(make_firm(8, seed=7, stages=stages, dense=True), tmp_path)
    result = run(tmp_path, "build")
    assert result.exit_code == 0, result.stderr
    assert len(list((tmp_path / "site" / "journeys").glob("*/index.html"))) == 8
    assert too_heavy(Site(tmp_path)) == []
