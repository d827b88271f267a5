"""What nobody foresaw, in plain words with its place: a plugin, a hook or a template that fails, a fault of ours.

Maintainers: this hides nothing. Whatever stops a command is named by its kind and by file and line; ``-v`` shows the
whole way there.
"""

from __future__ import annotations

import os
import sys
import sysconfig
import traceback
from collections.abc import Mapping
from pathlib import Path

import journeybook
from journeybook.frozen import dataclass
from journeybook.problems import JourneybookError
from journeybook.theme import theme_dir

OURS, PYTHON = "journeybook", "python"
LIBRARIES = frozenset({PYTHON, "mkdocs", "properdocs", "jinja2", "markupsafe", "markdown", "click", "yaml", "pydantic",
                       "pydantic_core", "pygraphviz", "ibis", "duckdb"})
"""What we and the host are made of: where one of these fails, whoever called it is named."""
REPORT = "this should not happen: please report this line"
DISK = "check that path, its permissions and the space left; if they are in order, please report this line"


class AccidentError(JourneybookError):
    """What nobody foresaw; its cause has the whole way there."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a program or a template. ``package`` is the first part of a module's name."""

    package: str
    path: str
    line: int
    installed: bool = True

    def __str__(self) -> str:
        """As messages have it."""
        return f"{self.path}:{self.line}"

    @property
    def answers(self) -> bool:
        """Whether it is to be named: libraries do what they are told."""
        return not (self.installed and self.package in LIBRARIES)


def place_of(error: BaseException) -> Place:
    """The last line on the way to an error that is not a library's."""
    if isinstance(error, SyntaxError) and error.filename:  # of what was to be loaded: nobody came to that line
        return _place(error.filename, Path(error.filename).stem, error.lineno or 0)
    places = [_place(frame.f_code.co_filename, str(frame.f_globals.get("__name__", "")), line)
              for frame, line in traceback.walk_tb(error.__traceback__)]
    found = [place for place in places if place.answers]
    return (found or places or [Place("", "an unknown place", 0)])[-1]


def of_others(error: BaseException) -> bool:
    """Whether an error came about in what a team or somebody else wrote."""
    place = place_of(error)
    return place.answers and place.package != OURS


def told(error: Exception, plugins: Mapping[str, str] | None = None, what: str = "this command") -> JourneybookError:
    """An error in our words. ``plugins`` are those of the host that others wrote: package → the name in mkdocs.yml."""
    if isinstance(error, OSError) and _folder_is_gone():
        return JourneybookError("the folder that this command was started in is not there any more",
                                "go to a folder that is (`cd` leads home), then to that of your maps")
    if isinstance(error, UnicodeEncodeError) and "utf" not in sys.getfilesystemencoding():
        return JourneybookError(
            f"this system is set to {sys.getfilesystemencoding().upper()}, so names and words with other letters "
            "cannot be used", "put `PYTHONUTF8=1` before the command, or set `LC_ALL=C.UTF-8`")
    place = place_of(error)
    said = error.msg if isinstance(error, SyntaxError) else str(error)
    words, step = f"{type(error).__name__}: {said}".rstrip(": "), REPORT
    if isinstance(error, OSError) and error.strerror:
        words = error.strerror.lower() + (f": {_shown(os.fsdecode(error.filename))}" if error.filename else "")
        step = DISK
    if not of_others(error):
        return AccidentError(f"{what} stopped at {place}: {words}", step)
    name = (plugins or {}).get(place.package)
    where = f"the plugin `{name}`, at {place}" if name else str(place)
    step = f"take `{name}` out of `plugins:` in mkdocs.yml" if name else "take what uses it out of mkdocs.yml"
    return AccidentError(f"{what} stopped in {where}: {words}", f"correct that line, or {step}")


def whole_way(error: BaseException) -> str:
    """The traceback, for `-v`."""
    return "".join(traceback.format_exception(error)).rstrip()


def _place(file: str, module: str, line: int) -> Place:
    path = Path(file)
    for own in (theme_dir(), Path(journeybook.__file__).parent):
        if path.is_relative_to(own):
            return Place(OURS, path.relative_to(own.parent).as_posix(), line)
    shelf = next((at for at, part in enumerate(path.parts) if part in ("site-packages", "dist-packages")), None)
    if shelf is not None:
        return Place(path.parts[shelf + 1], "/".join(path.parts[shelf + 1:]), line)
    if file.startswith("<frozen") or path.is_relative_to(sysconfig.get_paths()["stdlib"]):
        return Place(PYTHON, path.name, line)
    return Place(module.partition(".")[0], _shown(file), line, installed=False)


def _shown(path: str) -> str:
    """A path as seen from here, or from the root where it lies elsewhere."""
    try:
        near = os.path.relpath(path)
    except (OSError, ValueError):
        return path
    return path if near.startswith("..") else near


def _folder_is_gone() -> bool:
    try:
        os.getcwd()  # noqa: PTH109 - nothing but the question
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False
