"""From values to places on the page, and which values deserve a gridline."""

from __future__ import annotations

import math

from journeybook.frozen import dataclass

# Numbers are written with six decimals at most; finer gridlines would all read the same.
_FINEST = 1e-6


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from ``low … high`` to ``start … end``; values without extent stand in the middle."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of a value; what lies outside stands at the edge."""
        # Halves, so that the two ends of the range of floats do not overflow.
        extent = self.high / 2 - self.low / 2
        share = (value / 2 - self.low / 2) / extent if extent > 0 else 0.5
        share = min(1.0, max(0.0, share)) if math.isfinite(share) else 0.5
        return self.start + share * (self.end - self.start)


def ticks(low: float, high: float, unit: str = "") -> tuple[float, ...]:
    """Three to six round values around ``low … high``, on steps of 1, 2 or 5; the outer ones end the axis.

    A flat line gets some air above and below. An axis leaves 0 … 100 % or crosses zero only if a value does.
    """
    floor = 0.0 if low >= 0 else -math.inf
    roof = 100.0 if unit.strip() == "%" and high <= 100 else math.inf
    spread = high / 2 - low / 2
    if spread <= max(abs(low), abs(high)) * 1e-9 or spread < _FINEST:
        air = max(abs(high) * 0.1, 10 * _FINEST) if high else 1.0
        low, high = max(floor, low - air), min(roof, high + air)
    step = _round_step(high / 4 - low / 4)
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    marks = [index * step for index in range(first, max(last, first + 1) + 1)]
    return tuple(round(mark, _decimals(step)) for mark in marks if floor <= mark <= roof * (1 + 1e-9))


def _round_step(rough: float) -> float:
    """The next step of 1, 2 or 5 times a power of ten that is not smaller."""
    rough = max(rough, _FINEST)
    power = 10.0 ** math.floor(math.log10(rough))
    return next((power * nice for nice in (1, 2, 5) if power * nice >= rough * (1 - 1e-9)), power * 10)


def _decimals(step: float) -> int:
    return max(0, -math.floor(math.log10(step)))
