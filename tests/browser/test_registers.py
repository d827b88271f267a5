"""Registers in a real browser: sorting, filtering, the address that keeps both, no scripting, phones."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

ROWS = "tbody tr:visible"


def titles(page: Any) -> list[str]:
    """The first cells of the rows that are shown."""
    return [text.split("\n")[0].strip() for text in page.locator(f"{ROWS} > th").all_inner_texts()]


def column(page: Any, label: str) -> list[str]:
    """The machine values of a column's shown cells."""
    return page.locator(f"{ROWS} > td[data-l='{label}']").evaluate_all("cells => cells.map(c => c.dataset.v)")


def test_heads_sort_by_machine_values(open_page: Any) -> None:
    """Dates and scores sort as what they are, unknown ones last either way, and the head says which way."""
    page = open_page("journeys/")
    for key, label in (("reviewed", "Reviewed"), ("low", "Lowest point")):
        head = page.locator(f"th[data-k={key}]")
        for way in ("ascending", "descending"):
            head.locator("button").click()
            assert head.get_attribute("aria-sort") == way
            found = column(page, label)
            known = [value for value in found if value]
            assert len(set(known)) > 3
            assert found == known + [""] * (len(found) - len(known))
            number = float if key == "low" else str
            assert known == sorted(known, key=number, reverse=way == "descending")
    assert page.locator("[aria-sort]").count() == 1


def test_the_largest_come_first_where_that_is_wanted(open_page: Any) -> None:
    """The first click on severe pains shows the worst journeys at the top."""
    page = open_page("journeys/")
    page.locator("th[data-k=pains] button").click()
    counts = [int(text) for text in page.locator(f"{ROWS} > td[data-l='Severe pains']").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]


def test_filters_count_and_stand_in_the_address(open_page: Any, base: str) -> None:
    """Filter, search and sort hide and order rows, are counted for everybody, and come back from the address."""
    page = open_page("journeys/")
    whole = len(titles(page))
    page.locator("select[name=owner]").select_option("product")
    page.locator("[name=find]").fill("BANK")
    page.locator("th[data-k=low] button").click()
    shown = titles(page)
    assert 0 < len(shown) < whole
    assert page.locator("[data-jb-count]").inner_text() == f"{len(shown)} of {whole} journeys"
    assert page.locator("[data-jb-count]").get_attribute("role") == "status"
    address = page.url
    assert all(part in address for part in ("owner=product", "find=BANK", "sort=low"))
    page.goto("about:blank")
    page.goto(address)
    assert titles(page) == shown
    assert page.locator("select[name=owner]").input_value() == "product"
    page.goto(f"{base}journeys/?owner=somebody-who-left")
    assert len(titles(page)) == whole


def test_nothing_matches_and_the_way_back(open_page: Any) -> None:
    """Without a match the page says so, and one click shows everything again."""
    page = open_page("journeys/?find=no+such+journey")
    assert titles(page) == []
    assert page.get_by_text("Nothing matches").is_visible()
    page.locator("[data-jb-none] button").click()
    assert len(titles(page)) > 5
    assert not page.get_by_text("Nothing matches").is_visible()
    assert "find=" not in page.url


def test_home_keeps_its_view_over_back(open_page: Any) -> None:
    """Cards and table show the same choice; after a visit elsewhere, back brings view, filter and order again."""
    page = open_page("")
    page.evaluate("window.stillHere = true")
    page.locator("select[name=status]").select_option("live")
    cards = page.locator(".jb-jc:visible").count()
    page.get_by_text("Table", exact=True).click()
    page.locator("th[data-k=owner] button").click()
    shown = titles(page)
    assert len(shown) == cards > 0
    assert re.search(r"status=live.*view=table|view=table.*status=live", page.url)
    page.locator(f"{ROWS} > th a").first.click()
    page.wait_for_function("document.querySelector('.jb-canvas')")
    page.go_back()
    page.wait_for_function("document.querySelector('[data-jb-register]')")
    page.wait_for_function("document.querySelector('[name=status]')?.value === 'live'")
    assert titles(page) == shown
    assert page.evaluate("window.stillHere") is True


def test_cards_are_found_by_all_that_their_rows_say(open_page: Any) -> None:
    """As many cards are shown as are counted, also for what only the table says; nothing offers to sort cards."""
    page = open_page("", 390)
    assert not page.locator("select[name=sort]").is_visible()
    page.locator("[name=find]").fill("bram")
    shown = page.locator(".jb-jc:visible").count()
    assert shown > 0
    assert page.locator("[data-jb-count]").inner_text().startswith(f"{shown} of ")
    page.get_by_text("Table", exact=True).click()
    assert len(titles(page)) == shown
    assert page.locator("select[name=sort]").is_visible()


def test_what_has_no_card_is_found_in_the_table(chromium: Any, sites: Callable[[str], str]) -> None:
    """Where not every journey has a card the table answers; at the cards nothing is asked and all are counted."""
    page = chromium.new_page()
    page.goto(sites("large"))
    cards, whole = page.locator(".jb-jc:visible").count(), page.locator("[data-jb-count]").inner_text()
    page.locator("select[name=status]").select_option(index=1)
    assert page.locator("[data-jb-count]").inner_text().startswith(f"{len(titles(page))} of ")
    page.get_by_text("Cards", exact=True).click()
    assert page.locator(".jb-jc:visible").count() == cards
    assert page.locator("[data-jb-count]").inner_text() == whole
    assert "status=" not in page.url
    page.close()


def test_a_jump_on_the_page_keeps_the_view(open_page: Any) -> None:
    """A link to a place on the page does not lose what was filtered."""
    page = open_page("library/content/?status=planned")
    shown = titles(page)
    page.locator(".jb-jump a").first.click()
    page.wait_for_url(re.compile("#inventory"))
    page.wait_for_function("location.search.includes('status=planned')")
    assert titles(page) == shown


def test_rows_are_there_without_scripting(open_page: Any) -> None:
    """With scripting off no dead controls are shown, the table has all rows, and home still switches views."""
    page = open_page("", java_script_enabled=False)
    cards = page.locator(".jb-jc:visible").count()
    assert cards > 5
    assert not page.locator(".jb-flt").is_visible()
    page.get_by_text("Table", exact=True).click()
    assert len(titles(page)) == cards


@pytest.mark.parametrize("uri", ["journeys/", "library/content/", "library/metrics/", "people/teams/success/",
                                 "health/reviews/", "library/channels/email/", "library/content-matrix/",
                                 "glossary/"])
def test_registers_are_cards_on_a_phone(open_page: Any, uri: str) -> None:
    """Nothing sticks out or scrolls sideways at 390 px; cells say their column, and rows are still rows."""
    page = open_page(uri, 390)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    tables = page.locator("table.jb-rows")
    for position in range(tables.count()):
        assert tables.nth(position).evaluate("t => t.scrollWidth <= t.parentElement.clientWidth + 1")
        assert tables.nth(position).get_attribute("role") == "table"
    for cell in page.locator("table.jb-rows td[data-l]:visible").all()[:3]:
        assert cell.evaluate("c => getComputedStyle(c, '::before').content") == f'"{cell.get_attribute("data-l")}"'
        assert cell.get_attribute("role") == "cell"


@pytest.mark.parametrize("width", [1280, 1440, 1920])
@pytest.mark.parametrize("uri", ["library/metrics/", "people/teams/support/", "journeys/first-year/"])
def test_values_with_long_units_stay_in_their_column(open_page: Any, uri: str, width: int) -> None:
    """A value with words such as "business hours" does not run into its neighbour, and no word of it is cut."""
    page = open_page(uri, width)
    page.locator("td.n", has_text="business").first.wait_for()
    assert page.locator("td.n").evaluate_all("""cells => cells.filter(c => c.scrollWidth > c.clientWidth)
        .map(c => c.innerText)""") == []
    assert page.locator("td.n", has_text="business").evaluate_all("""cells => cells.flatMap(c => {
        const range = document.createRange(), text = document.createTreeWalker(c, 4).nextNode()
        const at = text.data.indexOf('business'); range.setStart(text, at); range.setEnd(text, at + 8)
        return range.getClientRects().length > 1 ? [c.innerText] : []
    })""") == []


def test_large_text_fits_on_a_phone(open_page: Any) -> None:
    """At twice the size of text a persona's page with an overdue review is no wider than the screen."""
    page = open_page("people/personas/helen/", 390)
    page.evaluate("document.documentElement.style.fontSize = '250%'")
    assert page.get_by_text("Overdue since").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_a_phone_sorts_by_a_list(open_page: Any) -> None:
    """Where heads are not shown, a list sorts."""
    page = open_page("journeys/", 390)
    page.locator("select[name=sort]").select_option(label="Severe pains")
    assert "sort=-pains" in page.url
    counts = [int(text) for text in page.locator(f"{ROWS} > td[data-l='Severe pains']").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)


def test_problems_are_filtered_by_owner_and_check(open_page: Any) -> None:
    """Health shows the problems of one owner, and no empty headings."""
    page = open_page("health/?owner=sales")
    groups = page.locator("[data-jb-group]:visible")
    assert groups.count() == 1
    assert "Sales" in groups.inner_text()
    page.locator("select[name=check]").select_option("asset-missing")
    left = page.locator("[data-jb-group] .jb-prob:visible")
    assert set(left.evaluate_all("all => all.map(p => p.dataset.check)")) == {"asset-missing"}


def test_a_divided_register_is_searched_on_all_pages(chromium: Any, sites: Callable[[str], str]) -> None:
    """The bar finds what stands on other pages, the address keeps the question, and without one the page is whole."""
    base = sites("divided")
    page = chromium.new_page()
    page.goto(f"{base}library/content/")
    whole = page.locator("[data-jb-count]").inner_text()
    own = set(page.locator("[data-jb-own] tbody tr").evaluate_all("rows => rows.map(row => row.id)"))
    page.locator("select[name=status]").select_option(index=1)
    page.locator("[data-jb-found] li").first.wait_for()
    found = page.locator("[data-jb-found] a").evaluate_all("links => links.map(a => a.hash.slice(1))")
    assert set(found) - own
    assert page.locator("[data-jb-count]").inner_text().startswith(f"{len(found)} of ")
    assert not page.locator("[data-jb-own]").is_visible()
    page.reload()
    page.locator("[data-jb-found] li").first.wait_for()
    assert page.locator("[data-jb-found] li").count() == len(found)
    page.locator("[data-jb-found] a").first.click()
    page.wait_for_url("**/inventory-**")
    page.locator(f"[id='{found[0]}']").wait_for(state="visible")  # the address is known before the page is there
    page.goto(f"{base}library/content/")
    assert page.locator("[data-jb-count]").inner_text() == whole
    page.close()


def test_a_persona_leads_to_all_content_for_them(chromium: Any, sites: Callable[[str], str]) -> None:
    """A page with too much content shows some; its link opens the register with just what is for the persona."""
    base = sites("divided")
    page = chromium.new_page()
    page.goto(f"{base}people/")
    places = page.locator("a[href*='personas/']").evaluate_all("links => [...new Set(links.map(a => a.href))]")
    followed = 0
    for place in places:
        page.goto(place)
        link = page.locator("a[href*='library/content/?for=']")
        if link.count():
            shown, total = re.findall(r"\d+", page.locator(".jb-note", has=link).inner_text())[:2]
            link.click()
            page.locator("[data-jb-found] > li").first.wait_for()
            assert int(shown) < int(total)
            assert page.locator("[data-jb-count]").inner_text().startswith(f"{total} of ")
            assert page.locator("select[name=for]").input_value() == place.rstrip("/").split("/")[-1]
            followed += 1
    page.close()
    assert followed
