"""Building and serving through the host's Python API.

The site is built into a folder beside the old one and then takes its place by renaming, on the same file system:
readers see the old site or the new one, never half of one.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from journeybook.adapters import report
from journeybook.adapters.project import find_project
from journeybook.book import Clock
from journeybook.problems import JourneybookError

MARK = Path("assets") / "journeybook" / "journeybook.css"  # in every site we build: it is ours to replace


@dataclass(slots=True)
class Built:
    """How a build went. ``refusal`` is empty when the site was published."""

    site_dir: str
    seconds: float = 0.0
    summary: str = ""
    refusal: str = ""
    notices: list[str] = field(default_factory=list)


def build_site(config_file: Path | None, site_dir: Path | None, *, strict: bool, keep_going: bool, cache: bool,
               clock: Clock | None = None) -> Built:
    """Build and publish, or refuse and leave the old site as it is."""
    started = time.perf_counter()
    project = find_project(config_file)
    target = Path(os.path.abspath(site_dir or project.site_dir))
    _ours(target, project.root, project.docs_dir)
    config = _load(project.config_file, strict=strict)
    plugin = _plugin(config)
    plugin.config["keep_going"] = keep_going or plugin.config["keep_going"]
    plugin.config["cache"] = cache and plugin.config["cache"]
    plugin.clock = clock
    result = Built(_shown(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", suffix=".new", dir=target.parent))
    try:
        result.notices, result.refusal = _build(config, fresh)
        if not result.refusal:
            fresh.chmod(0o755)
            _swap(fresh, target)
            reading = plugin.book.reading
            result.summary = report.summary(reading.problems, reading.files, len(reading.atlas.journeys))
    except OSError as error:
        raise JourneybookError(f"the site cannot be written: {error.strerror or 'the disk reports a fault'}",
                               "check space and permissions; the old site is as it was") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    result.seconds = time.perf_counter() - started
    return result


def serve_site(config_file: Path | None, addr: str, *, open_browser: bool) -> None:
    """The host's live preview; it watches the folder of the YAML by itself."""
    from mkdocs.commands import serve
    from mkdocs.exceptions import MkDocsException

    project = find_project(config_file)
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    log = logging.getLogger("mkdocs")
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    try:
        serve.serve(config_file=str(project.config_file), livereload=True, open_in_browser=open_browser,
                    dev_addr=addr)
    except (MkDocsException, OSError) as error:
        raise JourneybookError(f"the preview cannot start: {report.clean(str(error))}",
                               "another program may use this address; try --addr 127.0.0.1:8001") from error
    finally:
        log.removeHandler(handler)


def _load(config_file: Path, *, strict: bool) -> Any:
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    collected = _Collector()
    log = logging.getLogger("mkdocs")
    log.addHandler(collected)
    try:
        return load_config(str(config_file), strict=strict)
    except MkDocsException as error:
        words = "; ".join(collected.lines) or report.clean(str(error))
        raise JourneybookError(f"mkdocs.yml cannot be used: {words}", "correct the line and run again") from error
    finally:
        log.removeHandler(collected)


def _plugin(config: Any) -> Any:
    try:
        return config.plugins["journeybook"]
    except KeyError:
        raise JourneybookError("mkdocs.yml does not use journeybook",
                               "add a line `- journeybook` under `plugins:`") from None


def _build(config: Any, fresh: Path) -> tuple[list[str], str]:
    """Notices and, where nothing was published, the refusal."""
    from mkdocs.commands import build
    from mkdocs.exceptions import MkDocsException

    config.site_dir = str(fresh)
    collected = _Collector()
    log = logging.getLogger("mkdocs")
    log.addHandler(collected)
    try:
        config.plugins.on_startup(command="build", dirty=False)
        build.build(config)
    except MkDocsException as error:
        detail = "".join(f"\n  {line}" for line in collected.lines)
        return [], f"{error}{detail}"
    except SystemExit:
        return [], "\n".join(collected.lines) or "the host stopped the build without saying why"
    finally:
        log.removeHandler(collected)
        config.plugins.on_shutdown()
    return collected.lines, ""


class _Collector(logging.Handler):
    """Keeps the host's warnings, to be said once and in order."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Called by the logging package."""
        self.lines.append(report.clean(record.getMessage()))


def _ours(target: Path, root: Path, docs_dir: Path) -> None:
    """Refuse output folders whose loss would hurt."""
    forbidden = {Path("/"), Path.home(), root, docs_dir, *root.parents, *docs_dir.parents}
    if target in forbidden or target.is_relative_to(docs_dir):
        raise JourneybookError(f"the site must not be written to {_shown(target)}",
                               "name a folder of its own, such as --site-dir site")
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise JourneybookError(f"{_shown(target)} is not a folder", "name another one with --site-dir")
    if target.is_dir() and any(target.iterdir()) and not (target / MARK).is_file():
        raise JourneybookError(f"{_shown(target)} holds files that were not built by journeybook",
                               "empty the folder, or name another one with --site-dir")


def _swap(fresh: Path, target: Path) -> None:
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}-", suffix=".old", dir=target.parent))
    if target.exists():
        os.replace(target, old)
    try:
        os.replace(fresh, target)
    except OSError:
        if old.exists() and not target.exists():
            os.replace(old, target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _shown(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
