"""The preview's server: while it works it lets browsers have the page that they wait for, but not for long."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from journeybook.adapters import live_server
from journeybook.adapters.live_server import Server

LONG = 60.0


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """One that answers, and builds nothing."""
    (tmp_path / "index.html").write_text("<html><body>Here</body></html>", "utf-8")
    found = Server(lambda: None, "127.0.0.1", 0, str(tmp_path), "/")
    found.server_bind()
    found.server_activate()
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield found
    found._shutdown = True
    with found._epoch_cond:
        found._epoch_cond.notify_all()
    found.server_close()


def telling(server: Server, *, courteous: bool = True) -> threading.Thread:
    """The page has changed: tells so elsewhere."""
    thread = threading.Thread(target=lambda: server.changed(["index.html"], courteous=courteous), daemon=True)
    thread.start()
    return thread


def ask(server: Server, version: int) -> int:
    """What a page of this version does; gives the version that there is."""
    port = server.server_address[1]
    question = Request(f"http://127.0.0.1:{port}/livereload/{version}/1", headers={"Referer": f"http://127.0.0.1:{port}/"})
    with urlopen(question, timeout=LONG) as answer:
        return int(answer.read())


def test_work_goes_on_once_a_browser_has_the_page(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of before hears of it at once; work waits for the one that is loaded then."""
    monkeypatch.setattr(live_server, "COURTESY", LONG)
    working = telling(server)
    version = ask(server, 0)
    assert version > 0
    working.join(0.2)
    assert working.is_alive()
    threading.Thread(target=ask, args=(server, version), daemon=True).start()
    working.join(LONG / 2)
    assert not working.is_alive()


def test_work_goes_on_when_something_else_was_saved(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is shown is old already."""
    monkeypatch.setattr(live_server, "COURTESY", LONG)
    working = telling(server)
    server.wake()
    working.join(LONG / 2)
    assert not working.is_alive()


def test_nobody_is_waited_for_in_vain(server: Server) -> None:
    """A tab in the background does not load."""
    working = telling(server)
    working.join(LONG / 2)
    assert not working.is_alive()


def test_only_the_courteous_wait(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest of a site is told of when it is done: nothing is left that could wait."""
    monkeypatch.setattr(live_server, "COURTESY", LONG)
    working = telling(server, courteous=False)
    working.join(LONG / 2)
    assert not working.is_alive()
