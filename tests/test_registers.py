"""Lists and records: what a register offers, what stands out, what is said where nothing is, and the glossary."""

from __future__ import annotations

import csv
import gzip
import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from bench.atlas import make_firm, write_atlas
from lxml import html as markup

from journeybook.book import Book, build_book
from journeybook.model import Value, build_atlas
from journeybook.render import Renderer
from journeybook.schema import validate
from journeybook.settings import Settings
from journeybook.source import list_files, read
from journeybook.theme import theme_dir
from journeybook.views import glossary_words, items, vocabulary
from journeybook.views.agreements import HANDOFF_TAGS, LOOP_TAGS, OPPORTUNITY_TAGS, VERDICT_TAGS, AgreementParts
from journeybook.views.attention import MOST
from journeybook.views.changes import TAGS as WEIGHTS
from journeybook.views.context import Context
from journeybook.views.division import Divider
from journeybook.views.filters import NOBODY, bar, filter_of
from journeybook.views.home import MOST_CARDS, home_view, journeys_view
from journeybook.views.metrics import harmless, metric_data
from support import TODAY, write
from support_site import FIRMS, picture, site
from support_views import page, words

ICONS = Path(__file__).parent / "no-icons-here"


def book(folder: Path, files: dict[str, str | bytes]) -> Book:
    """The pages of a small atlas."""
    return build_book(Settings(folder, write(folder, files), today=TODAY), ICONS)


def journey(title: str, **more: str) -> str:
    """A short journey."""
    return f"title: {title}\n" + "".join(f"{key}: {value}\n" for key, value in more.items()) + "stages: [Look]\n"


def test_a_list_offers_what_rows_have() -> None:
    """Choices are counted and sorted by their words, nobody last; what cannot tell rows apart is left out."""
    found = filter_of("owner", "Owner", [("b", "beta"), (NOBODY, "No owner"), ("a", "Alpha"), ("b", "beta")])
    assert [(c.value, c.label, c.how_many) for c in found.choices] == [
        ("a", "Alpha", 1), ("b", "beta", 2), (NOBODY, "No owner", 1)]
    assert bar(4, found, filter_of("kind", "Kind", [("x", "X")] * 4)).filters == (found,)


def test_a_list_with_one_entry_is_offered_where_it_tells_rows_apart() -> None:
    """One persona for whom some content is made can be chosen; an owner of everything cannot."""
    only = filter_of("for", "For", [("kim", "Kim")])
    assert bar(2, only).filters == (only,)
    assert bar(1, only).filters == bar(0, filter_of("for", "For", [])).filters == ()


def test_every_kind_gets_its_say(tmp_path: Path) -> None:
    """Ten overdue reviews do not hide the one question that nobody answers; more than seven lines are never shown."""
    files: dict[str, str | bytes] = {f"j{n}.yml": journey(f"Journey {n}", owner="sales", reviewed="2020-01-01")
                                     for n in range(10)}
    files["ask.yml"] = ("title: Ask\nowner: sales\nreviewed: 2026-11-01\nstages:\n  - title: Look\n"
                        "    questions: [What does it cost?]\n")
    home = page(book(tmp_path, files), "")
    lines = home.xpath("//section[@class='jb-att']//li")
    assert len(lines) == MOST
    assert any("What does it cost?" in words(line) for line in lines)
    assert "And 4 more." in words(home)


def test_a_category_with_many_journeys_shows_those_with_most_to_mend(tmp_path: Path) -> None:
    """Nine cards a category: what is overdue is among them, and the table has all."""
    files: dict[str, str | bytes] = {
        f"j{n:02}.yml": journey(f"Journey {n:02}", owner="sales", category="buyer", reviewed="2026-11-01")
        for n in range(30)}
    files["j29.yml"] = journey("Journey 29", owner="sales", category="buyer", reviewed="2020-01-01")
    home = page(book(tmp_path, files), "")
    cards = [words(card) for card in home.xpath("//*[contains(@class, 'jb-jc')]")]
    assert len(cards) == MOST_CARDS
    assert any("Journey 29" in card for card in cards)
    assert len(home.xpath("//table/tbody/tr")) == 30
    assert "9 of 30" in words(home)
    assert home.xpath("//a[contains(@href, 'journeys/?category=buyer')]")
    assert home.xpath("//*[@data-jb-register][@data-jb-more]")


def test_a_link_to_the_table_says_how_many_it_has(tmp_path: Path) -> None:
    """A journey of the whole relationship or of two categories is in more than one list; the links count as these."""
    files: dict[str, str | bytes] = {
        f"j{n:02}.yml": journey(f"Journey {n:02}", owner="sales", category="buyer") for n in range(12)}
    files["both.yml"] = journey("Both", owner="sales", categories="[onboarding, buyer]")
    files["whole.yml"] = journey("Whole", owner="sales", categories="[buyer]", kind="lifecycle")
    files |= {f"n{n:02}.yml": journey(f"None {n:02}", owner="sales") for n in range(10)}
    home = page(book(tmp_path, files), "")
    links = [(words(link), link.get("href")) for link in home.xpath("//a[contains(@href, 'journeys/')]")]
    assert ("The table has 14, also from other groups", "journeys/?category=buyer") in links
    assert ("The table has 24, also from other groups", "journeys/") in links
    rows = home.xpath("//table/tbody/tr")
    assert len(rows) == 24
    assert sum("buyer" in row.get("data-category").split() for row in rows) == 14


def test_cells_carry_what_they_sort_by() -> None:
    """Journeys, assets and values give ISO dates and plain numbers, whatever people read."""
    demo = site("tallybird")
    atlas = demo.book.reading.atlas
    rows = {str(row.xpath("th//a/@href")[0]): row for row in demo.page("journeys/").xpath("//tbody/tr")}
    for ident, record in atlas.journeys.items():
        row = rows[f"{ident}/"]
        assert row.xpath("td[@data-l='Reviewed']/@data-v") == [
            record.spec.reviewed.isoformat() if record.spec.reviewed else ""]
        averages = [stage.average for stage in record.stages if stage.average is not None]
        (low,) = row.xpath("td[@data-l='Lowest point']/@data-v")
        assert (float(low) == pytest.approx(min(averages), abs=1e-3)) if averages else low == ""
    for ident, metric in atlas.metrics.items():
        shown = demo.page(f"library/metrics/{ident}/").xpath("//h2[@id='values']/following::tbody[1]/tr")
        assert [str(row.xpath("th/@data-v")[0]) for row in shown] == [
            value.date.isoformat() for value in reversed(metric.values)]


@pytest.mark.parametrize("firm", FIRMS)
def test_values_can_be_taken_along(firm: str) -> None:
    """The CSV of each metric has every value exactly, in the lines and columns of RFC 4180, and its page links it."""
    demo = site(firm)
    for ident, metric in demo.book.reading.atlas.metrics.items():
        if not metric.values:
            continue
        text = (demo.folder / "data" / "metrics" / f"{ident}.csv").read_bytes().decode()
        head, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        assert head == ["date", "value", "segment", "n", "note"]
        assert text.count("\r\n") == len(rows) + 1
        assert [(date.fromisoformat(r[0]), Decimal(r[1]) if r[1] else None, r[2]) for r in rows] == [
            (value.date, value.value, value.segment) for value in metric.values]
        assert demo.page(f"library/metrics/{ident}/").xpath(f"//a[@download][contains(@href, '{ident}.csv')]")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx"])
def test_no_spreadsheet_runs_a_note(text: str) -> None:
    """A text that would be a formula is one no more; numbers stay numbers."""
    assert harmless(text) == f"'{text}"
    assert harmless("a=1") == "a=1"
    values = (Value(date(2026, 1, 1), Decimal("-2.50"), text, None, text), Value(date(2026, 2, 1), None))
    written = metric_data(cast(Any, SimpleNamespace(values=values)))
    rows = list(csv.reader(io.StringIO(written, newline=""), strict=True))
    assert rows[1:] == [["2026-01-01", "-2.50", f"'{text}", "", f"'{text}"], ["2026-02-01", "", "", "", ""]]


def test_where_a_channel_is_the_only_way(tmp_path: Path) -> None:
    """A stage with one channel only depends on it; with two it does not."""
    made = book(tmp_path, {"buy.yml": (
        "title: Buy\nowner: sales\nstages:\n"
        "  - title: Call\n    steps: [{ title: Ring, channel: phone }]\n"
        "  - title: Ask\n    steps: [{ title: Ring, channel: phone }, { title: Write, channel: email }]\n")})
    rows = {words(row.xpath("th")[0]): words(row) for row in page(made, "library/channels/phone/").xpath("//tbody/tr")}
    assert "Only way" in rows["1 Call"]
    assert "Only way" not in rows["2 Ask"]
    assert "Email" in rows["2 Ask"]
    hub = {words(row.xpath("th")[0]): words(row) for row in page(made, "library/channels/").xpath("//tbody/tr")}
    assert "1 stage" in hub["Phone"]
    assert "1 stage" not in hub["Email"]


def test_opportunities_stand_by_severity_and_reach() -> None:
    """The severest and widest come first, what is shipped last, and the page shows both figures."""
    rows = site("tallybird").page("library/opportunities/").xpath("//table//tr[starts-with(@id, 'opportunity-')]")
    weights = []
    for row in rows:
        severity, reach, status = (int(row.xpath(f"td[@data-l='{label}']/@data-v")[0])
                                   for label in ("Severity", "Reach", "Status"))
        weights.append((status == 3, -severity * min(reach, 3)))
    assert weights == sorted(weights)
    assert len(set(weights)) > 2


def test_a_team_sees_what_it_let_slip(tmp_path: Path) -> None:
    """Overdue reviews of all kinds stand on the owner's page, the longest first; other teams' do not."""
    teams = "teams:\n  sales: Sales\n  care: Care\n  idle: Idle\n"
    made = book(tmp_path, {
        "teams.yml": teams, "late.yml": journey("Late", owner="sales", reviewed="2024-01-01"),
        "later.yml": journey("Later", owner="care", reviewed="2020-01-01"),
        "assets.yml": "assets:\n  flyer: { title: Flyer, owner: sales, reviewed: 2023-01-01 }\n"})
    sales = page(made, "people/teams/sales/")
    assert [words(th) for th in sales.xpath("//h2[@id='overdue']/following::tbody[1]/tr/th")] == ["Flyer", "Late"]
    assert "Reviews overdue2" in words(sales)
    assert "Owns nothing in this atlas." in words(page(made, "people/teams/idle/"))


def test_a_problem_names_its_record_and_leads_to_it(tmp_path: Path) -> None:
    """Health says which persona is overdue and which stage has no metric; the place opens in the editor's window."""
    files = {"personas.yml": "personas:\n  bram:\n    name: Bram\n    owner: sales\n    reviewed: 2020-01-01\n",
             "teams.yml": "teams:\n  sales: Sales\n", "journeys/buy.yml": journey("Buy", owner="sales")}
    settings = Settings(tmp_path, write(tmp_path, files), today=TODAY, edit_pattern="https://git.example/edit/{path}",
                        edit_folder="maps")
    made = build_book(settings, ICONS)
    for uri in ("health/", "people/teams/sales/"):
        notes = [(words(note.xpath("p")[0]), note.xpath(".//a/@href")) for note in page(made, uri).xpath(
            "//li[contains(@class, 'jb-prob')]")]
        said, links = next(note for note in notes if "review" in note[0])
        assert said.startswith("Warning: Bram: ")
        assert links[0].endswith("personas/bram/")
        assert "https://git.example/edit/maps/personas.yml#L5" in links
        said, links = next(note for note in notes if "no metric" in note[0])
        assert said.startswith("Warning: Look Buy: ")
        assert links[0].endswith("journeys/buy/#stage-look")
    own = [words(note) for note in page(made, "journeys/buy/").xpath("//li[contains(@class, 'jb-prob')]/p[1]")]
    assert own and not any("Look:" in text or "Buy:" in text for text in own)


def test_a_metric_says_all_its_uses(tmp_path: Path) -> None:
    """A metric that only a commitment, a handoff or content names says so on its page and in the list."""
    made = book(tmp_path, {
        "teams.yml": "teams:\n  sales: Sales\n  care: Care\n",
        "metrics.yml": "metrics:\n" + "".join(f"  {ident}: {{name: {ident}, owner: sales, target: 3}}\n"
                                              for ident in ("kept", "passed", "read", "idle")),
        "assets.yml": "assets:\n  guide: {title: Guide, owner: sales, stages: buy/look, metrics: read}\n",
        "handoffs.yml": "handoffs:\n  over: {from: buy/look, to: buy/use, metric: passed, within: 1 day}\n",
        "journeys/buy.yml": "title: Buy\nowner: sales\nstages:\n  - title: Look\n    commitments:\n"
                            "      - {id: soon, measure: {quantity: wait, at_most: 2 days}, metric: kept}\n"
                            "  - {title: Use, owner: care}\n"})
    rows = {words(row.xpath("th")[0]): words(row.xpath("td[@data-l='Where']")[0])
            for row in page(made, "library/metrics/").xpath("//tbody/tr")}
    assert rows == {"kept": "Look commitment · Buy", "passed": "Look → Use handoff", "read": "Guide content",
                    "idle": "Not tied to a stage"}
    used = page(made, "library/metrics/kept/").xpath("//h2[@id='used']/following-sibling::div[1]//a/@href")
    assert used == ["../../../journeys/buy/#commitment-look-soon"]
    assert "Not used yet" in words(page(made, "library/metrics/idle/"))
    assert [problem.message for problem in made.problems if problem.check == "metric-without-stage"] == [
        "the metric `idle` is at no stage and no journey"]


def test_health_lists_its_notes(tmp_path: Path) -> None:
    """As many notes stand on the page as are counted, and the number leads to them."""
    health = page(book(tmp_path, {"teams.yml": "teams:\n  sales: Sales\n", "journeys/buy.yml": (
        "title: Buy\nowner: sales\nstatus: live\nreview_every: 1 year\nstages: [Look]\n")}), "health/")
    number = health.xpath("//div[dt[normalize-space()='Notes']]/dd/a[@href='#notes']")
    listed = health.xpath("//h2[@id='notes']/following-sibling::ul[1]/li")
    assert int(words(number[0])) == len(listed) > 0
    assert all("p-info" in note.get("class") for note in listed)


def test_who_does_what_counts_silent_stages(tmp_path: Path) -> None:
    """Stages that say only who owns them are counted where they are left out."""
    made = book(tmp_path, {"teams.yml": "teams:\n  sales: Sales\n", "journeys/buy.yml": (
        "title: Buy\nowner: sales\nstages:\n  - {title: Look, raci: {responsible: sales}}\n  - Choose\n  - Pay\n")})
    assert "2 more stages say only who owns them" in words(page(made, "people/raci/"))


def test_the_tree_says_what_a_journey_is_part_of(tmp_path: Path) -> None:
    """Read out, a detail names its whole; no number stands beside the level that its file gives it."""
    made = book(tmp_path, {"teams.yml": "teams:\n  sales: Sales\n",
                           "journeys/all.yml": journey("All", owner="sales", level="0"),
                           "journeys/buy.yml": journey("Buy", owner="sales", level="1", parent="all")})
    tree = page(made, "lifecycle/").xpath("//ul[contains(@class, 'jb-tree')]/li//*[@class='jb-vh']")
    assert list(map(words, tree)) == ["(part of All)"]


def test_what_is_written_is_shown(tmp_path: Path) -> None:
    """A persona's photo with its words, all of a journey's evidence and what categories are stand on pages."""
    made = book(tmp_path, {
        "atlas.yml": "title: Atlas\ncategories:\n  - title: Buyer\n    description: From the need to the contract.\n",
        "bram.png": picture(), "teams.yml": "teams:\n  sales: Sales\n",
        "personas.yml": "personas:\n  bram: {name: Bram, photo: bram.png, alt: Bram at his bench}\n",
        "journeys/buy.yml": journey("Buy", owner="sales", category="buyer", evidence="[Ten visits, Two surveys]")})
    photo = page(made, "people/personas/bram/").xpath("//header//img")
    assert [(image.get("src"), image.get("alt")) for image in photo] == [("../../../bram.png", "Bram at his bench")]
    assert "Ten visitsTwo surveys" in words(page(made, "journeys/buy/"))
    assert "From the need to the contract." in words(page(made, "lifecycle/"))


def test_words_and_evidence_of_feelings_are_shown(tmp_path: Path) -> None:
    """Each step says the word that was written for it, and a persona's row what its score rests on."""
    made = book(tmp_path, {
        "teams.yml": "teams:\n  sales: Sales\n", "personas.yml": "personas:\n  ann: Ann\n  bob: Bob\n",
        "evidence.yml": "evidence:\n  visits: {summary: Ten visits in spring}\n",
        "journeys/buy.yml": "title: Buy\nowner: sales\npersonas: [ann, bob]\nstages:\n  - title: Look\n    steps:\n"
                            "      - {title: Reads, emotion: {ann: {score: -1, word: Torn, evidence: visits}}}\n"
                            "      - title: Calls\n        emotion:\n          bob: 1\n"
                            "          ann: {score: 1, word: Calm, evidence: A note}\n"})
    own = page(made, "journeys/buy/")
    section = own.xpath("//section[contains(@class, 'jb-stage')]")[0]
    assert [words(step) for step in section.xpath(".//ol/li")] == ["Reads (Ann: −1 Torn)", "Calls (Ann: +1 Calm)"]
    assert section.xpath(".//table[contains(@class, 'jb-feel')]/tbody/tr/td[1]/@data-basis") == [
        "assumed: Ten visits in spring; A note", "assumed"]


def test_a_pain_written_twice_has_two_places(tmp_path: Path) -> None:
    """The same words at two steps of a stage do not give a page one id twice; the first keeps the address."""
    steps = "".join(f"      - {{title: {title}, pains: [{{text: Nobody answers}}]}}\n" for title in ("Calls", "Writes"))
    made = book(tmp_path, {"teams.yml": "teams:\n  sales: Sales\n", "journeys/buy.yml": (
        f"title: Buy\nowner: sales\nstages:\n  - title: Look\n    steps:\n{steps}")})
    found = page(made, "journeys/buy/").xpath("//li[starts-with(@id, 'pain-')]/@id")
    assert found == ["pain-look-nobody-answers", "pain-look-nobody-answers-2"]


def test_a_question_is_answered_alike_everywhere(tmp_path: Path) -> None:
    """An asset for one persona answers a question on all pages alike; the matrix says that it is not for the other."""
    asking = "personas: [ann, bob]\nstages:\n  - title: Look\n    questions: [{id: price, ask: What does it cost?}]\n"
    made = book(tmp_path, {
        "personas.yml": "personas:\n  ann: Ann\n  bob: Bob\n", "teams.yml": "teams:\n  sales: Sales\n",
        "assets.yml": "assets:\n  list:\n    title: Price list\n    owner: sales\n    personas: ann\n"
                      "    answers: buy/look#price\n",
        "journeys/buy.yml": f"title: Buy\nowner: sales\n{asking}"})
    assert not [problem for problem in made.problems if problem.check == "question-unanswered"]
    assert "1 answer" in words(page(made, "journeys/buy/"))
    matrix = page(made, "library/content-matrix/")
    assert "The 1 question has an answer." in words(matrix)
    ann, bob = map(words, matrix.xpath("//tbody//td[@data-l='Ann' or @data-l='Bob']"))
    assert (ann, bob) == ("Price list", "Answered for others only: Price list")
    assert not matrix.xpath("//tr[@data-gap]")


def test_an_empty_atlas_says_so_everywhere(tmp_path: Path) -> None:
    """Without a single record each list is a gap in words, never an empty table, and nothing leads nowhere."""
    made = book(tmp_path, {})
    for shown in made.pages:
        if not shown.uri.startswith("write/"):
            parsed = markup.fromstring(shown.html)
            assert not [table for table in parsed.xpath("//table") if not table.xpath(".//tbody/tr")], shown.uri
    assert "No journey is mapped yet" in words(page(made, ""))
    assert "No channel is used yet" in words(page(made, "library/channels/"))
    assert list(made.dangling()) == []


def test_an_atlas_of_one_journey(tmp_path: Path) -> None:
    """One bare journey is one card and one row; there is nothing to filter by, and what is missing is a gap."""
    home = page(book(tmp_path, {"buy.yml": journey("Buy")}), "")
    assert len(home.xpath("//*[contains(@class, 'jb-jc')]")) == len(home.xpath("//tbody/tr")) == 1
    assert not home.xpath("//form//select[@name='owner']")
    gaps = [words(gap) for gap in home.xpath("//tbody//*[@class='jb-gap']")]
    assert gaps == ["No category", "No owner", "Never reviewed"]
    assert "1 journey" in words(home)


def test_every_status_has_a_meaning() -> None:
    """What pages can show and what the glossary explains are the same words."""
    for tags, meanings in ((VERDICT_TAGS, glossary_words.VERDICTS), (HANDOFF_TAGS, glossary_words.HANDOFFS),
                           (LOOP_TAGS, glossary_words.LOOPS), (OPPORTUNITY_TAGS, glossary_words.OPPORTUNITIES),
                           (vocabulary.ASSET_STATUS, glossary_words.ASSETS),
                           (vocabulary.METRIC_STATUS, glossary_words.METRICS),
                           (vocabulary.STATUS_TONE, glossary_words.JOURNEYS), (WEIGHTS, glossary_words.CHANGES)):
        assert list(tags) == list(meanings)


@pytest.mark.parametrize("firm", FIRMS)
def test_every_tag_on_a_page_is_in_the_glossary(firm: str) -> None:
    """Each status word and each trend that a demo site shows is explained; dates are left out."""
    demo = site(firm)
    explained = {words(dt) for dt in demo.page("glossary/").xpath("//dl//dt")}
    shown = {re.sub(r" since .*", "", words(tag)) for parsed in demo.pages.values() for tag in parsed.xpath(
        "//article//*[contains(concat(' ', @class, ' '), ' jb-tag ') or contains(@class, 'jb-trend')]")}
    assert len(shown) > 10
    assert shown - explained == set()


def test_the_glossary_names_the_thresholds() -> None:
    """Thresholds stand in the glossary as the code has them, and the scale and calendar as the atlas has them."""
    demo = site("tallybird")
    text = words(demo.page("glossary/").xpath("//article")[0]).replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert f"at most {items.CLOSE * 100:g} %" in text
    assert f"less than {items.FLAT * 100:g} %" in text
    assert "from −2 (worst) to +2 (best)" in text
    assert demo.book.reading.atlas.spec.purchase_point in text


def test_home_stays_light_at_a_thousand_journeys(tmp_path: Path) -> None:
    """A thousand journeys: home has cards only, the list its worst and a page a category; both within 16 KB gzipped."""
    write_atlas(make_firm(1000, 7, dense=True), tmp_path / "firm")
    settings = Settings(tmp_path / "firm", tmp_path / "firm" / "maps", today=TODAY)
    contents = [validate(document)[0] for path in list_files(settings).yaml if (document := read(path, settings)[0])]
    atlas, _ = build_atlas(contents, settings, [])
    shared = Context(atlas, [], settings)
    renderer = Renderer([theme_dir()], ICONS)
    home = renderer.render(home_view(shared, AgreementParts(shared)), {}).html
    hub, *rest = (renderer.render(make(), {}).html for make in Divider(
        settings.register_rows, lambda _place: None, long=True).pages(lambda: journeys_view(shared)))
    assert not markup.fromstring(home).xpath("//table")
    assert 0 < len(markup.fromstring(hub).xpath("//tbody/tr")) < 100
    assert sum(len(markup.fromstring(page).xpath("//tbody/tr")) for page in rest) == 1000
    assert all(len(gzip.compress(page.encode(), 6, mtime=0)) <= 16_000 for page in (home, hub, *rest))
    assert all(len(markup.fromstring(page).xpath("//*")) <= 4_500 for page in (home, hub, *rest))
