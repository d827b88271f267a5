"""How little is needed to begin: a list of commands must not wait for what the commands work with."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("jinja2", "journeybook.checks", "journeybook.schema", "markdown", "mkdocs", "pydantic", "yaml")


def test_the_list_of_commands_imports_nothing_heavy() -> None:
    """``journeybook --help`` loads neither the schema nor the host: most of its time would be theirs."""
    words = f"import sys, journeybook.adapters.cli; print([name for name in {HEAVY} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
