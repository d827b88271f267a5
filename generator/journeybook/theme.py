"""Where the templates and the look are: in the installed package, or in the checkout beside it."""

from __future__ import annotations

from pathlib import Path

from journeybook.problems import JourneybookError

_HERE = Path(__file__).resolve().parent


def theme_dir() -> Path:
    """The folder that holds ``templates/`` (ours) and ``overrides/`` (what the host sees).

    A built wheel carries it as ``journeybook/_theme``. An editable install and a plain checkout have no such
    copy and read ``theme/`` at the top of the repository, so that a change of a template shows at once.
    """
    for place in (_HERE / "_theme", _HERE.parents[1] / "theme"):
        if (place / "templates").is_dir():
            return place
    raise JourneybookError(
        "The theme of Journeybook is missing from this installation.",
        "Install it again: pip install --force-reinstall journeybook",
    )
