"""Journeybook turns YAML journey maps into a reviewed, published site.

For programs: :func:`read_book` reads and checks the maps of a project, :func:`build_book` renders its pages as well,
and :func:`verdicts` judges promises. What they give is typed: an :class:`Atlas` of journeys, stages and records, each
with what the team wrote (``spec``), and :class:`Problem` records with their places.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from journeybook.book import Book
    from journeybook.model import Atlas, Journey, Promise, Stage
    from journeybook.model.verdicts import Verdict
    from journeybook.problems import JourneybookError, Problem, Severity, Span
    from journeybook.reading import Reading

__all__ = ["Atlas", "Book", "Journey", "JourneybookError", "Problem", "Promise", "Reading", "Severity", "Span", "Stage",
           "Verdict", "build_book", "read_book", "verdicts"]
_HOMES = {"book": ("Book",), "model": ("Atlas", "Journey", "Promise", "Stage"), "model.verdicts": ("Verdict",),
          "problems": ("JourneybookError", "Problem", "Severity", "Span"), "reading": ("Reading",)}


def read_book(folder: str | Path = ".") -> Reading:
    """Read and check the maps of a project: ``.atlas`` is the model, ``.problems`` all that is wrong, in reading order.

    ``folder`` is that of ``mkdocs.yml`` or one below it; "today" is the build date in UTC, or ``SOURCE_DATE_EPOCH``.
    Raises :class:`JourneybookError` where there is no project; a team's mistakes are problems, never exceptions.
    """
    from journeybook.adapters.project import find_project
    from journeybook.reading import read_book as read

    return read(find_project(None, Path(folder)).settings())


def build_book(folder: str | Path = ".") -> Book:
    """The same with every page of the site rendered: ``.pages``, and ``.atlas`` and ``.problems`` as above.

    Nothing is written. Journeys that cannot be published show their problems in place of their map.
    """
    from journeybook.adapters.one_file import material_folder
    from journeybook.adapters.project import find_project
    from journeybook.book import build_book as build

    settings = find_project(None, Path(folder)).settings()
    return build(settings, material_folder() / ".icons" / "material", keep_going=True)


def verdicts(book: Book | Reading) -> dict[str, Verdict]:
    """Promise id → verdict (``word`` is "broken", "kept-on-paper" …, ``because`` says why), as the site shows it."""
    from journeybook.model.verdicts import verdicts as judged
    from journeybook.settings import today

    return dict(judged(book.atlas, today()))


def __getattr__(name: str) -> Any:
    """The types are imported when they are asked for: commands start without them."""
    home = next((module for module, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
