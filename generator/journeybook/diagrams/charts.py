"""Line charts of a metric: a word-sized one, one with axes, and the small curve of a journey.

A line chart may start above zero. Lines break where nothing was measured. One accent: the last point, in the
colour of the verdict. What a chart shows is also its label, so that nobody has to see it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeGuard

from markupsafe import Markup

from journeybook import formats
from journeybook.diagrams.scale import Scale, ticks
from journeybook.diagrams.svg import element, num, picture
from journeybook.diagrams.text import text_width
from journeybook.frozen import dataclass
from journeybook.words import _

_TONES = frozenset({"ok", "watch", "off", "none"})
AXIS, VALUE = 10.5, 12.0  # font sizes; the style sheet sets the same ones


def is_number(value: float | None) -> TypeGuard[float]:
    """Whether a value can be drawn: known, finite, and with room for an axis around it."""
    return value is not None and math.isfinite(value) and abs(value) <= 1e300


@dataclass(frozen=True, slots=True)
class Series:
    """A metric over time.

    ``points`` in order of date, None where nothing was measured; ``tone`` is the verdict against the target:
    ok, watch, off or none.
    """

    name: str
    unit: str
    up_is_good: bool
    points: tuple[tuple[date, float | None], ...]
    target: float | None
    tone: str

    def measured(self) -> list[tuple[date, float]]:
        """The points that have a value one can draw."""
        return [(day, value) for day, value in self.points if is_number(value)]

    def goal(self) -> float | None:
        """The target, if it is a number one can draw."""
        return self.target if is_number(self.target) else None


def sparkline(series: Series, width: int = 84, height: int = 26, *, told: bool = False) -> Markup:
    """A chart the size of a word. Nothing at all when nothing was measured.

    ``told`` where the page says the same in words elsewhere: then it is for the eye only.
    """
    known = series.measured()
    if not known:
        return Markup("")
    goal = series.goal()
    values = [value for _, value in known] + ([] if goal is None else [goal])
    across = _time_scale(series, 3.0, width - 5.0)
    up = Scale(min(values), max(values), height - 4.0, 4.0)
    parts = [] if goal is None else [element("path", d=f"M0 {num(up(goal))}H{width}", class_="tg")]
    parts += [*_line(series, across, up), _dot(known[-1], across, up, 2.6)]
    class_ = f"jb-spark s-{_tone(series)}"
    return picture(width, height, *parts, class_=class_, label="" if told else _facts(series), sized=True)


def history(series: Series, width: int = 460, height: int = 168) -> Markup:
    """A chart with gridlines on 1-2-5 steps, first, middle and last month, the target and the last value."""
    known = series.measured()
    if not known:
        return Markup("")
    goal = series.goal()
    last = _say(known[-1][1], series.unit)
    goal_text = "" if goal is None else _("Target %(value)s", value=_say(goal))
    values = [value for _, value in known] + ([] if goal is None else [goal])
    marks = ticks(min(values), max(values), series.unit)
    names = [_say(mark) for mark in marks]
    left = max(text_width(name, AXIS) for name in names) + 8
    labels = max(text_width(last, VALUE, bold=True), text_width(goal_text, AXIS))
    right = width - min(labels + 12, width * 0.4)
    up = Scale(marks[0], marks[-1], height - 24.0, 12.0)
    across = _time_scale(series, left + 2, right - 4)
    parts: list[Markup] = []
    heights = [up(mark) for mark in marks]
    grid = "".join(f"M{num(left)} {num(y)}H{num(right)}" for y in heights)
    parts.append(element("path", d=grid, class_="gr"))
    parts += [_text(name, left - 6, y + 3.7, "ax", "end") for name, y in zip(names, heights, strict=True)]
    parts += _dates(series, across, height - 6.0)
    last_y = up(known[-1][1])
    if goal is not None:
        goal_y = up(goal)
        parts.append(element("path", d=f"M{num(left)} {num(goal_y)}H{num(right)}", class_="tg"))
        parts.append(_text(goal_text, right + 6, goal_y + 3.7, "tl"))
        last_y = _apart(last_y, goal_y, height)
    parts += [*_line(series, across, up, 0), _dot(known[-1], across, up, 3.6)]
    # Beside its point, also when the last months are missing: the label must not claim to be of today.
    parts.append(_text(last, across(known[-1][0].toordinal()) + 9, last_y + 4.2, "vl"))
    return picture(width, height, *parts, class_=f"jb-hist s-{_tone(series)}", label=_facts(series))


def progress(series: Series, width: int = 84, height: int = 10) -> Markup:
    """A bar from nothing to all of it, with a tick at the target. Only for shares: other units have no whole."""
    known = series.measured()
    if not known or series.unit != "%" or not 0 <= known[-1][1] <= 100:
        return Markup("")
    goal, across = series.goal(), Scale(0, 100, 0.0, width)
    parts = [
        element("path", d=f"M0 5H{width}", class_="gr"),
        element("path", d=f"M0 5H{num(across(known[-1][1]))}", class_="ln"),
    ]
    if goal is not None and 0 <= goal <= 100:
        parts.append(element("path", d=f"M{num(across(goal))} 0V{height}", class_="tg"))
    return picture(width, height, *parts, class_=f"jb-prog s-{_tone(series)}", label=_facts(series), sized=True)


def mini_curve(values: Sequence[float | None], low: float, high: float, mark: bool = False) -> Markup:
    """The shape of a journey on a card: decoration beside a number that says it, so hidden from readers.

    ``mark`` puts a dot at the lowest point: a line without length, so that no stretching makes it an egg.
    """
    up = Scale(low, high, 92.0, 8.0)
    step = 100 / max(1, len(values))
    places = [
        ((index + 0.5) * step, up(value)) if is_number(value) else None for index, value in enumerate(values)
    ]
    return element(
        "svg",
        element("path", d="M0 50H100", class_="mid"),
        *_paths(places, "st"),
        *_lowest_mark(places if mark else []),
        class_="jb-mini",
        viewBox="0 0 100 100",
        preserveAspectRatio="none",
        aria_hidden="true",
    )


def _lowest_mark(places: Sequence[tuple[float, float] | None]) -> Iterator[Markup]:
    """A dot at the place that is drawn lowest (the first of several)."""
    known = [place for place in places if place]
    if known:
        x, y = max(known, key=lambda place: place[1])
        yield element("path", d=f"M{num(x)} {num(y)}h0", class_="lo")


def _time_scale(series: Series, start: float, end: float) -> Scale:
    """Days to x. A single day stands at the right, where "now" is."""
    days = [day.toordinal() for day, _ in series.points]
    first, last = min(days), max(days)
    return Scale(first - 1 if first == last else first, last, start, end)


def _line(series: Series, across: Scale, up: Scale, digits: int = 1) -> Iterator[Markup]:
    """The line, and the points that have no neighbour to be joined to; whole units are enough where it is large."""
    places = [
        (across(day.toordinal()), up(value)) if is_number(value) else None for day, value in series.points
    ]
    yield from _paths(places, "ln", digits)


def _paths(places: Sequence[tuple[float, float] | None], class_: str, digits: int = 1) -> Iterator[Markup]:
    """Lines through the places, broken at None. A lone place is a tiny stroke: with round ends, a dot."""
    runs: list[list[str]] = [[]]
    for place in places:
        if place is None:
            runs.append([])
        else:
            runs[-1].append(f"{num(place[0], digits)} {num(place[1], digits)}")
    line = "".join(f"M{'L'.join(run)}" for run in runs if len(run) > 1)
    dots = "".join(f"M{run[0]}h.1" for run in runs if len(run) == 1)
    if line:
        yield element("path", d=line, class_=class_)
    if dots:
        yield element("path", d=dots, class_=f"{class_} lone")


def _dot(point: tuple[date, float], across: Scale, up: Scale, radius: float) -> Markup:
    return element("circle", cx=across(point[0].toordinal()), cy=up(point[1]), r=radius)


def _dates(series: Series, across: Scale, y: float) -> Iterator[Markup]:
    """First, middle and last month; days when it all happened within two months."""
    days = [day for day, _ in series.points]
    first, last = min(days), max(days)
    write = formats.day if (last - first).days < 60 else formats.month
    middle = date.fromordinal((first.toordinal() + last.toordinal()) // 2)
    if first < last:
        yield _text(write(first), across(first.toordinal()), y, "ax", "start")
        if write(middle) not in (write(first), write(last)):
            yield _text(write(middle), across(middle.toordinal()), y, "ax", "middle")
    yield _text(write(last), across(last.toordinal()), y, "ax", "end")


def _apart(value_y: float, target_y: float, height: float) -> float:
    """Moves the value's label off the target's, to the side it is on, if there is room on that side."""
    if abs(value_y - target_y) >= 14:
        return value_y
    below = value_y >= target_y
    if target_y > height - 36:
        below = False
    elif target_y < 22:
        below = True
    return target_y + (14 if below else -14)


def _text(content: str, x: float, y: float, class_: str, anchor: str | None = None) -> Markup:
    return element("text", content, x=x, y=y, text_anchor=anchor, class_=class_)


def _tone(series: Series) -> str:
    return series.tone if series.tone in _TONES else "none"


def _facts(series: Series) -> str:
    """``Fixed, Oct 24 to Oct 25: starts at 84 %, lowest 70 %, highest 84 %, now 71 %. Target 95 %.``"""
    known = series.measured()
    (first, start), (last, now) = known[0], known[-1]
    values = [value for _, value in known]
    lowest, highest = _say(min(values), series.unit), _say(max(values), series.unit)
    end = _say(now, series.unit)
    if len(known) == 1:
        told = _("%(name)s, %(day)s: %(value)s.", name=series.name, day=formats.day(last), value=end)
    else:
        told = _(
            "Line chart. %(name)s, %(first)s to %(last)s: starts at %(start)s, lowest %(lowest)s, highest %(highest)s, "
            "now %(now)s.",
            name=series.name, first=formats.month(first), last=formats.month(last),
            start=_say(start, series.unit), lowest=lowest, highest=highest, now=end)
    goal = series.goal()
    if goal is None:
        return told
    aim = _("Target %(value)s.", value=_say(goal, series.unit))
    return f"{told} {aim}"


def _say(value: float, unit: str = "") -> str:
    """A number as people write it, unless that would be longer than anybody reads."""
    if abs(value) < 1e12:
        return formats.number(value, unit)
    return f"{value:.3g}{formats.NO_BREAK}{unit}" if unit else f"{value:.3g}"
