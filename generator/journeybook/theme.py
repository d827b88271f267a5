"""Where the templates and the look are: in the installed package, or in the checkout beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

from rjsmin import jsmin

from journeybook.frozen import dataclass
from journeybook.problems import JourneybookError

EACH = re.compile(r"^/\*each (stage|persona|lane)\*/(.*)$", re.MULTILINE)
_HERE = Path(__file__).resolve().parent


def theme_dir() -> Path:
    """The folder that holds ``templates/``, ``styles/``, ``scripts/`` (ours) and ``overrides/`` (what the host sees).

    A built wheel carries it as ``journeybook/_theme``. An editable install and a plain checkout have no such
    copy and read ``theme/`` at the top of the repository, so that a change of a template shows at once.
    """
    for place in (_HERE / "_theme", _HERE.parents[1] / "theme"):
        if (place / "templates").is_dir():
            return place
    raise JourneybookError(
        "The theme of Journeybook is missing from this installation.",
        "Install it again: pip install --force-reinstall journeybook",
    )


@dataclass(frozen=True, slots=True)
class Extent:
    """The most stages, personas and lanes that a journey of an atlas has: rules are written for so many."""

    stages: int = 24
    personas: int = 12
    lanes: int = 24


USUAL = Extent()


def widest_of(extents: Iterable[Extent]) -> Extent:
    """What covers several atlases that share a stylesheet."""
    found = list(extents)
    return Extent(*(max(getattr(each, field.name) for each in found) for field in fields(Extent)))


def style(extent: Extent = USUAL) -> str:
    """All of ``styles/`` in the order of their names, without comments: a page asks for one file.

    A line that begins with ``/*each stage*/`` (or persona, lane) is repeated with its number in place of ``§``:
    stages and lanes from 1, personas from 0. No more is taken out than comments: known minifiers of Python
    (rcssmin 1.3) break nested rules such as ``td :is(a,b)``.
    """
    return _small(EACH.sub(lambda found: _each(found, extent), _joined("styles", "css")))


def page_style(name: str) -> str:
    """A stylesheet that only one kind of page asks for: ``styles/page/<name>.css``, without comments."""
    return _small((theme_dir() / "styles" / "page" / f"{name}.css").read_text("utf-8"))


def _small(text: str) -> str:
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)).strip()


def _each(found: re.Match[str], extent: Extent) -> str:
    numbers = {"stage": range(1, extent.stages + 1), "persona": range(extent.personas),
               "lane": range(1, extent.lanes + 1)}[found[1]]
    return "\n".join(found[2].replace("§", str(number)) for number in numbers)


def script() -> str:
    """All of ``scripts/`` in the order of their names, as one small script."""
    return str(jsmin(_joined("scripts", "js", ";\n")))  # without it `})()` and `(() =>` would be one call


def page_script(name: str) -> str:
    """A script that only one page asks for: ``scripts/page/<name>.js``, made small."""
    return str(jsmin((theme_dir() / "scripts" / "page" / f"{name}.js").read_text("utf-8")))


def _joined(folder: str, kind: str, between: str = "\n") -> str:
    return between.join(path.read_text("utf-8") for path in sorted((theme_dir() / folder).glob(f"*.{kind}")))
