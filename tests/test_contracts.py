"""Promises between parts: the direction of the code, and documents that keep up with it."""

from __future__ import annotations

import ast
import json
import logging
import re
import sys
import tomllib
from pathlib import Path

import click
import pytest
from importlinter.cli import lint_imports

from journeybook.adapters.cli import main
from journeybook.adapters.project import OPTIONS
from journeybook.checks import CHECKS
from support_site import CHECKOUT, DOT, FIRMS, project, run, standing_in

README = (CHECKOUT / "README.md").read_text("utf-8")
DOCUMENTS = "\n".join(path.read_text("utf-8") for path in [
    *CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").rglob("*.md")])
PACKAGE = CHECKOUT / "generator" / "journeybook"
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))


def commands(group: click.Group = main, before: str = "journeybook") -> dict[str, click.Command]:
    """Every command by its full name; groups themselves are none."""
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        full = f"{before} {name}"
        found |= commands(command, full) if isinstance(command, click.Group) else {full: command}
    return found


def test_imports_point_down() -> None:
    """No layer imports one above it, and only adapters know the host and the command line."""
    with standing_in(CHECKOUT):
        assert lint_imports(config_filename="pyproject.toml", no_cache=True, is_debug_mode=False) == 0
    for logger in logging.root.manager.loggerDict.values():  # it silences all that were there before
        if isinstance(logger, logging.Logger):
            logger.disabled = False


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_readme(command: str) -> None:
    """Each command is named in README.md."""
    assert re.search(rf"`{command}\b", README), command


def test_the_readme_names_no_other_command() -> None:
    """A command that README.md names exists, and so do the options it names with it."""
    known = commands()
    named = set(re.findall(r"`journeybook ((?:new )?[a-z]+)", README)) | set(
        re.findall(r"^\s*journeybook ((?:new )?[a-z]+)", README, re.MULTILINE))
    assert {name for name in named if f"journeybook {name}" not in known} == set()
    options = {option for command in known.values() for parameter in command.params for option in parameter.opts}
    for line in README.splitlines():
        if "journeybook " in line and "pip" not in line:
            assert set(re.findall(r"(?<![\w-])--[a-z-]+", line)) <= options, line


@pytest.mark.parametrize("option", OPTIONS)
def test_every_plugin_option_is_documented(option: str) -> None:
    """Each option of the plugin stands in README.md with its meaning."""
    assert re.search(rf"^\| `{option}` \| .+ \| .+ \|$", README, re.MULTILINE), option


def test_documents_name_checks_that_exist() -> None:
    """A check's id in a document is one of ours."""
    named = set(re.findall(r"(?:ignore|warning|error)\[([a-z]+-[a-z-]+)\]|explain ([a-z]+-[a-z-]+)", DOCUMENTS))
    assert {one or other for one, other in named} - {check.id for check in CHECKS} == set()


def test_links_of_documents_lead_somewhere() -> None:
    """A file that a document links to or names in its table of folders is there."""
    for path in [*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text("utf-8")):
            assert "://" in target or (path.parent / target).exists(), (path.name, target)


def test_the_readmes_first_map_builds(tmp_path: Path) -> None:
    """The files that README.md tells people to write are checked without errors and build."""
    blocks = [re.sub(r"^ {3}", "", block, flags=re.MULTILINE)
              for block in re.findall(r"^ {3}```yaml\n(.*?)^ {3}```", README, re.DOTALL | re.MULTILINE)]
    (config,) = [block for block in blocks if "plugins:" in block]
    first, long = [block for block in blocks if "stages:" in block][:2]
    (lists,) = [block for block in blocks if block.startswith("teams:")]
    folder = project(tmp_path, {"journeys/first-purchase.yml": first}, config)
    assert run(folder, "check").exit_code == 0
    values = "date,value\n2026-09-30,700\n2026-10-31,760\n"
    project(folder, {"journeys/first-purchase.yml": long, "lists.yml": lists, "guide-visits.csv": values}, config)
    found = json.loads(run(folder, "check", "--format", "json").stdout)
    assert [p["message"] for p in found["problems"] if p["severity"] == "error"] == []
    assert found["summary"]["journeys"] == 1
    built = run(folder, "build")
    assert built.exit_code == 0, built.stderr


@pytest.mark.parametrize("firm", FIRMS)
def test_the_demo_atlases_are_sound(firm: str) -> None:
    """No errors in what people see first, judged on the demo's day."""
    assert run(FIRMS[firm], "check").exit_code == 0


@pytest.mark.parametrize("firm", FIRMS)
def test_the_demo_firms_say_that_they_are_invented(firm: str) -> None:
    """Every page of the demo sites carries the notice."""
    config = (FIRMS[firm] / "mkdocs.yml").read_text("utf-8")
    assert re.search(r"^copyright: .*invented.*every number", config, re.MULTILINE)


def test_dependencies_are_those_imported() -> None:
    """Every package the code imports is declared, and every declared one is imported (or explained here)."""
    distributions = {"markdown_it": "markdown-it-py", "yaml": "pyyaml", "slugify": "python-slugify",
                     "ibis": "ibis-framework"}
    imported = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.split(".")[0])
    foreign = {distributions.get(name, name) for name in imported - set(sys.stdlib_module_names) - {"journeybook"}}
    foreign -= {"pydantic_core"}  # comes with pydantic and is versioned with it
    foreign -= {"material"}  # its folder of icons and styles, which comes with the theme
    extras = PROJECT["project"]["optional-dependencies"]
    optional = {re.split(r"[\[<>=]", line)[0] for name in ("xlsx", "pictures") for line in extras[name]}
    assert optional <= foreign
    foreign -= optional
    declared = {re.split(r"[\[<>=]", line)[0] for line in PROJECT["project"]["dependencies"]}
    declared |= {re.split(r"[\[<>=]", line)[0] for line in PROJECT["project"]["optional-dependencies"]["measure"]}
    declared -= {"mkdocs-material"}  # a theme: named in mkdocs.yml, never imported
    assert foreign == declared


def test_every_test_says_what_it_shows() -> None:
    """Each test has a line that says what would be broken if it failed."""
    silent = []
    for path in (CHECKOUT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node):
                silent.append(f"{path.name}: {node.name}")
    assert silent == []


def test_the_small_project_of_the_tests_is_a_real_one(tmp_path: Path) -> None:
    """The settings that many tests share build without a word from the host."""
    result = run(project(tmp_path, {"buy.yml": "title: Buy\nowner: sales\nstages: [Look]\n"}, DOT), "build", "-q")
    assert (result.exit_code, result.stderr) == (0, "")
