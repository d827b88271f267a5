"""Files of the site that stands: those that would come out the same are linked into the new one, not written again.

What each file of the old site was made from was noted when it was built, in the user's own cache folder. A file that
somebody touched since has another time or number and is written anew. So files that are as they were keep their time,
and whoever copies the site to a server by time and size copies only what changed.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from mkdocs.structure.files import File

from journeybook.adapters.host_pages import JourneyPage
from journeybook.adapters.shell import Frame
from journeybook.adapters.writing import write_whole
from journeybook.problems import JourneybookError
from journeybook.views.reads import digest

Look = tuple[int, int, int]
"""Size, time of the last change, number: what a file looks like from outside."""


class Standing:
    """The files in ``old``, a built site. ``marks`` say what each page was made from, by its place; without one a page
    is written.
    """

    def __init__(self, old: Path, folder: Path, marks: Mapping[str, str]) -> None:
        self._old = old
        self._marks = marks
        self._notes = folder / f"{digest((str(old),))}.site"
        self._known = _read(self._notes)
        self._here: dict[str, tuple[str, str]] = {}  # name → what it is like, and where it is

    def expect_page(self, page: JourneyPage, frame: Frame) -> None:
        """A page that the new site will have."""
        mark = self._marks.get(page.finished.uri)
        if mark is not None:
            self._expect(page.file, mark, frame.digest, str(page.canonical_url), page.shelves)

    def expect_data(self, file: File) -> None:
        """A file beside the pages that the new site will have."""
        self._expect(file, file.content_string)

    def _expect(self, file: File, *made_from: str) -> None:
        self._here[file.dest_uri] = digest(made_from), file.abs_dest_path

    def take(self, file: File) -> bool:
        """Link a file that is expected from the old site, if it would come out just so; gives whether it is there."""
        name = file.dest_uri
        like, path = self._here.get(name, ("", ""))
        known = self._known.get(name)
        if not like or known is None or known[0] != like:
            return False
        try:
            if [*_look(self._old / name)] != known[1]:
                return False
            os.link(self._old / name, path)
        except FileExistsError:  # a copy of this process that was lost did so already
            return True
        except OSError:
            return False
        return True

    def write(self) -> None:
        """Note what stands in the new site; where that is not possible the next build writes all files."""
        with contextlib.suppress(OSError, JourneybookError):
            notes = {name: (like, _look(Path(path))) for name, (like, path) in self._here.items()}
            write_whole(self._notes, json.dumps(notes))


def _look(path: Path) -> Look:
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ino


def _read(notes: Path) -> dict[str, tuple[str, list[int]]]:
    with contextlib.suppress(OSError, ValueError, TypeError, AttributeError):
        return {name: (like, look) for name, (like, look) in json.loads(notes.read_bytes()).items()}
    return {}
