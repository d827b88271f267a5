"""Finding the project: the folder of ``mkdocs.yml`` and the few lines of it that we need.

Checking maps must not wait for the host to load, so the file is read here with a loader that passes over the host's
own tags (``!ENV``, ``!!python/name``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import yaml

from journeybook.problems import JourneybookError
from journeybook.settings import Settings, today

CONFIG_NAMES = ("mkdocs.yml", "mkdocs.yaml")
CACHE = Path(".cache") / "journeybook"


class _Lenient(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe loading that reads unknown tags as nothing."""


_Lenient.add_multi_constructor("!", lambda loader, suffix, node: None)
_Lenient.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: None)


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with ``mkdocs.yml``. ``options`` are those of our plugin."""

    config_file: Path
    site_name: str
    docs_dir: Path
    site_dir: Path
    edit_base: str
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        """The folder that paths are shown relative to."""
        return self.config_file.parent

    def settings(self, *, cache: bool = True) -> Settings:
        """Options of a run outside the host."""
        return make_settings(self.root, self.docs_dir, self.options, site_name=self.site_name,
                             edit_base=self.edit_base, cache=cache)


def make_settings(root: Path, docs_dir: Path, options: dict[str, Any], *, site_name: str, edit_base: str,
                  directory_urls: bool = True, cache: bool = True) -> Settings:
    """The options of one run, the same for the command line and the host."""
    atlas = (root / options["atlas"]).resolve() if options.get("atlas") else docs_dir
    if edit_base and atlas != docs_dir:
        edit_base = urljoin(edit_base, f"{_way(docs_dir, atlas)}/")
    return Settings(
        root=root, atlas=atlas, site_name=site_name, today=today(), edit_base=edit_base,
        cache=root / CACHE if cache and options.get("cache", True) else None,
        engine=options.get("engine", "auto"), directory_urls=directory_urls,
        ignored_files=frozenset(root / name for name in CONFIG_NAMES))


def edit_base(repo_url: str | None, edit_uri: str | None) -> str:
    """The host's address of the docs folder for editing, ``""`` when there is none."""
    if not edit_uri:
        return ""
    base = edit_uri if "://" in edit_uri else urljoin(f"{(repo_url or '').rstrip('/')}/", edit_uri.lstrip("/"))
    return f"{base.rstrip('/')}/" if "://" in base else ""


def find_project(config_file: Path | None, start: Path | None = None) -> Project:
    """The project of a folder: ``mkdocs.yml`` there or in the nearest folder above."""
    if config_file is None:
        here = (start or Path.cwd()).resolve()
        candidates = (folder / name for folder in (here, *here.parents) for name in CONFIG_NAMES)
        config_file = next((path for path in candidates if path.is_file()), None)
        if config_file is None:
            raise JourneybookError(
                "there is no mkdocs.yml in this folder or in one above it",
                "go to the folder of your maps, or name the file with --config-file")
    config_file = config_file.resolve()
    try:
        data = yaml.load(config_file.read_text("utf-8"), Loader=_Lenient)  # noqa: S506 - a safe loader
    except OSError:
        raise JourneybookError(f"{config_file} cannot be read", "check the path and its permissions") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise JourneybookError(f"{config_file.name}{line} is not valid YAML",
                               "compare the indentation and quotes with the lines above") from None
    if not isinstance(data, dict):
        raise JourneybookError(f"{config_file.name} holds no settings", "it starts with `site_name: …`")
    return _project(config_file, data)


def _project(config_file: Path, data: dict[str, Any]) -> Project:
    root = config_file.parent
    docs_dir = (root / str(data.get("docs_dir") or "docs")).resolve()
    if not docs_dir.is_dir():
        raise JourneybookError(f"the folder {docs_dir.name}/ that {config_file.name} names does not exist",
                               "create it, or correct `docs_dir:`")
    options: dict[str, Any] = {}
    plugins = data.get("plugins") or []
    for entry in plugins.items() if isinstance(plugins, dict) else plugins:
        pairs = entry.items() if isinstance(entry, dict) else [entry] if isinstance(entry, tuple) else []
        for name, given in pairs:
            if name == "journeybook" and isinstance(given, dict):
                options = given
    return Project(
        config_file, str(data.get("site_name") or ""), docs_dir, (root / str(data.get("site_dir") or "site")),
        edit_base(_word(data.get("repo_url")), _edit_uri(data)), options)


def _edit_uri(data: dict[str, Any]) -> str:
    """``edit_uri``, or what MkDocs makes of a known host."""
    given = _word(data.get("edit_uri"))
    repo = _word(data.get("repo_url"))
    if given or not repo:
        return given
    if "github.com" in repo or "gitlab.com" in repo:
        return "edit/master/docs/"
    return "src/default/docs/" if "bitbucket.org" in repo else ""


def _word(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _way(start: Path, end: Path) -> str:
    import os

    return Path(os.path.relpath(end, start)).as_posix()
