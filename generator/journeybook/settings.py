"""Options of one run, and the limits a site's owner may set."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath

from journeybook.frozen import dataclass
from journeybook.problems import JourneybookError

REGISTER_ROWS = 120
"""Rows of a register on one page, unless the site's owner says otherwise; some 4,000 elements."""
BEYOND = "beyond, words stand in its place"


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds, by the names under which ``mkdocs.yml`` may set them; passing one is a problem that names it.

    Figures follow from measured costs of the readers and the layout engine: well above real maps, well below
    what hurts a run.
    """

    file_bytes: int = field(default=1_000_000, metadata={"counts": "bytes of a YAML file"})
    yaml_depth: int = field(default=20, metadata={"counts": "levels of nesting in a YAML file"})
    yaml_nodes: int = field(default=200_000, metadata={"counts": "values in a YAML file"})
    csv_bytes: int = field(default=5_000_000, metadata={"counts": "bytes of a CSV file"})
    csv_rows: int = field(default=100_000, metadata={"counts": "rows of a CSV file"})
    image_bytes: int = field(default=1_000_000, metadata={"counts": "bytes of a picture"})
    image_side: int = field(default=4_096, metadata={"counts": "pixels of a picture's longer side"})
    journeys: int = field(default=20_000, metadata={"counts": "journeys of an atlas"})
    stages: int = field(default=200, metadata={"counts": "stages of a journey"})
    transitions: int = field(default=400, metadata={"counts": "transitions of a journey; also at most four a stage"})
    page_bytes: int = field(
        default=1_000_000, metadata={"counts": "bytes of the page of a journey; from half of it there is a notice"})
    graph_boxes: int = field(default=1_000, metadata={"counts": f"boxes of a diagram; {BEYOND}"})
    graph_lines: int = field(default=1_200, metadata={"counts": f"lines of a diagram; {BEYOND}"})
    svg_bytes: int = field(default=2_000_000, metadata={"counts": f"bytes of a diagram; {BEYOND}"})
    site_bytes: int = field(default=500_000_000, metadata={"counts": "bytes of the site; beyond, there is a notice"})
    problems_per_file: int = field(default=100, metadata={"counts": "problems told of a file; then a count"})
    problems_per_run: int = field(
        default=1_000, metadata={"counts": "problems told in one run, the worst first; then a count"})


SCHEMA = Path(".journeybook") / "schema.json"
"""Where editors find the schema of a project's maps; that of an atlas among several lies below ``at`` there."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A further folder of an atlas, which may be a checkout of another repository.

    ``shown`` is its path from the project, ``name`` the first part of the places of its files on the site.
    ``edit_pattern`` and ``edit_folder`` mean what they mean in :class:`Settings`.
    """

    path: Path
    shown: str
    edit_pattern: str = ""
    edit_folder: str = "."

    @property
    def name(self) -> str:
        """The folder's own name."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class Settings:
    """What one run needs to know. Paths are absolute.

    ``root`` is the folder of ``mkdocs.yml`` (places are shown relative to it), ``atlas`` the folder that holds the
    YAML. ``edit_pattern`` is the Git host's address of a file (:mod:`journeybook.hosting`), ``""`` when there is none;
    ``edit_folder`` is the atlas's path from the host's folder of pages. ``cache`` None switches caching off. ``engine``
    is auto, embedded, dot or none. ``reference`` adds the pages that say how to write maps. ``history`` tells changes
    from Git: None where there is a repository, True always (the page says why there are none), False never.
    ``site_url`` is the site's public address, if it is known. A register of more than ``register_rows`` rows is
    divided into pages. ``folders`` hold further files of the same atlas. ``at`` is where the atlas stands on a site
    with several, such as ``care/``. ``texts`` stand in place of what files hold, by the path that messages show.
    """

    root: Path
    atlas: Path
    site_name: str = ""
    today: date = date(1970, 1, 1)
    edit_pattern: str = ""
    edit_folder: str = ""
    cache: Path | None = None
    engine: str = "auto"
    directory_urls: bool = True
    reference: bool = True
    history: bool | None = None
    site_url: str = ""
    register_rows: int = REGISTER_ROWS
    folders: tuple[Folder, ...] = ()
    at: str = ""
    ignored_files: frozenset[Path] = frozenset()
    texts: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)

    def shown(self, path: Path) -> str:
        """A path as messages show it: relative to ``root`` where possible, with ``/``."""
        whole, root = path.as_posix(), self.root.as_posix().rstrip("/")
        if whole.startswith(f"{root}/"):  # for many files: `relative_to` takes five times as long
            return whole[len(root) + 1:]
        if path == self.root:
            return "."
        folder = self.folder_of(path)
        return (PurePosixPath(folder.shown, path.relative_to(folder.path)) if folder else path).as_posix()

    @property
    def roots(self) -> tuple[Path, ...]:
        """All folders of the atlas."""
        return (self.atlas, *(folder.path for folder in self.folders))

    def folder_of(self, path: Path) -> Folder | None:
        """The further folder in which a file lies, if it does."""
        return next((folder for folder in self.folders if path.is_relative_to(folder.path)), None)

    def place(self, path: Path) -> str:
        """A file's place on the site: its path in the atlas, ``""`` where it is not of the atlas."""
        if path.is_relative_to(self.atlas):
            return path.relative_to(self.atlas).as_posix()
        folder = self.folder_of(path)
        return f"{folder.name}/{path.relative_to(folder.path).as_posix()}" if folder else ""

    def above(self, place: str) -> Path:
        """The folder from which the path of a file is its place on the site."""
        first = place.partition("/")[0]
        return next((folder.path.parent for folder in self.folders if folder.name == first), self.atlas)


def today(environment: dict[str, str] | None = None) -> date:
    """The build date: ``SOURCE_DATE_EPOCH`` (reproducible-builds.org) when set, else today in UTC."""
    stated = (os.environ if environment is None else environment).get("SOURCE_DATE_EPOCH")
    if stated is None:
        return datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(stated), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise JourneybookError(
            f"SOURCE_DATE_EPOCH is {stated!r}, which is not a number of seconds",
            "unset it, or set it to whole seconds since 1970, such as 1767225600",
        ) from error


def user_cache(kind: str) -> Path | None:
    """``journeybook/<kind>`` in the user's cache folder (XDG base directories; LOCALAPPDATA on Windows), if any.

    For what must not come out of the project, because it is believed or run.
    """
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    with contextlib.suppress(RuntimeError):
        return (Path(base) if base else Path.home() / ".cache") / "journeybook" / kind
    return None
