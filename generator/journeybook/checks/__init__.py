"""The checks: what each means, how much it weighs, and the run over a whole atlas.

Maintainers: one module a check; its file name is its id (``owner_missing.py`` → ``owner-missing``) and its
docstring is its page: first line what is wrong, then why it matters, then a bad and a good example. A module
has ``GROUP`` and ``LEVEL``, and either ``check(atlas, settings)`` or ``REPORTED_BY``, the earlier stage that
sees it. Whoever finds a problem never says how much it weighs: :func:`run` stamps id and level.
"""

from __future__ import annotations

from journeybook.checks.registry import CHECKS, Check, by_id
from journeybook.checks.runner import heard, refusals, run

__all__ = ["CHECKS", "Check", "by_id", "heard", "refusals", "run"]
