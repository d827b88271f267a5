"""Promises, commitments, handoffs, feedback loops and opportunities of an invented firm, and the same as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bench import words
from bench.words import Writer

if TYPE_CHECKING:
    from bench.atlas import Firm

Table = Callable[[Iterable[str], Iterable[Iterable[str]]], Iterator[str]]
LEVELS = {"promise-broken": "warning", "promise-missed": "warning", "promise-withdrawn-stated": "warning"}
"""An invented firm breaks promises by chance; only reading it has to succeed."""
CALENDAR = {"days": "mon-fri", "hours": ["09:00-12:30", "13:30-17:30"], "timezone": "Europe/Berlin",
            "holidays": ["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-12-25", "2027-01-01"]}
QUANTITIES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("answer-time", ("4 business hours", "1 business day", "8 hours", "24 hours"), ("24 hours", "1 business day")),
    ("setup-time", ("3 business days", "40 hours", "5 days", "2 business days"), ("48 hours", "5 days", "1 week")),
    ("delivery-time", ("4 business days", "6 days", "10 business days"), ("9 business days", "2 weeks", "10 days")),
    ("notice-period", ("1 month", "30 days", "4 weeks"), ("30 days", "1 month")),
    ("visits", ("1 visits", "2 visits"), ("1 visits", "3 visits")))
QUANTITY = {name: (committed, promised) for name, committed, promised in QUANTITIES}


def agree(firm: Firm, writer: Writer, today: date) -> None:
    """What the teams of a firm hold themselves to, say, pass on and hear, once there are journeys."""
    idents = list(firm.journeys)
    for number, ident in enumerate(idents):
        journey = firm.journeys[ident]
        owed = [held for held in (_commitments(firm, ident, stage, writer) for stage in journey["stages"]) if held]
        handoffs = list(_handoffs(firm, ident, writer))
        if handoffs:
            journey["handoffs"] = handoffs
        for place, quantity in owed[:2]:
            firm.promises[f"promise-{len(firm.promises) + 1}"] = _promise(firm, ident, place, quantity, writer, today)
        if number % 2 == 0:
            _heard(firm, ident, idents[max(number - 1, 0)], writer, today)


def _commitments(firm: Firm, ident: str, stage: dict[str, Any], writer: Writer) -> tuple[str, str] | None:
    """The delivering stage and a quantity it commits to, where it commits to anything."""
    if writer.maybe(0.12):
        stage["raci"] = {"responsible": stage["owner"], "consulted": writer.of(list(firm.teams))}
    if not writer.maybe(0.35):
        return None
    name = writer.of([*QUANTITY])
    committed, _ = QUANTITY[name]
    stage["commitments"] = [{"measure": {"quantity": name, "at_most": writer.of(committed)}}]
    if writer.maybe(0.2):
        stage["commitments"].append({"id": f"{name}-in-summer", "when": {"months": [6, 7, 8]},
                                     "measure": {"quantity": name, "at_most": writer.of(committed)}})
    return f"{ident}/{stage['id']}", name


def _promise(firm: Firm, ident: str, place: str, quantity: str, writer: Writer, today: date) -> dict[str, Any]:
    stage = firm.journeys[ident]["stages"][0]
    record: dict[str, Any] = {
        "statement": writer.goal(), "made_at": f"{ident}/{stage['id']}", "delivered_at": place,
        "stated_in": stage["assets"][:1], "reviewed": _day(writer, today, 300)}
    if writer.maybe(0.12):
        record["signed_off"] = {"by": writer.of(list(firm.teams)), "on": _day(writer, today, 500)}
        return record
    wanted = "callback-time" if writer.maybe(0.05) else quantity
    record["measure"] = {"quantity": wanted, "at_most": writer.of(QUANTITY[quantity][1])}
    if writer.maybe(0.05):
        record["when"] = {"text": writer.of(words.WHEN)}
    return record


def _handoffs(firm: Firm, ident: str, writer: Writer) -> Iterator[dict[str, Any]]:
    journey = firm.journeys[ident]
    owners = {f"{other}/{stage['id']}": stage["owner"] for other in (ident, *_across(journey))
              for stage in firm.journeys[other]["stages"]}
    stages = [f"{ident}/{stage['id']}" for stage in journey["stages"]]
    pairs = [*pairwise(stages), *(
        (f"{ident}/{way['from']}", way["to"] if "/" in way["to"] else f"{ident}/{way['to']}")
        for way in journey["transitions"] if way["type"] in ("next", "skip", "exit"))]
    for source, target in dict.fromkeys(pairs):
        if owners[source] != owners[target] and writer.maybe(0.92):
            record = {"from": source, "to": target, "trigger": writer.happening(),
                      "payload": [writer.goal() for _ in range(2)], "within": writer.of(("1 business day", "2 days"))}
            if writer.maybe(0.95):
                record["accepted_by"] = owners[target]
            yield record


def _across(journey: dict[str, Any]) -> list[str]:
    return [way["to"].partition("/")[0] for way in journey["transitions"] if "/" in way["to"]]


def _heard(firm: Firm, ident: str, other: str, writer: Writer, today: date) -> None:
    stages = firm.journeys[ident]["stages"]
    source, target = stages[-1], firm.journeys[other]["stages"][0]
    loop = f"loop-{len(firm.loops) + 1}"
    firm.loops[loop] = {
        "signal": writer.question(), "from": f"{ident}/{source['id']}", "owner": writer.of(list(firm.teams)),
        "to": f"{other}/{target['id']}" if writer.maybe(0.5) else f"asset:{writer.of(target['assets'])}",
        "source": "Help desk", "count": writer.chance.randint(3, 90), "period": "quarterly", "cadence": "6 months",
        "since": _day(writer, today, 200), "status": writer.of(("open", "in-progress", "closed"))}
    causes = [loop]
    hurting = ((stage, pain) for stage in stages for step in stage["steps"] for pain in step.get("pains", ()))
    for number, (stage, pain) in enumerate(hurting):
        pain.setdefault("id", f"pain-{number + 1}")
        if number < 2:
            causes.append(f"{ident}/{stage['id']}#{pain['id']}")
    firm.opportunities[f"opportunity-{len(firm.opportunities) + 1}"] = {
        "statement": writer.goal(), "from": causes, "value": writer.of(("low", "medium", "high")),
        "effort": writer.of(("low", "medium", "high")), "owner": writer.of(list(firm.teams)),
        "status": writer.of(("idea", "planned", "in-progress", "shipped"))}


def _day(writer: Writer, today: date, ago: int) -> str:
    return (today - timedelta(days=writer.chance.randint(1, ago))).isoformat()


def pages(firm: Firm, table: Table) -> dict[str, Iterable[str]]:
    """Registers as Markdown: uri → lines."""
    bound = {ident: f"{record['measure']['quantity']} at most {record['measure']['at_most']}"
             for ident, record in firm.promises.items() if "measure" in record}
    return {
        "agreements/promises.md": ["# Promises", "", *table(("Promise", "Made at", "Kept at", "Measure"), (
            (record["statement"], record["made_at"], record["delivered_at"], bound.get(ident, "signed off"))
            for ident, record in firm.promises.items()))],
        "agreements/loops.md": ["# Feedback", "", *table(("Heard", "Where", "Changes", "Owner", "Status"), (
            (record["signal"], record["from"], record["to"], firm.teams[record["owner"]]["name"], record["status"])
            for record in firm.loops.values()))],
        "agreements/opportunities.md": ["# Opportunities", "", *table(("What", "From", "Value", "Effort"), (
            (record["statement"], ", ".join(record["from"]), record["value"], record["effort"])
            for record in firm.opportunities.values()))]}


def commitments(stage: dict[str, Any]) -> Iterator[str]:
    """What a stage's team holds itself to, as Markdown."""
    if "commitments" in stage:
        yield from ("**Commitments**", "")
        yield from (f"- {held['measure']['quantity']}: at most {held['measure']['at_most']}"
                    for held in stage["commitments"])
        yield ""


def handoffs(journey: dict[str, Any], table: Table) -> Iterator[str]:
    """The handoffs of a journey, as Markdown."""
    if "handoffs" in journey:
        yield from ("## Handoffs", "")
        yield from table(("From", "To", "When", "Passed on", "Within"), (
            (record["from"], record["to"], record["trigger"], "<br>".join(record["payload"]), record["within"])
            for record in journey["handoffs"]))
