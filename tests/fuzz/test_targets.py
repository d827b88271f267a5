"""What the fuzzer looks for, with five hundred made-up inputs each and every hostile word there is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import museum
from fuzz import targets

YAML = st.text(st.sampled_from("ab:- \n\n  '\"#[]{},&*!|>%@`?\\\t<~0.\u200b\u202e\x00é"), max_size=200)
CSV = st.text(st.sampled_from("date,valuemetric0123456789-.\"\n\r;=+@\t٣ "), max_size=200)
ADDRESS = st.text(st.sampled_from("htpsmailo:/\\@.?#&;%[]()<>\"'`* \t\njavscrip"), max_size=120)
PARTS = ["..", ".", "a.png", "inside", "way-out", "secret", "/", "\\", "", " ", "C:", "~", "%2e"]
PATH = st.lists(st.sampled_from(PARTS), max_size=8).map("/".join)
MADE = {targets.reader: YAML, targets.values: CSV, targets.addresses: ADDRESS, targets.paths: PATH}


@pytest.mark.parametrize("target", targets.TARGETS, ids=lambda target: target.__name__)
def test_it_holds_for_any_bytes(target: Callable[[bytes], None]) -> None:
    """Neither random bytes nor what looks like the real thing gets anything but an answer."""
    @settings(max_examples=500, deadline=2_000, derandomize=True)
    @given(st.binary(max_size=300) | MADE[target].map(lambda text: text.encode("utf-8", "replace")))
    def holds(data: bytes) -> None:
        target(data)

    holds()


@pytest.mark.parametrize("target", targets.TARGETS, ids=lambda target: target.__name__)
def test_it_holds_for_hostile_words(target: Callable[[bytes], None]) -> None:
    """Every payload of the museum, alone and as a value."""
    for payload in museum.PAYLOADS:
        for form in ("{}", "title: {}\n", "date,value\n2026-01-01,{}\n", "[x]({})", "<{}>"):
            target(form.format(payload).encode())
