"""Real sites for the tests: copies of the demo atlases, built once and shared, and commands run in them."""

from __future__ import annotations

import atexit
import os
import posixpath
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from click.testing import CliRunner
from click.testing import Result as CliResult
from jinja2 import BaseLoader, BytecodeCache, Environment, Template
from jinja2.bccache import Bucket
from lxml import html

from journeybook.adapters.cli import main
from journeybook.adapters.host_settings import icons_of
from journeybook.adapters.project import find_project
from journeybook.book import Book, build_book

CHECKOUT = Path(__file__).parents[1]
EPOCH = "1795219200"  # 21 November 2026: the demo's reviews and values are judged as of that day
EXAMPLES = {"clearnest": "clearnest-home-air", "leafbound": "leafbound", "northlight": "northlight-fibre",
            "juniper": "juniper-and-oak"}
FIRMS = {"tallybird": CHECKOUT, **{firm: CHECKOUT / "examples" / folder for firm, folder in EXAMPLES.items()}}
XLINK = "{http://www.w3.org/1999/xlink}href"
DOT = """\
site_name: Small
docs_dir: maps
theme: { name: material, font: false }
plugins: [search, journeybook]
"""


def copy_of(firm: str, folder: Path) -> Path:
    """The project of a demo firm, copied to ``folder``: ``mkdocs.yml`` and its maps."""
    source = FIRMS[firm]
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(source / "mkdocs.yml", folder)
    shutil.copytree(source / "maps", folder / "maps")
    return folder


def project(folder: Path, maps: Mapping[str, str], config: str = DOT) -> Path:
    """A small project: ``mkdocs.yml`` and the files of ``maps/``."""
    files = {"mkdocs.yml": config, **{f"maps/{name}": text for name, text in maps.items()}}
    (folder / "maps").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def picture() -> bytes:
    """A real PNG of one pixel."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b""))


BREAK = "maps/journeys/installation-day.yml"  # a journey of the smaller demo, for tests to break
JOURNEY = "title: Buy\nowner: sales\nstages:\n  - Look\n  - Choose\n"


class _Compiled(BytecodeCache):
    """Compiled templates, shared by the many builds of one test run: most of a small build is compiling them."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED: dict[str, _Compiled] = defaultdict(_Compiled)  # by language: its words are compiled in


@contextmanager
def _compiled_once() -> Iterator[None]:
    """Loaders take templates that an earlier build has compiled from the same text."""
    real = BaseLoader.load

    def load(self: BaseLoader, environment: Environment, name: str, given: MutableMapping[str, Any] | None = None,
             ) -> Template:
        environment.bytecode_cache = (
            environment.bytecode_cache or _COMPILED[getattr(environment, "language", "")])
        return real(self, environment, name, given)

    BaseLoader.load = load  # type: ignore[method-assign]
    try:
        yield
    finally:
        BaseLoader.load = real  # type: ignore[method-assign]


@contextmanager
def standing_in(folder: Path, **environment: str | None) -> Iterator[None]:
    """The process stands in ``folder``, with the demo's day and these variables (None: not set)."""
    before, old = Path.cwd(), dict(os.environ)
    os.chdir(folder)
    set_to: dict[str, str | None] = {"SOURCE_DATE_EPOCH": EPOCH, "NO_COLOR": None, "FORCE_COLOR": None, **environment}
    for name, value in set_to.items():
        os.environ.pop(name, None) if value is None else os.environ.update({name: value})
    try:
        yield
    finally:
        os.chdir(before)
        os.environ.clear()
        os.environ.update(old)


def run(folder: Path, *words: str, **environment: str | None) -> CliResult:
    """``journeybook`` with these words in ``folder``, in this process. Nothing but an exit may come out of it."""
    with standing_in(folder, **environment), _compiled_once():
        result = CliRunner().invoke(main, list(words), prog_name="journeybook")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert "please report this line" not in result.stderr, result.stderr  # a fault of ours, told to users
    return result


def environment(**changes: str) -> dict[str, str]:
    """The environment of a process of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    return {**kept, "SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1", **changes}


def process(folder: Path, *words: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """``python -m <words>`` in a process of its own."""
    return subprocess.run([sys.executable, "-m", *words], cwd=folder, env=environment(**changes), text=True,
                          encoding="utf-8", capture_output=True, timeout=60, check=False)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file()}


def left_over(folder: Path) -> list[str]:
    """Unfinished or old sites that a build left beside its output."""
    return [path.name for path in folder.iterdir() if path.suffix in (".new", ".old")]


@dataclass
class Site:
    """A project with its built site."""

    root: Path

    @cached_property
    def book(self) -> Book:
        """The book the site was made from."""
        return book(self.root)

    @property
    def folder(self) -> Path:
        """Where the files are."""
        return self.root / "site"

    @cached_property
    def pages(self) -> dict[str, html.HtmlElement]:
        """Every page, parsed, by its path."""
        return {path.relative_to(self.folder).as_posix(): html.parse(str(path)).getroot()
                for path in sorted(self.folder.rglob("*.html"))}

    @cached_property
    def anchors(self) -> dict[str, set[str]]:
        """The places in each page that a link can lead to."""
        return {name: {str(a) for a in page.xpath("//@id | //a/@name")} for name, page in self.pages.items()}

    def dead_links(self) -> list[str]:
        """Links that lead nowhere, each with its page and why: all of ``href``, ``src`` and ``xlink:href``."""
        return [f"{name}: {why}" for name, page in self.pages.items()
                for address in sorted({str(a) for a in page.xpath("//@href | //@src | //@*[name()='xlink:href']")})
                if (why := self.missing(name, address))]

    def page(self, uri: str) -> html.HtmlElement:
        """A page by its place in directory form."""
        return self.pages[f"{uri}index.html"]

    def missing(self, page: str, address: str) -> str:
        """Why a link of a page leads nowhere, ``""`` when it leads somewhere. Resolved as a browser does."""
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return ""
        here = f"/{page}"
        path = unquote(parts.path)
        there = posixpath.normpath(posixpath.join(posixpath.dirname(here), path)) if path else here
        target = self.folder / there.lstrip("/")
        if target.is_dir():
            if not parts.path.endswith(("/", ".", "..")):
                return f"{address}: a folder without a slash at the end"
            target /= "index.html"
        if not target.is_file():
            return f"{address}: no such file"
        anchors = self.anchors.get(target.relative_to(self.folder).as_posix(), set())
        return f"{address}: no such anchor" if parts.fragment and unquote(parts.fragment) not in anchors else ""


@cache
def site(firm: str) -> Site:
    """The site of a demo firm, built once with the command."""
    root = Path(tempfile.mkdtemp(prefix="journeybook-tests-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    copy_of(firm, root)
    result = run(root, "build")
    assert result.exit_code == 0, result.stderr
    return Site(root)


@cache
def built_by_zensical(firm: str) -> Site:
    """The site of a demo firm as stubs, built by Zensical; the project of the stubs lies beside the maps."""
    root = Path(tempfile.mkdtemp(prefix="journeybook-tests-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    copy_of(firm, root)
    result = run(root, "export", "stubs", "--out", "stubs")
    assert result.exit_code == 0, result.stderr
    done = process(root / "stubs", "zensical", "build")
    assert done.returncode == 0, done.stderr
    (root / "stubs" / "site").rename(root / "site")
    return Site(root)


def book(root: Path) -> Book:
    """The book of a project, without the host."""
    from mkdocs.config import load_config

    with standing_in(root):
        config = load_config(str(root / "mkdocs.yml"))
        return build_book(find_project(root / "mkdocs.yml").settings(), icons_of(config))


def edit(folder: Path, path: str, old: str, new: str) -> None:
    """Replace the first ``old`` in a file."""
    text = (folder / path).read_text("utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1), "utf-8")


def refused(result: object) -> str:
    """What a command says that could not run: plain words, a next step, no traceback."""
    assert getattr(result, "exit_code") == 2, result  # noqa: B009 - the runner's result
    words = str(getattr(result, "stderr"))  # noqa: B009
    assert words.startswith("journeybook: ")
    assert "  help: " in words
    assert "Traceback" not in words
    return words
