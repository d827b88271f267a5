"""Pages cut from shared frames, written by as many processes as there are processors.

A file system takes longer to make a folder and a file for each page than we take to put the page into its frame.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from journeybook.adapters.host_pages import JourneyPage
from journeybook.adapters.shell import Frame
from journeybook.adapters.standing import Standing
from journeybook.workers import processors, shared_out, shares

AT_ONCE = 16  # times as many shares as workers: some pages are ten times as long as others


def write_cut(pages: Sequence[JourneyPage], frame_of: Callable[[JourneyPage], Frame],
              standing: Standing | None) -> None:
    """Write pages that can be ``cut``, or let those of the old site stand.

    Raises OSError where a page cannot be written.
    """
    frames = [frame_of(page) for page in pages]
    if standing:
        for page, frame in zip(pages, frames, strict=True):
            standing.expect(page, frame)

    def write(share: range) -> list[None]:
        for position in share:
            page = pages[position]
            path = page.file.abs_dest_path
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - thousands
            if not (standing and standing.take(page)):
                with open(path, "wb") as file:  # noqa: PTH123 - as above
                    file.write(frames[position].around(page).encode("utf-8", "xmlcharrefreplace"))  # as the host does
        return [None for _ in share]

    workers = processors()
    shared_out(write, shares(len(pages), workers * AT_ONCE), workers, len(pages))
