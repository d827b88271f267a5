"""What all commands have in common: help with an example, options that are described, words for wrong calls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from journeybook.adapters.cli import main
from support_site import JOURNEY, process, project, run

Words = tuple[str, ...]


def commands(group: click.Group = main, before: Words = ()) -> Iterator[tuple[Words, click.Command]]:
    """Every command with the words that lead to it, groups included."""
    yield before, group
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*before, name))
        else:
            yield (*before, name), command


COMMANDS = [words for words, _ in commands()]


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words) or "journeybook")
def test_every_command_has_help_with_an_example(tmp_path: Path, words: Words) -> None:
    """`--help` and `-h` say what the command is for and show one call that exists."""
    shown = run(tmp_path, *words, "--help")
    assert shown.exit_code == 0
    assert run(tmp_path, *words, "-h").stdout == shown.stdout
    example = re.search(r"Example: journeybook ([a-z ]+)", shown.stdout)
    assert example, shown.stdout
    named = example[1].split()
    known = [" ".join(other) for other, _ in commands()]
    assert any(" ".join(named).startswith(name) for name in known if name)


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words) or "journeybook")
def test_every_option_is_described(words: Words) -> None:
    """No option without a word of help."""
    command = dict(commands())[words]
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


def test_the_version(tmp_path: Path) -> None:
    """`--version` names the installed one."""
    from importlib.metadata import version

    assert run(tmp_path, "--version").stdout == f"journeybook {version('journeybook')}\n"


@pytest.mark.parametrize("words", [["chekc"], ["check", "--fromat", "json"], ["check", "--format", "xml"],
                                   ["explain", "a", "b"], ["new", "journey"], ["build", "maps"]], ids=" ".join)
def test_a_wrong_call(tmp_path: Path, words: list[str]) -> None:
    """A call that does not exist: exit 2, what is wrong, and where the help is."""
    result = run(tmp_path, *words)
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert "--help" in result.stderr
    assert result.stdout == ""


def test_python_m_is_the_same(tmp_path: Path) -> None:
    """`python -m journeybook` and the command of that name are one."""
    folder = project(tmp_path, {"journeys/buy.yml": JOURNEY})
    done = process(folder, "journeybook", "explain", "asset-orphan")
    assert done.stdout == run(folder, "explain", "asset-orphan").stdout
    assert "Usage: journeybook check" in process(folder, "journeybook", "check", "--help").stdout
