"""Where the program's words go: output whose reader may leave, be full or not be there at all.

A reader that closes early (``| head``) is in its right: the command goes on without it and ends with its own exit code.
Output that cannot be written otherwise, to a full disk say, means that the command could not do what it was asked.
"""

from __future__ import annotations

import io
import os
import sys
from typing import TextIO

from journeybook.problems import JourneybookError

ELSEWHERE = "end the command with `> FILE`, where there is space and a right to write"


class _Lasting(io.FileIO):
    """A standard stream. Once its reader is gone, all that follows goes nowhere."""

    def __init__(self, number: int, *, silent: bool) -> None:
        super().__init__(number, "w", closefd=False)
        self._silent = silent

    def write(self, data: object) -> int:
        """Called by the buffer in front of it."""
        try:
            return super().write(data)  # type: ignore[arg-type]
        except OSError as error:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)
            if self._silent or isinstance(error, BrokenPipeError):
                return len(memoryview(data))  # type: ignore[arg-type]
            raise JourneybookError(f"the output cannot be written: {(error.strerror or 'no reason given').lower()}",
                                   ELSEWHERE) from None


def hold_streams() -> None:
    """Make the streams of this process last. Raises :class:`JourneybookError` where there is no output at all."""
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - it lasts as long as we do
    if sys.stdout is None:
        raise JourneybookError("the output is closed, so nothing could be said",
                               "end the command with `> FILE`, or with `> /dev/null` if nobody wants to read it")
    if sys.platform == "win32":  # its terminal has a stream of its own kind
        return
    sys.stdout = _lasting(sys.stdout, silent=False)
    sys.stderr = _lasting(sys.stderr, silent=True)


def _lasting(stream: TextIO, *, silent: bool) -> TextIO:
    """The same stream; a character that its encoding lacks is written as a code instead of ending the command."""
    try:
        number = stream.fileno()
    except (AttributeError, OSError):  # somebody who calls us from a program of their own keeps what is said
        return stream
    stream.flush()
    errors = stream.errors if stream.encoding.lower().startswith("utf") else "backslashreplace"
    return io.TextIOWrapper(io.BufferedWriter(_Lasting(number, silent=silent)), stream.encoding, errors,
                            newline="\n", line_buffering=stream.isatty() or silent)
