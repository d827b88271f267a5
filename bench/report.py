"""What a measurement says: lines for the terminal, and a table in Markdown for the README."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

COLD, EDITED = ", cold", ", edited"


@dataclass(slots=True)
class Row:
    """Medians of the runs of one way to build: seconds, seconds of the processor, MB of memory, and the output."""

    name: str
    wall: float
    processor: float
    memory: float
    pages: int = 0
    megabytes: float = 0.0


def told(rows: list[Row], phases: dict[str, dict[str, float]], journeys: int) -> str:
    """One size, for people: ratios are to ours of the same kind."""
    ours = {row.name.removeprefix("ours"): row for row in rows if row.name.startswith("ours")}
    lines = [f"{journeys:,} journeys", f"{'':24}{'wall':>9}{'cpu':>10}{'a journey':>12}{'to ours':>10}{'of cpu':>9}"
                                       f"{'memory':>10}{'pages':>8}{'output':>11}"]
    for row in rows:
        same = next((own for kind, own in ours.items() if row.name.endswith(kind) and own is not row
                     and not row.name.startswith("check")), None)
        ratio = f"{row.wall / same.wall:.1f} ×" if same else ""
        effort = f"{row.processor / same.processor:.1f} ×" if same else ""
        size = f"{row.megabytes:.1f} MB" if row.pages else ""
        each = row.wall * 1000 / journeys
        lines.append(f"{row.name:24}{row.wall:>7.2f} s{row.processor:>8.2f} s{each:>9.1f} ms{ratio:>10}{effort:>9}"
                     f"{row.memory:>7.0f} MB{row.pages or '':>8}{size:>11}")
    for name, found in phases.items():
        lines += ["", f"{name}: " + ", ".join(f"{phase} {value:.0f} ms" for phase, value in found.items())]
    return "\n".join(lines)


def table(whole: dict[str, Any]) -> str:
    """All sizes as a table in Markdown, with the versions below."""
    lines = ["| journeys | | cold build | processor | one journey edited | processor | memory | output |",
             "|--:|---|--:|--:|--:|--:|--:|--:|"]
    for size in whole["sizes"]:
        rows = {row["name"]: row for row in size["rows"]}
        for name, cold in rows.items():
            if name.endswith(COLD) and not name.startswith("check"):
                edited = rows[name.removesuffix(COLD) + EDITED]
                lines.append(f"| {size['journeys']:,} | {name.removesuffix(COLD)} | {_seconds(cold['wall'])} "
                             f"| {_seconds(cold['processor'])} | {_seconds(edited['wall'])} "
                             f"| {_seconds(edited['processor'])} | {cold['memory']:,.0f} MB "
                             f"| {cold['megabytes']:,.0f} MB, {cold['pages']:,} pages |")
    checks = [f"{size['journeys']:,} journeys: " + ", ".join(
        f"{row['name'].removeprefix('check, ')} {_seconds(row['wall'])}" for row in size["rows"]
        if row["name"].startswith("check")) for size in whole["sizes"]]
    said = ", ".join(f"{name} {number}" for name, number in whole["versions"].items())
    return "\n".join([*lines, "", "`journeybook check`: " + "; ".join(checks), "",
                      f"{whole['date']}, median of {whole['runs']} runs that took turns, seed {whole['seed']}; "
                      f"{whole['machine']}; {said}."])


def _seconds(value: float) -> str:
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s"
