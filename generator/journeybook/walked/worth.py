"""What the events of a stage were worth: how many had a value, in all and at the median."""

from __future__ import annotations

from journeybook.walked.counts import Walked, Worth
from journeybook.walked.plan import Plan
from journeybook.walked.queries import Frame, answers, part_of, split_of, splits, stage_of, steps


def count_worth(plan: Plan, frame: Frame, result: Walked) -> None:
    """All of them, by month and by segment; a row that comes twice counts once."""
    if not frame.log.valued or not result.people:
        return
    events = steps(plan, frame, "cents")
    events = events.filter(events.cents.notnull()).distinct()
    for split in splits(frame):
        marked = events.mutate(part=split_of(events.key, split, frame), stage=stage_of(events.key))
        for row in answers(marked.group_by("part", "stage").agg(
                n=marked.count(), crowd=marked.who.nunique(), total=marked.cents.sum(),
                median=marked.cents.quantile(0.5))):
            result.worth[part_of(split, row["part"], frame), row["stage"]] = Worth(
                row["n"], row["crowd"], int(row["total"]), row["median"])
