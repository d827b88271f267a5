"""All checks, in the order of the reference."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import cache
from types import ModuleType

from journeybook.checks import (
    alt_missing,
    asset_missing,
    asset_orphan,
    asset_retired_used,
    check_unknown,
    churn_without_offboarding,
    commitment_late,
    event_log,
    evidence_assumed,
    evidence_old,
    file_empty,
    file_too_large,
    file_unreadable,
    flow_dead_end,
    flow_endless,
    flow_self,
    flow_unreachable,
    handoff_incomplete,
    handoff_late,
    handoff_missing,
    handoff_same_person,
    hinge_unlinked,
    html_shown,
    id_duplicate,
    id_implicit,
    id_invalid,
    ignore_unused,
    image_invalid,
    key_duplicate,
    key_missing,
    key_unknown,
    limit_reached,
    link_refused,
    loop_open,
    loop_unowned,
    measure_mismatch,
    measured_data,
    measured_stale,
    metric_data,
    metric_query,
    metric_stale,
    metric_without_stage,
    metric_without_target,
    owner_missing,
    owner_overlap,
    path_outside,
    persona_unlisted,
    personal_data,
    promise_at_risk,
    promise_broken,
    promise_missed,
    promise_signoff_due,
    promise_undecidable,
    promise_unmatched,
    promise_withdrawn_stated,
    question_unanswered,
    raci_conflict,
    reference_cycle,
    reference_kind,
    reference_unchecked,
    reference_unknown,
    review_missing,
    review_overdue,
    share_over_100,
    stage_name_unlisted,
    stage_unreached,
    stage_without_metric,
    team_unlisted,
    text_cut,
    text_direction,
    text_invisible,
    url_refused,
    value_choice,
    value_date,
    value_duration,
    value_range,
    value_type,
    way_undrawn,
    way_untaken,
    yaml_feature,
    yaml_limit,
    yaml_syntax,
)
from journeybook.frozen import dataclass
from journeybook.model import Atlas
from journeybook.problems import Problem, Severity
from journeybook.settings import Settings

MODULES: tuple[ModuleType, ...] = (
    file_unreadable, file_too_large, file_empty, yaml_syntax, yaml_feature, yaml_limit, key_duplicate,
    text_invisible, text_direction, text_cut, link_refused,
    key_unknown, key_missing, value_type, value_choice, value_range, value_date, value_duration, id_invalid,
    id_duplicate, id_implicit, url_refused, path_outside, image_invalid, html_shown, check_unknown,
    ignore_unused,
    reference_unknown, reference_kind, reference_cycle, reference_unchecked, team_unlisted, persona_unlisted,
    owner_missing, owner_overlap, raci_conflict,
    promise_broken, promise_missed, promise_at_risk, promise_unmatched, promise_undecidable, promise_signoff_due,
    promise_withdrawn_stated, measure_mismatch,
    handoff_missing, handoff_incomplete, handoff_same_person,
    question_unanswered, asset_orphan, asset_retired_used, asset_missing,
    flow_unreachable, flow_dead_end, flow_endless, flow_self, hinge_unlinked, churn_without_offboarding,
    share_over_100,
    loop_open, loop_unowned,
    evidence_assumed, evidence_old,
    metric_without_target, metric_without_stage, stage_without_metric, metric_stale, metric_data,
    metric_query,
    way_undrawn, way_untaken, stage_unreached, handoff_late, commitment_late, measured_stale, measured_data,
    event_log,
    review_overdue, review_missing,
    personal_data,
    alt_missing,
    stage_name_unlisted,
    limit_reached,
)


@dataclass(frozen=True, slots=True)
class Check:
    """A check: ``page`` is its explanation in Markdown; ``find`` None where an earlier stage reports it."""

    id: str
    group: str
    level: Severity
    summary: str
    page: str
    find: Callable[[Atlas, Settings], Iterable[Problem]] | None


def _check(module: ModuleType) -> Check:
    page = inspect.cleandoc(module.__doc__ or "")
    return Check(
        id=module.__name__.rpartition(".")[2].replace("_", "-"), group=module.GROUP, level=module.LEVEL,
        summary=page.partition("\n")[0], page=page, find=getattr(module, "check", None))


CHECKS: tuple[Check, ...] = tuple(_check(module) for module in MODULES)


@cache
def by_id() -> dict[str, Check]:
    """The checks by id."""
    return {check.id: check for check in CHECKS}
