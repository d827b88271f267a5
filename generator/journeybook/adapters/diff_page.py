"""Changes as one HTML file that needs nothing else: the list, and each journey before and after."""

from __future__ import annotations

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from journeybook.adapters.diff import WORKTREE, Difference
from journeybook.adapters.report_changes import MARKS, NAMES, note, tally
from journeybook.changes.canvas import canvases
from journeybook.theme import theme_dir


def page(found: Difference) -> str:
    """The file. It runs no script and asks nobody for anything, and says so to the browser."""
    folder = theme_dir()
    environment = Environment(loader=FileSystemLoader(folder / "templates"), autoescape=True,
                              undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("diff.html").render(
        base=found.base, head="the work tree" if found.head == WORKTREE else found.head, changes=found.changes,
        journeys=list(canvases(found.before, found.after, found.changes)), names=NAMES,
        marks=MARKS, tally=tally, note=note,
        look=Markup((folder / "diff.css").read_text("utf-8")))  # noqa: S704 - our own file
