"""Building and serving through the host's Python API.

The host empties its output folder before it fills it again; here it always works in a new folder, and
:mod:`journeybook.adapters.publish` puts that in place once it is complete.
"""

from __future__ import annotations

import errno
import ipaddress
import logging
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from journeybook.adapters import accidents, report
from journeybook.adapters.project import find_project, plugins_of
from journeybook.adapters.publish import check_target, replacing, swap
from journeybook.problems import JourneybookError
from journeybook.reading import Clock

DISK = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS)  # nobody who writes a file can help it
HOST_WORDS = ("Aborted with a BuildError!", "Aborted with a configuration error!")  # true, and no help


@dataclass(slots=True)
class Built:
    """How a build went. ``refusal`` is empty when the site was published."""

    site_dir: str
    seconds: float = 0.0
    summary: str = ""
    refusal: str = ""
    notices: list[str] = field(default_factory=list)


def build_site(config_file: Path | None, site_dir: Path | None, *, strict: bool | None, keep_going: bool,
               cache: bool, say: Callable[[str], None], clock: Clock | None = None, compare_to: str = "") -> Built:
    """Build and publish, or refuse and leave the old site as it is. ``say`` tells what takes time.

    With ``compare_to``, a revision, the site marks what differs from it. ``strict`` is None where ``mkdocs.yml`` says
    it.
    """
    started = time.perf_counter()
    project = find_project(config_file)
    target = Path(os.path.abspath(site_dir or project.site_dir))  # noqa: PTH100 - a link must stay one
    shown = _shown(target)
    folders = [root for settings in project.every(cache=cache) for root in settings.roots]
    check_target(target, (project.root, project.docs_dir, *folders), shown)
    config, warnings = load(project.config_file, strict=strict)
    plugins = plugins_of(config)
    for plugin in plugins:
        plugin.config["keep_going"] = keep_going or plugin.config["keep_going"]
        plugin.config["cache"] = cache and plugin.config["cache"]
        plugin.making.clock = clock
        plugin.making.compare_to = compare_to
        plugin.making.old = target
    result = Built(shown)
    published = False
    try:
        with _stoppable(), replacing(target, shown, say) as fresh:
            notices, result.refusal = _build(config, fresh)
            result.notices = [*warnings, *notices]
            if not result.refusal:
                swap(fresh, target)
                published = True
    except KeyboardInterrupt:
        state = "the new site is in place" if published else "the site is as it was"
        raise JourneybookError(f"stopped; {state}") from None
    except OSError as error:
        raise JourneybookError(f"the site cannot be written: {error.strerror or 'the disk reports a fault'}",
                               "check space and permissions; the old site is as it was") from error
    if published:
        readings = [plugin.making.book.reading for plugin in plugins]
        result.summary = report.summary([problem for reading in readings for problem in reading.problems],
                                        sum(reading.files for reading in readings),
                                        sum(len(reading.atlas.journeys) for reading in readings))
    result.seconds = time.perf_counter() - started
    return result


def serve_site(config_file: Path | None, addr: str, *, open_browser: bool, clock: Clock | None = None) -> None:
    """The live preview, until somebody stops it."""
    from mkdocs.exceptions import MkDocsException

    from journeybook.adapters.preview import preview

    host, port = _address(addr)
    project = find_project(config_file)
    plugins_of(load(project.config_file)[0])
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    handler.addFilter(_cleaned)
    log = logging.getLogger("mkdocs")
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    try:
        with _stoppable():
            preview(project.config_file, host, port, open_browser=open_browser, clock=clock)
    except KeyboardInterrupt:
        pass  # stopped before it listened
    except OSError as error:
        raise JourneybookError(f"the preview cannot listen at {addr}: {error.strerror or error}",
                               "another program may use this address; try --addr 127.0.0.1:8001") from error
    except MkDocsException as error:
        raise JourneybookError(f"the preview stopped: {report.clean(str(error))}",
                               "the lines above say why") from error
    finally:
        log.removeHandler(handler)


def _address(addr: str) -> tuple[str, int]:
    """Where to listen: `localhost` or the number of a network address, that of IPv6 in brackets; and the port."""
    host, _, port = addr.rpartition(":")
    bare = host.removeprefix("[").removesuffix("]")
    try:
        known = bare == "localhost" or bool(ipaddress.ip_address(bare))
    except ValueError:
        known = False
    if not known or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise JourneybookError(f"`{addr}` is no address to listen at",
                               "write HOST:PORT, such as 127.0.0.1:8000, localhost:8000 or [::1]:8000")
    return bare, int(port)


def _cleaned(record: logging.LogRecord) -> bool:
    record.msg, record.args = report.clean_lines(record.getMessage()), ()
    return True


@contextmanager
def _stoppable() -> Iterator[None]:
    """A polite request to end is treated like Ctrl-C, so that nothing is left behind."""
    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not in the main thread: whoever runs us looks after signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def load(config_file: Path, **options: Any) -> tuple[Any, list[str]]:
    """The host's settings, and what it says about them, which it then does not print itself.

    Raises :class:`JourneybookError` where it cannot use them.
    """
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    with _collected(logging.WARNING, alone=True) as lines:
        try:
            return load_config(str(config_file), **options), lines
        except MkDocsException as error:
            words = [line.removeprefix("Config value ") for line in lines] or [report.clean(str(error))]
            raise JourneybookError(f"{config_file.name} cannot be used: {'; '.join(words)}",
                                   "correct the line and run again") from error


def _build(config: Any, fresh: Path) -> tuple[list[str], str]:
    """Notices and, where nothing was published, the refusal."""
    from mkdocs.commands import build
    from mkdocs.exceptions import MkDocsException

    config.site_dir = str(fresh)
    with _collected(logging.WARNING) as lines:
        try:
            config.plugins.on_startup(command="build", dirty=False)
            build.build(config)
        except MkDocsException as error:
            own = getattr(error.__context__, "__cause__", None)
            if isinstance(own, JourneybookError):  # ours, dressed for the host
                raise own from None
            words = report.clean_lines(error.format_message())
            return [], "\n".join(lines if lines and words in HOST_WORDS else [*lines, words])
        except JourneybookError:
            raise
        except Exception as error:  # of a plugin, a hook or a template, or ours
            if isinstance(error, OSError) and (error.errno in DISK or not accidents.of_others(error)):
                raise
            raise accidents.told(error, _others(config), "the build") from error
        finally:
            config.plugins.on_shutdown()
    return lines, ""


def _others(config: Any) -> dict[str, str]:
    """The package of each plugin that is not ours → its name in ``mkdocs.yml``."""
    named: dict[str, list[str]] = {}
    for name, plugin in config.plugins.items():
        named.setdefault(type(plugin).__module__.partition(".")[0], []).append(name)
    return {package: names[0] for package, names in named.items() if len(names) == 1}


@contextmanager
def _collected(level: int, *, alone: bool = False) -> Iterator[list[str]]:
    """What the host says meanwhile, to be said once and in order; ``alone``: nobody else hears it."""
    collector = _Collector(level)
    log = logging.getLogger("mkdocs")
    others = log.handlers
    log.handlers = [collector] if alone else [*others, collector]
    try:
        yield collector.lines
    finally:
        log.handlers = others


class _Collector(logging.Handler):
    """Keeps lines of the log."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Called by the logging package."""
        self.lines.append(report.clean_lines(record.getMessage()).removeprefix("journeybook: "))


def _shown(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
