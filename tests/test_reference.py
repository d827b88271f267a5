"""The reference for authors is complete and true: every field, every check, every command, every option."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest
import yaml

from journeybook.adapters.cli import main
from journeybook.adapters.project import OPTIONS
from journeybook.checks import CHECKS
from journeybook.editor import as_text
from journeybook.problems import Problem
from journeybook.schema import validate
from journeybook.schema.atlas import Atlas, Lane
from journeybook.schema.fields import fields_of, record_types
from journeybook.schema.journey import Emotion, Journey
from journeybook.schema.records import REGISTRIES
from journeybook.schema.repair import record
from journeybook.source import read_text
from journeybook.views.reference import (
    CHECKS_PAGE,
    GROUPS,
    HUB,
    ChecksView,
    RecordPart,
    ReferenceView,
    WriteView,
    check_to,
    example_in_place,
    reference_makers,
)
from support_site import Site, process, project, run

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
SCHEMA = json.loads(as_text())
RECORDS = [model for model in record_types() if model is not Emotion]
FEW = {"buy.yml": "title: Buy\nowner: sales\nstages:\n  - title: Look\n    raci: { responsible: sales }\n",
       "teams.yml": "teams:\n  sales: Sales\n"}


def made():
    """All pages of the reference."""
    return [make() for make in reference_makers()]


def shown() -> dict[str, RecordPart]:
    """Every record the pages explain, by title."""
    return {part.title: part for view in made() if isinstance(view, ReferenceView) for part in view.records}


def named(model: Any) -> str:
    """What the pages call a record; a feeling is explained as the emotion that it is."""
    noun = model.noun.removeprefix("persona's ").removeprefix("atlas's ")
    return "RACI" if noun == "raci" else str(noun.capitalize())


def built(folder: Path) -> Site:
    """The project's site, built without a word on stderr."""
    done = run(folder, "build", "--quiet")
    assert (done.exit_code, done.stderr) == (0, ""), done.stderr
    return Site(folder)


def words(page: Any) -> str:
    """What a page says."""
    return " ".join(page.xpath("//article")[0].text_content().split())


def as_editor(value: Any) -> Any:
    """YAML as an editor sees it: dates are texts."""
    return json.loads(json.dumps(value, default=lambda day: day.isoformat()))


@pytest.mark.parametrize("model", record_types(), ids=lambda model: model.__name__)
def test_examples_are_right(model):
    """The reader and the schema find nothing wrong with a record's example."""
    document, problems = read_text("example.yml", inspect.cleandoc(model.example) + "\n")
    found: list[Problem] = list(problems)
    spec, faulty = record(document, model, document.data, (), found)
    assert (found, faulty) == ([], False) and spec is not None
    plain = as_editor(yaml.load(document.text, yaml.BaseLoader if model.__name__ == "SignOff" else yaml.SafeLoader))
    schema = {"definitions": SCHEMA["definitions"], "$ref": f"#/definitions/{model.__name__}"}
    assert [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(plain)] == []


@pytest.mark.parametrize("model", [Journey, Atlas, *REGISTRIES.values()], ids=lambda model: model.__name__)
def test_examples_of_whole_files_are_right(model):
    """What a page shows for a registry, a journey or the settings can be saved as a file."""
    name = "atlas.yml" if model is Atlas else "example.yml"
    document, problems = read_text(name, example_in_place(model) + "\n")
    contents, more = validate(document)
    assert [*problems, *more] == []
    assert contents.entries or contents.journey or contents.atlas


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_every_field_is_explained(model):
    """Each key of each record has a description and a row on its page, with what may be written."""
    part = shown()[named(model)]
    rows = {row.key: row for row in part.fields}
    assert part.lead and part.example and rows.keys() == {field.key for field in fields_of(model)}
    for field in fields_of(model):
        assert len(field.description) > 3 and field.description[-1] in ".…)", field.key
        row = rows[field.key]
        assert row.meaning and row.form and row.needed == field.required
        assert row.more or field.shape.kind not in ("record",), field.key


def test_every_field_that_is_a_record_leads_to_it():
    """Links between records arrive at an anchor of a page."""
    places = {f"{view.uri}#{part.anchor}" for view in made() if isinstance(view, ReferenceView)
              for part in view.records}
    leading = {row.more.to for part in shown().values() for row in part.fields if row.more}
    assert leading <= places and len(leading) > 10


def test_every_check_is_explained():
    """Each check has a section under its id, with level, reason, a bad and a good example; all groups have a name."""
    (page,) = (view for view in made() if isinstance(view, ChecksView))
    parts = {part.id: part for _, _, checks in page.groups for part in checks}
    assert list(parts) == [check.id for check in CHECKS]
    assert {check.group for check in CHECKS} <= GROUPS.keys()
    assert len({anchor for anchor, _, _ in page.groups}) == len(page.groups), "a group comes twice"
    for check in CHECKS:
        kinds = [kind for kind, _ in parts[check.id].body]
        assert kinds[0] == "text" and kinds.count("code") >= 2, check.id
        assert parts[check.id].level.word.lower() in (check.level.word, "note")


def test_the_hub_leads_everywhere():
    """Every page of the reference is reached from its first."""
    first, *others = made()
    assert isinstance(first, WriteView) and first.uri == HUB
    assert {link.to for _, _, links in first.shelves for link in links} == {view.uri for view in others}


def test_pages_lead_to_what_explains_them(tmp_path):
    """Each kind of page links to its records, problems to their check, and nothing leads nowhere."""
    site = built(project(tmp_path, FEW))
    assert site.dead_links() == []
    for page, leads_to in (("journeys/buy/", "../../write/journey/"), ("people/teams/sales/", "../../../write/team/"),
                           ("", "write/"), ("health/", f"../{check_to('asset-missing')}")):
        assert leads_to in {str(link) for link in site.page(page).xpath("//article//a/@href")}, page
    anchors = site.page(CHECKS_PAGE).xpath("//h3/@id")
    assert anchors == [check.id for check in CHECKS]
    assert "What the customer wants here." in words(site.page("write/stage/"))


def test_no_reference_where_none_is_wanted(tmp_path):
    """`reference: false` leaves the pages and all links to them out."""
    folder = project(tmp_path, FEW)
    settings = (folder / "mkdocs.yml").read_text("utf-8")
    changed = settings.replace("journeybook]", "journeybook: { reference: false }]")
    assert changed != settings
    (folder / "mkdocs.yml").write_text(changed, "utf-8")
    site = built(folder)
    assert not (folder / "site" / "write").exists() and site.dead_links() == []
    assert "How to write this" not in words(site.page("journeys/buy/"))


def test_a_team_s_own_navigation_stays_quiet(tmp_path):
    """The host says nothing about pages that the navigation does not name."""
    folder = project(tmp_path, FEW)
    said = process(folder, "mkdocs", "build").stderr
    assert "write/" not in said


def commands(group: click.Group, before: str = "journeybook") -> list[str]:
    """Every command as it is typed."""
    found = []
    for name, command in group.commands.items():
        typed = f"{before} {name}"
        found += commands(command, typed) if isinstance(command, click.Group) else [typed]
    return found


@pytest.mark.parametrize("command", commands(main))
def test_every_command_is_in_the_readme(command):
    """A row of the table, or a part of one."""
    assert f"`{command}" in README


@pytest.mark.parametrize("option", sorted(OPTIONS))
def test_every_option_is_in_the_readme(option):
    """A row of the table of options."""
    assert re.search(rf"(?m)^\| `{option}` \|", README)


def test_a_record_below_a_key_of_ones_own_is_shown_below_one() -> None:
    """A lane stands below the key that it shows."""
    assert example_in_place(Lane).startswith("lanes:\n  x-legal:\n    name: Legal\n")
