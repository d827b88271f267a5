"""The way people really walk: stages, transitions and delays counted in a log of events.

What is asked is written once, with Ibis, and runs where the events are: in DuckDB within this process, or on an
engine of the team's own. A *walk* is one person's events of a journey in the order of time. Times are read to the
second, and events of the same second stand in the order of the map. What happens at one stage without another in
between is one *visit*. Only sums leave the engine; nothing is ever said about a group below the smallest size.

Maintainers: Ibis is an extra of the package; only :mod:`log`, :mod:`faults` and :mod:`queries` need it.
"""
