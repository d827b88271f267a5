"""A small atlas of states that a journey page must survive: few and many stages and personas, gaps, long words."""

from __future__ import annotations

from typing import Any

import yaml

STAGES = (1, 3, 7, 12, 24)
PERSONAS = (1, 5, 6, 12)
NAMES = ("Amira Haddad", "Bram de Vries", "Chidi Okafor", "Dana Lindqvist", "Eli Roth", "Farah Nasser", "Gus Ellery",
         "Hana Sato", "Ivo Petrov", "Jun Park", "Kofi Mensah", "Lena Brandt")
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
URL = f"https://host.example/{'a-path-without-any-blank/' * 4}?{'query=value&' * 6}"


def maps() -> dict[str, str]:
    """File → text. Journeys are called ``stages-<n>``, ``personas-<n>``, ``bare`` and ``long``."""
    people = {name.split()[0].lower(): {"name": name, "role": "customer", "summary": f"{name} wants it to work."}
              for name in NAMES}
    journeys = {f"stages-{count}": _journey(f"Through {count} stages", count, 3) for count in STAGES}
    journeys |= {f"personas-{count}": _journey(f"Lived by {count}", 5, count) for count in PERSONAS}
    journeys["bare"] = {"title": "Nothing but titles", "owner": "crew", "stages": ["Look", "Choose", "Leave"]}
    journeys["long"] = _long()
    return {
        "atlas.yml": _text({"title": "States", "purchase_point": "Paid",
                            "lanes": {"x-legal": {"name": "Legal", "icon": "gavel", "group": "backstage"}}}),
        "registers.yml": _text({
            "teams": {"crew": {"name": "Crew", "lead": "Ada"}, "office": {"name": "Back office"}},
            "personas": people,
            "touchpoints": {"site": {"name": "Web site", "channel": "web"},
                            "call": {"name": "Call centre", "channel": "phone"}},
            "metrics": {"kept": {"name": "Appointments kept", "unit": "%", "direction": "up", "target": 95,
                                 "values": "kept.csv", "owner": "crew"},
                        "unknown": {"name": "Never measured", "unit": "%", "direction": "up"}},
            "assets": {"guide": {"title": "How it works", "type": "guide", "url": "https://host.example/guide",
                                 "owner": "office", "reviewed": "2026-06-01"},
                       "film": {"title": "The film", "type": "explainer video", "status": "idea", "owner": "crew"}},
        }),
        "kept.csv": "date,value\n" + "".join(f"2026-{month:02}-28,{60 + 3 * month}\n" for month in range(1, 11)),
        **{f"journeys/{ident}.yml": _text(journey) for ident, journey in journeys.items()},
    }


def arabic() -> dict[str, str]:
    """A journey whose texts run from right to left, with a loop, a branch and a handoff between teams."""
    stages = ["البحث", "المقارنة", "الشراء", "الإعداد", "التجديد"]
    journey = _journey("من أول بحث إلى التجديد", len(stages), 2)
    for stage, title in zip(journey["stages"], stages, strict=True):
        stage.update(title=title, customer_goal="أريد أن أفهم ما سأدفعه قبل أن أبدأ")
    people = {"amira": {"name": "أميرة حداد"}, "bram": {"name": "برام"}}
    return {"atlas.yml": _text({"title": "رحلات", "language": "ar"}), "journeys/buy.yml": _text(journey),
            "registers.yml": _text({"teams": {"crew": {"name": "فريق المبيعات"}, "office": {"name": "المكتب"}},
                                    "personas": people,
                                    "touchpoints": {"site": {"name": "الموقع", "channel": "web"},
                                                    "call": {"name": "الهاتف", "channel": "phone"}},
                                    "assets": {"guide": {"title": "دليل", "type": "guide", "owner": "crew"},
                                               "film": {"title": "فيلم", "status": "idea", "owner": "crew"}},
                                    "metrics": {"kept": {"name": "مواعيد", "unit": "%", "direction": "up",
                                                         "target": 95, "values": "kept.csv", "owner": "crew"},
                                                "unknown": {"name": "بلا قياس", "unit": "%", "direction": "up"}}}),
            "kept.csv": maps()["kept.csv"]}


def _text(data: dict[str, Any]) -> str:
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=10_000)


def _journey(title: str, stages: int, personas: int) -> dict[str, Any]:
    ids = [name.split()[0].lower() for name in NAMES[:personas]]
    plan = [_stage(index, stages, ids) for index in range(stages)]
    ways = []
    if stages > 2:
        ways = [{"from": f"s{stages - 1}", "to": "s1", "type": "loop", "condition": "tells a friend", "share": 12},
                {"from": "s2", "to": "s1", "type": "back", "condition": "was not sure"}]
    if stages > 4:
        ways.append({"from": "s2", "to": "s5", "type": "skip", "share": 9})
        ways.append({"from": "s2", "to": "s3", "type": "next", "share": 70})
    return {"title": title, "description": "Made to be looked at.", "owner": "crew", "persona": ids[0],
            "personas": ids[1:], "reviewed": "2026-09-01", "metrics": ["kept"], "stages": plan, "transitions": ways}


def _stage(index: int, of: int, ids: list[str]) -> dict[str, Any]:
    """Every third stage is full, every third has gaps, and one in five is rated by nobody."""
    stage: dict[str, Any] = {
        "id": f"s{index + 1}", "title": f"Stage {'of some length ' if index % 4 == 1 else ''}{index + 1}",
        "category": "buyer" if index * 2 < of else "customer", "owner": "office" if index % 3 == 1 else "crew"}
    if index % 3 != 2:
        stage |= {"customer_goal": "I want to know what I pay before I start.", "duration": "2 days",
                  "assets": ["guide", "film"], "metrics": ["kept"] if index % 2 else ["kept", "unknown"],
                  "questions": [{"id": "price", "ask": "What does it cost?", "count": 12, "period": "monthly"}],
                  "x-legal": "Terms are shown before payment."}
    feelings = {} if index % 5 == 4 else {"emotion": {
        ident: (index * 2 + 3 * place) % 5 - 2 for place, ident in enumerate(ids)}}
    stage["steps"] = [
        {"title": "Looks around", "touchpoints": ["site", "call"], "quote": "Where do I begin?", **feelings,
         "frontstage": "We greet them", "backstage": "Somebody reads the notes", "systems": ["CRM", "Ledger"]},
        {"title": "Asks one of us", "persona": ids[index % len(ids)], "touchpoints": ["call"],
         "quote": "Nobody told me.", "moment_of_truth": index % 4 == 2,
         "pains": [{"text": "Waits for an answer", "severity": ("low", "medium", "severe")[index % 3]}]}]
    return stage


def _long() -> dict[str, Any]:
    """Words and addresses without a place to break, where people paste them."""
    journey = _journey(f"{WORD} und der Weg dahin", 3, 2)
    journey["description"] = f"{WORD} {URL}"
    for stage in journey["stages"]:
        stage.update(title=WORD, customer_goal=f"{WORD} {URL}", description=URL, **{"x-legal": f"{WORD} {URL}"})
        stage["steps"][0] |= {"title": URL, "quote": WORD, "doing": URL, "backstage": URL, "systems": [WORD]}
        stage["steps"][1]["pains"] = [{"text": URL, "severity": "severe", "root_cause": WORD}]
        stage["questions"] = [{"id": "q", "ask": WORD, "count": 3}]
    return journey
