"""A built site on a loopback port, as a browser test needs it: packed, and over kept connections, as hosts do."""

from __future__ import annotations

import functools
import gzip
import http.server
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HEADERS = "_headers"
SLOW = {"Save-Data": "on"}  # whoever asks so gets pages in pieces, as over a slow line
PIECES, LEAST, PAUSE = 20, 1500, 0.015  # at most so many, of at least so many bytes, with seconds between them
PACKED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".csv", ".txt"}


@functools.lru_cache(4096)
def _packed(path: Path, _changed: int) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # a body does not wait until the browser has confirmed its header

    def do_GET(self) -> None:
        """Text goes out packed where the browser takes that; what is not there is answered by the site's own page."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() and self.path.partition("?")[0].endswith("/") else path
        lost = not path.exists()
        path = Path(self.directory) / "404.html" if lost else path
        if path.suffix not in PACKED or "gzip" not in self.headers.get("Accept-Encoding", "") or not path.is_file():
            super().do_GET()
            return
        body = _packed(path, path.stat().st_mtime_ns)
        self.send_response(404 if lost else 200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        slowly = path.suffix == ".html" and self.headers.get("Save-Data")
        size = max(LEAST, len(body) // PIECES) if slowly else len(body)
        self.wfile.write(body[:size])
        for start in range(size, len(body), size):
            time.sleep(PAUSE)
            self.wfile.write(body[start:start + size])

    def end_headers(self) -> None:
        """What the site's own file says is sent along, as hosts that know the file do."""
        file = Path(self.directory) / HEADERS
        for line in file.read_text("utf-8").splitlines()[1:] if file.is_file() else ():
            name, _, value = line.strip().partition(": ")
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name for it
        """Say nothing."""


@contextmanager
def served(folder: Path, port: int = 0) -> Iterator[str]:
    """The address of the folder, with a slash at the end, while the block runs."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
