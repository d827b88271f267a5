"""What is written ahead of the host by as many processes as there are processors: pages cut from shared frames, data.

A file system takes longer to make a folder and a file for each page than we take to put the page into its frame.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial

from mkdocs.structure.files import File

from journeybook.adapters.host_pages import JourneyPage
from journeybook.adapters.shell import Frame
from journeybook.adapters.standing import Standing
from journeybook.workers import processors, shared_out, shares

AT_ONCE = 16  # times as many shares as workers: some pages are ten times as long as others


def write_ahead(pages: Sequence[JourneyPage], frame_of: Callable[[JourneyPage], Frame], data: Sequence[File],
                standing: Standing | None) -> None:
    """Write pages that can be ``cut`` and files of data, or let those of the old site stand.

    Raises OSError where one cannot be written.
    """
    frames = [frame_of(page) for page in pages]
    if standing:
        for page, frame in zip(pages, frames, strict=True):
            standing.expect_page(page, frame)
        for file in data:
            standing.expect_data(file)
    wanted: list[tuple[File, Callable[[], bytes]]] = [
        *((page.file, partial(_whole, page, frame)) for page, frame in zip(pages, frames, strict=True)),
        *((file, partial(_content, file)) for file in data)]

    def write(share: range) -> list[None]:
        for file, content in (wanted[position] for position in share):
            path = file.abs_dest_path
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - thousands
            if not (standing and standing.take(file)):
                with open(path, "wb") as written:  # noqa: PTH123 - as above
                    written.write(content())
        return [None for _ in share]

    workers = processors()
    shared_out(write, shares(len(wanted), workers * AT_ONCE), workers, len(wanted))


def _whole(page: JourneyPage, frame: Frame) -> bytes:
    return frame.around(page).encode("utf-8", "xmlcharrefreplace")  # as the host does


def _content(file: File) -> bytes:
    return file.content_bytes
