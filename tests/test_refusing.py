"""Builds that refuse, and what --keep-going shows instead: an old site that stays, and every reason."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from support_site import BREAK, DOT, JOURNEY, edit, left_over, process, project, run, tree


def words(path: Path) -> str:
    return " ".join(html.parse(str(path)).getroot().xpath("//article")[0].text_content().split())


def text(change: Callable[[str], str]) -> Callable[[Path], None]:
    def do(path: Path) -> None:
        path.write_text(change(path.read_text("utf-8")), "utf-8")
    return do


def latin(path: Path) -> None:
    path.write_bytes(b"title: Caf\xe9\n")


def link(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/hostname")


MISTAKES: dict[str, tuple[str, Callable[[Path], None]]] = {
    "an unclosed quote": ("yaml-syntax", text(lambda t: t.replace("title: ", 'title: "', 1))),
    "a tab": ("yaml-syntax", text(lambda t: t.replace("\n    ", "\n\t", 1))),
    "an unknown key": ("key-unknown", text(lambda t: t + "\nownr: sales\n")),
    "no stages": ("key-missing", text(lambda t: t[: t.index("\nstages:")] + "\n")),
    "a team that is not there": ("reference-unknown", text(lambda t: t.replace("owner: ", "owner: no-", 1))),
    "a key twice": ("key-duplicate", text(lambda t: t + "\ntitle: Again\n")),
    "an anchor": ("yaml-feature", text(lambda t: t.replace("title: ", "title: &x ", 1))),
    "another encoding": ("file-unreadable", latin),
    "a link": ("link-refused", link),
    "a score out of range": ("value-range", text(lambda t: re.sub(r"score: -?\d", "score: 9", t, count=1))),
    "a hidden character": ("text-invisible", text(lambda t: t.replace("title: ", "title: \u202e", 1))),
}


@pytest.mark.parametrize("mistake", sorted(MISTAKES))
def test_a_mistake_leaves_the_old_site_untouched(firm: Path, mistake: str) -> None:
    """What cannot be published stops the build: exit 1, the place on stderr, the old site byte for byte."""
    check, make = MISTAKES[mistake]
    make(firm / BREAK)
    before = tree(firm / "site")
    result = run(firm, "build")
    assert result.exit_code == 1
    assert tree(firm / "site") == before
    assert left_over(firm) == []
    assert result.stdout == ""
    assert result.stderr.startswith("Nothing was published; the site is as it was. What to mend:\n")
    assert f"  {BREAK}:" in result.stderr
    assert f"error[{check}] " in result.stderr
    assert "Traceback" not in result.stderr


def test_all_mistakes_are_told_at_once(firm: Path) -> None:
    """A refusal names every file that is wrong, each with its place and the next step."""
    edit(firm, BREAK, "title: ", 'title: "')
    edit(firm, "maps/teams.yml", "name: ", "nmae: ")
    result = run(firm, "build")
    assert f"  {BREAK}:" in result.stderr
    assert "  maps/teams.yml:" in result.stderr
    assert "write `name:`" in result.stderr
    assert "`journeybook check` shows every problem with its place in the file." in result.stderr


def test_many_mistakes_are_counted(tmp_path: Path) -> None:
    """A refusal stays short: after twenty lines the rest is a number."""
    folder = project(tmp_path, {f"j{n}.yml": "title: x\n" for n in range(30)})
    result = run(folder, "build")
    assert result.stderr.count("error[") == 20
    assert "  and 10 more\n" in result.stderr


def test_the_host_refuses_before_it_touches_the_old_site(firm: Path) -> None:
    """`mkdocs build` says the same, and its output folder is as it was."""
    edit(firm, BREAK, "title: ", 'title: "')
    before = tree(firm / "site")
    done = process(firm, "mkdocs", "build", "--quiet")
    assert done.returncode == 1
    assert f"  {BREAK}:" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(firm / "site") == before


def test_strict_refuses_on_warnings(firm: Path) -> None:
    """`--strict` publishes nothing while there is a warning, and names each."""
    before = tree(firm / "site")
    result = run(firm, "build", "--strict")
    assert result.exit_code == 1
    assert result.stderr.count("warning[") == run(firm, "check", "--format", "concise").stdout.count("warning[") > 1
    assert tree(firm / "site") == before
    assert left_over(firm) == []


def test_strict_in_the_settings(firm: Path) -> None:
    """`strict: true` in mkdocs.yml counts without the option, for `journeybook build` as for `mkdocs build`."""
    before = tree(firm / "site")
    (firm / "mkdocs.yml").write_text((firm / "mkdocs.yml").read_text("utf-8") + "\nstrict: true\n", "utf-8")
    result = run(firm, "build")
    assert result.exit_code == 1
    assert "warning[" in result.stderr
    assert tree(firm / "site") == before


def test_the_hosts_strict_refuses_before_it_touches_the_old_site(firm: Path) -> None:
    """So does `mkdocs build --strict`, with `-q` as well."""
    before = tree(firm / "site")
    done = process(firm, "mkdocs", "build", "--strict", "-q")
    assert done.returncode == 1
    assert done.stderr.count("warning[") == run(firm, "check", "--format", "concise").stdout.count("warning[") > 1
    assert tree(firm / "site") == before


def test_strict_passes_where_nothing_is_wrong(tmp_path: Path) -> None:
    """Maps without warnings build under `--strict`."""
    folder = project(tmp_path, {"atlas.yml": "title: Small\n", "buy.yml": (
        "title: Buy\nowner: sales\nreviewed: 2026-11-01\nstages:\n"
        "  - { title: Look, assets: [flyer], metrics: [looks] }\n"),
        "teams.yml": "teams: { sales: { name: Sales } }\n"
                     "assets: { flyer: { title: Flyer, owner: sales, reviewed: 2026-11-01 } }\n"
                     "metrics: { looks: { name: Looks, target: 5, owner: sales } }\n"})
    result = run(folder, "build", "--strict")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("1 journey in 3 files: no problems\nBuilt site in ")


def test_strict_also_hears_the_hosts_warnings(firm: Path) -> None:
    """A page in the navigation that does not exist is the host's warning: strict refuses, the old site stays."""
    shutil.rmtree(firm / "maps")
    project(firm, {"buy.yml": JOURNEY}, DOT + "nav: [index.md, nowhere.md]\n")
    before = tree(firm / "site")
    plain = run(firm, "build", "--site-dir", "other")
    assert plain.exit_code == 0
    assert "note: A reference to 'nowhere.md' is included in the 'nav' configuration" in plain.stderr
    strict = run(firm, "build", "--strict")
    assert strict.exit_code == 1
    assert tree(firm / "site") == before


def test_keep_going_shows_the_problems_in_place_of_the_journey(firm: Path) -> None:
    """The broken journey's page has path, line, message and next step; the other pages are as they were."""
    edit(firm, BREAK, "title: ", "titel: ")
    before = tree(firm / "site")
    result = run(firm, "build", "--keep-going")
    assert result.exit_code == 0
    page = words(firm / "site" / "journeys" / "installation-day" / "index.html")
    assert "cannot be read" in page
    assert f"{BREAK}:" in page
    assert "titel" in page
    assert "title" in page
    after = tree(firm / "site")
    assert before.keys() - after.keys() == {"api/v1/journeys/installation-day.json"}  # no map, no data
    assert after.keys() <= before.keys()
    apart = {name for name, content in before.items() if name.endswith(".html") and b"installation-day" not in content}
    assert len(apart) > 3
    changed = {name for name in apart if after[name] != before[name]}
    assert changed <= {"people/index.html"}  # it counts each team's problems


def test_keep_going_over_a_file_that_is_no_yaml(firm: Path) -> None:
    """Even where nothing of the file can be read, its page says where the mistake is, with line and column."""
    line = next(n for n, text in enumerate((firm / BREAK).read_text("utf-8").splitlines(), 1) if "title:" in text)
    edit(firm, BREAK, "title: ", "title: [")
    result = run(firm, "build", "--keep-going")
    assert result.exit_code == 0, result.stderr
    page = words(firm / "site" / "journeys" / "installation-day" / "index.html")
    assert f"{BREAK}:{line}:" in page
    assert "yaml-syntax" in page
    home = words(firm / "site" / "index.html")
    assert "cannot be read" in home
    whole = words(firm / "site" / "journeys" / "breathe-easier" / "index.html")
    assert "Stage by stage" in whole


@pytest.mark.parametrize("content", [b'title: "half a fi', b"title: Caf\xe9\nstages: [a]\n", b"\xff\xfet\x00"],
                         ids=["half saved", "another encoding", "no text"])
def test_keep_going_over_a_file_that_does_not_say_what_it_is(firm: Path, content: bytes) -> None:
    """A file of which nothing is left still has its page, with the reason, where the map was."""
    (firm / BREAK).write_bytes(content)
    result = run(firm, "build", "--keep-going")
    assert result.exit_code == 0, result.stderr
    page = words(firm / "site" / "journeys" / "installation-day" / "index.html")
    assert "cannot be read" in page
    assert f"{BREAK}:1:" in page
    assert "reference-unknown" not in run(firm, "check").stdout


def test_keep_going_with_an_unreadable_registry(firm: Path) -> None:
    """Without its teams the atlas is published all the same; one note says what could not be checked."""
    edit(firm, "maps/teams.yml", "teams:", "teams: [")
    assert run(firm, "build").exit_code == 1
    result = run(firm, "build", "--keep-going")
    assert result.exit_code == 0, result.stderr
    for journey in ("breathe-easier", "installation-day"):
        assert "Stage by stage" in words(firm / "site" / "journeys" / journey / "index.html")
    shown = run(firm, "check").stdout
    assert shown.count("maps/teams.yml") >= 1
    assert "reference-unknown" not in shown


def test_keep_going_in_the_settings(firm: Path) -> None:
    """The plugin's own option does the same for `mkdocs build`."""
    edit(firm, BREAK, "title: ", "titel: ")
    edit(firm, "mkdocs.yml", "  - journeybook\n", "  - journeybook: { keep_going: true }\n")
    done = process(firm, "mkdocs", "build")
    assert done.returncode == 0
    assert f"{BREAK}:" in done.stderr
    assert "cannot be read" in words(firm / "site" / "journeys" / "installation-day" / "index.html")


def test_a_mended_journey_comes_back(firm: Path) -> None:
    """After keep-going and mending, the site is what it was before."""
    before = tree(firm / "site")
    edit(firm, BREAK, "title: ", "titel: ")
    run(firm, "build", "--keep-going")
    edit(firm, BREAK, "titel: ", "title: ")
    assert run(firm, "build").exit_code == 0
    assert tree(firm / "site") == before
