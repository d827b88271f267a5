"""Words of other tools and of everyday speech are answered with ours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from journeybook.schema import synonyms
from journeybook.schema.atlas import Atlas
from journeybook.schema.journey import Journey, Stage, Step
from journeybook.schema.record import Record
from journeybook.schema.records import REGISTRIES
from journeybook.schema.synonyms import our_word


def records(kind: type[Record] = Record) -> Iterator[type[Record]]:
    """All records that people write."""
    for each in kind.__subclasses__():
        yield each
        yield from records(each)


KEYS = {key for record in (Atlas, Journey, *records()) for key in record.keys()} | set(REGISTRIES)  # noqa: SIM118


@pytest.mark.parametrize("word", sorted(synonyms._KEYS))
def test_every_word_leads_to_keys_that_exist(word: str) -> None:
    """And to another one than itself somewhere."""
    assert set(synonyms._KEYS[word]) <= KEYS
    assert set(synonyms._KEYS[word]) != {word}


def test_no_word_is_claimed_twice() -> None:
    """A word in two rows would lose one of its meanings."""
    words = [word for row in synonyms._WORDS.values() for word in row.split()]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(("word", "record", "wanted"), [
    ("name", Journey, "title"), ("Name", Stage, "title"), ("stage", Stage, "title"),
    ("title", REGISTRIES["teams"], "name"), ("title", REGISTRIES["promises"], "statement"),
    ("KPIs", Stage, "metrics"), ("pain points", Step, "pains"), ("goal", Stage, "customer_goal"),
    ("goal", REGISTRIES["metrics"], "target"), ("needs", REGISTRIES["personas"], "goals"),
    ("e-mail", REGISTRIES["teams"], "contact"), ("weather", Stage, ""), ("kpi", REGISTRIES["teams"], ""),
])
def test_a_word_means_what_the_record_has(word: str, record: type[Record], wanted: str) -> None:
    """The same word means another key in another record, and nothing where no key fits."""
    assert our_word(word, record) == wanted
