"""Metrics that are counted in the log: which events each asks about, and what is wrong with how it asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from journeybook.frozen import dataclass
from journeybook.measures.units import PERCENT, Unit, find_unit
from journeybook.model import Atlas, Metric, StageKey
from journeybook.problems import Problem
from journeybook.schema.durations import Duration
from journeybook.schema.events import Query
from journeybook.schema.types import described, nearest
from journeybook.source import FAULTY
from journeybook.walked.plan import key_of

QUIET = 30 * 86_400
"""Seconds after which somebody of whom nothing was seen has left, where the atlas does not say."""

NEEDED = {"count": ("of",), "conversion": ("from", "to"), "time-between": ("from", "to"), "share-active": ("of",)}
FREE = {"count": ("each",), "conversion": ("within",), "time-between": ("within", "percentile"),
        "share-active": ("from",)}
ELAPSED = {"minute": 60, "hour": 3600, "day": 86_400, "week": 604_800, "month": 30 * 86_400, "year": 365 * 86_400}


@dataclass(frozen=True, slots=True)
class Asked:
    """A metric as it is counted. Events are named by what of their names counts (``key_of``).

    ``within`` is in seconds, None without a limit; ``percentile`` is between 0 and 1; ``unit`` is how many seconds
    one of the metric's unit has.
    """

    metric: str
    ask: str
    of: frozenset[str] = frozenset()
    start: frozenset[str] = frozenset()
    stop: frozenset[str] = frozenset()
    within: int | None = None
    percentile: float = 0.5
    people: bool = False
    unit: int = 86_400

    @property
    def events(self) -> frozenset[str]:
        """All events it asks about."""
        return self.of | self.start | self.stop


def asked(atlas: Atlas) -> tuple[list[Asked], list[Problem]]:
    """The metrics of an atlas that are counted in the log, and what is wrong with those that cannot be."""
    reader = _Reader(atlas)
    found = [each for metric in atlas.metrics.values() if (each := reader.asked(metric)) is not None]
    return found, reader.problems


def length(duration: Duration) -> int | None:
    """Seconds of a length of time by the clock; a month has 30 days. None for business time."""
    size = ELAPSED.get(duration.unit)
    return int(duration.high * size) if size else None


class _Reader:
    """Reads queries against the signals of all stages."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.problems: list[Problem] = []
        self._stages: dict[StageKey, frozenset[str]] = {}
        self._named: dict[str, str] = {}  # event → how it is written
        for key, stage in atlas.stages.items():
            names = [name for signal in stage.spec.signals if FAULTY not in signal.text
                     for name in signal.event or [signal.text]]
            self._stages[key] = frozenset(map(key_of, names))
            self._named.update((key_of(name), name) for name in names)
        self._homes = {journey.origin.document.path: ident for ident, journey in atlas.journeys.items()}
        quiet = atlas.spec.events.quiet if atlas.spec.events else None
        self._quiet = (length(quiet) if quiet else None) or QUIET

    def asked(self, metric: Metric) -> Asked | None:
        """A metric as it is counted; None for one that is not, or not as it stands."""
        query = metric.spec.query
        if query is None:
            return None
        before = len(self.problems)
        of, start, stop = (self._events(metric, key, names) for key, names in (
            ("of", query.of), ("from", query.from_), ("to", query.to)))
        self.problems += [*self._keys(metric, query), *_units(metric, query), *_both(metric)]
        twice = sorted(start & stop) if query.ask in ("conversion", "time-between") else []
        if twice:
            self.problems.append(Problem(
                "metric-query", f"the event {described(self._named[twice[0]])} both starts and stops the clock",
                metric.origin.span("query", "to"), "name events that come one after the other"))
        if len(self.problems) > before:
            return None
        within = length(query.within) if query.within else self._quiet if query.ask == "conversion" else None
        unit = find_unit(metric.spec.unit or "")
        return Asked(metric.id, query.ask, of, start, stop, within, float(query.percentile) / 100,
                     query.each == "person", int(unit.size) if isinstance(unit, Unit) and unit.is_time else 86_400)

    def _events(self, metric: Metric, key: str, names: Iterable[str]) -> frozenset[str]:
        found: set[str] = set()
        for index, name in enumerate(names):
            if name == FAULTY:
                continue
            if key_of(name) in self._named:
                found.add(key_of(name))
                continue
            stage = self._stage(metric, name)
            if stage is not None and self._stages[stage]:
                found |= self._stages[stage]
                continue
            self.problems.append(self._unknown(metric, name, key, index, stage))
        return frozenset(found)

    def _stage(self, metric: Metric, name: str) -> StageKey | None:
        journey, slash, stage = name.rpartition("/")
        home = journey if slash else self._homes.get(metric.origin.document.path, "")
        key = StageKey(home, stage)
        return key if key in self._stages else None

    def _unknown(self, metric: Metric, name: str, key: str, index: int, stage: StageKey | None) -> Problem:
        span = metric.origin.span("query", key, index)
        if stage is not None:
            return Problem("metric-query", f"the stage `{stage}` names no signals, so nobody is seen there", span,
                           "write `signals:` at that stage, or name an event of another one")
        choices: Mapping[str, str] = {key_of(str(k)): str(k) for k in self._stages} | self._named
        close = nearest(key_of(name), choices)
        return Problem("metric-query", f"{described(name)} is neither a signal of a stage nor a stage", span,
                       f"write `{choices[close]}`" if close else
                       "write it among the `signals:` of a stage, or name the stage as `journey/stage`")

    def _keys(self, metric: Metric, query: Query) -> Iterator[Problem]:
        """What is missing, and what means nothing in such a query."""
        origin = metric.origin
        wanted, also = NEEDED[query.ask], FREE[query.ask]
        for key in wanted:
            if not origin.has("query", key):
                yield Problem("metric-query", f"a query for {_words(query.ask)} needs `{key}:`", origin.span("query"),
                              "name a signal, or a stage as `journey/stage`")
        for key in ("of", "from", "to", "within", "each", "percentile"):
            if origin.has("query", key) and key not in (*wanted, *also):
                yield Problem("metric-query", f"`{key}:` means nothing in a query for {_words(query.ask)}",
                              origin.span("query", key, key=True),
                              f"take it out; it takes {_listed((*wanted, *also))}")


def _words(ask: str) -> str:
    return {"count": "a count", "conversion": "a conversion", "time-between": "a time between",
            "share-active": "a share active"}[ask]


def _listed(keys: tuple[str, ...]) -> str:
    *first, last = (f"`{key}:`" for key in keys)
    return f"{', '.join(first)} and {last}" if first else last


def _units(metric: Metric, query: Query) -> Iterator[Problem]:
    """A share is in percent, a time in a unit of the clock."""
    origin = metric.origin
    unit = find_unit(metric.spec.unit or "")
    place = origin.span("unit") if origin.has("unit") else origin.span("query", "ask")
    shown = described(metric.spec.unit) if metric.spec.unit else "no unit"
    if metric.spec.unit == FAULTY:
        return
    if query.ask in ("conversion", "share-active") and unit != PERCENT:
        yield Problem("metric-query", f"{_words(query.ask)} is in percent, and this metric has {shown}", place,
                      'write `unit: "%"`')
    if query.ask == "time-between" and not (isinstance(unit, Unit) and unit.family == "elapsed"):
        yield Problem("metric-query", f"a time between is counted by the clock, and this metric has {shown}", place,
                      "write `unit: minutes`, `hours`, `days` or `weeks`")
    if not Decimal(1) <= query.percentile <= Decimal(99):
        yield Problem("metric-query", f"a percentile lies between 1 and 99, this is {query.percentile}",
                      origin.span("query", "percentile"), "write `50` for the median, `90` for nine in ten")
    if query.within is not None and not length(query.within):
        yield Problem("metric-query", f"{described(query.within.text)} cannot be counted in a log", origin.span(
            "query", "within"), "write hours, days or weeks by the clock, such as `30 days`")


def _both(metric: Metric) -> Iterator[Problem]:
    origin = metric.origin
    if origin.has("values"):
        yield Problem("metric-query", "this metric is both kept by hand and counted", origin.span("values"),
                      f"delete `values:`, and move its file to `measured/metrics/{metric.id}.csv` where its rows "
                      "should stay; or delete `query:`")
