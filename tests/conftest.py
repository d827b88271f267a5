"""What all tests share: the comparison with kept texts, and a project with its site."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from journeybook.render import Renderer
from journeybook.theme import theme_dir
from support_site import copy_of, site

CASES = Path(__file__).parent / "cases"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="keep what the tests see now as what is expected")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """``golden(text, name)``: the text equals the file ``tests/cases/<name>``; ``--accept`` writes it."""
    accept = request.config.getoption("--accept")

    def compare(text: str, name: str) -> None:
        path = CASES / name
        if accept:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        expected = path.read_bytes().decode("utf-8") if path.exists() else ""
        assert text == expected, f"{path} differs; look at it, then run with --accept"

    return compare


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where pages are kept, in a cache folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache/journeybook/pages"


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    """A copy of the smaller demo, with its site already built."""
    folder = copy_of("clearnest", tmp_path / "firm")
    shutil.copytree(site("clearnest").folder, folder / "site")
    return folder


@pytest.fixture(scope="module")
def icons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two icons."""
    folder = tmp_path_factory.mktemp("icons")
    for name in ("web", "flag-outline"):
        (folder / f"{name}.svg").write_text(
            f'<svg viewBox="0 0 24 24"><path d="M0 0h{len(name)}"/></svg>', "utf-8"
        )
    return folder


@pytest.fixture(scope="module")
def renderer(icons: Path) -> Renderer:
    """The real templates with two real icons."""
    return Renderer([theme_dir()], icons)
