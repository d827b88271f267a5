"""What nobody foresees: output that cannot be written, folders that vanish, plugins that fail, who stops us."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from click.testing import CliRunner

import journeybook.__main__ as program
from journeybook.adapters import accidents, cli, codeowners, editor
from journeybook.adapters import build as build_module
from journeybook.adapters import project as project_module
from journeybook.adapters.cli import main
from support_site import DOT, JOURNEY, environment, left_over, process, project, refused, run, tree

COMMAND = f"{sys.executable} -m journeybook"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A small project with warnings."""
    return project(tmp_path / "shop", {"journeys/buy.yml": JOURNEY, "lists.yml": "teams: {sales: Sales}\n"})


def shell(folder: Path, line: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """A line of Bash in a folder; `jb` is the command."""
    return subprocess.run(["bash", "-c", f"jb() {{ {COMMAND} \"$@\"; }}\n{line}"], cwd=folder, text=True, check=False,
                          env=environment(**changes), capture_output=True, timeout=60)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("words", ["check", "explain", "--help", "show buy", "export csv"])
def test_output_that_cannot_be_written(shop: Path, words: str) -> None:
    """A full disk behind `>` is said in one line, and the command could not do what it was asked."""
    done = shell(shop, f"jb {words} > /dev/full")
    assert done.returncode == 2
    assert done.stderr.startswith("journeybook: the output cannot be written: no space left on device\n  help: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", ["check", "explain", "build", "--help"])
def test_output_that_is_closed(shop: Path, words: str) -> None:
    """Without any output nothing is begun; what is to be done works when followed."""
    done = shell(shop, f"jb {words} >&-")
    assert done.returncode == 2
    assert done.stderr.startswith("journeybook: the output is closed, so nothing could be said\n  help: ")
    assert not (shop / "site").exists()
    assert shell(shop, f"jb {words} > /dev/null").returncode == 0


def test_messages_that_cannot_be_written(shop: Path) -> None:
    """Who closes the stream of messages, or lets them go to a full disk, still gets the exit code."""
    for nowhere in ("2>&-", "2>/dev/full"):
        assert shell(shop, f"jb check --fail-on warning > /dev/null {nowhere}").returncode == 1


def test_a_reader_that_leaves_early_changes_no_exit_code(shop: Path) -> None:
    """`check | true` ends as `check` does: 1 with problems, 0 without, and nobody speaks of pipes."""
    for words, code in (("check --fail-on warning", 1), ("check", 0), ("explain", 0), ("explain nothing", 2)):
        done = shell(shop, f"jb {words} | true; echo ${{PIPESTATUS[0]}}")
        assert done.stdout == f"{code}\n"
        assert "ipe" not in done.stderr


def test_a_folder_that_was_deleted(shop: Path) -> None:
    """Standing in a folder that is gone is said, with the way out."""
    done = shell(shop, "mkdir gone; cd gone; rmdir ../gone; jb check")
    assert done.returncode == 2
    assert done.stderr.startswith("journeybook: the folder that this command was started in is not there any more\n")


def test_letters_that_the_system_does_not_know(shop: Path) -> None:
    """A system set to ASCII: the command says how to set it, writes nothing and leaves nothing."""
    before = tree(shop / "maps")
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = shell(shop, "jb new journey K\u00e4se", **plain)
    assert done.returncode == 2
    assert "this system is set to ASCII" in done.stderr
    assert tree(shop / "maps") == before
    assert shell(shop, "PYTHONUTF8=1 jb new journey K\u00e4se", **plain).returncode == 0


@pytest.mark.parametrize(("name", "text", "said"), [
    ("h.py", "def on_page_content(html, **_):\n    return html[1/0:]\n", "h.py:2: ZeroDivisionError"),
    ("h.py", "def on_page_content(html, **_):\n    open('gone.txt')\n", "h.py:2: no such file or directory: gone.txt"),
    ("h.py", "import json\ndef on_env(env, **_):\n    json.loads('')\n", "h.py:3: JSONDecodeError"),
    ("h.py", "def on_env(env, **_:\n", "h.py:1: SyntaxError: '(' was never closed"),
    ("own/main.html", "{% extends 'base.html' %}\n{{ page.nope.more }}\n{% block content %}{{ page.nope.more }}"
                      "{% endblock %}\n", "own/main.html:3: UndefinedError"),
    ("own/main.html", "{% extends 'base.html' %}\n{% block content %}\n{{ page \n{% endblock %}\n",
     "own/main.html:4: TemplateSyntaxError"),
], ids=["hook", "hook's file", "hook's library", "hook's letters", "template", "template's letters"])
def test_a_failure_of_others_is_told_with_its_line(shop: Path, name: str, text: str, said: str) -> None:
    """What stands in the team's own hooks and templates is named by file and line; the old site stays."""
    assert run(shop, "build").exit_code == 0
    before = tree(shop / "site")
    (shop / "own").mkdir()
    (shop / name).write_text(text, "utf-8")
    config = DOT.replace("font: false", "font: false, custom_dir: own") + ("hooks: [h.py]\n" if name == "h.py" else "")
    (shop / "mkdocs.yml").write_text(config, "utf-8")
    result = run(shop, "build")
    assert f"stopped in {said}" in refused(result)
    assert tree(shop / "site") == before
    assert left_over(shop) == []
    assert "Traceback" in run(shop, "build", "-v").stderr


def test_a_failing_plugin_is_named_as_in_the_settings(shop: Path) -> None:
    """A plugin of somebody else is called by its name in mkdocs.yml."""
    own = shop / "lib"
    about = own / "breaking-1.dist-info"
    about.mkdir(parents=True)
    (own / "breaking.py").write_text("from mkdocs.plugins import BasePlugin\nclass Breaking(BasePlugin):\n"
                                     "    def on_nav(self, nav, **_):\n        raise KeyError('nav')\n", "utf-8")
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: breaking\nVersion: 1\n", "utf-8")
    (about / "entry_points.txt").write_text("[mkdocs.plugins]\nbreaks = breaking:Breaking\n", "utf-8")
    (shop / "mkdocs.yml").write_text(DOT.replace("journeybook]", "journeybook, breaks]"), "utf-8")
    path = os.pathsep.join([str(own), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = process(shop, "journeybook", "build", PYTHONPATH=path)
    assert done.returncode == 2
    assert done.stderr == ("journeybook: the build stopped in the plugin `breaks`, at lib/breaking.py:4: KeyError: "
                           "'nav'\n  help: correct that line, or take `breaks` out of `plugins:` in mkdocs.yml\n")


def test_a_fault_of_ours_is_told_with_its_place(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is hidden: what was raised, where, and that it should be reported."""
    monkeypatch.chdir(shop)
    monkeypatch.setattr(codeowners, "HANDLE", None)
    (shop / "maps" / "lists.yml").write_text("teams:\n  sales: {name: Sales, git: a/b}\n", "utf-8")
    result = CliRunner().invoke(main, ["codeowners"])
    assert result.exit_code == 2
    assert "journeybook: this command stopped at journeybook/adapters/codeowners.py:" in result.stderr
    assert ": AttributeError: 'NoneType' object" in result.stderr
    assert "please report this line" in result.stderr


def test_a_library_does_what_it_is_told() -> None:
    """Where Python's own code or a library fails, whoever called it is named."""
    try:
        Path("nowhere").joinpath(None)  # type: ignore[arg-type]
    except TypeError as error:
        assert accidents.place_of(error).path.endswith("test_accidents.py")
        assert accidents.of_others(error)


@pytest.mark.parametrize("words", ["check", "show buy", "export csv", "build", "new journey Sell"])
def test_whoever_is_stopped_says_so(shop: Path, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    """Ctrl-C in a command, whatever it does just then: our own word for it and exit code 2."""
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.chdir(shop)
    monkeypatch.setattr(project_module, "find_project", stopped)
    monkeypatch.setattr(build_module, "find_project", stopped)
    result = CliRunner().invoke(main, words.split())
    assert (result.exit_code, result.stderr) == (2, "journeybook: stopped\n")


def test_whoever_is_stopped_before_there_is_a_command_says_so(monkeypatch: pytest.MonkeyPatch,
                                                              capsys: pytest.CaptureFixture[str]) -> None:
    """Also while the command line is loaded; what is pressed after the end changes nothing."""
    def stopped(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "main", stopped)
    before = signal.getsignal(signal.SIGINT)
    try:
        with pytest.raises(SystemExit) as ended:
            program.run()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
    assert (ended.value.code, capsys.readouterr().err) == (2, "journeybook: stopped\n")


@pytest.mark.parametrize("words", ["new journey Sell", "new team Desk", "import csv ../rows.csv", "init ../fresh",
                                   "export stubs --out ../stubs"])
def test_a_full_disk_leaves_nothing_half_done(shop: Path, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    """Where a file could not be written whole it is not there, and the same command works once there is space."""
    (shop.parent / "rows.csv").write_text("Journey,Stage,Step\nRent,Look,Search\n", "utf-8")
    monkeypatch.setattr(editor, "keep_schema", lambda *_: None)
    before = tree(shop.parent)
    real_open, real_temporary, room = Path.open, os.fdopen, [1 if words.startswith(("init", "export")) else 0]

    def full(file: Any) -> Any:
        if room[0]:
            room[0] -= 1
            return file
        write = file.write

        def some(content: bytes) -> int:
            write(content[:3])
            raise OSError(28, "No space left on device")

        return mock.Mock(wraps=file, write=some, __enter__=lambda self: self, __exit__=lambda *_: file.close())

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", lambda self, mode="r", *rest, **more: (
            full(real_open(self, mode, *rest, **more)) if "x" in mode else real_open(self, mode, *rest, **more)))
        patched.setattr(os, "fdopen", lambda handle, mode="r", *rest, **more: (
            full(real_temporary(handle, mode, *rest, **more)) if "w" in mode else
            real_temporary(handle, mode, *rest, **more)))
        assert "cannot be written: no space left on device" in refused(run(shop, *words.split()))
    left = tree(shop.parent)
    if words.startswith("export"):  # what is there is listed, so that it can be done again
        assert [name for name in left if name.startswith("stubs/")] == ["stubs/.journeybook-stubs"]
    else:
        assert left == before
        assert not (shop.parent / "fresh").exists()
    assert run(shop, *words.split()).exit_code == 0


def test_a_program_of_ones_own_hears_what_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever calls the command line from Python may have put something else in the place of the streams."""
    heard = io.StringIO()
    monkeypatch.setattr(sys, "argv", ["journeybook", "explain"])
    monkeypatch.setattr(sys, "stdout", heard)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0 and "promise-broken" in heard.getvalue()
