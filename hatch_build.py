"""Build hook: a built wheel carries theme/ as journeybook/_theme (an editable install reads the checkout)."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ThemeHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds theme/ to standard wheels only."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before the wheel is written; ``version`` is 'standard' or 'editable'."""
        if version == "standard":
            build_data["force_include"]["theme"] = "journeybook/_theme"
