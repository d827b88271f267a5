"""The published demo sites, read as a browser and a reader would."""

from __future__ import annotations

import json
import re
from html import unescape
from itertools import pairwise

import pytest
from lxml import html

from journeybook.model import Journey
from support_site import FIRMS, XLINK, Site, site


@pytest.fixture(params=sorted(FIRMS), scope="module")
def demo(request: pytest.FixtureRequest) -> Site:
    """Each demo site in turn."""
    return site(request.param)


def journeys(demo: Site) -> list[Journey]:
    return list(demo.book.reading.atlas.journeys.values())


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def section(page: html.HtmlElement, stage: str) -> str:
    """The words of a stage's section."""
    found = page.xpath("//section[.//*[@id=$anchor]]", anchor=f"stage-{stage}")
    assert len(found) == 1, stage
    return words(found[0])


def in_words(text: str) -> str:
    return " ".join(text.split())


def test_every_journey_has_a_page_with_its_title(demo: Site) -> None:
    """No journey of the atlas is left out, and its page is headed with what the team wrote."""
    for journey in journeys(demo):
        (heading,) = demo.page(f"journeys/{journey.id}/").xpath("//h1")
        assert words(heading) == in_words(journey.spec.title)


def test_every_stage_is_shown_with_its_title_and_owner(demo: Site) -> None:
    """Each stage has its section, headed by number and title, and names who owns it."""
    for journey in journeys(demo):
        page = demo.page(f"journeys/{journey.id}/")
        for stage in journey.stages:
            shown = section(page, stage.key.stage)
            assert shown.startswith(in_words(f"{stage.number} · {stage.spec.title}"))
            assert stage.owner is not None
            assert stage.owner.spec.name in shown, (journey.id, stage.key)


def test_every_stage_shows_its_assets_and_metrics(demo: Site) -> None:
    """What a stage uses and what measures it stand in its section."""
    counted = 0
    for journey in journeys(demo):
        page = demo.page(f"journeys/{journey.id}/")
        for stage in journey.stages:
            shown = section(page, stage.key.stage)
            names = [*(a.spec.title for a in stage.assets), *(m.spec.name for m in stage.metrics)]
            assert [name for name in names if in_words(name) not in shown] == [], stage.key
            counted += len(names)
    assert counted > 20


def test_every_step_pain_and_question_is_shown(demo: Site) -> None:
    """Steps, pains and questions of a stage reach its section."""
    for journey in journeys(demo):
        page = demo.page(f"journeys/{journey.id}/")
        for stage in journey.stages:
            shown = section(page, stage.key.stage)
            texts = [step.spec.title for step in stage.steps]
            texts += [pain.text for step in stage.steps for pain in step.spec.pains]
            texts += [question.spec.ask for question in stage.questions]
            assert [text for text in texts if in_words(re.sub(r"[*_`]", "", text)) not in shown] == [], stage.key


def test_every_transition_is_told(demo: Site) -> None:
    """A way that was written stands in the section of the stage it leaves, naming where it leads."""
    stages = demo.book.reading.atlas.stages
    told = 0
    for journey in journeys(demo):
        for way in journey.transitions:
            if way.spec is None or way.type == "next":
                continue
            shown = section(demo.page(f"journeys/{way.source.journey}/"), way.source.stage)
            target = stages[way.target]
            assert in_words(target.spec.title) in shown, way
            told += 1
    assert told > 2


def test_every_journey_is_drawn(demo: Site) -> None:
    """A flow line or a stage diagram stands in each journey's page, and its links lead to stages."""
    for journey in journeys(demo):
        page = demo.page(f"journeys/{journey.id}/")
        (article,) = page.xpath("//div[contains(concat(' ', @class, ' '), ' jb-journey ')]")
        drawings = article.xpath(".//*[local-name()='svg'][.//*[local-name()='a']]")
        assert drawings, journey.id
        targets = {link.get(XLINK) or link.get("xlink:href")
                   for drawing in drawings for link in drawing.xpath(".//*[local-name()='a']")}
        assert None not in targets
        assert {f"#stage-{stage.key.stage}" for stage in journey.stages} <= targets, journey.id
        assert not [t for t in targets if demo.missing(f"journeys/{journey.id}/index.html", str(t))]


def test_a_journey_with_branches_has_a_diagram(demo: Site) -> None:
    """Where ways part or turn back, the laid-out diagram shows every stage of the journey."""
    drawn = 0
    for journey in journeys(demo):
        found = demo.page(f"journeys/{journey.id}/").xpath("//*[@id='diagram']/following-sibling::div[1]")
        if found:
            shown = words(found[0])
            assert all(in_words(s.spec.title).split()[0] in shown for s in journey.stages), journey.id
            drawn += 1
    assert drawn >= 1


def test_every_link_leads_somewhere(demo: Site) -> None:
    """Every href, xlink:href and src of every page leads to a file of the site, and to an anchor of it."""
    assert demo.dead_links() == []
    assert sum(len(page.xpath("//article//a/@href")) for page in demo.pages.values()) > 500


def test_a_dead_link_would_be_found(demo: Site) -> None:
    """The search for dead links knows a missing file, a missing anchor and a folder without its slash."""
    page = "journeys/breathe-easier/index.html" if "journeys/breathe-easier/index.html" in demo.pages else "index.html"
    for address in ("nowhere/", "#no-such-anchor", "/people/#nobody", "/people", "gone.svg"):
        assert demo.missing(page, address), address
    for address in ("#__search", "/people/", "/people/#top", "https://host.example/x", "mailto:a@b.example"):
        assert not demo.missing(page, address), address


def test_no_page_dangles(demo: Site) -> None:
    """The renderer's own list of links has no place that does not exist."""
    assert list(demo.book.dangling()) == []


def test_contents_and_search_lead_to_anchors(demo: Site) -> None:
    """Every entry of a page's contents and every search record stands for a place on that page, or for all of it."""
    for page in demo.book.pages:
        assert {anchor for anchor, _, _ in page.toc} <= page.anchors, page.uri
        assert {anchor for anchor, _, _ in page.search} <= page.anchors | {""}, page.uri


def test_a_wrong_link_would_be_noticed(demo: Site) -> None:
    """The comparison of links with pages does find a missing anchor and a missing page."""
    from dataclasses import replace

    from journeybook.book import Book
    from journeybook.page import Held

    first, *rest = demo.book.pages
    links = first.links | {"people/#nobody", "nowhere/", "photo.png"}
    wrong = replace(first, content=Held(first.html, replace(first.content.beside, links=links)))
    found = {target for _, target in Book(demo.book.reading, [wrong, *rest],
                                        files=demo.book.files).dangling()}
    assert found == {"people/#nobody", "nowhere/", "photo.png"}


def test_ids_are_unique(demo: Site) -> None:
    """An anchor leads to one place."""
    for name, page in demo.pages.items():
        ids = [str(value) for value in page.xpath("//@id")]
        assert sorted(ids) == sorted(set(ids)), name


def test_one_first_heading_and_no_level_left_out(demo: Site) -> None:
    """Each page has one H1; headings below never skip a level, so that a reader by ear can follow."""
    for name, page in demo.pages.items():
        assert len(page.xpath("//h1")) == 1, name
        levels = [int(h.tag[1]) for h in page.xpath("//article//*[self::h1 or self::h2 or self::h3 or self::h4]")]
        assert all(after <= before + 1 for before, after in pairwise(levels)), (name, levels)


def test_nothing_is_fetched_from_elsewhere(demo: Site) -> None:
    """Scripts, styles, pictures and fonts come from the site itself."""
    for name, page in demo.pages.items():
        loaded = page.xpath("//script/@src | //img/@src | //iframe/@src | //source/@src | //*[local-name()='image']/@*"
                            " | //link[not(@rel='canonical')]/@href | //*[local-name()='use']/@*")
        assert [str(a) for a in loaded if re.match(r"(https?:)?//", str(a))] == [], name
    for sheet in demo.folder.rglob("*.css"):
        assert not re.search(r"@import|url\(\s*['\"]?(https?:)?//", sheet.read_text("utf-8")), sheet.name


def test_our_content_has_no_inline_code(demo: Site) -> None:
    """No style or event attributes and no scripts in what we draw: the site runs under a strict policy."""
    for name, page in demo.pages.items():
        for element in page.xpath("//div[contains(concat(' ', @class, ' '), ' jb-page ')]//*"):
            bad = [key for key in element.attrib if key.lower() == "style" or key.lower().startswith("on")]
            assert bad == [], (name, element.tag)
            assert element.tag not in ("script", "style", "iframe", "object", "embed"), name


def test_every_stage_can_be_found(demo: Site) -> None:
    """The search index has a record for each page and stage, with the owner's name, at a place that exists."""
    index = json.loads((demo.folder / "search" / "search_index.json").read_text("utf-8"))
    records = {record["location"]: record for record in index["docs"]}
    assert len(records) == len(index["docs"])
    for key, stage in demo.book.reading.atlas.stages.items():
        record = records[f"journeys/{key.journey}/#stage-{key.stage}"]
        assert in_words(stage.spec.title) in in_words(record["title"])
        assert stage.owner is not None
        assert stage.owner.spec.name.replace("&", "&amp;") in record["text"] or len(record["text"]) >= 800
    assert [place for place in records if demo.missing("index.html", place or "./")] == []
    assert {page.uri for page in demo.book.pages} <= records.keys()


def test_people_questions_and_handoffs_can_be_found(demo: Site) -> None:
    """Search knows who leads a team and is in it, what customers ask, what is passed on, and the word RACI."""
    index = json.loads((demo.folder / "search" / "search_index.json").read_text("utf-8"))
    records = {record["location"]: unescape(f"{record['title']} {record['text']}") for record in index["docs"]}
    atlas = demo.book.reading.atlas
    for team in atlas.teams.values():
        for name in filter(None, (team.spec.lead, *team.spec.members)):
            who = atlas.teams[name].spec.name if name in atlas.teams else name
            assert who in records[f"people/teams/{team.id}/"], team.id
    asked = [(key, question) for key, stage in atlas.stages.items() for question in stage.questions]
    assert asked
    for key, question in asked:
        assert in_words(question.spec.ask)[:40] in in_words(records[f"journeys/{key.journey}/#stage-{key.stage}"])
    for handoff in atlas.handoffs.values():
        record = records[f"promises/#handoff-{handoff.id}"]
        assert atlas.stages[handoff.target].spec.title in record
        assert all(in_words(text)[:20] in in_words(record) for text in handoff.spec.payload[:1])
    assert "RACI" in records["people/raci/"]


def test_sources_are_not_published(demo: Site) -> None:
    """The maps' YAML and values stay in the repository; values are published as files of our own making."""
    left = {p.relative_to(demo.folder).as_posix() for p in demo.folder.rglob("*")
            if p.suffix in (".yml", ".yaml", ".csv", ".md")}
    metrics = demo.book.reading.atlas.metrics.values()
    assert left == {f"data/metrics/{metric.id}.csv" for metric in metrics if metric.values}


def test_edit_links_open_the_source(demo: Site) -> None:
    """A journey's page links to its file, each stage to its line there."""
    for journey in journeys(demo):
        page = demo.page(f"journeys/{journey.id}/")
        path = journey.origin.document.path.removeprefix("maps/")
        links = [str(a) for a in page.xpath("//a[contains(@href, '/edit/')]/@href")]
        assert any(link.endswith(f"/maps/{path}") for link in links), journey.id
        text = (demo.root / "maps" / path).read_text("utf-8").splitlines()
        for stage in journey.stages:
            (link,) = page.xpath("//*[@id=$anchor]//a[contains(@class, 'jb-edit')]/@href",
                                 anchor=f"stage-{stage.key.stage}")
            file, _, line = str(link).partition("#L")
            assert file.endswith(f"/maps/{path}")
            assert stage.key.stage in text[int(line) - 1] or stage.spec.title in text[int(line) - 1]


def test_registry_pages_link_to_their_entries(demo: Site) -> None:
    """Personas, teams and metrics can be edited from their pages, at the line of their entry."""
    atlas = demo.book.reading.atlas
    records = {**{f"people/personas/{i}/": p.origin for i, p in atlas.personas.items()},
               **{f"people/teams/{i}/": t.origin for i, t in atlas.teams.items()},
               **{f"library/metrics/{i}/": m.origin for i, m in atlas.metrics.items()}}
    for uri, origin in records.items():
        path = origin.document.path.removeprefix("maps/")
        links = demo.page(uri).xpath("//a[contains(@href, '/edit/')]/@href")
        assert any(str(link).split("#")[0].endswith(f"/maps/{path}") for link in links), uri


def test_every_team_finds_what_it_owns(demo: Site) -> None:
    """A team's page names each journey, stage, asset and metric it is accountable for."""
    atlas = demo.book.reading.atlas
    for ident, team in atlas.teams.items():
        shown = words(demo.page(f"people/teams/{ident}/").xpath("//article")[0])
        owned = [*(j.spec.title for j in atlas.journeys.values() if j.owner is team),
                 *(s.spec.title for s in atlas.stages.values() if s.owner is team),
                 *(a.spec.title for a in atlas.assets.values() if a.owner is team),
                 *(m.spec.name for m in atlas.metrics.values() if m.owner is team)]
        assert [name for name in owned if in_words(name) not in shown] == [], ident


def test_every_asset_and_metric_has_its_place(demo: Site) -> None:
    """The inventory lists every asset; every metric has a page with its values."""
    atlas = demo.book.reading.atlas
    content = words(demo.page("library/content/").xpath("//article")[0])
    assert [a.id for a in atlas.assets.values() if in_words(a.spec.title) not in content] == []
    for ident, metric in atlas.metrics.items():
        rows = demo.page(f"library/metrics/{ident}/").xpath("//table//tbody/tr")
        assert len(rows) >= len(metric.values), ident


def test_the_portfolio_names_every_journey(demo: Site) -> None:
    """Home links to every journey."""
    links = {str(link) for link in demo.page("").xpath("//article//a/@href")}
    assert {f"journeys/{journey.id}/" for journey in journeys(demo)} <= links


def test_pages_say_where_they_are(demo: Site) -> None:
    """Each generated page has a title of its own, and the tab of its section is the active one."""
    tabs = {name: name.capitalize() for name in ("lifecycle", "journeys", "promises", "people", "library", "health")}
    tabs |= {"compare": "Journeys", "glossary": "Library"}
    for page in demo.book.pages:
        parsed = demo.page(page.uri)
        assert in_words(page.title) in words(parsed.xpath("//title")[0])
        active = parsed.xpath("//li[contains(@class, 'md-tabs__item--active')]")
        if page.uri.startswith("write/"):  # the reference has no tab
            assert active == [], page.uri
            continue
        assert words(active[0]) == tabs.get(page.uri.split("/")[0], "Home"), page.uri
