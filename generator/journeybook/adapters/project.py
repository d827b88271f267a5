"""Finding the project: the folder of ``mkdocs.yml`` and the few lines of it that we need.

Checking maps must not wait for the host to load, so the file is read here, with the host's ``!ENV`` and
``INHERIT``, by a loader that passes over its other tags (``!!python/name``).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import field, fields
from pathlib import Path
from typing import Any

import yaml

from journeybook.adapters.atlases import AT, check_apart, folders_of
from journeybook.frozen import dataclass
from journeybook.hosting import edit_pattern
from journeybook.problems import JourneybookError
from journeybook.settings import REGISTER_ROWS, Limits, Settings, today
from journeybook.source.syntax import conflict

CONFIG_NAMES = ("mkdocs.yml", "mkdocs.yaml")
CACHE = Path(".cache") / "journeybook"
ENGINES = ("auto", "embedded", "dot", "none")
OPTIONS: Mapping[str, tuple[type, str]] = {
    "atlas": (str, "a folder, such as `atlas: maps`"),
    "at": (str, "small letters, digits and hyphens, such as `at: care`: the maps then stand below care/ on the site"),
    "folders": (list, "folders, such as `folders: [../sales-maps]`, each with the address at which its files are "
                      "edited after a colon if it is another repository"),
    "keep_going": (bool, "true or false"),
    "engine": (str, f"one of {', '.join(ENGINES)}"),
    "history": (bool, "true or false"),
    "cache": (bool, "true or false"),
    "reference": (bool, "true or false"),
    "register_rows": (int, "a whole number, such as `register_rows: 200`"),
    "limits": (dict, "names and whole numbers, such as `limits: {stages: 300}`; docs/limits.md has all of them"),
}
"""Options of the plugin: the type of each, and what is said when it is another."""
MOST_PARENTS = 10  # files that INHERIT from each other: more is a circle


class _Lenient(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe loading that knows ``!ENV`` and reads other tags as nothing."""


def _from_environment(loader: Any, node: yaml.Node) -> Any:
    """``!ENV NAME`` or ``!ENV [NAME, OTHER, default]``, as the host reads them."""
    if isinstance(node, yaml.ScalarNode):
        names, default = [str(node.value)], None
    else:
        *names, default = loader.construct_sequence(node) or [None]
        names, default = ([default], None) if not names else (names, default)
    found = next((os.environ[str(name)] for name in names if str(name) in os.environ), None)
    return default if found is None else yaml.safe_load(found)


_Lenient.add_multi_constructor("!", lambda loader, suffix, node: None)
_Lenient.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: None)
_Lenient.add_constructor("!ENV", _from_environment)


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with ``mkdocs.yml``. ``options`` are those of our plugin, if it is named there at all.

    A site may have several atlases: ``atlases`` are the options of each, and ``options`` those of the one that was
    asked from, None where that was none.
    """

    config_file: Path
    site_name: str
    docs_dir: Path
    site_dir: Path
    edit_pattern: str
    options: dict[str, Any] | None = field(default_factory=dict)
    uses_plugin: bool = True
    directory_urls: bool = True
    site_url: str = ""
    custom_dir: Path | None = None
    atlases: tuple[dict[str, Any], ...] = ({},)

    @property
    def root(self) -> Path:
        """The folder that paths are shown relative to."""
        return self.config_file.parent

    def settings(self, *, cache: bool = True) -> Settings:
        """Options of a run outside the host. Raises :class:`JourneybookError` where it is unclear for which atlas."""
        if self.options is None:
            folders = ", ".join(str(options.get("atlas", "")) for options in self.atlases)
            raise JourneybookError(f"this site has several atlases: {folders}",
                                   "go to the folder of the one that is meant, and run the command there")
        return self._settings(self.options, cache)

    def every(self, *, cache: bool = True) -> list[Settings]:
        """Those of the atlas that was asked from; of all where that was none."""
        found = [self._settings(options, cache) for options in self.atlases]
        check_apart(found)
        return found if self.options is None else [self._settings(self.options, cache)]

    def _settings(self, options: dict[str, Any], cache: bool) -> Settings:
        return make_settings(self.root, self.docs_dir, options, site_name=self.site_name,
                             pattern=self.edit_pattern, cache=cache, directory_urls=self.directory_urls,
                             site_url=self.site_url)


def make_settings(root: Path, docs_dir: Path, options: dict[str, Any], *, site_name: str, pattern: str,
                  directory_urls: bool = True, cache: bool = True, site_url: str = "") -> Settings:
    """The options of one run, the same for the command line and the host."""
    atlas = (root / options["atlas"]).resolve() if options.get("atlas") else docs_dir
    if not atlas.is_dir():
        raise JourneybookError(f"the folder {options['atlas']} that `atlas:` names does not exist",
                               "create it, or correct the line under `- journeybook:` in mkdocs.yml")
    at = f"{options['at']}/" if options.get("at") else ""
    if at and site_url:
        site_url = f"{site_url.rstrip('/')}/{at}"
    return Settings(
        root=root, at=at, folders=tuple(folders_of(options.get("folders") or [], root, atlas, docs_dir, pattern)),
        atlas=atlas, site_name=site_name, today=today(), edit_pattern=pattern,
        edit_folder=_way(docs_dir, atlas), cache=root / CACHE if cache and options.get("cache", True) else None,
        engine=options.get("engine", "auto"), directory_urls=directory_urls,
        reference=options.get("reference", True), history=options.get("history"), site_url=site_url,
        register_rows=max(1, options.get("register_rows", REGISTER_ROWS)),
        ignored_files=frozenset(root / name for name in CONFIG_NAMES), limits=Limits(**options.get("limits") or {}))


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
    return _project(config_file, _load(config_file, MOST_PARENTS), (start or Path.cwd()).resolve())


def theme_says(config_file: Path, key: str) -> bool:
    """Whether ``theme:`` in a ``mkdocs.yml`` has the key; the host's own settings hold defaults too."""
    theme = _load(config_file, MOST_PARENTS).get("theme")
    return isinstance(theme, dict) and key in theme


def _load(config_file: Path, parents: int) -> dict[str, Any]:
    """The settings of a file, laid over those of the file it names under ``INHERIT``."""
    text = ""
    try:
        text = config_file.read_text("utf-8-sig")
        data = yaml.load(text, Loader=_Lenient)  # noqa: S506 - a safe loader
    except OSError:
        raise JourneybookError(f"{config_file} cannot be read",
                               "check the path and its permissions") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        unmerged = conflict(config_file.name, text)
        if unmerged:
            raise JourneybookError(f"{config_file.name}, line {unmerged.span.line}: {unmerged.message}",
                                   unmerged.help) from None
        raise JourneybookError(f"{config_file.name}{line} is not valid YAML",
                               "compare the indentation and quotes with the lines above") from None
    if not isinstance(data, dict):
        raise JourneybookError(f"{config_file.name} holds no settings", "it starts with `site_name: …`")
    parent = data.pop("INHERIT", None)
    if not isinstance(parent, str):
        return data
    if not parents:
        raise JourneybookError(f"{config_file.name} inherits from itself",
                               "correct the lines with `INHERIT:`")
    return _over(_load(config_file.parent / parent, parents - 1), data)


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        merged[key] = _over(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return merged


def _project(config_file: Path, data: dict[str, Any], here: Path) -> Project:
    root = config_file.parent
    docs_dir = (root / str(data.get("docs_dir") or "docs")).resolve()
    if not docs_dir.is_dir():
        raise JourneybookError(f"the folder {docs_dir.name}/ that {config_file.name} names does not exist",
                               "create it, or correct `docs_dir:`")
    given = _given(data.get("plugins"))
    atlases = tuple({name: value for name, value in options.items() if value is not None} for options in given) or ({},)
    for options in atlases:
        fault = option_fault(options)
        if fault:
            raise JourneybookError(f"{config_file.name}: {fault[0]}", fault[1])
    asked = [options for options in atlases if here.is_relative_to((root / str(options.get("atlas", ""))).resolve())]
    return Project(
        config_file, str(data.get("site_name") or ""), docs_dir, (root / str(data.get("site_dir") or "site")),
        _pattern(data), atlases[0] if len(atlases) == 1 else asked[0] if len(asked) == 1 else None, bool(given),
        data.get("use_directory_urls") is not False, _word(data.get("site_url")),
        _custom_dir(root, data.get("theme")), atlases)


def _custom_dir(root: Path, theme: Any) -> Path | None:
    named = theme.get("custom_dir") if isinstance(theme, dict) else None
    return (root / named).resolve() if isinstance(named, str) and named else None


def _given(plugins: Any) -> list[dict[str, Any]]:
    """What stands under our name in ``plugins:``, once for each time that we are named."""
    if isinstance(plugins, dict):
        entries = list(plugins.items())
    else:
        entries = []
        for entry in plugins if isinstance(plugins, list) else []:
            entries += entry.items() if isinstance(entry, dict) else [(entry, None)]
    return [options if isinstance(options, dict) else {} for name, options in entries if name == "journeybook"]


def plugins_of(config: Any) -> list[Any]:
    """Our plugin in the host's settings, once for each atlas. Raises :class:`JourneybookError` where it is missing."""
    found = [plugin for name, plugin in config.plugins.items() if name.partition(" #")[0] == "journeybook"]
    if not found:
        raise JourneybookError("mkdocs.yml does not use journeybook", "add a line `- journeybook` under `plugins:`")
    return found


def option_fault(options: Mapping[str, Any]) -> tuple[str, str] | None:
    """What is wrong with the plugin's options, and the next step."""
    for name, value in options.items():
        if name not in OPTIONS:
            from journeybook.schema.types import nearest  # only where there is something to complain about

            close = nearest(str(name), OPTIONS)
            return (f"journeybook has no option `{name}`",
                    f"did you mean `{close}`?" if close else f"options are {', '.join(OPTIONS)}")
        kind, words = OPTIONS[name]
        if not isinstance(value, kind) or (name == "engine" and value not in ENGINES):
            return f"the option `{name}` of journeybook cannot be `{value}`", f"write {words}"
        if name == "at" and not AT.fullmatch(str(value)):
            return f"the option `at` of journeybook cannot be `{value}`", f"write {words}"
    return _limit_fault(options.get("limits") or {})


def _limit_fault(limits: Mapping[str, Any]) -> tuple[str, str] | None:
    known = [each.name for each in fields(Limits)]
    for name, most in limits.items():
        if name not in known:
            return f"journeybook has no limit `{name}`", f"limits are {', '.join(known)}"
        if not isinstance(most, int) or isinstance(most, bool) or most < 1:
            return f"the limit `{name}` cannot be `{most}`", "write a whole number of at least 1"
    return None


def _pattern(data: dict[str, Any]) -> str:
    edit_uri = data.get("edit_uri")
    return edit_pattern(_word(data.get("repo_url")), None if edit_uri is None else _word(edit_uri),
                        _word(data.get("edit_uri_template")))


def _word(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _way(start: Path, end: Path) -> str:
    return Path(os.path.relpath(end, start)).as_posix()
