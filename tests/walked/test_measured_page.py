"""What was measured, on the pages: the thickness of lines, ways the map lacks, segments and months."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml import html

from support_site import project, run
from walked.naive import Row, log_text

BUY = """\
title: Buy
owner: sales
stages:
  - {id: look, title: Look, signals: look}
  - {id: try, title: Try, signals: try}
  - {id: pay, title: Pay, owner: ship, signals: pay}
handoffs:
  - {from: try, to: pay, payload: Order, within: 2 hours, accepted_by: ship}
transitions:
  - {from: look, to: try, share: 60}
  - {from: pay, to: look, type: loop}
"""


def valued(text: str) -> str:
    """The log with a column of values: who pays, pays 10, 11, 12 … by the row."""
    head, *rows = text.splitlines()
    return "\n".join([f"{head},value", *(f"{row},{10 + at}.5" if ",pay," in row else f"{row},"
                                         for at, row in enumerate(row for row in rows if row)), ""])


def log() -> list[Row]:
    """Each month from January to May 40 people look; 24 try after a day, 12 of them pay three hours on; 8 pay at once.

    The first 20 of each month are large.
    """
    rows = []
    for month in range(1, 6):
        start = datetime(2026, month, 1, tzinfo=UTC)
        for number in range(40):
            who, segment = f"{month}-{number}", "large" if number < 20 else "small"
            rows.append(Row(who, "look", start, segment))
            if number < 24:
                rows.append(Row(who, "try", start + timedelta(days=1), segment))
            if number < 12:
                rows.append(Row(who, "pay", start + timedelta(days=1, hours=3), segment))
            if number >= 32:
                rows.append(Row(who, "pay", start + timedelta(days=2), segment))
    return rows


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The journey's pages, built after measuring."""
    folder = project(tmp_path_factory.mktemp("measured"), {
        "atlas.yml": "title: A\nteams: {sales: Sales, ship: Shipping}\n"
                     "events: {log: ../log.csv, smallest: 5, unit: EUR}\n",
        "buy.yml": BUY})
    (folder / "log.csv").write_text(valued(log_text(log())))
    assert run(folder, "measure").exit_code == 0
    assert run(folder, "build", "-q").exit_code == 0
    return folder / "site" / "journeys" / "buy"


def test_lines_are_as_thick_as_people_are_many(pages: Path) -> None:
    """On the flow line and in the stage diagram; what the map lacks is an arc of its own, said in words too."""
    page = html.document_fromstring((pages / "index.html").read_text())
    flow = page.xpath("//*[contains(@class, 'jb-flow-svg')]")[0]
    assert [group.get("class") for group in flow.xpath(".//*[local-name()='g'][contains(@class, 'w')]")] == [
        "w4", "w3", "ar k-undrawn w2"]
    words = ["".join(text.itertext()) for text in flow.xpath(".//*[local-name()='text']")]
    assert "measured 60\u202f% · 24 hours" in words and "Not on the map · 20\u202f%" in words
    assert "People go from 1 Look to 3 Pay; the map draws no such way (Not on the map, 20\u202f%)." in flow.get(
        "aria-label")
    (way,) = page.xpath("//section[@id='walked']//a[contains(@href, 'measured/')] | //a[contains(@href, 'measured/')]")
    assert way.text == "By stage, segment and month"


def test_a_page_has_segments_months_and_what_was_allowed(pages: Path) -> None:
    """Shares and people of each segment, a line for the months, a handoff that is late."""
    page = html.document_fromstring((pages / "measured" / "index.html").read_text())
    ways, stages, _values = page.xpath("//table")
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in ways.xpath(".//tbody/tr")]
    found = {tuple(row[:2]): row[2:] for row in rows}
    assert found["1 Look", "2 Try"][0:2] == ["60 %", "60 %"] and "24 hours" in found["1 Look", "2 Try"][2]
    assert found["1 Look", "2 Try"][4:6] == ["100 % · 24 hours", "20 % · 24 hours"]
    assert found["2 Try", "3 Pay"][3] == "2 hoursLate" and found["1 Look", "3 Pay"][1] == "Not on the map"
    assert found["3 Pay", "1 Look"][0] == "Nobody seen"
    label = ways.xpath(".//tbody/tr[1]/td[last()]//@aria-label")[0]
    assert "Share from 1 Look to 2 Try" in label and "60" in label
    looked = [cell.text_content().strip() for cell in stages.xpath(".//tbody/tr[1]/*")]
    assert looked[:4] == ["1 Look", "200", "200", "200"] and looked[6:8] == ["100", "100"]


def test_values_are_summed_by_stage_month_and_segment(pages: Path) -> None:
    """Total and median of the events with a value; the table stands beside the others, the page shows it."""
    text = valued(log_text(log()))
    paid = [(row.split(",")[3], float(row.split(",")[4])) for row in text.splitlines() if ",pay," in row]
    values = sorted(value for _, value in paid)
    large = sum(value for segment, value in paid if segment == "large")
    rows = (pages.parents[2] / "maps" / "measured" / "buy.values.csv").read_text().splitlines()
    assert rows[0] == "month,segment,stage,count,total,median"
    assert rows[1] == f",,pay,100,{sum(values):.2f},{(values[49] + values[50]) / 2:.2f}"
    assert rows[2] == f",large,pay,60,{large:.2f}," + rows[2].rpartition(",")[2]
    assert len(rows) == 1 + 1 + 2 + 5
    cells = html.document_fromstring((pages / "measured" / "index.html").read_text()).xpath("//table")[2]
    assert cells.xpath(".//tbody/tr/*")[1].text_content() == "100" and "EUR" in cells.text_content()


def test_a_value_that_is_no_number_is_told_with_its_row(tmp_path: Path) -> None:
    """Nothing is written then."""
    folder = project(tmp_path, {"atlas.yml": "title: A\nteams: {sales: Sales, ship: S}\nevents: {log: ../log.csv}\n",
                                "buy.yml": BUY})
    (folder / "log.csv").write_text(valued(log_text(log())) + (
        "p,look,2026-01-02T00:00:00Z,large,\"12,50\"\n"))
    done = run(folder, "measure")
    rows = len((folder / "log.csv").read_text().splitlines()) - 1
    assert done.exit_code == 1 and f"row {rows}, column `value`: this is no number: `12,50`" in done.stdout, done.stdout
    assert not (folder / "maps" / "measured").exists()
