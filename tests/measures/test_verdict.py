"""Verdicts: the rules that ``measures/verdict.py`` lists, one by one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeybook.measures import (
    ALWAYS,
    WORDS,
    Bound,
    Calendar,
    Commitment,
    Measure,
    Promise,
    Quantity,
    Reading,
    parse_quantity,
    read_measure,
    severity,
)
from measures.samples import SUMMER, TODAY, bounds, commit, promise, reading, sum_of, verdict


@pytest.mark.parametrize(("promised", "committed", "word"), [
    ({"at_most": "48 hours"}, {"at_most": "3 business days"}, "broken"),
    ({"at_most": "48 hours"}, {"at_most": "30 hours"}, "kept-on-paper"),
    ({"at_most": "48 hours"}, {"at_most": "2 business days"}, "at-risk"),
    ({"at_most": "30 days"}, {"at_most": "1 month"}, "at-risk"),
    ({"at_least": "24 months"}, {"at_most": "36 months"}, "broken"),
    ({"at_most": "12 months"}, {"at_most": "1 year"}, "kept-on-paper"),
    ({"equals": "12 months"}, {"equals": "1 year"}, "kept-on-paper"),
    ({"equals": "12 months"}, {"at_most": "1 year"}, "broken"),
    ({"at_least": "99.9 %"}, {"at_least": "99.95%"}, "kept-on-paper"),
    ({"at_least": "99.9 %"}, {"at_least": "99.5%"}, "broken"),
    ({"at_most": "1 %"}, {"at_most": "5 per mille"}, "kept-on-paper"),
    ({"at_most": "25 EUR"}, {"equals": "€20"}, "kept-on-paper"),
    ({"at_most": "25 EUR"}, {"at_most": "20 USD"}, "undecidable"),
    ({"at_most": "4 tickets"}, {"at_most": "1 ticket"}, "kept-on-paper"),
    ({"at_most": "4 tickets"}, {"at_most": "1 call"}, "undecidable"),
    ({"at_most": "4"}, {"at_most": "5"}, "broken"),
    ({"at_least": "1 day", "at_most": "3 days"}, {"at_least": "30 hours", "at_most": "2 days"}, "kept-on-paper"),
    ({"at_least": "1 day", "at_most": "3 days"}, {"at_most": "2 days"}, "broken"),
    ({"at_least": "1 day", "at_most": "5 days"}, {"at_least": "1 business day", "at_most": "2 business days"},
     "kept-on-paper"),
    ({"at_least": "10 %", "at_most": "20 %"}, {"at_least": "5 %", "at_most": "15 %"}, "broken"),
    ({"at_most": "3 business days"}, {"at_most": "2 business days"}, "kept-on-paper"),
])
def test_words(promised: dict[str, str], committed: dict[str, str], word: str) -> None:
    """One promise, one commitment (rules 1, 6, 10, 11, 12)."""
    assert verdict(Promise(bounds(**promised), ALWAYS, "a/b"), Commitment("c", bounds(**committed))).word == word


@pytest.mark.parametrize(("promised", "committed", "because"), [
    ({"at_most": "48 hours"}, {"at_most": "3 business days"},
     "3 business days run from 72 hours to 6 days, depending on when the clock starts; the promise is 48 hours"),
    ({"at_most": "48 hours"}, {"at_most": "2 business days"},
     "2 business days run from 48 hours to 5 days, depending on when the clock starts; the promise is 48 hours. "
     "Started Monday 17:00: 48 hours; started Thursday 09:00: 4 days 8 hours"),
    ({"at_most": "30 days"}, {"at_most": "1 month"},
     "1 month runs from 28 days to 31 days, depending on when the clock starts; the promise is 30 days. "
     "Started 1 Feb 2025: 28 days; started 1 Jan 2025: 31 days"),
    ({"at_most": "1 month"}, {"at_most": "30 days"},
     "the commitment is 30 days; the promise of 1 month runs from 28 days to 31 days, depending on when the clock "
     "starts. Started 1 Jan 2025: 30 days, promised 31 days; started 1 Feb 2025: 30 days, promised 28 days"),
    ({"at_most": "48 hours"}, {"at_most": "1 day"}, "the commitment is 1 day (24 hours); the promise is 48 hours"),
    ({"at_most": "2 hours"}, {"at_most": "100 minutes"}, "the commitment is 100 minutes; the promise is 2 hours"),
    ({"at_most": "48 hours"}, {"at_least": "1 hour"},
     "the commitment is at least 1 hour and leaves the upper end open; the promise is 48 hours"),
    ({"at_least": "24 months"}, {"at_most": "36 months"},
     "the commitment is 36 months and leaves the lower end open; the promise is at least 24 months"),
    ({"at_least": "60 hours"}, {"at_least": "2 business days"},
     "2 business days run from 48 hours to 5 days, depending on when the clock starts; "
     "the promise is at least 60 hours. Started Thursday 09:00: 4 days 8 hours; started Monday 17:00: 48 hours"),
    ({"at_least": "99.9 %"}, {"at_least": "99.5 %"},
     "the commitment is at least 99.5\u202f%; the promise is at least 99.9\u202f%"),
    ({"at_least": "1 day", "at_most": "5 days"}, {"at_least": "1 business day", "at_most": "2 business days"},
     "1 business day to 2 business days run from 24 hours to 5 days, depending on when the clock starts; "
     "the promise is at least 1 day and at most 5 days"),
])
def test_reasons(promised: dict[str, str], committed: dict[str, str], because: str) -> None:
    """The arithmetic in words, with one start of each kind where it depends on the start."""
    found = verdict(Promise(bounds(**promised), ALWAYS, "a/b"), Commitment("c", bounds(**committed)))
    assert found.because == because


def test_the_usual_calendar_is_named() -> None:
    """Without a calendar in the atlas the words say which one was used (rule 5), where one was used at all."""
    promised = promise(at_most="48 hours")
    found = verdict(promised, commit(at_most="3 business days"), calendar=Calendar())
    assert found.because.endswith("(no calendar in the atlas: Monday to Friday, 09:00–17:00, no holidays)")
    assert "calendar" not in verdict(promised, commit(at_most="3 hours"), calendar=Calendar()).because


def test_a_holiday_makes_it_at_risk() -> None:
    """The span that touches the day off is named with its date."""
    calendar = Calendar(holidays=frozenset({date(2026, 12, 25)}), stated=True)
    found = verdict(promise(at_most="6 days"), commit(at_most="3 business days"), calendar=calendar)
    assert found.word == "at-risk"
    assert found.because.endswith("Started Monday 17:00: 72 hours; started Tuesday 22 Dec 2026 09:00: 6 days 8 hours")
    assert verdict(promise(SUMMER, at_most="6 days"), commit(at_most="3 business days"),
                   calendar=calendar).word == "kept-on-paper"


def test_two_kinds_of_unit_are_a_fault() -> None:
    """Hours against percent: no verdict, and a fault at the commitment's measure."""
    found = verdict(promise(at_most="48 hours"), commit(at_least="99 %"))
    assert found.word is None
    assert [(fault.check, fault.at) for fault in found.faults] == [("measure-mismatch", "team/measure")]
    bare = verdict(promise(at_most="48 hours"), commit(at_most="48"))
    assert "behind the number" in bare.faults[0].help
    flag = Commitment("team", read_measure("setup", yes_no=True))
    assert verdict(promise(at_most="48 hours"), flag).faults[0].check == "measure-mismatch"


def test_sums_run_one_after_the_other() -> None:
    """The second clock starts when the first ends, start by start (rules 3 and 11)."""
    delivery = sum_of(commit("print", at_most="2 business days"), commit("courier", at_most="24 hours"))
    assert verdict(promise(at_most="6 days"), delivery).word == "kept-on-paper"
    found = verdict(promise(at_most="4 days"), delivery)
    assert found.word == "at-risk"
    assert found.because.startswith("print (2 business days), then courier (24 hours) run from 72 hours to 6 days, ")
    assert verdict(promise(at_most="71 hours"), delivery).word == "broken"


def test_sums_of_sums_and_ranges() -> None:
    """A sum may hold sums; ranges are added end to end, and one open end leaves the sum open."""
    inner = sum_of(commit("pick", at_least="1 day", at_most="2 days"), commit("pack", equals="1 day"))
    whole = sum_of(inner, commit("send", at_most="1 day"))
    found = verdict(promise(at_least="48 hours", at_most="96 hours"), whole)
    assert found.word == "kept-on-paper"
    assert found.because == ("the commitment is pick (at least 1 day and at most 2 days), then pack (exactly 1 day), "
                             "then send (1 day), together 48 hours to 4 days; "
                             "the promise is at least 48 hours and at most 96 hours")
    open_end = sum_of(inner, commit("send", at_least="1 day"))
    assert verdict(promise(at_most="96 hours"), open_end).word == "broken"


def test_sums_of_shares_and_money() -> None:
    """Amounts are added up in the unit of the promise; two currencies cannot be."""
    money = sum_of(commit("a", at_most="10 EUR"), commit("b", at_most="€12.50"))
    found = verdict(promise(at_most="25 EUR"), money)
    assert found.word == "kept-on-paper"
    assert found.because.endswith("together 22.5\u202fEUR; the promise is at most 25\u202fEUR")
    mixed = sum_of(commit("a", at_most="10 EUR"), commit("b", at_most="12 USD"))
    assert verdict(promise(at_most="25 EUR"), mixed).word == "undecidable"
    fault = verdict(promise(at_most="25 EUR"), sum_of(commit("a", at_most="10 EUR"), commit("b", at_most="12 days")))
    assert fault.word is None and fault.faults[0].at == "b/measure"


@pytest.mark.parametrize(("value", "word", "words"), [
    (reading("47"), "kept-on-paper", "47 hours on 1 Nov 2026, agrees"),
    (reading("50"), "missed-in-data", "the latest value, 50 hours on 1 Nov 2026, misses it; on paper the commitment"),
    (reading("2.5", "days"), "missed-in-data", "2.5 days on 1 Nov 2026, misses it"),
    (reading("50", on=date(2026, 9, 20)), "kept-on-paper", "older than two cadences and decides nothing"),
    (reading("50", on=date(2026, 9, 21)), "missed-in-data", "misses it"),
    (reading("50", on=date(2020, 1, 1), cadence=""), "missed-in-data", "misses it"),
    (reading("50", on=date(2026, 11, 22)), "kept-on-paper", "the promise is 48 hours"),
    (reading("7", "business days"), "missed-in-data", "misses it"),
    (reading("2", "business days"), "kept-on-paper", "may or may not keep it and decides nothing"),
    (reading("2.4", "business days"), "kept-on-paper", "may or may not keep it and decides nothing"),
])
def test_data(value: Reading, word: str, words: str) -> None:
    """Kept on paper, and then what was measured; a stale value decides nothing (rules 14 and 16)."""
    found = verdict(promise(at_most="48 hours"), commit(at_most="30 hours", reading=value))
    assert found.word == word and words in found.because and not found.faults


def test_averages_in_one_unit_need_no_calendar() -> None:
    """2.4 business days, as a mean, lie within three and above two."""
    kept = commit(at_most="2 business days", reading=reading("2.4", "business days"))
    assert verdict(promise(at_most="3 business days"), kept).word == "kept-on-paper"
    assert verdict(promise(at_most="2 business days"), kept).word == "missed-in-data"


def test_data_only_decides_what_is_kept_on_paper() -> None:
    """A promise that is at risk or broken stays so, whatever was measured."""
    for text, word in (("2 business days", "at-risk"), ("3 business days", "broken")):
        assert verdict(promise(at_most="48 hours"), commit(at_most=text, reading=reading("1"))).word == word


@pytest.mark.parametrize(("unit", "check"), [
    ("%", "measure-mismatch"), ("", "measure-mismatch"), ("calls", "measure-mismatch"), ("huors", "value-choice")])
def test_a_metric_in_another_unit_is_a_fault(unit: str, check: str) -> None:
    """It is told at the metric, and the verdict stays."""
    found = verdict(promise(at_most="48 hours"), commit(at_most="3 hours", reading=reading("50", unit)))
    assert found.word == "kept-on-paper"
    assert [(fault.check, fault.at) for fault in found.faults] == [(check, "team/metric")]


def test_a_value_from_another_season_decides_nothing() -> None:
    """A value of November says nothing about a promise for the summer."""
    value = commit("summer", SUMMER, reading("50"), at_most="3 hours")
    found = verdict(promise(SUMMER, at_most="48 hours"), value)
    assert found.word == "kept-on-paper" and "another part of the year" in found.because


@pytest.mark.parametrize(("changed", "because"), [
    ({"status": "draft"}, "it is a draft"), ({"status": "withdrawn"}, "it is withdrawn"),
    ({"valid_from": date(2026, 11, 22)}, "it is valid from 22 Nov 2026"),
    ({"valid_to": date(2026, 11, 20)}, "it was valid until 20 Nov 2026"),
    ({"future": True}, "it is delivered in a future-state journey"),
    ({"measure": read_measure("setup", at_most="48 huors")}, "its measure is at fault: there is no unit `huors`"),
    ({"measure": Measure("setup")}, "its measure says neither how much nor how little"),
])
def test_no_verdict(changed: dict[str, object], because: str) -> None:
    """Draft, withdrawn, outside its time, in a future state, at fault (rules 7 and 13)."""
    facts: dict[str, object] = {"measure": bounds(at_most="48 hours"), "delivered_at": "customer/setup", **changed}
    found = verdict(Promise(**facts), commit(at_most="3 hours"))  # type: ignore[arg-type]
    assert (found.word, found.because) == (None, because)


def test_the_first_and_the_last_day_are_valid() -> None:
    """Validity includes its ends."""
    promised = Promise(bounds(at_most="48 hours"), delivered_at="a/b", valid_from=TODAY, valid_to=TODAY)
    assert verdict(promised, commit(at_most="3 hours")).word == "kept-on-paper"


def test_a_commitment_at_fault_leaves_no_verdict_unless_another_is_worse() -> None:
    """One fault, one problem: it is told where it stands, and here only leaves the question open."""
    faulty = Commitment("faulty", read_measure("setup", at_most="48 huors"))
    promised = promise(at_most="48 hours")
    found = verdict(promised, faulty)
    assert (found.word, found.because) == (None, "the measure of the commitment `faulty` is at fault")
    assert verdict(promised, faulty, commit(at_most="3 hours")).word is None
    assert verdict(promised, faulty, commit(at_most="60 hours")).word == "broken"
    assert verdict(promised, sum_of(faulty)).word is None


def test_unmatched() -> None:
    """No delivering stage, or none of that quantity there."""
    lost = Promise(bounds(at_most="48 hours"))
    assert verdict(lost, commit(at_most="3 hours")).because == "no stage is named that delivers it"
    promised = promise(at_most="48 hours")
    assert verdict(promised).because == "`customer/setup` has no commitment to `setup`; it commits to nothing"
    other = Commitment("other", read_measure("Setup", at_most="3 hours"))
    found = verdict(promised, other)
    assert found.word == "unmatched" and found.because.endswith("it commits to `Setup`")


@pytest.mark.parametrize(("signed", "by", "word", "because"), [
    (None, "", "sign-off-due", "nobody has signed it off"),
    (date(2026, 3, 3), "Mara", "signed-off", "signed off by Mara on 3 Mar 2026; due again on 3 Mar 2027"),
    (date(2025, 11, 21), "", "signed-off", "signed off on 21 Nov 2025; due again on 21 Nov 2026"),
    (date(2025, 11, 20), "", "sign-off-due", "the sign-off of 20 Nov 2025 was due again on 20 Nov 2026"),
    (date(2027, 1, 1), "Mara", "sign-off-due", "the sign-off by Mara is dated 1 Jan 2027, which is after today"),
])
def test_sign_off(signed: date | None, by: str, word: str, because: str) -> None:
    """No measure, or yes and no: a dated human sign-off is the verdict and needs no delivering stage (7, 13)."""
    for measure in (None, read_measure("friendly", yes_no=True)):
        found = verdict(Promise(measure, signed_on=signed, signed_by=by))
        assert (found.word, found.because) == (word, because)


def test_the_order_of_severity() -> None:
    """Worst first; what a fault leaves open comes before what is kept."""
    assert WORDS == ("broken", "missed-in-data", "at-risk", "unmatched", "sign-off-due", "undecidable",
                     "kept-on-paper", "signed-off")
    assert severity("undecidable") < severity(None) < severity("kept-on-paper")


@pytest.mark.parametrize(("written", "check", "at"), [
    ({}, "key-missing", ""),
    ({"at_most": "48 huors"}, "value-choice", "at_most"),
    ({"at_most": "3 days", "equals": "3 days"}, "value-choice", "equals"),
    ({"at_most": "3 days", "yes_no": True}, "value-choice", "yes_no"),
    ({"yes_no": False}, "value-choice", "yes_no"),
    ({"at_least": "3 days", "at_most": "48 hours"}, "value-range", "at_most"),
    ({"at_least": "3 %", "at_most": "48 hours"}, "measure-mismatch", "at_most"),
    ({"at_least": "3 EUR", "at_most": "4 USD"}, "measure-mismatch", "at_most"),
])
def test_faults_of_a_measure(written: dict[str, object], check: str, at: str) -> None:
    """Each with its key, and none raises."""
    found = read_measure("setup", **written)  # type: ignore[arg-type]
    assert [(fault.check, fault.at) for fault in found.faults] == [(check, at)]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 100), st.integers(1, 100), st.sampled_from([("hours", "days", 24), ("minutes", "hours", 60),
                                                                  ("months", "years", 12), ("‰", "%", 10)]))
def test_the_unit_of_either_side_makes_no_difference(ours: int, theirs: int, units: tuple[str, str, int]) -> None:
    """Written in the larger unit or in the smaller one, the word is the same."""
    small, large, factor = units
    found = {
        verdict(promise(at_most=f"{theirs * (factor if there == small else 1)} {there}"),
                commit(at_most=f"{ours * (factor if here == small else 1)} {here}")).word
        for here in (small, large) for there in (small, large)
    }
    assert len(found) == 1


def test_bounds_can_be_made_without_text() -> None:
    """The records are plain values."""
    quantity = parse_quantity("48 hours")
    assert isinstance(quantity, Quantity)
    assert Measure("setup", (Bound(quantity, "at_most"),)) == bounds(at_most="48h")
