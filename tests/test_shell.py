"""Pages cut from a shared frame are those that the host would have drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from jinja2 import Environment

from journeybook.adapters import mkdocs, shell
from journeybook.adapters.cli import main
from support_site import copy_of, run, standing_in, tree


@pytest.mark.parametrize("directory_urls", [True, False])
def test_both_ways_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, directory_urls: bool) -> None:
    """A site with shared frames equals one whose every page the host drew, also with hostile titles."""
    folder = copy_of("clearnest", tmp_path / "firm")
    config = folder / "mkdocs.yml"
    config.write_text(f"{config.read_text('utf-8')}\nuse_directory_urls: {str(directory_urls).lower()}\n", "utf-8")
    titles = {"amp": "Fish & chips", "tag": "a <b> c", "quote": "\"so\"", "mark": shell.MARKS["title"]}
    for name, title in titles.items():
        (folder / "maps" / "journeys" / f"{name}.yml").write_text(
            f"title: '{title.replace(chr(39), chr(39) * 2)}'\nowner: sales\nstages: [One, Two]\n", "utf-8")
    assert run(folder, "build", "--site-dir", str(tmp_path / "cut")).exit_code == 0
    monkeypatch.setattr(mkdocs, "alone", lambda config: False)
    assert run(folder, "build", "--site-dir", str(tmp_path / "drawn")).exit_code == 0
    assert tree(tmp_path / "cut") == tree(tmp_path / "drawn")


def test_frames_are_shared_only_when_nobody_else_has_a_say(tmp_path: Path) -> None:
    """Another plugin or a folder of the team's own sends every page through the host."""
    folder = copy_of("clearnest", tmp_path / "firm")
    config = folder / "mkdocs.yml"
    plain = config.read_text("utf-8")
    (folder / "own").mkdir()
    (folder / "own" / "main.html").write_text(
        '{% extends "base.html" %}{% block footer %}<p>{{ page.url }}</p>{% endblock %}', "utf-8")
    config.write_text(plain.replace("name: material", "name: material\n  custom_dir: own", 1), "utf-8")
    assert run(folder, "build").exit_code == 0
    for uri in ("people/teams/sales", "journeys/breathe-easier"):
        assert f"<p>{uri}/</p>" in (folder / "site" / uri / "index.html").read_text("utf-8")


def test_frames_are_tight_and_scripts_stay_as_they_are() -> None:
    """Empty lines and indents go; scripts (a policy knows their letters) and preformatted text keep every letter."""
    script = "<script>\n  let a\n\n  a = 1\n</script>"
    assert shell.tight(f"<p>\n\n   a\n  b</p>\n  {script}\n\n<pre>\n  x</pre>\n") == (
        f"<p>\na\nb</p>\n{script}\n<pre>\n  x</pre>\n")
    assert shell.framed("<i>\n  \n<b>\n  x</b>\n  </i>", "<b>\n  x</b>") == "<i>\n<b>\n  x</b>\n</i>"


def test_the_theme_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second build takes the compiled theme of the first; one without anything kept, or with a say of others, does
    not.
    """
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    compiled: list[str | None] = []
    generate = Environment._generate
    monkeypatch.setattr(Environment, "_generate", lambda self, source, name, *given, **more: (
        compiled.append(name), generate(self, source, name, *given, **more))[1])

    def build(folder: Path, *options: str) -> set[str | None]:
        compiled.clear()
        with standing_in(folder):  # `run` keeps compiled templates from test to test
            assert CliRunner().invoke(main, ["build", *options]).exit_code == 0
        return set(compiled)

    folder = copy_of("clearnest", tmp_path / "firm")
    assert {"main.html", "base.html"} <= build(folder)
    assert build(folder) <= {"partials/language.html", "partials/languages/en.html"}  # asked for by the search plugin
    assert "main.html" in build(folder, "--no-cache", "--site-dir", str(tmp_path / "cold"))
    assert tree(folder / "site") == tree(tmp_path / "cold")
    (folder / "own").mkdir()
    config = folder / "mkdocs.yml"
    plain = config.read_text("utf-8")
    config.write_text(plain.replace("name: material", "name: material\n  custom_dir: own", 1), "utf-8")
    for _ in range(2):
        assert "main.html" in build(folder)
