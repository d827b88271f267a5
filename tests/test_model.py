"""The atlas: references, what is inherited and derived, the ways back, and metric values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from journeybook.model import Atlas, StageKey, build_atlas
from journeybook.model.reviews import due, interval, kind
from journeybook.problems import Problem
from journeybook.schema import validate
from journeybook.settings import Limits, Settings
from journeybook.source import read_text
from support import CASES, TODAY, answered, problems_of, walk, write

TEAMS = "title: A\nteams: {sales: Sales, support: Support}\n"
SILENT = ("checks: {asset-missing: off, stage-without-metric: off, id-implicit: off, metric-without-target: off, "
          "metric-without-stage: off, evidence-assumed: off, handoff-missing: off}\n")


def atlas_of(**texts: str) -> Atlas:
    """The atlas of files without a mistake: name → text; two teams are there."""
    atlas, problems = both(**texts)
    assert [f"{p.span} {p.message}" for p in problems] == []
    return atlas


def both(**texts: str) -> tuple[Atlas, list[Problem]]:
    """The atlas and the problems."""
    files = {f"{name}.yml": text.encode() for name, text in texts.items()}
    return answered({"atlas.yml": (TEAMS + SILENT).encode(), **files})


def words(problems: list[Problem]) -> list[str]:
    """Checks and messages."""
    return [f"{problem.check}: {problem.message}" for problem in problems]


# Inherited and derived

def test_a_stage_has_the_journey_s_owner_unless_it_names_its_own():
    """And says which of the two it is."""
    atlas = atlas_of(buy="title: B\nowner: sales\nstages: [Look, {title: Pay, owner: support}]\n")
    look, pay = atlas.journeys["buy"].stages
    assert (look.owner and look.owner.id, look.owner_inherited) == ("sales", True)
    assert (pay.owner and pay.owner.id, pay.owner_inherited) == ("support", False)


def test_categories_add_up_and_come_from_the_journey_where_a_stage_names_none():
    """A stage with two of its own is shared by two lifecycles."""
    atlas = atlas_of(buy="title: B\nowner: sales\ncategory: buyer\ncategories: [prospect, buyer]\nstages:\n"
                         "  - Look\n  - {title: Pay, category: buyer, categories: customer}\n")
    journey = atlas.journeys["buy"]
    assert [category.id for category in journey.categories] == ["buyer", "prospect"]
    assert [[category.id for category in stage.categories] for stage in journey.stages] == [
        ["buyer", "prospect"], ["buyer", "customer"]]
    assert [stage.overlap for stage in journey.stages] == [False, True]


def test_an_atlas_may_have_categories_of_its_own():
    """As a mapping of ids, in their order."""
    atlas, problems = answered({"atlas.yml": b"title: A\ncategories: {curious: Curious, owner: {goal: Keep}}\n"})
    assert problems == []
    assert [(category.id, category.title, category.goal) for category in atlas.categories] == [
        ("curious", "Curious", ""), ("owner", "Owner", "Keep")]


def test_feelings_are_means_of_the_steps_and_nobody_s_is_made_up():
    """By persona; the stage's own score counts before those of its steps, and the weakest basis is told."""
    atlas = atlas_of(people="personas: {anna: Anna, ben: Ben, eve: Eve}\n", buy="""
title: B
owner: sales
personas: [anna, ben, eve]
stages:
  - title: Look
    emotion: {ben: -1}
    steps:
      - {title: Reads, emotion: {anna: {score: 2, word: glad, basis: measured}, ben: 2}}
      - {title: Waits, persona: anna, emotion: {score: -1, word: bored, basis: observed}}
  - title: Pay
""")
    look, pay = atlas.journeys["buy"].stages
    assert {ident: (f.score, f.word, f.basis) for ident, f in look.feelings.items()} == {
        "anna": (0.5, "glad", "observed"), "ben": (-1.0, "", "assumed")}
    assert look.average == -0.25
    assert pay.feelings == {}
    assert pay.average is None


def ways(atlas: Atlas, journey: str = "buy") -> list[str]:
    """The transitions of a journey, in short."""
    return [f"{w.source.stage}>{w.target.stage} {w.type}{'' if w.spec else ' implicit'}"
            for w in atlas.journeys[journey].transitions]


@pytest.mark.parametrize(("written", "expected"), [
    ("", ["a>b next implicit", "b>c next implicit"]),
    ("{from: a, to: c, type: skip}", ["b>c next implicit", "a>c skip"]),
    ("{from: b, to: a, type: back}", ["a>b next implicit", "b>c next implicit", "b>a back"]),
    ("{from: a, to: b, type: loop}", ["b>c next implicit", "a>b loop"]),
    ("{from: a, to: buy/b, share: 60 %}", ["b>c next implicit", "a>b next"]),
])
def test_a_stage_leads_to_the_next_unless_it_has_a_way_forward_of_its_own(written, expected):
    """Loops and ways back do not count; two stages that are joined already are not joined again."""
    atlas, _ = both(buy=f"title: B\nowner: sales\nstages: [A, B, C]\ntransitions: [{written}]\n")
    assert ways(atlas) == expected


def test_nothing_follows_an_exit():
    """People leave there."""
    atlas, _ = both(buy="title: B\nowner: sales\nstages: [A, {title: B, role: exit}, C]\n")
    assert ways(atlas) == ["a>b next implicit"]


# References and the ways back

def test_assets_belong_to_a_stage_from_either_side():
    """The stage names the asset, or the asset the stage; both is the same once."""
    atlas = atlas_of(buy="title: B\nowner: sales\nstages: [{title: Look, assets: [one, both]}]\n", library="""
assets:
  one: {title: One, owner: sales}
  both: {title: Both, owner: sales, stages: buy/look}
  two: {title: Two, owner: sales, stages: buy/look}
""")
    assert [asset.id for asset in atlas.stages[StageKey("buy", "look")].assets] == ["one", "both", "two"]
    assert {ident: [str(s.key) for s in stages] for ident, stages in atlas.stages_of_asset.items()} == {
        ident: ["buy/look"] for ident in ("one", "both", "two")}


def test_the_ways_back_lead_from_each_record_to_what_uses_it():
    """Metrics, teams, personas, touchpoints, questions and transitions."""
    atlas = atlas_of(buy="""
title: B
owner: sales
persona: anna
metrics: nps
stages:
  - title: Look
    metrics: nps
    questions: [{id: price, ask: How much?}]
    steps: [{title: Reads, touchpoints: shop}]
""", part="title: P\nowner: support\nparent: buy\nstages: [Go]\n", library="""
personas: {anna: Anna}
metrics: {nps: {name: NPS, owner: sales}}
touchpoints: {shop: {name: Shop, channel: web, owner: sales}}
assets: {prices: {title: Prices, owner: sales, answers: buy/look#price}}
""")
    look = StageKey("buy", "look")
    assert [stage.key for stage in atlas.stages_of_metric["nps"]] == [look]
    assert [journey.id for journey in atlas.journeys_of_metric["nps"]] == ["buy"]
    assert [journey.id for journey in atlas.journeys_of_persona["anna"]] == ["buy"]
    assert [stage.key for stage in atlas.stages_of_touchpoint["shop"]] == [look]
    assert [stage.key.journey for stage in atlas.stages_of_team["support"]] == ["part"]
    assert [journey.id for journey in atlas.children["buy"]] == ["part"]
    assert [asset.id for asset in atlas.answers[look, "price"]] == ["prices"]


def test_an_asset_in_a_journey_s_file_may_name_a_stage_of_it_alone():
    """A bare stage id is that journey's."""
    atlas = atlas_of(buy="title: B\nowner: sales\nstages: [{id: look, title: Look, questions: [{id: q, ask: Why?}]}]\n"
                         "assets: {guide: {title: Guide, owner: sales, stages: look, answers: look#q}}\n")
    assert atlas.assets["guide"].stages == (StageKey("buy", "look"),)
    assert atlas.assets["guide"].answers == ((StageKey("buy", "look"), "q"),)


def test_an_owner_stands_for_itself_while_there_are_no_teams():
    """With a warning for each; as soon as there is one team, a wrong name is an error."""
    text = "title: B\nowner: field-sales\nstages: [Look]\n"
    atlas, problems = answered({"buy.yml": text.encode()})
    owner = atlas.journeys["buy"].owner
    assert (owner and owner.spec.name, owner and owner.listed) == ("Field sales", False)
    assert "team-unlisted" in {problem.check for problem in problems}
    atlas, problems = both(buy=text)
    assert atlas.journeys["buy"].owner is None
    assert words(problems) == ["reference-unknown: no team has the id `field-sales`"]


def test_a_reference_into_a_file_that_cannot_be_read_is_not_called_wrong():
    """One note says so at that file; once it can be read the note is gone."""
    buy = ("title: B\nowner: sales\npersona: anna\nrelated: leave\nstages: [Look]\n"
           "transitions: [{from: look, to: leave/go, type: exit}]\n")
    people, leave = "personas:\n  anna: 'Anna\n", "title: L: x\nowner: sales\nstages: [Go]\n"
    _, problems = both(buy=buy, people=people, leave=leave)
    assert words(problems) == [
        "reference-unchecked: 1 reference into this file could not be checked",
        "yaml-syntax: a second colon in one line",
        "reference-unchecked: 1 reference into this file could not be checked",
        "yaml-syntax: this quote is never closed"]
    assert both(buy=buy, people=people.replace("'", ""), leave=leave.replace(": x", ""))[1] == []


def test_a_journey_whose_file_cannot_be_read_is_known_to_be_broken():
    """So that it can have a page with its problems."""
    atlas, _ = both(leave="title: L: x\nowner: sales\nstages: [Go]\n")
    assert list(atlas.broken) == ["leave"]
    assert atlas.journeys == {}


def test_an_asset_that_a_broken_journey_names_is_no_orphan():
    """Nobody can tell what that file says; another asset is told as before."""
    _, problems = both(leave="title: L: x\nowner: sales\nstages: [{title: Go, assets: guide}]\n",
                       library="assets:\n  guide: {title: G, owner: sales}\n  film: {title: F, owner: sales}\n")
    assert words(problems) == ["yaml-syntax: a second colon in one line",
                               "asset-orphan: the asset `film` is at no stage and answers no question"]


def test_a_faulty_list_or_key_is_not_called_missing_as_well():
    """One fault, one problem: a metric that cannot be found, an owner that is misspelt."""
    _, problems = answered({"atlas.yml": f"{TEAMS}checks: {{metric-without-target: off}}\n".encode(), "buy.yml": b"""
title: B
owner: sales
stages:
  - {title: Look, metrics: nsp, assets: [gide]}
  - {title: Pay, metrcs: nps, asets: guide}
metrics: {nps: {name: NPS, ownr: sales}}
assets: {guide: {title: G, owner: sales, stages: by/look}}
"""})
    assert sorted(problem.check for problem in problems) == ["key-unknown"] * 3 + ["reference-unknown"] * 3


# Values

def nps(csv: str | bytes, tmp_path: Path, limits: Limits | None = None) -> tuple[Atlas, list[Problem]]:
    """An atlas with one metric, whose values stand in a file."""
    return walk(write(tmp_path, {
        "atlas.yml": "title: A\n" + SILENT,
        "m.yml": "teams: {s: S}\nmetrics: {nps: {name: NPS, owner: s, values: nps.csv}}\n", "nps.csv": csv}), limits)


def test_values_are_read_exactly_and_by_date(tmp_path):
    """Columns in any order, rows in any order, gaps that stay gaps, notes over several lines."""
    atlas, problems = nps('note,value,date,segment,n\n,1.10,2026-03-01,,\n"one\ntwo",,2026-02-01,,\n'
                          ',-3,2026-01-01,new,12\n,5,2026-01-01,,40\n\n', tmp_path)
    assert problems == []
    metric = atlas.metrics["nps"]
    assert [(v.date.month, v.value, v.segment, v.n, v.note) for v in metric.values] == [
        (1, Decimal(5), "", Decimal(40), ""), (1, Decimal(-3), "new", Decimal(12), ""),
        (2, None, "", None, "one\ntwo"), (3, Decimal("1.10"), "", None, "")]
    assert metric.latest is not None
    assert str(metric.latest.value) == "1.10"
    assert len(metric.overall) == 3


def test_the_latest_value_is_no_gap_and_not_a_segment_s(tmp_path):
    """What is shown as today's value was measured for everybody."""
    atlas, _ = nps("date,value,segment\n2026-01-01,5,\n2026-02-01,6,new\n2026-03-01,,\n", tmp_path)
    latest = atlas.metrics["nps"].latest
    assert (latest and latest.date) == date(2026, 1, 1)


def test_rows_dated_after_today_are_ignored(tmp_path):
    """Plans are no measurements; today itself counts."""
    atlas, problems = nps("date,value\n2026-11-21,5\n2026-11-22,6\n", tmp_path)
    assert problems == []
    assert [value.date for value in atlas.metrics["nps"].values] == [TODAY]


def test_sound_rows_are_kept_beside_a_faulty_one(tmp_path):
    """One bad row does not cost the chart."""
    atlas, problems = nps("date,value\n2026-01-01,5\n2026-02-01,six\n2026-03-01,7\n", tmp_path)
    assert [str(problem.span) for problem in problems] == ["nps.csv:3:12"]
    assert [value.date.month for value in atlas.metrics["nps"].values] == [1, 3]


def test_a_file_may_be_shared_by_metrics(tmp_path):
    """Each takes the rows with its id; the file is read once, and its faults are told once."""
    folder = write(tmp_path, {
        "atlas.yml": "title: A\n" + SILENT,
        "m.yml": ("teams: {s: S}\nmetrics:\n  a: {name: A, owner: s, values: v.csv}\n"
                  "  b: {name: B, owner: s, values: v.csv}\n"),
        "v.csv": "metric,date,value\na,2026-01-01,1\nb,2026-01-01,2\na,2026-02-01,x\n"})
    atlas, problems = walk(folder)
    assert [[str(v.value) for v in atlas.metrics[ident].values] for ident in "ab"] == [["1"], ["2"]]
    assert [str(problem.span) for problem in problems] == ["v.csv:4:14"]


def test_a_file_of_too_many_rows_or_bytes_is_told(tmp_path):
    """The limit is named; a file at the limit passes."""
    rows = "date,value\n" + "".join(f"2026-01-{day:02d},1\n" for day in range(1, 11))
    assert nps(rows, tmp_path, Limits(csv_rows=10, csv_bytes=len(rows)))[1] == []
    assert words(nps(rows, tmp_path, Limits(csv_rows=9))[1]) == ["limit-reached: this file has more than 9 rows"]
    problems = nps(rows, tmp_path, Limits(csv_bytes=len(rows) - 1))[1]
    assert [problem.check for problem in problems] == ["file-too-large"]


def test_a_thousand_faulty_rows_are_told_in_short(tmp_path):
    """A hundred, and that there are more."""
    problems = nps("date,value\n" + "x,y\n" * 1000, tmp_path)[1]
    assert len(problems) == 101
    assert "limit-reached: more problems in this file are not shown" in words(problems)


# Pictures

def png(width: int, height: int) -> bytes:
    """The head of a PNG, which is all that is looked at."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x06\0\0\0"


def jpeg(width: int, height: int) -> bytes:
    """The head of a JPEG with a segment before the frame."""
    size = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08" + size + b"\x03" * 12


def webp(width: int, height: int) -> bytes:
    """The head of a WebP of the extended kind."""
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + size


@pytest.mark.parametrize(("name", "make"), [("a.png", png), ("a.jpg", jpeg), ("a.JPEG", jpeg), ("a.webp", webp)])
def test_pictures_of_the_three_kinds_are_taken_up_to_the_limit(tmp_path, name, make):
    """At 4096 pixels a picture passes, at 4097 it does not."""
    person = f"personas: {{anna: {{name: Anna, photo: pictures/{name}, alt: Anna}}}}\n"
    for side, fine in ((Limits().image_side, True), (Limits().image_side + 1, False)):
        folder = write(tmp_path / str(side), {"p.yml": person, f"pictures/{name}": make(side, 10)})
        atlas, problems = walk(folder)
        assert atlas.personas["anna"].photo == (f"pictures/{name}" if fine else "")
        assert [problem.check for problem in problems] == ([] if fine else ["image-invalid"])


def test_a_picture_that_is_too_large_or_something_else_is_refused(tmp_path):
    """By its size in bytes and by what it holds, not by its name."""
    for content in (png(9, 9) + b"\0" * 1_000_000, b"<svg onload='x'/>", b"", jpeg(9, 9)):
        folder = write(tmp_path, {"p.yml": "personas: {anna: {name: Anna, photo: a.png, alt: A}}\n", "a.png": content})
        assert [problem.check for problem in problems_of(folder)] == ["image-invalid"]


# Reviews

def test_a_review_is_due_by_the_record_then_the_atlas_then_the_kind():
    """Half a year for a journey, a year for personas and assets, when nobody says."""
    texts = {"a": "title: A\nowner: sales\nreviewed: 2026-10-01\nstages: [Look]\n",
             "b": "title: B\nowner: sales\nreviewed: 2026-10-01\nreview_every: 2 months\nstages: [Look]\n",
             "c": "title: C\nowner: sales\nreview_every: 2 months\nstages: [Look]\n",
             "d": "title: D\nowner: sales\nstatus: retired\nreviewed: 2001-01-01\nstages: [Look]\n",
             "p": "personas: {anna: {name: Anna, reviewed: 2026-10-01}}\n"}
    atlas = atlas_of(**texts)
    assert [due(atlas.journeys[ident], atlas) for ident in "abcd"] == [date(2027, 4, 1), date(2026, 12, 1), None, None]
    assert due(atlas.personas["anna"], atlas) == date(2027, 10, 1)
    assert kind(atlas.personas["anna"]) == "persona"
    files = {f"{name}.yml": text.encode() for name, text in texts.items()}
    atlas, _ = answered({"atlas.yml": (TEAMS + SILENT + "review_every: 3 months\n").encode(), **files})
    assert [due(atlas.journeys[ident], atlas) for ident in "ab"] == [date(2027, 1, 1), date(2026, 12, 1)]
    assert interval(atlas.personas["anna"], atlas).text == "3 months"


@pytest.mark.parametrize(("every", "reviewed", "due_on"), [
    ("3 business days", "2026-11-16", "2026-11-19"), ("2 business days", "2026-11-19", "2026-11-23"),
    ("1 business day", "2026-11-20", "2026-11-23"), ("8 business hours", "2026-11-20", "2026-11-23"),
    ("9 business hours", "2026-11-20", "2026-11-24"), ("1 business day", "2026-11-21", "2026-11-23"),
    ("1 business day", "2026-12-24", "2026-12-28"), ("0 business days", "2026-11-21", "2026-11-21"),
])
def test_business_days_of_a_review_are_those_of_the_calendar(every: str, reviewed: str, due_on: str):
    """No weekend and no holiday counts; hours become whole days."""
    atlas, _ = answered({"atlas.yml": (TEAMS + "calendar: {holidays: [2026-12-25]}\n").encode(), "a.yml": (
        f"title: A\nowner: sales\nreviewed: {reviewed}\nreview_every: {every}\nstages: [Look]\n").encode()})
    assert str(due(atlas.journeys["a"], atlas)) == due_on


def test_a_review_after_today_is_told():
    """A slip in the year would silence every review to come."""
    _, problems = answered({"atlas.yml": (TEAMS + SILENT).encode(), "a.yml": (
        b"title: A\nowner: sales\nreviewed: 2062-05-03\nstages: [Look]\n")})
    assert [f"{problem.check}: {problem.message}" for problem in problems] == [
        "review-overdue: the review of this journey is dated 3 May 2062, which is after today"]


def test_a_review_is_overdue_the_day_after_it_was_due():
    """On the day itself there is still time."""
    text = "title: A\nowner: sales\nreviewed: {}\nreview_every: 1 month\nstages: [Look]\n"
    assert both(a=text.format("2026-10-21"))[1] == []
    assert words(both(a=text.format("2026-10-20"))[1]) == [
        "review-overdue: this journey was due for a review on 20 Nov 2026"]


# Limits and fine cases

def test_limits_are_named_and_a_map_at_the_limit_passes(tmp_path):
    """Stages, transitions and journeys."""
    def told(stages: int, transitions: int, limits: Limits) -> list[str]:
        text = "title: T\nowner: s\nteams: {s: S}\nstages: [" + ", ".join(f"S{n}" for n in range(stages)) + "]\n"
        text += "transitions:\n" + "  - {from: s0, to: s1, type: loop}\n" * transitions if transitions else ""
        return [p.message for p in problems_of(write(tmp_path, {"a.yml": text}), limits) if p.check == "limit-reached"]

    assert told(3, 5, Limits(stages=3, transitions=5)) == []
    assert told(4, 6, Limits(stages=3, transitions=5)) == [
        "this journey has 4 stages; 3 is the most", "this journey has 6 transitions; 5 is the most"]
    assert told(3, 13, Limits()) == ["this journey has 13 transitions; 12 is the most"]
    assert told(2, 0, Limits(journeys=0)) == ["this atlas has 1 journey; 0 is the most"]


def test_what_looks_like_something_else_stays_what_was_written():
    """Words that other readers turn into numbers, times or truth values."""
    atlas, _ = walk(CASES / "fine/texts-stay-texts")
    spec = atlas.journeys["buy"].spec
    assert (spec.scenario, spec.goal, spec.trigger, spec.business_goal, spec.end_condition) == (
        "no", "12:30", "010", "1.10", "null")
    assert spec.extensions == {"x-country": "NO"}
    assert spec.tags == ["yes", "NO", "~"]
    assert [stage.key.stage for stage in atlas.journeys["buy"].stages] == ["22-22", "on", "2026-01-01"]


def test_building_says_the_same_for_files_in_any_order():
    """Also which of two equal ids is the second."""
    documents = [validate(read_text(f"{name}.yml", f"teams: {{sales: Sales {name}}}\n")[0])[0] for name in "cab"]
    settings = Settings(Path("/nowhere"), Path("/nowhere"), today=TODAY)
    one, two = build_atlas(documents, settings), build_atlas(reversed(documents), settings)
    assert one[0].teams["sales"].spec.name == two[0].teams["sales"].spec.name == "Sales a"
    assert one[1] == two[1]
    assert [str(problem.span) for problem in one[1]] == ["b.yml:1:9", "c.yml:1:9"]
