"""What the five demo atlases show: every idea of the source texts stands on some page."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from journeybook.model import Atlas
from journeybook.model.verdicts import RANKS, verdicts
from journeybook.reading import Reading, read_book
from journeybook.settings import Settings
from support_site import CHECKOUT, run

TODAY = date(2026, 11, 21)
FIRMS = {"tallybird": ".", **{name: f"examples/{name}" for name in (
    "clearnest-home-air", "leafbound", "northlight-fibre", "juniper-and-oak")}}


@cache
def reading(firm: str) -> Reading:
    """A demo atlas, read and checked as of the demo's day."""
    root = (CHECKOUT / FIRMS[firm]).resolve()
    return read_book(Settings(root, root / "maps", today=TODAY))


def atlas(firm: str) -> Atlas:
    """A demo atlas."""
    return reading(firm).atlas


def stages(firm: str, journey: str) -> list[str]:
    """The ids of a journey's stages, in order."""
    return [stage.key.stage for stage in atlas(firm).journeys[journey].stages]


@pytest.mark.parametrize("firm", FIRMS)
def test_checks_pass(firm: str) -> None:
    """`journeybook check` exits 0 in each of them."""
    assert run(CHECKOUT / FIRMS[firm], "check", SOURCE_DATE_EPOCH="1795219200").exit_code == 0


@pytest.mark.parametrize("firm", FIRMS)
def test_it_says_that_it_is_invented(firm: str) -> None:
    """Firms and numbers are invented, and the site says so on its home page and in every footer."""
    assert "invented" in (atlas(firm).spec.description or "") or "fictional" in (atlas(firm).spec.description or "")
    assert "invented" in (CHECKOUT / FIRMS[firm] / "mkdocs.yml").read_text("utf-8")


def test_buyer_customer_and_five_stage_journeys() -> None:
    """Three stages to the purchase; onboarding to advocacy after it; and the five stages that span both."""
    assert stages("tallybird", "workshop-owner-buys") == ["awareness", "consideration", "decision"]
    assert stages("tallybird", "first-year") == ["onboarding", "adoption", "support", "renewal", "advocacy"]
    assert stages("leafbound", "five-stages") == ["awareness", "consideration", "decision", "growth", "advocacy"]


def test_five_lifecycle_categories() -> None:
    """Prospect, buyer, customer, user and churn each have a journey, and the atlas says where purchase lies."""
    found = {category.id for journey in atlas("tallybird").journeys.values() if journey.spec.level == "1"
             for category in journey.categories}
    assert found == {"prospect", "buyer", "customer", "user", "churn"}
    assert all(atlas(firm).spec.purchase_point for firm in FIRMS)


def test_overlap_and_hinge() -> None:
    """Onboarding belongs to the buyer and the customer; renewal ends one journey and opens another."""
    year = atlas("tallybird").journeys["first-year"]
    onboarding, renewal = year.stage("onboarding"), year.stage("renewal")
    assert onboarding and {category.id for category in onboarding.categories} == {"buyer", "customer"}
    assert renewal and renewal.spec.role == "hinge"
    assert any(t.target.journey != "first-year" for t in atlas("tallybird").departures[renewal.key])


def test_a_customer_becomes_a_buyer_again() -> None:
    """The third book in sixty days leads back to consideration; beginner content is hidden from old hands."""
    ways = [t for j in atlas("leafbound").journeys.values() for t in j.transitions if t.type == "reentry"]
    assert any(t.target.stage == "consideration" for t in ways)
    assert any(asset.spec.audience and asset.spec.audience.hide_from for asset in atlas("leafbound").assets.values())
    assert any(t.type == "win-back" for j in atlas("northlight-fibre").journeys.values() for t in j.transitions)


def test_a_neighbour_starts_as_a_new_person() -> None:
    """A referral is a loop for somebody new."""
    for firm in ("tallybird", "clearnest-home-air", "leafbound", "juniper-and-oak"):
        assert any(t.type == "loop" and t.spec and t.spec.actor == "new"
                   for j in atlas(firm).journeys.values() for t in j.transitions), firm


def test_current_and_future_state() -> None:
    """A future map says which current one it redesigns."""
    for firm in ("tallybird", "leafbound"):
        futures = [j for j in atlas(firm).journeys.values() if j.spec.state == "future"]
        assert futures and all(j.compares_to in atlas(firm).journeys for j in futures)


@pytest.mark.parametrize("firm", FIRMS)
def test_personas_rest_on_research(firm: str) -> None:
    """Each persona says what it is based on."""
    personas = atlas(firm).personas.values()
    assert personas and all(persona.spec.basis and persona.spec.sources for persona in personas)


@pytest.mark.parametrize("firm", FIRMS)
def test_assets_metrics_and_owners_stand_at_stages(firm: str) -> None:
    """Assets have types and stages, metrics have a year of values, stages have owners."""
    found = atlas(firm)
    assert all(asset.spec.type for asset in found.assets.values())
    assert sum(bool(stage.assets) for stage in found.stages.values()) > len(found.stages) / 2
    assert any(len(metric.overall) >= 13 for metric in found.metrics.values())
    assert all(stage.owner for stage in found.stages.values())


def test_one_person_wears_many_hats() -> None:
    """A small firm's people are several teams."""
    assert any(len(team.spec.hats) > 1 for team in atlas("tallybird").teams.values())


def test_sales_hands_over_to_onboarding_with_its_promises() -> None:
    """The handoff says what is passed on, by when, and who accepts; the promise of 48 hours crosses it."""
    found = atlas("tallybird")
    handoff = next(h for h in found.handoffs.values()
                   if str(h.source) == "workshop-owner-buys/decision" and str(h.target) == "first-year/onboarding")
    assert handoff.spec.payload and handoff.spec.within and handoff.spec.accepted_by
    promise = found.promises["setup-in-48-hours"]
    assert (promise.made_at, promise.delivered_at) == (handoff.source, handoff.target)
    assert promise.assets


def test_what_support_hears_changes_what_buyers_read() -> None:
    """A question heard in support leads to the stage where people compare."""
    assert any(loop.source.stage == "support" and loop.target and loop.target.stage == "consideration"
               for loop in atlas("tallybird").loops.values())


@pytest.mark.parametrize("firm", FIRMS)
def test_reviews_have_a_rhythm(firm: str) -> None:
    """Every journey but a draft was looked over, and the atlas says how often it is."""
    assert atlas(firm).spec.review_every
    assert all(j.spec.reviewed for j in atlas(firm).journeys.values() if j.spec.status != "draft")


def test_every_verdict_is_shown() -> None:
    """The flagship's register has each verdict at least once, and promises without one."""
    found = {verdict.word for verdict in verdicts(atlas("tallybird"), TODAY).values()}
    assert found == {*RANKS, None}


def test_the_arithmetic_of_the_demo() -> None:
    """48 hours against 3 business days is broken; a season breaks a promise; data misses one that is kept on paper."""
    said = verdicts(atlas("tallybird"), TODAY)["setup-in-48-hours"]
    assert said.word == "broken"
    assert "3 business days run from 72 hours" in said.because and "the promise is 48 hours" in said.because
    season = verdicts(atlas("juniper-and-oak"), TODAY)["gallery-in-six-weeks"]
    assert (season.word, season.label) == ("broken", "June to August")
    missed = verdicts(atlas("northlight-fibre"), TODAY)["mended-in-48-hours"]
    assert missed.word == "missed-in-data" and "on paper" in missed.because
    assert verdicts(atlas("tallybird"), TODAY)["export-in-48-hours"].because.count("tarted") == 2
