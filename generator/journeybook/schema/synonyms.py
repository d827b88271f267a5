"""Words that people write for our keys, from other tools and from everyday speech.

Whoever writes one is told our word: it would be a pity to delete what has a place here.
"""

from __future__ import annotations

from collections.abc import Mapping

from journeybook.schema.record import Record

_WORDS: Mapping[tuple[str, ...], str] = {
    ("title", "name", "statement", "summary"): "heading headline label name title",
    ("stages",): "phase phases",
    ("doing", "steps"): "action actions activities activity does task tasks",
    ("thinking",): "thinks thought thoughts",
    ("emotion",): "emotional_state emotions feeling feelings mood moods satisfaction sentiment",
    ("quote",): "quotation quotations quotes says verbatim",
    ("pains", "frustrations", "problems"): "barrier barriers challenge challenges frustration frustrations "
                                           "obstacle obstacles pain pain_point pain_points painpoint "
                                           "painpoints problem problems",
    ("gains",): "benefit benefits delight delights gain",
    ("personas", "persona", "asked_by", "who"): "actor actors audience buyer buyers customer customers user users",
    ("touchpoints",): "contact_point contact_points interaction interactions",
    ("assets",): "collateral content contents deliverable deliverables documents material materials",
    ("metrics", "metric"): "indicator indicators kpi kpis measures measurement measurements",
    ("questions",): "faq faqs",
    ("opportunities",): "idea ideas improvement improvements",
    ("frontstage",): "front_stage onstage",
    ("backstage",): "back_stage behind_the_scenes internal offstage",
    ("systems",): "application applications software system tool tools",
    ("transitions",): "branches exits leads_to next next_stage",
    ("handoffs",): "handover handovers",
    ("commitments",): "service_level service_levels sla slas",
    ("customer_goal", "target", "goals", "goal"): "aim aims goal goals need needs objective objectives wants",
    ("at_most",): "limit max maximum no_more_than within",
    ("at_least",): "min minimum no_less_than",
    ("delivered_at",): "delivered_in stage",
    ("made_at",): "promised_at promised_in",
    ("owner", "lead", "members"): "accountable owned_by owners responsible team",
    ("members",): "people persons staff",
    ("contact",): "e_mail email mail phone",
    ("reviewed",): "last_review last_reviewed last_updated reviewed_on updated",
    ("review_every",): "next_review review review_cycle",
    ("url", "link", "file"): "address href link links uri web website",
    ("photo", "image", "file"): "avatar image picture",
    ("description", "summary", "definition", "detail"): "about bio details info note notes text",
    ("role", "work"): "job job_title position",
    ("n",): "participants respondents sample sample_size size",
    ("share",): "percentage probability",
    ("severity", "value"): "impact",
}
_KEYS: Mapping[str, tuple[str, ...]] = {word: keys for keys, words in _WORDS.items() for word in words.split()}
_NAMES = ("heading", "headline", "label", "name", "phase", "title")


def our_words(key: str, record: type[Record] | None = None) -> tuple[str, ...]:
    """The keys that may be meant by a word, the likeliest first; in a ``record`` its name is its main field."""
    word = key.strip().lower().replace(" ", "_").replace("-", "_")
    named = record is not None and (word in _NAMES or word == record.noun.replace(" ", "_"))
    return (record.main,) if record and named and record.main else _KEYS.get(word, ())


def our_word(key: str, record: type[Record]) -> str:
    """The first of these keys that a record has, ``""`` where it has none."""
    return next((word for word in our_words(key, record) if word in record.known()), "")
