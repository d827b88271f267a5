"""The same maps on other hosts: a fork that stands in for MkDocs, and generators that run no plugin."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from support_site import Site, copy_of, process, site, tree

GENERATOR = re.compile(rb'<meta name="generator" content="[^"]*">')


def test_properdocs_builds_the_same_site(tmp_path: Path) -> None:
    """The plugin, unchanged, under ProperDocs: every file of the demo has MkDocs' bytes, but for who made it."""
    if find_spec("properdocs") is None:
        pytest.skip("properdocs is not installed")
    folder = copy_of("tallybird", tmp_path)
    done = process(folder, "properdocs", "build", "-q")
    assert done.returncode == 0, done.stderr
    theirs, ours = ({name: GENERATOR.sub(b"", content) for name, content in tree(built.folder).items()}
                    for built in (Site(folder), site("tallybird")))
    assert [name for name in sorted({*theirs, *ours}) if theirs.get(name) != ours.get(name)] == []
    assert b"ProperDocs" in (folder / "site" / "index.html").read_bytes()
    assert Site(folder).dead_links() == []
