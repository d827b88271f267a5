"""The wheel: complete, and enough to build a site far from any checkout."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from support_site import CHECKOUT, copy_of, environment, site, tree


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as a release is, without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=CHECKOUT,
                          capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    (found,) = folder.glob("*.whl")
    return found


def test_the_wheel_holds_package_and_theme(wheel: Path) -> None:
    """Every module and every file of the theme is in it, and nothing else."""
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    modules = {path.relative_to(CHECKOUT / "generator").as_posix()
               for path in (CHECKOUT / "generator" / "journeybook").rglob("*")
               if path.is_file() and "__pycache__" not in path.parts}
    theme = {f"journeybook/_theme/{path.relative_to(CHECKOUT / 'theme').as_posix()}"
             for path in (CHECKOUT / "theme").rglob("*") if path.is_file()}
    assert len(theme) > 15
    assert names == modules | theme


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    """Name, licence, the command and the plugin are declared."""
    with zipfile.ZipFile(wheel) as archive:
        texts = {name.split("/", 1)[1]: archive.read(name).decode("utf-8")
                 for name in archive.namelist() if ".dist-info/" in name}
    meta = Parser().parsestr(texts["METADATA"])
    assert meta["Name"] == "journeybook"
    assert meta["License-Expression"] == "MIT"
    assert meta["Requires-Python"] == ">=3.11"
    assert "licenses/LICENSE" in texts
    assert "journeybook = journeybook.__main__:run" in texts["entry_points.txt"]
    assert "journeybook = journeybook.adapters.mkdocs:JourneybookPlugin" in texts["entry_points.txt"]


def test_the_installed_package_builds_the_same_site(wheel: Path, tmp_path: Path) -> None:
    """Installed elsewhere and run outside the checkout, it builds the example byte for byte."""
    target = tmp_path / "installed"
    done = subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index",
                           "--no-compile", "--target", str(target), str(wheel)],
                          capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    folder = copy_of("clearnest", tmp_path / "firm")
    code = ("import journeybook, journeybook.theme as theme; print(journeybook.__file__); print(theme.theme_dir());"
            "from journeybook.adapters.cli import main; main(['build', '--quiet'])")
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment(PYTHONPATH=str(target)),
                          capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    inside = target / "journeybook"
    assert done.stdout.splitlines() == [str(inside / "__init__.py"), str(inside / "_theme")]
    assert tree(folder / "site") == tree(site("clearnest").folder)
    code = ("from journeybook.adapters.cli import main; import os\n"
            "for template in ('minimal', 'saas', 'service'):\n"
            "    main(['init', template, '--template', template, '--ci', 'github,gitlab'], standalone_mode=False)\n"
            "    main(['check', '-f', template + '/mkdocs.yml', '-q'], standalone_mode=False)\n"
            "    main(['build', '-f', template + '/mkdocs.yml', '-q'], standalone_mode=False)\n")
    empty = tmp_path / "empty"
    empty.mkdir()
    done = subprocess.run([sys.executable, "-c", code], cwd=empty, env=environment(PYTHONPATH=str(target)),
                          capture_output=True, text=True, timeout=90, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert all((empty / template / "site" / "index.html").is_file() for template in ("minimal", "saas", "service"))


def test_an_installation_without_its_theme_says_so(tmp_path: Path) -> None:
    """A damaged installation: a plain message with the remedy instead of a template that is not found."""
    shutil.copytree(CHECKOUT / "generator" / "journeybook", tmp_path / "a" / "b" / "journeybook",
                    ignore=shutil.ignore_patterns("__pycache__"))
    folder = copy_of("clearnest", tmp_path / "firm")
    for host, code in (("journeybook", 2), ("mkdocs", 1)):
        done = subprocess.run([sys.executable, "-m", host, "build"], cwd=folder,
                              env=environment(PYTHONPATH=str(tmp_path / "a" / "b")),
                              capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == code, host
        assert "The theme of Journeybook is missing from this installation." in done.stderr
        assert "pip install --force-reinstall journeybook" in done.stderr
        assert "Traceback" not in done.stderr
