"""Whatever people write stands on some page: every text field of every kind of record, with words of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import museum
from journeybook.schema.fields import Field, Shape
from journeybook.schema.record import Record
from support_site import Site, run

UNSEEN = {"Channel icon", "Lane icon", "Signal event", "Events event", "Events ignore", "Events log", "Events segment",
          "Events timezone", "Events unit", "Events value", "Events when", "Events who"}
"""Names of pictures, and of columns and events of a log: they are looked up, not read."""


class Told(museum.Museum):
    """Every field says which one it is."""

    def __init__(self) -> None:
        super().__init__(["one", "two"])
        self.told: set[str] = set()  # of the first record of each kind

    def _value(self, model: type[Record], field: Field, shape: Shape, n: int, position: int) -> Any:
        if shape.kind not in museum.FREE:
            return super()._value(model, field, shape, n, position)
        words = f"{model.__name__} {field.key.replace('_', '')}"
        parts = ("first", "second") if shape is field.shape and shape.many else ("first",)
        entries = [f"{words} {n} {part}" for part in parts]
        self.told.update(entries if n == 0 else ())
        return entries if shape is field.shape and shape.many else entries[0]


def test_every_text_that_people_write_stands_on_some_page(tmp_path: Path) -> None:
    """Every entry of a list, too. A field that no page shows would be asked for and thrown away."""
    atlas = Told()
    atlas.write(tmp_path)
    for name in museum.STRANGE:
        (tmp_path / "maps" / f"{name}.yml").unlink()
    assert list(museum.places(tmp_path)) == []
    result = run(tmp_path, "build", "--no-cache")
    assert result.exit_code == 0, result.stderr
    pages = [page for name, page in Site(tmp_path).pages.items() if not name.startswith("write/")]
    told = "//@alt | //@aria-label | //@title | //@data-basis"  # the stylesheet shows the last one
    said = "\n".join(words for page in pages for words in (
        " ".join("".join(page.itertext()).split()), *page.xpath(told)))
    lost = {words.partition(" 0 ")[0] for words in atlas.told if words not in said}
    assert lost == UNSEEN
