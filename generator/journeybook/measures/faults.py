"""What is wrong with a measure, as a value: a user's slip is never an exception here."""

from __future__ import annotations

from dataclasses import replace

from journeybook.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One slip in what somebody wrote; whoever knows the file makes a problem of it.

    ``check`` is the id it is reported under, ``help`` the next step, ``at`` where it is inside of what was read:
    a key (``at_most``), a key and a position (``holidays/2``), or a commitment and a key (``setup/measure``).
    """

    check: str
    message: str
    help: str = ""
    at: str = ""

    def within(self, at: str) -> Fault:
        """The same fault, seen from further outside."""
        return replace(self, at=f"{at}/{self.at}" if self.at else at)
