"""What goes out in a format that can be read comes back as it was."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from exchange.samples import JOURNEY, LINE, read, setting, told, with_ids
from journeybook.exchange import cells
from journeybook.exchange.drafts import Reading, read_table
from journeybook.exchange.mermaid import journey_text
from journeybook.exchange.mermaid_text import read_mermaid
from journeybook.exchange.rows import feelings, losses, rows
from journeybook.exchange.tables import csv_text, read_csv
from journeybook.exchange.workbook import read_workbook, workbook
from journeybook.exchange.yaml_text import journey_yaml, new_records
from journeybook.model import Journey
from journeybook.settings import Limits

TODAY = date(2026, 11, 21)
AS_FOUND = (Phase.explicit, Phase.reuse, Phase.generate)  # making such a journey smaller takes minutes


def came_back(reading: Reading) -> Journey:
    """The journey that an import writes, read."""
    assert reading.notes == []
    (draft,) = reading.drafts
    assert new_records(reading, setting())[0] == {}
    return read(journey_yaml(draft, draft.id))[0]


@given(JOURNEY)
@settings(max_examples=200, deadline=None, phases=AS_FOUND)
def test_csv_keeps_every_field(data: dict[str, Any]) -> None:
    """Every field that a sheet has a column for is the same after CSV and back, and nothing else was lost."""
    journey, _ = read(yaml.safe_dump(with_ids(data), allow_unicode=True))
    assert losses([journey]) == {}
    table = read_csv(csv_text(rows(journey)).encode(), Limits())
    assert told(came_back(read_table(table, setting()))) == told(journey)


@given(JOURNEY)
@settings(max_examples=8, deadline=None, phases=AS_FOUND)
def test_xlsx_keeps_every_field(data: dict[str, Any]) -> None:
    """The same through a workbook."""
    pytest.importorskip("openpyxl")
    journey, _ = read(yaml.safe_dump(with_ids(data), allow_unicode=True))
    table = read_workbook(workbook(rows(journey), TODAY), Limits())
    assert told(came_back(read_table(table, setting()))) == told(journey)


@given(JOURNEY)
@settings(max_examples=200, deadline=None, phases=AS_FOUND)
def test_mermaid_keeps_titles_people_and_scores(data: dict[str, Any]) -> None:
    """Names with any punctuation, who takes a step, and how it feels on average come back from a journey diagram."""
    journey, _ = read(yaml.safe_dump(with_ids(data), allow_unicode=True))
    back = read_mermaid(journey_text(journey, (-2, 2)), setting())
    assert back.notes == []
    again = came_back(back)
    assert again.spec.title == journey.spec.title
    assert [s.spec.title for s in again.stages] == [s.spec.title for s in journey.stages]
    for old, new in zip(journey.stages, again.stages, strict=True):
        assert [s.spec.title for s in new.steps] == [s.spec.title for s in old.steps]
        assert [s.personas for s in new.steps] == [s.personas for s in old.steps]
        for one, other in zip(old.steps, new.steps, strict=True):
            scores = [float(f.score) for f in felt(one)]
            assert [float(f.score) for f in felt(other)] == pytest.approx(
                [sum(scores) / len(scores)] if scores else [], abs=.01)


def felt(step: Any) -> Any:
    """What is felt at a step."""
    return feelings(step.spec.emotion) if step.spec.emotion else ()


@given(st.lists(LINE, max_size=4).map("\n".join).map(str.strip))
def test_a_cell_is_inert_and_comes_back(text: str) -> None:
    """No cell begins like a formula, and taking the mark off gives the text as it was."""
    cell = cells.inert(text)
    assert cells.bare(cell) == text
    assert not cell.startswith(cells.RISKY) or cells.NUMBER.fullmatch(cell)


def test_the_same_rows_give_the_same_bytes() -> None:
    """A workbook holds no time of its own: one journey and one day, one file."""
    pytest.importorskip("openpyxl")
    journey, _ = read("title: Buy\nowner: sales\nstages: [Look, {title: Pay, steps: ['=1+1']}]\n")
    assert workbook(rows(journey), TODAY) == workbook(rows(journey), TODAY)
