"""``python -m journeybook`` is the same as ``journeybook``."""

from __future__ import annotations

import signal
import sys


def run() -> None:
    """The program. Somebody may stop it before there is a command: that gets the words that commands have for it."""
    try:
        from journeybook.adapters.cli import main

        main(prog_name="journeybook")
    except KeyboardInterrupt:
        sys.stderr.write("journeybook: stopped\n")
        raise SystemExit(2) from None
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done and said
        # Python forgets only here that it was stopped inside such a piece of text (dataclasses are made of them), and
        # would end by the signal although we said why we end, with an exit code of our own.
        exec("")  # noqa: S102 - nothing at all


if __name__ == "__main__":
    run()
