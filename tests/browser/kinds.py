"""Every page kind once, and the states that no demo firm is in. One list for the gates and for ``make shots``."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from bench.atlas import make_firm, write_atlas

ROOT = Path(__file__).resolve().parents[2]
EPOCH = "1795219200"  # 21 November 2026: the demo's reviews and values are judged as of that day
DEMO = {
    "home": "", "journeys": "journeys/", "journey": "journeys/first-year/", "buyer": "journeys/workshop-owner-buys/",
    "draft": "journeys/what-the-accountant-sees/", "people": "people/", "persona": "people/personas/bram/",
    "team": "people/teams/success/", "library": "library/", "content": "library/content/",
    "promises": "promises/", "handoff": "promises/handoffs/sold-to-setup/", "lifecycle": "lifecycle/",
    "opportunities": "library/opportunities/", "matrix": "library/content-matrix/", "raci": "people/raci/",
    "health": "health/", "reviews": "health/reviews/", "metrics": "library/metrics/",
    "metric": "library/metrics/time-to-first-value/", "channels": "library/channels/", "evidence": "library/evidence/",
    "channel": "library/channels/email/", "table": "?view=table&sort=-pains", "glossary": "glossary/",
    "compare": "journeys/import-in-one-sitting/compare/", "choose": "compare/?a=first-year&b=first-year&who=lotte,bram",
    "measured": "journeys/daily-books/measured/",
    "changes": "changes/", "write": "write/", "write-stage": "write/stage/", "checks": "write/checks/",
    "not-found": "404.html",
}
STATES = {
    "one-stage": "journeys/stages-1/", "three-stages": "journeys/stages-3/", "seven-stages": "journeys/stages-7/",
    "twelve-stages": "journeys/stages-12/", "twenty-four-stages": "journeys/stages-24/",
    "titles-only": "journeys/titles-only/", "right-to-left": "journeys/right-to-left/", "broken": "journeys/broken/",
    "odd-home": "", "odd-persona": "people/personas/p1/", "odd-matrix": "library/content-matrix/",
}
EMPTY = {"empty-home": "", "empty-lifecycle": "lifecycle/", "empty-promises": "promises/", "empty-people": "people/"}
LARGE = {"many-home": "", "many-lifecycle": "lifecycle/", "category": "lifecycle/buyer/"}
DIVIDED = {"divided": "promises/", "divided-part": "promises/handoffs-team-1/", "divided-content": "library/content/"}
PAGES: dict[str, tuple[str, str]] = {  # kind → (site, place in it)
    name: (site, uri) for site, pages in (("demo", DEMO), ("states", STATES), ("empty", EMPTY), ("large", LARGE),
                                            ("divided", DIVIDED))
    for name, uri in pages.items()}

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung"
URL = "https://files.example/" + "a-very-long-address-without-any-place-to-break-" * 3
CASTS = {1: 1, 3: 12, 7: 3, 12: 2, 24: 2}  # stages → personas


def states() -> Iterator[tuple[str, str]]:
    """Files of an atlas of extremes: 1 to 24 stages, twelve personas, words that do not break, a broken file."""
    personas = {f"p{n}": {"name": f"Persona {n} {LONG if n == 2 else ''}".strip()} for n in range(1, 13)}
    yield "lists.yml", _yaml({
        "teams": {"sales": f"Sales {LONG}", "care": "Care"}, "personas": personas,
        "assets": {"guide": {"title": LONG, "owner": "care", "type": "guide"},
                   "idea": {"title": "What it will cost", "owner": "sales", "status": "idea"}},
        "metrics": {"speed": {"name": f"Speed of {LONG}", "owner": "care", "unit": "days", "target": 3}}})
    for count, cast in CASTS.items():
        yield f"journeys/stages-{count}.yml", _yaml({
            "title": f"A journey of {count} stages", "owner": "sales", "persona": "p1",
            "personas": list(personas)[1:cast], "description": f"All lanes are full. {URL}",
            "stages": [_stage(number, list(personas)[:cast]) for number in range(1, count + 1)]})
    yield "journeys/titles-only.yml", "title: Nothing but titles\nowner: care\nstages:\n  - Look\n  - Choose\n"
    yield "journeys/right-to-left.yml", _yaml({
        "title": "رحلة العميل من البداية", "owner": "care", "persona": "p1",
        "description": "كل شيء هنا مكتوب بالعربية.",
        "stages": [{"title": title, "customer_goal": "أريد أن أفهم", "steps": [
            {"title": "يقرأ الرسالة الأولى", "emotion": score, "quote": "لا أعرف من أين أبدأ"}]}
            for title, score in (("البحث", -1), ("الاختيار", 0), ("البداية", 2))]})
    yield "journeys/broken.yml", "title: Broken\nowner: [sales\nstages:\n  - Look\n"


def _stage(number: int, personas: list[str]) -> dict[str, Any]:
    who = personas[number % len(personas)]
    return {
        "id": f"s{number}", "title": LONG if number == 2 else f"Stage {number} of many", "owner": "care",
        "customer_goal": f"Understand what happens at {URL if number == 3 else 'this point'}.",
        "duration": "3 days", "assets": ["guide", "idea"], "metrics": ["speed"],
        "questions": [{"ask": f"What does {LONG} mean?", "asked_by": who}],
        "steps": [{"title": f"Reads {LONG}", "persona": who, "channel": "email", "quote": f"{LONG}!",
                   "emotion": dict.fromkeys(personas, number % 5 - 2),
                   "pains": [{"text": f"Nobody explains {LONG}", "severity": "severe"}]},
                  {"title": "Calls", "channel": "phone", "backstage": URL, "systems": LONG}],
    }


def empty() -> Iterator[tuple[str, str]]:
    """Files of an atlas that has a name and nothing else."""
    yield "atlas.yml", "title: A new atlas\n"


def project(name: str, folder: Path) -> Path:
    """The project of a site of :data:`PAGES`: the demo's settings, its maps or others."""
    if name == "demo":
        shutil.copytree(ROOT / "maps", folder / "maps")
    if name == "large":
        write_atlas(make_firm(30, 1, dense=True), folder)
    if name == "divided":
        write_atlas(make_firm(12, 1, dense=True), folder)
    files = {"states": dict(states()), "empty": dict(empty())}.get(name, {})
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    if name == "divided":
        settings = settings.replace("  - journeybook\n", "  - journeybook:\n      register_rows: 15\n")
    for path, text in {"mkdocs.yml": settings, **{f"maps/{path}": text for path, text in files.items()}}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    if name == "demo":
        _with_history(folder)
    return folder


def _with_history(folder: Path) -> None:
    """Three revisions, so that there is something to tell on the page of changes."""
    journey = folder / "maps/journeys/first-year.yml"
    now = journey.read_text("utf-8")
    _commit(folder, "init", "-q", "-b", "main")
    for text in (now.replace("owner: onboarding", "owner: success"), now.replace("severity: severe", "severity: low"),
                 now):
        journey.write_text(text, "utf-8")
        _commit(folder, "add", "-A")
        _commit(folder, "commit", "-qm", "A change of the first year")


def _commit(folder: Path, *words: str) -> None:
    when = {"GIT_AUTHOR_DATE": "2026-11-20T10:00:00Z", "GIT_COMMITTER_DATE": "2026-11-20T10:00:00Z"}
    subprocess.run(["git", "-c", "user.name=Ines", "-c", "user.email=i@example.com", *words], cwd=folder, check=True,
                   env={**os.environ, **when})


def build(name: str, folder: Path, port: int = 0) -> Path:
    """The site of a name, built in a folder by the command that its users would type; gives ``folder/site``.

    Instant navigation works only under the address that a site was built for; ``port`` puts one on this machine in.
    """
    settings = project(name, folder) / "mkdocs.yml"
    if port:
        address = f"site_url: http://127.0.0.1:{port}/"
        settings.write_text(re.sub(r"(?m)^site_url:.*$", address, settings.read_text("utf-8")), "utf-8")
    subprocess.run([sys.executable, "-m", "journeybook", "build", "--quiet", "--no-cache", "--keep-going"], cwd=folder,
                   check=True, stderr=subprocess.DEVNULL, env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH})
    return folder / "site"


def _yaml(content: dict[str, Any]) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
