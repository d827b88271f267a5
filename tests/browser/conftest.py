"""The demo site, built once for all browser tests, by the command that its users would type."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from browser.served import served

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the served demo site.

    Instant navigation works only under the address that the site was built for, so the port comes first.
    """
    folder = tmp_path_factory.mktemp("demo")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    settings = re.sub(r"(?m)^site_url:.*$", f"site_url: http://127.0.0.1:{port}/", settings)
    settings = re.sub(r"(?m)^docs_dir:.*$", f"docs_dir: {ROOT / 'maps'}", settings)
    (folder / "mkdocs.yml").write_text(settings, "utf-8")
    subprocess.run([sys.executable, "-m", "journeybook", "build", "--quiet", "--no-cache"], cwd=folder, check=True)
    with served(folder / "site", port) as address:
        yield address
