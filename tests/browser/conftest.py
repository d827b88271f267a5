"""The demo site, built once for all browser tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeybook.adapters.build import build_site

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built demo site."""
    site = tmp_path_factory.mktemp("demo") / "site"
    built = build_site(ROOT / "mkdocs.yml", site, strict=False, keep_going=False, cache=False)
    assert not built.refusal
    return site
