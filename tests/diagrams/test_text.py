"""Text without a font: widths, wrapping, shortening, and the one function that writes markup."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from journeybook.diagrams.svg import element, num
from journeybook.diagrams.text import clusters, fit, fit_share, one_line, text_width, wrap

FAMILY = "👩‍👩‍👧‍👦"


def test_widths_follow_the_character() -> None:
    """Narrow, wide, East Asian and picture characters differ; marks and joiners take no room."""
    assert text_width("illi", 10) < text_width("abcd", 10) < text_width("MWMW", 10)
    assert text_width("漢字", 10) == 20
    assert text_width("🎉", 10) >= 10
    assert text_width("e\u0301", 10) == text_width("e", 10) == text_width("é", 10)
    assert text_width("a", 10, bold=True) > text_width("a", 10)


@given(st.text(max_size=80), st.floats(5, 300), st.integers(1, 4))
def test_wrapped_lines_fit_and_lose_nothing_silently(text: str, width: float, lines: int) -> None:
    """Never more or wider lines than asked for (a single character may be wider); loss shows as …"""
    wrapped = wrap(text, width, 12, lines=lines)
    assert len(wrapped) <= lines
    for line in wrapped:
        assert text_width(line, 12) <= width + 1e-6 or len(clusters(line)) <= 1
    kept = "".join("".join(wrapped).split())
    assert kept == "".join(one_line(text).split()) or kept.endswith("…")


@given(st.text(max_size=60), st.floats(0, 200))
def test_fitted_text_fits(text: str, width: float) -> None:
    """What does not fit is shortened, or left out when not even its beginning fits."""
    for short in (fit(text, width, 12), fit_share(text, width, 12)):
        assert text_width(short, 12) <= width + 1e-6


def test_breaks_are_where_people_expect_them() -> None:
    """At spaces, after hyphens and slashes, between East Asian characters; no-break spaces hold."""
    assert wrap("Compare and choose", 80, 13, lines=3) == ("Compare", "and choose")
    assert wrap("end-of-contract notice", 80, 12, lines=3)[0].endswith("-")
    assert wrap("14\u00a0% of all", 32, 12, lines=3)[0] == "14\u00a0%"
    assert len(wrap("漢字漢字漢字", 30, 12, lines=3)) == 3
    assert wrap("Donaudampfschifffahrtsgesellschaft", 90, 12, lines=2)[1].endswith("…")


def test_joined_pictures_are_never_cut() -> None:
    """A family of four joined by invisible characters is one picture."""
    assert clusters(f"a{FAMILY}e\u0301") == ["a", FAMILY, "e\u0301"]
    assert fit(FAMILY + "x" * 20, 120, 12).startswith(FAMILY)


@given(st.text(), st.text())
def test_element_survives_any_text(content: str, value: str) -> None:
    """Text and attribute values of any kind give well-formed XML without new attributes."""
    parsed = ET.fromstring(element("text", content, class_=value, aria_label=value))
    assert set(parsed.attrib) == {"class", "aria-label"}


def test_element_keeps_the_rules() -> None:
    """A plain href becomes xlink:href, code in addresses is dropped, None is nothing, numbers are short."""
    assert element("a", href="#x", class_="k") == '<a xlink:href="#x" class="k" role="group"/>'
    for bad in ("javascript:alert(1)", " JaVaScript:x", "data:text/html,x", "java\tscript:x", "vbscript:x"):
        assert element("a", href=bad) == '<a role="group"/>'
    assert "https://a.example" in element("a", href="https://a.example")
    assert element("path", d=None, x=1.0, y=0.25001) == '<path x="1" y="0.3"/>'
    assert [num(value) for value in (-0.01, float("nan"), float("inf"), 1e-9, 12.34)] == [
        "0",
        "0",
        "0",
        "0",
        "12.3",
    ]
