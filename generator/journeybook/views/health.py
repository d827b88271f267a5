"""All open problems by owner: what is wrong or incomplete in the maps."""

from __future__ import annotations

from collections import Counter

from journeybook.checks import by_id
from journeybook.formats import number
from journeybook.problems import Problem, Severity
from journeybook.views import parts
from journeybook.views.context import Context
from journeybook.views.filters import NOBODY, bar, filter_of
from journeybook.views.problem_notes import notes
from journeybook.views.registers import HealthView, ProblemGroup
from journeybook.words import N_, _

LEVELS = ((Severity.ERROR, N_("Errors"), "off"), (Severity.WARNING, N_("Warnings"), "watch"),
          (Severity.INFO, N_("Notes"), "none"))
MOST_HINTS = 40
"""So many notes, fewer where pages are to be short; `journeybook check` prints all."""


def health_view(context: Context) -> HealthView:
    """All open problems by owner, nobody's last; and by kind."""
    shown = [problem for problem in context.problems if problem.severity > Severity.INFO]
    groups = _groups(shown, context)
    listed = [note for group in groups for note in group.problems]
    kinds = Counter(problem.check for problem in shown)
    tally = Counter(problem.severity for problem in context.problems)
    hints = [problem for problem in context.problems if problem.severity is Severity.INFO]
    most = min(MOST_HINTS, context.settings.register_rows // 10)
    return HealthView(
        uri="health/", title=_("Health"), section=_("Health"),
        description=_("What is wrong or incomplete in the maps, and whose it is."),
        tallies=tuple(parts.Fact(_(word), number(tally[level]), tag=parts.Tag("", tone),
                                 to="#notes" if level is Severity.INFO and hints else "")
                      for level, word, tone in LEVELS),
        hints=notes(context, hints[:most]), more_hints=max(0, len(hints) - most),
        groups=tuple(groups), kinds=tuple((check, by_id()[check].summary, times)
                                          for check, times in kinds.most_common()),
        bar=bar(len(listed), filter_of("owner", _("Owner"), (
            (group.key, group.owner.name if group.owner else _("Nobody’s"))
            for group in groups for _note in group.problems)),
            filter_of("level", _("Level"), ((note.severity, note.word) for note in listed)),
            filter_of("check", _("Check"), ((note.check, note.check) for note in listed))))


def _groups(shown: list[Problem], context: Context) -> list[ProblemGroup]:
    """By owner, those with most to mend first; what nobody owns stands last."""
    owned: set[Problem] = set()
    groups: list[ProblemGroup] = []
    teams = sorted(context.atlas.teams.values(), key=lambda team: -len(context.problems_by_team.get(team.id, ())))
    for team in teams:
        own = context.problems_by_team.get(team.id, [])
        owned.update(own)
        if own:
            groups.append(ProblemGroup(team.id, context.team(team), notes(context, own)))
    rest = [problem for problem in shown if problem not in owned]
    if rest:
        groups.append(ProblemGroup(NOBODY, None, notes(context, rest)))
    return groups
