"""Pages of metrics, and their values as files for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from journeybook.formats import day, number
from journeybook.model import Metric, StageKey, Value
from journeybook.schema.events import Query
from journeybook.views import parts
from journeybook.views.context import Context
from journeybook.views.lengths import how_long
from journeybook.views.pages import MetricsView, MetricView, ValueRow
from journeybook.views.text import block
from journeybook.words import N_, _

SECTION = N_("Library")
KINDS = {"perception": N_("Perception"), "behaviour": N_("Behaviour"), "outcome": N_("Outcome"),
         "operational": N_("Operational")}
TONES = ("off", "watch", "none", "ok")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet takes a text for a formula that starts so."""


def metrics_view(context: Context) -> MetricsView:
    """All metrics, off target first."""
    metrics = sorted((context.metric(metric) for metric in context.atlas.metrics.values()),
                     key=lambda item: (TONES.index(item.status.tone), item.name.casefold()))
    return MetricsView(uri="library/metrics/", title=_("Metrics"), section=_(SECTION),
                       description=_("Every metric with its latest value and target."), metrics=tuple(metrics))


def metric_view(metric: Metric, context: Context) -> MetricView:
    """One metric with its history."""
    spec, atlas, item = metric.spec, context.atlas, context.metric(metric)
    path = metric.origin.document.path
    return MetricView(
        uri=item.to, title=spec.name, section=_(SECTION),
        description=_("%(metric)s: history, target, owner and where it is used.", metric=spec.name),
        source=context.inside(path),
        edit=context.edit(path, metric.origin.span(key=True).line), metric=item,
        definition=block(spec.definition) if spec.definition else None, facts=tuple(_facts(metric, item, context)),
        series=item.series,
        rows=tuple(_row(value, spec.unit or "") for value in reversed(metric.values)),
        data=data_uri(metric) if metric.values else "",
        drives=tuple(_link(atlas.metrics[ident]) for ident in spec.drives if ident in atlas.metrics),
        driven_by=tuple(_link(other) for other in atlas.drivers.get(metric.id, ())))


def _row(value: Value, unit: str) -> ValueRow:
    return ValueRow(
        day(value.date), value.date.isoformat(), value.segment,
        number(value.value, unit) if value.value is not None else "",
        f"{value.value:f}" if value.value is not None else "", number(value.n) if value.n is not None else "",
        value.note)


def _link(metric: Metric) -> parts.Link:
    return parts.Link(metric.spec.name, f"library/metrics/{metric.id}/")


def _facts(metric: Metric, item: parts.MetricItem, context: Context) -> Iterator[parts.Fact]:
    spec = metric.spec
    unit = spec.unit or ""
    if not item.value:
        yield parts.Fact(_("Now"), _("No value yet"), gap=True)
    yield parts.Fact(_("Target"), item.target or _("No target"),
                     sub=_("higher is better") if spec.direction == "up" else _("lower is better"), gap=not item.target)
    if spec.baseline is not None:
        yield parts.Fact(_("Baseline"), number(spec.baseline, unit))
    owner = item.owner
    yield parts.Fact(_("Owner"), owner.name if owner else _("No owner"), to=owner.to if owner else "",
                     gap=owner is None)
    if spec.query:
        yield parts.Fact(_("Source"), spec.source or _("Event log"), sub=asked_words(spec.query, context))
    elif spec.source or spec.cadence:
        yield parts.Fact(_("Source"), spec.source or _("Not named"), sub=how_long(spec.cadence))
    if spec.kind:
        yield parts.Fact(_("Kind"), _(KINDS[spec.kind]))


def asked_words(query: Query, context: Context) -> str:
    """How a metric is counted, in a sentence."""
    of, start, stop = (" / ".join(_event(name, context) for name in names)
                       for names in (query.of, query.from_, query.to))
    if query.ask == "count":
        return _("People with %(events)s in the month.", events=of) if query.each == "person" else _(
            "How often there was %(events)s in the month.", events=of)
    if query.ask == "conversion":
        within = how_long(query.within)
        return _("Of the people with %(start)s in the month, those with %(stop)s within %(time)s.", start=start,
                 stop=stop, time=within) if within else _(
            "Of the people with %(start)s in the month, those with %(stop)s soon after.", start=start, stop=stop)
    if query.ask == "share-active":
        return _("Of the people with %(start)s so far, those with %(events)s in the month.", start=start or of,
                 events=of)
    words = {"start": start, "stop": stop, "percent": number(query.percentile)}
    if query.percentile == 50:
        return _("Median time from %(start)s to %(stop)s, by the month of arrival.", **words)
    return _(
        "Time from %(start)s to %(stop)s within which %(percent)s in 100 arrive, by the month of arrival.", **words)


def _event(name: str, context: Context) -> str:
    """A signal in quotes; a stage by its title."""
    journey, _slash, ident = name.rpartition("/")
    stage = context.atlas.stages.get(StageKey(journey, ident))
    return _("“%(text)s”", text=stage.title if stage else name)


def data_uri(metric: Metric) -> str:
    """Where the file with a metric's values is."""
    return f"data/metrics/{metric.id}.csv"


def metric_data(metric: Metric) -> str:
    """A metric's values as CSV (RFC 4180): the columns in which values are written, oldest first.

    Gaps are empty, never 0. A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("date", "value", "segment", "n", "note"))
    for value in metric.values:
        writer.writerow((
            value.date.isoformat(), "" if value.value is None else f"{value.value:f}", harmless(value.segment),
            "" if value.n is None else f"{value.n:f}", harmless(value.note)))
    return out.getvalue()


def harmless(text: str) -> str:
    """A text that no spreadsheet runs."""
    return f"'{text}" if text.startswith(FORMULA) else text
