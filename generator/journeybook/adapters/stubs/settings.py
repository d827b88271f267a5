"""The settings of a folder of stubs: a project's own ``mkdocs.yml``, without what only our plugin can do.

Maintainers: the file is changed as nodes, not as values, because ``!ENV`` and ``!!python/name`` must come out as
they went in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

GONE = ("INHERIT", "docs_dir", "site_dir", "edit_uri", "edit_uri_template", "watch", "hooks")
"""Settings that mean something else here, or run nowhere."""
DEPTH = 10  # files that INHERIT from each other; the project was read before, so more do not come


def settings_text(config_file: Path, *, style: str, script: str, language: str, hubs: Iterable[tuple[str, str]],
                  places: Mapping[str, str]) -> str:
    """A ``mkdocs.yml`` for ``docs/`` and ``overrides/`` beside it.

    ``hubs`` are (title, file) of the pages that a navigation leads to; they become one where the project has none.
    ``places`` tells where pages that its own names went.
    """
    root = _composed(config_file, DEPTH)
    for key in GONE:
        _put(root, key, None)
    theme = _value(root, "theme")
    if not isinstance(theme, yaml.MappingNode):
        theme = _node({"name": theme.value if theme else "material"})
        _put(root, "theme", theme)
    _put(root, "docs_dir", _node("docs"))
    _put(theme, "custom_dir", _node("overrides"))
    if _value(theme, "variant") is None:
        _put(theme, "variant", _node("classic"))  # how Zensical calls the look of Material
    if language and _value(theme, "language") is None:
        _put(theme, "language", _node(language))
    _put(root, "plugins", _without_ours(_value(root, "plugins")))
    for key, address, first in (("extra_css", style, True), ("extra_javascript", script, False)):
        listed = _value(root, key)
        items = listed.value if isinstance(listed, yaml.SequenceNode) else []
        ours = [_node(address)]
        _put(root, key, yaml.SequenceNode("tag:yaml.org,2002:seq", [*ours, *items] if first else [*items, *ours]))
    if _value(root, "nav") is None:
        _put(root, "nav", _node([{title: file} for title, file in hubs]))
    _follow(_value(root, "nav"), places)
    if _value(root, "not_in_nav") is None:
        _put(root, "not_in_nav", _node("*"))
    return str(yaml.serialize(root, allow_unicode=True, width=120))


def _follow(node: yaml.Node, places: Mapping[str, str]) -> None:
    """Let a navigation lead to where pages went."""
    if isinstance(node, yaml.ScalarNode):
        node.value = places.get(node.value, node.value)
    for child in node.value if isinstance(node, yaml.SequenceNode) else ():
        _follow(child, places)
    for _, child in node.value if isinstance(node, yaml.MappingNode) else ():
        _follow(child, places)


def _composed(config_file: Path, depth: int) -> yaml.MappingNode:
    """The settings of a file, laid over those of the file it names under ``INHERIT``."""
    node = yaml.compose(config_file.read_text("utf-8-sig"), Loader=yaml.SafeLoader)
    if not isinstance(node, yaml.MappingNode):
        return yaml.MappingNode("tag:yaml.org,2002:map", [])
    parent = _value(node, "INHERIT")
    if parent is None or not depth:
        return node
    return _over(_composed(config_file.parent / str(parent.value), depth - 1), node)


def _over(below: yaml.MappingNode, above: yaml.MappingNode) -> yaml.MappingNode:
    for key, value in above.value:
        under = _value(below, key.value)
        both = isinstance(under, yaml.MappingNode) and isinstance(value, yaml.MappingNode)
        _put(below, key.value, _over(under, value) if both else value)
    return below


def _without_ours(plugins: yaml.Node | None) -> yaml.Node:
    """The plugins, but for ours: as a list of names, of names with options, or as a mapping."""
    if isinstance(plugins, yaml.MappingNode):
        _put(plugins, "journeybook", None)
        return plugins
    entries = plugins.value if isinstance(plugins, yaml.SequenceNode) else []
    names = [entry.value[0][0].value if isinstance(entry, yaml.MappingNode) and entry.value else entry.value
             for entry in entries]
    return yaml.SequenceNode("tag:yaml.org,2002:seq", [
        entry for entry, name in zip(entries, names, strict=True) if name != "journeybook"])


def _value(mapping: yaml.MappingNode, key: str) -> Any:
    return next((value for name, value in mapping.value if name.value == key), None)


def _put(mapping: yaml.MappingNode, key: str, value: yaml.Node | None) -> None:
    """Set a key, at its old place where it has one; None takes it out."""
    entries = [(name, value if name.value == key else old) for name, old in mapping.value]
    if value is not None and all(name.value != key for name, _ in entries):
        entries.append((_node(key), value))
    mapping.value = [(name, kept) for name, kept in entries if kept is not None]


def _node(data: Any) -> Any:
    """Plain data as a node, written one entry a line."""
    return yaml.compose(yaml.safe_dump(data, default_flow_style=False, sort_keys=False), Loader=yaml.SafeLoader)
