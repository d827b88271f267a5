"""Promises with one verdict, for the checks that tell it: what is said, where, and who has to talk."""

from __future__ import annotations

from collections.abc import Iterator

from journeybook import formats
from journeybook.frozen import dataclass
from journeybook.model import Atlas, Commitment, Promise
from journeybook.model.verdicts import verdicts
from journeybook.problems import Related, Span
from journeybook.settings import Settings

BOUNDS = ("at_most", "at_least", "equals", "sum")


@dataclass(frozen=True, slots=True)
class Case:
    """A promise with a verdict, for all that it covers or in the part that ``part`` names (``" (June to August)"``).

    ``commitments`` are those it was compared with.
    """

    promise: Promise
    part: str
    because: str
    commitments: tuple[Commitment, ...]

    @property
    def span(self) -> Span:
        """What is promised: the bound, else the measure, else the statement."""
        origin = self.promise.origin
        bound = next((key for key in BOUNDS if origin.has("measure", key)), None)
        if bound:
            return origin.span("measure", bound)
        return origin.span("measure") if origin.has("measure") else origin.span("statement")

    @property
    def related(self) -> tuple[Related, ...]:
        """Where the commitments are written."""
        return tuple(Related(f"the commitment `{commitment.id}`", bound_of(commitment))
                     for commitment in self.commitments)

    @property
    def commitment(self) -> str:
        """The commitments in words, as something to change."""
        names = [f"`{commitment.id}`" for commitment in self.commitments]
        where = f" of `{self.commitments[0].stage}`" if self.commitments else ""
        return f"the commitment{'s' if len(names) > 1 else ''} {formats.listed(names)}{where}"

    @property
    def people(self) -> str:
        """Who has to talk: ``let Sales talk to Onboarding``, ``decide`` where nobody is known."""
        teams = (self.promise.owner, *(commitment.owner for commitment in self.commitments))
        first, *others = [*dict.fromkeys(team.spec.name for team in teams if team), ""]
        if not others:
            return "decide"
        return f"let {first} talk to {formats.listed(others[:-1])}" if others[:-1] else f"let {first} decide"


def with_verdict(word: str, atlas: Atlas, settings: Settings) -> Iterator[Case]:
    """Promises of which some part has the verdict; parts for the same reason are told together."""
    for ident, verdict in verdicts(atlas, settings.today).items():
        promise = atlas.promises[ident]
        if not verdict.parts:
            if verdict.word == word:
                yield Case(promise, "", verdict.because, ())
            continue
        labels: dict[str, list[str]] = {}
        used: dict[str, list[str]] = {}
        for part in verdict.parts:
            if part.word == word:
                labels.setdefault(part.because, []).append(part.label)
                used.setdefault(part.because, []).extend(part.commitments)
        for because, found in labels.items():
            whole = len(found) == len(verdict.parts) or not all(found)
            yield Case(promise, "" if whole else f" ({formats.listed(found)})", because,
                       tuple(c for c in verdict.kept_by if c.id in used[because]))


def bound_of(commitment: Commitment) -> Span:
    """Where a commitment says how much."""
    origin = commitment.origin
    bound = next((key for key in BOUNDS if origin.has("measure", key)), None)
    return origin.span("measure", bound) if bound else origin.span("measure")
