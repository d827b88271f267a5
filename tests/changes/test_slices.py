"""Reading a part of an atlas gives the same answer as reading all of it."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from changes.repositories import commit, git, repository, write
from changes.samples import ATLAS, EDITS, LIBRARY, edited
from journeybook.adapters import slices
from journeybook.adapters.diff import difference
from journeybook.adapters.project import find_project
from journeybook.adapters.report_changes import as_json
from support_site import copy_of, standing_in


def both(folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str, bool]:
    """What is told when everything is read, what when a part is, and whether something was left out."""
    left_out = []
    real = slices.part_to_read

    def noted(*given: object) -> object:
        part = real(*given)  # type: ignore[arg-type]
        left_out.append(bool(part.skip))
        return part

    monkeypatch.setattr("journeybook.adapters.diff.part_to_read", noted)
    with standing_in(folder):
        settings = find_project(None).settings()
        whole = difference(settings, "HEAD", "worktree").changes
        monkeypatch.setattr(slices, "SMALL", -1)
        part = difference(settings, "HEAD", "worktree").changes
        monkeypatch.setattr(slices, "SMALL", 1_500_000)
    return as_json(whole, "a", "b"), as_json(part, "a", "b"), left_out[1]


def test_each_edit_of_the_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All scripted edits, each with the same words, places and problems."""
    apart = "title: Apart\nowner: care\nstages: [Alone]\n"
    folder = repository(tmp_path / "heat", {**ATLAS, "journeys/apart.yml": apart})
    spared = 0
    for name in EDITS:
        write(folder, {**edited(name), "journeys/apart.yml": apart})
        whole, part, left_out = both(folder, monkeypatch)
        assert part == whole, name
        spared += left_out
    assert spared > len(EDITS) / 2


def test_random_edits_of_a_demo_atlas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines taken out, words and numbers changed in a few files of the flagship atlas."""
    folder = copy_of("tallybird", tmp_path / "firm")
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "First maps")
    chance = random.Random(7)
    for _ in range(6):
        git(folder, "checkout", "-q", ".")
        for path in chance.sample(sorted((folder / "maps").rglob("*.yml")), 2):
            lines = path.read_text("utf-8").split("\n")
            fit = [i for i, line in enumerate(lines) if re.match(r"\s+\w+: [\w ]+$", line)]
            if path.name == "atlas.yml" or not fit:
                continue
            at = chance.choice(fit)
            lines[at:at + 1] = [] if chance.random() < 0.4 else [re.sub(r"\d+", "7", lines[at]) + "x"]
            path.write_text("\n".join(lines), "utf-8")
        whole, part, _ = both(folder, monkeypatch)
        assert part == whole, git(folder, "diff")


def test_a_metrics_table_reaches_the_journeys_it_judges(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed CSV reads the journey whose promise it decides."""
    folder = repository(tmp_path / "heat", {**ATLAS, "teams.yml": ATLAS["teams.yml"].replace(
        "direction: down, owner: setup", "direction: down, owner: setup, values: v.csv, cadence: monthly"),
        "v.csv": "date,value\n2026-10-31,1\n"})
    (folder / "maps" / "v.csv").write_text("date,value\n2026-10-31,9\n", "utf-8")
    whole, part, _ = both(folder, monkeypatch)
    assert part == whole
    assert "missed in the data" in part


def test_settings_reach_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another calendar is no reason to leave anything out."""
    files = {**ATLAS, LIBRARY: ATLAS[LIBRARY].replace("48 hours }", "3 business days }")}
    folder = repository(tmp_path / "heat", files)
    (folder / "maps" / "atlas.yml").write_text("title: Fernway\ncalendar: { days: mon-tue }\n", "utf-8")
    whole, part, left_out = both(folder, monkeypatch)
    assert part == whole
    assert not left_out
