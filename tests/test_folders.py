"""An atlas spread over folders and repositories: one site, one set of ids, each file edited where it lives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support_site import DOT, JOURNEY, Site, picture, project, run

CONFIG = DOT.replace("journeybook]", "{journeybook: {folders: [../care-maps: https://git.example/care/edit/main/, "
                     "departments/money]}}]") + "edit_uri: https://git.example/main/edit/main/maps/\n"
MAPS = {"atlas.yml": "title: All of us\n", "lists.yml": "teams:\n  sales: {name: Sales}\n", "journeys/buy.yml": JOURNEY}
CARE = {"journeys/help.yml": "title: Help\nowner: care\npersona: ada\nstages: [Ask, Answer]\ntransitions:\n"
                             "  - {from: answer, to: buy/choose, type: back}\n",
        "lists.yml": "teams:\n  care: {name: Care}\npersonas:\n  ada: {name: Ada, photo: ada.png}\n"}


def spread(tmp_path: Path, care: dict[str, str] = CARE) -> Path:
    """A project with a folder of another repository beside it, and one of its own."""
    folder = project(tmp_path / "main", MAPS, CONFIG)
    for name, text in care.items():
        path = tmp_path / "care-maps" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "care-maps" / "ada.png").write_bytes(picture())
    money = folder / "departments" / "money"
    money.mkdir(parents=True)
    (money / "pay.yml").write_text(JOURNEY.replace("Buy", "Pay"), "utf-8")
    return folder


def test_folders_make_one_site(tmp_path: Path) -> None:
    """Journeys, lists and pictures of all folders; references cross them; edit links lead to each repository."""
    folder = spread(tmp_path)
    built = run(folder, "build")
    assert built.exit_code == 0, built.stderr
    site = Site(folder)
    assert site.dead_links() == []
    assert {"journeys/buy/index.html", "journeys/help/index.html", "journeys/pay/index.html"} <= set(site.pages)
    assert (site.folder / "care-maps" / "ada.png").read_bytes() == picture()
    edits = {uri: {str(a).partition("#")[0] for a in site.page(uri).xpath("//a[contains(@class, 'jb-edit')]/@href")}
             for uri in ("journeys/buy/", "journeys/help/", "journeys/pay/")}
    assert edits == {"journeys/buy/": {"https://git.example/main/edit/main/maps/journeys/buy.yml"},
                     "journeys/help/": {"https://git.example/care/edit/main/journeys/help.yml"},
                     "journeys/pay/": {"https://git.example/main/edit/main/departments/money/pay.yml"}}
    assert "Choose" in site.page("journeys/help/").xpath("string(//section[.//*[@id='stage-answer']])")


def test_a_clash_names_both_places(tmp_path: Path) -> None:
    """An id is given once in all folders: the second is an error that leads to the first, with line and column."""
    folder = spread(tmp_path, {**CARE, "more.yml": "teams:\n  sales: {name: Our own sales}\n",
                               "journeys/buy.yml": JOURNEY})
    problems = json.loads(run(folder, "check", "--format", "json").stdout)["problems"]
    clashes = {problem["message"]: (problem["path"], problem["line"], problem["column"],
                                    problem["related"][0]["path"], problem["related"][0]["line"])
               for problem in problems if problem["check"] == "id-duplicate"}
    assert clashes == {
        "two teams have the id `sales`": ("maps/lists.yml", 2, 3, "../care-maps/more.yml", 2),
        "two journeys have the id `buy`": ("maps/journeys/buy.yml", 1, 1, "../care-maps/journeys/buy.yml", 1)}
    assert "../care-maps/more.yml:2:3" in run(folder, "check", "--format", "full").stdout
    assert run(folder, "build").exit_code == 1


def test_rename_follows_references_through_all_folders(tmp_path: Path) -> None:
    """Another folder that names a stage names it by its new id."""
    folder = spread(tmp_path)
    assert run(folder, "rename", "team:care", "service").exit_code == 0
    assert "owner: service" in (tmp_path / "care-maps" / "journeys" / "help.yml").read_text("utf-8")
    assert run(folder, "check").exit_code == 0


def test_a_change_in_a_further_folder_is_seen(tmp_path: Path) -> None:
    """`check` keeps answers; what changed in another folder counts, and its problems can be asked for."""
    folder = spread(tmp_path)
    assert run(folder, "check", XDG_CACHE_HOME=str(tmp_path / "kept")).exit_code == 0
    (tmp_path / "care-maps" / "journeys" / "help.yml").write_text(CARE["journeys/help.yml"].replace(
        "buy/choose", "buy/chose"), "utf-8")
    said = run(folder, "check", "../care-maps", XDG_CACHE_HOME=str(tmp_path / "kept"))
    assert said.exit_code == 1 and "../care-maps/journeys/help.yml:6:24" in said.stdout


def test_one_atlas_has_one_file_of_settings(tmp_path: Path) -> None:
    """An `atlas.yml` in a further folder is told of, and what it sets does not count."""
    folder = spread(tmp_path, {**CARE, "atlas.yml": "title: Not this\n"})
    said = run(folder, "check")
    assert said.exit_code == 1 and "../care-maps/atlas.yml" in said.stdout and "one `atlas.yml`" in said.stdout


@pytest.mark.parametrize(("folders", "words"), [
    ("[nowhere]", "the folder nowhere that `folders:` names does not exist"),
    ("[maps/journeys]", "is read already"), ("[.]", "is read already"),
    ("[../care-maps, ../other/care-maps]", "two folders called care-maps"),
    ("here", "write folders, such as"),
])
def test_wrong_folders_are_refused(tmp_path: Path, folders: str, words: str) -> None:
    """A folder that is not there, is part of another, or has the name of another is no place for maps."""
    folder = spread(tmp_path)
    (tmp_path / "other" / "care-maps").mkdir(parents=True)
    config = DOT.replace("journeybook]", f"{{journeybook: {{folders: {folders}}}}}]")
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    for command in ("check", "build"):
        said = run(folder, command)
        assert said.exit_code == 2 and words in said.stderr, said.stderr
