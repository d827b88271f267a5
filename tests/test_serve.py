"""The live preview: edits show, mistakes show, and the server survives both."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from support_site import DOT, JOURNEY, environment, project, run

PATIENCE = 20.0
MAPS = {
    "buy.yml": JOURNEY,
    "sell.yml": "title: Sell\nowner: sales\nstages: [Ask]\n",
    "teams.yml": "teams:\n  sales: { name: Sales }\n",
    "metrics.yml": "metrics:\n  looks: { name: Looks, owner: sales, values: looks.csv }\n",
    "looks.csv": "date,value\n2026-10-31,1234\n",
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Preview:
    """A server in a process of its own."""

    def __init__(self, folder: Path, *words: str, host: str = "127.0.0.1") -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"[{host}]:{self.port}" if ":" in host else f"{host}:{self.port}"
        self.temporary = Path(tempfile.mkdtemp(prefix="journeybook-serve-"))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "journeybook", "serve", "--addr", self.address, *words], cwd=folder,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
            env=environment(PYTHONUNBUFFERED="1", TMPDIR=str(self.temporary)))
        self.said = ""
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line

    def page(self, uri: str) -> str:
        """The page as it is now; ``""`` while there is none."""
        with suppress(URLError, ConnectionError, TimeoutError), urlopen(
                f"http://{self.address}/{uri}", timeout=5) as answer:
            return str(answer.read().decode("utf-8"))
        return ""

    def wait(self, uri: str, words: str) -> str:
        """The page, once it holds these words."""
        started = time.monotonic()
        page = ""
        while time.monotonic() - started < PATIENCE:
            page = self.page(uri)
            if words in page:
                return page
            assert self.process.poll() is None, self.said
            time.sleep(0.05)
        raise AssertionError(f"{words!r} never showed on {uri}:\n{self.said}\n{page[-2000:]}")

    def wait_without(self, uri: str, words: str) -> str:
        """The page, once it no longer holds these words."""
        started = time.monotonic()
        while words in (page := self.page(uri)) and time.monotonic() - started < PATIENCE:
            time.sleep(0.05)
        assert page, self.said
        assert words not in page, self.said
        return page

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end."""
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)

    def end(self) -> None:
        """Whatever happened, leave nothing running."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(PATIENCE)
        shutil.rmtree(self.temporary, ignore_errors=True)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """One server for all tests of this module; each puts back what it changed."""
    server = Preview(project(tmp_path_factory.mktemp("served"), MAPS))
    try:
        server.wait("journeys/buy/", "Stage by stage")
        yield server
    finally:
        server.end()


@pytest.fixture
def maps(preview: Preview) -> Iterator[Path]:
    """The served maps, as they were once a test is over."""
    folder = preview.folder / "maps"
    yield folder
    for path in folder.iterdir():
        if path.name not in MAPS:
            path.unlink()
    for name, text in MAPS.items():
        if not (folder / name).exists() or (folder / name).read_text("utf-8") != text:
            (folder / name).write_text(text, "utf-8")


def test_an_edited_map_shows(preview: Preview, maps: Path) -> None:
    """A new title in a YAML file is on the page within seconds."""
    (maps / "buy.yml").write_text(JOURNEY.replace("title: Buy", "title: Buy with ease"), "utf-8")
    preview.wait("journeys/buy/", "Buy with ease")


def test_edited_values_show(preview: Preview, maps: Path) -> None:
    """A new value in a CSV file is on the metric's page."""
    preview.wait("library/metrics/looks/", "1\u202f234")
    (maps / "looks.csv").write_text("date,value\n2026-10-31,5678\n", "utf-8")
    preview.wait("library/metrics/looks/", "5\u202f678")


def test_a_broken_map_is_shown_as_it_was(preview: Preview, maps: Path) -> None:
    """Its page has the last good map and says what to mend and where; other edits show; mending brings the new one."""
    (maps / "buy.yml").write_text('title: "Buy\nowner: sales\n', "utf-8")
    page = preview.wait("journeys/buy/", "what was there before")
    assert "Stage by stage" in page
    assert "maps/buy.yml:1:" in page
    assert "yaml-syntax" in page
    assert "maps/buy.yml:1:" in preview.said
    (maps / "sell.yml").write_text(MAPS["sell.yml"].replace("title: Sell", "title: Sell more"), "utf-8")
    assert "maps/buy.yml:1:" in preview.wait("journeys/sell/", "Sell more")
    (maps / "buy.yml").write_text(JOURNEY.replace("title: Buy", "title: Buy after all"), "utf-8")
    assert "what was there before" not in preview.wait("journeys/buy/", "Buy after all")


def test_a_broken_table_is_shown_as_it_was(preview: Preview, maps: Path) -> None:
    """Values in a table that is no good stay what they were, and pages say where to look."""
    preview.wait("library/metrics/looks/", "1\u202f234")
    (maps / "looks.csv").write_text("date,value\n2026-10-31,many\n2026-11-01,99\n", "utf-8")
    page = preview.wait("library/metrics/looks/", "what was there before")
    assert "1\u202f234" in page
    assert "maps/looks.csv:2:" in page
    (maps / "looks.csv").write_text("date,value\n2026-10-31,4321\n2026-11-01,99\n", "utf-8")
    page = preview.wait_without("library/metrics/looks/", "what was there before")
    assert "4\u202f321" in page


def test_a_map_that_never_was_good_shows_its_problems(preview: Preview, maps: Path) -> None:
    """A new file that cannot be read has a page with the reason; the other pages stay."""
    (maps / "new.yml").write_text('title: "New\nstages: [\n', "utf-8")
    page = preview.wait("journeys/new/", "cannot be read")
    assert "maps/new.yml:1:" in page
    assert "Stage by stage" in preview.page("journeys/sell/")


def test_a_file_that_suddenly_ends_early(preview: Preview, maps: Path) -> None:
    """Half a file that reads like a whole one is not taken for the map at once; if it stays so, it is."""
    whole = MAPS["sell.yml"].replace("[Ask]", "\n  - Ask\n  - Hear\n  - Decide\n")
    (maps / "sell.yml").write_text(whole, "utf-8")
    preview.wait("journeys/sell/", "Decide")
    (maps / "sell.yml").write_text(whole[:whole.index("  - Hear")], "utf-8")
    assert "Decide" in preview.wait("journeys/sell/", "suddenly become much shorter")
    page = preview.wait_without("journeys/sell/", "suddenly become much shorter")
    assert "Decide" not in page
    assert "Ask" in page


def test_half_a_file_is_never_a_site(preview: Preview, maps: Path) -> None:
    """While ever longer beginnings of a file are saved, each page that is served is whole and shows the whole map."""
    whole = "title: Stay\nowner: sales\nstages:\n" + "".join(f"  - Stage {n}\n" for n in range(9)) + "# end\n"
    place = maps / "stay.yml"
    place.write_text(whole, "utf-8")
    preview.wait("journeys/stay/", "Stage 8")
    for length in range(len(whole)):
        place.write_text(whole[:length], "utf-8")
        time.sleep(0.01)
        if length % 10 == 0:
            for uri in ("journeys/stay/", "", "journeys/"):
                page = preview.page(uri)
                assert page.rstrip().endswith("</html>"), (length, page[-200:])
            assert "Stage 8" in preview.page("journeys/stay/"), length
    place.write_text(whole.replace("Stay", "Stay on"), "utf-8")
    assert "what was there before" not in preview.wait("journeys/stay/", "Stay on")
    assert "Traceback" not in preview.said


def test_settings_that_break_leave_the_preview_as_it_was(preview: Preview) -> None:
    """A mkdocs.yml that cannot be read is said on the console; pages are served all the same; mending it goes on."""
    config = preview.folder / "mkdocs.yml"
    whole = config.read_text("utf-8")
    before = len(preview.said)
    for text, said in (("site_name: [\n", "mkdocs.yml, line 2 is not valid YAML\n  help: compare the indentation"),
                       (whole.replace("material", "matrial"), "mkdocs.yml cannot be used: 'theme': Unrecognised theme"),
                       (whole + "hooks: [gone.py]\n", "mkdocs.yml cannot be used: 'hooks': ")):
        config.write_text(text, "utf-8")
        started = time.monotonic()
        while said not in preview.said[before:] and time.monotonic() - started < PATIENCE:
            time.sleep(0.05)
        assert f"The preview stays as it was: {said}" in preview.said[before:]
    assert "Config value" not in preview.said[before:]
    assert "Aborted" not in preview.said[before:]
    assert "Stage by stage" in preview.page("journeys/buy/")
    config.write_text(whole.replace("site_name: Small", "site_name: Smaller"), "utf-8")
    preview.wait("journeys/buy/", "Smaller")
    config.write_text(whole, "utf-8")
    preview.wait("journeys/buy/", "Small<")
    assert "Traceback" not in preview.said


def test_a_broken_registry_does_not_stop_the_preview(preview: Preview, maps: Path) -> None:
    """While the teams cannot be read the journeys are still shown."""
    (maps / "teams.yml").write_text("teams: [\n", "utf-8")
    preview.wait("journeys/", "Buy")
    (maps / "sell.yml").write_text(MAPS["sell.yml"].replace("title: Sell", "title: Sell again"), "utf-8")
    preview.wait("journeys/sell/", "Sell again")


def test_maps_come_and_go(preview: Preview, maps: Path) -> None:
    """A new file gets a page; a deleted one loses it."""
    (maps / "stay.yml").write_text("title: Stay\nowner: sales\nstages: [Use]\n", "utf-8")
    preview.wait("journeys/stay/", "Stage by stage")
    (maps / "stay.yml").unlink()
    started = time.monotonic()
    while "Stage by stage" in preview.page("journeys/stay/") and time.monotonic() - started < PATIENCE:
        time.sleep(0.05)
    assert preview.page("journeys/stay/") == ""


def test_only_this_machine_is_served() -> None:
    """By default the preview listens to the loopback address."""
    from journeybook.adapters.commands.build import serve

    (address,) = [parameter.default for parameter in serve.params if parameter.name == "addr"]
    assert re.fullmatch(r"127\.0\.0\.1:\d+", str(address))


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=["terminated", "Ctrl-C"])
def test_the_preview_ends_cleanly(tmp_path: Path, how: signal.Signals) -> None:
    """Asked to end, it frees its port, removes its temporary site and shows no traceback; `site/` is never touched."""
    server = Preview(project(tmp_path, {"buy.yml": JOURNEY}))
    try:
        server.wait("journeys/buy/", "Stage by stage")
        assert server.stop(how) == 0
        time.sleep(0.1)
        assert "Traceback" not in server.said
        assert [p.name for p in server.temporary.iterdir()] == []
        assert not (tmp_path / "site").exists()
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", server.port))
    finally:
        server.end()


def test_an_address_in_use(tmp_path: Path) -> None:
    """A port that another program holds: exit 2, which one, and what to try."""
    folder = project(tmp_path, {"buy.yml": JOURNEY})
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        result = run(folder, "serve", "--addr", f"127.0.0.1:{port}")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-2:] == [
        f"journeybook: the preview cannot listen at 127.0.0.1:{port}: Address already in use",
        "  help: another program may use this address; try --addr 127.0.0.1:8001"]


@pytest.mark.parametrize("address", ["8000", "127.0.0.1", "127.0.0.1:http", "127.0.0.1:99999", ":8000",
                                     "nosuchhost:8000", "[::1:8000x"])
def test_an_address_that_is_none(tmp_path: Path, address: str) -> None:
    """Something that is no HOST:PORT is refused with an example."""
    result = run(project(tmp_path, {"buy.yml": JOURNEY}), "serve", "--addr", address)
    assert (result.exit_code, result.stderr) == (
        2, f"journeybook: `{address}` is no address to listen at\n"
           "  help: write HOST:PORT, such as 127.0.0.1:8000, localhost:8000 or [::1]:8000\n")


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
def test_an_address_of_ipv6(tmp_path: Path) -> None:
    """Its brackets are those of addresses in a browser, and the preview is served there."""
    server = Preview(project(tmp_path, {"buy.yml": JOURNEY}), host="::1")
    try:
        server.wait("journeys/buy/", "Stage by stage")
        assert f"Serving on http://[::1]:{server.port}/" in server.said
    finally:
        server.end()


def test_an_atlas_elsewhere_is_watched(tmp_path: Path) -> None:
    """Where `atlas:` names a folder outside the host's own, its edits show as well."""
    folder = project(tmp_path, {}, DOT.replace("journeybook]", "{journeybook: {atlas: atlas}}]"))
    (folder / "atlas").mkdir()
    (folder / "atlas" / "buy.yml").write_text(JOURNEY, "utf-8")
    server = Preview(folder)
    try:
        server.wait("journeys/buy/", "Stage by stage")
        (folder / "atlas" / "buy.yml").write_text(JOURNEY.replace("title: Buy", "title: Buy at once"), "utf-8")
        server.wait("journeys/buy/", "Buy at once")
    finally:
        server.end()
    assert list((folder / "maps").iterdir()) == []
