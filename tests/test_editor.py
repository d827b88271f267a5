"""The schema for editors: it accepts what the reader accepts, refuses what has no shape, and stays current."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from mkdocs.config import load_config

from journeybook.adapters.cli import main
from journeybook.adapters.editor import keep_schema, schema_text
from journeybook.checks import CHECKS
from journeybook.editor import as_text
from journeybook.reading import read_book
from journeybook.schema.durations import parse_duration
from journeybook.schema.fields import KINDS, fields_of, record_types
from journeybook.schema.types import url_fault
from journeybook.settings import Settings
from support import CASES, write
from support_site import project

ROOT = Path(__file__).resolve().parents[1]
ATLASES = [ROOT / "maps", *sorted(ROOT.glob("examples/*/maps"))]
GENERIC = json.loads(as_text())
NOT_SHAPE = {"id-duplicate", "id-implicit", "path-outside", "image-invalid", "html-shown", "ignore-unused",
             "value-range"}
"""Checks of the group *shape* that look at more than one value of one file. A score's range is the atlas's."""


class Loader(yaml.SafeLoader):
    """PyYAML's safe loader, with keys as the words they are: YAML 1.1 would read ``on:`` as true."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Called for each mapping."""
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


def parsed(text: str) -> Any:
    """YAML as an editor sees it: typed scalars, dates as texts."""
    return json.loads(json.dumps(yaml.load(text, Loader), default=lambda value: value.isoformat()))


def faults(text: str, schema: dict[str, Any] = GENERIC) -> list[str]:
    """What the schema says about a file."""
    return [f"{list(error.absolute_path)}: {error.message[:120]}"
            for error in jsonschema.Draft7Validator(schema).iter_errors(parsed(text))]


def examples(check: Any, kind: str) -> list[str]:
    """The YAML below ``Bad:`` or ``Good:`` on a check's page."""
    part = check.page.partition(f"\n{kind}:")[2].partition("\nGood:")[0]
    return re.findall(r"```yaml\n(.*?)```", part, re.DOTALL)


def settings_of(maps: Path) -> Settings:
    return Settings(maps.parent, maps, today=date(2026, 11, 21))


def test_it_is_a_valid_schema():
    """Draft-07, and every definition that is named exists and is used."""
    jsonschema.Draft7Validator.check_schema(GENERIC)
    text = json.dumps(GENERIC)
    named = set(re.findall(r'"#/definitions/([^"]+)"', text))
    assert named <= GENERIC["definitions"].keys()
    assert GENERIC["definitions"].keys() - named <= {"EmotionScale", "number"}


def test_it_is_the_same_on_every_run():
    """Kept files can be compared byte by byte."""
    assert as_text() == as_text()


@pytest.mark.parametrize("maps", ATLASES, ids=lambda path: path.parent.name)
def test_the_demo_atlases_are_valid(maps):
    """Every file of every demo passes, with the schema for all and with the one for its own atlas."""
    local = json.loads(schema_text(read_book(settings_of(maps))))
    jsonschema.Draft7Validator.check_schema(local)
    for path in sorted(maps.rglob("*.yml")):
        assert faults(path.read_text("utf-8")) == [], path
        assert faults(path.read_text("utf-8"), local) == [], path


@pytest.mark.parametrize("case", sorted(p.name for p in (CASES / "fine").iterdir() if p.is_dir()))
def test_what_the_reader_accepts_is_valid(case):
    """The corpus of odd but right files raises no complaint."""
    for path in sorted((CASES / "fine" / case).rglob("*.yml")):
        assert faults(path.read_text("utf-8")) == [], path


@pytest.mark.parametrize("check", [c for c in CHECKS if c.group == "shape"], ids=lambda check: check.id)
def test_examples_of_checks_of_shape(check):
    """What a check of shape calls bad is refused, what it calls good passes."""
    for text in examples(check, "Good"):
        assert faults(text) == []
    if check.id not in NOT_SHAPE:
        bad = examples(check, "Bad")
        assert bad and all(faults(text) for text in bad)


@pytest.mark.parametrize("check", [c for c in CHECKS if c.group not in ("file", "shape", "limits")
                                   and c.id != "reference-unchecked"], ids=lambda check: check.id)
def test_examples_of_other_checks_have_a_shape(check):
    """What other checks find is more than shape: their bad examples pass here, and so do the good ones.

    All but the one that shows a file which cannot be read.
    """
    for text in [*examples(check, "Bad"), *examples(check, "Good")]:
        assert faults(text) == []


@pytest.mark.parametrize("text", ["48 hours", "3 business days", "1 to 3 days", "1-3 days", "6 Months", "48h", "3 d",
                                  "monthly", "0.5 days", "1 – 2 weeks", "soon", "3", "3 dayz", "days", "-1 day",
                                  "1  to  3   working days", "quarterly", "1 to days"])
def test_lengths_of_time_are_judged_as_the_reader_judges_them(text):
    """The pattern and the reader agree."""
    schema = {**GENERIC, "$ref": "#/definitions/duration"}
    assert jsonschema.Draft7Validator(schema).is_valid(text) == (parse_duration(text) is not None)


@pytest.mark.parametrize("text", ["https://example.com", "http://example.com/a?b=c#d", "mailto:a@example.com", "/guide",
                                  "guide.html", "a/b:c", "#here", "//example.com", "javascript:alert(1)", "ftp://x.org",
                                  "https://a:b@example.com", "https://a@example.com/x", "https://", "a b", "a\\b"])
def test_addresses_are_judged_as_the_reader_judges_them(text):
    """The pattern and the reader agree."""
    schema = {**GENERIC, "$ref": "#/definitions/address"}
    assert jsonschema.Draft7Validator(schema).is_valid(text) == (not url_fault(text))


@pytest.mark.parametrize("line", [
    "moment_of_truth: yes", "moment_of_truth: true", "moment_of_truth: 'On'", "emotion: -1", "emotion: '+0.5'",
    "emotion: { ada: 1, dev: { score: -2, word: Lost } }", "emotion: { score: 1, basis: measured }", "title: 12",
    "title: 2026-01-01", "title: yes", "gains: Quick", "gains: [Quick, 24]", "pains: Too dear", "pains:", "emotion:",
    "pains: [Too dear, { text: Slow, severity: low }]", "pains: { text: Slow }", "duration: 2 weeks",
    "x-mine: { any: [thing] }"])
def test_short_forms_are_valid(line):
    """A text for a record, one value for a list, a number, one a persona, yes and no, blanks and own keys."""
    title = "" if line.startswith("title:") else "title: Call\n        "
    text = f"title: Buy\nowner: sales\nstages:\n  - title: Look\n    steps:\n      - {title}{line}\n"
    assert faults(text) == []


@pytest.mark.parametrize("line", ["moment_of_truth: maybe", "emotion: fine", "emotion: { ada: fine }", "title: [a]",
                                  "gains: { a: b }", "pains: { txt: Slow }", "duration: 3", "emotion: [1]",
                                  "pains: [{ text: Slow, severity: awful }]", "mine: 1"])
def test_what_no_reader_understands_is_not(line):
    """Wrong kinds of values and unknown keys at any depth."""
    title = "" if line.startswith("title:") else "title: Call\n        "
    text = f"title: Buy\nowner: sales\nstages:\n  - title: Look\n    steps:\n      - {title}{line}\n"
    assert faults(text)


def test_every_field_of_every_record_is_in_it():
    """Keys, and what is needed, follow from the records; every key says what it means."""
    for model in record_types():
        if model.__name__ in ("Emotion", "Atlas", "Journey"):
            continue  # these have more, or other, keys in a file
        printed = GENERIC["definitions"][model.__name__]
        assert printed["properties"].keys() - {"id"} == {entry.key for entry in fields_of(model)} - {"id"}
        assert printed.get("required", []) == [entry.key for entry in fields_of(model) if entry.required]
        assert all(value.get("description") for key, value in printed["properties"].items() if key != "id"), model


def test_every_reference_says_what_it_refers_to():
    """No reference without the kind of record whose id is wanted."""
    for model in record_types():
        for entry in fields_of(model):
            assert entry.shape.kind != "reference" or entry.targets, f"{model.__name__}.{entry.key}"
    assert set(KINDS.values()) >= {"reference", "title"}


def test_ids_that_may_stand_in_unreadable_files_stay_open(tmp_path):
    """A broken file neither stops the schema nor makes references into it wrong."""
    maps = write(tmp_path, {"maps/teams.yml": "teams:\n  sales: Sales\n", "maps/more.yml": "personas:\n  a: [\n",
                            "maps/odd.yml": b"\xff\xfe\x00"}) / "maps"
    schema = json.loads(schema_text(read_book(settings_of(maps))))
    assert faults("title: A\nowner: marketing\npersona: ben\nstages: [B]\n", schema) == []
    (maps / "odd.yml").unlink()
    schema = json.loads(schema_text(read_book(settings_of(maps))))
    assert faults("title: A\nowner: sales\npersona: ben\nstages: [B]\n", schema) == []
    assert faults("title: A\nowner: marketing\nstages: [B]\n", schema)


def test_the_kept_schema_changes_only_with_the_atlas(tmp_path):
    """It is written beside mkdocs.yml, in a folder that Git passes over, and again only when ids change."""
    settings = settings_of(write(tmp_path, {"maps/teams.yml": "teams:\n  sales: Sales\n"}) / "maps")
    keep_schema(read_book(settings), settings)
    kept = tmp_path / ".journeybook" / "schema.json"
    assert "sales" in kept.read_text("utf-8") and (kept.parent / ".gitignore").read_text("utf-8") == "*\n"
    before = kept.stat().st_mtime_ns
    keep_schema(read_book(settings), settings)
    assert kept.stat().st_mtime_ns == before
    write(tmp_path, {"maps/teams.yml": "teams:\n  sales: Sales\n  press: Press\n"})
    keep_schema(read_book(settings), settings)
    assert "press" in kept.read_text("utf-8")
    assert sorted(path.name for path in kept.parent.iterdir()) == [".gitignore", "schema.json"]


def test_a_place_that_cannot_be_written_is_passed_over(tmp_path):
    """A file or a link where the folder should be: nothing is said, nothing is written elsewhere."""
    settings = settings_of(write(tmp_path, {"maps/teams.yml": "teams:\n  sales: Sales\n", "elsewhere/x": ""}) / "maps")
    reading = read_book(settings)
    place = tmp_path / ".journeybook"
    place.write_text("mine", "utf-8")
    keep_schema(reading, settings)
    assert place.read_text("utf-8") == "mine"
    place.unlink()
    place.symlink_to(tmp_path / "elsewhere")
    keep_schema(reading, settings)
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["x"]


def run(folder: Path, *words: str) -> Any:
    """The command line in a project."""
    return CliRunner().invoke(main, [*words, "--config-file", str(folder / "mkdocs.yml")])


def test_the_command_prints_writes_and_compares(tmp_path):
    """To the terminal, to a file, and as a question whose answer is the exit code."""
    folder = project(tmp_path, {"teams.yml": "teams:\n  sales: Sales\n"})
    shown = run(folder, "schema")
    assert shown.exit_code == 0 and json.loads(shown.output) == GENERIC
    out = str(tmp_path / "kept.json")
    assert run(folder, "schema", "--out", out, "--check").exit_code == 1
    assert run(folder, "schema", "--local", "--out", out).exit_code == 0
    assert "ids of team" in Path(out).read_text("utf-8")
    assert run(folder, "schema", "--local", "--out", out, "--check").exit_code == 0
    assert run(folder, "schema", "--out", out, "--check").exit_code == 1
    assert run(folder, "schema", "--check").exit_code == 2
    assert run(folder, "schema", "--out", str(tmp_path / "none" / "kept.json")).exit_code == 2


@pytest.mark.parametrize("command", ["serve", "build"])
def test_the_preview_keeps_the_schema_and_a_build_does_not(tmp_path, command):
    """While somebody edits, ids that were just added are known to the editor; a build leaves the folder alone."""
    folder = project(tmp_path, {"teams.yml": "teams:\n  sales: Sales\n"})
    config = load_config(str(folder / "mkdocs.yml"))
    config.plugins.on_startup(command=command, dirty=False)
    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    assert (folder / ".journeybook" / "schema.json").is_file() == (command == "serve")


def test_check_and_new_keep_the_schema(tmp_path):
    """`check` writes it; a new journey begins with the line by which editors find it."""
    folder = project(tmp_path, {"teams.yml": "teams:\n  sales: Sales\n"})
    run(folder, "check")
    kept = folder / ".journeybook" / "schema.json"
    assert kept.is_file()
    run(folder, "new", "journey", "Buy a bike", "--owner", "sales")
    path = next(folder.rglob("buy-a-bike.yml"))
    line = path.read_text("utf-8").splitlines()[0]
    way = line.removeprefix("# yaml-language-server: $schema=")
    assert way != line and (path.parent / way).resolve() == kept.resolve()
