"""Maps on their way out: which journeys, in which shape, into which files."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path

from markupsafe import Markup

from journeybook.adapters.project import Project
from journeybook.adapters.show import find
from journeybook.adapters.stubs.folder import MANIFEST, clear
from journeybook.adapters.writing import write_whole
from journeybook.diagrams.graph import draw, graph_words, to_dot
from journeybook.diagrams.layout import Graphviz
from journeybook.exchange import mermaid
from journeybook.exchange.dot import dot_text
from journeybook.exchange.markdown import llms_txt, markdown
from journeybook.exchange.rows import losses, rows
from journeybook.exchange.tables import csv_text
from journeybook.exchange.workbook import workbook
from journeybook.frozen import dataclass
from journeybook.model import Journey
from journeybook.model.verdicts import verdicts
from journeybook.problems import JourneybookError
from journeybook.reading import Reading, read_book
from journeybook.settings import Settings
from journeybook.theme import theme_dir
from journeybook.views.agreements import AgreementParts
from journeybook.views.context import Context
from journeybook.views.data_schema import schema_files
from journeybook.views.journey_data import FOLDER, encoded, index, journey_data
from journeybook.views.ways import whole_graph

Files = dict[str, str | bytes]
REM = 20  # px: what a rem of the site is


@dataclass(frozen=True, slots=True)
class Job:
    """What is to go out. ``whole`` tells that no journeys were named, so that lists of all make sense.

    ``notices`` are what whoever asked should hear afterwards.
    """

    project: Project
    settings: Settings
    reading: Reading
    journeys: tuple[Journey, ...]
    whole: bool
    notices: list[str] = field(default_factory=list)


def job(project: Project, names: tuple[str, ...]) -> Job:
    """The journeys of these ids, or all. Raises :class:`JourneybookError` for an unknown one, or if there is none."""
    settings = project.settings()
    reading = read_book(settings)
    journeys = tuple(find(name, reading) for name in dict.fromkeys(names)) or tuple(
        journey for journey in reading.atlas.journeys.values() if journey.stages)
    if not journeys:
        raise JourneybookError("there is no journey to export", "run `journeybook check` to see why")
    notices = [] if names else [f"left out, because it cannot be read: {path} (journeybook check says what is wrong)"
                                for path in reading.unreadable]
    return Job(project, settings, reading, journeys, not names, notices)


def _csv(job: Job) -> Files:
    return {"journeys.csv": csv_text(row for journey in job.journeys for row in rows(journey))}


def _xlsx(job: Job) -> Files:
    every = (row for journey in job.journeys for row in rows(journey))
    return {"journeys.xlsx": workbook(every, job.settings.today)}


def _json(job: Job) -> Files:
    context = Context(job.reading.atlas, job.reading.problems, job.settings)
    agreements = AgreementParts(context)
    found: Files = {
        f"journeys/{journey.id}.json": encoded(journey_data(journey, context, agreements), job.settings.directory_urls)
        for journey in job.journeys}
    if job.whole:
        found["index.json"] = index(job.reading.atlas, job.journeys, job.settings.directory_urls)
        found |= {place.removeprefix(FOLDER): text for place, text in schema_files().items()}
    return found


def _mermaid(job: Job) -> Files:
    scale = job.reading.atlas.spec.emotion
    ends = float(scale.min), float(scale.max)
    found: Files = {f"{journey.id}.mmd": mermaid.journey_text(journey, ends) for journey in job.journeys}
    return found


def _flowchart(job: Job) -> Files:
    return {f"{journey.id}.mmd": mermaid.flowchart(journey, job.reading.atlas) for journey in job.journeys}


def _dot(job: Job) -> Files:
    return {f"{journey.id}.dot": dot_text(journey, job.reading.atlas) for journey in job.journeys}


def _svg(job: Job) -> Files:
    context = Context(job.reading.atlas, job.reading.problems, job.settings)
    graphs = [whole_graph(journey, context) for journey in job.journeys]
    engine = Graphviz(engine=job.settings.engine, cache_dir=job.settings.cache)
    layouts = engine.layout([to_dot(graph) for graph in graphs])
    look = (theme_dir() / "picture.css").read_text("utf-8")
    found: Files = {}
    for journey, graph, layout in zip(job.journeys, graphs, layouts, strict=True):
        if layout is None:
            raise JourneybookError(f"the stage diagram of `{journey.id}` cannot be laid out: "
                                   f"{'; '.join(engine.failures) or 'no engine is there'}",
                                   "run `journeybook doctor`, or export mermaid")
        found[f"{journey.id}.svg"] = standing_alone(draw(graph, layout, lambda _: ""), look)
    return found


def standing_alone(drawn: Markup, look: str) -> str:
    """A picture of the site as a file: with its own look, on white, in pixels, leading nowhere."""
    start, rest = str(drawn).split(">", 1)
    start = start.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    for name in ("width", "height"):
        before, _, after = start.partition(f' {name}="')
        size, _, after = after.partition('rem"')
        start = f'{before} {name}="{float(size) * REM:.0f}"{after}'
    rest = rest.replace(' xlink:href=""', "").replace(' tabindex="-1"', "")
    return f'{start}><style>{look.strip()}</style><rect class="paper" width="100%" height="100%"/>{rest}\n'


def _markdown(job: Job) -> Files:
    context = Context(job.reading.atlas, job.reading.problems, job.settings)
    agreements, judged = AgreementParts(context), dict(verdicts(job.reading.atlas, job.settings.today))
    found: Files = {
        f"journeys/{journey.id}.md": markdown(
            journey_data(journey, context, agreements), journey, graph_words(whole_graph(journey, context)), judged,
            job.reading.atlas)
        for journey in job.journeys}
    if job.whole:
        found["llms.txt"] = llms_txt(job.reading.atlas, job.journeys)
    return found


def _html(job: Job) -> Files:
    from journeybook.adapters.one_file import one_file

    return {"journeys.html": one_file(job.reading, job.settings, job.journeys)}


def _png(job: Job) -> Files:
    from journeybook.adapters.pictures import pictures

    return pictures(job.project, [journey.id for journey in job.journeys], "png")


def _pdf(job: Job) -> Files:
    from journeybook.adapters.pictures import pictures

    return pictures(job.project, [journey.id for journey in job.journeys], "pdf")


def _stubs(job: Job) -> Files:
    from journeybook.adapters.stubs.site import stubs

    if not job.whole:
        raise JourneybookError("stubs are those of the whole site: its pages lead to each other",
                               "leave the names of journeys out")
    found, notices = stubs(job.project, job.settings, job.reading)
    job.notices.extend(notices)
    return found


FORMATS: Mapping[str, Callable[[Job], Files]] = {
    "csv": _csv, "xlsx": _xlsx, "json": _json, "mermaid": _mermaid, "flowchart": _flowchart, "dot": _dot, "svg": _svg,
    "markdown": _markdown, "html": _html, "png": _png, "pdf": _pdf,
    "stubs": _stubs}


def left_out(form: str, journeys: tuple[Journey, ...]) -> dict[str, int]:
    """What was written and a format for reading back in cannot hold, field by field."""
    if form == "mermaid":
        return losses(journeys, mermaid.HELD)
    return losses(journeys) if form in ("csv", "xlsx") else {}


def write(files: Files, out: Path) -> list[str]:
    """Write files: a single one to the path ``out`` or into it, several into the folder; returns their paths.

    Raises :class:`JourneybookError` where something is in the way. Other files of the folder stay, unless an export
    of stubs wrote them.
    """
    single = len(files) == 1 and out.suffix and not out.is_dir()
    if not single and out.exists() and not out.is_dir():
        raise JourneybookError(f"{out} is a file, and there are {len(files)} to write", "name a folder with --out")
    written = []
    if MANIFEST in files:
        clear(out, files)
        files = {MANIFEST: files[MANIFEST], **files}  # first: an export that stops half-way can be done again
    for name, content in files.items():
        path = out if single else out / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise JourneybookError(f"{path.parent} cannot be made: {(error.strerror or 'no reason given').lower()}",
                                   "name another folder with --out") from None
        write_whole(path, content)
        written.append(os.path.relpath(path))
    return written
