"""The checks: their pages, their examples, their levels, and that each is reported by something."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from journeybook.checks import CHECKS, Check, by_id, refusals, run
from journeybook.model import build_atlas
from journeybook.problems import Problem, Severity, Span
from journeybook.schema import validate
from journeybook.settings import Limits, Settings
from journeybook.source import read_text
from support import CASES, TODAY, problems_of, told, walk, write

IDS = [check.id for check in CHECKS]
PAGE = re.compile(
    r"(?P<head>[^\n]+\.)\n\n(?P<why>.+?)\n\nBad:\n\n```yaml\n(?P<bad>.+?)```\n\nGood:\n\n```yaml\n(?P<good>.+?)```",
    re.DOTALL)
TEAMS = "teams:\n  sales: Sales\n  marketing: Marketing\n  onboarding: Onboarding\n"
CONTEXT = """
metrics:
  win-rate: {name: Win rate, owner: sales, target: 30}
assets:
  price-list: {title: Price list, owner: sales, answers: first-week/set-up#price}
"""
FIRST_WEEK = """
title: First week
owner: onboarding
category: customer
personas: {buyer: Bea}
stages:
  - id: set-up
    title: Set up
    assets: price-list
    metrics: win-rate
    questions: [{id: price, ask: What is in it?}]
"""
WALKED = ("journey,first,last,people\nexample,2026-01-01,2026-10-31,100\n",) * 2
SEEN = "month,segment,stage,visits,people,new,onward,left,waiting\n,,look,100,,,,,\n,,compare,90,,,,,\n"
TAKEN = ("month,segment,from,to,count,share,repeat,median_hours,p90_hours\n"
         ",,look,compare,80,80.0,0,1.00,2.00\n,,look,decide,12,12.5,0,1.00,2.00\n,,compare,decide,40,50.0,0,9.00,100.00\n")
MEASURED = {"measured/journeys.csv": WALKED, "measured/example.stages.csv": (SEEN + ",,decide,50,,,,,\n",) * 2,
            "measured/example.ways.csv": (TAKEN,) * 2}
BESIDE = {
    "measured-data": MEASURED | {"measured/example.stages.csv": (SEEN.replace("look", "lok"), SEEN)},
    "stage-unreached": MEASURED | {"measured/example.stages.csv": (SEEN, SEEN)},
    "measured-stale": MEASURED | {"measured/journeys.csv": (WALKED[0].replace("example", "first-week"),) * 2,
                                  "measured/first-week.stages.csv": (SEEN[:58],) * 2,
                                  "measured/first-week.ways.csv": (TAKEN[:66],) * 2},
    **dict.fromkeys(("way-undrawn", "way-untaken", "handoff-late", "commitment-late"), MEASURED),
    "metric-data": {"win-back.csv": ("date,value\n2026-03-31,12,5\n", "date,value\n2026-03-31,12.5\n")},
    "promise-missed": {"example.csv": ("date,value\n2026-10-31,57\n", "date,value\n2026-10-31,31\n")},
    "metric-stale": {"example.csv": ("date,value\n2026-06-30,57\n", "date,value\n2026-10-31,57\n")},
    "image-invalid": {"amira.svg": ("<svg/>", ""), "amira.jpg": ("", "\xff\xd8\xff")},
}
NOT_IN_AN_EXAMPLE = {"file-unreadable", "file-too-large", "link-refused", "limit-reached"}
"""What these are about is a file's size or form; tests/source holds their cases."""


def page_of(check: Check) -> dict[str, str]:
    """The parts of a check's page."""
    match = PAGE.fullmatch(check.page)
    assert match, f"{check.id}: head, why, Bad and Good, each in its place"
    return match.groupdict()


@pytest.fixture(scope="session")
def reported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Check id → a case that reports it."""
    found: dict[str, str] = {}
    for folder in sorted((CASES / "bad").iterdir()):
        for problem in problems_of(folder):
            found.setdefault(problem.check, folder.name)
    folder = write(tmp_path_factory.mktemp("made"), {"big.yml": "teams: {}\n" * 9, "teams.yml": "teams: {a: A}\n"})
    (folder / "linked.yml").symlink_to(folder / "teams.yml")
    for problem in problems_of(folder, Limits(file_bytes=50)):
        found.setdefault(problem.check, "made by the test")
    return found


@pytest.mark.parametrize("ident", IDS)
def test_every_check_is_reported_by_some_case(ident, reported):
    """A check that nothing can set off would be a promise on paper."""
    assert ident in reported


def test_ids_groups_and_levels_are_as_agreed(golden):
    """They are part of what users write down; changing one is a change to be seen."""
    golden("".join(f"{c.group:10} {c.id:22} {c.level.word}\n" for c in CHECKS), "checks/registry.txt")


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_every_check_has_a_page(check):
    """What is wrong, why it matters, a bad and a good example; nothing but the YAML checks shows broken YAML."""
    page = page_of(check)
    assert page["head"] == check.summary
    assert len(page["head"]) < 100
    assert 40 < len(page["why"]) < 500
    assert page["bad"] != page["good"]
    yaml.safe_load(page["good"])
    if check.id not in ("yaml-syntax", "yaml-feature", "reference-unchecked"):
        yaml.safe_load(page["bad"])


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_every_check_is_found_here_or_reported_earlier(check):
    """A check either looks at the atlas itself or names the stage that reports it."""
    module = __import__(f"journeybook.checks.{check.id.replace('-', '_')}", fromlist=["x"])
    earlier = getattr(module, "REPORTED_BY", None)
    assert (check.find is None) == (earlier in ("source", "schema", "model", "checks"))


@pytest.mark.parametrize("ident", [ident for ident in IDS if ident not in NOT_IN_AN_EXAMPLE])
def test_the_bad_example_is_reported_and_the_good_one_is_not(ident, tmp_path):
    """The examples of a page are true."""
    check = by_id()[ident]
    page = page_of(check)
    for index, example in enumerate((page["bad"], page["good"])):
        folder = tmp_path / str(index)
        name = "atlas.yml" if example.startswith("# atlas.yml") else "example.yml"
        files: dict[str, str | bytes] = {name: example, "library.yml": CONTEXT, "first-week.yml": FIRST_WEEK}
        if "teams:" not in example and ident != "team-unlisted":
            files["teams.yml"] = TEAMS
        if ident == "reference-unchecked":
            files["first-week.yml"] = "title: Week\nowner: sales\npersona: buyer\nstages: [Set up]\n"
        files.update({beside: texts[index].encode("latin-1") for beside, texts in BESIDE.get(ident, {}).items()})
        found = [problem for problem in problems_of(write(folder, files)) if problem.check == ident]
        assert bool(found) == (index == 0), told(found) or f"nothing about: {example}"


def test_levels_can_be_changed_but_not_those_of_what_cannot_be_read(tmp_path):
    """``checks:`` raises, lowers and switches off; a broken reference stays an error."""
    atlas = "title: A\nteams: {sales: Sales}\nchecks:\n  asset-missing: error\n  stage-without-metric: off\n"
    folder = write(tmp_path, {
        "atlas.yml": atlas + "  reference-unknown: off\n  owner-missing: info\n",
        "buy.yml": "title: Buy\nowner: sails\nstages: [Look]\nmetrics: {nps: NPS}\n"})
    levels = {problem.check: problem.severity.word for problem in problems_of(folder)}
    assert levels == {"asset-missing": "error", "reference-unknown": "error", "owner-missing": "info",
                      "value-choice": "error", "metric-without-target": "warning"}


def test_refusals_are_errors_of_reading_only(tmp_path):
    """A build stops for what cannot be read or leads nowhere, never for a warning that somebody made an error."""
    folder = write(tmp_path, {
        "atlas.yml": "title: A\nteams: {sales: Sales}\nchecks: {asset-missing: error}\n",
        "buy.yml": "title: Buy\nownr: sales\nstages: [Look]\n"})
    assert [problem.check for problem in refusals(problems_of(folder))] == ["key-unknown"]


def test_an_ignore_comment_on_a_line_of_its_own_covers_the_next_line(tmp_path):
    """Both ways of writing it silence the check and are not called unused."""
    start = "teams: {sales: Sales}\nassets:\n"
    for line in ("  guide: Guide  # journeybook: ignore[asset-orphan, owner-missing] for now\n",
                 "  # journeybook: ignore[asset-orphan, owner-missing] for now\n  guide: Guide\n"):
        assert told(problems_of(write(tmp_path, {"a.yml": start + line}))) == ""


def test_a_run_tells_errors_first_when_there_are_too_many(tmp_path):
    """Of 1,800 problems the errors stay; the rest is a number that weighs no more than what it counts."""
    texts = {f"a{n}.yml": "assets:\n" + "".join(f"  x{n}-{i}: {{title: X, owner: s}}\n" for i in range(60))
             for n in range(30)}
    folder = write(tmp_path, {**texts, "teams.yml": "teams: {s: S, T: T}\n"})
    problems = problems_of(folder)
    assert len(problems) == 1001
    assert [problem.check for problem in problems if problem.severity is Severity.ERROR] == [
        "id-invalid"]
    assert problems[-1].message == "801 more problems are not shown"
    assert problems[-1].severity is Severity.WARNING


def test_problems_are_stamped_by_the_runner_only():
    """Whoever finds a problem cannot say how much it weighs."""
    document, _ = read_text("a.yml", "teams: {a: A}\n")
    content, _ = validate(document)
    settings = Settings(Path("/nowhere"), Path("/nowhere"), today=TODAY)
    atlas, _ = build_atlas([content], settings)
    mild = Problem("key-unknown", "m", Span("a.yml"), severity=Severity.INFO)
    assert [p.severity for p in run(atlas, settings, [document], [mild])] == [Severity.ERROR]


def test_checks_say_nothing_about_the_order_of_files(tmp_path):
    """Reading the flagship backwards tells the same."""
    folder = CASES.parent.parent / "maps"
    assert told(walk(folder)[1]) == told(walk(folder, backwards=True)[1])
