"""Building: the same bytes every time, and an old site that stays whole until a new one is complete."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from journeybook.adapters import publish
from support_site import DOT, JOURNEY, copy_of, environment, left_over, process, project, run, site, tree

BREAK = "maps/journeys/installation-day.yml"


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    """A copy of the smaller demo, with its site already built."""
    folder = copy_of("clearnest", tmp_path / "firm")
    shutil.copytree(site("clearnest").folder, folder / "site")
    return folder


def edit(folder: Path, path: str, old: str, new: str) -> None:
    """Replace the first ``old`` in a file."""
    text = (folder / path).read_text("utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1), "utf-8")


def words(path: Path) -> str:
    return " ".join(html.parse(str(path)).getroot().xpath("//article")[0].text_content().split())


# -- the same bytes ---------------------------------------------------------------------------------------------

def test_the_host_builds_the_same_site(firm: Path) -> None:
    """`mkdocs build` and `journeybook build` write the same files with the same bytes."""
    done = process(firm, "mkdocs", "build", "--quiet", "--site-dir", "by-host")
    assert (done.returncode, done.stderr) == (0, "")
    assert tree(firm / "by-host") == tree(firm / "site")


def test_a_second_build_changes_nothing(firm: Path) -> None:
    """Building again over a site, with what the first build cached, gives the same bytes."""
    before = tree(firm / "site")
    assert run(firm, "build").exit_code == 0
    assert run(firm, "build").exit_code == 0
    assert tree(firm / "site") == before


def test_no_cache_builds_the_same(firm: Path) -> None:
    """Without the cache everything is computed anew, nothing is kept, and the site is the same."""
    shutil.rmtree(firm / ".cache", ignore_errors=True)
    before = tree(firm / "site")
    assert run(firm, "build", "--no-cache").exit_code == 0
    assert tree(firm / "site") == before
    assert not (firm / ".cache").exists()


@pytest.mark.parametrize("changes", [
    {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"},
    {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles"},
    {"LC_ALL": "C", "PYTHONHASHSEED": "3", "PYTHONUTF8": "0"},
], ids=["time zone", "language", "plain C"])
def test_any_machine_builds_the_same(firm: Path, changes: dict[str, str]) -> None:
    """Time zone, language, hash seed and the folder one stands in do not show in a single byte."""
    inside = firm / "maps" / "journeys"
    done = process(inside, "journeybook", "build", "--site-dir", "../../other/place", **changes)
    assert done.returncode == 0, done.stderr
    assert tree(firm / "other" / "place") == tree(firm / "site")


def test_the_order_of_files_on_disk_does_not_show(firm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that lists files in another order gives the same site."""
    real = os.scandir

    class Backwards:
        def __init__(self, *given: object) -> None:
            self.entries = real(*given)  # type: ignore[call-overload]

        def __enter__(self) -> Backwards:
            return self

        def __exit__(self, *error: object) -> None:
            self.entries.close()

        def __iter__(self) -> Backwards:
            self.names = sorted(self.entries, key=lambda entry: entry.name)
            return self

        def __next__(self) -> object:
            if not hasattr(self, "names"):
                iter(self)
            if not self.names:
                raise StopIteration
            return self.names.pop()

    monkeypatch.setattr(os, "scandir", Backwards)
    assert run(firm, "build", "--site-dir", "other").exit_code == 0
    monkeypatch.undo()
    assert tree(firm / "other") == tree(firm / "site")


# -- refusing ---------------------------------------------------------------------------------------------------

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


# -- keep going -------------------------------------------------------------------------------------------------

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


# -- where it may be written ------------------------------------------------------------------------------------

def refused(result: object) -> str:
    assert getattr(result, "exit_code") == 2, result  # noqa: B009 - the runner's result
    words = str(getattr(result, "stderr"))  # noqa: B009
    assert words.startswith("journeybook: ")
    assert "  help: " in words
    assert "Traceback" not in words
    return words


@pytest.mark.parametrize("place", ["/", ".", "..", "maps", "maps/site", "../..", "~"])
def test_precious_folders_are_refused(firm: Path, place: str) -> None:
    """The root of the disk, home, the project, its maps and all above them are never written over."""
    before = tree(firm)
    place = str(Path.home()) if place == "~" else place
    assert "must not be written to" in refused(run(firm, "build", "--site-dir", place))
    assert tree(firm) == before


def test_a_folder_with_other_files_is_refused(firm: Path) -> None:
    """A folder that holds something we did not build is left alone, even one with our stylesheet in it."""
    for name in ("notes/letter.txt", "theme/assets/journeybook/journeybook.css"):
        (firm / name).parent.mkdir(parents=True)
        (firm / name).write_text("mine", "utf-8")
        words = refused(run(firm, "build", "--site-dir", name.split("/")[0]))
        assert "holds files that were not built by journeybook" in words
        assert (firm / name).read_text("utf-8") == "mine"


def test_an_empty_folder_is_taken(firm: Path) -> None:
    """An empty folder may become the site."""
    (firm / "public").mkdir()
    assert run(firm, "build", "--site-dir", "public").exit_code == 0
    assert tree(firm / "public") == tree(firm / "site")


def test_files_and_links_are_refused(firm: Path) -> None:
    """A file in the place of the folder, and a link to another folder, are not written through."""
    (firm / "file").write_text("mine", "utf-8")
    (firm / "link").symlink_to(firm / "site")
    before = tree(firm / "site")
    result = run(firm, "build", "--site-dir", "file")
    assert result.exit_code == 2
    assert "file" in result.stderr
    assert "is a link" in refused(run(firm, "build", "--site-dir", "link"))
    assert (firm / "file").read_text("utf-8") == "mine"
    assert tree(firm / "site") == before


def test_a_link_above_does_not_hide_the_maps(firm: Path) -> None:
    """The maps are recognised through a link to a folder above them."""
    (firm / "again").symlink_to(firm)
    refused(run(firm, "build", "--site-dir", "again/maps"))
    assert (firm / BREAK).is_file()


def test_a_place_below_a_file_is_refused(firm: Path) -> None:
    """A file where a folder is needed is said in plain words."""
    (firm / "file").write_text("mine", "utf-8")
    assert "a file is in the way" in refused(run(firm, "build", "--site-dir", "file/site"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_place_is_refused(firm: Path) -> None:
    """No right to write: a plain message, and the old site is whole."""
    before = tree(firm / "site")
    firm.chmod(0o555)
    try:
        assert "no right to write there" in refused(run(firm, "build"))
    finally:
        firm.chmod(0o755)
    assert tree(firm / "site") == before


def test_a_place_without_the_right_to_write(firm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's refusal to make a folder is said in plain words, whoever runs the test."""
    def forbidden(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    before = tree(firm / "site")
    monkeypatch.setattr(publish.tempfile, "mkdtemp", forbidden)
    assert "this user has no right to write there" in refused(run(firm, "build"))
    assert tree(firm / "site") == before


def test_a_full_disk_leaves_the_old_site(firm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk refuses in the middle of writing, the old site stays and nothing is left over."""
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    before = tree(firm / "site")
    monkeypatch.setattr("mkdocs.utils.write_file", full)
    assert "No space left on device" in refused(run(firm, "build"))
    assert tree(firm / "site") == before
    assert left_over(firm) == []


def test_folders_made_for_nothing_are_taken_back(firm: Path) -> None:
    """A refused build into a new place does not leave empty folders there."""
    edit(firm, BREAK, "title: ", "titel: ")
    assert run(firm, "build", "--site-dir", "a/b/c").exit_code == 1
    assert not (firm / "a").exists()


# -- the swap ---------------------------------------------------------------------------------------------------

def test_hidden_entries_of_the_output_stay(firm: Path) -> None:
    """A pages branch checked out as the site folder keeps its `.git`, as with the host."""
    (firm / "site" / ".git").mkdir()
    (firm / "site" / ".git" / "HEAD").write_text("ref: refs/heads/pages\n", "utf-8")
    assert run(firm, "build").exit_code == 0
    assert (firm / "site" / ".git" / "HEAD").read_text("utf-8") == "ref: refs/heads/pages\n"
    assert left_over(firm) == []


def test_what_is_gone_from_the_maps_is_gone_from_the_site(firm: Path) -> None:
    """Pages of a deleted journey do not linger."""
    (firm / BREAK).unlink()
    for path in (firm / "maps").rglob("*.yml"):
        kept = [line for line in path.read_text("utf-8").splitlines() if "installation-day" not in line]
        path.write_text("\n".join(kept) + "\n", "utf-8")
    result = run(firm, "build", "--keep-going")
    assert result.exit_code == 0
    assert not (firm / "site" / "journeys" / "installation-day").exists()


@pytest.mark.parametrize("at_once", [True, False], ids=["in one step", "in two steps"])
def test_the_new_site_takes_the_old_ones_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                               at_once: bool) -> None:
    """After the swap the new files are there, the old ones are not, and the folder's mode is kept."""
    if not at_once:
        monkeypatch.setattr(publish, "_exchange", lambda *_: False)
    old, new = tmp_path / "site", tmp_path / ".site-abcdefgh.new"
    for folder, name in ((old, "old"), (new, "new")):
        folder.mkdir()
        (folder / name).touch()
    (old / ".git").mkdir()
    old.chmod(0o750)
    publish.swap(new, old)
    assert sorted(path.name for path in old.iterdir()) == [".git", "new"]
    assert old.stat().st_mode & 0o777 == 0o750
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_swap_that_fails_puts_the_old_site_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the second of two renamings fails, the first is undone."""
    monkeypatch.setattr(publish, "_exchange", lambda *_: False)
    old, new = tmp_path / "site", tmp_path / ".site-abcdefgh.new"
    old.mkdir()
    (old / "old").touch()
    new.mkdir()
    real = Path.rename

    def fail(self: Path, to: Path) -> Path:
        if self == new:
            raise OSError(5, "Input/output error")
        return real(self, to)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match="Input/output"):
        publish.swap(new, old)
    assert (old / "old").is_file()


def test_leftovers_of_a_killed_build_are_put_right(firm: Path) -> None:
    """An unfinished site is deleted; an old one that has no successor comes back before anything else."""
    before = tree(firm / "site")
    (firm / ".site-aaaaaaaa.new").mkdir()
    (firm / ".site-aaaaaaaa.new" / "half.html").touch()
    (firm / "site").rename(firm / ".site-bbbbbbbb.old")
    (firm / ".site-other-cccccccc.old").mkdir()  # another site's
    edit(firm, BREAK, "title: ", "titel: ")
    assert run(firm, "build").exit_code == 1
    assert tree(firm / "site") == before
    assert left_over(firm) == [".site-other-cccccccc.old"]


def test_a_kill_at_any_moment_leaves_a_whole_site(firm: Path) -> None:
    """Killed without warning at different moments, the site is always one complete build; the next run tidies up."""
    whole = tree(firm / "site")
    for after in (0.05, 0.3, 0.5, 0.7, 0.9, 1.1):
        running = subprocess.Popen([sys.executable, "-m", "journeybook", "build", "--quiet"], cwd=firm,
                                   env=environment(), stderr=subprocess.DEVNULL)
        time.sleep(after)
        running.kill()
        running.wait(10)
        assert tree(firm / "site") == whole, after
    assert run(firm, "build").exit_code == 0
    assert left_over(firm) == []


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=["terminated", "Ctrl-C"])
def test_a_stopped_build_cleans_up(firm: Path, how: signal.Signals) -> None:
    """Asked to stop while it writes, the build removes what it began, says so, and the old site is whole."""
    (firm / "slow.py").write_text(
        "import pathlib, time\n"
        "def on_page_content(html, **_):\n"
        "    pathlib.Path('started').touch()\n"
        "    time.sleep(5)\n", "utf-8")
    (firm / "mkdocs.yml").write_text((firm / "mkdocs.yml").read_text("utf-8") + "\nhooks: [slow.py]\n", "utf-8")
    before = tree(firm / "site")
    running = subprocess.Popen([sys.executable, "-m", "journeybook", "build"], cwd=firm, env=environment(),
                               stderr=subprocess.PIPE, text=True)
    for _ in range(300):
        if (firm / "started").exists():
            break
        time.sleep(0.05)
    running.send_signal(how)
    _, words = running.communicate(timeout=20)
    assert running.returncode == 2
    assert words == "journeybook: stopped; the site is as it was\n"
    assert tree(firm / "site") == before
    assert left_over(firm) == []


def test_two_builds_at_once_wait_for_each_other(firm: Path) -> None:
    """Three builds into one folder all succeed, and the site is one whole build."""
    whole = tree(firm / "site")
    running = [subprocess.Popen([sys.executable, "-m", "journeybook", "build"], cwd=firm, env=environment(),
                                stderr=subprocess.PIPE, text=True) for _ in range(3)]
    said = "".join(one.communicate(timeout=60)[1] for one in running)
    assert [one.returncode for one in running] == [0, 0, 0], said
    assert "Traceback" not in said
    assert tree(firm / "site") == whole
    assert left_over(firm) == []


def test_a_build_that_waits_too_long_says_so(firm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another build that does not end is named instead of waited for without end."""
    monkeypatch.setattr(publish, "PATIENCE", 0.1)
    with publish.replacing(firm / "site", "site", print) as unfinished:
        words = run(firm, "build").stderr
        assert unfinished.is_dir()  # nobody swept it away
    assert words.startswith("another build is writing to site; waiting for it to finish\n")
    assert "journeybook: another build has been writing to site" in words


# -- settings ---------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("config", "said", "commands"), [
    ("site_name: [x\n", "is not valid YAML", "check build serve"),
    ("- just\n- a list\n", "holds no settings", "check build serve"),
    ("", "holds no settings", "check build serve"),
    (DOT.replace("maps", "mapz"), "the folder mapz/ that mkdocs.yml names does not exist", "check build serve"),
    (DOT.replace("journeybook]", "{journeybook: {atlaz: x}}]"), "has no option `atlaz`", "check build serve"),
    (DOT.replace("journeybook]", "{journeybook: {engine: warp}}]"), "cannot be `warp`", "check build serve"),
    (DOT.replace("journeybook]", "{journeybook: {atlas: 7}}]"), "cannot be `7`", "check build serve"),
    (DOT.replace("journeybook]", "{journeybook: {atlas: gone}}]"), "folder gone that `atlas:` names", "check build"),
    (DOT.replace(", journeybook", ""), "does not use journeybook", "build serve"),
    (DOT.replace("journeybook", "journeyboook"), 'The "journeyboook" plugin is not installed', "build serve"),
    (DOT.replace("material", "matrial"), "Unrecognised theme name: 'matrial'", "build serve"),
    (DOT.replace("site_name: Small\n", ""), "'site_name'", "build serve"),
    ("INHERIT: mkdocs.yml\n" + DOT, "inherits from itself", "check"),
    ("INHERIT: base.yml\n" + DOT, "base.yml cannot be read", "check build"),
], ids=["malformed", "a list", "empty", "docs_dir", "unknown option", "wrong choice", "wrong type", "atlas",
        "plugin not used", "plugin missing", "theme", "no name", "inherits itself", "inherits nothing"])
def test_faulty_settings_are_said_in_plain_words(tmp_path: Path, config: str, said: str, commands: str) -> None:
    """A mkdocs.yml that cannot be used: exit 2, what is wrong, the next step, and no traceback."""
    folder = project(tmp_path, {"buy.yml": JOURNEY}, config)
    for command in commands.split():
        assert said in refused(run(folder, command)), command
    assert not (folder / "site").exists()


def test_the_host_knows_the_options_too(tmp_path: Path) -> None:
    """`mkdocs build` stops at an option that does not exist, instead of going on without it."""
    folder = project(tmp_path, {"buy.yml": JOURNEY}, DOT.replace("journeybook]", "{journeybook: {atlaz: x}}]"))
    done = process(folder, "mkdocs", "build")
    assert done.returncode == 1
    assert "journeybook has no option `atlaz`; did you mean `atlas`?" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_host_is_told_of_faults_without_a_traceback(tmp_path: Path) -> None:
    """An atlas folder that is not there, and a day that is no number, are errors of the host's own kind."""
    folder = project(tmp_path, {"buy.yml": JOURNEY}, DOT.replace("journeybook]", "{journeybook: {atlas: gone}}]"))
    done = process(folder, "mkdocs", "build")
    assert done.returncode == 1
    assert "the folder gone that `atlas:` names does not exist" in done.stderr
    assert "Traceback" not in done.stderr
    folder = project(tmp_path / "day", {"buy.yml": JOURNEY})
    done = process(folder, "mkdocs", "build", SOURCE_DATE_EPOCH="tomorrow")
    assert done.returncode == 1
    assert "SOURCE_DATE_EPOCH is 'tomorrow'" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_day_is_said_in_plain_words(firm: Path) -> None:
    """A SOURCE_DATE_EPOCH that is no number: exit 2 in check and build."""
    for command in ("check", "build"):
        words = refused(run(firm, command, SOURCE_DATE_EPOCH="tomorrow"))
        assert "SOURCE_DATE_EPOCH is 'tomorrow', which is not a number of seconds" in words


def test_no_project_at_all(tmp_path: Path) -> None:
    """Outside any project each command says where it looked and what to do."""
    for command in (["check"], ["build"], ["serve"], ["new", "journey", "x"]):
        assert "there is no mkdocs.yml in this folder or in one above it" in refused(run(tmp_path, *command))


@pytest.mark.parametrize("files", [{}, {"readme.txt": "hello"}, {"_drafts/buy.yml": JOURNEY}],
                         ids=["empty folder", "no maps", "only drafts"])
def test_a_folder_without_maps(tmp_path: Path, files: dict[str, str]) -> None:
    """Nothing to map yet: one warning with the next step, and a site that builds."""
    folder = project(tmp_path, files)
    checked = run(folder, "check")
    assert checked.exit_code == 0
    assert checked.stdout == "maps:1:1: warning[file-empty] there are no maps in this folder\n"
    built = run(folder, "build")
    assert built.exit_code == 0, built.stderr
    assert (folder / "site" / "journeys" / "index.html").is_file()
    assert run(folder, "build", "--strict").exit_code == 1


@pytest.mark.parametrize("content", ["just words\n", "- a\n- list\n", "42\n", "version: 3\nservices: {}\n", ""],
                         ids=["words", "list", "number", "another tool's", "empty"])
def test_files_that_are_no_maps(tmp_path: Path, content: str) -> None:
    """A YAML file of another kind is named with the next step; the other maps are published with keep-going."""
    folder = project(tmp_path, {"other.yml": content, "buy.yml": JOURNEY})
    checked = run(folder, "check")
    assert "maps/other.yml:" in checked.stdout
    assert checked.exit_code == (0 if not content else 1)
    assert run(folder, "build", "--keep-going").exit_code == 0
    assert (folder / "site" / "journeys" / "buy" / "index.html").is_file()


def test_a_blocked_cache_costs_only_time(firm: Path) -> None:
    """Where the cache cannot be written, the site is built all the same."""
    shutil.rmtree(firm / ".cache", ignore_errors=True)
    (firm / ".cache").write_text("in the way", "utf-8")
    before = tree(firm / "site")
    result = run(firm, "build")
    assert (result.exit_code, result.stderr) == (0, "")
    assert tree(firm / "site") == before


def test_nothing_in_the_cache_is_run(firm: Path) -> None:
    """The cache holds data, never compiled templates: a contributor could commit code there."""
    shutil.rmtree(firm / ".cache", ignore_errors=True)
    assert run(firm, "build").exit_code == 0
    assert {path.suffix for path in (firm / ".cache").rglob("*") if path.is_file()} <= {".json"}


def test_verbose_tells_the_phases(firm: Path) -> None:
    """`--verbose` says how long each phase took; `--quiet` says nothing at all when all is well."""
    said = run(firm, "build", "--verbose").stderr
    assert [line.split()[-3] for line in said.splitlines()] == ["read", "model", "check", "kept", "drawn"]
    quiet = run(firm, "build", "--quiet")
    assert (quiet.exit_code, quiet.stdout, quiet.stderr) == (0, "", "")
